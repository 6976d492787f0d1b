//! TODO(doc)

pub mod archive_file;
pub(crate) mod field;
pub mod freshness;
pub mod walk;
