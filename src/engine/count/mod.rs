//! TODO(doc)

pub(crate) mod facets;
pub(crate) mod tally;
pub(crate) mod term_lists;
pub(crate) mod timeline;
