//! Walking the documents of a segment: postings, phrases, predicates and their combination.
//!
//! Documents are visited in ascending order. A cursor can be asked for the first document at or after a target that may
//! match ([`Cursor::seek`]) and whether a document does match ([`Cursor::matches`]); targets and documents never go back.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use crate::engine::segment::occurrences::Occurrences;
use crate::plan::phrase::Phrase;

/// A condition on the documents of one segment.
pub enum Cursor<'a> {
    /// Every document.
    All,
    /// No document.
    Nothing,
    /// Documents that hold any of these terms.
    Terms(TermsCursor),
    /// Documents that hold a phrase.
    Phrase(Box<PhraseCursor>),
    /// Documents within these ascending ranges: the passages of articles found by their first one.
    Runs(RunsCursor),
    /// Documents that pass a test on their columns.
    Test(Box<dyn Fn(DocId) -> bool + 'a>),
    /// All of these.
    And(Vec<Cursor<'a>>),
    /// Any of these.
    Or(Vec<Cursor<'a>>),
    /// Not this.
    Not(Box<Cursor<'a>>),
}

impl<'a> Cursor<'a> {
    /// All of these, in the cheapest order.
    pub fn and(mut parts: Vec<Cursor<'a>>) -> Self {
        parts.retain(|p| !matches!(p, Cursor::All));
        if parts.iter().any(|p| matches!(p, Cursor::Nothing)) {
            return Cursor::Nothing;
        }
        parts.sort_by_key(Cursor::cost);
        match parts.len() {
            0 => Cursor::All,
            1 => parts.remove(0),
            _ => Cursor::And(parts),
        }
    }

    /// Any of these.
    pub fn or(mut parts: Vec<Cursor<'a>>) -> Self {
        if parts.iter().any(|p| matches!(p, Cursor::All)) {
            return Cursor::All;
        }
        parts.retain(|p| !matches!(p, Cursor::Nothing));
        match parts.len() {
            0 => Cursor::Nothing,
            1 => parts.remove(0),
            _ => Cursor::Or(parts),
        }
    }

    /// Not this.
    pub fn not(part: Cursor<'a>) -> Self {
        match part {
            Cursor::All => Cursor::Nothing,
            Cursor::Nothing => Cursor::All,
            Cursor::Not(inner) => *inner,
            other => Cursor::Not(Box::new(other)),
        }
    }

    /// How many documents it may visit at most; tests and negations visit all.
    pub fn cost(&self) -> u64 {
        match self {
            Cursor::Nothing => 0,
            Cursor::Terms(terms) => terms.cost(),
            Cursor::Phrase(phrase) => phrase.cost(),
            Cursor::Runs(runs) => runs.runs.len() as u64 * 8,
            Cursor::And(parts) => parts.iter().map(Cursor::cost).min().unwrap_or(u64::MAX),
            Cursor::Or(parts) => parts.iter().map(Cursor::cost).fold(0, u64::saturating_add),
            Cursor::All | Cursor::Test(_) | Cursor::Not(_) => u64::MAX,
        }
    }

    /// The first document at or after `target` that may match; [`TERMINATED`] when there is none.
    pub fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Cursor::All | Cursor::Test(_) | Cursor::Not(_) => target,
            Cursor::Nothing => TERMINATED,
            Cursor::Terms(terms) => terms.seek(target),
            Cursor::Phrase(phrase) => phrase.seek(target),
            Cursor::Runs(runs) => runs.seek(target),
            Cursor::And(parts) => {
                let mut doc = target;
                loop {
                    let start = doc;
                    for part in parts.iter_mut() {
                        doc = part.seek(doc);
                        if doc == TERMINATED {
                            return TERMINATED;
                        }
                    }
                    if doc == start {
                        return doc;
                    }
                }
            }
            Cursor::Or(parts) => parts.iter_mut().map(|p| p.seek(target)).min().unwrap_or(TERMINATED),
        }
    }

    /// Whether `doc` matches; `doc` must not lie before an earlier target.
    pub fn matches(&mut self, doc: DocId) -> bool {
        match self {
            Cursor::All => true,
            Cursor::Nothing => false,
            Cursor::Terms(terms) => terms.seek(doc) == doc,
            Cursor::Phrase(phrase) => phrase.seek(doc) == doc && phrase.count() > 0,
            Cursor::Runs(runs) => runs.seek(doc) == doc,
            Cursor::Test(test) => test(doc),
            Cursor::And(parts) => parts.iter_mut().all(|p| p.matches(doc)),
            Cursor::Or(parts) => parts.iter_mut().any(|p| p.matches(doc)),
            Cursor::Not(part) => !part.matches(doc),
        }
    }
}

/// Documents that hold any of some terms.
pub struct TermsCursor {
    lists: Vec<SegmentPostings>,
    /// Words that were looked up in the texts, and the place in their list.
    looked_up: Option<(Arc<Occurrences>, usize)>,
}

impl TermsCursor {
    /// A cursor over these postings.
    pub fn new(lists: Vec<SegmentPostings>) -> Self {
        TermsCursor { lists, looked_up: None }
    }

    /// The same, and over these words.
    pub fn and_looked_up(mut self, words: Arc<Occurrences>) -> Self {
        self.looked_up = (!words.is_empty()).then_some((words, 0));
        self
    }

    /// Whether no document holds any of the terms.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.looked_up.is_none()
    }

    fn cost(&self) -> u64 {
        let looked_up = self.looked_up.as_ref().map_or(0, |(words, _)| words.len() as u64);
        self.lists.iter().map(|l| u64::from(l.doc_freq())).sum::<u64>() + looked_up
    }

    /// The first document at or after `target`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for list in &mut self.lists {
            let doc = if list.doc() < target { list.seek(target) } else { list.doc() };
            first = first.min(doc);
        }
        if let Some((words, at)) = &mut self.looked_up {
            first = first.min(words.seek(at, target));
        }
        first
    }

    /// The positions of the words that were looked up in `doc`, at which the cursor must be.
    fn looked_up(&self, doc: DocId) -> &[u32] {
        self.looked_up.as_ref().map_or(&[], |(words, at)| words.positions(*at, doc))
    }

    /// How often the terms stand in `doc`, at which the cursor must be.
    pub fn frequency(&mut self, doc: DocId) -> u32 {
        let listed: u32 = self.lists.iter().filter(|l| l.doc() == doc).map(Postings::term_freq).sum();
        listed + self.looked_up(doc).len() as u32
    }

    /// The ascending positions of the terms in `doc`, at which the cursor must be.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        for list in self.lists.iter_mut().filter(|l| l.doc() == doc) {
            list.append_positions_with_offset(0, out);
        }
        out.extend_from_slice(self.looked_up(doc));
        if self.lists.len() + usize::from(self.looked_up.is_some()) > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }
}

