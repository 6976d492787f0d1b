//! A disk that is full when an index is written: the old index answers as before, the message says so, and the next run
//! with room goes on from there.
//!
//! The disk is a small one in memory, which only root may mount; elsewhere the test says that it was skipped.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dateline::engine::Reader;

use crate::support::archive::{Asked, hits};
use crate::support::program::program;

/// A disk in memory that goes when dropped.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// A disk of so many bytes; `None` where this process may not mount one.
    fn new(bytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes},mode=700"), "tmpfs"])
            .arg(folder.path())
            .output();
        mount.is_ok_and(|m| m.status.success()).then_some(Disk { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills the disk up to so many bytes.
    fn leave(&self, bytes: usize) {
        let filler = self.path().join("filler");
        let _ = fs::remove_file(&filler);
        let mut size = 0;
        // Blocks of a page, until one does not fit.
        while append(&filler, 4096) {
            size += 4096;
        }
        let file = fs::File::options().write(true).open(&filler).unwrap();
        file.set_len((size as u64).saturating_sub(bytes as u64)).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("filler")).unwrap();
    }
}

fn append(path: &Path, bytes: usize) -> bool {
    use std::io::Write;
    let mut file = fs::File::options().append(true).create(true).open(path).unwrap();
    file.write_all(&vec![0; bytes]).is_ok()
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).output();
    }
}

fn run(archive: &Path, index: &Path) -> Output {
    program().arg("index").arg(archive).arg("--index").arg(index).args(["--jobs", "2"]).output().unwrap()
}

/// The texts of all passages, in order.
fn texts(index: &Path) -> Vec<String> {
    let reader = Reader::open(index).unwrap();
    let mut texts = Vec::new();
    let (found, _) = hits(&reader, &Asked::everything());
    texts.extend(found.into_iter().map(|hit| hit.passage.text));
    texts.sort();
    texts
}

fn write_reports(archive: &Path, name: &str, from: usize, to: usize) -> PathBuf {
    let lines = (from..to).map(|n| {
        let text =
            format!("Report {n}: shells fell near Bakhmut in Ukraine, and {n} houses in Sloviansk lost their windows.");
        serde_json::json!({"id": n, "title": format!("Report {n}"), "date": "2024-06-01", "text": text}).to_string()
    });
    let path = archive.join(name);
    fs::write(&path, lines.map(|line| line + "\n").collect::<String>()).unwrap();
    path
}

#[test]
fn a_full_disk_leaves_the_old_index_whole_and_says_so() {
    const DISK_BYTES: usize = 32 << 20;
    let Some(disk) = Disk::new(DISK_BYTES) else {
        eprintln!("skipped: only root may mount a disk to fill");
        return;
    };
    let archive = tempfile::tempdir().unwrap();
    let index = disk.path().join("index");
    write_reports(archive.path(), "old.jsonl", 0, 20);
    assert_eq!(run(archive.path(), &index).status.code(), Some(0));
    let mut before = texts(&index);
    let mut full = 0;
    // Room for nothing at all, for the engine's files but not for the commit, and for everything.
    for (n, kilobytes) in [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 16384].into_iter().enumerate() {
        write_reports(archive.path(), &format!("new-{n}.jsonl"), 1000 * (n + 1), 1000 * (n + 1) + 400);
        disk.leave(kilobytes << 10);
        let output = run(archive.path(), &index);
        let said = String::from_utf8_lossy(&output.stderr);
        let after = texts(&index);
        match output.status.code() {
            Some(0) => assert_eq!(after.len(), before.len() + 400, "{kilobytes} kB: {said}"),
            Some(2) if said.contains("is not merged") => {
                assert_eq!(after.len(), before.len() + 400, "{kilobytes} kB: {said}");
                full += 1;
            }
            Some(2) => {
                assert!(said.contains("the disk is full; the index is as it was"), "{kilobytes} kB: {said}");
                assert_eq!(after, before, "{kilobytes} kB: {said}");
                full += 1;
            }
            other => panic!("{kilobytes} kB: exit {other:?}: {said}"),
        }
        disk.make_room();
        let output = run(archive.path(), &index);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        before = texts(&index);
        assert_eq!(before.len(), 20 + 400 * (n + 1), "after {kilobytes} kB");
    }
    assert!(full >= 3, "only {full} runs met a full disk");
}

#[test]
fn a_first_run_without_room_leaves_no_index_that_answers() {
    let Some(disk) = Disk::new(4 << 20) else {
        eprintln!("skipped: only root may mount a disk to fill");
        return;
    };
    let archive = tempfile::tempdir().unwrap();
    let index = disk.path().join("index");
    write_reports(archive.path(), "old.jsonl", 0, 400);
    disk.leave(16 << 10);
    let output = run(archive.path(), &index);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the disk is full"));
    assert!(matches!(Reader::open(&index), Err(dateline::Error::NoIndex { .. })));
    disk.make_room();
    assert_eq!(run(archive.path(), &index).status.code(), Some(0));
    assert_eq!(texts(&index).len(), 400);
}
