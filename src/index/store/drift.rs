//! How an archive differs from what an index has read of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::archive::archive_file::ArchiveFile;
use crate::archive::walk::{Entry, WalkSettings, files_of};
use crate::index::store::manifest::{FileState, Manifest};

/// How the archive differs from what the index has read, by size and time of change; no file is opened.
#[derive(Debug, Default)]
pub struct Drift {
    /// Files that are no longer as they were.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that were never read.
    pub new: Vec<String>,
    /// Roots that are not there, as an unmounted volume.
    pub missing_roots: Vec<String>,
}

impl Drift {
    /// Compares the files of a manifest with those that are there; the index's own folder is left out.
    pub fn of(manifest: &Manifest, index: &Path) -> Self {
        let mut drift = Drift::default();
        for (number, root) in manifest.roots.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let folder = Path::new(root);
            if !folder.exists() {
                drift.missing_roots.push(root.clone());
                continue;
            }
            // Where dateline.toml cannot be understood the next indexing run says so; here all files are looked at.
            let archive_file = ArchiveFile::read(folder).unwrap_or_default();
            let exclude: Vec<PathBuf> = index.canonicalize().into_iter().collect();
            let mut seen = BTreeSet::new();
            for entry in files_of(folder, &WalkSettings { archive_file, exclude }) {
                match entry {
                    Entry::File { relative, size, mtime, .. } => {
                        match manifest.files.get(&(number, relative.clone())) {
                            Some(known) if known.size == size && known.mtime == mtime => {}
                            // It is not read again, whatever becomes of it.
                            Some(known) if known.state == FileState::Forgotten => {}
                            Some(_) => drift.changed.push(relative.clone()),
                            None => drift.new.push(relative.clone()),
                        }
                        seen.insert(relative);
                    }
                    Entry::Skipped { relative, .. } | Entry::Failed { relative, .. } => {
                        seen.insert(relative);
                    }
                }
            }
            let known = manifest.files.values().filter(|f| f.root == number && f.state != FileState::Skipped);
            drift.gone.extend(known.filter(|f| !seen.contains(&f.path)).map(|f| f.path.clone()));
        }
        drift
    }

    /// Whether the index is up to date.
    pub fn is_none(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.new.is_empty() && self.missing_roots.is_empty()
    }

    /// The lists with the names of their states.
    pub fn lists(&self) -> [(&'static str, &[String]); 4] {
        [("changed", &self.changed), ("gone", &self.gone), ("new", &self.new), ("missing", &self.missing_roots)]
    }
}
