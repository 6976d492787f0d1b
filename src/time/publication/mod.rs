//! A publication date that the article gives itself: dateline, first lines, URL, file name.

pub mod field;

use crate::lang::time::Class;
use crate::model::article::{Origin, Published};
use crate::model::days::{Day, DayRange};
use crate::time::grammar::meaning::{Fields, Found, Meaning, Year, timexes_in};
use crate::time::publication::field::{believed, month_named};
use crate::time::words::token::{Tokens, is_word};

/// How much of a text may hold its dateline and the line with its date.
const HEAD_BYTES: usize = 1500;
/// How many lines with text are looked at.
const HEAD_LINES: usize = 8;
/// How far a dateline's day may lie from the date in the URL that gives it its year.
const DATELINE_SLACK_DAYS: i32 = 10;

/// A publication date that the article itself gives: dateline, first lines, URL, file name, in this order.
///
/// A dateline without a year ("BERNE, Oct 19 -") takes it from one of the others, and is no date without them. A URL may
/// give a month or a year, a path a month. Dates before 1900 and after today are passed over.
pub fn publication_date_in(text: &str, dateline: Option<&str>, url: Option<&str>, path: &str) -> Option<Published> {
    published_in(text, dateline, url, path, Day::latest_today())
}

fn published_in(text: &str, dateline: Option<&str>, url: Option<&str>, path: &str, today: Day) -> Option<Published> {
    let head_end = (0..=HEAD_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..head_end).unwrap_or("");
    let believed = |p: &Published| believed(p.range, today);
    let line = dateline.and_then(date_of_dateline).or_else(|| dateline_in(head));
    if let Some(Dateline::Whole(range)) = line {
        let published = Published { range, from: Origin::Dateline };
        if believed(&published) {
            return Some(published);
        }
    }
    let other = first_lines_date(head)
        .map(|range| Published { range, from: Origin::FirstLines })
        .filter(believed)
        .or_else(|| {
            url.and_then(|u| date_in_address(u, true))
                .map(|range| Published { range, from: Origin::Url })
                .filter(believed)
        })
        .or_else(|| date_in_path(path).map(|range| Published { range, from: Origin::FileName }).filter(believed))?;
    if let Some(Dateline::WithoutYear(month, day)) = line {
        let year = other.range.from.date()?.year();
        let near = (year - 1..=year + 1)
            .filter_map(|y| Day::from_ymd(y, month, day))
            .find(|d| other.range.from.0 - d.0 <= DATELINE_SLACK_DAYS && d.0 - other.range.to.0 <= DATELINE_SLACK_DAYS);
        let combined = near.map(|day| Published { range: DayRange::day(day), from: Origin::Dateline }).filter(believed);
        if other.range.days() > 1 && combined.is_some() {
            return combined;
        }
    }
    Some(other)
}

/// What a dateline says of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dateline {
    Whole(DayRange),
    WithoutYear(i8, i8),
}

fn dateline_of(found: &Found) -> Option<Dateline> {
    let Meaning::Civil(Fields { year, month: Some(month), day: Some(day), .. }) = found.meaning else { return None };
    match year {
        Year::Given(year) => {
            Day::from_ymd(i16::try_from(year).ok()?, month, day).map(|d| Dateline::Whole(DayRange::day(d)))
        }
        Year::Missing => Some(Dateline::WithoutYear(month, day)),
        _ => None,
    }
}

/// The day in a dateline that is given apart from the text.
fn date_of_dateline(dateline: &str) -> Option<Dateline> {
    let end = (0..=HEAD_BYTES.min(dateline.len())).rev().find(|at| dateline.is_char_boundary(*at))?;
    timexes_in(&Tokens::of(dateline.get(..end)?)).iter().find_map(dateline_of)
}

/// The day in a dateline at the head of the text: place names, a day, then a dash, a parenthesis or a colon.
fn dateline_in(head: &str) -> Option<Dateline> {
    const LONGEST_PLACE_TOKENS: usize = 8;
    let tokens = Tokens::of(head);
    let found = timexes_in(&tokens);
    let date = found.iter().find_map(|f| Some((f, dateline_of(f)?)));
    let (f, dateline) = date?;
    let mut lead = f.first;
    while lead > 0
        && tokens.class(lead - 1) != Class::Break
        && f.first - lead < LONGEST_PLACE_TOKENS
        && !starts_line(&tokens, lead)
    {
        lead -= 1;
    }
    let names = (lead..f.first).all(|at| {
        let token = tokens.at(at);
        token.capital
            || matches!(
                token.class,
                Class::Comma | Class::Dot | Class::Dash | Class::Open | Class::Close | Class::Slash
            )
    });
    let named = (lead..f.first).any(|at| tokens.at(at).capital && tokens.class(at) == Class::Word);
    let follows = f.end + usize::from(matches!(tokens.class(f.end), Class::Comma | Class::Dot));
    let closed =
        matches!(tokens.class(follows), Class::Open | Class::Dash | Class::Colon) || tokens.word(follows) == "_";
    (names && named && closed && (lead == 0 || starts_line(&tokens, lead))).then_some(dateline)
}

