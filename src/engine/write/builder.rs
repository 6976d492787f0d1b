//! Segments in the making: articles become the engine's documents, each thread filling a segment of its own.
//!
//! The engine's writer would do this behind a queue of documents, with threads of its own. Here the thread that has found
//! an article's places and dates indexes it at once: nothing waits that no setting bounds, half as many threads share
//! the cores, and a segment ends exactly where its memory does.

use std::path::Path;
use std::sync::Arc;

use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{IndexWriter, Segment};

use crate::engine::fault::engine_error;
use crate::engine::records::passage::{Content, Passage};
use crate::engine::schema::Fields;
use crate::engine::schema::terms::fold_source;
use crate::index::entry::ArticleEntry;
use crate::index::indexer::Adder;
use crate::index::record::pack_days;
use crate::model::error::{Error, Result};
use crate::words::tagged;

/// Adds articles to the index for one thread.
pub(crate) struct Builder<'w> {
    index_folder: &'w Path,
    engine: &'w IndexWriter,
    fields: &'w Fields,
    segment_bytes: usize,
    open: Option<(Segment, SegmentWriter)>,
}

impl<'w> Builder<'w> {
    pub(crate) fn new(
        index_folder: &'w Path,
        engine: &'w IndexWriter,
        fields: &'w Fields,
        segment_bytes: usize,
    ) -> Self {
        Builder { index_folder, engine, fields, segment_bytes, open: None }
    }

    fn close_segment(&mut self) -> Result<()> {
        let Some((segment, documents)) = self.open.take() else { return Ok(()) };
        let fail = |e| engine_error(self.index_folder, e);
        let count = documents.max_doc();
        documents.finalize().map_err(fail)?;
        self.engine.add_segment(segment.with_max_doc(count).meta().clone()).map_err(fail)
    }

    fn document(&self, article: &ArticleEntry<'_>, number: usize, source: Option<&Arc<str>>) -> Result<Passage> {
        let unstored = |e: &dyn std::fmt::Display| Error::Engine {
            index: self.index_folder.to_owned(),
            reason: format!("article {} cannot be stored: {e}", article.id),
        };
        let passage = article.passages.get(number).ok_or_else(|| unstored(&"it has no such passage"))?;
        let record = passage.record.pack().map_err(|e| unstored(&e))?;
        let f = self.fields;
        let text = |text: &str| Content::Text(tagged(text, article.language).into());
        let mut values = Vec::with_capacity(12 + passage.places.len() + passage.countries.len() + passage.events.len());
        // In the order of the schema, which the engine sorts them into.
        values.push((f.body, text(&passage.record.text)));
        if number == 0 && !article.title.is_empty() {
            values.push((f.title, text(article.title)));
        }
        values.extend(passage.places.iter().map(|path| (f.place, Content::Facet(path.clone()))));
        values.extend(passage.countries.iter().map(|path| (f.country, Content::Facet(path.clone()))));
        values.extend(source.map(|source| (f.source, Content::Text(Arc::clone(source)))));
        values.extend(article.language.map(|language| (f.language, Content::Text(language.into()))));
        values.push((f.file, Content::Number(article.file)));
        if number == 0 {
            values.push((f.article, Content::Number(article.id.0)));
        }
        values.push((f.words, Content::Number(u64::from(passage.words))));
        values.push((f.article_words, Content::Number(u64::from(article.words))));
        if number == 0 {
            values.extend(article.copy_key.map(|key| (f.copy_key, Content::Number(key))));
        }
        values.extend(passage.events.iter().map(|days| (f.event, Content::Number(pack_days(*days)))));
        values.extend(passage.carried.iter().map(|days| (f.carried, Content::Number(pack_days(*days)))));
        values.extend(article.published.map(|days| (f.published, Content::Number(pack_days(days)))));
        Ok(Passage { values, record })
    }
}

impl Adder for Builder<'_> {
    /// All passages of an article come into one segment, as neighbours.
    fn add(&mut self, article: &ArticleEntry<'_>) -> Result<()> {
        let fail = |e| engine_error(self.index_folder, e);
        let (segment, mut documents) = match self.open.take() {
            Some(open) => open,
            None => {
                let segment = self.engine.new_segment();
                let documents = SegmentWriter::for_segment(self.segment_bytes, segment.clone()).map_err(fail)?;
                (segment, documents)
            }
        };
        let source: Option<Arc<str>> = article.source.map(|s| fold_source(s).into());
        for number in 0..article.passages.len() {
            let document = self.document(article, number, source.as_ref())?;
            // Documents need no place in the order of operations: what is removed is not of this run (see
            // [`crate::engine::write::removal`]).
            documents.add_document(AddOperation { opstamp: 0, document }).map_err(fail)?;
        }
        let full = documents.mem_usage() >= self.segment_bytes;
        self.open = Some((segment, documents));
        if full { self.close_segment() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.close_segment()
    }
}
