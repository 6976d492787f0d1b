//! A run that is killed at any moment leaves the last commit whole, and the next run goes on from there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::Error;
use dateline::engine::Reader;
use dateline::index::Backend;
use dateline::index::store::format::INDEX_FOLDER;
use dateline::model::question::{Page, Question};
use serde_json::json;

use crate::support::program::program;

/// All passages of an index, with the paths of their articles.
type Content = BTreeSet<(String, String)>;

fn start(archive: &Path, rebuild: bool) -> Child {
    let mut command = program();
    command.arg("index").arg(archive);
    command.args(rebuild.then_some("--rebuild")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn content(index: &Path) -> dateline::Result<Content> {
    let reader = Reader::open(index)?;
    let mut content = Content::new();
    let mut hits = Vec::new();
    let totals = reader.search(&Question::default(), &Page::all(), &mut hits)?;
    content.extend(hits.into_iter().map(|hit| (hit.article.path, hit.passage.text)));
    assert_eq!(totals.passages, content.len() as u64);
    // What the commit says of itself is what it holds.
    assert_eq!(reader.status()?.holdings.sums.passages, totals.passages);
    Ok(content)
}

/// One state of the archive: a file that never changes, one that changes in each, one that is new, and the one before
/// that is gone.
fn write_state(archive: &Path, state: usize) {
    let records = |what: &str, count: usize| -> String {
        (0..count)
            .map(|n| {
                let text = format!(
                    "Report {n} of {what}: shells fell near Bakhmut in Ukraine on {} May 2024, officials in Kyiv said.",
                    1 + n % 30
                );
                json!({"id": n, "title": format!("Report {n}"), "date": "2024-06-01", "text": text}).to_string() + "\n"
            })
            .collect()
    };
    if state == 0 {
        fs::write(archive.join("steady.jsonl"), records("the steady file", 40)).unwrap();
    }
    fs::write(archive.join("changing.jsonl"), records(&format!("state number {state}"), 40)).unwrap();
    fs::write(archive.join(format!("new-{state}.jsonl")), records(&format!("new file {state}"), 20 + state)).unwrap();
    if let Some(before) = state.checked_sub(1) {
        fs::remove_file(archive.join(format!("new-{before}.jsonl"))).unwrap();
    }
}

/// Lets a run go on for this long, kills it, and waits until it is gone.
fn killed_after(mut run: Child, time: Duration) {
    std::thread::sleep(time);
    // A run that has ended by then is one of the cases.
    let _ = run.kill();
    run.wait().unwrap();
}

#[test]
fn a_killed_run_leaves_the_last_commit_whole() {
    const MOMENTS: usize = 20;
    let folder = tempfile::tempdir().unwrap();
    let (archive, index) = (folder.path(), folder.path().join(INDEX_FOLDER));
    write_state(archive, 0);
    assert!(start(archive, false).wait().unwrap().success());
    let mut before = content(&index).unwrap();
    let (mut kept, mut new) = (0, 0);
    let mut whole_run = Duration::ZERO;
    for state in 1..=MOMENTS {
        write_state(archive, state);
        // The first is let through, for its time.
        let rebuild = state % 5 == 4;
        let time = whole_run.mul_f64(state as f64 / MOMENTS as f64 * 1.1);
        if state > 1 {
            killed_after(start(archive, rebuild), time);
        }
        let found = content(&index).unwrap();
        let started = Instant::now();
        let next = program().arg("index").arg(archive).output().unwrap();
        let said = String::from_utf8_lossy(&next.stderr);
        assert!(next.status.success(), "the run after a kill at {time:?} ({state}): {said}");
        whole_run = whole_run.max(started.elapsed().min(Duration::from_millis(700)));
        let after = content(&index).unwrap();
        assert_eq!(after.len(), 40 + 40 + 20 + state, "what the archive holds");
        assert!(after.iter().any(|(_, text)| text.contains(&format!("state number {state}:"))));
        assert!(found == before || found == after, "killed at {time:?}: {} passages", found.len());
        kept += usize::from(found == before);
        new += usize::from(found == after);
        before = after;
    }
    assert!(kept >= 3, "the moments must lie before the commit, too: {kept} before, {new} after");
    let generations = fs::read_dir(&index).unwrap().flatten().filter(|e| e.path().is_dir()).count();
    assert_eq!(generations, 1, "nothing of the killed runs is left over");
}

#[test]
fn a_first_run_that_is_killed_leaves_no_index_or_a_whole_one() {
    for moment in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        let (archive, index) = (folder.path(), folder.path().join(INDEX_FOLDER));
        write_state(archive, 0);
        killed_after(start(archive, false), Duration::from_millis(40 * moment));
        match content(&index) {
            Ok(content) => assert_eq!(content.len(), 100),
            Err(Error::NoIndex { .. }) => {}
            Err(e) => panic!("{e}"),
        }
        assert!(start(archive, false).wait().unwrap().success());
        assert_eq!(content(&index).unwrap().len(), 100);
        let generations = fs::read_dir(&index).unwrap().flatten().filter(|e| e.path().is_dir()).count();
        assert_eq!(generations, 1);
    }
}

/// Sends a signal by its name to a run.
#[cfg(unix)]
fn signal(run: &Child, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(run.id().to_string()).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_is_whole_says_so_and_leaves_nothing_open_to_others() {
    use std::os::unix::fs::PermissionsExt;
    const FILES: usize = 60;
    for name in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let (archive, index) = (folder.path(), folder.path().join(INDEX_FOLDER));
        for n in 0..FILES {
            let records: String = (0..100)
                .map(|r| {
                    format!(
                        "{{\"id\":{r},\"text\":\"Report {r} of file {n}: shells fell near Bakhmut in Ukraine.\"}}\n"
                    )
                })
                .collect();
            fs::write(archive.join(format!("{n:02}.jsonl")), records).unwrap();
        }
        // Late enough that something has been read, early enough that something has not: the first moment that does both.
        let mut stopped = None;
        for wait in [100, 60, 150, 30, 250, 400, 15, 700, 1000, 1500, 2500] {
            let _ = fs::remove_dir_all(&index);
            let command = format!("umask 000; exec {} index .", env!("CARGO_BIN_EXE_dateline"));
            let run = Command::new("sh")
                .args(["-c", &command])
                .current_dir(archive)
                .env_remove("DATELINE_INDEX")
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            signal(&run, name);
            let output = run.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            if said.contains("stopped before the end") {
                assert_eq!(output.status.code(), Some(2), "{said}");
                let passages = content(&index).unwrap().len();
                stopped = Some(passages);
                if passages > 0 {
                    break;
                }
            }
        }
        let passages = stopped.expect("no run was stopped on its way");
        assert!(passages > 0 && passages < FILES * 100, "{name}: {passages} passages");
        for entry in walkdir::WalkDir::new(&index).into_iter().map(Result::unwrap) {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            let wanted = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{}: {mode:o}", entry.path().display());
        }
        assert!(start(archive, false).wait().unwrap().success());
        assert_eq!(content(&index).unwrap().len(), FILES * 100);
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing_open_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path();
    for n in 0..40 {
        let text = format!("Shells fell near Bakhmut in Ukraine on {} May 2024. ", 1 + n % 30).repeat(2000);
        fs::write(archive.join(format!("{n}.txt")), text).unwrap();
    }
    let command = format!("umask 000; exec {} index . --memory 40MB", env!("CARGO_BIN_EXE_dateline"));
    let mut run = Command::new("sh")
        .args(["-c", &command])
        .current_dir(archive)
        .env_remove("DATELINE_INDEX")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // As soon as the engine has written something.
    let index = archive.join(INDEX_FOLDER);
    let files = || walkdir::WalkDir::new(&index).into_iter().flatten().filter(|e| e.file_type().is_file()).count();
    let until = Instant::now() + Duration::from_secs(60);
    while files() < 4 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = run.kill();
    run.wait().unwrap();
    assert!(files() >= 3);
    for entry in walkdir::WalkDir::new(&index).into_iter().map(Result::unwrap) {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o077;
        assert_eq!(mode, 0, "{}", entry.path().display());
    }
}

#[test]
fn a_second_writer_is_told_to_wait_and_a_lock_that_was_left_does_not_block() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, index) = (folder.path(), folder.path().join(INDEX_FOLDER));
    write_state(archive, 0);
    assert!(start(archive, false).wait().unwrap().success());
    let lock = dateline::index::store::format::WriteLock::take(&index).unwrap();
    let second = program().arg("index").arg(archive).output().unwrap();
    assert_eq!(second.status.code(), Some(3));
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("another process is writing to this index; wait until it has finished"), "{said}");
    // The file stays when its holder has gone, as after a kill.
    drop(lock);
    assert!(index.join("write.lock").is_file());
    assert!(start(archive, false).wait().unwrap().success());
}
