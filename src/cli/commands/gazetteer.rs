//! `dateline gazetteer add`

use std::io::Write;

use dateline::actions::layer::add_places;
use dateline::index::store::format;
use dateline::index::store::format::WriteLock;

use crate::cli::args::{GazetteerAddArgs, GazetteerArgs, GazetteerVerb};
use crate::cli::commands::index_folder;
use crate::cli::printer::layout::{counted, number};
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &GazetteerArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let GazetteerVerb::Add(args) = &args.verb;
    add(args, terminal)
}

fn add(args: &GazetteerAddArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let folder = index_folder(&args.at, None)?;
    format::current(&folder)?;
    let _lock = WriteLock::take(&folder)?;
    let mut out = terminal.out();
    let mut bad = 0;
    for file in &args.files {
        let report = add_places(file, &folder)?;
        for (line, reason) in &report.first_bad {
            terminal.messages.warning(&format!("{}:{line}: {reason}", file.display()));
        }
        bad += report.bad;
        writeln!(
            out,
            "{}: {} read, {} added, names added to {}, {} left out",
            dateline::wire::sanitize::line(&file.to_string_lossy()),
            counted(report.lines, "line"),
            counted(report.places, "place"),
            counted(report.known, "known place"),
            number(report.left_out)
        )?;
    }
    out.flush()?;
    terminal.messages.note(
        "articles that are indexed already keep the places they have; read them again with `dateline index --rebuild`",
    );
    if bad > 0 {
        terminal.messages.error(&format!("{} could not be read", counted(bad, "line")));
    }
    Ok(if bad > 0 { Outcome::Failed } else { Outcome::Done })
}
