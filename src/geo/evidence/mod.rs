//! TODO(doc)

pub(crate) mod weights;
