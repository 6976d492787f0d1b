//! A run that is killed at any moment leaves the last commit whole, and the next run goes on from there.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::Error;
use dateline::index::format::INDEX_FOLDER;
use dateline::index::{Backend, Reader};
use dateline::query::Query;
use serde_json::json;

/// All passages of an index, with the paths of their articles.
type Content = BTreeSet<(String, String)>;

fn start(archive: &Path, rebuild: bool) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("index").arg(archive).env_remove("DATELINE_INDEX");
    command.args(rebuild.then_some("--rebuild")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn content(index: &Path) -> dateline::Result<Content> {
    let reader = Reader::open(index)?;
    let mut content = Content::new();
    let query = Query { limit: None, per_article: None, ..Query::default() };
    let totals = reader.search(&query, &mut |hit| {
        content.insert((hit.article.path, hit.passage.text));
        ControlFlow::Continue(())
    })?;
    assert_eq!(totals.passages, content.len() as u64);
    // What the commit says of itself is what it holds.
    assert_eq!(reader.status()?.sums.passages, totals.passages);
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
        let next = Command::new(env!("CARGO_BIN_EXE_dateline")).arg("index").arg(archive).output().unwrap();
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
