//! What lies in an index folder, its format version and its locks.
//!
//! ```text
//! .dateline/            0700
//!   CURRENT             names the generation that is in force; replaced in one rename
//!   write.lock          held by the one writer
//!   gen-000001/         one generation: the engine's own files; which articles are copies, where articles begin
//!   manifest-….jsonl    the files behind the last commit, named with its hash in the commit's payload
//!   gazetteer-….bin     the user's layer of places, where there is one
//! ```
//!
//! A rebuild fills a new generation and then replaces `CURRENT`, so that the old index answers until the new one is whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::error::{Error, Result};

/// The index format that this build reads and writes; raised with every change that an old reader would misread.
pub const FORMAT: u32 = 4;

/// The folder's name inside an archive.
pub const INDEX_FOLDER: &str = ".dateline";

const CURRENT: &str = "CURRENT";
const LOCK: &str = "write.lock";

/// Refuses a folder with files in it that is no index: it is somebody's own, and nothing in it may be removed or protected.
///
/// # Errors
/// [`Error::Usage`], which names one of the files.
pub fn refuse_others_folder(path: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(path) else { return Ok(()) };
    let names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    if names.iter().any(|name| name == CURRENT || name == LOCK) {
        return Ok(());
    }
    // A user's layer of places may be there before the first article.
    match names.iter().find(|name| !name.starts_with("gazetteer-")) {
        Some(name) => Err(Error::Usage(format!(
            "{}: this folder holds other files (`{name}`) and is no index; name a new or empty folder with --index",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// What `CURRENT` holds.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Current {
    /// The format of the generation.
    pub format: u32,
    /// The generation's folder.
    pub generation: String,
    /// The program's version that made it.
    pub made_by: String,
}

/// Reads `CURRENT`.
///
/// # Errors
/// [`Error::NoIndex`] where there is none, [`Error::Format`] where it is another's, [`Error::Damaged`] where it cannot be read.
pub fn current(index: &Path) -> Result<Current> {
    let path = index.join(CURRENT);
    let damaged = |reason: String| Error::Damaged { index: index.to_owned(), reason };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Error::NoIndex { looked_in: index.to_owned() }),
        Err(e) if e.kind() == io::ErrorKind::InvalidData => return Err(damaged(format!("{CURRENT} is no text"))),
        Err(e) => return Err(Error::io("cannot read", path, e)),
    };
    // The format is read first and alone: a later version may have changed everything else.
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| damaged(format!("{CURRENT} cannot be read: {e}")))?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).and_then(|n| u32::try_from(n).ok());
    match format {
        Some(FORMAT) => {}
        Some(found) => return Err(Error::Format { index: index.to_owned(), found, reads: FORMAT }),
        None => return Err(damaged(format!("{CURRENT} names no format"))),
    }
    let current: Current =
        serde_json::from_value(value).map_err(|e| damaged(format!("{CURRENT} cannot be read: {e}")))?;
    if current.generation.contains(['/', '\\']) || current.generation.starts_with('.') {
        return Err(damaged(format!("{CURRENT} names a folder outside the index")));
    }
    Ok(current)
}

/// Replaces `CURRENT` in one step.
pub fn set_current(index: &Path, generation: &str) -> Result<()> {
    let current =
        Current { format: FORMAT, generation: generation.to_owned(), made_by: env!("CARGO_PKG_VERSION").to_owned() };
    let text = serde_json::to_vec(&current).map_err(|e| Error::io("cannot write", index.join(CURRENT), e.into()))?;
    write_whole(&index.join(CURRENT), &text)
}

/// The folder of a new generation, not yet in force: a number above all that exist.
pub fn new_generation(index: &Path) -> Result<String> {
    let mut last = 0;
    for entry in fs::read_dir(index).map_err(|e| Error::io("cannot read", index, e))?.flatten() {
        if let Some(n) = entry.file_name().to_str().and_then(|n| n.strip_prefix("gen-")).and_then(|n| n.parse().ok()) {
            last = last.max(n);
        }
    }
    let name = format!("gen-{:06}", last + 1u32);
    make_private_folder(&index.join(&name))?;
    Ok(name)
}

