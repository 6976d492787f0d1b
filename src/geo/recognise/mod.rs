//! TODO(doc)

pub(crate) mod bearer;
pub(crate) mod field;
pub(crate) mod lexicon;
pub(crate) mod names;
pub(crate) mod reading;
pub mod signs;
pub(crate) mod tokens;
