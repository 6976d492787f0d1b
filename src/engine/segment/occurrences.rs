//! Words that the index does not tell apart, looked up in the texts that hold them.
//!
//! The index knows stems. "evacuation*" is to find "evacuations" and not "evacuated", which share one; so the passages with
//! that stem are read and their words looked at. An index of written words would answer faster and take a fifth more
//! space, for a kind of query that is rare; few prefixes are longer than a stem that many passages hold.

use tantivy::error::DataCorruption;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::engine::schema::Fields;
use crate::engine::segment::Segment;
use crate::index::record::PassageRecord;
use crate::words::{Analyser, PrefixTerms};

/// Documents, ascending, each with positions of words in one of its fields.
#[derive(Debug, Default)]
pub struct Occurrences {
    docs: Vec<DocId>,
    /// For each document the end of its positions in `positions`.
    ends: Vec<usize>,
    positions: Vec<u32>,
}

impl Occurrences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// The documents.
    pub fn docs(&self) -> &[DocId] {
        &self.docs
    }

    /// How many positions each document has.
    pub fn counts(&self) -> impl Iterator<Item = usize> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        self.ends.iter().zip(starts).map(|(end, start)| end - start)
    }

    /// Moves `at` to the first document at or after `target`, which it gives back; [`TERMINATED`] when there is none.
    pub fn seek(&self, at: &mut usize, target: DocId) -> DocId {
        while self.docs.get(*at).is_some_and(|doc| *doc < target) {
            *at += 1;
        }
        self.docs.get(*at).copied().unwrap_or(TERMINATED)
    }

    /// The ascending positions in the document that `at` points to, if that is `doc`.
    pub fn positions(&self, at: usize, doc: DocId) -> &[u32] {
        if self.docs.get(at) != Some(&doc) {
            return &[];
        }
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.positions.get(start..*end)).unwrap_or(&[])
    }

    fn end_document(&mut self, doc: DocId) {
        if self.ends.last().copied().unwrap_or(0) < self.positions.len() {
            self.docs.push(doc);
            self.ends.push(self.positions.len());
        }
    }
}

/// Where those words of `terms` stand in a segment that are known under terms of which it is not sure.
pub fn words_beginning(
    segment: &Segment<'_>,
    fields: &Fields,
    field: Field,
    terms: &PrefixTerms,
) -> tantivy::Result<Occurrences> {
    let known = unsure_terms(segment, field, terms)?;
    let mut found = Occurrences::default();
    if known.is_empty() {
        return Ok(found);
    }
    let alive = segment.reader.alive_bitset();
    let mut analyser = Analyser::new();
    let mut cursor = segment.terms(field, &known, false)?;
    let mut doc = cursor.seek(0);
    while doc != TERMINATED {
        if alive.is_none_or(|bits| bits.is_alive(doc)) {
            let bytes = segment.record(doc)?;
            let record = PassageRecord::unpack(&bytes).map_err(|e| DataCorruption::comment_only(e.to_string()))?;
            let text = match &record.article {
                Some(article) if field == fields.title => &article.title,
                _ => &record.text,
            };
            analyser.analyse(text, segment.profile(doc)?, |token, term| {
                if !token.stop && terms.is_unsure(term) && terms.counts(token.span.of(text), term) {
                    found.positions.push(token.position);
                }
            });
            found.end_document(doc);
        }
        doc = cursor.seek(doc + 1);
    }
    Ok(found)
}

/// The terms of a segment under which some words count and others do not.
fn unsure_terms(segment: &Segment<'_>, field: Field, terms: &PrefixTerms) -> tantivy::Result<Vec<String>> {
    let index = segment.reader.inverted_index(field)?;
    let dictionary = index.terms();
    let mut known = Vec::new();
    for term in &terms.unsure {
        if dictionary.get(term.as_bytes())?.is_some() {
            known.push(term.clone());
        }
    }
    for beginning in &terms.unsure_beginnings {
        let mut stream = dictionary.range().ge(beginning.as_bytes()).into_stream()?;
        while let Some((term, _)) = stream.next() {
            let Some(term) = std::str::from_utf8(term).ok().filter(|t| t.starts_with(beginning.as_str())) else {
                break;
            };
            if terms.is_unsure(term) && !known.iter().any(|k| k == term) {
                known.push(term.to_owned());
            }
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_without_a_word_are_left_out_and_each_keeps_its_positions() {
        let mut found = Occurrences::default();
        found.positions.extend([3, 9]);
        found.end_document(2);
        found.end_document(4);
        found.positions.push(1);
        found.end_document(7);
        let mut at = 0;
        assert_eq!(found.seek(&mut at, 0), 2);
        assert_eq!(found.positions(at, 2), [3, 9]);
        assert_eq!(found.positions(at, 4), [] as [u32; 0]);
        assert_eq!(found.seek(&mut at, 3), 7);
        assert_eq!(found.positions(at, 7), [1]);
        assert_eq!(found.seek(&mut at, 8), TERMINATED);
    }
}
