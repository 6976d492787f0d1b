//! The indexing pipeline: files in, one commit out.
//!
//! One thread walks and reads; as many as there are cores make articles, find their places and dates and index them, each
//! into segments of its own. The one queue between them is short and bounded in bytes, so that memory depends on settings
//! and not on the archive.

pub mod entry;
pub mod report;
mod run;
pub mod view;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::archive::archive_file::ArchiveFile;
use crate::archive::columns::ColumnMap;
use crate::engine::write::writer::WriterOptions;
use crate::extract;
use crate::extract::record::{ExtractSettings, Extracted, Problem};
use crate::geo::Gazetteer;
pub use crate::ingest::entry::Analysis;
pub use crate::ingest::run::{forget, index};
use crate::model::error::{Error, Result};

/// How an indexing run is made.
#[derive(Debug, Clone)]
pub struct IngestSettings {
    /// Threads that make articles and index them.
    pub jobs: usize,
    /// Bytes of memory that the run may use in all; see [`DEFAULT_MEMORY_BYTES`].
    pub memory_bytes: usize,
    /// Whether to start afresh instead of reconciling.
    pub rebuild: bool,
    /// Columns of tables by field, over those of `dateline.toml`; none for those that the run before was given.
    pub columns: ColumnMap,
    /// Set from outside to stop the run; what is whole by then is committed.
    pub stop: Arc<AtomicBool>,
}

/// Bytes of memory that a run may use in all by default. More makes fewer and larger segments and less merging. The files
/// that a merge maps come on top; the system takes their memory back when it wants it.
pub const DEFAULT_MEMORY_BYTES: usize = 256 << 20;

/// What a run uses besides its segments in the making: the gazetteer, the queue, each stage's tables. Measured at 60 to 80
/// MB with two threads.
const OTHER_MEMORY_BYTES: usize = 96 << 20;

/// The smallest part of the memory that is worth a thread: an empty segment in the making holds about 12 MB, and one that is
/// full at once is written after each article.
const LEAST_BYTES_A_THREAD: usize = 20 << 20;

impl IngestSettings {
    /// How the index is written under these settings: with little memory fewer threads have to do.
    fn writer_options(&self) -> WriterOptions {
        let memory_bytes = self.memory_bytes.saturating_sub(OTHER_MEMORY_BYTES).max(LEAST_BYTES_A_THREAD);
        WriterOptions { threads: self.jobs.clamp(1, memory_bytes / LEAST_BYTES_A_THREAD), memory_bytes }
    }
}

impl Default for IngestSettings {
    fn default() -> Self {
        IngestSettings {
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: DEFAULT_MEMORY_BYTES,
            rebuild: false,
            columns: ColumnMap::default(),
            stop: Arc::default(),
        }
    }
}

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

/// The articles of a file as an index would hold them, handed to `take` one by one; the archive file of `archive`, or of
/// the nearest folder above the file that has one, is heeded.
///
/// # Errors
/// [`Error::Input`] where the file cannot be opened, or `dateline.toml` cannot be understood.
pub fn inspect(
    file: &Path,
    gazetteer: &Gazetteer,
    columns: &ColumnMap,
    explain: bool,
    take: &mut dyn FnMut(std::result::Result<Analysis, Problem>) -> std::ops::ControlFlow<()>,
) -> Result<()> {
    let absolute = std::path::absolute(file).map_err(|e| Error::io("cannot open", file, e))?;
    let root = archive_root_of(&absolute);
    let relative = match absolute.strip_prefix(&root) {
        Ok(below) if below.as_os_str().is_empty() => absolute.file_name().map(Path::new).unwrap_or(below),
        Ok(below) => below,
        Err(_) => &absolute,
    };
    let relative: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    let archive = ArchiveFile::read(&root)?.with_columns(columns);
    let settings = ExtractSettings { archive: Arc::new(archive), ..ExtractSettings::default() };
    let read = extract::articles_of(&absolute, &relative.join("/"), &settings, &mut |found| match found {
        Extracted::Article(article) => take(Ok(Analysis::of(*article, gazetteer, explain))),
        Extracted::Problem(problem) => take(Err(problem)),
    });
    match read {
        Ok(_) => Ok(()),
        Err(problem) => Err(Error::input(file, problem.reason)),
    }
}

/// The folder that a file's path is counted from: the nearest above it that has been indexed, else its own.
fn archive_root_of(file: &Path) -> PathBuf {
    let above = file.ancestors().skip(1);
    let own = file.parent().unwrap_or(file).to_owned();
    above.into_iter().find(|f| f.join(crate::index::store::format::INDEX_FOLDER).is_dir()).map_or(own, Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_bounds_the_segments_and_the_threads() {
        let options = |jobs, memory_bytes| {
            let settings = IngestSettings { jobs, memory_bytes, ..IngestSettings::default() };
            let options = settings.writer_options();
            (options.threads, options.memory_bytes >> 20)
        };
        assert_eq!(options(2, DEFAULT_MEMORY_BYTES), (2, 160));
        assert_eq!(options(16, 160 << 20), (3, 64));
        assert_eq!(options(16, 1 << 30), (16, 928));
        assert_eq!(options(0, 0), (1, 20));
    }
}
