//! `dateline completions`

use std::io::Write;

use clap::CommandFactory;

use crate::cli::args::values::with_offers;
use crate::cli::args::{Cli, CompletionsArgs};
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &CompletionsArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    // The generator panics where its writer fails, as on a closed pipe, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut with_offers(Cli::command()), "dateline", &mut script);
    let mut out = terminal.out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
