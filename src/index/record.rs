//! What the index stores of a passage and its article, and how it is packed.
//!
//! The first passage of an article carries the article; each passage carries the white space that parts it from the one
//! before, so that the passages of an article put together are its text to the byte.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::answer::PassageInfo;
use crate::model::article::{ByteSpan, GivenFacts, Origin};
use crate::model::days::{Day, DayRange};
use crate::model::mention::TimexType;
use crate::model::mention::ToponymKind;
use crate::model::mention::{DateMention, PlaceMention};
use crate::model::place::PlaceId;
use crate::time::Timex;

/// A passage as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassageRecord<'a> {
    /// Where the passage starts in the article's text.
    pub start: u32,
    /// What lies between the passage before and this one.
    #[serde(borrow)]
    pub gap: Cow<'a, str>,
    /// The passage.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// What follows the article's last passage; empty elsewhere.
    #[serde(borrow)]
    pub tail: Cow<'a, str>,
    /// Line of the file, where lines mean something.
    pub line: Option<u32>,
    /// Page, where there are pages.
    pub page: Option<u32>,
    /// Toponyms within the passage.
    #[serde(borrow)]
    pub places: Vec<PlaceRecord<'a>>,
    /// Dates within the passage.
    #[serde(borrow)]
    pub dates: Vec<DateRecord<'a>>,
    /// The article, with its first passage.
    #[serde(borrow)]
    pub article: Option<Box<ArticleRecord<'a>>>,
}

/// A toponym as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRecord<'a> {
    /// First byte, in the passage.
    pub start: u32,
    /// Bytes.
    pub len: u32,
    /// What it stands for.
    pub kind: ToponymKind,
    /// Confidence in hundredths.
    pub confidence: u8,
    /// The place.
    #[serde(borrow)]
    pub place: Option<PlaceKey<'a>>,
}

/// A place's id as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlaceKey<'a> {
    /// A GeoNames id: nearly all.
    GeoNames(u32),
    /// Any other in its written form.
    Written(#[serde(borrow)] Cow<'a, str>),
}

/// A date as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateRecord<'a> {
    /// First byte, in the passage.
    pub start: u32,
    /// Bytes.
    pub len: u32,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value; `None` where it is the days' own form (`2025-05-10`, `2025-05`, `2025`), as of most.
    #[serde(borrow)]
    value: Option<Cow<'a, str>>,
    /// The first day and how many follow, where known.
    days: Option<(i32, u32)>,
}

/// An article as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord<'a> {
    // What the articles of one file have in common comes first, side by side, so that a dictionary of records can hold it as
    // one piece. The order is part of the format.
    /// Path below the root.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    /// The root.
    #[serde(borrow)]
    pub root: Cow<'a, str>,
    /// Size of the file when it was read.
    pub file_size: u64,
    /// Modification time of the file when it was read, in nanoseconds since 1970.
    pub file_mtime: i64,
    /// ISO 639-1.
    #[serde(borrow)]
    pub language: Option<Cow<'a, str>>,
    /// Address.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
    /// Publisher, as written.
    #[serde(borrow)]
    pub source: Option<Cow<'a, str>>,
    /// Author.
    #[serde(borrow)]
    pub byline: Option<Cow<'a, str>>,
    /// The record's own id.
    #[serde(borrow)]
    pub record: Option<Cow<'a, str>>,
    /// Headline.
    #[serde(borrow)]
    pub title: Cow<'a, str>,
    /// Publication.
    pub published: Option<(DayRange, Origin)>,
    /// Facts given by a table.
    pub given: Option<GivenFacts>,
    /// Passages of the article.
    pub passages: u32,
    /// Toponyms of the title, with spans into it.
    #[serde(borrow)]
    pub title_places: Vec<PlaceRecord<'a>>,
    /// The article's focus countries and the mentions of each country, heaviest first.
    pub countries: Vec<([u8; 2], u32, bool)>,
    /// What was odd while reading.
    #[serde(borrow)]
    pub warnings: Vec<Cow<'a, str>>,
}

