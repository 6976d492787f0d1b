//! `dateline man`

use std::io::Write;

use clap::CommandFactory;

use crate::cli::args::{Cli, ManArgs};
use crate::cli::terminal::{Complaint, Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &ManArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let mut program = Cli::command();
    program.build();
    let mut page = Vec::new();
    match &args.verb {
        None => {
            clap_mangen::Man::new(program.clone()).render(&mut page)?;
        }
        Some(name) => {
            let verb = program
                .find_subcommand(name)
                .ok_or_else(|| Complaint(format!("there is no verb `{name}`; `dateline --help` lists them")))?;
            clap_mangen::Man::new(verb.clone()).title(format!("dateline-{name}")).render(&mut page)?;
        }
    }
    let mut out = terminal.out();
    out.write_all(&page)?;
    out.flush()?;
    Ok(Outcome::Done)
}
