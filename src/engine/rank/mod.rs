//! TODO(doc)

pub(crate) mod accumulate;
pub(crate) mod contenders;
pub(crate) mod feedback;
pub(crate) mod order;
pub(crate) mod proximity;
pub(crate) mod refine;
