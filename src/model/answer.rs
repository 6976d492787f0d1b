//! What is answered: hits, articles, counts, facets and timelines. Knows no engine.

use crate::model::article::{ArticleId, ByteSpan};
use crate::model::article::{GivenFacts, Origin};
use crate::model::days::DayRange;
use crate::model::days::TimeUnit;
use crate::model::event::EventKind;
use crate::model::mention::DateMention;
use crate::model::mention::PlaceMention;
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::DateKind;

/// A passage that answers.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The place in the order, from 1 (an offset counts).
    pub rank: usize,
    /// Non-negative; comparable only within one result list, and falling within complete and within partial matches.
    pub score: f64,
    /// The article.
    pub article: ArticleInfo,
    /// The passage.
    pub passage: PassageInfo,
    /// What matched in the article's title, as spans into it, ascending and apart.
    pub title_highlights: Vec<ByteSpan>,
    /// Words of the query that the passage lacks; empty for a complete match.
    pub missing: Vec<String>,
    /// Whether the words it lacks stand elsewhere in the same article, all of them.
    pub complete_in_article: bool,
    /// The other articles that are copies of it, whether they match or not.
    pub copies: Vec<CopyInfo>,
    /// What made the passage pass the filters and match the words.
    pub matched: Matched,
    /// Passages before (ascending) and after, where context was asked for.
    pub before: Vec<PassageInfo>,
    /// Passages after it.
    pub after: Vec<PassageInfo>,
    /// Whether the article's file has changed or gone since it was indexed.
    pub stale: bool,
    /// How the score came about: lines of words and numbers; empty unless asked for.
    pub explanation: Vec<String>,
}

/// How a hit came to pass its filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matched {
    /// For a date filter: by event or by publication.
    pub date: Option<DateKind>,
    /// For a filter by lag: the smallest lag by which it passed; see [`crate::model::lag`].
    pub lag: Option<i32>,
    /// For a filter by event: what its days rest on, and those that answered.
    pub event: Option<(EventKind, DayRange)>,
    /// For a country or region filter: by the passage itself (`true`) or by its article's focus (`false`).
    pub country_in_passage: Option<bool>,
    /// Whether a toponym matched under another spelling than the one asked for.
    pub place_variant: bool,
}

/// An article as an answer speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleInfo {
    /// Its id.
    pub id: ArticleId,
    /// The record's own id.
    pub record: Option<String>,
    /// Headline; empty where there is none.
    pub title: String,
    /// Path below the root.
    pub path: String,
    /// Folder that the path is below, as it was given.
    pub root: String,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// Publication: the days it may be, and what said so.
    pub published: Option<(DayRange, Origin)>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Facts given by a table.
    pub given: Option<GivenFacts>,
}

/// A passage as an answer speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageInfo {
    /// Its number in the article, from 0.
    pub number: u32,
    /// Where it stands in the article's text.
    pub span: ByteSpan,
    /// Line of the file on which it begins, from 1; `None` where lines mean nothing.
    pub line: Option<u32>,
    /// Page on which it begins, from 1, for paged formats.
    pub page: Option<u32>,
    /// The article's own wording.
    pub text: String,
    /// What matched, as spans into `text`, ascending and apart.
    pub highlights: Vec<ByteSpan>,
    /// Toponyms, with spans into `text`.
    pub places: Vec<PlaceMention>,
    /// Dates, with spans into `text`.
    pub dates: Vec<DateMention>,
}

/// A copy of an article: another with the same report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyInfo {
    /// Its id.
    pub id: ArticleId,
    /// Path below its root.
    pub path: String,
    /// The record's own id.
    pub record: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Publication, where known.
    pub published: Option<DayRange>,
}

/// Counts behind an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Hits given.
    pub hits: usize,
    /// Passages that match completely, all of them; copies count once.
    pub passages: u64,
    /// Distinct articles that they are in; copies count once.
    pub articles: u64,
    /// Articles that match completely and are not counted, as each is a copy of one that is.
    pub copies: u64,
    /// Where a filter by event is asked for: those that answer it, by what their days rest on.
    pub events: Option<EventCounts>,
    /// Partial matches among the hits given.
    pub partial: usize,
    /// Hits whose file has changed or gone.
    pub stale: usize,
}

/// A field to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// Regions of `schema/regions.tsv`.
    Region,
    /// Countries.
    Country,
    /// Places.
    Place,
    /// Days, months and years that passages speak of.
    Date,
    /// Days, months and years of publication.
    Published,
    /// Publishers.
    Source,
    /// Languages.
    Language,
}

/// A field to count by, and what of its values is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetAsk {
    /// The field.
    pub field: FacetField,
    /// Only what lies below this: a region code or place for `place` and `country`, a year or month for dates.
    pub under: Option<FacetScope>,
    /// For dates: which units to count.
    pub unit: Option<TimeUnit>,
    /// How many values to give, those in most articles first; `None` for all.
    pub limit: Option<usize>,
}

