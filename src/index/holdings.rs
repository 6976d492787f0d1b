//! What an index holds and lacks, for the user to judge it by.

use std::path::PathBuf;

use crate::index::store::manifest::{FileEntry, Sums};

/// What an index holds and lacks.
#[derive(Debug, Clone)]
pub struct Status {
    /// The index folder.
    pub index: PathBuf,
    /// Format of the index.
    pub format: u32,
    /// Folders and files that it was given.
    pub roots: Vec<String>,
    /// Sums over its files.
    pub sums: Sums,
    /// Segments of the engine, for judging speed.
    pub segments: usize,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Languages of its articles.
    pub languages: Vec<String>,
    /// Files that were skipped or failed, wholly or in part, and those with warnings, in order.
    pub files: Vec<FileEntry>,
    /// Groups of articles with the same text.
    pub copies: usize,
    /// The user's layer of places.
    pub user_gazetteer: Option<String>,
}
