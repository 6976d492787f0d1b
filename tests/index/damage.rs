//! An index that is of another format or damaged is refused with the reason; nothing panics.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use dateline::engine::Reader;
use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetField, Hit, Totals};
use dateline::{Error, Result};

use crate::support::archive::{Archive, files_in, long_text, settings, typed};

fn archive() -> Archive {
    Archive::of(&[
        ("a.txt", &format!("---\ntitle: A convoy\nsource: Alpha\ndate: 2024-03-02\n---\n{}", long_text(3, "convoy"))),
        ("b.txt", "---\ndate: 2024-03-03\n---\nShells fell on Bakhmut in Ukraine on 7 May 2024, officials said.\n"),
    ])
}

/// Opens an index and asks it everything.
fn ask(index: &Path) -> Result<u64> {
    let reader = Reader::open(index)?;
    let mut first = None;
    let asked = typed("convoy OR shells");
    let found = reader.search(&asked.question, &asked.page, &mut |hit: Hit| {
        first.get_or_insert(hit.article.id);
        Ok(ControlFlow::Continue(()))
    })?;
    let asked = typed("\"no bus had come\" path:a.txt");
    reader.search(&asked.question, &asked.page, &mut Vec::new())?;
    if let Some(id) = first {
        reader.article(id)?;
    }
    for field in [FacetField::Country, FacetField::Place, FacetField::Date, FacetField::Source] {
        reader.facets(&typed("").question, &[FacetAsk::of(field)])?;
    }
    reader.status()?;
    reader.suggestions("convoi", 3)?;
    Ok(found.passages)
}

#[test]
fn a_folder_without_an_index_has_none() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(ask(folder.path()), Err(Error::NoIndex { .. })));
    assert!(matches!(ask(&folder.path().join("nowhere")), Err(Error::NoIndex { .. })));
}

