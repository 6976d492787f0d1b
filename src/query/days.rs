//! Days asked for in a query: `2025`, `2025-05`, `2025-05-10`, `2025-W19`, `2025-Q2` and ranges of these with `..`.

use crate::model::days::DayRangeBounds;
use crate::model::days::{Day, DayRange};

/// What to write instead of a filter value that cannot be read.
const FORMS: &str = "write a year, month or day (2025, 2025-05, 2025-05-10), a week or quarter (2025-W19, 2025-Q2), \
                     or a range (2025-05-07..2025-05-10, 2025-05-07.., ..2025)";

/// The days that a filter value asks for. A range runs from the first day of its left end to the last day of its right
/// one; a missing end is open.
///
/// # Errors
///
/// A reason, worded for the user, where the value has none of these forms, names a day that does not exist, or ends before
/// it begins.
pub fn bounds_from_filter(value: &str) -> Result<DayRangeBounds, String> {
    let value = value.trim();
    let Some((left, right)) = value.split_once("..") else {
        let days = days_from_filter(value)?;
        return Ok(DayRangeBounds { from: Some(days.from), to: Some(days.to) });
    };
    let (left, right) = (left.trim(), right.trim_start_matches('.').trim());
    if left.is_empty() && right.is_empty() {
        return Err(format!("a range needs a day on one side at least; {FORMS}"));
    }
    let end = |text: &str| if text.is_empty() { Ok(None) } else { days_from_filter(text).map(Some) };
    let (first, last) = (end(left)?, end(right)?);
    let bounds = DayRangeBounds { from: first.map(|d| d.from), to: last.map(|d| d.to) };
    match (bounds.from, bounds.to) {
        (Some(from), Some(to)) if from > to => Err(format!("the range ends before it begins; try {right}..{left}")),
        _ => Ok(bounds),
    }
}

/// The days of one year, month, day, week or quarter as a filter names it.
///
/// # Errors
///
/// A reason, worded for the user.
pub fn days_from_filter(value: &str) -> Result<DayRange, String> {
    let value = value.trim();
    let unknown = || format!("{value:?} is no date; {FORMS}");
    let none_such = || format!("there is no {value}");
    let mut parts = value.split('-');
    let year = parts.next().and_then(|y| digits(y, 4)).ok_or_else(unknown)?;
    let (second, third) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(unknown());
    }
    let Some(second) = second else {
        return DayRange::year(year).ok_or_else(none_such);
    };
    if let Some(week) = second.strip_prefix(['W', 'w']) {
        let week = number(week).filter(|_| third.is_none()).ok_or_else(unknown)?;
        return DayRange::iso_week(year, week).ok_or_else(none_such);
    }
    if let Some(quarter) = second.strip_prefix(['Q', 'q']) {
        let quarter = number(quarter).filter(|_| third.is_none()).ok_or_else(unknown)?;
        return DayRange::quarter(year, quarter).ok_or_else(none_such);
    }
    let month = number(second).ok_or_else(unknown)?;
    match third {
        None => DayRange::month(year, month).ok_or_else(none_such),
        Some(day) => {
            let day = number(day).ok_or_else(unknown)?;
            Day::from_ymd(year, month, day).map(DayRange::day).ok_or_else(none_such)
        }
    }
}

/// A number of exactly `length` digits.
fn digits(text: &str, length: usize) -> Option<i16> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A number of one or two digits.
fn number(text: &str) -> Option<i8> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        let bounds = bounds_from_filter(value).unwrap();
        let end = |d: Option<Day>| d.map_or(String::new(), |d| d.to_string());
        format!("{}..{}", end(bounds.from), end(bounds.to))
    }

    #[test]
    fn a_year_month_day_week_or_quarter_asks_for_all_its_days() {
        assert_eq!(shown("2025"), "2025-01-01..2025-12-31");
        assert_eq!(shown("2024-02"), "2024-02-01..2024-02-29");
        assert_eq!(shown(" 2025-5-1 "), "2025-05-01..2025-05-01");
        assert_eq!(shown("2025-W19"), "2025-05-05..2025-05-11");
        assert_eq!(shown("2025-q2"), "2025-04-01..2025-06-30");
    }

    #[test]
    fn ranges_hold_both_ends_and_may_be_open() {
        assert_eq!(shown("2025-05-07..2025-05-10"), "2025-05-07..2025-05-10");
        assert_eq!(shown("2014..2018-03"), "2014-01-01..2018-03-31");
        assert_eq!(shown("2025-05-07.."), "2025-05-07..");
        assert_eq!(shown("..2025"), "..2025-12-31");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_forms_that_can() {
        for bad in
            ["", "..", "May", "25", "2025-13", "2025-02-30", "2025-05-10-1", "2025-W54", "2025-05..2024", "2025/05"]
        {
            let reason = bounds_from_filter(bad).unwrap_err();
            assert!(!reason.is_empty(), "{bad}");
        }
        assert!(bounds_from_filter("soon").unwrap_err().contains("2025-05-07..2025-05-10"));
        assert_eq!(bounds_from_filter("2025-02-30").unwrap_err(), "there is no 2025-02-30");
    }
}
