//! Dates in addresses and in the names of files and folders.

use crate::lang::months::month_named_in_field;
use crate::model::days::{Day, DayRange};

/// The date in a URL's path: `/2025/05/11/`, `/2025/may/11/`, `2025-05-11`, `20250511`, `/2025/05/`, and where `years`,
/// `/2025/`.
pub(super) fn date_in_address(address: &str, years: bool) -> Option<DayRange> {
    // What stands before the path is the site's name; what follows `#` is a place in the page.
    let after_scheme =
        address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, p)| p));
    let path = after_scheme.split('#').next().unwrap_or("");
    let pieces = pieces_of(path);
    let mut coarse: Option<DayRange> = None;
    for (n, piece) in pieces.iter().enumerate() {
        if let Some(day) = piece.compact_day() {
            return Some(DayRange::day(day));
        }
        let Some(year) = piece.year() else { continue };
        let month = pieces.get(n + 1).filter(|p| p.joined).and_then(|p| p.month());
        let day = pieces.get(n + 2).filter(|p| p.joined).and_then(|p| p.two_digits());
        if let Some(month) = month {
            if let Some(day) = day.and_then(|d| Day::from_ymd(year, month, d)) {
                return Some(DayRange::day(day));
            }
            coarse = coarse.filter(|c| c.days() < 32).or_else(|| DayRange::month(year, month));
        } else if years && piece.segment {
            coarse = coarse.or_else(|| DayRange::year(year));
        }
    }
    coarse
}

/// The date in a file's name, else in the folders above it.
pub(super) fn date_in_path(path: &str) -> Option<DayRange> {
    let name = path.rsplit('/').next().unwrap_or(path);
    date_in_address(name, false).or_else(|| date_in_address(path, false))
}

/// A run of digits or letters in an address.
struct AddressPiece<'a> {
    text: &'a str,
    /// One separator, and no more, stands before it.
    joined: bool,
    /// It is all there is between two slashes.
    segment: bool,
}

impl AddressPiece<'_> {
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
        self.two_digits().filter(|m| (1..=12).contains(m)).or_else(|| month_named_in_field(self.text))
    }

    fn compact_day(&self) -> Option<Day> {
        let year: i16 =
            self.digits(8).then(|| self.text.get(..4)?.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))?;
        Day::from_ymd(year, self.text.get(4..6)?.parse().ok()?, self.text.get(6..8)?.parse().ok()?)
    }
}

fn pieces_of(path: &str) -> Vec<AddressPiece<'_>> {
    const MOST: usize = 200;
    let mut pieces: Vec<AddressPiece<'_>> = Vec::new();
    let mut end_of_last = 0;
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() && pieces.len() < MOST {
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
        pieces.push(AddressPiece {
            text: path.get(start..at).unwrap_or(""),
            joined: start == end_of_last + 1 && !pieces.is_empty(),
            segment: slash(start.checked_sub(1).and_then(|i| bytes.get(i))) && bytes.get(at) == Some(&b'/'),
        });
        end_of_last = at;
    }
    pieces
}
