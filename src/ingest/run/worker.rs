//! One thread's part of a run: records to articles, articles to what the index keeps, and that to the index.
//!
//! Articles are taken in batches, each stage over a whole batch: names of places, timexes and terms each have tables of
//! their own, together more than a core's second-level cache holds, and a stage that is left after one article finds
//! nothing of them when it comes back.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossbeam_channel::Receiver;

use crate::extract::articles_in;
use crate::extract::record::{Extracted, Problem, ProblemKind};
use crate::geo::Names;
use crate::index::indexer::Adder;
use crate::index::store::manifest::{MOST_PROBLEMS, file_key};
use crate::ingest::analysis::analyses_of;
use crate::ingest::entry::{Filing, PlaceCache, entry_of_caught};
use crate::ingest::run::file_run::{FileRun, lock};
use crate::ingest::run::queue::Parcel;
use crate::ingest::run::state::RunState;
use crate::model::article::{Article, ArticleId, RecordKey};

/// Bytes of text that make a batch.
const BATCH_BYTES: usize = 128 << 10;

/// Articles that make a batch, however short.
const BATCH_ARTICLES: usize = 128;

/// An article that waits for its batch.
struct WaitingArticle {
    file: Arc<FileRun>,
    id: ArticleId,
    article: Article,
}

/// What one thread keeps from article to article.
pub(crate) struct Worker<'r> {
    state: &'r RunState<'r>,
    adder: Box<dyn Adder + 'r>,
    names: Names<'r>,
    cache: PlaceCache,
    languages: BTreeSet<String>,
    batch: Vec<WaitingArticle>,
    batch_bytes: usize,
}

impl<'r> Worker<'r> {
    pub(crate) fn new(state: &'r RunState<'r>, adder: Box<dyn Adder + 'r>) -> Self {
        Worker {
            state,
            adder,
            names: Names::new(state.gazetteer),
            cache: PlaceCache::default(),
            languages: BTreeSet::new(),
            batch: Vec::new(),
            batch_bytes: 0,
        }
    }

    /// Makes articles of records and adds them until there are no more. Gives the languages met.
    pub(crate) fn work(mut self, receive: &Receiver<Parcel<'_>>) -> BTreeSet<String> {
        // Where no record waits, a batch is not kept waiting either.
        while let Ok(parcel) = receive.try_recv().or_else(|_| {
            self.add_batch();
            receive.recv()
        }) {
            self.take(parcel);
        }
        self.add_batch();
        if let Err(error) = self.adder.finish() {
            self.state.fail(error);
        }
        self.languages
    }

    fn take(&mut self, parcel: Parcel<'_>) {
        let Parcel { file, record, room } = parcel;
        let _ = articles_in(record, &file.settings, &mut |outcome| {
            match outcome {
                Extracted::Article(article) => self.push(*article, &file),
                Extracted::Problem(problem) => file.note_problem(problem, self.state.progress),
            }
            if self.state.has_failed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        drop(room);
    }

    fn push(&mut self, mut article: Article, file: &Arc<FileRun>) {
        // The first root's articles are known by their path alone, as `inspect` knows them; those of further roots also by
        // their root, since two folders may each hold a file of one name.
        let known_by = match lock(&file.entry).root {
            0 => article.path.clone(),
            _ => format!("{}/{}", file.root_name, article.path),
        };
        let mut id = ArticleId::of(&known_by, &article.record_key());
        if !lock(&file.ids).insert(id) {
            article.warnings.push(format!(
                "the id `{}` stands more than once in this file; this record is known by its place",
                article.record.as_deref().unwrap_or_default()
            ));
            id = ArticleId::of(&known_by, &RecordKey::Ordinal(article.ordinal));
        }
        self.batch_bytes += article.text.len();
        self.batch.push(WaitingArticle { file: Arc::clone(file), id, article });
        if self.batch_bytes >= BATCH_BYTES || self.batch.len() >= BATCH_ARTICLES {
            self.add_batch();
        }
    }

    /// Finds places and dates in the articles that wait, and adds them.
    fn add_batch(&mut self) {
        self.batch_bytes = 0;
        let mut files = Vec::with_capacity(self.batch.len());
        let mut articles = Vec::with_capacity(self.batch.len());
        for WaitingArticle { file, id, article } in self.batch.drain(..) {
            files.push((file, id, article.path.clone()));
            articles.push(article);
        }
        for ((file, id, path), analysis) in files.into_iter().zip(analyses_of(articles, &mut self.names)) {
            let filing = {
                let entry = lock(&file.entry);
                Filing {
                    id,
                    file: file_key(&file.root_name, &entry.path),
                    root: &file.root_name,
                    file_size: entry.size,
                    file_mtime: entry.mtime,
                }
            };
            let (gazetteer, cache) = (self.state.gazetteer, &mut self.cache);
            let prepared = analysis.as_ref().and_then(|analysis| {
                entry_of_caught(analysis, filing, gazetteer, cache).map(|entry| (analysis, entry))
            });
            let Some((analysis, prepared)) = prepared else {
                let reason = "the search for places and dates broke down on this article; please report it".to_owned();
                let problem = Problem { path, line: None, reason, kind: ProblemKind::Failure };
                file.note_problem(problem, self.state.progress);
                continue;
            };
            // A panic of the engine's is not caught here: it would leave half an article behind.
            if let Err(error) = self.adder.add(&prepared) {
                return self.state.fail(error);
            }
            let article = &analysis.article;
            let mut entry = lock(&file.entry);
            entry.articles += 1;
            entry.passages += prepared.passages.len() as u64;
            entry.words += u64::from(prepared.words);
            entry.open_dates += analysis.open_dates();
            entry.undated += u64::from(article.published.is_none());
            entry.unplaced += u64::from(!analysis.is_placed());
            let room = MOST_PROBLEMS.saturating_sub(entry.warnings.len());
            let known = article.record.as_deref().map(|r| format!("{r}: ")).unwrap_or_default();
            entry.warnings.extend(article.warnings.iter().take(room).map(|w| format!("{known}{w}")));
            drop(entry);
            if let Some(language) = article.language.as_deref().filter(|l| !self.languages.contains(*l)) {
                self.languages.insert(language.to_owned());
            }
            self.state.progress.article_done();
        }
    }
}
