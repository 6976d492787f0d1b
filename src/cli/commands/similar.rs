//! `dateline similar`

use std::io::Write;
use std::time::Instant;

use dateline::actions::find;
use dateline::actions::similar::similar;
use dateline::model::answer::Totals;
use dateline::wire::{csv, json};

use crate::cli::args::SimilarArgs;
use crate::cli::args::question::Format;
use crate::cli::commands::open;
use crate::cli::commands::table::table_format;
use crate::cli::printer::text;
use crate::cli::printer::text::HitContext;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &SimilarArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let format = table_format(&args.table)?;
    let backend = open(&args.at)?;
    let (article, number) = match find::article(backend, &args.id) {
        Ok(found) => found,
        Err(dateline::Error::NotFound(reason)) => {
            terminal.messages.error(&reason);
            return Ok(Outcome::Nothing);
        }
        Err(e) => return Err(e.into()),
    };
    let started = Instant::now();
    let hits = similar(backend, &article, number, Some(args.limit).filter(|n| *n > 0))?;
    let elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    let mut out = terminal.out();
    match format {
        Format::Json => {
            for hit in &hits {
                dateline::wire::json::hit(&mut out, hit, backend.gazetteer())?;
            }
            let n = hits.len() as u64;
            let totals = Totals {
                events: None,
                hits: hits.len(),
                passages: n,
                articles: n,
                copies: 0,
                partial: 0,
                stale: hits.iter().filter(|h| h.stale).count(),
            };
            json::summary(&mut out, &totals, elapsed_ms, backend.holdings().sums.failed)?;
        }
        Format::Csv => {
            let mut rows = csv::Rows::new(&mut out, &csv::HIT_HEADER)?;
            for hit in &hits {
                csv::hit(&mut rows, hit, backend.gazetteer())?;
            }
            rows.finish()?;
        }
        Format::Text | Format::Trec => {
            let context = HitContext {
                gazetteer: backend.gazetteer(),
                asked_days: Vec::new(),
                coarse: false,
                current_folder: std::env::current_dir().ok(),
            };
            for hit in &hits {
                text::hit(&mut out, hit, &context)?;
            }
        }
    }
    out.flush()?;
    if hits.is_empty() {
        terminal.messages.note("no other article shares words with this one");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
