//! The index folder whatever engine fills it: its format and lock, the manifest of files, how it differs from the archive.
//!
//! Uses `archive` and `model`; used by the engines, `ingest`, `wire` and `actions`.

pub mod drift;
pub mod format;
pub mod manifest;
