//! Days written out in a page's markup and furniture, in the languages that news sites are written in.
//!
//! This is not the reading of dates in an article's text ([`crate::time`]), which knows relative expressions and anchors:
//! here only whole dates count, and the month may be named in any of the languages of [`crate::lang::months`].

use unicode_normalization::char::is_combining_mark;

use crate::lang::months::{begins_a_name, month_named};
use crate::model::days::Day;

/// The first year in which a page can have been published: the web's first news sites.
const FIRST_YEAR: i16 = 1995;

/// Small words that stand between the parts of a date.
const BETWEEN: &[&str] = &[
    "of",
    "de",
    "del",
    "di",
    "d",
    "the",
    "den",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "م",
    "ام",
    "г",
    "i",
    "le",
    "m",
    "gada",
    "ng",
    "ה",
    "โมง",
    "พ",
    "ศ",
];

/// Words that stand between the numbers of a date in Vietnamese.
const DIVIDERS: &[&str] = &["tháng", "năm"];

/// How the dates of a page are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateStyle {
    /// Where numbers leave day and month open, the month comes first.
    pub month_first: bool,
    /// "5 Mar 19" is a date: only in an element that holds little else.
    pub short_years: bool,
    /// The last day that is believed.
    pub today: Day,
}

/// A day and where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenDay {
    pub day: Day,
    /// Byte offset of its first part.
    pub at: usize,
}

#[derive(Debug, Clone)]
struct DateToken {
    at: usize,
    /// The value and the number of digits, where it is a number.
    number: Option<(i64, usize)>,
    /// The month it names.
    month: Option<i8>,
    is_between: bool,
    /// The last character between the token before and this one that is no space; a space where there are only spaces.
    before: char,
}

