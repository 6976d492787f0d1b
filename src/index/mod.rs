//! The index: what is written, and how questions are answered from it.
//!
//! [`Backend`] is the seam behind which a second engine may stand; nothing outside this folder names the first.

pub mod entry;
pub mod holdings;
pub mod indexer;
pub mod record;
pub mod store;

use crate::index::holdings::Status;
use crate::model::answer::StoredArticle;
use std::ops::ControlFlow;

use crate::geo::Gazetteer;
use crate::model::answer::{Counts, FacetCounts, FacetField, FacetOptions, Hit, Timeline, Totals};
use crate::model::article::ArticleId;
use crate::model::days::TimeUnit;
use crate::model::error::Result;
use crate::model::query::{DateKind, Query};

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
