//! The seam between what asks and what answers: [`Backend`] for questions, and what an index folder holds whatever engine
//! fills it: entries, records, the manifest.
//!
//! Uses the floors up to `plan` and `archive`; used by the engines, `ingest`, `actions` and the command line.

pub mod entry;
pub mod holdings;
pub mod indexer;
pub mod record;
pub mod store;

use std::fmt;
use std::ops::ControlFlow;

use crate::geo::Gazetteer;
use crate::index::holdings::{Holdings, Status};
use crate::model::answer::{Counts, FacetAsk, FacetCounts, Hit, StoredArticle, Timeline, Totals};
use crate::model::article::ArticleId;
use crate::model::days::TimeUnit;
use crate::model::error::{Error, Result};
use crate::model::place::PlaceId;
use crate::model::question::{DateKind, Page, Question};

/// What answers questions about an indexed archive, as it was at one commit.
///
/// Every engine gives the same complete matches, counts, facets, timelines and lists of what a partial match lacks. The order
/// of hits is the engine's own, with ties by article and passage. Many threads may ask at once.
pub trait Backend: Send + Sync + fmt::Debug {
    /// The engine's name, for messages and `status`.
    fn name(&self) -> &'static str;

    /// Hands the hits of a page to the sink, best first, until it breaks or fails; then the totals, which do not depend on how
    /// many hits were taken.
    ///
    /// # Errors
    /// [`Error::Query`] where the question cannot be answered as it stands; the sink's error; the engine's own failures.
    fn search(&self, question: &Question, page: &Page, sink: &mut dyn HitSink) -> Result<Totals>;

    /// Ranks articles for a question: document id (the record's own, else the article's) and score, best first, at most
    /// `depth`. Copies are not folded together.
    ///
    /// # Errors
    /// As for [`Backend::search`].
    fn rank_articles(&self, question: &Question, depth: usize) -> Result<Vec<(String, f64)>>;

    /// Counts the passages and articles that match a question completely, without ranking them.
    ///
    /// # Errors
    /// As for [`Backend::search`].
    fn count(&self, question: &Question) -> Result<Counts>;

    /// Counts the passages and articles that match a question by the values of fields, for each field asked in turn; values
    /// without a match are left out. Sorted by articles, then passages, then value.
    ///
    /// # Errors
    /// As for [`Backend::search`].
    fn facets(&self, question: &Question, asked: &[FacetAsk]) -> Result<Vec<FacetCounts>>;

    /// Counts the passages and articles that match a question by time.
    ///
    /// # Errors
    /// As for [`Backend::search`], and [`Error::Usage`] where there would be too many buckets.
    fn timeline(&self, question: &Question, kind: DateKind, unit: TimeUnit) -> Result<Timeline>;

    /// Articles as the index holds them, in the order of the ids; `None` where it has none of an id.
    ///
    /// # Errors
    /// The engine's own failures.
    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Option<StoredArticle>>>;

    /// One article as the index holds it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the index has none of this id.
    fn article(&self, id: ArticleId) -> Result<StoredArticle> {
        let found = self.articles(&[id])?.pop().flatten();
        found.ok_or_else(|| {
            Error::NotFound(format!("no article {id} in this index; `dateline search` prints the ids it has"))
        })
    }

    /// The ids of the articles that came from files of exactly this path below any root, ascending.
    ///
    /// # Errors
    /// The engine's own failures.
    fn articles_at(&self, path: &str) -> Result<Vec<ArticleId>>;

    /// Words of the index that are spelt nearly like this one, the most frequent first, at most `most`.
    ///
    /// # Errors
    /// The engine's own failures.
    fn suggestions(&self, word: &str, most: usize) -> Result<Vec<String>>;

    /// How many passages name each of these places itself, in the order of the ids, each copy counting; a passage that only
    /// names what lies within a place does not count for it. Cheap: asked before each question with an ambiguous name.
    ///
    /// # Errors
    /// The engine's own failures.
    fn passages_naming(&self, places: &[PlaceId]) -> Result<Vec<u64>>;

    /// The publishers of its articles in small letters, those of most passages first, then by name; cheap.
    ///
    /// # Errors
    /// The engine's own failures.
    fn sources(&self) -> Result<Vec<String>>;

    /// What the index holds in sum; cheap.
    fn holdings(&self) -> &Holdings;

    /// What the index holds and lacks, file by file.
    ///
    /// # Errors
    /// The engine's own failures.
    fn status(&self) -> Result<Status>;

    /// The gazetteer that the index was made with.
    fn gazetteer(&self) -> &Gazetteer;
}

/// Where the hits of a search go.
pub trait HitSink {
    /// Takes the next hit and says whether more are wanted.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking it, as [`Error::Output`]; the search ends with it.
    fn hit(&mut self, hit: Hit) -> Result<ControlFlow<()>>;
}

impl<F: FnMut(Hit) -> Result<ControlFlow<()>>> HitSink for F {
    fn hit(&mut self, hit: Hit) -> Result<ControlFlow<()>> {
        self(hit)
    }
}

/// A sink that keeps all hits.
impl HitSink for Vec<Hit> {
    fn hit(&mut self, hit: Hit) -> Result<ControlFlow<()>> {
        self.push(hit);
        Ok(ControlFlow::Continue(()))
    }
}
