//! A run reads what has changed and nothing else, and what has gone leaves the index.

use std::fs::{self, File};
use std::time::SystemTime;

use dateline::Error;
use dateline::engine::write::writer::Writer;
use dateline::index::Backend;
use dateline::index::indexer::IndexerOptions;
use dateline::index::store::manifest::FileState;
use dateline::ingest::{self, Silent};

use crate::support::archive::{Archive, files_in, hits, long_text, paths, settings, totals, typed};

fn news(n: usize) -> String {
    format!(
        "---\ndate: 2024-02-{:02}\n---\nReport number {n} speaks of a quiet day in the harbour, officials said.\n",
        n + 1
    )
}

fn three() -> Archive {
    Archive::of(&[("a.txt", &news(0)), ("b.txt", &news(1)), ("c/c.txt", &news(2))])
}

fn modified(path: &std::path::Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_run_without_changes_reads_and_writes_nothing() {
    let archive = three();
    archive.write("empty.txt", "");
    archive.write("bad.jsonl", "{\"id\": 1, \"text\": \"The bridge was closed.\"}\n{\"id\": 2,\n");
    archive.index();
    let before = files_in(&archive.index_folder());
    let meta = archive.generation().join("meta.json");
    let times = [modified(&meta), modified(&archive.index_folder().join("CURRENT"))];
    let summary = archive.index();
    assert_eq!((summary.read, summary.unchanged, summary.removed, summary.bytes), (0, 5, 0, 0));
    assert_eq!((summary.articles_in_index, summary.failed), (4, 1), "an earlier failure still stands");
    assert_eq!(files_in(&archive.index_folder()), before);
    assert_eq!([modified(&meta), modified(&archive.index_folder().join("CURRENT"))], times, "no commit");
}

#[test]
fn the_samples_second_run_reads_nothing_again() {
    // A copy of its own: the shared one is read by other tests meanwhile.
    let archive = Archive::new();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus/broken");
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        archive.write(path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap());
    }
    let first = archive.index();
    assert!(first.failed >= 3 && first.read >= 6, "{first:?}");
    let second = archive.index();
    assert_eq!((second.read, second.failed), (0, first.failed), "what failed is not read again until it changes");
}

#[test]
fn a_file_of_the_same_size_and_time_is_not_opened() {
    let archive = three();
    let path = archive.root().join("a.txt");
    let time = modified(&path);
    fs::write(&path, news(0).replace("harbour", "airport")).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(archive.index().unchanged, 3);
    assert!(archive.paths("airport").is_empty());
}

#[test]
fn a_changed_file_is_replaced() {
    let archive = three();
    let (before, _) = hits(&archive.reader(), &typed("path:a.txt"));
    archive.write("a.txt", "Report number 0 now speaks of a storm over the whole of the harbour, officials said.\n");
    assert!(hits(&archive.reader(), &typed("path:a.txt")).0[0].stale, "until the next run");
    let summary = archive.index();
    assert_eq!((summary.read, summary.unchanged, summary.articles, summary.articles_in_index), (1, 2, 1, 3));
    let (after, found) = hits(&archive.reader(), &typed("path:a.txt"));
    assert_eq!(found.articles, 1);
    assert_eq!(after[0].article.id, before[0].article.id, "it is still the same article");
    assert!(after[0].passage.text.contains("storm") && !after[0].stale);
    assert_eq!(archive.paths("storm"), ["a.txt"]);
    assert_eq!(archive.paths("quiet"), ["b.txt", "c/c.txt"]);
}

#[test]
fn removed_files_leave_the_index_however_many() {
    let archive = three();
    archive.remove("a.txt");
    archive.remove("c/c.txt");
    let summary = archive.index();
    assert_eq!((summary.removed, summary.read, summary.articles_in_index), (2, 0, 1));
    let reader = archive.reader();
    assert_eq!(paths(&reader, &typed("")), ["b.txt"]);
    assert_eq!(totals(&reader, &typed("harbour")).articles, 1);
    assert_eq!(reader.status().unwrap().holdings.sums.articles, 1);
    archive.remove("b.txt");
    assert_eq!(archive.index().articles_in_index, 0);
    assert!(archive.paths("harbour").is_empty());
}

