//! What a run tells of itself: its progress while it goes, and a summary at its end.

use std::path::PathBuf;

use crate::extract::record::Problem;

/// Told of a run as it goes; called from several threads.
pub trait Progress: Sync {
    /// The walk found so many files of so many bytes that have to be read.
    fn found(&self, files: u64, bytes: u64) {
        let _ = (files, bytes);
    }
    /// So many more bytes were read.
    fn read(&self, bytes: u64) {
        let _ = bytes;
    }
    /// One more file was read to its end.
    fn file_done(&self) {}
    /// One more article was handed to the engine.
    fn article_done(&self) {}
    /// The engine is writing what it has; this may take a while.
    fn committing(&self) {}
    /// A file, or a part of it, could not be read. Skips are not told.
    fn failed(&self, problem: &Problem) {
        let _ = problem;
    }
}

/// A progress that nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IngestSummary {
    /// The index folder.
    pub index: PathBuf,
    /// Files that were read.
    pub read: u64,
    /// Files that had not changed and were not opened.
    pub unchanged: u64,
    /// Files that left the index because they are gone.
    pub removed: u64,
    /// Files of the given roots that failed, wholly or in part, in this run or in an earlier one that still stands.
    pub failed: u64,
    /// Files of the given roots that were left out.
    pub skipped: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Articles that were added.
    pub articles: u64,
    /// Passages that were added.
    pub passages: u64,
    /// Articles added without a publication date.
    pub undated: u64,
    /// Articles added without a resolved place.
    pub unplaced: u64,
    /// Articles in the index after the run.
    pub articles_in_index: u64,
    /// Passages in the index after the run.
    pub passages_in_index: u64,
    /// Seconds it took.
    pub seconds: f64,
    /// Whether it was stopped from outside before its end.
    pub stopped: bool,
}