/// The whole dates in `text`, in order.
pub(crate) fn days_in(text: &str, style: DateStyle) -> Vec<WrittenDay> {
    let tokens = tokens_of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match day_at(tokens.get(at..).unwrap_or(&[]), style).filter(|(day, _)| is_credible(*day, style.today)) {
            Some((day, used)) => {
                found.push(WrittenDay { day, at: tokens.get(at).map_or(0, |t| t.at) });
                at += used.max(1);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a page can have been published on this day.
pub(crate) fn is_credible(day: Day, today: Day) -> bool {
    day <= today && day.date().is_some_and(|d| d.year() >= FIRST_YEAR)
}

fn tokens_of(text: &str) -> Vec<DateToken> {
    const MOST: usize = 4000;
    let mut tokens: Vec<DateToken> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    let mut two_words: Option<String> = None;
    while let Some((at, c)) = chars.next() {
        if tokens.len() >= MOST {
            break;
        }
        if let Some(digit) = digit_of(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(d) = chars.peek().and_then(|(_, c)| digit_of(*c)) {
                value = value.saturating_mul(10).saturating_add(d);
                digits += 1;
                chars.next();
            }
            tokens.push(DateToken { at, number: Some((value, digits)), month: None, is_between: false, before });
            before = ' ';
            two_words = None;
        } else if matches!(c, '年' | '月' | '년' | '월') {
            before = '-';
        } else if matches!(c, '日' | '일') {
            before = ' ';
        } else if c.is_alphabetic() || is_combining_mark(c) {
            let mut word: String = c.to_lowercase().collect();
            while let Some((_, c)) = chars
                .peek()
                .filter(|(_, c)| (c.is_alphabetic() || is_combining_mark(*c)) && !matches!(c, '年' | '月' | '日'))
            {
                word.extend(c.to_lowercase());
                chars.next();
            }
            // Time zones and the T of ISO 8601 are read over: "2024-03-04T10:00".
            let joined = two_words.take().map(|first| format!("{first} {word}"));
            if let Some(month) = joined.as_deref().and_then(month_named) {
                tokens.push(DateToken { at, number: None, month: Some(month), is_between: false, before });
            } else if begins_a_name(&word) {
                two_words = Some(word);
            } else if DIVIDERS.contains(&word.as_str()) {
                before = '-';
                continue;
            } else {
                let is_between = BETWEEN.contains(&word.as_str());
                tokens.push(DateToken { at, number: None, month: month_named(&word), is_between, before });
            }
            before = ' ';
        } else if !c.is_whitespace() {
            before = c;
        }
    }
    tokens
}

fn digit_of(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '๐'..='๙' => '๐',
        '၀'..='၉' => '၀',
        _ => return None,
    };
    Some(i64::from(c as u32 - zero as u32))
}

fn day_of(year: i64, month: i64, day: i64) -> Option<Day> {
    Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The date that begins with the first token, and how many tokens it takes.
fn day_at(tokens: &[DateToken], style: DateStyle) -> Option<(Day, usize)> {
    let first = tokens.first()?;
    if let Some((value, 8)) = first.number
        && let Some(day) = day_of(value / 10_000, value / 100 % 100, value % 100)
    {
        return Some((day, 1));
    }
    if let Some((value, 14)) = first.number {
        let value = value / 1_000_000;
        return Some((day_of(value / 10_000, value / 100 % 100, value % 100)?, 1));
    }
    // The next three tokens that are no small words.
    let mut parts: [Option<(&DateToken, usize)>; 3] = [None; 3];
    let mut filled = 0;
    for (n, token) in tokens.iter().enumerate().take(6) {
        if token.is_between && n > 0 {
            continue;
        }
        if let Some(slot) = parts.get_mut(filled) {
            *slot = Some((token, n + 1));
            filled += 1;
        }
        if filled == 3 {
            break;
        }
    }
    let [Some((a, _)), Some((b, _)), Some((c, used))] = parts else { return None };
    let is_year = |n: Option<(i64, usize)>| n.filter(|(_, digits)| *digits == 4).and_then(|(v, _)| year_of(v));
    let small = |n: Option<(i64, usize)>| n.filter(|(_, d)| *d <= 2).map(|(v, _)| v);
    let day = match (a.month, b.month, c.month) {
        // Month 4, 2024.
        (Some(month), None, None) => day_of(is_year(c.number)?, i64::from(month), small(b.number)?)?,
        // 2024, 4 Month, as in Latvian.
        (None, None, Some(month)) => day_of(is_year(a.number)?, i64::from(month), small(b.number)?)?,
        // 4 Month 2024, 2024 Month 4, 4-Mar-24.
        (None, Some(month), None) => {
            let (year, day) = match (is_year(a.number), is_year(c.number)) {
                (Some(year), None) => (year, small(c.number)?),
                (None, Some(year)) => (year, small(a.number)?),
                (None, None)
                    if (matches!(b.before, '-' | '.' | '/') && c.before == b.before)
                        || (style.short_years && is_end_of_date(tokens.get(used))) =>
                {
                    (two_digit_year(c.number)?, small(a.number)?)
                }
                _ => return None,
            };
            day_of(year, i64::from(month), day)?
        }
        (None, None, None) => {
            let separator = b.before;
            if !matches!(separator, '-' | '/' | '.' | '–' | '_' | '\\') || (c.before != separator) {
                return None;
            }
            if let Some(year) = is_year(a.number) {
                day_of(year, small(b.number)?, small(c.number)?)?
            } else {
                let year = is_year(c.number).or_else(|| two_digit_year(c.number))?;
                let (x, y) = (small(a.number)?, small(b.number)?);
                let month_leads = y > 12 || (x <= 12 && style.month_first && separator != '.');
                if month_leads { day_of(year, x, y)? } else { day_of(year, y, x)? }
            }
        }
        _ => return None,
    };
    Some((day, used))
}

/// A year of four digits; those of the Buddhist era, which Thailand counts by, are 543 ahead.
fn year_of(value: i64) -> Option<i64> {
    match value {
        1900..2100 => Some(value),
        2500..2600 => Some(value - 543),
        _ => None,
    }
}

/// Whether a number that may be a year is not the hour of a clock: "5 Mar 19:30".
fn is_end_of_date(next: Option<&DateToken>) -> bool {
    next.is_none_or(|token| token.before != ':')
}

fn two_digit_year(number: Option<(i64, usize)>) -> Option<i64> {
    let (value, 2) = number? else { return None };
    Some(if value < 70 { 2000 + value } else { 1900 + value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(month_first: bool, short_years: bool) -> DateStyle {
        DateStyle { month_first, short_years, today: Day::from_ymd(2026, 3, 15).unwrap() }
    }

    fn first(text: &str) -> Option<String> {
        days_in(text, read(false, false)).first().map(|w| w.day.to_string())
    }

    #[test]
    fn whole_dates_are_read_in_many_languages() {
        for text in [
            "2024-03-04T10:00:00+02:00",
            "20240304",
            "2024/3/4",
            "04.03.2024",
            "4/3/2024",
            "04.03.24, 12:30",
            "Monday, March 4, 2024 at 10:00",
            "4 March 2024",
            "4th of March, 2024",
            "4. März 2024",
            "le 4 mars 2024",
            "4 de marzo de 2024",
            "4 marzo 2024",
            "4 de março de 2024",
            "4 maart 2024",
            "4 Mart 2024",
            "4 marca 2024",
            "4 марта 2024 г.",
            "4 березня 2024",
            "4 Maret 2024",
            "4. března 2024",
            "2024. március 4.",
            "٤ مارس ٢٠٢٤",
            "4 آذار 2024",
            "2024年3月4日",
            "2024년 3월 4일",
            "4 मार्च 2024",
            "Posted 04-Mar-24",
            "2024. gada 4. marts",
            "2024 m. kovo 4 d.",
            "4. maaliskuuta 2024",
            "4 de març de 2024",
            "4 d'març del 2024",
            "ngày 4 tháng 3 năm 2024",
            "4 มีนาคม 2567",
            "๔ มีนาคม ๒๕๖๗",
            "৪ মার্চ ২০২৪",
            "4 במרץ 2024",
            "4 مارچ 2024",
            "4 March, 2024",
        ] {
            assert_eq!(first(text).as_deref(), Some("2024-03-04"), "{text}");
        }
        assert_eq!(first("5 تشرين الثاني 2023").as_deref(), Some("2023-11-05"));
    }

    #[test]
    fn numbers_that_are_no_date_are_none() {
        for text in [
            "10:15",
            "1,234,567",
            "1.2.3",
            "12/2024",
            "31.02.2024",
            "2024",
            "March 2024",
            "4 March 2031",
            "4 March 1890",
            "call 020 7946 0018",
            "4 March 24 people met",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn month_and_day_in_numbers_are_told_apart() {
        assert_eq!(days_in("03/04/2024", read(true, false))[0].day.to_string(), "2024-03-04");
        assert_eq!(days_in("03/04/2024", read(false, false))[0].day.to_string(), "2024-04-03");
        assert_eq!(days_in("03/24/2024", read(false, false))[0].day.to_string(), "2024-03-24");
    }

    #[test]
    fn years_of_two_digits_are_read_where_they_are_asked_for_and_are_no_hours() {
        assert_eq!(days_in("4 marzo 24", read(false, true))[0].day.to_string(), "2024-03-04");
        assert_eq!(days_in("04 Mar 24, 19:30", read(false, true))[0].day.to_string(), "2024-03-04");
        assert!(days_in("4 March 19:30", read(false, true)).is_empty());
    }
}
