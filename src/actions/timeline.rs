//! A timeline as wide as fits.

use crate::index::Backend;
use crate::model::answer::Timeline;
use crate::model::days::TimeUnit;
use crate::model::error::Result;
use crate::model::question::{DateKind, Question};

/// A unit is fine enough where it makes no more buckets than this.
const MOST_ROWS: i64 = 40;

/// The timeline by the finest unit that does not make too many rows.
///
/// # Errors
/// Those of the backend.
pub fn fitting_timeline(backend: &dyn Backend, question: &Question, on: DateKind) -> Result<(TimeUnit, Timeline)> {
    let years = backend.timeline(question, on, TimeUnit::Year)?;
    let (Some(first), Some(last)) = (years.buckets.first(), years.buckets.last()) else {
        return Ok((TimeUnit::Year, years));
    };
    let mut days = i64::from(last.days.to.0) - i64::from(first.days.from.0) + 1;
    if days <= 2 * 366 {
        // The years' ends say little of so short a time; the months within them do.
        let months = backend.timeline(question, on, TimeUnit::Month)?;
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
    Ok((unit, backend.timeline(question, on, unit)?))
}
