//! A publication date as a record, a header or a page's metadata writes it.

use crate::lang::months::month_named_in_field;
use crate::lang::time::{is_ordinal_ending, links_in_field};
use crate::model::days::{Day, DayRange};
use std::fmt;

/// The first year in which a publication date is believed.
pub const FIRST_PUBLICATION_YEAR: i16 = 1900;

/// Why a date field gives no publication date, worded for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldDateError {
    /// Nothing stands in it.
    Empty,
    /// It is written in none of the forms that are read.
    NoDate {
        /// What stands in it.
        field: String,
    },
    /// It names a day that no calendar has.
    NoSuchDay {
        /// What stands in it.
        field: String,
    },
    /// It names a day that is still to come.
    AfterToday {
        /// What stands in it.
        field: String,
        /// The last day that is believed.
        today: Day,
    },
    /// It names a day before [`FIRST_PUBLICATION_YEAR`].
    TooEarly {
        /// What stands in it.
        field: String,
    },
}

impl fmt::Display for FieldDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldDateError::Empty => f.write_str("the date is empty"),
            FieldDateError::NoDate { field } => write!(f, "{field:?} is no date that can be read"),
            FieldDateError::NoSuchDay { field } => write!(f, "{field:?}: there is no such day"),
            FieldDateError::AfterToday { field, today } => write!(f, "{field:?} lies after today, {today}"),
            FieldDateError::TooEarly { field } => write!(f, "{field:?} lies before {FIRST_PUBLICATION_YEAR}"),
        }
    }
}

impl std::error::Error for FieldDateError {}

/// The days that a date field names: one day, or a month or a year where it says no more.
///
/// Read are ISO 8601 with and without time and zone (`2025-05-11T23:30:00+05:30`, `20250511`, `2025-05`, `2025`), RFC 2822
/// and its relatives (`Sun, 11 May 2025 10:00:00 +0000`), dates in English words (`May 11, 2025`, `11th of May 2025`,
/// `Published: Sunday, May 11, 2025 at 10:15 p.m. IST`), numbers with `/`, `.` or `-` (`05/25/2025`, `25.05.2025`), and
/// seconds or milliseconds since 1970. The day is the one that is written: no time zone is applied, except that a count of
/// seconds means a day in UTC. Where numbers leave the order of day and month open and both readings are possible, the
/// year is all that is known; [`order_is_unclear`] tells.
///
/// `today` is the last day that is believed, usually [`Day::latest_today`].
///
/// # Errors
///
/// A [`FieldDateError`] that shows the field as far as its first 60 characters.
pub fn published_from_field(text: &str, today: Day) -> Result<DayRange, FieldDateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldDateError::Empty);
    }
    let no_date = || FieldDateError::NoDate { field: shortened(text) };
    let range = match field_date_of(text).ok_or_else(no_date)? {
        FieldDate::Whole(range) => range,
        FieldDate::Either(a, b) => match (believed(DayRange::day(a), today), believed(DayRange::day(b), today)) {
            (true, false) => DayRange::day(a),
            (false, true) => DayRange::day(b),
            _ => a.year().ok_or_else(no_date)?,
        },
        FieldDate::NoSuchDay => return Err(FieldDateError::NoSuchDay { field: shortened(text) }),
    };
    if range.from > today {
        return Err(FieldDateError::AfterToday { field: shortened(text), today });
    }
    if !believed(range, today) {
        return Err(FieldDateError::TooEarly { field: shortened(text) });
    }
    Ok(range)
}

/// Whether a date field is a day and a month in numbers that may be read either way, as in `05/10/2025`.
pub fn order_is_unclear(text: &str) -> bool {
    matches!(field_date_of(text.trim()), Some(FieldDate::Either(..)))
}

/// Whether a publication date is neither before 1900 nor after `today`.
pub(crate) fn believed(range: DayRange, today: Day) -> bool {
    range.from <= today && range.from.date().is_some_and(|d| d.year() >= FIRST_PUBLICATION_YEAR)
}

/// What a field was read as.
enum FieldDate {
    Whole(DayRange),
    /// Two days in one year, month first and day first.
    Either(Day, Day),
    NoSuchDay,
}

