//! How an indexing run is made: threads, memory, columns of tables.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::archive::columns::ColumnMap;

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
    /// What is left for segments in the making. Bytes.
    pub(super) fn segment_bytes(&self) -> usize {
        self.memory_bytes.saturating_sub(OTHER_MEMORY_BYTES).max(LEAST_BYTES_A_THREAD)
    }

    /// How many threads index: with little memory fewer have to do.
    pub(super) fn threads(&self) -> usize {
        self.jobs.clamp(1, self.segment_bytes() / LEAST_BYTES_A_THREAD)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_bounds_the_segments_and_the_threads() {
        let options = |jobs, memory_bytes| {
            let settings = IngestSettings { jobs, memory_bytes, ..IngestSettings::default() };
            (settings.threads(), settings.segment_bytes() >> 20)
        };
        assert_eq!(options(2, DEFAULT_MEMORY_BYTES), (2, 160));
        assert_eq!(options(16, 160 << 20), (3, 64));
        assert_eq!(options(16, 1 << 30), (16, 928));
        assert_eq!(options(0, 0), (1, 20));
    }
}
