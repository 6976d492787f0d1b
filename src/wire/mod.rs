//! The shapes in which answers leave the program: JSON Lines, CSV, TREC runs, and text made safe for a terminal.
//!
//! Uses the model, the gazetteer and what an index holds; used by `ingest`, `actions` and the faces. One set of shapes serves
//! every face; `schema/output.schema.json` defines the JSON.

pub mod csv;
pub mod json;
pub mod labels;
pub mod question;
pub mod sanitize;
pub mod status;
pub mod trec;
pub mod view;
