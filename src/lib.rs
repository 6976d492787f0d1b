//! A search engine for an archive of conflict reporting: every passage with the places and dates it speaks of.
//!
//! On the way in: [`walk`] → [`extract`] → [`crate::model::article::Article`] → [`passage`] → toponyms → places ([`geo`]);
//! timexes → days ([`time`]) → one document per passage → [`index`]. [`ingest`] runs these arrows.
//!
//! On the way out: words and filters → [`crate::model::question::Query`] → the engine behind [`index::Backend`] → [`crate::model::answer::Hit`]s,
//! which the binary prints. Neither `Query` nor `Hit` knows which engine answered.
//!
//! Layers, each using only those before it: (1) [`error`], [`article`], `bytes`, [`crate::model::days`], [`sanitize`];
//! (2) [`analysis`], [`language`], [`passage`], [`query`], [`geo`], [`time`], which are pure; (3) [`walk`], [`extract`], [`index`], which read and
//! write; (4) [`ingest`]; (5) the binary. The library never prints and never exits.

pub mod actions;
pub mod archive;
pub mod engine;
pub mod extract;
pub mod geo;
pub mod index;
pub mod ingest;
pub mod lang;
pub mod model;
pub mod passage;
pub mod plan;
pub mod query;
pub mod time;
pub mod wire;
pub mod words;

pub use crate::model::article::{Article, ByteSpan};
pub use crate::model::error::{Error, Result};
