//! The verbs, one file each: arguments to the library, what it gives to a printer.
//!
//! `question` has those that ask an index, `about` those that speak of the program.

pub mod about;
pub mod gazetteer;
pub mod index;
pub mod inspect;
pub mod places;
pub mod question;
pub mod show;
pub mod similar;
pub mod status;
pub mod table;

use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::actions::open as actions;
use dateline::index::Backend;

use crate::cli::args::{IndexAt, Verb};
use crate::cli::terminal::{Outcome, Terminal};

/// Runs a verb.
pub fn run(verb: Verb, terminal: &Terminal) -> anyhow::Result<Outcome> {
    match verb {
        Verb::Index(args) => index::run(&args, terminal),
        Verb::Search(args) => question::search::run(&args, terminal),
        Verb::Facets(args) => question::facets::run(&args, terminal),
        Verb::Timeline(args) => question::timeline::run(&args, terminal),
        Verb::Show(args) => show::run(&args, terminal),
        Verb::Similar(args) => similar::run(&args, terminal),
        Verb::Inspect(args) => inspect::run(&args, terminal),
        Verb::Places(args) => places::run(&args, terminal),
        Verb::Gazetteer(args) => gazetteer::run(&args, terminal),
        Verb::Status(args) => status::run(&args, terminal),
        Verb::Completions(args) => about::completions::run(&args, terminal),
        Verb::Man(args) => about::man::run(&args, terminal),
        Verb::Licenses => about::licenses::run(terminal),
    }
}

/// The index folder that a command speaks of.
pub fn index_folder(at: &IndexAt, archive: Option<&Path>) -> Result<PathBuf, Error> {
    actions::index_folder(at.index.as_deref(), archive)
}

/// The index that a command speaks of, open for as long as the process lives. The system takes all that it maps back at once
/// when the process ends; giving it back file by file took a fifteenth of a short query.
pub fn open(at: &IndexAt) -> Result<&'static dyn Backend, Error> {
    open_in(&index_folder(at, None)?)
}

/// The index in a folder; see [`open`].
pub fn open_in(folder: &Path) -> Result<&'static dyn Backend, Error> {
    actions::open(folder).map(|backend| &*Box::leak(backend))
}

/// The index where there is one, for commands that use no more of it than its gazetteer.
pub fn open_if_any(at: &IndexAt) -> Result<Option<&'static dyn Backend>, Error> {
    Ok(actions::open_if_any(at.index.as_deref())?.map(|backend| &*Box::leak(backend)))
}
