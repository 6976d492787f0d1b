//! What every command has at hand, and how a command ends.

use std::fmt;

use crate::cli::args::ColorWhen;
use crate::cli::messages::Messages;
use crate::cli::printer::Out;

/// How a command ended, for the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found, shown or indexed.
    Done,
    /// Nothing was found, or there is no such id or name.
    Nothing,
    /// Something failed, and it has been said what.
    Failed,
}

/// What every command has at hand.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// When to use colour.
    pub color: ColorWhen,
    /// Standard error.
    pub messages: Messages,
}

impl Terminal {
    /// Standard output.
    pub fn out(&self) -> Out {
        Out::new(self.color)
    }
}

/// A complaint in the user's words about what was typed.
#[derive(Debug)]
pub struct Complaint(pub String);

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Complaint {}
