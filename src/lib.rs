//! A search engine for an archive of conflict reporting: every passage with the places and dates it speaks of.
//!
//! On the way in: [`walk`] → [`extract`] → [`article::Article`] → [`passage`] → toponyms → places ([`geo`]);
//! timexes → days ([`time`]) → one document per passage → [`index`]. [`ingest`] runs these arrows.
//!
//! On the way out: words and filters → [`query::Query`] → the engine behind [`index::Backend`] → [`query::Hit`]s,
//! which the binary prints. Neither `Query` nor `Hit` knows which engine answered.
//!
//! Layers, each using only those before it: (1) [`error`], [`article`], `bytes`, [`time::range`], [`sanitize`];
//! (2) [`analysis`], [`language`], [`passage`], [`query`], [`geo`], [`time`], which are pure; (3) [`walk`], [`extract`], [`index`], which read and
//! write; (4) [`ingest`]; (5) the binary. The library never prints and never exits.

pub mod analysis;
pub mod archive_file;
pub mod article;
mod bytes;
pub mod error;
pub mod extract;
pub mod geo;
pub mod index;
pub mod ingest;
pub mod language;
pub mod passage;
pub mod query;
pub mod sanitize;
pub mod time;
pub mod walk;

pub use article::{Article, ByteSpan};
pub use error::{Error, Result};