/// Removes generations other than `keep`: those of finished rebuilds and of rebuilds that were interrupted. What cannot
/// be removed, because a reader on some systems still holds it, is left for the next run.
pub fn remove_other_generations(index: &Path, keep: &str) {
    for entry in fs::read_dir(index).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|n| n.starts_with("gen-") && n != keep) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes a file so that it is there whole or not at all: beside its place, synced, then renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let fresh = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = private_file(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))
    };
    write().map_err(|e| Error::io("cannot write", path, e))
}

/// Makes a rename in `folder` last through a power cut, where the system can.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Creates or truncates a file that only its owner can read, whatever the umask.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    make_private(path, 0o600)?;
    Ok(file)
}

/// Creates a folder that only its owner can enter, whatever the umask; an existing one is made so.
pub fn make_private_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::io("cannot create", path, e))?;
    make_private(path, 0o700).map_err(|e| Error::io("cannot protect", path, e))
}

/// Takes group and others' rights from all files of a folder, which the engine creates by the umask.
pub fn make_files_private(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|t| t.is_file()) {
            // A file that vanished under a merge needs no protection.
            let _ = make_private(&entry.path(), 0o600);
        }
    }
}

#[cfg(unix)]
fn make_private(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path)?.permissions().mode() & 0o777 != mode {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// The right to write to an index; given up when dropped, and by the system when the process ends in any way.
#[derive(Debug)]
pub struct WriteLock {
    file: File,
}

impl WriteLock {
    /// Takes the lock of an index folder that exists.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process holds it.
    pub fn take(index: &Path) -> Result<Self> {
        let path = index.join(LOCK);
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(|e| Error::io("cannot open", &path, e))?;
        make_private(&path, 0o600).map_err(|e| Error::io("cannot protect", &path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { file }),
            Err(fs::TryLockError::WouldBlock) => Err(Error::Locked { index: index.to_owned() }),
            Err(fs::TryLockError::Error(e)) => Err(Error::io("cannot lock", path, e)),
        }
    }
}

impl Drop for WriteLock {
    /// Unlocks rather than only closing the file: a process that another thread is starting has it open for a moment longer.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// The index that a command without `--index` speaks of: `.dateline` in `start` or the nearest folder above it.
///
/// # Errors
/// [`Error::NoIndex`] where there is none.
pub fn find_above(start: &Path) -> Result<PathBuf> {
    let start = start.canonicalize().map_err(|e| Error::io("cannot open", start, e))?;
    start
        .ancestors()
        .map(|folder| folder.join(INDEX_FOLDER))
        .find(|index| index.join(CURRENT).is_file())
        .ok_or(Error::NoIndex { looked_in: start })
}

/// The index folder of an archive: inside a folder, beside a file.
pub fn index_folder_of(archive: &Path) -> PathBuf {
    let folder = if archive.is_file() { archive.parent().filter(|p| !p.as_os_str().is_empty()) } else { Some(archive) };
    folder.unwrap_or(Path::new(".")).join(INDEX_FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_other_files_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("gen-000001");
        fs::create_dir(&own).unwrap();
        fs::write(own.join("notes"), "mine").unwrap();
        let refused = refuse_others_folder(folder.path()).unwrap_err();
        assert!(refused.to_string().contains("--index"), "{refused}");
        assert_eq!(fs::read(own.join("notes")).unwrap(), b"mine");
        fs::write(folder.path().join(LOCK), "").unwrap();
        refuse_others_folder(folder.path()).unwrap();
    }

    #[test]
    fn another_format_is_refused_with_both_numbers() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CURRENT), r#"{"format":99,"generation":"gen-000001","made_by":"9"}"#).unwrap();
        let error = current(folder.path()).unwrap_err();
        assert!(matches!(error, Error::Format { found: 99, reads: FORMAT, .. }));
        assert!(error.to_string().contains("--rebuild"));
    }

    #[test]
    fn a_second_writer_is_refused_until_the_first_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let first = WriteLock::take(folder.path()).unwrap();
        assert!(matches!(WriteLock::take(folder.path()), Err(Error::Locked { .. })));
        drop(first);
        WriteLock::take(folder.path()).unwrap();
    }

    #[test]
    fn the_nearest_index_above_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        assert!(matches!(find_above(&deep), Err(Error::NoIndex { .. })));
        let index = folder.path().join(INDEX_FOLDER);
        make_private_folder(&index).unwrap();
        set_current(&index, "gen-000001").unwrap();
        assert_eq!(find_above(&deep).unwrap(), index.canonicalize().unwrap());
    }
}
