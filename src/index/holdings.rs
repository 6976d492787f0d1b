//! What an index holds, in sum and file by file.

use std::path::PathBuf;

use crate::index::store::manifest::{FileEntry, FileState, Manifest, Sums};

/// What an index holds in sum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Holdings {
    /// Sums over its files.
    pub sums: Sums,
    /// Languages of its articles.
    pub languages: Vec<String>,
    /// The user's layer of places.
    pub user_gazetteer: Option<String>,
}

/// What an index holds and lacks.
#[derive(Debug, Clone)]
pub struct Status {
    /// Where it lies: the index folder.
    pub location: PathBuf,
    /// Format of the index.
    pub format: u32,
    /// Its sums, languages and layer of places.
    pub holdings: Holdings,
    /// Segments of the engine, for judging speed.
    pub segments: usize,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Groups of articles that are copies of each other.
    pub copies: usize,
    /// Its roots and files.
    pub manifest: Manifest,
}

impl Status {
    /// Files that were skipped or failed, wholly or in part, and those with warnings, in order.
    pub fn files_of_note(&self) -> Vec<&FileEntry> {
        let of_note = |file: &&FileEntry| {
            file.state != FileState::Indexed || file.undated + file.unplaced > 0 || !file.warnings.is_empty()
        };
        self.manifest.files.values().filter(of_note).collect()
    }
}
