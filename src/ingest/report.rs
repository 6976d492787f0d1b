//! What an indexing run did, as JSON.

use serde::Serialize;

use crate::ingest::IngestSummary;

/// A run, as `dateline index --json` prints it (`schema/output.schema.json`).
#[derive(Debug, Serialize)]
pub struct Indexed {
    index: String,
    read: u64,
    unchanged: u64,
    removed: u64,
    failed: u64,
    skipped: u64,
    bytes: u64,
    articles: u64,
    passages: u64,
    undated: u64,
    unplaced: u64,
    articles_in_index: u64,
    passages_in_index: u64,
    seconds: f64,
    stopped: bool,
}

impl From<&IngestSummary> for Indexed {
    fn from(s: &IngestSummary) -> Self {
        Indexed {
            index: s.index.to_string_lossy().into_owned(),
            read: s.read,
            unchanged: s.unchanged,
            removed: s.removed,
            failed: s.failed,
            skipped: s.skipped,
            bytes: s.bytes,
            articles: s.articles,
            passages: s.passages,
            undated: s.undated,
            unplaced: s.unplaced,
            articles_in_index: s.articles_in_index,
            passages_in_index: s.passages_in_index,
            seconds: (s.seconds * 1e3).round() / 1e3,
            stopped: s.stopped,
        }
    }
}