/// Documents in which a phrase stands.
pub struct PhraseCursor {
    phrase: Phrase,
    /// What stands at each of its places.
    places: Vec<TermsCursor>,
    /// For each typed word the places of which a document must fill one.
    needed: Vec<Vec<usize>>,
    positions: Vec<Vec<u32>>,
    counted: Option<(DocId, u32)>,
    at: DocId,
}

impl PhraseCursor {
    /// A phrase with the words that stand at each of its places.
    pub fn new(phrase: &Phrase, places: Vec<TermsCursor>) -> Self {
        let positions = places.iter().map(|_| Vec::new()).collect();
        let cost =
            |word: &Vec<usize>| -> u64 { word.iter().filter_map(|place| Some(places.get(*place)?.cost())).sum() };
        let mut needed = phrase.needed();
        // The rarest word first, which leaves the fewest documents to the others.
        needed.sort_by_key(cost);
        PhraseCursor { phrase: phrase.clone(), places, needed, positions, counted: None, at: 0 }
    }

    fn cost(&self) -> u64 {
        let cost = |word: &Vec<usize>| word.iter().map(|place| self.places[*place].cost()).sum();
        self.needed.first().map_or(0, cost)
    }

    /// The first document at or after `target` that has something for each word, in whatever order.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = target;
        loop {
            let start = doc;
            for word in &self.needed {
                doc = word.iter().map(|place| self.places[*place].seek(doc)).min().unwrap_or(TERMINATED);
                if doc == TERMINATED {
                    self.at = TERMINATED;
                    return TERMINATED;
                }
            }
            if doc == start {
                self.at = doc;
                return doc;
            }
        }
    }

    /// The document that the cursor is at.
    pub fn at(&self) -> DocId {
        self.at
    }

    /// How often the phrase stands in the document that the cursor is at.
    pub fn count(&mut self) -> u32 {
        if let Some((doc, count)) = self.counted
            && doc == self.at
        {
            return count;
        }
        for (place, positions) in self.places.iter_mut().zip(&mut self.positions) {
            // Places that are not needed were not moved.
            place.seek(self.at);
            place.positions(self.at, positions);
        }
        let count = self.phrase.stretches(&self.positions).len() as u32;
        self.counted = Some((self.at, count));
        count
    }
}

/// Documents within ascending ranges.
pub struct RunsCursor {
    runs: Vec<(DocId, DocId)>,
    at: usize,
}

impl RunsCursor {
    /// A cursor over half-open ranges, ascending and apart.
    pub fn new(runs: Vec<(DocId, DocId)>) -> Self {
        RunsCursor { runs, at: 0 }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while self.runs.get(self.at).is_some_and(|(_, end)| *end <= target) {
            self.at += 1;
        }
        self.runs.get(self.at).map_or(TERMINATED, |(start, _)| target.max(*start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_give_each_document_of_a_range_once() {
        let mut cursor = Cursor::Runs(RunsCursor::new(vec![(2, 4), (7, 8)]));
        let mut seen = Vec::new();
        let mut doc = cursor.seek(0);
        while doc != TERMINATED {
            seen.push(doc);
            doc = cursor.seek(doc + 1);
        }
        assert_eq!(seen, [2, 3, 7]);
    }

    #[test]
    fn combinations_agree_with_sets() {
        let even = || Cursor::Runs(RunsCursor::new((0..50).map(|n| (n * 2, n * 2 + 1)).collect()));
        let third = || Cursor::Runs(RunsCursor::new((0..34).map(|n| (n * 3, n * 3 + 1)).collect()));
        let walk = |mut cursor: Cursor<'_>| {
            let mut seen = Vec::new();
            let mut doc = cursor.seek(0);
            while doc < 100 {
                if cursor.matches(doc) {
                    seen.push(doc);
                }
                doc = cursor.seek(doc + 1);
            }
            seen
        };
        let set = |keep: &dyn Fn(u32) -> bool| (0..100).filter(|n| keep(*n)).collect::<Vec<u32>>();
        assert_eq!(walk(Cursor::and(vec![even(), third()])), set(&|n| n % 6 == 0));
        assert_eq!(walk(Cursor::or(vec![even(), third()])), set(&|n| n % 2 == 0 || n % 3 == 0));
        assert_eq!(walk(Cursor::and(vec![even(), Cursor::not(third())])), set(&|n| n % 2 == 0 && n % 3 != 0));
        assert_eq!(walk(Cursor::not(Cursor::or(vec![even(), third()]))), set(&|n| n % 2 != 0 && n % 3 != 0));
    }
}
