//! A search engine for an archive of conflict reporting: every passage with the places and dates it speaks of.
//!
//! On the way in: [`archive`] walks a folder, [`extract`] makes articles of its files, [`passage`] cuts them, [`geo`] and
//! [`time`] find toponyms and timexes and resolve them, and an [`index::indexer::Indexer`] keeps it all. [`ingest`] runs these
//! steps.
//!
//! On the way out: [`query`] reads what was typed into a [`model::question::Question`], an [`index::Backend`] answers it with
//! [`model::answer::Hit`]s, and [`wire`] gives those their shape. Neither question nor hit knows which engine answered.
//!
//! Floors, lowest first; a folder uses only floors below its own, and folders of one floor do not know each other:
//! [`model`] [`lang`] | [`words`] | [`passage`] [`geo`] [`time`] | [`query`] [`plan`] [`archive`] | [`extract`] [`index`] |
//! [`engine`] [`wire`] | [`ingest`] [`actions`] | the command line. The library never prints and never exits.

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
