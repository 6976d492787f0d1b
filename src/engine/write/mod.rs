//! TODO(doc)

pub mod builder;
pub(crate) mod merging;
pub(crate) mod removal;
pub mod writer;
