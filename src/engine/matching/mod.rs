//! Matching: which documents of a segment meet the conditions of a plan, and where its leaves stand.
//!
//! Uses [`crate::engine::segment`] and the plan of a question ([`crate::plan`]).
//! Used by what ranks, counts and answers.

pub(crate) mod conditions;
pub(crate) mod event;
pub(crate) mod filter;
pub(crate) mod leaf;
pub(crate) mod postings;
pub(crate) mod spellings;
