//! What there is to do: a root's files against what the manifest knows of them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::archive::archive_file::{ARCHIVE_FILE_NAME, ArchiveFile};
use crate::archive::columns::ColumnMap;
use crate::archive::walk::{Entry, WalkSettings, files_of};
use crate::index::store::manifest::{FileEntry, FileState, Manifest, file_key};
use crate::ingest::progress::IngestSummary;

/// A file that has to be read.
pub(crate) struct Task {
    /// The number of its root in the manifest.
    pub(crate) root: u32,
    pub(crate) path: PathBuf,
    /// The path below the root, with `/`.
    pub(crate) relative: String,
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) mtime: i64,
    /// Whether articles of an older state of it have to leave first.
    pub(crate) known: bool,
}

/// How a root differs from what the manifest knows of it.
pub(crate) struct Changes {
    /// The files that have to be read.
    pub(crate) tasks: Vec<Task>,
    /// The keys of files whose articles have to leave.
    pub(crate) removed: Vec<u64>,
    /// Whether the manifest has changed.
    pub(crate) changed: bool,
}

/// Compares a root with what the manifest knows of it, noting skips and dropping what is gone.
pub(crate) fn walk(
    root: &Path,
    archive: &ArchiveFile,
    index_folder: &Path,
    manifest: &mut Manifest,
    summary: &mut IngestSummary,
) -> Changes {
    let name = root_name(root);
    let number = manifest.root_number(&name);
    let rules = rules_hash(root, manifest.columns_for(number, &ColumnMap::new()));
    let same_rules = manifest.set_rules(number, &rules);
    let mut changes = Changes { tasks: Vec::new(), removed: Vec::new(), changed: !same_rules };
    let mut seen: HashSet<String> = HashSet::new();
    let walk =
        WalkSettings { archive_file: archive.clone(), exclude: index_folder.canonicalize().into_iter().collect() };
    let mut note = |manifest: &mut Manifest, entry: FileEntry| {
        let key = (entry.root, entry.path.clone());
        if manifest.files.get(&key) != Some(&entry) {
            changes.changed = true;
            let had = manifest.files.insert(key, entry);
            if let Some(had) = had.filter(|had| had.articles > 0) {
                changes.removed.push(file_key(&name, &had.path));
            }
        }
    };
    for entry in files_of(root, &walk) {
        match entry {
            Entry::File { path, relative, size, mtime } => {
                seen.insert(relative.clone());
                let old = manifest.files.get(&(number, relative.clone()));
                if old.is_some_and(|old| old.state == FileState::Forgotten) {
                    continue;
                }
                let unchanged = same_rules
                    && old.is_some_and(|old| {
                        old.size == size
                            && old.mtime == mtime
                            && (matches!(old.state, FileState::Indexed | FileState::Skipped)
                                || (old.state == FileState::Failed && !old.hash.is_empty()))
                    });
                if unchanged {
                    summary.unchanged += 1;
                } else {
                    let known = old.is_some_and(|old| old.articles > 0);
                    changes.tasks.push(Task { root: number, path, relative, size, mtime, known });
                }
            }
            Entry::Skipped { relative, reason } => {
                seen.insert(relative.clone());
                note(manifest, FileEntry::left_out(number, &relative, FileState::Skipped, reason));
            }
            Entry::Failed { relative, reason } => {
                seen.insert(relative.clone());
                note(manifest, FileEntry::left_out(number, &relative, FileState::Failed, reason));
            }
        }
    }
    let gone: Vec<(u32, String)> =
        manifest.files.keys().filter(|(root, path)| *root == number && !seen.contains(path)).cloned().collect();
    for key in gone {
        if let Some(file) = manifest.files.remove(&key) {
            changes.changed = true;
            if file.articles > 0 {
                summary.removed += 1;
                changes.removed.push(file_key(&name, &file.path));
            }
        }
    }
    changes
}

/// What a file's articles depend on besides the file: the archive file and the columns given on the command line.
fn rules_hash(root: &Path, columns: &ColumnMap) -> String {
    let folder = if root.is_dir() { root } else { root.parent().unwrap_or(Path::new(".")) };
    let mut bytes = std::fs::read(folder.join(ARCHIVE_FILE_NAME)).unwrap_or_default();
    bytes.extend_from_slice(format!("{columns:?}").as_bytes());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes))
}

/// The name by which the manifest knows a root.
pub(crate) fn root_name(root: &Path) -> String {
    root.to_string_lossy().into_owned()
}
