//! `dateline timeline`

use std::io::Write;

use dateline::actions::timeline::fitting_timeline;
use dateline::model::question::DateKind;
use dateline::wire::labels::{bucket_label, unit_name};
use dateline::wire::{csv, json};

use crate::cli::args::question::Format;
use crate::cli::args::question::{On, TimelineArgs};
use crate::cli::commands::question::{left_out, nothing};
use crate::cli::commands::table::{table_format, unit};
use crate::cli::printer::text;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &TimelineArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let format = table_format(&args.table)?;
    let backend = crate::cli::commands::question::open(&args.ask, terminal)?;
    let question = crate::cli::commands::question::understood(&args.ask, backend, terminal)?.question;
    let on = match args.on {
        On::Event => DateKind::Event,
        On::Pub => DateKind::Published,
    };
    let (unit, timeline) = match args.by {
        Some(by) => (unit(by), backend.timeline(&question, on, unit(by))?),
        None => fitting_timeline(backend, &question, on)?,
    };
    let mut out = terminal.out();
    match format {
        Format::Json => json::timeline(&mut out, &timeline, on, unit_name(unit), |b| bucket_label(unit, b))?,
        Format::Csv => csv::timeline(&mut out, &timeline, |b| bucket_label(unit, b))?,
        Format::Text | Format::Trec if timeline.total.passages > 0 => text::timeline(&mut out, &timeline, on, unit)?,
        Format::Text | Format::Trec => {}
    }
    out.flush()?;
    left_out::say(backend, &question, timeline.total.passages, terminal);
    if timeline.total.passages == 0 {
        nothing::explain(backend, &question, terminal);
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
