//! From an archive's root to the files in it, in path order, with the reason for every one that is left out.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::archive::archive_file::{ARCHIVE_FILE_NAME, ArchiveFile};

/// What the walk is told.
#[derive(Debug, Clone, Default)]
pub struct WalkSettings {
    /// The rules of the archive's `dateline.toml`; those with `skip = true` are heeded here.
    pub archive_file: ArchiveFile,
    /// Files and folders that are left out without a word, such as an index folder inside the archive. Absolute, without
    /// links.
    pub exclude: Vec<PathBuf>,
}

/// One thing found below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A regular file to be read.
    File {
        /// Where to open it. Absolute; kept as the system gave it, so that names that are not UTF-8 can be opened.
        path: PathBuf,
        /// The path below the root with `/` between parts; bytes that are not UTF-8 are written `\xNN`.
        relative: String,
        /// Length in bytes.
        size: u64,
        /// Time of the last change in nanoseconds since 1970-01-01 UTC; negative before. Only for noticing changes: it is never
        /// a date of an article.
        mtime: i64,
    },
    /// Something that is left out on purpose.
    Skipped {
        /// As in [`Entry::File`].
        relative: String,
        /// Why.
        reason: String,
    },
    /// Something that could not be looked at.
    Failed {
        /// As in [`Entry::File`]; of the folder, where a folder could not be listed.
        relative: String,
        /// The system's reason.
        reason: String,
    },
}

/// The files below `root`, or `root` itself where it is a file, in path order. No file is opened.
///
/// Hidden files and folders, `dateline.toml` at the root and what `settings.exclude` names are left out without a word.
/// A link is no way out of the archive, and no second way to a file that is read in its own place: only a link to a hidden
/// file of the archive is a file here, as large-file stores make them.
pub fn files_of(root: &Path, settings: &WalkSettings) -> impl Iterator<Item = Entry> + use<> {
    // An absolute root makes absolute paths; where it fails, the walk itself reports the reason for `root`.
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let real_root = root.canonicalize().unwrap_or_else(|_| root.clone());
    let settings = settings.clone();
    let exclude = settings.exclude.clone();
    let (filter_root, filter_real) = (root.clone(), real_root.clone());
    WalkDir::new(&root)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |e| e.depth() == 0 || is_wanted(e, &filter_root, &filter_real, &exclude))
        .filter_map(move |found| match found {
            Ok(entry) => entry_of(&entry, &root, &real_root, &settings),
            Err(e) => Some(fault_of(&e, &root)),
        })
}

fn is_wanted(entry: &DirEntry, root: &Path, real_root: &Path, exclude: &[PathBuf]) -> bool {
    let name = entry.file_name();
    if name.as_encoded_bytes().first() == Some(&b'.') || (entry.depth() == 1 && name == ARCHIVE_FILE_NAME) {
        return false;
    }
    exclude.is_empty()
        || entry.path().strip_prefix(root).is_ok_and(|below| {
            let real = real_root.join(below);
            exclude.iter().all(|x| *x != real && x != entry.path())
        })
}

fn entry_of(entry: &DirEntry, root: &Path, real_root: &Path, settings: &WalkSettings) -> Option<Entry> {
    let relative = relative_to(root, entry.path());
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    // A file named on the command line is wanted, whatever the rules of its folder say.
    if entry.depth() > 0 && settings.archive_file.skips(&relative) {
        return Some(Entry::Skipped { relative, reason: format!("left out by {ARCHIVE_FILE_NAME}") });
    }
    let metadata = if kind.is_symlink() {
        match target_of(entry, real_root) {
            Ok(metadata) => metadata,
            Err(reason) => return Some(Entry::Skipped { relative, reason }),
        }
    } else {
        match entry.metadata() {
            Ok(metadata) => metadata,
            Err(e) => return Some(fault_of(&e, root)),
        }
    };
    if !metadata.is_file() {
        let what = kind_of(&metadata.file_type());
        return Some(Entry::Skipped { relative, reason: format!("{what}, not a regular file; never opened") });
    }
    Some(Entry::File { path: entry.path().to_path_buf(), relative, size: metadata.len(), mtime: mtime_of(&metadata) })
}

