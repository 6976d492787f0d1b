//! Counting: how many passages and articles match, in all, by value and by time, without ranking them.
//!
//! Uses [`crate::engine::search`] and [`crate::engine::matching`], and the columns of [`crate::engine::segment`].
//! Used by the engine's face to [`crate::index::Backend`].

pub(crate) mod events;
pub(crate) mod facets;
pub(crate) mod tally;
pub(crate) mod term_lists;
pub(crate) mod timeline;