#[test]
fn a_moved_file_is_found_under_its_new_name_alone() {
    let archive = three();
    fs::rename(archive.root().join("a.txt"), archive.root().join("c/moved.txt")).unwrap();
    let summary = archive.index();
    assert_eq!((summary.read, summary.removed, summary.unchanged), (1, 1, 2));
    assert_eq!(archive.paths("harbour"), ["b.txt", "c/c.txt", "c/moved.txt"]);
}

#[test]
fn a_file_that_becomes_unreadable_leaves_the_index_and_stands_as_failed() {
    let archive = Archive::of(&[("a.json", "{\"text\": \"The harbour was quiet.\"}"), ("b.txt", &news(1))]);
    archive.write("a.json", "{\"text\": \"The harbour");
    let summary = archive.index();
    assert_eq!((summary.failed, summary.articles_in_index), (1, 1));
    assert_eq!(archive.paths("harbour"), ["b.txt"]);
    let failed = |archive: &Archive| {
        let status = archive.reader().status().unwrap();
        status
            .files_of_note()
            .into_iter()
            .find(|f| f.state == FileState::Failed)
            .map(|f| (f.path.clone(), f.problems.len()))
    };
    assert_eq!(failed(&archive), Some(("a.json".to_owned(), 1)));
    assert_eq!(archive.index().failed, 1, "it still stands");
    archive.write("a.json", "{\"text\": \"The harbour was loud.\"}");
    assert_eq!(archive.index().failed, 0);
    assert_eq!(failed(&archive), None);
    assert_eq!(archive.paths("loud"), ["a.json"]);
}

#[test]
fn the_archive_files_rules_are_heeded_when_they_change() {
    let archive = three();
    archive.write("dateline.toml", "[[files]]\npath = \"[ab].txt\"\nsource = \"Harbour Times\"\n");
    let summary = archive.index();
    assert_eq!((summary.read, summary.articles_in_index), (3, 3));
    assert_eq!(archive.paths("source:\"harbour times\""), ["a.txt", "b.txt"]);
    archive
        .write("dateline.toml", "[[files]]\npath = \"a.txt\"\nskip = true\n[[files]]\npath = \"b.txt\"\nskip = true\n");
    archive.index();
    assert_eq!(archive.paths("harbour"), ["c/c.txt"], "what is told to be skipped leaves");
    assert_eq!(archive.reader().status().unwrap().holdings.sums.skipped, 2);
    archive.remove("dateline.toml");
    archive.index();
    assert_eq!(archive.paths("harbour").len(), 3);
}

#[test]
fn several_roots_are_one_index_and_a_run_reconciles_only_those_it_is_given() {
    let (one, two) = (Archive::new(), Archive::new());
    one.write("one.txt", news(1));
    two.write("two.txt", news(2));
    two.write("three.txt", news(3));
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let run = |roots: &[&Archive]| {
        let roots: Vec<_> = roots.iter().map(|a| a.root().to_owned()).collect();
        ingest::index(&roots, &index, &settings(), &Silent).unwrap()
    };
    let open = || dateline::engine::Reader::open(&index).unwrap();
    assert_eq!(run(&[&one, &two]).articles_in_index, 3);
    assert_eq!(paths(&open(), &typed("harbour")), ["one.txt", "three.txt", "two.txt"]);
    assert_eq!(open().status().unwrap().manifest.roots.len(), 2);
    two.remove("two.txt");
    let summary = run(&[&one]);
    assert_eq!((summary.unchanged, summary.removed, summary.articles_in_index), (1, 0, 3));
    assert!(hits(&open(), &typed("path:two.txt")).0[0].stale);
    assert_eq!(run(&[&two]).articles_in_index, 2);
    assert_eq!(paths(&open(), &typed("harbour")), ["one.txt", "three.txt"]);
}

#[test]
fn a_root_may_be_a_single_file() {
    let archive = Archive::new();
    archive.write("only.txt", news(1));
    archive.write("other.txt", news(2));
    let roots = [archive.root().join("only.txt")];
    ingest::index(&roots, &archive.index_folder(), &settings(), &Silent).unwrap();
    let (found, _) = hits(&archive.reader(), &typed("harbour"));
    assert_eq!(found.len(), 1);
    assert!(!found[0].stale);
    let again = ingest::index(&roots, &archive.index_folder(), &settings(), &Silent).unwrap();
    assert_eq!((again.read, again.unchanged), (0, 1));
}