fn starts_line(t: &Tokens<'_>, at: usize) -> bool {
    let from = t.before(at, 1).end as usize;
    at == 0
        || t.text.get(from..t.at(at).start as usize).is_some_and(|gap| gap.contains('\n'))
        || t.class(at - 1) == Class::Break
}

/// A day with its year in a line of its own among the first lines, alone or with what usually stands beside it
/// ("Published: Sunday, May 11, 2025, 10:15 p.m. IST", "By A. Writer | 11 May 2025").
fn first_lines_date(head: &str) -> Option<DayRange> {
    const LONGEST_LINE_BYTES: usize = 120;
    // A line that the end of the head cuts off is none.
    let lines = head
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take(HEAD_LINES)
        .filter(|l| l.len() <= LONGEST_LINE_BYTES);
    let mut updated = None;
    for line in lines {
        let Some(range) = day_of_line(line) else { continue };
        if !line.get(..7).is_some_and(|w| w.eq_ignore_ascii_case("updated")) {
            return Some(range);
        }
        updated = updated.or(Some(range));
    }
    updated
}

fn day_of_line(line: &str) -> Option<DayRange> {
    let tokens = Tokens::of(line);
    let found = timexes_in(&tokens);
    let (f, dateline) = found.iter().find_map(|f| Some((f, dateline_of(f)?)))?;
    let Dateline::Whole(range) = dateline else { return None };
    const SEPARATORS: [char; 3] = ['|', '•', '·'];
    let date_at = tokens.at(f.first).start as usize;
    let start = line.get(..date_at)?.rfind(SEPARATORS).unwrap_or(0);
    let end = line.get(date_at..)?.find(SEPARATORS).map_or(line.len(), |at| date_at + at);
    let mut beside = (0..tokens.len())
        .filter(|at| !(f.first..f.end).contains(at) && (start..end).contains(&(tokens.at(*at).start as usize)));
    const USUAL: [&str; 22] = [
        "published",
        "posted",
        "updated",
        "date",
        "dated",
        "first",
        "last",
        "modified",
        "on",
        "at",
        "time",
        "issued",
        "release",
        "released",
        "created",
        "a",
        "p",
        "m",
        "edt",
        "local",
        "the",
        "online",
    ];
    let usual = |at: usize| {
        let class = tokens.class(at);
        !is_word(class)
            || matches!(class, Class::Weekday | Class::WeekdayAbbr | Class::AmPm | Class::Zone)
            || USUAL.iter().any(|w| tokens.is(at, w))
    };
    beside.all(usual).then_some(range)
}

/// The date in a URL's path: `/2025/05/11/`, `/2025/may/11/`, `2025-05-11`, `20250511`, `/2025/05/`, and where `years`,
/// `/2025/`.
fn date_in_address(address: &str, years: bool) -> Option<DayRange> {
    // What stands before the path is the site's name; what follows `#` is a place in the page.
    let after_scheme =
        address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, p)| p));
    let path = after_scheme.split('#').next().unwrap_or("");
    let parts = parts_of(path);
    let mut coarse: Option<DayRange> = None;
    for (n, part) in parts.iter().enumerate() {
        if let Some(day) = part.compact_day() {
            return Some(DayRange::day(day));
        }
        let Some(year) = part.year() else { continue };
        let month = parts.get(n + 1).filter(|p| p.joined).and_then(|p| p.month());
        let day = parts.get(n + 2).filter(|p| p.joined).and_then(|p| p.two_digits());
        if let Some(month) = month {
            if let Some(day) = day.and_then(|d| Day::from_ymd(year, month, d)) {
                return Some(DayRange::day(day));
            }
            coarse = coarse.filter(|c| c.days() < 32).or_else(|| DayRange::month(year, month));
        } else if years && part.segment {
            coarse = coarse.or_else(|| DayRange::year(year));
        }
    }
    coarse
}

/// The date in a file's name, else in the folders above it.
fn date_in_path(path: &str) -> Option<DayRange> {
    let name = path.rsplit('/').next().unwrap_or(path);
    date_in_address(name, false).or_else(|| date_in_address(path, false))
}

/// A run of digits or letters in an address.
struct Part<'a> {
    text: &'a str,
    /// One separator, and no more, stands before it.
    joined: bool,
    /// It is all there is between two slashes.
    segment: bool,
}

impl Part<'_> {
    fn digits(&self, count: usize) -> bool {
        self.text.len() == count && self.text.bytes().all(|b| b.is_ascii_digit())
    }

    fn year(&self) -> Option<i16> {
        self.digits(4).then(|| self.text.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))
    }

    fn two_digits(&self) -> Option<i8> {
        (self.digits(2) || self.digits(1)).then(|| self.text.parse().ok()).flatten()
    }

    fn month(&self) -> Option<i8> {
        self.two_digits().filter(|m| (1..=12).contains(m)).or_else(|| month_named(self.text))
    }

    fn compact_day(&self) -> Option<Day> {
        let year: i16 =
            self.digits(8).then(|| self.text.get(..4)?.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))?;
        Day::from_ymd(year, self.text.get(4..6)?.parse().ok()?, self.text.get(6..8)?.parse().ok()?)
    }
}

