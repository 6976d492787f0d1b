//! TODO(doc)

pub(crate) mod byte_sorter;
pub mod layer_writer;
pub(crate) mod spool;
pub mod user_layer;
pub(crate) mod user_table;
