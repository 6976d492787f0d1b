//! Taking a file's articles out: out of the segments of earlier commits, never out of those of the run at hand.
//!
//! The engine tells by the order of operations whether a removal is meant for a document. Segments that are built beside
//! its queue ([`crate::engine::write::builder`]) have no place in that order, so that a removal names the segments that it is for.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The documents of a term in the segments that were there before this run.
#[derive(Debug, Clone)]
pub(crate) struct EarlierQuery {
    term: TermQuery,
    segments: Arc<HashSet<SegmentId>>,
}

impl EarlierQuery {
    pub(crate) fn new(term: Term, segments: &Arc<HashSet<SegmentId>>) -> Self {
        EarlierQuery { term: TermQuery::new(term, IndexRecordOption::Basic), segments: Arc::clone(segments) }
    }
}

impl Query for EarlierQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(EarlierWeight { term: self.term.weight(scoring)?, segments: Arc::clone(&self.segments) }))
    }
}

struct EarlierWeight {
    term: Box<dyn Weight>,
    segments: Arc<HashSet<SegmentId>>,
}

impl Weight for EarlierWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.segments.contains(&reader.segment_id()) {
            self.term.scorer(reader, boost)
        } else {
            Ok(Box::new(EmptyScorer))
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.term.explain(reader, doc)
    }
}
