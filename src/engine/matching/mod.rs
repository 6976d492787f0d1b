//! TODO(doc)

pub(crate) mod filter;
pub(crate) mod postings;
pub(crate) mod spellings;
