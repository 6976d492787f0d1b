//! TODO(doc)

pub(crate) mod lexicon;
pub(crate) mod token;
