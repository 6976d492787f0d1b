//! A publication date as a record, a header or a page's metadata writes it.

use crate::model::days::{Day, DayRange};

/// The first year in which a publication date is believed.
pub const FIRST_PUBLICATION_YEAR: i16 = 1900;

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
/// A reason, worded for the user: no date in it, no such day, before 1900, or after today.
pub fn published_from_field(text: &str, today: Day) -> Result<DayRange, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the date is empty".to_owned());
    }
    let shown = shortened(text);
    let range = match reading_of(text).ok_or_else(|| format!("{shown:?} is no date that can be read"))? {
        Reading::Whole(range) => range,
        Reading::Either(a, b) => match (believed(DayRange::day(a), today), believed(DayRange::day(b), today)) {
            (true, false) => DayRange::day(a),
            (false, true) => DayRange::day(b),
            _ => a.year().ok_or_else(|| format!("{shown:?} is no date that can be read"))?,
        },
        Reading::NoSuchDay => return Err(format!("{shown:?}: there is no such day")),
    };
    if range.from > today {
        return Err(format!("{shown:?} lies after today, {today}"));
    }
    if !believed(range, today) {
        return Err(format!("{shown:?} lies before {FIRST_PUBLICATION_YEAR}"));
    }
    Ok(range)
}

/// Whether a date field is a day and a month in numbers that may be read either way, as in `05/10/2025`.
pub fn order_is_unclear(text: &str) -> bool {
    matches!(reading_of(text.trim()), Some(Reading::Either(..)))
}

/// Whether a publication date is neither before 1900 nor after `today`.
pub(crate) fn believed(range: DayRange, today: Day) -> bool {
    range.from <= today && range.from.date().is_some_and(|d| d.year() >= FIRST_PUBLICATION_YEAR)
}

/// What a field was read as.
enum Reading {
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
struct Part<'a> {
    text: &'a str,
    before: Option<char>,
    after: Option<char>,
}

impl Part<'_> {
    fn number(self) -> Option<i64> {
        (self.text.len() <= 17).then(|| self.text.parse().ok()).flatten()
    }

    fn is_number(self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Digits and letters, the letters of an ordinal left out; what follows a clock time is kept, since a year may (asctime).
fn parts_of(text: &str) -> Vec<Part<'_>> {
    const MOST: usize = 40;
    let mut parts = Vec::new();
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
        let piece = text.get(start..end).unwrap_or("");
        let ordinal = before.is_some_and(|b| b.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|s| piece.eq_ignore_ascii_case(s));
        if !ordinal {
            parts.push(Part { text: piece, before, after: rest.peek().map(|&(_, c)| c) });
        }
        before = Some(last);
        if parts.len() == MOST {
            break;
        }
    }
    parts
}

fn reading_of(text: &str) -> Option<Reading> {
    if let Some(reading) = from_epoch(text) {
        return Some(reading);
    }
    let parts = parts_of(text);
    let first_number = parts.iter().position(|p| p.is_number())?;
    let month_word = parts.iter().position(|p| month_named(p.text).is_some());
    match month_word {
        Some(at) => from_words(&parts, at),
        None => from_numbers(&parts, first_number),
    }
}

/// Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970, with or without a fraction.
fn from_epoch(text: &str) -> Option<Reading> {
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
    Some(Reading::Whole(DayRange::day(Day(day))))
}

/// The day in the first eight digits.
fn compact_day(digits: &str) -> Option<Day> {
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let plausible = (FIRST_PUBLICATION_YEAR..=2999).contains(&year);
    let day = Day::from_ymd(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)?;
    plausible.then_some(day)
}

fn whole_day(year: i64, month: i64, day: i64) -> Reading {
    let date = || Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date().map_or(Reading::NoSuchDay, |d| Reading::Whole(DayRange::day(d)))
}

fn whole_month(year: i64, month: i64) -> Reading {
    let month = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(y, m)| DayRange::month(y, m));
    month.map_or(Reading::NoSuchDay, Reading::Whole)
}

/// A date with a month in letters: the day stands next to it, the year after that or at the end.
fn from_words(parts: &[Part<'_>], month_at: usize) -> Option<Reading> {
    let month = month_named(parts.get(month_at)?.text)?;
    let year_like = |p: &Part<'_>| p.text.len() == 4 && p.is_number() && p.number().is_some_and(|n| n >= 1000);
    let day_like = |p: &Part<'_>| {
        p.text.len() <= 2 && p.is_number() && p.number().is_some_and(|n| (1..=31).contains(&n)) && p.after != Some(':')
    };
    let mut day = None;
    let mut short_year = None;
    let word_before = month_at.checked_sub(1).and_then(|at| {
        // "11 of May": the small word between.
        let of = parts.get(at).is_some_and(|p| p.text.eq_ignore_ascii_case("of") || p.text.eq_ignore_ascii_case("de"));
        parts.get(if of { at.checked_sub(1)? } else { at })
    });
    let next = parts.get(month_at + 1);
    if let Some(p) = word_before.filter(|p| day_like(p)) {
        day = p.number();
        // "11-May-25", RFC 850.
        short_year =
            next.filter(|p| p.text.len() == 2 && p.is_number() && p.after != Some(':')).and_then(|p| p.number());
    } else if let Some(p) = next.filter(|p| day_like(p)) {
        day = p.number();
    }
    let year = parts.iter().find(|p| year_like(p) && !matches!(p.before, Some('+' | ':'))).and_then(|p| p.number());
    let year = year.or_else(|| short_year.map(|y| if y < 70 { 2000 + y } else { 1900 + y }))?;
    Some(match day {
        Some(day) => whole_day(year, i64::from(month), day),
        None => whole_month(year, i64::from(month)),
    })
}

/// A date in numbers only.
fn from_numbers(parts: &[Part<'_>], at: usize) -> Option<Reading> {
    let first = parts.get(at)?;
    if first.text.len() >= 8 {
        return compact_day(first.text).map(|d| Reading::Whole(DayRange::day(d)));
    }
    let following = |n: usize| {
        let part = parts.get(at + n).filter(|p| p.is_number() && matches!(p.before, Some('-' | '/' | '.' | ' ')))?;
        part.number().map(|value| (value, part.text.len()))
    };
    let a = first.number()?;
    if first.text.len() == 4 {
        if !(1000..=9999).contains(&a) {
            return None;
        }
        let Some((month, 1..=2)) = following(1) else {
            // Only a lone year is a year: "2025 edition" is not refused, "2025 12345" is.
            return (!parts.iter().skip(at + 1).any(|p| p.is_number())).then(|| {
                let year = i16::try_from(a).ok().and_then(DayRange::year);
                year.map_or(Reading::NoSuchDay, Reading::Whole)
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
    let dotted = parts.get(at + 1).is_some_and(|p| p.before == Some('.'));
    Some(if dotted || a > 12 {
        whole_day(year, b, a)
    } else if b > 12 || a == b {
        whole_day(year, a, b)
    } else {
        let day =
            |m: i64, d: i64| Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?);
        match (day(a, b), day(b, a)) {
            (Some(month_first), Some(day_first)) => Reading::Either(month_first, day_first),
            _ => Reading::NoSuchDay,
        }
    })
}

/// The month that an English name or its abbreviation stands for.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 {
        return None;
    }
    let at = NAMES.iter().position(|name| {
        let short = name.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
        short && (word.len() == 3 || word.len() == name.len() || *name == "september" && word.len() == 4)
    })?;
    i8::try_from(at + 1).ok()
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