#[test]
fn another_format_is_refused_by_readers_and_writers_until_it_is_rebuilt() {
    let archive = archive();
    let current = archive.index_folder().join("CURRENT");
    fs::write(&current, r#"{"format":4711,"layout":"of another time"}"#).unwrap();
    for error in [ask(&archive.index_folder()).unwrap_err(), archive.try_index(&settings()).unwrap_err()] {
        assert!(matches!(error, Error::Format { found: 4711, .. }), "{error}");
        assert_eq!(error.exit_status(), 3);
        assert!(error.to_string().contains("--rebuild"));
    }
    archive.rebuild();
    assert!(ask(&archive.index_folder()).unwrap() > 0);
}

#[test]
fn a_file_that_is_cut_short_or_missing_is_damage() {
    let archive = archive();
    let index = archive.index_folder();
    assert!(ask(&index).unwrap() > 1);
    let mut tried = 0;
    for (path, bytes) in files_in(&index) {
        let name = path.strip_prefix(&index).unwrap().to_string_lossy().into_owned();
        // Made anew where it is missing, or of no weight.
        if name.contains("copies-") || name.contains("lock") || name.ends_with(".managed.json") {
            continue;
        }
        // White space at the end of a file of JSON says nothing.
        for keep in [None, Some(0), Some(bytes.len() / 2), Some(bytes.trim_ascii_end().len() - 1)] {
            match keep {
                Some(keep) => fs::write(&path, &bytes[..keep]).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            match ask(&index) {
                Err(Error::Damaged { .. }) => {}
                Err(Error::NoIndex { .. }) if name == "CURRENT" && keep.is_none() => {}
                other => panic!("{name} cut to {keep:?} of {}: {other:?}", bytes.len()),
            }
            tried += 1;
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(tried >= 4 * 8, "{tried}");
    assert!(ask(&index).unwrap() > 1, "all is back in its place");
}

#[test]
fn a_run_on_a_damaged_index_says_so_and_a_rebuild_mends_it() {
    let archive = archive();
    for name in ["CURRENT", "meta.json"] {
        let path = match name {
            "CURRENT" => archive.index_folder().join(name),
            _ => archive.generation().join(name),
        };
        fs::write(&path, "{\"garbled").unwrap();
        archive.write("c.txt", format!("A new report, written before {name} was garbled."));
        let error = archive.try_index(&settings()).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{name}: {error:?}");
        assert!(error.to_string().contains("--rebuild"));
        archive.rebuild();
        assert!(ask(&archive.index_folder()).unwrap() > 1);
        assert!(archive.try_index(&settings()).is_ok());
    }
}

#[test]
fn what_a_killed_run_has_left_does_not_stand_in_the_way_of_the_next() {
    let archive = archive();
    // Much that stays, so that what is replaced is only marked in its segment.
    archive.write("long.txt", "The road was quiet all day, and nobody came along it before the night. ".repeat(200));
    archive.rebuild();
    archive.write("a.txt", "A short report on a convoy, written before anything else was known of it.");
    let before = files_in(&archive.index_folder());
    archive.index();
    // As if it had been killed before its commit: what it wrote lies there, what it replaced is as it was.
    let left: Vec<_> = files_in(&archive.index_folder()).into_keys().filter(|f| !before.contains_key(f)).collect();
    assert!(left.iter().any(|f| f.extension().is_some_and(|e| e == "del")), "{left:?}");
    for (path, bytes) in before.iter().filter(|(path, _)| !path.ends_with(".managed.json")) {
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(archive.paths("shells").len() + archive.paths("trucks").len(), 2, "the state before");
    for _ in 0..2 {
        assert_eq!(archive.index().articles_in_index, 3);
        assert_eq!(archive.paths("convoy"), ["a.txt"]);
        assert!(archive.paths("trucks").is_empty());
    }
}

#[test]
fn a_missing_list_of_copies_is_found_again() {
    let archive = archive();
    archive.write("copy.txt", fs::read(archive.root().join("b.txt")).unwrap());
    archive.index();
    for path in files_in(&archive.index_folder()).into_keys() {
        if path.file_name().unwrap().to_string_lossy().starts_with("copies-") {
            fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(archive.reader().status().unwrap().copies, 1);
}

#[test]
fn a_current_that_points_out_of_the_index_is_damage() {
    let archive = archive();
    let current = archive.index_folder().join("CURRENT");
    let good = fs::read_to_string(&current).unwrap();
    for generation in ["../elsewhere", "/etc", "..", "gen-999999", ""] {
        let mut value: serde_json::Value = serde_json::from_str(&good).unwrap();
        value["generation"] = generation.into();
        fs::write(&current, value.to_string()).unwrap();
        let found = ask(&archive.index_folder());
        assert!(matches!(found, Err(Error::Damaged { .. })), "{generation:?}: {found:?}");
    }
}

#[test]
fn a_file_with_other_bytes_in_it_never_panics() {
    const PLACES: usize = 24;
    let archive = archive();
    let index = archive.index_folder();
    let mut damaged = 0;
    for (path, bytes) in files_in(&index).into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
        for at in (0..PLACES).map(|n| n * bytes.len() / PLACES) {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            fs::write(&path, &changed).unwrap();
            match ask(&index) {
                // What a changed byte spells may be read as well as any other.
                Ok(_) | Err(Error::NotFound(_) | Error::Engine { .. }) => {}
                Err(Error::Damaged { .. }) => damaged += 1,
                Err(e) => panic!("{} at {at}: {e}", path.display()),
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(damaged > 100, "{damaged}");
}

#[test]
fn a_panic_of_the_caller_is_the_callers() {
    let archive = archive();
    let reader = archive.reader();
    let asked = typed("convoy");
    let mut sink = |_: Hit| -> Result<ControlFlow<()>> { panic!("mine") };
    let ask =
        std::panic::AssertUnwindSafe(|| -> Result<Totals> { reader.search(&asked.question, &asked.page, &mut sink) });
    let taken = std::panic::catch_unwind(ask);
    assert_eq!(taken.unwrap_err().downcast_ref::<&str>(), Some(&"mine"));
}

#[test]
fn a_sink_that_fails_ends_the_search_with_its_error() {
    let archive = archive();
    let reader = archive.reader();
    let asked = typed("convoy");
    let mut taken = 0;
    let mut sink = |_: Hit| -> Result<ControlFlow<()>> {
        taken += 1;
        Err(Error::Output(std::io::ErrorKind::BrokenPipe.into()))
    };
    let found = reader.search(&asked.question, &asked.page, &mut sink);
    assert!(matches!(found, Err(Error::Output(e)) if e.kind() == std::io::ErrorKind::BrokenPipe));
    assert_eq!(taken, 1);
}
