//! One file for each verb: arguments, to the library, to a printer.

pub mod ask;
pub mod completions;
pub mod facets;
pub mod gazetteer;
pub mod index;
pub mod inspect;
pub mod licenses;
pub mod man;
pub mod nothing;
pub mod places;
pub mod search;
pub mod show;
pub mod similar;
pub mod status;
pub mod timeline;

use std::fmt;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::engine::snapshot::Reader;
use dateline::index::store::format;

use crate::cli::args::{ColorWhen, IndexAt, Verb};
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

/// Runs a verb.
pub fn run(verb: Verb, terminal: &Terminal) -> anyhow::Result<Outcome> {
    match verb {
        Verb::Index(args) => crate::cli::commands::index::run(&args, terminal),
        Verb::Search(args) => crate::cli::commands::search::run(&args, terminal),
        Verb::Facets(args) => crate::cli::commands::facets::run(&args, terminal),
        Verb::Timeline(args) => crate::cli::commands::timeline::run(&args, terminal),
        Verb::Show(args) => crate::cli::commands::show::run(&args, terminal),
        Verb::Similar(args) => crate::cli::commands::similar::run(&args, terminal),
        Verb::Inspect(args) => crate::cli::commands::inspect::run(&args, terminal),
        Verb::Places(args) => crate::cli::commands::places::run(&args, terminal),
        Verb::Gazetteer(args) => crate::cli::commands::gazetteer::run(&args, terminal),
        Verb::Status(args) => crate::cli::commands::status::run(&args, terminal),
        Verb::Completions(args) => crate::cli::commands::completions::run(&args, terminal),
        Verb::Man(args) => crate::cli::commands::man::run(&args, terminal),
        Verb::Licenses => crate::cli::commands::licenses::run(terminal),
    }
}

/// The index folder that a command speaks of: the one named, that of the archive given, else the nearest above the
/// current folder.
pub fn index_folder(at: &IndexAt, archive: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(named) = &at.index {
        // Naming the archive where its index is meant is no mistake worth an error.
        let inside = named.join(format::INDEX_FOLDER);
        return Ok(if format::current(named).is_err() && inside.is_dir() { inside } else { named.clone() });
    }
    match archive {
        Some(archive) => Ok(format::index_folder_of(archive)),
        None => format::find_above(Path::new(".")),
    }
}

/// An index for as long as the process lives. The system takes all that it maps back at once when the process ends; giving it
/// back file by file took a fifteenth of a short query.
pub type Open = ManuallyDrop<Reader>;

/// The index, open.
pub fn open(at: &IndexAt) -> Result<Open, Error> {
    open_in(&index_folder(at, None)?)
}

/// The index in a folder, open.
pub fn open_in(folder: &Path) -> Result<Open, Error> {
    Reader::open(folder).map(ManuallyDrop::new)
}

/// The index where there is one, for commands that use no more of it than its gazetteer.
pub fn open_if_any(at: &IndexAt) -> Result<Option<Open>, Error> {
    match open(at) {
        Ok(reader) => Ok(Some(reader)),
        Err(Error::NoIndex { .. }) if at.index.is_none() => Ok(None),
        Err(e) => Err(e),
    }
}
