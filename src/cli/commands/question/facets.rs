//! `dateline facets`

use std::io::Write;

use dateline::actions::names::Holding;
use dateline::actions::scope::scope;
use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetCounts, FacetField, FacetScope};
use dateline::model::question::{DateKind, Question};
use dateline::wire::labels::days_label;
use dateline::wire::{csv, json};

use crate::cli::args::question::Format;
use crate::cli::args::question::{FacetBy, FacetsArgs, On};
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
    if args.on.is_some() && (dates || args.by.is_none()) {
        let reason = match dates {
            true => "--on: dates are counted by themselves; it says which dates a table of another field is by",
            false => "--on: it says which dates a table is by; add --by month, or day, week, quarter, year",
        };
        return Err(Complaint(reason.to_owned()).into());
    }
    let backend = crate::cli::commands::question::open(&args.ask, terminal)?;
    let question = crate::cli::commands::question::understood(&args.ask, backend, terminal)?.question;
    let under = args.under.as_deref().map(|text| under(text, field, backend, terminal)).transpose()?;
    let in_table = args.by.map(unit).filter(|_| !dates);
    let limit = match args.limit {
        None => Some(VALUES_AS_TEXT).filter(|_| in_table.is_some() && format == Format::Text),
        limit => limit.filter(|n| *n > 0),
    };
    let ask = FacetAsk { field, under, unit: args.by.map(unit), limit };
    if let Some(unit) = in_table {
        let on = match args.on {
            None | Some(On::Event) => DateKind::Event,
            Some(On::Pub) => DateKind::Published,
        };
        let table = backend.facet_by_time(&question, &ask, on, unit)?;
        let mut out = terminal.out();
        let shown = match format {
            Format::Json => json::facet_by_time(&mut out, &table, field, on, unit).map(|()| table.rows.len())?,
            Format::Csv => {
                csv::facet_by_time(&mut out, &table, |days| days_label(unit, days)).map(|()| table.rows.len())?
            }
            Format::Text | Format::Trec if table.rows.is_empty() => 0,
            Format::Text | Format::Trec => {
                text::facet_by_time(&mut out, &table, field, on, unit, args.limit.is_none())?
            }
        };
        out.flush()?;
        return Ok(outcome(shown, table.all, &question, backend, terminal));
    }
    let asked = [ask];
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
    Ok(outcome(counts.len(), all, &question, backend, terminal))
}

/// Values of a table as text where nothing is said: more can hardly be compared.
const VALUES_AS_TEXT: usize = 10;

/// Says why there are no values, or how many were left out.
fn outcome(shown: usize, all: usize, question: &Question, backend: &dyn Backend, terminal: &Terminal) -> Outcome {
    if shown == 0 {
        nothing::explain(backend, question, terminal);
        return Outcome::Nothing;
    }
    if shown < all {
        terminal.messages.note(&format!("{shown} of {all} values; --limit 0 prints all"));
    }
    Outcome::Done
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