fn shortened(text: &str) -> String {
    const LONGEST_CHARS: usize = 60;
    match text.char_indices().nth(LONGEST_CHARS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// A run of digits or of letters in the field, and the character before it.
#[derive(Clone, Copy)]
struct FieldPiece<'a> {
    text: &'a str,
    before: Option<char>,
    after: Option<char>,
}

impl FieldPiece<'_> {
    fn number(self) -> Option<i64> {
        (self.text.len() <= 17).then(|| self.text.parse().ok()).flatten()
    }

    fn is_number(self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Digits and letters, the letters of an ordinal left out; what follows a clock time is kept, since a year may (asctime).
fn pieces_of(text: &str) -> Vec<FieldPiece<'_>> {
    const MOST: usize = 40;
    let mut pieces = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = None;
    while let Some((start, c)) = rest.next() {
        let digit = c.is_ascii_digit();
        if !digit && !c.is_alphabetic() {
            before = Some(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some(&(at, d)) = rest.peek() {
            if d.is_ascii_digit() != digit || !(d.is_ascii_digit() || d.is_alphabetic()) {
                break;
            }
            last = d;
            end = at + d.len_utf8();
            rest.next();
        }
        let letters = text.get(start..end).unwrap_or("");
        let ordinal = before.is_some_and(|b| b.is_ascii_digit()) && is_ordinal_ending(letters);
        if !ordinal {
            pieces.push(FieldPiece { text: letters, before, after: rest.peek().map(|&(_, c)| c) });
        }
        before = Some(last);
        if pieces.len() == MOST {
            break;
        }
    }
    pieces
}

fn field_date_of(text: &str) -> Option<FieldDate> {
    if let Some(date) = from_epoch(text) {
        return Some(date);
    }
    let pieces = pieces_of(text);
    let first_number = pieces.iter().position(|p| p.is_number())?;
    let month_word = pieces.iter().position(|p| month_named_in_field(p.text).is_some());
    match month_word {
        Some(at) => from_words(&pieces, at),
        None => from_numbers(&pieces, first_number),
    }
}

/// Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970, with or without a fraction.
fn from_epoch(text: &str) -> Option<FieldDate> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = match whole.len() {
        9 | 10 => whole.parse::<i64>().ok()?,
        12 | 13 => {
            // Twelve digits may also be a date with hours and minutes.
            if whole.len() == 12 && compact_day(whole).is_some() {
                return None;
            }
            whole.parse::<i64>().ok()? / 1000
        }
        _ => return None,
    };
    let day = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    Some(FieldDate::Whole(DayRange::day(Day(day))))
}

/// The day in the first eight digits.
fn compact_day(digits: &str) -> Option<Day> {
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let plausible = (FIRST_PUBLICATION_YEAR..=2999).contains(&year);
    let day = Day::from_ymd(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)?;
    plausible.then_some(day)
}

fn whole_day(year: i64, month: i64, day: i64) -> FieldDate {
    let date = || Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date().map_or(FieldDate::NoSuchDay, |d| FieldDate::Whole(DayRange::day(d)))
}

fn whole_month(year: i64, month: i64) -> FieldDate {
    let month = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(y, m)| DayRange::month(y, m));
    month.map_or(FieldDate::NoSuchDay, FieldDate::Whole)
}

/// A date with a month in letters: the day stands next to it, the year after that or at the end.
fn from_words(pieces: &[FieldPiece<'_>], month_at: usize) -> Option<FieldDate> {
    let month = month_named_in_field(pieces.get(month_at)?.text)?;
    let year_like = |p: &FieldPiece<'_>| p.text.len() == 4 && p.is_number() && p.number().is_some_and(|n| n >= 1000);
    let day_like = |p: &FieldPiece<'_>| {
        p.text.len() <= 2 && p.is_number() && p.number().is_some_and(|n| (1..=31).contains(&n)) && p.after != Some(':')
    };
    let mut day = None;
    let mut short_year = None;
    let word_before = month_at.checked_sub(1).and_then(|at| {
        // "11 of May": the small word between.
        let of = pieces.get(at).is_some_and(|p| links_in_field(p.text));
        pieces.get(if of { at.checked_sub(1)? } else { at })
    });
    let next = pieces.get(month_at + 1);
    if let Some(p) = word_before.filter(|p| day_like(p)) {
        day = p.number();
        // "11-May-25", RFC 850.
        short_year =
            next.filter(|p| p.text.len() == 2 && p.is_number() && p.after != Some(':')).and_then(|p| p.number());
    } else if let Some(p) = next.filter(|p| day_like(p)) {
        day = p.number();
    }
    let year = pieces.iter().find(|p| year_like(p) && !matches!(p.before, Some('+' | ':'))).and_then(|p| p.number());
    let year = year.or_else(|| short_year.map(|y| if y < 70 { 2000 + y } else { 1900 + y }))?;
    Some(match day {
        Some(day) => whole_day(year, i64::from(month), day),
        None => whole_month(year, i64::from(month)),
    })
}

/// A date in numbers only.
fn from_numbers(pieces: &[FieldPiece<'_>], at: usize) -> Option<FieldDate> {
    let first = pieces.get(at)?;
    if first.text.len() >= 8 {
        return compact_day(first.text).map(|d| FieldDate::Whole(DayRange::day(d)));
    }
    let following = |n: usize| {
        let piece = pieces.get(at + n).filter(|p| p.is_number() && matches!(p.before, Some('-' | '/' | '.' | ' ')))?;
        piece.number().map(|value| (value, piece.text.len()))
    };
    let a = first.number()?;
    if first.text.len() == 4 {
        if !(1000..=9999).contains(&a) {
            return None;
        }
        let Some((month, 1..=2)) = following(1) else {
            // Only a lone year is a year: "2025 edition" is not refused, "2025 12345" is.
            return (!pieces.iter().skip(at + 1).any(|p| p.is_number())).then(|| {
                let year = i16::try_from(a).ok().and_then(DayRange::year);
                year.map_or(FieldDate::NoSuchDay, FieldDate::Whole)
            });
        };
        return Some(match following(2) {
            Some((day, 1..=2)) => whole_day(a, month, day),
            _ => whole_month(a, month),
        });
    }
    let ((b, 1..=2), (year, year_length)) = (following(1)?, following(2)?) else { return None };
    if first.text.len() > 2 {
        return None;
    }
    let year = match year_length {
        4 => year,
        2 if year < 70 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    };
    // Dots are written between day and month only where the day comes first.
    let dotted = pieces.get(at + 1).is_some_and(|p| p.before == Some('.'));
    Some(if dotted || a > 12 {
        whole_day(year, b, a)
    } else if b > 12 || a == b {
        whole_day(year, a, b)
    } else {
        let day =
            |m: i64, d: i64| Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?);
        match (day(a, b), day(b, a)) {
            (Some(month_first), Some(day_first)) => FieldDate::Either(month_first, day_first),
            _ => FieldDate::NoSuchDay,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::from_ymd(2026, 3, 15).unwrap()
    }

    fn read(text: &str) -> String {
        match published_from_field(text, today()) {
            Ok(range) => range.to_string(),
            Err(reason) => format!("refused: {reason}"),
        }
    }

    #[test]
    fn usual_forms_of_a_day_are_read_as_written() {
        for text in [
            "2025-05-11",
            "2025-05-11T23:30:00+05:30",
            "2025-05-11 04:10:11.123Z",
            "20250511",
            "20250511T101500Z",
            "20250511101500",
            "202505111015",
            "2025/05/11",
            "2025.05.11",
            "2025-5-11",
            "Sun, 11 May 2025 10:00:00 +0000",
            "11 May 2025 10:00 GMT",
            "Sunday, 11-May-25 10:00:00 GMT",
            "Sun May 11 10:00:00 2025",
            "May 11, 2025",
            "may 11th, 2025",
            "11th of May 2025",
            "11 MAY 2025",
            "Published: Sunday, May 11, 2025 at 10:15 p.m. IST",
            "11.05.2025",
            "1746921600",
            "1746921600.5",
            "1746921600000",
            "Sun May 11 10:00:00 +0000 2025",
        ] {
            assert_eq!(read(text), "2025-05-11", "{text}");
        }
    }

    #[test]
    fn months_and_years_stay_as_coarse_as_they_are() {
        for (text, range) in
            [("2025-05", "2025-05"), ("May 2025", "2025-05"), ("2025", "2025"), ("Sept. 2024", "2024-09")]
        {
            assert_eq!(read(text), range);
        }
    }

    #[test]
    fn numbers_give_the_day_where_only_one_reading_is_possible() {
        assert_eq!(read("05/25/2025"), "2025-05-25");
        assert_eq!(read("25/05/2025"), "2025-05-25");
        assert_eq!(read("05/05/25"), "2025-05-05");
        // The other reading, 2026-11-03, lies after today.
        assert_eq!(read("11/03/2026"), "2026-03-11");
        assert_eq!(read("05/10/2025"), "2025");
        assert!(order_is_unclear("05/10/2025") && !order_is_unclear("05/25/2025") && !order_is_unclear("2025-05-10"));
    }

    #[test]
    fn what_is_no_date_or_not_believed_is_refused_with_its_reason() {
        assert_eq!(read("2026-03-16"), "refused: \"2026-03-16\" lies after today, 2026-03-15");
        assert_eq!(read("11 November 1899"), "refused: \"11 November 1899\" lies before 1900");
        assert_eq!(read("2025-02-30"), "refused: \"2025-02-30\": there is no such day");
        for text in
            ["", "soon", "13/13/2025", "12345", "99999999", "2025-13-01", "May", "10:15", "31 June 2025", "٢٠٢٥"]
        {
            assert!(read(text).starts_with("refused: "), "{text}: {}", read(text));
        }
        assert!(read(&"long ".repeat(50)).contains('…'));
    }
}
