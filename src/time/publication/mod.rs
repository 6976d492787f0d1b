//! The publication date of an article: what its fields say, and what it says itself by dateline, first lines, URL, file name.
//! Uses `time/grammar` for dates in words; `extract` and `archive` use it, and the date is the anchor of `time/resolve`.
//! A date is refused where it lies before 1900 or after today.

mod address;
pub mod field;
mod head;

use crate::model::article::{Origin, Published};
use crate::model::days::{Day, DayRange};
use crate::time::publication::address::{date_in_address, date_in_path};
use crate::time::publication::field::believed;
use crate::time::publication::head::{Dateline, date_of_dateline, dateline_in, first_lines_date, head_of};

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
    let head = head_of(text);
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
