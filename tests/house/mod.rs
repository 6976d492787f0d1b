//! The plan of the house, held against `src`: each folder uses only floors below its own, no files use each other in a
//! circle, and some crates and words stand only where `.ci/floors.txt` says.
//!
//! `.ci/floors-exceptions.txt` holds what breaks the plan and is known. It only gets shorter: what it does not name fails,
//! and so does what it names and is gone. Unit tests are left out, for they may use whatever they need.

mod rules;
mod tokens;
mod uses;

use std::fs;
use std::path::Path;

use rules::{Plan, breaches, judge};
use uses::Tree;

/// Every file of `src` by its path below it.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|e| e.path().extension().is_some_and(|e| e == "rs"));
    files
        .map(|e| {
            let below = e.path().strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
            (below, fs::read_to_string(e.path()).unwrap())
        })
        .collect()
}

fn ci(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci").join(name)).unwrap()
}

#[test]
fn src_keeps_to_its_floors() {
    let tree = Tree::of(&sources());
    assert!(tree.files.len() > 100, "{} files", tree.files.len());
    let found = breaches(&tree, &Plan::read(&ci("floors.txt")));
    let complaints = judge(&found, &ci("floors-exceptions.txt"));
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What is wrong with made-up files under a plan of four floors.
fn wrong_with(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, String)> = files.iter().map(|(p, s)| ((*p).to_owned(), (*s).to_owned())).collect();
    let plan = "floor low deep\nfloor middle\nfloor high\nfloor main\nonly tantivy:: in low\nonly println! io::stdout in main\nonly unsafe in nothing";
    breaches(&Tree::of(&files), &Plan::read(plan)).into_iter().map(|b| b.what).collect()
}

#[test]
fn a_use_upward_is_seen_however_it_is_written() {
    let upper = ("high/upper.rs", "pub struct Upper; pub mod inner { pub struct Deep; }");
    let house = ("high/mod.rs", "pub mod upper;\npub use upper::Upper;");
    let root = ("lib.rs", "pub mod high; pub mod middle; pub use crate::high::upper::Upper as Renamed;");
    for way in [
        "use crate::high::upper::Upper;",
        "use crate::{high::{upper::{self}}};",
        "use dateline::high::upper::Upper as Other;",
        "use super::super::high::upper;",
        "fn f() -> u8 { crate::high::upper::one() }",
        "fn f() { call!(dateline::high::upper::two) }",
        "impl Into<super::super::high::upper::Upper> for u8 {}",
        "fn f() { use crate::high; high::upper::one(); }",
        "pub(in crate::middle) fn f(a: crate::high::Upper) {}",
        "fn f(a: crate::Renamed) {}",
        "mod within { fn f() { super::super::super::high::upper::one() } }",
        "#[cfg(test)] mod tests { fn f() { let a = \"}\"; } } use crate::high::upper;",
        "fn f<'a>(c: &'a char) { if *c == '\"' { crate::high::upper::one() } }",
        "#[cfg(unix)] use crate::high::upper;",
    ] {
        let found = wrong_with(&[upper, house, root, ("middle/mod.rs", "mod one;"), ("middle/one.rs", way)]);
        assert!(found.contains(&"up: middle/one uses high/upper".to_owned()), "{way}: {found:?}");
    }
}

#[test]
fn uses_downward_words_that_say_nothing_and_tests_are_no_breach() {
    let lower = ("low/mod.rs", "pub struct Lower;");
    let high = ("high/mod.rs", "pub struct Upper;");
    for way in [
        "use crate::low::Lower;",
        "// use crate::high::Upper;",
        "/* /* nested */ crate::high::Upper */",
        "/// [`crate::high::Upper`]\nfn f() {}",
        "const A: &str = \"crate::high::Upper\";",
        "const A: &str = r##\"a \" \"# crate::high::Upper\"##;",
        "#[cfg(test)]\nmod tests { use crate::high::Upper; fn f() { unsafe {} } }",
        "#[cfg(test)]\nuse crate::high::{Upper};",
        "#[cfg(all(test, unix))]\n#[test]\nfn f() -> [u8; 3] { crate::high::Upper }",
        "use std::high::Upper;",
        "use serde::high;",
    ] {
        assert_eq!(wrong_with(&[lower, high, ("middle/mod.rs", way)]), [""; 0], "{way}");
    }
    let tests = [("middle/mod.rs", "#[cfg(test)]\nmod tests;"), ("middle/tests.rs", "use crate::high::Upper;")];
    assert_eq!(wrong_with(&[lower, high, tests[0], tests[1]]), [""; 0]);
}

#[test]
fn folders_of_one_floor_do_not_know_each_other_and_every_folder_has_one() {
    let files = [("low/mod.rs", "use crate::deep::a;"), ("deep/mod.rs", ""), ("attic/mod.rs", "")];
    assert_eq!(wrong_with(&files), ["no floor: attic", "up: low uses deep"]);
}

#[test]
fn a_circle_of_files_is_named_whole_and_once() {
    let files = [
        ("low/mod.rs", "mod a; mod b; mod c; mod d;"),
        ("low/a.rs", "use super::b::B;"),
        ("low/b.rs", "fn f() { crate::low::c::g() }"),
        ("low/c.rs", "use crate::low::{a::A};"),
        ("low/d.rs", "use super::a::A;"),
    ];
    assert_eq!(wrong_with(&files), ["circle: low/a low/b low/c"]);
    // What a folder's own file defines is for the files in it.
    assert_eq!(wrong_with(&[("low/mod.rs", "mod a; use a::A;"), ("low/a.rs", "use super::B;")]), [""; 0]);
    // A name that the folder's file only hands on is that of the file which has it.
    let handed = [
        ("low/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
        ("low/a.rs", "use super::B;"),
        ("low/b.rs", "use super::A;"),
    ];
    assert_eq!(wrong_with(&handed), ["circle: low/a low/b"]);
}

#[test]
fn crates_and_words_stand_where_they_may() {
    let files = [
        ("low/mod.rs", "use tantivy::Index;"),
        ("middle/mod.rs", "fn f() { tantivy::open(); println!(\"a\"); println(); my::tantivy::open() }"),
        ("high/mod.rs", "use std::io; fn f() { io::stdout(); unsafe { g() } }"),
        ("main.rs", "fn main() { println!(\"a\") }"),
    ];
    let expected = [
        "word: high has io::stdout",
        "word: high has unsafe",
        "word: middle has println!",
        "word: middle has tantivy::",
    ];
    assert_eq!(wrong_with(&files), expected);
}

#[test]
fn the_list_of_exceptions_only_gets_shorter() {
    let files = [("low/mod.rs", "use crate::high::A;"), ("high/mod.rs", "")];
    let files: Vec<(String, String)> = files.iter().map(|(p, s)| ((*p).to_owned(), (*s).to_owned())).collect();
    let found = breaches(&Tree::of(&files), &Plan::read("floor low\nfloor high"));
    assert_eq!(judge(&found, "# none\n"), ["up: low uses high (src/low/mod.rs:1)"]);
    assert_eq!(judge(&found, "# known\nup: low uses high\n"), [""; 0]);
    let stale = judge(&found, "up: low uses high\nup: low uses attic\n");
    assert_eq!(stale, ["up: low uses attic: no longer so; take it out of .ci/floors-exceptions.txt"]);
}