impl<'a> PassageRecord<'a> {
    /// Packs the record.
    pub fn pack(&self) -> Result<Vec<u8>, postcard::Error> {
        // Room for nearly every record, so that it is written without being moved.
        let article = if self.article.is_some() { 512 } else { 0 };
        let texts = self.gap.len() + self.text.len() + self.tail.len();
        let room = 32 + texts + 24 * (self.places.len() + self.dates.len()) + article;
        postcard::to_extend(self, Vec::with_capacity(room))
    }

    /// Unpacks a record, borrowing its texts.
    pub fn unpack(bytes: &'a [u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// Where the passage stands in the article's text.
    pub fn span(&self) -> ByteSpan {
        let start = self.start as usize;
        ByteSpan::new(start, start + self.text.len())
    }

    /// The passage as an answer gives it, without highlights.
    pub fn info(&self, number: u32) -> PassageInfo {
        PassageInfo {
            number,
            span: self.span(),
            line: self.line,
            page: self.page,
            text: self.text.to_string(),
            highlights: Vec::new(),
            places: self.places.iter().map(PlaceRecord::mention).collect(),
            dates: self.dates.iter().map(DateRecord::mention).collect(),
        }
    }
}

impl PlaceRecord<'_> {
    /// The toponym as an answer gives it.
    pub fn mention(&self) -> PlaceMention {
        PlaceMention {
            span: ByteSpan::new(self.start as usize, (self.start + self.len) as usize),
            kind: self.kind,
            confidence: f32::from(self.confidence) / 100.0,
            place: self.place_id(),
            candidates: Vec::new(),
        }
    }

    /// The place's id.
    pub fn place_id(&self) -> Option<PlaceId> {
        match self.place.as_ref()? {
            PlaceKey::GeoNames(number) => Some(PlaceId::GeoNames(*number)),
            PlaceKey::Written(id) => id.parse().ok(),
        }
    }
}

impl PlaceKey<'static> {
    /// The key of an id.
    pub fn of(id: &PlaceId) -> Self {
        match id {
            PlaceId::GeoNames(number) => PlaceKey::GeoNames(*number),
            other => PlaceKey::Written(Cow::Owned(other.to_string())),
        }
    }
}

impl<'a> DateRecord<'a> {
    /// The record of a timex in a passage that begins at `origin`.
    pub fn of(timex: &'a Timex, origin: usize) -> Self {
        let implied = timex.days.is_some_and(|days| is_own_form(&timex.value, days));
        DateRecord {
            start: (timex.span.start - origin) as u32,
            len: timex.span.len() as u32,
            kind: timex.kind,
            value: (!implied).then_some(Cow::Borrowed(&timex.value)),
            days: timex.days.map(|days| (days.from.0, u32::try_from(days.days() - 1).unwrap_or(u32::MAX))),
        }
    }

    /// The days, where known.
    pub fn days(&self) -> Option<DayRange> {
        let (from, more) = self.days?;
        let to = (i64::from(from) + i64::from(more)).min(i64::from(i32::MAX)) as i32;
        Some(DayRange { from: Day(from), to: Day(to) })
    }

    /// The date as an answer gives it.
    pub fn mention(&self) -> DateMention {
        let days = self.days();
        let value = match &self.value {
            Some(value) => value.to_string(),
            None => days.map(|days| days.to_string()).unwrap_or_default(),
        };
        DateMention {
            span: ByteSpan::new(self.start as usize, (self.start + self.len) as usize),
            kind: self.kind,
            value,
            days,
        }
    }
}

