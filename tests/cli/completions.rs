//! The scripts that complete commands, run by the shell that they are for.

use std::io::Write;
use std::process::{Command, Stdio};

use super::archive;
use crate::support::program::{dateline, stdout};

/// Completes the last of the words as bash would; `None` where there is no bash.
fn completed(script: &str, words: &[&str]) -> Option<Vec<String>> {
    let ask = r#"
        COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
        _dateline dateline "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-s", "--"]).args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut bash = bash.spawn().ok()?;
    bash.stdin.take()?.write_all(format!("{script}\n{ask}").as_bytes()).ok()?;
    let output = bash.wait_with_output().ok()?;
    Some(String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_regions_countries_languages_and_the_values_of_every_verb() {
    let folder = archive();
    let script = stdout(&dateline(folder.path(), &["completions", "bash"]));
    if completed(&script, &["dateline", "sear"]).is_none() {
        eprintln!("skipped: there is no bash");
        return;
    }
    for (words, wanted) in [
        (&["search", "--country", "Uk"][..], &["Ukraine"][..]),
        (&["search", "--country", "UA"], &["UA"]),
        (&["facets", "country", "--country", "South-S"], &["South-Sudan"]),
        (&["timeline", "--region", "Middle-E"], &["Middle-East", "Middle-East-and-North-Africa"]),
        (&["search", "--region", "03"], &["030", "035", "034", "039"]),
        (&["facets", "place", "--under", "Sahe"], &["Sahel"]),
        (&["search", "--lang", "uk"], &["uk"]),
        (&["search", "--sort", ""], &["relevance", "newest", "oldest", "event"]),
        (&["search", "--match", ""], &["first", "all", "any"]),
        (&["search", "--format", ""], &["text", "json", "csv", "trec"]),
        (&["facets", "pl"], &["place"]),
        (&["facets", "da"], &["date"]),
        (&["facets", "date", "--by", "q"], &["quarter"]),
        (&["timeline", "--on", ""], &["event", "pub"]),
        (&["timeline", "--by", ""], &["day", "week", "month", "quarter", "year"]),
        (&["man", "se"], &["search"]),
        (&["completions", "fi"], &["fish"]),
        (&["--color", ""], &["auto", "always", "never"]),
    ] {
        let line = [&["dateline"], words].concat();
        assert_eq!(completed(&script, &line).expect("there is a bash"), wanted, "{words:?}");
    }
}

/// What zsh and fish show beside a value; neither need be installed to read their scripts.
#[test]
fn zsh_and_fish_show_what_the_codes_stand_for() {
    let folder = archive();
    let script = |shell: &str| stdout(&dateline(folder.path(), &["completions", shell]));
    for line in [
        "UA\\:\"Ukraine\"",
        "Ukraine\\:\"UA\"",
        "034\\:\"Southern Asia\"",
        "uk\\:\"Ukrainian\"",
        "newest\\:\"The latest",
    ] {
        assert!(script("zsh").contains(line), "{line}");
    }
    for line in ["UA\\t'Ukraine'", "middle-east\\t'Middle East'", "uk\\t'Ukrainian'"] {
        assert!(script("fish").contains(line), "{line}");
    }
}
