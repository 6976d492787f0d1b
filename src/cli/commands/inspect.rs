//! `dateline inspect`

use std::io::{self, Write};
use std::ops::ControlFlow;

use dateline::archive::columns::map_of;
use dateline::extract::record::{Problem, ProblemKind};
use dateline::geo::Gazetteer;
use dateline::ingest::view::view;
use dateline::ingest::{Analysis, inspect};
use dateline::wire::json;

use crate::cli::args::InspectArgs;
use crate::cli::commands::open_if_any;
use crate::cli::printer::text;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &InspectArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open_if_any(&args.at)?;
    let gazetteer: &Gazetteer = match &reader {
        Some(reader) => reader.gazetteer(),
        None => Gazetteer::embedded(),
    };
    let mut out = terminal.out();
    let columns = map_of(&args.map);
    let mut failed = false;
    for file in &args.files {
        let mut broken: Option<io::Error> = None;
        let mut seen = 0;
        let mut take = |found: Result<Analysis, Problem>| {
            let analysis = match found {
                Ok(analysis) => analysis,
                Err(problem) => {
                    failed |= problem.kind == ProblemKind::Failure;
                    say(&problem, terminal);
                    return ControlFlow::Continue(());
                }
            };
            seen += 1;
            let view = view(&analysis, args.explain);
            let written = if args.json {
                json::article(&mut out, &view, gazetteer)
            } else {
                text::article(&mut out, &view, &view.info.path, None, gazetteer)
            };
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => {
                    broken = Some(e);
                    ControlFlow::Break(())
                }
            }
        };
        let read = inspect(file, gazetteer, &columns, args.explain, &mut take);
        if let Some(e) = broken {
            return Err(e.into());
        }
        if let Err(e) = read {
            failed = true;
            terminal.messages.library_error(&e);
        }
    }
    out.flush()?;
    Ok(if failed { Outcome::Failed } else { Outcome::Done })
}

/// Says what could not be read, and why.
pub fn say(problem: &Problem, terminal: &Terminal) {
    let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
    terminal.messages.warning(&format!("{}{line}: {}", problem.path, problem.reason));
}
