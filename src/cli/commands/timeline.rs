//! `dateline timeline`

use std::io::Write;

use dateline::engine::snapshot::Reader;
use dateline::index::Backend;
use dateline::model::answer::Timeline;
use dateline::model::days::TimeUnit;
use dateline::model::query::{DateKind, Query};

use crate::cli::args::{Format, On, TimelineArgs};
use crate::cli::commands::facets::{table_format, unit};
use crate::cli::commands::{Outcome, Terminal, ask, nothing};
use crate::cli::printer::text::bucket_label;
use crate::cli::printer::{csv, json, text};

/// A unit is fine enough where it makes no more buckets than this.
const MOST_ROWS: i64 = 40;

/// Runs the verb.
pub fn run(args: &TimelineArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let format = table_format(&args.table)?;
    let reader = ask::open(&args.ask, terminal)?;
    let query = ask::query(&args.ask, reader.gazetteer(), terminal)?;
    let on = match args.on {
        On::Event => DateKind::Event,
        On::Pub => DateKind::Published,
    };
    let (unit, timeline) = match args.by {
        Some(by) => (unit(by), reader.timeline(&query, on, unit(by))?),
        None => fitting(&reader, &query, on)?,
    };
    let mut out = terminal.out();
    match format {
        Format::Json => json::timeline(&mut out, &timeline, on, unit_name(unit), |b| bucket_label(unit, b))?,
        Format::Csv => csv::timeline(&mut out, &timeline, |b| bucket_label(unit, b))?,
        Format::Text | Format::Trec if timeline.total.passages > 0 => text::timeline(&mut out, &timeline, on, unit)?,
        Format::Text | Format::Trec => {}
    }
    out.flush()?;
    if timeline.total.passages == 0 {
        nothing::explain(&reader, &query, terminal);
        return Ok(Outcome::Nothing);
    }
    ask::say_what_is_lacking(&reader, 0, terminal);
    Ok(Outcome::Done)
}

/// The timeline by the finest unit that does not make too many rows.
fn fitting(reader: &Reader, query: &Query, on: DateKind) -> dateline::Result<(TimeUnit, Timeline)> {
    let years = reader.timeline(query, on, TimeUnit::Year)?;
    let (Some(first), Some(last)) = (years.buckets.first(), years.buckets.last()) else {
        return Ok((TimeUnit::Year, years));
    };
    let mut days = i64::from(last.days.to.0) - i64::from(first.days.from.0) + 1;
    if days <= 2 * 366 {
        // The years' ends say little of so short a time; the months within them do.
        let months = reader.timeline(query, on, TimeUnit::Month)?;
        if let (Some(first), Some(last)) = (months.buckets.first(), months.buckets.last()) {
            days = i64::from(last.days.to.0) - i64::from(first.days.from.0) + 1;
        }
        if days > MOST_ROWS * 7 {
            return Ok((TimeUnit::Month, months));
        }
    }
    let unit = match days {
        d if d <= MOST_ROWS + 22 => TimeUnit::Day,
        d if d <= MOST_ROWS * 7 => TimeUnit::Week,
        d if d <= MOST_ROWS * 31 => TimeUnit::Month,
        d if d <= MOST_ROWS * 92 => TimeUnit::Quarter,
        _ => return Ok((TimeUnit::Year, years)),
    };
    Ok((unit, reader.timeline(query, on, unit)?))
}

fn unit_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Year => "year",
    }
}
