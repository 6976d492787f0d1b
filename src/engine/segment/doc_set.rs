//! Sets of the documents of a segment, and articles counted by the word of a set.

use tantivy::DocId;

use crate::engine::segment::columns::BLOCK;
use crate::model::answer::Counts;

/// A set of the documents of a segment: a bit for each.
#[derive(Clone)]
pub struct DocumentSet(Vec<u64>);

impl DocumentSet {
    /// The empty set, with room for documents below `max_doc`.
    pub fn none(max_doc: DocId) -> Self {
        DocumentSet(vec![0; max_doc.div_ceil(64) as usize])
    }

    /// The set of all documents below `max_doc`.
    pub fn all(max_doc: DocId) -> Self {
        let mut all = DocumentSet(vec![u64::MAX; max_doc.div_ceil(64) as usize]);
        if let Some(last) = all.0.last_mut().filter(|_| !max_doc.is_multiple_of(64)) {
            *last = (1 << (max_doc % 64)) - 1;
        }
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The documents in ascending order, some [`BLOCK`] at a time.
    pub fn blocks(&self) -> impl Iterator<Item = Vec<DocId>> {
        let mut words = self.0.iter().enumerate();
        std::iter::from_fn(move || {
            let mut block = Vec::new();
            for (n, word) in words.by_ref() {
                for_each_bit(n, *word, |doc| block.push(doc));
                if block.len() >= BLOCK {
                    break;
                }
            }
            (!block.is_empty()).then_some(block)
        })
    }

    /// Those whose bit is not set in these bytes, and those whose bit is; what lies behind the bytes is not.
    pub fn parted_by(&self, bits: &[u8]) -> (DocumentSet, DocumentSet) {
        let set = |n: usize| {
            let mut word = [0; 8];
            let bytes = bits.get(n * 8..).unwrap_or_default();
            let length = bytes.len().min(8);
            word[..length].copy_from_slice(&bytes[..length]);
            u64::from_le_bytes(word)
        };
        let words = || self.0.iter().enumerate();
        (
            DocumentSet(words().map(|(n, word)| word & !set(n)).collect()),
            DocumentSet(words().map(|(n, word)| word & set(n)).collect()),
        )
    }

    /// A set by its words of 64 documents each.
    pub fn of_words(words: Vec<u64>) -> Self {
        DocumentSet(words)
    }

    /// Takes all documents out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Puts a document in; one that there is no room for stays out.
    pub fn add(&mut self, doc: DocId) {
        if let Some(word) = self.0.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Whether a document is in the set.
    pub fn holds(&self, doc: DocId) -> bool {
        self.0.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// How many passages are in both sets, and how many articles these lie in: `ends` holds the last passage of each.
    ///
    /// Articles are counted a word at a time: where ones are added to all passages but the last of each article, a passage
    /// that is set carries on to the last of its article, and from there no further.
    pub fn counts_with(&self, other: &DocumentSet, ends: &DocumentSet) -> Counts {
        let mut counts = Counts::default();
        let mut carry = false;
        for ((a, b), end) in self.0.iter().zip(&other.0).zip(&ends.0) {
            let both = a & b;
            let (sum, over) = (both & !end).overflowing_add(!end);
            let (sum, over_by_carry) = sum.overflowing_add(u64::from(carry));
            carry = over || over_by_carry;
            counts.passages += u64::from(both.count_ones());
            counts.articles += u64::from(((sum | both) & end).count_ones());
        }
        counts
    }
}

/// Calls `visit` with the document of each bit that is set in the `n`-th word of a set.
fn for_each_bit(n: usize, mut word: u64, mut visit: impl FnMut(DocId)) {
    while word != 0 {
        visit(n as DocId * 64 + word.trailing_zeros());
        word &= word - 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sets_of_documents_hold_what_was_put_in() {
        let (mut even, mut third) = (DocumentSet::none(130), DocumentSet::none(130));
        for doc in 0..130 {
            if doc % 2 == 0 {
                even.add(doc);
            }
            if doc % 3 == 0 {
                third.add(doc);
            }
        }
        even.add(4000);
        assert!(even.holds(128) && !even.holds(129) && !even.holds(4000));
        assert_eq!((even.len(), even.is_empty(), DocumentSet::none(130).is_empty()), (65, false, true));
        // Documents 3, 8 to 15 and, behind the bytes, none.
        let (rest, parted) = third.parted_by(&[0b1000, 0xFF]);
        let listed = |docs: &DocumentSet| docs.blocks().flatten().collect::<Vec<DocId>>();
        assert_eq!(listed(&parted), [3, 9, 12, 15]);
        assert_eq!(
            listed(&rest),
            (0..130).filter(|doc| doc % 3 == 0 && ![3, 9, 12, 15].contains(doc)).collect::<Vec<_>>()
        );
        let mut many = DocumentSet::none(10_000);
        (0..10_000).for_each(|doc| many.add(doc));
        assert_eq!(listed(&many), (0..10_000).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn articles_counted_by_the_word_are_as_if_counted_one_by_one(
            lengths in prop::collection::vec(1_usize..90, 1..20),
            some in prop::collection::vec(any::<bool>(), 2000),
            others in prop::collection::vec(prop::bool::weighted(0.8), 2000),
        ) {
            let articles: Vec<usize> = lengths.iter().enumerate().flat_map(|(n, length)| vec![n; *length]).collect();
            let max_doc = articles.len();
            let docs = |held: &[bool]| {
                let mut docs = DocumentSet::none(max_doc as DocId);
                (0..max_doc).filter(|doc| held[*doc]).for_each(|doc| docs.add(doc as DocId));
                docs
            };
            let last: Vec<bool> = (0..max_doc).map(|doc| articles.get(doc + 1) != Some(&articles[doc])).collect();
            let counts = docs(&some).counts_with(&docs(&others), &docs(&last));
            let both: Vec<usize> = (0..max_doc).filter(|doc| some[*doc] && others[*doc]).collect();
            let held: std::collections::BTreeSet<usize> = both.iter().map(|doc| articles[*doc]).collect();
            prop_assert_eq!(counts, Counts { passages: both.len() as u64, articles: held.len() as u64 });
        }
    }
}
