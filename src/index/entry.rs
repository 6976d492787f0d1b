//! An article as an [`crate::index::indexer::Indexer`] takes it: what is searched, and the records that are kept.

use std::sync::Arc;

use crate::index::record::PassageRecord;
use crate::model::article::ArticleId;
use crate::model::days::DayRange;

/// An article made ready for the index.
#[derive(Debug)]
pub struct ArticleEntry<'a> {
    /// Its id.
    pub id: ArticleId,
    /// The key of its file.
    pub file: u64,
    /// Headline.
    pub title: &'a str,
    /// ISO 639-1.
    pub language: Option<&'a str>,
    /// Publisher.
    pub source: Option<&'a str>,
    /// Publication.
    pub published: Option<DayRange>,
    /// Words of text and title.
    pub words: u32,
    /// The key that copies of it share; `None` where it can have none.
    pub copy_key: Option<u64>,
    /// Its passages, at least one.
    pub passages: Vec<PassageEntry<'a>>,
}

/// A passage made ready for the index.
#[derive(Debug)]
pub struct PassageEntry<'a> {
    /// What is stored.
    pub record: PassageRecord<'a>,
    /// Facet paths of its places.
    pub places: Vec<FacetPath>,
    /// Facet paths of its countries.
    pub countries: Vec<FacetPath>,
    /// Ranges of days that it speaks of.
    pub events: Vec<DayRange>,
    /// Where it speaks of none: those of the heading or entry that it stands under, or the day that its text goes on from.
    pub carried: Vec<DayRange>,
    /// Words of its text.
    pub words: u32,
}

/// A path of a facet: codes from the largest place to the smallest. Clones share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacetPath(Arc<str>);

impl FacetPath {
    /// The path of these codes, the largest place first; `None` where there are none.
    pub fn of(codes: &[String]) -> Option<Self> {
        (!codes.is_empty()).then(|| FacetPath(codes.join("\0").into()))
    }

    /// The codes parted by NUL, which no code holds.
    pub fn encoded(&self) -> &str {
        &self.0
    }
}
