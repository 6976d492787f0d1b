//! Where articles begin among the passages of a segment: a bit for each passage, set for the first one of an article.
//!
//! The column of articles' ids tells the same, but takes many steps for each. Whoever scores or counts asks for the borders of
//! an article for every passage that matches.

use tantivy::DocId;

use crate::engine::segment::doc_set::DocumentSet;

/// The borders between the articles of a segment. Bytes that are none of [`Borders::written`] lead to wrong borders within
/// the segment, never out of it.
#[derive(Debug, Clone, Copy)]
pub struct Borders<'b> {
    bits: &'b [u8],
    max_doc: DocId,
}

impl<'b> Borders<'b> {
    /// Borders from the bytes that [`Borders::written`] made for this many documents.
    pub fn of(bits: &'b [u8], max_doc: DocId) -> Self {
        Borders { bits, max_doc }
    }

    /// How many bytes the borders of this many documents take.
    pub fn bytes_for(max_doc: DocId) -> usize {
        max_doc.div_ceil(64) as usize * 8
    }

    /// The bytes of borders, from whether each passage is the first of its article.
    pub fn written(firsts: impl ExactSizeIterator<Item = bool>) -> Vec<u8> {
        let mut bits = vec![0; Self::bytes_for(firsts.len() as DocId)];
        for (doc, first) in firsts.enumerate() {
            bits[doc / 8] |= u8::from(first) << (doc % 8);
        }
        bits
    }

    /// The first passage of the article that `doc` is a passage of.
    pub fn start(&self, doc: DocId) -> DocId {
        let mut at = doc / 64;
        let mut word = self.word(at) & (u64::MAX >> (63 - doc % 64));
        while word == 0 {
            let Some(before) = at.checked_sub(1) else { return 0 };
            at = before;
            word = self.word(at);
        }
        at * 64 + word.ilog2()
    }

    /// The passage after the last of the article that `doc` is a passage of.
    pub fn end(&self, doc: DocId) -> DocId {
        let mut at = doc / 64;
        let mut word = self.word(at) & (u64::MAX << (doc % 64)) & !(1 << (doc % 64));
        while word == 0 {
            at += 1;
            if at * 64 >= self.max_doc {
                return self.max_doc;
            }
            word = self.word(at);
        }
        (at * 64 + word.trailing_zeros()).min(self.max_doc)
    }

    /// The last passage of each article.
    pub fn ends(&self) -> DocumentSet {
        let words = self.max_doc.div_ceil(64);
        let mut ends: Vec<u64> = (0..words).map(|at| self.word(at) >> 1 | self.word(at + 1) << 63).collect();
        if let (Some(last), Some(doc)) = (ends.last_mut(), self.max_doc.checked_sub(1)) {
            *last |= 1 << (doc % 64);
        }
        DocumentSet::of_words(ends)
    }

    fn word(&self, at: DocId) -> u64 {
        let at = at as usize * 8;
        self.bits.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_passage_knows_its_article_s_borders() {
        let lengths = [1, 3, 64, 1, 1, 130, 2, 63, 65, 7];
        let firsts: Vec<bool> = lengths.iter().flat_map(|length| (0..*length).map(|number| number == 0)).collect();
        let bits = Borders::written(firsts.iter().copied());
        let borders = Borders::of(&bits, firsts.len() as DocId);
        let ends: Vec<DocId> = borders.ends().blocks().flatten().collect();
        assert_eq!(ends.len(), lengths.len());
        let mut doc = 0;
        for length in lengths {
            let (start, end) = (doc, doc + length as DocId);
            for passage in start..end {
                assert_eq!((borders.start(passage), borders.end(passage)), (start, end), "{passage}");
            }
            assert!(ends.contains(&(end - 1)));
            doc = end;
        }
    }

    #[test]
    fn borders_that_are_missing_lead_nowhere_else() {
        let borders = Borders::of(&[], 100);
        assert_eq!((borders.start(70), borders.end(70)), (0, 100));
        assert_eq!(borders.ends().blocks().flatten().collect::<Vec<_>>(), [99]);
    }
}
