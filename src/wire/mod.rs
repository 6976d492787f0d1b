//! TODO(doc)

pub mod sanitize;