/// Whether a TIMEX3 value is what the days are printed as: a day, a month or a year.
fn is_own_form(value: &str, days: DayRange) -> bool {
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        let digits = value.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let part = |at: usize| -> Option<i8> {
        (value.as_bytes().get(at) == Some(&b'-')).then(|| number(at + 1..at + 3))?.and_then(|n| i8::try_from(n).ok())
    };
    let read = || match value.len() {
        4 => DayRange::year(number(0..4)?),
        7 => DayRange::month(number(0..4)?, part(4)?),
        10 => Day::from_ymd(number(0..4)?, part(4)?, part(7)?).map(DayRange::day),
        _ => None,
    };
    read() == Some(days)
}

/// Bits of a packed range that hold its length. They reach to 2,870 years; what is longer is cut to that.
const LENGTH_BITS: u32 = 20;

/// A range of days as one number of the index: first day, shifted to be positive, above the number of days. Numbers sort by
/// the first day. The fewer bits the length has, the smaller are the index's columns.
pub fn pack_days(days: DayRange) -> u64 {
    const LONGEST: u64 = (1 << LENGTH_BITS) - 1;
    let first = (i64::from(days.from.0) + (1 << 31)) as u64;
    first << LENGTH_BITS | u64::try_from(days.days()).unwrap_or(1).min(LONGEST)
}

/// The range of days behind a number made by [`pack_days`].
pub fn unpack_days(packed: u64) -> DayRange {
    let first = (packed >> LENGTH_BITS) as i64 - (1 << 31);
    let days = (packed & ((1 << LENGTH_BITS) - 1)).max(1) as i64;
    let last = (first + days - 1).min(i64::from(i32::MAX));
    DayRange { from: Day(first as i32), to: Day(last as i32) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_value_and_days_whether_or_not_one_tells_the_other() {
        let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
        for (value, days, stored) in [
            ("2025-05-10", Some(DayRange::day(day(2025, 5, 10))), false),
            ("2025-05", DayRange::month(2025, 5), false),
            ("2025", DayRange::year(2025), false),
            ("2025-05", Some(DayRange::day(day(2025, 5, 10))), true),
            ("2025-W19", Some(DayRange::new(day(2025, 5, 5), day(2025, 5, 11))), true),
            ("2025-05-10TNI", Some(DayRange::new(day(2025, 5, 10), day(2025, 5, 11))), true),
            ("XXXX-05-10", None, true),
            ("PRESENT_REF", Some(DayRange::day(day(2025, 5, 10))), true),
        ] {
            let timex =
                Timex { span: ByteSpan::new(20, 30), kind: TimexType::Date, value: value.to_owned(), days, rule: "" };
            let record = DateRecord::of(&timex, 15);
            assert_eq!(record.value.is_some(), stored, "{value}");
            let mention = record.mention();
            assert_eq!((mention.value.as_str(), mention.days, mention.span), (value, days, ByteSpan::new(5, 15)));
        }
    }

    #[test]
    fn ranges_of_days_pack_and_unpack() {
        for range in [
            DayRange::day(Day(0)),
            DayRange::year(1648).unwrap(),
            DayRange::year(-146).unwrap(),
            DayRange::month(2025, 5).unwrap(),
            DayRange::new(Day(-5), Day(40_000)),
        ] {
            assert_eq!(unpack_days(pack_days(range)), range);
        }
        assert!(pack_days(DayRange::year(1648).unwrap()) < pack_days(DayRange::year(1649).unwrap()));
    }

    #[test]
    fn a_record_packs_and_unpacks() {
        let record = PassageRecord {
            start: 12,
            gap: "\n\n".into(),
            text: "Talks in Genève.".into(),
            tail: "".into(),
            line: Some(3),
            page: None,
            places: vec![PlaceRecord {
                start: 9,
                len: 7,
                kind: ToponymKind::Place,
                confidence: 93,
                place: Some(PlaceKey::of(&PlaceId::GeoNames(2_660_646))),
            }],
            dates: vec![],
            article: None,
        };
        let bytes = record.pack().unwrap();
        assert_eq!(PassageRecord::unpack(&bytes).unwrap(), record);
        assert!(PassageRecord::unpack(&bytes[..bytes.len() / 2]).is_err());
    }
}
