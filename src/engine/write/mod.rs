//! Writing: articles become segments, files leave, and both come into force with a commit.
//!
//! Uses `schema`, `records` and the entries and files of [`crate::index`].
//! Used through [`crate::index::indexer::Indexer`] by what brings an index up to date.

pub(crate) mod builder;
pub(crate) mod merging;
pub(crate) mod removal;
pub mod writer;
