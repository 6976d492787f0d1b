//! TODO(doc)

pub mod archive_file;
pub mod freshness;
pub mod walk;
