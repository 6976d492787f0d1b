//! What the walk finds below a root, and what it leaves out.

#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use dateline::archive::archive_file::ArchiveFile;
use dateline::archive::walk::{Entry, WalkSettings, files_of};

fn put(root: &Path, name: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "A report.\n").unwrap();
}

/// One line per entry: `+` a file, `-` a skip, `!` a failure.
fn found(root: &Path, settings: &WalkSettings) -> Vec<String> {
    files_of(root, settings)
        .map(|entry| match entry {
            Entry::File { path, relative, size, mtime } => {
                assert!(path.is_absolute() && std::fs::read(&path).is_ok_and(|b| b.len() as u64 == size) && mtime > 0);
                format!("+{relative}")
            }
            Entry::Skipped { relative, reason } => format!("-{relative}: {reason}"),
            Entry::Failed { relative, reason } => format!("!{relative}: {reason}"),
        })
        .collect()
}

#[test]
fn files_come_in_path_order_without_hidden_ones_and_the_archive_file() {
    let root = tempfile::tempdir().unwrap();
    for name in
        ["b/2.txt", "b/10.txt", "a.txt", ".hidden", ".dateline/x", "dateline.toml", "b/dateline.toml", "b/.git/y"]
    {
        put(root.path(), name);
    }
    assert_eq!(found(root.path(), &WalkSettings::default()), ["+a.txt", "+b/10.txt", "+b/2.txt", "+b/dateline.toml"]);
}

#[test]
fn rules_leave_files_out_with_a_reason_but_not_a_file_that_is_the_root() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "README.md");
    put(root.path(), "index/x");
    let rules = "[[files]]\npath = \"README.md\"\nskip = true\n";
    let archive_file = ArchiveFile::parse(rules, Path::new("dateline.toml")).unwrap();
    let settings = WalkSettings { archive_file, exclude: vec![root.path().canonicalize().unwrap().join("index")] };
    assert_eq!(found(root.path(), &settings), ["-README.md: left out by dateline.toml"]);
    assert_eq!(found(&root.path().join("README.md"), &settings), ["+README.md"]);
}

#[test]
fn links_are_no_way_out_and_no_way_round() {
    let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(other.path(), "secret.txt");
    put(root.path(), "a/real.txt");
    put(root.path(), ".store/large.txt");
    for (name, target) in [
        ("l1-out", other.path().to_path_buf()),
        ("l2-out.txt", other.path().join("secret.txt")),
        ("l3-nothing", root.path().join("nothing")),
        ("l4-again.txt", root.path().join("a/real.txt")),
        ("l5-store.txt", root.path().join(".store/large.txt")),
        ("l6-self", root.path().join("l6-self")),
        ("a/loop", root.path().to_path_buf()),
    ] {
        symlink(target, root.path().join(name)).unwrap();
    }
    let found = found(root.path(), &WalkSettings::default());
    let expected = [
        "-a/loop: a link back to a folder that holds it: a loop",
        "+a/real.txt",
        "-l1-out: a link that leads out of the archive; copy the file into it to have it read",
        "-l2-out.txt: a link that leads out of the archive; copy the file into it to have it read",
        "-l3-nothing: a link to nothing",
        "-l4-again.txt: a link to a file of the archive, which is read in its own place",
        "+l5-store.txt",
        "-l6-self: a link that leads back to itself",
    ];
    assert_eq!(found, expected);
}

#[test]
fn pipes_sockets_and_devices_are_skipped() {
    let root = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("b.sock")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(root.path().join("a.txt")).status();
    symlink("/dev/zero", root.path().join("c.txt")).unwrap();
    let found = found(root.path(), &WalkSettings::default());
    if made.is_ok_and(|s| s.success()) {
        assert_eq!(found[0], "-a.txt: a named pipe, not a regular file; never opened");
    }
    assert!(found.iter().any(|f| f.starts_with("-b.sock: a socket")), "{found:?}");
    assert!(found.iter().any(|f| f.starts_with("-c.txt: a link that leads out")), "{found:?}");
    // The root itself may be one.
    let at_root: Vec<_> = files_of(Path::new("/dev/zero"), &WalkSettings::default()).collect();
    assert!(matches!(at_root.as_slice(), [Entry::Skipped { .. }]), "{at_root:?}");
}

#[test]
fn names_that_are_not_utf8_can_be_opened_and_are_escaped() {
    let root = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"caf\xe9 \xff.txt");
    if std::fs::write(root.path().join(name), "A report.\n").is_err() {
        return; // A file system that has no such names.
    }
    assert_eq!(found(root.path(), &WalkSettings::default()), ["+caf\\xE9 \\xFF.txt"]);
}

#[test]
fn a_root_that_is_not_there_is_a_failure() {
    let found = found(Path::new("/no/such/root"), &WalkSettings::default());
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("!root: "), "{found:?}");
}
