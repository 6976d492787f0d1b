//! `dateline facets`

use std::io::Write;

use dateline::actions::names::Holding;
use dateline::actions::scope::scope;
use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetCounts, FacetField, FacetScope};
use dateline::wire::{csv, json};

use crate::cli::args::question::Format;
use crate::cli::args::question::{FacetBy, FacetsArgs};
use crate::cli::commands::question::{left_out, nothing};
use crate::cli::commands::table::{table_format, unit};
use crate::cli::messages::pointed_out;
use crate::cli::printer::text;
use crate::cli::terminal::{Complaint, Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &FacetsArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let format = table_format(&args.table)?;
    let field = match args.field {
        FacetBy::Region => FacetField::Region,
        FacetBy::Country => FacetField::Country,
        FacetBy::Place => FacetField::Place,
        FacetBy::Date => FacetField::Date,
        FacetBy::Published => FacetField::Published,
        FacetBy::Source => FacetField::Source,
        FacetBy::Language => FacetField::Language,
    };
    let dates = matches!(field, FacetField::Date | FacetField::Published);
    if args.by.is_some() && !dates {
        return Err(Complaint("--by: only `facets date` and `facets published` have units of time".to_owned()).into());
    }
    let backend = crate::cli::commands::question::open(&args.ask, terminal)?;
    let question = crate::cli::commands::question::understood(&args.ask, backend, terminal)?.question;
    let under = args.under.as_deref().map(|text| under(text, field, backend, terminal)).transpose()?;
    let limit = (args.limit > 0).then_some(args.limit);
    let asked = [FacetAsk { field, under, unit: args.by.map(unit), limit }];
    let (counts, all) = match backend.facets(&question, &asked)?.pop() {
        Some(FacetCounts { values, all }) => (values, all),
        None => (Vec::new(), 0),
    };
    let mut out = terminal.out();
    match format {
        Format::Json => {
            for count in &counts {
                json::facet(&mut out, field, count)?;
            }
        }
        Format::Csv => csv::facets(&mut out, &counts)?,
        Format::Text | Format::Trec if counts.is_empty() => {}
        Format::Text | Format::Trec => text::facets(&mut out, field, &counts)?,
    }
    out.flush()?;
    if question.filters_events() {
        left_out::say(backend, &question, backend.count(&question)?.passages, terminal);
    }
    if counts.is_empty() {
        nothing::explain(backend, &question, terminal);
        return Ok(Outcome::Nothing);
    }
    if counts.len() < all {
        terminal.messages.note(&format!("{} of {all} values; --limit 0 prints all", counts.len()));
    }
    Ok(Outcome::Done)
}

/// What `--under` names.
fn under(text: &str, field: FacetField, backend: &dyn Backend, terminal: &Terminal) -> anyhow::Result<FacetScope> {
    let mut notes = Vec::new();
    let scope = scope(text, field, Holding::of(backend).atlas(), &mut notes)
        .map_err(|error| Complaint(pointed_out("--under", &error)))?;
    for note in notes {
        terminal.messages.note(&note);
    }
    Ok(scope)
}
