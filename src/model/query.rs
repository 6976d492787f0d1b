//! What is asked and what is answered; knows no engine.

use crate::model::days::DayRangeBounds;
use crate::model::place::{CountryCode, PlaceId};

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
