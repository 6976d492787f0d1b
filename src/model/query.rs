//! What is asked and what is answered; knows no engine.

use crate::geo::{CandidateReport, CountryCode, PlaceId, ToponymKind};
use crate::model::article::{ArticleId, ByteSpan, GivenFacts, Origin};
use crate::time::{DayRange, TimexType};

/// A question to an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Words and in-query filters; `None` asks for everything that the filters let through, the newest first.
    pub expr: Option<Expr>,
    /// The filters given as flags: those of one field are alternatives, different fields must all hold.
    pub filters: Vec<Filter>,
    /// Filters none of which may hold.
    pub excludes: Vec<Filter>,
    /// Which passages answer.
    pub matching: Matching,
    /// Whether toponyms in the query are only words (`--exact`).
    pub exact: bool,
    /// Whether `country:` also matches those who claim a disputed place (`--claims`).
    pub claims: bool,
    /// Whether date filters also match expressions much longer than what is asked (`--coarse`).
    pub coarse: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to give; `None` for all.
    pub limit: Option<usize>,
    /// How many passages of one article may stand among the hits; `None` for all.
    pub per_article: Option<usize>,
    /// How many passages before and after each hit to give with it.
    pub context: usize,
    /// Whether to say how each score came about.
    pub explain: bool,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            expr: None,
            filters: Vec::new(),
            excludes: Vec::new(),
            matching: Matching::AllFirst,
            exact: false,
            claims: false,
            coarse: false,
            sort: Sort::Relevance,
            offset: 0,
            limit: Some(10),
            per_article: Some(2),
            context: 0,
            explain: false,
        }
    }
}

/// Which passages answer a query of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// Those that hold all words; after them, where they do not fill the page, those that hold some.
    #[default]
    AllFirst,
    /// Only those that hold all words.
    All,
    /// Those that hold any, ranked alike.
    Any,
}

/// The order of hits; ties go by article and passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// By publication date, the latest first, undated last.
    Newest,
    /// By publication date, the earliest first, undated last.
    Oldest,
    /// By the first day that the passage speaks of, the earliest first, passages without one last.
    Event,
}

/// A query's words and their combination.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A word as typed. It may hold punctuation ("T-72", "U.N."): what the analyser cuts it into must then stand together,
    /// in order.
    Word(String),
    /// Words in this order, next to each other or, with `slop`, at most so many words apart in all.
    Phrase {
        /// The words as typed.
        words: Vec<String>,
        /// How many other words may stand between them in all.
        slop: u32,
    },
    /// Words that begin so as they are written, in whatever inflection they are known. Of several tokens ("al-Sha") only
    /// the last is open.
    Prefix(String),
    /// Words within so many edits (1 or 2) of this one.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// Levenshtein distance with transpositions, 1 or 2.
        distance: u8,
    },
    /// The same, but in the title of the article.
    Title(Box<Expr>),
    /// A filter inside the query.
    Filter(Filter),
    /// All of these. Filters of one field that stand side by side in one list are alternatives; one that is wrapped in a
    /// list of its own (`And([Filter])`) must hold by itself.
    And(Vec<Expr>),
    /// Any of these.
    Or(Vec<Expr>),
    /// None of this.
    Not(Box<Expr>),
}

/// A condition on a passage or its article that adds nothing to the score.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// In a region of `schema/regions.tsv`, by its code.
    Region(String),
    /// In a country.
    Country(CountryCode),
    /// Within a place.
    Place(PlaceId),
    /// Names a place within a distance.
    Near {
        /// Degrees north, WGS 84.
        lat: f64,
        /// Degrees east, WGS 84.
        lon: f64,
        /// Kilometres along a great circle.
        km: f64,
    },
    /// Speaks of, or was published in, these days.
    Date(DateKind, DayRangeBounds),
    /// Without any date of this kind.
    DateUnknown(DateKind),
    /// Published by (whole name, case folded).
    Source(String),
    /// In a language (ISO 639-1 code).
    Language(String),
    /// Path below the root matches this glob; without wildcard, contains it.
    Path(String),
}