#[test]
fn a_second_writer_is_refused_while_readers_go_on() {
    let archive = three();
    let options = IndexerOptions { threads: 1, memory_bytes: 20 << 20, rebuild: false };
    let writer = Writer::open(&archive.index_folder(), options).unwrap();
    assert!(matches!(archive.try_index(&settings()), Err(Error::Locked { .. })));
    assert!(matches!(
        ingest::forget(&archive.index_folder(), &["a.txt".into()], &settings()),
        Err(Error::Locked { .. })
    ));
    assert_eq!(archive.paths("harbour").len(), 3);
    drop(writer);
    assert_eq!(archive.index().unchanged, 3);
}

#[test]
fn an_open_reader_keeps_its_commit_while_others_follow() {
    let archive = three();
    let old = archive.reader();
    archive.remove("a.txt");
    archive.write("d.txt", news(4));
    archive.index();
    archive.rebuild();
    assert_eq!(paths(&old, &typed("harbour")), ["a.txt", "b.txt", "c/c.txt"]);
    assert_eq!(paths(&old, &typed("path:a.txt")), ["a.txt"], "a filter by path reads the manifest");
    assert_eq!(old.status().unwrap().holdings.sums.articles, 3);
    let (found, _) = hits(&old, &typed("").filters(vec![crate::support::archive::filter("path:a.txt")]));
    assert!(found[0].stale);
    assert_eq!(archive.paths("harbour"), ["b.txt", "c/c.txt", "d.txt"]);
}

#[test]
fn a_rebuild_is_a_new_generation_of_the_same_content() {
    let archive = three();
    let (before, generation) = (hits(&archive.reader(), &typed("harbour")).0, archive.generation());
    let summary = archive.rebuild();
    assert_eq!((summary.read, summary.unchanged, summary.articles_in_index), (3, 0, 3));
    assert_ne!(archive.generation(), generation);
    assert!(!generation.exists(), "the old one is gone");
    let after = hits(&archive.reader(), &typed("harbour")).0;
    let shown = |hits: &[dateline::model::answer::Hit]| {
        hits.iter().map(|h| (h.article.clone(), h.passage.clone(), h.score.to_bits())).collect::<Vec<_>>()
    };
    assert_eq!(shown(&before), shown(&after));
}

#[test]
fn a_run_that_is_told_to_stop_keeps_what_is_whole_and_the_next_goes_on() {
    let archive = Archive::new();
    for n in 0..20 {
        archive.write(&format!("{n:02}.txt"), news(n));
    }
    let stopping = settings();
    stopping.stop.store(true, std::sync::atomic::Ordering::SeqCst);
    let summary = archive.try_index(&stopping).unwrap();
    assert!(summary.stopped && summary.articles_in_index < 20, "{summary:?}");
    let summary = archive.index();
    assert!(!summary.stopped);
    assert_eq!(archive.paths("harbour").len(), 20);
    assert_eq!(summary.articles_in_index, 20);
}

