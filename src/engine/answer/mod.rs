//! Answers: hits made of ranked passages, whole articles, and words to try where nothing was found.
//!
//! Uses [`crate::engine::rank`] and what a snapshot stores.
//! Used by the engine's face to [`crate::index::Backend`].

pub(crate) mod article;
pub(crate) mod explain;
pub(crate) mod held;
pub(crate) mod hits;
pub(crate) mod suggest;
