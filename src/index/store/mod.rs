//! The index folder: which files lie in it, and the manifest of the archive's files behind each commit.
//!
//! Uses [`crate::archive`] for the columns of tables; no engine.
//! Used by engines, by ingest, and by what finds an index or tells of its state.

pub mod format;
pub mod manifest;