#[test]
fn what_is_forgotten_is_gone_for_good_and_not_read_again() {
    let secret = "---\ntitle: The courier Zarpelinka\nsource: Whisper\n---\nThe courier Zarpelinka waited in the harbour of Odesa, Ukraine.\n";
    let archive = Archive::of(&[("leak/secret.txt", secret), ("b.txt", &news(1)), ("c.txt", &news(2))]);
    let id = hits(&archive.reader(), &typed("zarpelinka")).0[0].article.id;
    let segments = |archive: &Archive| {
        let files = files_in(&archive.generation());
        let of_segments = files.into_keys().filter(|f| f.extension().is_some_and(|e| e != "json" && e != "lock"));
        of_segments.filter(|f| !f.file_name().unwrap().to_string_lossy().starts_with('.')).collect::<Vec<_>>()
    };
    let before = segments(&archive);
    assert!(before.len() >= 5, "{before:?}");
    let unknown = ingest::forget(&archive.index_folder(), &["b.txt".into(), "no/such.txt".into()], &settings());
    assert!(matches!(unknown, Err(Error::NotFound(_))));
    assert_eq!(archive.paths("harbour").len(), 3, "nothing was forgotten");
    assert_eq!(ingest::forget(&archive.index_folder(), &["leak".into()], &settings()).unwrap(), 1);

    let reader = archive.reader();
    for query in ["zarpelinka", "Zarpelink*", "zarpelinkb~1", "title:courier", "source:whisper", "path:leak"] {
        assert!(paths(&reader, &typed(query)).is_empty(), "{query}");
    }
    assert!(reader.suggestions("zarpelinkb", 5).unwrap().is_empty(), "nor in the words that the index knows");
    assert!(matches!(reader.article(id), Err(Error::NotFound(_))));
    let after = segments(&archive);
    assert!(before.iter().all(|old| !after.contains(old)), "no segment that held it is left: {after:?}");
    assert!(after.iter().all(|f| f.extension().is_none_or(|e| e != "del")), "nothing is only marked as deleted");
    let state = |archive: &Archive| {
        let status = archive.reader().status().unwrap();
        status.files_of_note().into_iter().find(|f| f.path == "leak/secret.txt").map(|f| f.state)
    };
    assert_eq!(state(&archive), Some(FileState::Forgotten));

    archive.write("leak/secret.txt", format!("{secret}And more."));
    assert_eq!(archive.index().read, 0, "not even when it has changed");
    assert!(archive.paths("zarpelinka").is_empty());
    assert_eq!(archive.paths("harbour").len(), 2);
    archive.rebuild();
    assert_eq!(archive.paths("zarpelinka"), ["leak/secret.txt"], "a rebuild reads everything");
}

/// Records are packed with what they have in common; what only a forgotten file has must not stay in that.
#[test]
fn nothing_of_a_forgotten_file_is_left_in_what_records_are_packed_with() {
    let leaked: String = (0..400)
        .map(|n| format!("On day {n} the courier Zarpelinka carried a ledger over the pass of Qoshvand. "))
        .collect();
    let archive = Archive::new();
    archive.write("leak.txt", &leaked);
    for n in 0..120 {
        archive.write(&format!("news/{n}.txt"), long_text(4, &format!("column {n}")));
    }
    archive.index();
    let holds = |archive: &Archive, what: &str| {
        let files = files_in(&archive.generation()).into_values();
        files.filter(|bytes| bytes.windows(what.len()).any(|w| w == what.as_bytes())).count()
    };
    assert!(holds(&archive, "the courier Zarpelinka") > 0, "the test tests nothing: no dictionary has it");
    ingest::forget(&archive.index_folder(), &["leak.txt".into()], &settings()).unwrap();
    for part in ["Zarpelinka", "Qoshvand", "zarpelinka", "qoshvand"] {
        assert_eq!(holds(&archive, part), 0, "{part}");
    }
    assert_eq!(archive.reader().holdings().sums.articles, 120);
}

#[cfg(unix)]
#[test]
fn the_index_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let archive = three();
    for entry in walkdir::WalkDir::new(archive.index_folder()).into_iter().map(Result::unwrap) {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        let wanted = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", entry.path().display());
        assert!(entry.depth() > 0 || mode == wanted);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names_are_known_again() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    archive.write("a!/b.txt", news(1));
    let odd = archive.root().join(OsStr::from_bytes(b"caf\xe9 \\x41.txt"));
    std::fs::write(&odd, news(2)).unwrap();
    archive.index();
    let found = hits(&archive.reader(), &typed("harbour")).0;
    let mut seen: Vec<(String, bool)> = found.into_iter().map(|h| (h.article.path, h.stale)).collect();
    seen.sort();
    assert_eq!(seen, [("a!/b.txt".to_owned(), false), ("caf\\xE9 \\x5Cx41.txt".to_owned(), false)]);
    assert_eq!(archive.index().unchanged, 2);
    std::fs::write(&odd, news(3) + "More.").unwrap();
    assert_eq!(hits(&archive.reader(), &typed("harbour")).0.iter().filter(|h| h.stale).count(), 1);
    assert_eq!(ingest::forget(&archive.index_folder(), &[odd], &settings()).unwrap(), 1);
    assert_eq!(archive.paths("harbour"), ["a!/b.txt"]);
}
