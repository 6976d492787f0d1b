//! What the benchmarks share: articles to measure on, and clocks.

#![allow(dead_code, reason = "each benchmark uses a part of this")]

pub mod clock;
pub mod corpus;
