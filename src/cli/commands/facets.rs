//! `dateline facets`

use std::io::Write;

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region;
use dateline::index::Backend;
use dateline::model::answer::{FacetCounts, FacetField, FacetOptions, FacetScope};
use dateline::model::days::TimeUnit;
use dateline::model::field::Field;
use dateline::model::place::CountryCode;
use dateline::model::query::Filter;
use dateline::query::days::days_from_filter;
use dateline::query::parse::parse_filter;

use crate::cli::args::{FacetBy, FacetsArgs, Format, TableFormat, Unit};
use crate::cli::commands::{Complaint, Outcome, Terminal, ask, nothing};
use crate::cli::messages::pointed_out;
use crate::cli::printer::{csv, json, text};

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
    let reader = ask::open(&args.ask, terminal)?;
    let query = ask::query(&args.ask, reader.gazetteer(), terminal)?;
    let under = args.under.as_deref().map(|text| scope(text, field, reader.gazetteer(), terminal)).transpose()?;
    let limit = (args.limit > 0).then_some(args.limit);
    let FacetCounts { values: counts, all } =
        reader.facets(&query, field, &FacetOptions { under, unit: args.by.map(unit), limit })?;
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
    if counts.is_empty() {
        nothing::explain(&reader, &query, terminal);
        return Ok(Outcome::Nothing);
    }
    if counts.len() < all {
        terminal.messages.note(&format!("{} of {all} values; --limit 0 prints all", counts.len()));
    }
    ask::say_what_is_lacking(&reader, 0, terminal);
    Ok(Outcome::Done)
}

/// The format of a table, which can be no TREC run.
pub fn table_format(args: &TableFormat) -> Result<Format, Complaint> {
    match args.format {
        _ if args.json => Ok(Format::Json),
        Some(Format::Trec) => Err(Complaint("--format trec: only `dateline search` makes runs".to_owned())),
        other => Ok(other.unwrap_or(Format::Text)),
    }
}

/// The unit of time that was asked for.
pub const fn unit(unit: Unit) -> TimeUnit {
    match unit {
        Unit::Day => TimeUnit::Day,
        Unit::Week => TimeUnit::Week,
        Unit::Month => TimeUnit::Month,
        Unit::Quarter => TimeUnit::Quarter,
        Unit::Year => TimeUnit::Year,
    }
}

/// What `--under` names: days for dates, else a country, region or place.
fn scope(text: &str, field: FacetField, gazetteer: &Gazetteer, terminal: &Terminal) -> anyhow::Result<FacetScope> {
    match field {
        FacetField::Date | FacetField::Published => {
            let days = days_from_filter(text).map_err(|reason| Complaint(format!("--under: {reason}")))?;
            return Ok(FacetScope::Days(days));
        }
        FacetField::Country | FacetField::Place => {}
        FacetField::Region | FacetField::Source | FacetField::Language => {
            return Err(Complaint("--under: only countries, places and dates lie within something".to_owned()).into());
        }
    }
    // Regions first: "Middle East" is nothing else, and a country's name never is a region's.
    if let Some(found) = region::region_named(text) {
        return Ok(FacetScope::Region(found.code.to_string()));
    }
    let code = text.parse::<CountryCode>().ok().filter(|c| gazetteer.country(*c).is_some());
    if let Some(code) = code.or_else(|| gazetteer.country_named(text)) {
        return Ok(FacetScope::Country(code));
    }
    let mut notes = Vec::new();
    let filter =
        parse_filter(Field::Place, text, gazetteer, &mut notes).map_err(|e| Complaint(pointed_out("--under", &e)))?;
    for note in notes {
        terminal.messages.note(&note);
    }
    match filter {
        Filter::Place(id) => Ok(FacetScope::Place(id)),
        _ => Err(Complaint(format!("--under: `{text}` is no region, country or place")).into()),
    }
}
