//! TODO(doc)

pub(crate) mod months;
pub(crate) mod names;
pub(crate) mod stop;
pub(crate) mod time;
