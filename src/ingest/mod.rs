//! The indexing pipeline: files in, one commit out.
//!
//! One thread walks and reads; as many as there are cores make articles, find their places and dates and index them, each
//! into segments of its own. The one queue between them is short and bounded in bytes, so that memory depends on settings
//! and not on the archive.
//!
//! Uses `archive` and `extract` for articles, `passage`, `geo` and `time` for what is in them, and `engine` to keep it.
//! Used by the commands that index, inspect and forget.

pub mod analysis;
pub mod carried;
pub mod copy_key;
pub mod entry;
mod inspect;
mod open;
mod progress;
pub mod report;
mod run;
mod settings;
pub mod view;

pub use crate::ingest::analysis::Analysis;
pub use crate::ingest::inspect::inspect;
pub use crate::ingest::progress::{IngestSummary, Progress, Silent};
pub use crate::ingest::run::{forget, index};
pub use crate::ingest::settings::{DEFAULT_MEMORY_BYTES, IngestSettings};
