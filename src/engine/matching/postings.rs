//! Where the leaves of a query stand in a segment, read whole.
//!
//! Scoring an article needs every passage of it that holds a leaf, and a leaf's rarity needs every article that holds it.
//! Both are had from one pass over the leaf's postings, block by block; seeking from match to match reads most of them
//! anyway for all but the rarest conjunctions, and costs more for each.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED, Term};

use crate::engine::matching::leaf::{phrase_cursor, unsure_words, words_written};
use crate::engine::score::TITLE_WEIGHT;
use crate::engine::segment::Segment;
use crate::engine::segment::languages::SpokenTest;
use crate::engine::segment::occurrences::Occurrences;
use crate::plan::leaf::{Alternative, Form, Leaf};

/// The passages of a segment that hold something, ascending; the lists run side by side. Deleted passages are left out.
#[derive(Debug, Default)]
pub struct LeafPostings {
    /// The passages.
    pub docs: Vec<DocId>,
    /// The first passage of each one's article.
    pub starts: Vec<DocId>,
    /// How often it is held: once for each time in the text, [`TITLE_WEIGHT`] for each time in the title, which counts
    /// for an article's first passage.
    pub weights: Vec<f32>,
}

impl LeafPostings {
    /// Reads where a leaf stands.
    pub fn of(segment: &Segment<'_>, leaf: &Leaf) -> tantivy::Result<Self> {
        let mut found = PostingLists::default();
        for form in &leaf.forms {
            if !leaf.title_only {
                found.read(segment, segment.fields().body, form, 1.0)?;
            }
            found.read(segment, segment.fields().title, form, TITLE_WEIGHT)?;
        }
        found.merge();
        found.drop_deleted(segment);
        Ok(Self::at(segment, found.docs, found.weights))
    }

    /// Passages that hold what was found by other means, once each.
    pub fn in_docs(segment: &Segment<'_>, docs: Vec<DocId>) -> Self {
        let weights = vec![1.0; docs.len()];
        Self::at(segment, docs, weights)
    }

    fn at(segment: &Segment<'_>, docs: Vec<DocId>, weights: Vec<f32>) -> Self {
        let starts = segment.article_starts(&docs);
        LeafPostings { docs, starts, weights }
    }

    /// How many articles hold it.
    pub fn articles(&self) -> u64 {
        self.starts.chunk_by(|a, b| a == b).count() as u64
    }

    /// The places in the lists of the passages of the article that starts so.
    pub fn in_article(&self, start: DocId) -> std::ops::Range<usize> {
        let from = self.starts.partition_point(|s| *s < start);
        let count = self.starts[from..].iter().take_while(|s| **s == start).count();
        from..from + count
    }
}

/// Passages as the postings of several terms give them, one list after the other.
#[derive(Default)]
struct PostingLists {
    docs: Vec<DocId>,
    weights: Vec<f32>,
    /// Where each list ends.
    ends: Vec<usize>,
}

/// So many lists are merged one by one; of more, all passages are sorted.
const FEW_LISTS: usize = 8;

impl PostingLists {
    fn read(&mut self, segment: &Segment<'_>, field: Field, form: &Form, weight: f32) -> tantivy::Result<()> {
        let spoken = segment.languages()?.test(form.profiles);
        let spoken = spoken.as_ref();
        let weight = weight * form.alternative.worth();
        match &form.alternative {
            Alternative::Term(term) => self.read_term(segment, field, term, weight, spoken),
            Alternative::Fuzzy { .. } => segment.expand(field, &form.alternative)?.iter().try_for_each(|term| {
                self.read_term(segment, field, term, weight * form.alternative.worth_of(term), spoken)
            }),
            Alternative::Prefix(beginning) => {
                let terms = segment.expand(field, &form.alternative)?;
                terms.iter().try_for_each(|term| self.read_term(segment, field, term, weight, spoken))?;
                self.add(&*unsure_words(segment, field, beginning)?, weight, spoken);
                Ok(())
            }
            Alternative::Phrase(phrase) if phrase.is_of_written_forms() => {
                self.add(&*words_written(segment, field, &form.alternative, phrase)?, weight, spoken);
                Ok(())
            }
            Alternative::Phrase(phrase) => {
                let first = self.docs.len();
                let mut phrase = phrase_cursor(segment, field, phrase)?;
                let mut doc = phrase.seek(0);
                while doc != TERMINATED {
                    let count = phrase.count();
                    if count > 0 {
                        self.docs.push(doc);
                        self.weights.push(weight * count as f32);
                    }
                    doc = phrase.seek(doc + 1);
                }
                self.end_list(first, spoken);
                Ok(())
            }
        }
    }

