//! The options of tables: their format and units of time.

use dateline::model::days::TimeUnit;

use crate::cli::args::question::{Format, TableFormat, Unit};
use crate::cli::terminal::Complaint;

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
