//! TODO(doc)

pub(crate) mod absolute;
pub(crate) mod clock;
pub(crate) mod decades;
pub(crate) mod duration;
pub(crate) mod lists;
pub mod meaning;
pub(crate) mod named;
pub(crate) mod numeric;
pub(crate) mod relative;
pub(crate) mod years;
