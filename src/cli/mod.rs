//! TODO(doc)

pub(crate) mod args;
pub(crate) mod arguments;
pub(crate) mod commands;
pub(crate) mod messages;
pub(crate) mod printer;
pub(crate) mod progress;