fn parts_of(path: &str) -> Vec<Part<'_>> {
    const MOST: usize = 200;
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut end_of_last = 0;
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() && parts.len() < MOST {
        let class = |b: &u8| (b.is_ascii_digit(), b.is_ascii_alphabetic());
        let Some(kind) = bytes.get(at).map(class).filter(|k| k.0 || k.1) else {
            at += 1;
            continue;
        };
        let start = at;
        while bytes.get(at).map(class) == Some(kind) {
            at += 1;
        }
        let slash = |b: Option<&u8>| b.is_none_or(|b| *b == b'/');
        parts.push(Part {
            text: path.get(start..at).unwrap_or(""),
            joined: start == end_of_last + 1 && !parts.is_empty(),
            segment: slash(start.checked_sub(1).and_then(|i| bytes.get(i))) && bytes.get(at) == Some(&b'/'),
        });
        end_of_last = at;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, dateline: Option<&str>, url: Option<&str>, path: &str) -> String {
        let today = Day::from_ymd(2026, 3, 15).unwrap();
        match published_in(text, dateline, url, path, today) {
            Some(p) => format!("{} {:?}", p.range, p.from),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_dateline_with_its_year_comes_before_all_else() {
        let text = "SRINAGAR, India, May 11, 2025 (Wire) — Guns fell silent.";
        assert_eq!(shown(text, None, Some("https://n.example/2024/01/02/x"), ""), "2025-05-11 Dateline");
        assert_eq!(shown("Guns fell silent.", Some("KYIV, 3 June 2023 -"), None, ""), "2023-06-03 Dateline");
        assert_eq!(shown("Title of it\n\nGoma, 7 March 2025 (AFP) - Rebels", None, None, ""), "2025-03-07 Dateline");
    }

    #[test]
    fn a_dateline_without_a_year_takes_it_from_the_address_or_stays_unknown() {
        let text = "BERNE, Oct 19 - The ministry said";
        assert_eq!(shown(text, None, None, "a.txt"), "none");
        assert_eq!(shown(text, None, Some("https://n.example/2021/10/berne"), ""), "2021-10-19 Dateline");
        assert_eq!(shown(text, None, None, "news/2021-10-20.txt"), "2021-10-20 FileName");
    }

    #[test]
    fn a_line_with_nothing_but_a_date_among_the_first_gives_it() {
        for text in [
            "Shelling resumes\nMay 11, 2025\nThe guns resumed.",
            "Shelling resumes\nPublished: Sunday, May 11, 2025, 10:15 p.m. IST\n\nThe guns",
            "Shelling resumes\nBy A. Writer | 11 May 2025 | World\n\nThe guns",
            "Shelling resumes\nUpdated 13 May 2025\nPosted on 11 May 2025\nThe guns",
            "2025-05-11\n\nThe guns",
        ] {
            assert_eq!(shown(text, None, None, ""), "2025-05-11 FirstLines", "{text}");
        }
        assert_eq!(shown("Twelve killed on May 10, 2025 in Pathankot\nThe guns", None, None, ""), "none");
        assert_eq!(shown("It began on May 10, 2025 - the day after the talks failed.", None, None, ""), "none");
    }

    #[test]
    fn addresses_and_file_names_give_a_day_a_month_or_a_year() {
        let url = |u: &str| shown("", None, Some(u), "x.html");
        assert_eq!(url("https://n.example/world/2025/05/11/strikes"), "2025-05-11 Url");
        assert_eq!(url("https://n.example/world/2025/may/11/strikes"), "2025-05-11 Url");
        assert_eq!(url("https://n.example/strikes-20250511.html"), "2025-05-11 Url");
        assert_eq!(url("https://n.example/a?date=2025-05-11"), "2025-05-11 Url");
        assert_eq!(url("https://n.example/2025/05/strikes"), "2025-05 Url");
        assert_eq!(url("https://n.example/2025/strikes"), "2025 Url");
        assert_eq!(url("https://n2025.example/strikes-12345678"), "none");
        assert_eq!(shown("", None, None, "reuters/2025-05-11_pathankot.txt"), "2025-05-11 FileName");
        assert_eq!(shown("", None, None, "reuters/2025/05/11/a.txt"), "2025-05-11 FileName");
        assert_eq!(shown("", None, None, "histories/1944/ardennes.txt"), "none");
    }

    #[test]
    fn dates_before_1900_and_after_today_are_passed_over() {
        assert_eq!(shown("", None, Some("https://n.example/2031/05/11/x"), "2025-05-11.txt"), "2025-05-11 FileName");
        assert_eq!(shown("PARIS, 4 May 1789 — The estates met.", None, None, ""), "none");
    }
}
