//! The command line: arguments in, the library's shapes out to the terminal.
//!
//! `args` says what can be typed, `commands` has a file for each verb, `printer` writes text for people, `messages` and
//! `progress` speak on standard error. Used by `main` alone.

pub(crate) mod args;
pub(crate) mod arguments;
pub(crate) mod commands;
pub(crate) mod messages;
pub(crate) mod printer;
pub(crate) mod progress;
pub(crate) mod terminal;
