//! TODO(doc)

pub(crate) mod cut;
pub(crate) mod cutter;
pub(crate) mod detect;
pub(crate) mod unpack;
