//! What the index stores of a passage and its article, and how it is packed.
//!
//! The first passage of an article carries the article; each passage carries the white space that parts it from the one
//! before, so that the passages of an article put together are its text to the byte.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::article::{ByteSpan, GivenFacts, Origin};
use crate::geo::{PlaceId, ToponymKind};
use crate::query::{DateMention, PassageInfo, PlaceMention};
use crate::time::{DayRange, TimexType};

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
    /// The place's id in its written form.
    #[serde(borrow)]
    pub place: Option<Cow<'a, str>>,
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
    /// TIMEX3 value.
    #[serde(borrow)]
    pub value: Cow<'a, str>,
    /// Days, where known.
    pub days: Option<DayRange>,
}

/// An article as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord<'a> {
    /// The record's own id.
    #[serde(borrow)]
    pub record: Option<Cow<'a, str>>,
    /// Headline.
    #[serde(borrow)]
    pub title: Cow<'a, str>,
    /// Path below the root.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    /// The root.
    #[serde(borrow)]
    pub root: Cow<'a, str>,
    /// Address.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
    /// Publisher, as written.
    #[serde(borrow)]
    pub source: Option<Cow<'a, str>>,
    /// Author.
    #[serde(borrow)]
    pub byline: Option<Cow<'a, str>>,
    /// ISO 639-1.
    #[serde(borrow)]
    pub language: Option<Cow<'a, str>>,
    /// Publication.
    pub published: Option<(DayRange, Origin)>,
    /// Facts given by a table.
    pub given: Option<GivenFacts>,
    /// Passages of the article.
    pub passages: u32,
    /// Size of the file when it was read.
    pub file_size: u64,
    /// Modification time of the file when it was read, in nanoseconds since 1970.
    pub file_mtime: i64,
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
        postcard::to_stdvec(self)
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
        self.place.as_deref().and_then(|id| id.parse().ok())
    }
}

impl DateRecord<'_> {
    /// The date as an answer gives it.
    pub fn mention(&self) -> DateMention {
        DateMention {
            span: ByteSpan::new(self.start as usize, (self.start + self.len) as usize),
            kind: self.kind,
            value: self.value.to_string(),
            days: self.days,
        }
    }
}

/// A range of days as one number of the index: first day, shifted to be positive, in the upper half, the number of days
/// in the lower. Numbers sort by the first day.
pub fn pack_days(days: DayRange) -> u64 {
    let first = (i64::from(days.from.0) + (1 << 31)) as u64;
    first << 32 | u64::try_from(days.days()).unwrap_or(1).min(u64::from(u32::MAX))
}

/// The range of days behind a number made by [`pack_days`].
pub fn unpack_days(packed: u64) -> DayRange {
    let first = (packed >> 32) as i64 - (1 << 31);
    let days = (packed & u64::from(u32::MAX)).max(1) as i64;
    let last = (first + days - 1).min(i64::from(i32::MAX));
    DayRange { from: crate::time::Day(first as i32), to: crate::time::Day(last as i32) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;

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
                place: Some("gn:2660646".into()),
            }],
            dates: vec![],
            article: None,
        };
        let bytes = record.pack().unwrap();
        assert_eq!(PassageRecord::unpack(&bytes).unwrap(), record);
        assert!(PassageRecord::unpack(&bytes[..bytes.len() / 2]).is_err());
    }
}
