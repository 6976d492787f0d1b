//! Words that the index does not tell apart, looked up in the texts that hold them.
//!
//! The index knows stems. "evacuation*" is to find "evacuations" and not "evacuated", which share one; so the passages with
//! that stem are read and their words looked at. An index of written words would answer faster and take a fifth more
//! space, for a kind of query that is rare; few prefixes are longer than a stem that many passages hold.

use tantivy::{DocId, TERMINATED};

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

    /// Adds a position in the document at hand; those of one document ascend.
    pub fn push(&mut self, position: u32) {
        self.positions.push(position);
    }

    /// Ends the document at hand, which is left out where it has no position; documents ascend.
    pub fn end_document(&mut self, doc: DocId) {
        if self.ends.last().copied().unwrap_or(0) < self.positions.len() {
            self.docs.push(doc);
            self.ends.push(self.positions.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_without_a_word_are_left_out_and_each_keeps_its_positions() {
        let mut found = Occurrences::default();
        [3, 9].into_iter().for_each(|position| found.push(position));
        found.end_document(2);
        found.end_document(4);
        found.push(1);
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
