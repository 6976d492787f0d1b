//! From a timex and its anchor to a range of days.

use super::Dates;
use super::range::DayRange;
use crate::article::Published;

/// The dates of `text`, read against `anchor`, the publication date, which may be a month or a year.
pub fn dates_of(text: &str, anchor: Option<DayRange>) -> Dates {
    let _ = (text, anchor);
    Dates::default()
}

/// A publication date that the article itself gives: dateline, first lines, URL, file name, in this order.
pub fn publication_date_in(text: &str, dateline: Option<&str>, url: Option<&str>, path: &str) -> Option<Published> {
    let _ = (text, dateline, url, path);
    None
}
