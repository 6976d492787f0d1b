//! The index: what is written, and how questions are answered from it.
//!
//! [`Backend`] is the seam behind which a second engine may stand; nothing outside this folder names the first.

pub mod record;
pub mod store;

use std::ops::ControlFlow;

pub use crate::engine::snapshot::Reader;
use crate::geo::Gazetteer;
use crate::model::article::{ArticleId, ByteSpan};
use crate::model::error::Result;
use crate::model::query::{
    ArticleInfo, Counts, DateKind, FacetCounts, FacetField, FacetOptions, Hit, PassageInfo, PlaceMention, Query,
    TimeUnit, Timeline, Totals,
};

/// What answers questions about an indexed archive.
pub trait Backend {
    /// Hands the hits of a query to `take`, best first, until it breaks; then the totals, which do not depend on how many
    /// hits were taken.
    ///
    /// # Errors
    /// [`crate::Error::Query`] where the query cannot be answered as it stands, or the engine's own failures.
    fn search(&self, query: &Query, take: &mut dyn FnMut(Hit) -> ControlFlow<()>) -> Result<Totals>;

    /// Ranks articles for a query: document id (the record's own, else the article's) and score, best first, at most
    /// `depth`. Copies are not folded together.
    fn rank_articles(&self, query: &Query, depth: usize) -> Result<Vec<(String, f64)>>;

    /// Counts the passages and articles that match a query completely, without ranking them.
    ///
    /// # Errors
    /// As for [`Backend::search`].
    fn count(&self, query: &Query) -> Result<Counts>;

    /// Counts the passages and articles that match a query by the values of a field; values without a match are left
    /// out. Sorted by articles, then passages, then value.
    fn facets(&self, query: &Query, field: FacetField, options: &FacetOptions) -> Result<FacetCounts>;

    /// Counts the passages and articles that match a query by time.
    fn timeline(&self, query: &Query, kind: DateKind, unit: TimeUnit) -> Result<Timeline>;

    /// An article as the index holds it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] where the index has none of this id.
    fn article(&self, id: ArticleId) -> Result<StoredArticle>;

    /// What the index holds and lacks.
    fn status(&self) -> Result<Status>;

    /// Words of the index that are spelt nearly like this one, the most frequent first.
    fn suggestions(&self, word: &str, limit: usize) -> Result<Vec<String>>;

    /// The gazetteer that the index was made with.
    fn gazetteer(&self) -> &Gazetteer;
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
    pub countries: Vec<crate::geo::CountryMentions>,
    /// What was odd while reading.
    pub warnings: Vec<String>,
    /// Other articles with the same text.
    pub copies: Vec<crate::model::query::CopyInfo>,
    /// Whether its file has changed or gone since it was indexed.
    pub stale: bool,
}

impl StoredArticle {
    /// The number of the passage that holds a byte of the text.
    pub fn passage_at(&self, byte: usize) -> Option<usize> {
        self.passages.iter().position(|p| p.span.contains(ByteSpan::new(byte, byte + 1)))
    }
}

/// What an index holds and lacks.
#[derive(Debug, Clone)]
pub struct Status {
    /// The index folder.
    pub index: std::path::PathBuf,
    /// Format of the index.
    pub format: u32,
    /// Folders and files that it was given.
    pub roots: Vec<String>,
    /// Sums over its files.
    pub sums: crate::index::store::manifest::Sums,
    /// Segments of the engine, for judging speed.
    pub segments: usize,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Languages of its articles.
    pub languages: Vec<String>,
    /// Files that were skipped or failed, wholly or in part, and those with warnings, in order.
    pub files: Vec<crate::index::store::manifest::FileEntry>,
    /// Groups of articles with the same text.
    pub copies: usize,
    /// The user's layer of places.
    pub user_gazetteer: Option<String>,
}
