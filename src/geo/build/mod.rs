//! Writes layers of the gazetteer: the embedded one from the project's data, a user's from tables of places.
//!
//! Uses the gazetteer's format and places, folding (`words`) and the articles of names (`lang::names`). `dateline gazetteer` calls
//! [`user_layer::add_file`], the example `gazetteer_build` calls [`layer_writer::LayerWriter`].

pub(crate) mod byte_sorter;
pub(crate) mod encoding;
pub(crate) mod layer_merger;
pub mod layer_writer;
pub(crate) mod line_reader;
pub(crate) mod name_sections;
pub mod place_row;
pub(crate) mod spool;
pub mod user_layer;
pub(crate) mod user_table;