impl Filter {
    /// The field's name as typed in a query: filters of one field are alternatives.
    pub fn field(&self) -> &'static str {
        match self {
            Filter::Region(_) => "region",
            Filter::Country(_) => "country",
            Filter::Place(_) => "place",
            Filter::Near { .. } => "near",
            Filter::Date(kind, _) | Filter::DateUnknown(kind) => kind.field(),
            Filter::Source(_) => "source",
            Filter::Language(_) => "lang",
            Filter::Path(_) => "path",
        }
    }
}

/// Which dates a filter speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// Dates in the passage.
    Event,
    /// The publication date.
    Published,
    /// Either.
    Either,
}

impl DateKind {
    /// The field's name as typed in a query.
    pub const fn field(self) -> &'static str {
        match self {
            DateKind::Event => "event",
            DateKind::Published => "pub",
            DateKind::Either => "date",
        }
    }
}

/// Days asked for; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRangeBounds {
    /// The first day asked for.
    pub from: Option<crate::time::Day>,
    /// The last day asked for.
    pub to: Option<crate::time::Day>,
}

impl DayRangeBounds {
    /// The longest date expression, in days, that may answer for one asked day when the asked range is short: an
    /// expression for a whole month answers for each of its days, "in 2025" does not (design, "What the filters mean").
    pub const COARSEST_FOR_SHORT: i64 = 31;

    /// Whether an expression that denotes `days` answers for the asked range: it shares a day with it and, unless
    /// `coarse`, is no longer than it or than 31 days, whichever is more. An open asked range is longer than any.
    pub fn answered_by(&self, days: DayRange, coarse: bool) -> bool {
        let overlaps = self.from.is_none_or(|f| f <= days.to) && self.to.is_none_or(|t| days.from <= t);
        overlaps && (coarse || days.days() <= self.longest_answer())
    }

    /// The longest expression, in days, that answers without `--coarse`.
    pub fn longest_answer(&self) -> i64 {
        match (self.from, self.to) {
            (Some(f), Some(t)) => (i64::from(t.0) - i64::from(f.0) + 1).max(Self::COARSEST_FOR_SHORT),
            _ => i64::MAX,
        }
    }
}

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
    /// Other articles with the same text.
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

/// A toponym in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// What it stands for.
    pub kind: ToponymKind,
    /// 0 to 1.
    pub confidence: f32,
    /// The place, where resolved.
    pub place: Option<PlaceId>,
    /// The candidates with reasons, where asked for.
    pub candidates: Vec<CandidateReport>,
}

/// A date in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct DateMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value.
    pub value: String,
    /// Its own days, where known.
    pub days: Option<DayRange>,
}

/// Another article with the same text.
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

/// What a facet count is to be restricted to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FacetOptions {
    /// Only what lies below this: a region code or place for `place` and `country`, a year or month for dates.
    pub under: Option<FacetScope>,
    /// For dates: which units to count.
    pub unit: Option<TimeUnit>,
    /// How many values to give, those in most articles first; `None` for all.
    pub limit: Option<usize>,
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
}

/// A unit of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// A civil day.
    Day,
    /// An ISO 8601 week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl TimeUnit {
    /// The bucket of this unit that holds `day`; the next one begins on the day after its last. `None` outside the
    /// years -9999 to 9999.
    pub fn bucket_of(self, day: crate::time::Day) -> Option<DayRange> {
        match self {
            TimeUnit::Day => Some(DayRange::day(day)),
            TimeUnit::Week => Some(day.week()),
            TimeUnit::Month => day.month(),
            TimeUnit::Quarter => day.quarter(),
            TimeUnit::Year => day.year(),
        }
    }
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
}

/// One bucket of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineBucket {
    /// Its days.
    pub days: DayRange,
    /// What falls in it.
    pub counts: Counts,
}

/// Passages, and the distinct articles that they are in. Copies count once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passages.
    pub passages: u64,
    /// Distinct articles.
    pub articles: u64,
}
