//! Counting by the lists of the passages that hold each term of a field.
//!
//! The engine keeps for each term, and for a path for all that it lies below, the passages that hold it. Going through these
//! lists takes a few steps a passage and value, in the order in which they lie in memory.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader};

use crate::engine::count::tally::{Tally, Values};
use crate::engine::segment::Segment;
use crate::engine::segment::doc_set::DocumentSet;
use crate::model::answer::Counts;

/// The lists of a segment that count for each value.
pub struct TermLists {
    fields: Vec<Arc<InvertedIndexReader>>,
    /// The number of a value, and a list by its field's place in `fields`; by value.
    lists: Vec<(usize, usize, TermInfo)>,
}

/// A list of fewer passages than one in so many of the segment's is counted one by one; for more, and for several lists, a set
/// of bits is made and counted, which takes as long as the segment is large.
const SHORT: u64 = 512;

impl TermLists {
    /// Finds the lists by the values that each term of these fields counts for.
    pub fn of<'v>(
        segment: &Segment<'_>,
        fields: impl Iterator<Item = (Field, &'v dyn Fn(&str) -> Vec<String>)>,
        values: &mut Values,
    ) -> tantivy::Result<Self> {
        let mut found = TermLists { fields: Vec::new(), lists: Vec::new() };
        for (n, (field, values_of)) in fields.enumerate() {
            let index = segment.reader.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                for value in values_of(term) {
                    found.lists.push((values.number_of(value), n, terms.value().clone()));
                }
            }
            found.fields.push(index);
        }
        found.lists.sort_by_key(|(value, ..)| *value);
        Ok(found)
    }

    /// Counts these documents of the segment for each value; articles that have copies must not be among them.
    pub fn count(&self, segment: &Segment<'_>, docs: &DocumentSet, tally: &mut Tally) -> tantivy::Result<()> {
        let max_doc = segment.reader.max_doc();
        let ends = segment.borders().ends();
        let mut held = DocumentSet::none(max_doc);
        for lists in self.lists.chunk_by(|a, b| a.0 == b.0) {
            let passages: u64 = lists.iter().map(|(_, _, info)| u64::from(info.doc_freq)).sum();
            let mut counts = Counts::default();
            match lists {
                [one] if passages < u64::from(max_doc) / SHORT => {
                    let mut end = 0;
                    self.for_each_doc(one, |doc| {
                        if docs.holds(doc) {
                            counts.passages += 1;
                            if doc >= end {
                                counts.articles += 1;
                                end = segment.article_end(doc);
                            }
                        }
                    })?;
                }
                // A passage that is in several of the lists counts once.
                _ => {
                    held.clear();
                    for list in lists {
                        self.for_each_doc(list, |doc| held.add(doc))?;
                    }
                    counts = held.counts_with(docs, &ends);
                }
            }
            if let Some((value, ..)) = lists.first() {
                tally.include(*value, counts);
            }
        }
        Ok(())
    }

    fn for_each_doc(&self, list: &(usize, usize, TermInfo), mut visit: impl FnMut(DocId)) -> tantivy::Result<()> {
        let (_, field, info) = list;
        let Some(index) = self.fields.get(*field) else { return Ok(()) };
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut buffer = [0; tantivy::COLLECT_BLOCK_BUFFER_LEN];
        loop {
            let filled = postings.fill_buffer(&mut buffer);
            buffer[..filled].iter().for_each(|doc| visit(*doc));
            if filled < buffer.len() {
                return Ok(());
            }
        }
    }
}
