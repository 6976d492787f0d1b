//! The embedded engine: an index folder of tantivy's segments, read by [`Reader`] and written by [`mod@write`].
//!
//! Uses the seams of [`crate::index`] and the plan of a question; nothing else in the program names tantivy.
//! Used by what opens an index; all others speak to [`Backend`] and [`crate::index::indexer::Indexer`].

pub(crate) mod answer;
pub(crate) mod commit;
pub(crate) mod count;
pub(crate) mod fault;
pub mod layer;
pub(crate) mod matching;
pub(crate) mod pool;
pub(crate) mod rank;
pub(crate) mod records;
pub(crate) mod schema;
pub(crate) mod score;
pub(crate) mod search;
pub(crate) mod segment;
pub(crate) mod snapshot;
pub mod write;

use std::any::Any;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use crate::engine::answer::article::{articles_at, stored_articles};
use crate::engine::answer::held;
use crate::engine::answer::hits::Answers;
use crate::engine::answer::suggest::nearest_words;
use crate::engine::count::{facets, tally, timeline};
use crate::engine::fault::guarded;
use crate::engine::rank::{rank, rank_articles};
use crate::engine::search::Search;
use crate::engine::snapshot::Snapshot;
use crate::geo::Gazetteer;
use crate::index::holdings::{Holdings, Status};
use crate::index::store::format;
use crate::index::{Backend, HitSink};
use crate::model::answer::{Counts, FacetAsk, FacetCounts, Hit, StoredArticle, Timeline, Totals};
use crate::model::article::ArticleId;
use crate::model::days::TimeUnit;
use crate::model::error::Result;
use crate::model::place::PlaceId;
use crate::model::question::{DateKind, Page, Question};

/// An index open for reading: one commit of it, for as long as it is held.
pub struct Reader {
    snapshot: Snapshot,
}

impl Reader {
    /// Opens the last commit of an index.
    ///
    /// # Errors
    /// [`crate::Error::NoIndex`], [`crate::Error::Format`], [`crate::Error::Damaged`].
    pub fn open(folder: &Path) -> Result<Self> {
        Snapshot::open(folder).map(|snapshot| Reader { snapshot })
    }

    /// The index folder.
    pub fn folder(&self) -> &Path {
        self.snapshot.folder()
    }

    /// Runs what reads the index; where that breaks down, the index is damaged.
    fn read<T>(&self, read: impl FnOnce(&Snapshot) -> Result<T>) -> Result<T> {
        guarded(self.folder(), || read(&self.snapshot))
    }

    /// Makes a question ready and runs what answers it.
    fn ask<T>(&self, question: &Question, answer: impl FnOnce(&Search<'_>) -> Result<T>) -> Result<T> {
        self.read(|snapshot| answer(&Search::new(snapshot, question)?))
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let commit = self.snapshot.commit();
        f.debug_struct("Reader").field("folder", &self.folder()).field("commit", &commit).finish_non_exhaustive()
    }
}

/// Hands hits on to a sink, and keeps a panic of the sink's own apart from the engine's, so that it can go on its way.
struct Guarded<'s> {
    sink: &'s mut dyn HitSink,
    panic: Option<Box<dyn Any + Send>>,
}

impl HitSink for Guarded<'_> {
    fn hit(&mut self, hit: Hit) -> Result<ControlFlow<()>> {
        catch_unwind(AssertUnwindSafe(|| self.sink.hit(hit))).unwrap_or_else(|panic| {
            self.panic = Some(panic);
            Ok(ControlFlow::Break(()))
        })
    }
}

impl Backend for Reader {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn search(&self, question: &Question, page: &Page, sink: &mut dyn HitSink) -> Result<Totals> {
        let mut sink = Guarded { sink, panic: None };
        let found = self.ask(question, |search| Answers::new(search, page)?.give(&rank(search, page)?, &mut sink));
        match sink.panic {
            Some(panic) => resume_unwind(panic),
            None => found,
        }
    }

    fn rank_articles(&self, question: &Question, depth: usize) -> Result<Vec<(String, f64)>> {
        self.ask(question, |search| {
            let page = Page::default();
            let answers = Answers::new(search, &page)?;
            let articles = rank_articles(search, depth)?;
            articles.iter().map(|hit| Ok((answers.document_id(hit)?, f64::from(hit.score())))).collect()
        })
    }

    fn count(&self, question: &Question) -> Result<Counts> {
        self.ask(question, tally::count_matches)
    }

    fn facets(&self, question: &Question, asked: &[FacetAsk]) -> Result<Vec<FacetCounts>> {
        self.ask(question, |search| facets::count(search, asked))
    }

    fn timeline(&self, question: &Question, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
        self.ask(question, |search| timeline::count(search, kind, unit))
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Option<StoredArticle>>> {
        self.read(|snapshot| stored_articles(snapshot, ids))
    }

    fn articles_at(&self, path: &str) -> Result<Vec<ArticleId>> {
        self.read(|snapshot| articles_at(snapshot, path))
    }

    fn suggestions(&self, word: &str, most: usize) -> Result<Vec<String>> {
        self.read(|snapshot| nearest_words(snapshot, word, most))
    }

    fn passages_naming(&self, places: &[PlaceId]) -> Result<Vec<u64>> {
        self.read(|snapshot| held::passages_naming(snapshot, places))
    }

    fn sources(&self) -> Result<Vec<String>> {
        self.read(held::sources)
    }

    fn holdings(&self) -> &Holdings {
        self.snapshot.holdings()
    }

    fn status(&self) -> Result<Status> {
        let bytes = walkdir::WalkDir::new(self.folder())
            .into_iter()
            .flatten()
            .filter_map(|e| e.metadata().ok())
            .filter(std::fs::Metadata::is_file)
            .map(|m| m.len())
            .sum();
        let manifest = self.snapshot.manifest()?;
        // The manifest's own sums: what the commit says of it may be damaged by itself.
        let holdings = Holdings { sums: manifest.sums(), ..self.holdings().clone() };
        Ok(Status {
            location: self.folder().to_owned(),
            format: format::FORMAT,
            holdings,
            segments: self.snapshot.searcher().segment_readers().len(),
            bytes,
            copies: self.snapshot.copies()?.groups(),
            manifest,
        })
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.snapshot.gazetteer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_threads_may_ask_at_once() {
        fn shared<T: Send + Sync>() {}
        shared::<Reader>();
        shared::<write::writer::Writer>();
    }
}
