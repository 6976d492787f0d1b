//! `dateline status`

use std::io::Write;

use dateline::index::store::drift::Drift;
use dateline::index::store::manifest::FileEntry;

use crate::cli::args::StatusArgs;
use crate::cli::commands::open;
use crate::cli::printer::text;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &StatusArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let status = open(&args.at)?.status()?;
    let drift = Drift::of(&status.manifest, &status.location);
    let files: Vec<&FileEntry> =
        if args.files { status.manifest.files.values().collect() } else { status.files_of_note() };
    let mut out = terminal.out();
    if args.json {
        dateline::wire::status::status(&mut out, &status, &drift, &files)?;
    } else {
        text::status(&mut out, &status, &drift, &files)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