/// What a link leads to, where that is to be read; else the reason why not.
fn target_of(entry: &DirEntry, real_root: &Path) -> Result<std::fs::Metadata, String> {
    let target = match entry.path().canonicalize() {
        Ok(target) => target,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err("a link to nothing".into()),
        Err(e) if is_loop(&e) => return Err("a link that leads back to itself".into()),
        Err(e) => return Err(format!("a link that cannot be followed: {e}")),
    };
    let Ok(below) = target.strip_prefix(real_root) else {
        return Err("a link that leads out of the archive; copy the file into it to have it read".into());
    };
    let metadata = std::fs::metadata(&target).map_err(|e| format!("a link that cannot be followed: {e}"))?;
    if metadata.is_dir() {
        let parent = entry.path().parent().and_then(|p| p.canonicalize().ok());
        return Err(match parent {
            Some(parent) if parent.starts_with(&target) => "a link back to a folder that holds it: a loop".into(),
            _ => "a link to a folder of the archive, which is read in its own place".into(),
        });
    }
    let is_hidden = below.components().any(|c| c.as_os_str().as_encoded_bytes().first() == Some(&b'.'));
    if metadata.is_file() && !is_hidden {
        return Err("a link to a file of the archive, which is read in its own place".into());
    }
    Ok(metadata)
}

/// Whether the system gave up on links that lead to each other. The standard library has no stable name for it.
#[cfg(unix)]
fn is_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(nix::errno::Errno::ELOOP as i32)
}

#[cfg(not(unix))]
fn is_loop(_error: &std::io::Error) -> bool {
    false
}

/// The system's reason, with the path it speaks of.
fn fault_of(error: &walkdir::Error, root: &Path) -> Entry {
    let relative = error.path().map(|p| relative_to(root, p)).unwrap_or_default();
    let reason = match (error.io_error(), error.depth()) {
        (Some(e), _) if e.kind() == std::io::ErrorKind::NotFound => "vanished while the archive was being read".into(),
        (Some(e), _) => format!("cannot be read: {}", reason_of(e)),
        (None, _) => "a loop of links".into(),
    };
    Entry::Failed { relative, reason }
}

/// The system's words for an error, without its number.
pub(crate) fn reason_of(e: &std::io::Error) -> String {
    let text = e.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Time of the last change in nanoseconds since 1970-01-01 UTC, negative before; 0 where the system has none.
pub fn mtime_of(metadata: &std::fs::Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    let nanos = |d: std::time::Duration| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => -nanos(before.duration()),
    }
}

/// The path below the root with `/` between parts; the file's name where `path` is the root itself. Bytes that are not
/// UTF-8 are written `\xNN`.
fn relative_to(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if below.as_os_str().is_empty() {
        return path.file_name().map(|n| spelling_of(n.as_encoded_bytes())).unwrap_or_default();
    }
    let mut out = String::new();
    for part in below.components() {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(&spelling_of(part.as_os_str().as_encoded_bytes()));
    }
    out
}

/// The file that [`Entry::File::relative`] speaks of: the way back from it.
pub fn path_below(root: &Path, relative: &str) -> PathBuf {
    root.join(name_spelt(relative))
}

#[cfg(unix)]
fn name_spelt(spelling: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(spelling.len());
    let mut rest = spelling;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        let digits = after.split_at_checked(2);
        match digits.and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest))) {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => {
                bytes.extend_from_slice(b"\\x");
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn name_spelt(spelling: &str) -> PathBuf {
    spelling.into()
}

/// A name whose bytes that are not UTF-8 are written `\xNN`; a backslash that could be taken for such is written so too.
fn spelling_of(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        out.push_str(&chunk.valid().replace("\\x", "\\x5Cx"));
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out
}

#[cfg(unix)]
fn kind_of(kind: &std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        k if k.is_fifo() => "a named pipe",
        k if k.is_socket() => "a socket",
        k if k.is_block_device() || k.is_char_device() => "a device",
        _ => "something else",
    }
}

#[cfg(not(unix))]
fn kind_of(_kind: &std::fs::FileType) -> &'static str {
    "something else"
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_name_has_one_spelling_that_leads_back_to_it() {
        let names: [&[u8]; 6] =
            [b"plain.txt", b"caf\xe9.txt", b"caf\\xe9.txt", b"\\x5C", b"end\\x", b"\xff\xfe\\x\xe9"];
        let spelt: Vec<String> = names.iter().map(|n| spelling_of(n)).collect();
        for (name, spelt) in names.iter().zip(&spelt) {
            assert_eq!(path_below(Path::new("/a"), spelt), Path::new("/a").join(OsStr::from_bytes(name)), "{spelt}");
        }
        assert_eq!(spelt[1], "caf\\xE9.txt");
        assert_ne!(spelt[1], spelt[2]);
        assert_eq!(path_below(Path::new("/a"), "b\\xzz"), Path::new("/a/b\\xzz"));
    }
}