impl FacetAsk {
    /// All values of a field.
    pub fn of(field: FacetField) -> Self {
        FacetAsk { field, under: None, unit: None, limit: None }
    }
}

/// The counts of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// A line for each value, those in most articles first, up to the limit.
    pub values: Vec<FacetCount>,
    /// How many values there are, within the limit or not.
    pub all: usize,
}

/// What a facet's values may be required to lie below.
#[derive(Debug, Clone, PartialEq)]
pub enum FacetScope {
    /// A region's code.
    Region(String),
    /// A country.
    Country(CountryCode),
    /// A place.
    Place(PlaceId),
    /// Days.
    Days(DayRange),
}

/// One line of a facet count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, as the filter of that field takes it.
    pub value: String,
    /// Its name for people.
    pub label: String,
    /// Names of what it lies in, the largest first, itself last where it is a place.
    pub path: Vec<String>,
    /// Passages that match the query and a filter by this value.
    pub passages: u64,
    /// Distinct articles that they are in.
    pub articles: u64,
    /// Of days of events: the same by what the days rest on.
    pub events: Option<EventCounts>,
}

/// A facet by time: a row for each value, a column for each bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetTable {
    /// A row for each value, those in most articles first, up to the limit.
    pub rows: Vec<FacetRow>,
    /// How many values there are, within the limit or not.
    pub all: usize,
    /// All that match, whatever values they have.
    pub total: TimeCounts,
}

/// A value of a facet by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRow {
    /// The value with its counts, whatever their time.
    pub value: FacetCount,
    /// The same by time.
    pub time: TimeCounts,
}

/// Counts by time. Unlike in a [`Timeline`], an expression counts in each bucket for which a search would find it, so that
/// what spans two counts in both; where days are asked for, only buckets that share a day with them are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeCounts {
    /// The buckets that hold something, in order.
    pub cells: Vec<TimeCell>,
    /// Passages all of whose dates are too long to answer for any bucket, and their articles.
    pub coarser: Counts,
    /// Passages without a known date of that kind, and their articles.
    pub undated: Counts,
    /// All of them, in whatever bucket or none.
    pub total: Counts,
}

/// One bucket of counts by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeCell {
    /// Its days.
    pub days: DayRange,
    /// What answers for it.
    pub counts: Counts,
}

/// A timeline: buckets in order without gaps, and what no bucket could hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Buckets from the first to the last that holds something, empty ones included.
    pub buckets: Vec<TimelineBucket>,
    /// Passages and articles with a date longer than a bucket.
    pub coarser: Counts,
    /// Passages and articles without a known date of that kind.
    pub undated: Counts,
    /// All passages and articles that match.
    pub total: Counts,
    /// Of a timeline of events: those of all that match, by what their days rest on.
    pub events: Option<EventCounts>,
}

/// One bucket of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineBucket {
    /// Its days.
    pub days: DayRange,
    /// What falls in it.
    pub counts: Counts,
    /// Of a timeline of events: the same by what the days rest on.
    pub events: Option<EventCounts>,
}

/// Passages, and the distinct articles that they are in. Copies count once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passages.
    pub passages: u64,
    /// Distinct articles.
    pub articles: u64,
}

/// Counts by what the days of events rest on. A passage has one kind; an article may have passages of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// Of passages that name their days.
    pub named: Counts,
    /// Of passages that carry them.
    pub carried: Counts,
    /// Of passages that have those of publication.
    pub published: Counts,
}

impl EventCounts {
    /// The counts that `of` gives for each kind.
    pub fn by(mut of: impl FnMut(EventKind) -> Counts) -> Self {
        EventCounts {
            named: of(EventKind::Named),
            carried: of(EventKind::Carried),
            published: of(EventKind::Published),
        }
    }

    /// The counts of a kind.
    pub const fn of(&self, kind: EventKind) -> Counts {
        match kind {
            EventKind::Named => self.named,
            EventKind::Carried => self.carried,
            EventKind::Published => self.published,
        }
    }
}

/// An article as the index holds it.
#[derive(Debug, Clone)]
pub struct StoredArticle {
    /// What is known of it.
    pub info: ArticleInfo,
    /// Its text to the byte.
    pub text: String,
    /// Its passages in order.
    pub passages: Vec<PassageInfo>,
    /// Toponyms of its title, with spans into it.
    pub title_places: Vec<PlaceMention>,
    /// Countries with their mentions, and whether they are a focus, heaviest first.
    pub countries: Vec<crate::model::mention::CountryMentions>,
    /// What was odd while reading.
    pub warnings: Vec<String>,
    /// The other articles that are copies of it.
    pub copies: Vec<crate::model::answer::CopyInfo>,
    /// Whether its file has changed or gone since it was indexed.
    pub stale: bool,
}

impl StoredArticle {
    /// The number of the passage that holds a byte of the text.
    pub fn passage_at(&self, byte: usize) -> Option<usize> {
        self.passages.iter().position(|p| p.span.contains(ByteSpan::new(byte, byte + 1)))
    }
}
