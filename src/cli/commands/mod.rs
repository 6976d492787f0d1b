//! One file for each verb: arguments, to the library, to a printer.

pub mod ask;
pub mod batch;
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
pub mod table;
pub mod timeline;

use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::actions::open as actions;
use dateline::index::Backend;

use crate::cli::args::{IndexAt, Verb};
use crate::cli::terminal::{Outcome, Terminal};

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