    fn read_term(
        &mut self,
        segment: &Segment<'_>,
        field: Field,
        term: &str,
        weight: f32,
        spoken: Option<&SpokenTest>,
    ) -> tantivy::Result<()> {
        let index = segment.reader.inverted_index(field)?;
        let term = Term::from_field_text(field, term);
        let Some(mut block) = index.read_block_postings(&term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        let first = self.docs.len();
        let count = block.doc_freq() as usize;
        // With some room for the title's list, which is a fraction of the text's.
        self.docs.reserve(count + count / 4);
        self.weights.reserve(count + count / 4);
        while !block.docs().is_empty() {
            self.docs.extend_from_slice(block.docs());
            self.weights.extend(block.freqs().iter().map(|f| weight * *f as f32));
            block.advance();
        }
        self.end_list(first, spoken);
        Ok(())
    }

    /// Adds words that were looked up.
    fn add(&mut self, words: &Occurrences, weight: f32, spoken: Option<&SpokenTest>) {
        let first = self.docs.len();
        self.docs.extend(words.docs());
        self.weights.extend(words.counts().map(|count| weight * count as f32));
        self.end_list(first, spoken);
    }

    /// Ends the list that begins at `first`, without the passages in languages for which the form was not made.
    fn end_list(&mut self, first: usize, spoken: Option<&SpokenTest>) {
        if let Some(test) = spoken {
            self.retain_from(first, |doc| test.passes(doc));
        }
        self.ends.push(self.docs.len());
    }

    /// Drops the passages from `first` on that are not to be kept, and their weights.
    fn retain_from(&mut self, first: usize, keep: impl Fn(DocId) -> bool) {
        let mut kept = first;
        for at in first..self.docs.len() {
            if keep(self.docs[at]) {
                self.docs[kept] = self.docs[at];
                self.weights[kept] = self.weights[at];
                kept += 1;
            }
        }
        self.docs.truncate(kept);
        self.weights.truncate(kept);
    }

    /// One ascending list, with the weights of a passage that stands in several added up.
    fn merge(&mut self) {
        let ends = std::mem::take(&mut self.ends);
        if ends.len() > FEW_LISTS {
            return self.sort();
        }
        let mut merged = ends.first().copied().unwrap_or(0);
        for end in ends.windows(2).map(|ends| ends[0]..ends[1]) {
            let docs: Vec<DocId> = self.docs[end.clone()].to_vec();
            let weights: Vec<f32> = self.weights[end].to_vec();
            merged = self.merge_in(merged, &docs, &weights);
        }
        self.docs.truncate(merged);
        self.weights.truncate(merged);
    }

    /// Merges an ascending list into the first `length` passages, which are ascending; gives back how many they are then.
    fn merge_in(&mut self, length: usize, docs: &[DocId], weights: &[f32]) -> usize {
        let mut fresh: Vec<(DocId, f32)> = Vec::new();
        let mut from = 0;
        for (doc, weight) in docs.iter().zip(weights) {
            from += self.docs[from..length].partition_point(|other| other < doc);
            match self.docs[..length].get(from) {
                Some(other) if other == doc => self.weights[from] += weight,
                _ => fresh.push((*doc, *weight)),
            }
        }
        // From the back, so that each passage is moved once, to where it stays: the list lay behind them, so there is room.
        let merged = length + fresh.len();
        let (mut read, mut write) = (length, merged);
        while let Some(&(doc, weight)) = fresh.last() {
            write -= 1;
            if read > 0 && self.docs[read - 1] > doc {
                read -= 1;
                self.docs[write] = self.docs[read];
                self.weights[write] = self.weights[read];
            } else {
                self.docs[write] = doc;
                self.weights[write] = weight;
                fresh.pop();
            }
        }
        merged
    }

    fn sort(&mut self) {
        let mut all: Vec<(DocId, f32)> = self.docs.drain(..).zip(self.weights.drain(..)).collect();
        // Stable, and fast on lists that are sorted already.
        all.sort_by_key(|(doc, _)| *doc);
        for (doc, weight) in all {
            match (self.docs.last(), self.weights.last_mut()) {
                (Some(last), Some(sum)) if *last == doc => *sum += weight,
                _ => {
                    self.docs.push(doc);
                    self.weights.push(weight);
                }
            }
        }
    }

    fn drop_deleted(&mut self, segment: &Segment<'_>) {
        if let Some(alive) = segment.reader.alive_bitset() {
            self.retain_from(0, |doc| alive.is_alive(doc));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn several_lists_become_one_with_their_weights_added() {
        let mut found =
            PostingLists { docs: vec![1, 4, 9, 0, 4], weights: vec![1.0, 2.0, 1.0, 1.5, 1.5], ends: vec![3, 5] };
        found.merge();
        assert_eq!(found.docs, [0, 1, 4, 9]);
        assert_eq!(found.weights, [1.5, 1.0, 3.5, 1.0]);
    }

    proptest! {
        #[test]
        fn lists_merged_one_by_one_are_as_if_sorted(
            lists in prop::collection::vec(prop::collection::btree_set(0_u32..40, 0..30), 0..FEW_LISTS)
        ) {
            let gathered = || {
                let mut found = PostingLists::default();
                for (n, list) in lists.iter().enumerate() {
                    found.docs.extend(list);
                    found.weights.extend(list.iter().map(|_| (1 << n) as f32));
                    found.ends.push(found.docs.len());
                }
                found
            };
            let (mut merged, mut sorted) = (gathered(), gathered());
            merged.merge();
            sorted.sort();
            prop_assert_eq!(merged.docs, sorted.docs);
            prop_assert_eq!(merged.weights, sorted.weights);
        }
    }

    #[test]
    fn articles_are_counted_once_and_found_by_their_start() {
        let found = LeafPostings { docs: vec![1, 2, 7, 9], starts: vec![0, 0, 5, 9], weights: vec![1.0; 4] };
        assert_eq!(found.articles(), 3);
        assert_eq!(found.in_article(0), 0..2);
        assert_eq!(found.in_article(5), 2..3);
        assert_eq!(found.in_article(6), 3..3);
    }
}
