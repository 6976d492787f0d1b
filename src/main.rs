//! The command line of `dateline`: reads what was typed, runs it, and turns an error into a message and an exit status.

mod cli;

use std::io;
use std::panic;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::cli::args::Cli;
use crate::cli::messages::Messages;
use crate::cli::terminal::{Outcome, Terminal};

fn main() -> ExitCode {
    keep_private();
    keep_panics_quiet();
    panic::catch_unwind(run).unwrap_or_else(|what| {
        let what = what.downcast_ref::<&str>().copied().or_else(|| what.downcast_ref::<String>().map(String::as_str));
        let what = what.unwrap_or("of an unknown kind");
        Messages::new(crate::cli::args::ColorWhen::Auto)
            .error(&format!("a fault of the program itself ({what}); please report it"));
        ExitCode::from(2)
    })
}

/// Leaves it to those who catch a panic to speak of it: what broke down on a file is said of that file, and a panic's message
/// may hold the file's own bytes, which no terminal should get. `RUST_BACKTRACE` brings all of it back.
fn keep_panics_quiet() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|_| {}));
    }
}

fn run() -> ExitCode {
    // Made once: the many options of the verbs take a good part of the time of a query.
    let mut program = Cli::command();
    let arguments = crate::cli::arguments::with_clauses_marked(&program, std::env::args_os());
    let read = program.try_get_matches_from_mut(arguments);
    let cli = match read.and_then(|m| Cli::from_arg_matches(&m).map_err(|e| e.format(&mut program))) {
        Ok(cli) => cli,
        Err(e) => return usage(&e),
    };
    let terminal = Terminal { color: cli.color, messages: Messages::new(cli.color) };
    match crate::cli::commands::run(cli.verb, &terminal) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(e) => failure(&e, &terminal.messages),
    }
}

/// Lets no one else read what this process writes, from the first byte on: the engine creates its files by the umask, and a
/// run that is killed has no chance to protect them afterwards.
fn keep_private() {
    #[cfg(unix)]
    nix::sys::stat::umask(nix::sys::stat::Mode::S_IRWXG | nix::sys::stat::Mode::S_IRWXO);
}

/// Help and version go to standard output; a complaint about usage goes to standard error, exit status 2.
fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A reader that has seen enough of the help is no error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(2);
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    Messages::new(crate::cli::args::ColorWhen::Auto).error(text.trim_end());
    ExitCode::from(2)
}

fn failure(error: &anyhow::Error, messages: &Messages) -> ExitCode {
    let lost = match error.downcast_ref() {
        Some(dateline::Error::Output(e)) => Some(e),
        _ => error.downcast_ref::<io::Error>(),
    };
    if let Some(e) = lost {
        if e.kind() == io::ErrorKind::BrokenPipe {
            // Whoever reads the output has seen enough, as in `| head -1`.
            return ExitCode::SUCCESS;
        }
        messages.error(&format!("cannot write the answer: {e}"));
        return ExitCode::from(2);
    }
    if let Some(e) = error.downcast_ref::<dateline::Error>() {
        messages.library_error(e);
        return ExitCode::from(e.exit_status());
    }
    messages.error(&error.to_string());
    ExitCode::from(2)
}
