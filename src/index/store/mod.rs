//! TODO(doc)

pub mod format;
pub mod manifest;
