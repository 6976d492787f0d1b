//! An archive as it lies on disk: its files in order, its `dateline.toml`, the fields of its records, and what has changed.
//! Uses the dates of `time` and the types of `model`. Extraction, ingestion, the index's manifest and `status` read archives here.
//! No file of an article is opened here; only `dateline.toml` is read.

pub mod archive_file;
pub mod columns;
pub(crate) mod field;
pub mod freshness;
mod toml_form;
pub mod walk;
