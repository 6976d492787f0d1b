//! Counts of many values in one walk over the matches, in passages and in distinct articles.
//!
//! The passages of an article are neighbours, so that the article last counted is all that has to be remembered of a value.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;
use tantivy::columnar::Column;

use super::columns::{BLOCK, Batch};
use super::copies::Copies;
use super::cursor::Cursor;
use super::search::Search;
use super::segment::Segment;
use crate::error::Result;
use crate::query::Counts;

/// Counts of values that are numbered from 0; copies of one text count once.
#[derive(Default)]
pub struct Tally {
    values: Vec<Counted>,
    /// Numbers of the current passage and article; 0 before the first.
    passage: u64,
    article: u64,
    /// The group of copies that the current passage's article belongs to, and the passage's number in it.
    copy: Option<(u32, u32)>,
    passages_of_groups: FxHashSet<(usize, u32, u32)>,
    groups: FxHashSet<(usize, u32)>,
}

/// What was counted for a value, and what was counted last.
#[derive(Default, Clone, Copy)]
struct Counted {
    counts: Counts,
    passage: u64,
    article: u64,
}

impl Tally {
    /// Begins the next passage; `article` is no earlier article's number.
    fn begin(&mut self, article: u64, copy: Option<(u32, u32)>) {
        self.passage += 1;
        self.article = article;
        self.copy = copy;
    }

    /// Counts the current passage for a value; further times for the same value change nothing.
    pub fn add(&mut self, value: usize) {
        if value >= self.values.len() {
            self.values.resize(value + 1, Counted::default());
        }
        let counted = &mut self.values[value];
        if counted.passage == self.passage {
            return;
        }
        counted.passage = self.passage;
        if let Some((group, number)) = self.copy {
            counted.counts.passages += u64::from(self.passages_of_groups.insert((value, group, number)));
            counted.counts.articles += u64::from(self.groups.insert((value, group)));
            return;
        }
        counted.counts.passages += 1;
        if counted.article != self.article {
            counted.article = self.article;
            counted.counts.articles += 1;
        }
    }

    /// Adds what was counted elsewhere for a value, of articles that are not counted here.
    pub fn include(&mut self, value: usize, counts: Counts) {
        if value >= self.values.len() {
            self.values.resize(value + 1, Counted::default());
        }
        self.values[value].counts.passages += counts.passages;
        self.values[value].counts.articles += counts.articles;
    }

    /// The counts of a value.
    pub fn counts(&self, value: usize) -> Counts {
        self.values.get(value).map_or_else(Counts::default, |counted| counted.counts)
    }
}

/// Numbers given to values as they turn up.
#[derive(Default)]
pub struct Values {
    number: FxHashMap<String, usize>,
    names: Vec<String>,
}

impl Values {
    /// The number of a value.
    pub fn number_of(&mut self, value: String) -> usize {
        let next = self.names.len();
        match self.number.entry(value) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(slot) => {
                self.names.push(slot.key().clone());
                *slot.insert(next)
            }
        }
    }

    /// The values with what a tally counted for each.
    pub fn counted(self, tally: &Tally) -> impl Iterator<Item = (String, Counts)> {
        self.names.into_iter().enumerate().map(|(n, value)| (value, tally.counts(n)))
    }
}

/// The complete matches of a search in one segment.
pub struct Matches<'m, 'r> {
    /// The segment.
    pub segment: &'m Segment<'r>,
    /// The passages that match.
    pub docs: &'m Docs,
    search: &'m Search<'r>,
    copies: &'m Copies,
    /// What an article's first passage is added to for the article's number.
    base: u64,
}

/// Walks the complete matches of a search, segment by segment.
pub fn walk_matches<'r>(search: &Search<'r>, mut visit: impl FnMut(&Matches<'_, 'r>) -> Result<()>) -> Result<()> {
    let copies: &Copies = search.reader.copies()?;
    let tree = search.plan.complete();
    // Numbers of articles begin at 1 and differ between segments.
    let mut base = 1;
    for segment in &search.segments {
        let cursor = segment.cursor(&tree, &search.plan.leaves, &search.filters);
        let docs = Docs::matching(segment, &mut cursor.map_err(|e| search.reader.fail(e))?);
        visit(&Matches { segment, docs: &docs, search, copies, base })?;
        base += u64::from(segment.reader.max_doc());
    }
    Ok(())
}

impl Matches<'_, '_> {
    /// Counts each of these matches by its values in some columns: `count` is told what goes with the column and the values.
    pub fn tally<K>(
        &self,
        docs: &Docs,
        columns: Vec<(Column<u64>, K)>,
        tally: &mut Tally,
        mut count: impl FnMut(&mut K, &[u64], &mut Tally),
    ) -> Result<()> {
        let mut columns: Vec<(Column<u64>, K, Batch)> =
            columns.into_iter().map(|(column, known)| (column, known, Batch::default())).collect();
        for block in docs.blocks() {
            for (column, _, batch) in &mut columns {
                batch.read(column, &block);
            }
            self.begin_each(&block, tally, |n, tally| {
                for (_, known, batch) in &mut columns {
                    count(known, batch.of(n), tally);
                }
            })?;
        }
        Ok(())
    }

    /// Begins each of these passages, ascending, and calls `visit` with its place among them.
    fn begin_each(&self, docs: &[DocId], tally: &mut Tally, mut visit: impl FnMut(usize, &mut Tally)) -> Result<()> {
        let (mut start, mut end, mut group) = (0, 0, None);
        for (n, doc) in docs.iter().enumerate() {
            if *doc >= end {
                (start, end) = (self.segment.article_start(*doc), self.segment.article_end(*doc));
                group = self.group_of(*doc)?;
            }
            tally.begin(self.base + u64::from(start), group.map(|group| (group, doc.saturating_sub(start))));
            visit(n, tally);
        }
        Ok(())
    }

    /// Whether enough of the segment matches that going through all of it costs no more than asking for each match.
    pub fn are_many(&self) -> bool {
        self.docs.len() >= self.segment.reader.max_doc() as usize / MANY
    }

    /// The matches of articles that have no copy, and those of articles that have.
    pub fn without_copies(&self) -> (Docs, Docs) {
        self.docs.parted_by(self.copies.copied(self.segment.ordinal))
    }

    fn has_copy(&self, doc: DocId) -> bool {
        !self.copies.is_empty() && self.copies.has_copy(self.segment.ordinal, doc)
    }

    /// The group of copies that a passage's article belongs to.
    fn group_of(&self, doc: DocId) -> Result<Option<u32>> {
        if !self.has_copy(doc) {
            return Ok(None);
        }
        Ok(self.copies.group(self.search.reader.article_of(self.segment, doc)?))
    }
}

/// One match in so many of a segment's passages is many. Counting countries took the same time both ways near one in thirty,
/// on 180,000 passages of news.
const MANY: usize = 30;

/// Counts the complete matches of a search one by one. `open` gives the columns of a segment that are counted by, each with
/// what is to be known of it; `count` counts the current passage by its values in one of them.
pub fn tally_matches<'r, K>(
    search: &Search<'r>,
    mut open: impl FnMut(&Segment<'r>) -> tantivy::Result<Vec<(Column<u64>, K)>>,
    mut count: impl FnMut(&mut K, &[u64], &mut Tally),
) -> Result<Tally> {
    let mut tally = Tally::default();
    walk_matches(search, |matches| {
        let columns = open(matches.segment).map_err(|e| search.reader.fail(e))?;
        matches.tally(matches.docs, columns, &mut tally, &mut count)
    })?;
    Ok(tally)
}

/// How many passages and articles match completely.
pub fn count_matches(search: &Search<'_>) -> Result<Counts> {
    let mut tally = Tally::default();
    walk_matches(search, |matches| {
        let mut blocks = matches.docs.blocks();
        blocks.try_for_each(|block| matches.begin_each(&block, &mut tally, |_, tally| tally.add(0)))
    })?;
    Ok(tally.counts(0))
}

/// A set of the documents of a segment: a bit for each.
pub struct Docs(Vec<u64>);

impl Docs {
    /// The empty set, with room for documents below `max_doc`.
    pub fn none(max_doc: DocId) -> Self {
        Docs(vec![0; max_doc.div_ceil(64) as usize])
    }

    /// The documents that are not deleted and match.
    fn matching(segment: &Segment<'_>, cursor: &mut Cursor<'_>) -> Self {
        let max_doc = segment.reader.max_doc();
        if matches!(cursor, Cursor::All) && segment.reader.alive_bitset().is_none() {
            let mut all = Docs(vec![u64::MAX; max_doc.div_ceil(64) as usize]);
            if let Some(last) = all.0.last_mut().filter(|_| !max_doc.is_multiple_of(64)) {
                *last = (1 << (max_doc % 64)) - 1;
            }
            return all;
        }
        let mut docs = Docs::none(max_doc);
        segment.for_each_match(cursor, |doc| docs.add(doc));
        docs
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
    fn parted_by(&self, bits: &[u8]) -> (Docs, Docs) {
        let set = |n: usize| {
            let mut word = [0; 8];
            let bytes = bits.get(n * 8..).unwrap_or_default();
            let length = bytes.len().min(8);
            word[..length].copy_from_slice(&bytes[..length]);
            u64::from_le_bytes(word)
        };
        let words = || self.0.iter().enumerate();
        (
            Docs(words().map(|(n, word)| word & !set(n)).collect()),
            Docs(words().map(|(n, word)| word & set(n)).collect()),
        )
    }

    /// A set by its words of 64 documents each.
    pub fn of_words(words: Vec<u64>) -> Self {
        Docs(words)
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
    pub fn counts_with(&self, other: &Docs, ends: &Docs) -> Counts {
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
    fn a_value_counts_once_a_passage_and_once_an_article() {
        let mut tally = Tally::default();
        for article in [1, 1, 4] {
            tally.begin(article, None);
            for value in [2, 0, 2] {
                tally.add(value);
            }
        }
        assert_eq!(tally.counts(2), Counts { passages: 3, articles: 2 });
        assert_eq!(tally.counts(1), Counts::default());
        assert_eq!(tally.counts(99), Counts::default());
    }

    #[test]
    fn passages_of_copies_count_once_wherever_they_stand() {
        let mut tally = Tally::default();
        for (article, number) in [(1, 0), (1, 1), (7, 0), (9, 1), (9, 2)] {
            tally.begin(article, Some((5, number)));
            tally.add(0);
        }
        assert_eq!(tally.counts(0), Counts { passages: 3, articles: 1 });
    }

    #[test]
    fn sets_of_documents_hold_what_was_put_in() {
        let (mut even, mut third) = (Docs::none(130), Docs::none(130));
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
        assert_eq!((even.len(), even.is_empty(), Docs::none(130).is_empty()), (65, false, true));
        // Documents 3, 8 to 15 and, behind the bytes, none.
        let (rest, parted) = third.parted_by(&[0b1000, 0xFF]);
        let listed = |docs: &Docs| docs.blocks().flatten().collect::<Vec<DocId>>();
        assert_eq!(listed(&parted), [3, 9, 12, 15]);
        assert_eq!(
            listed(&rest),
            (0..130).filter(|doc| doc % 3 == 0 && ![3, 9, 12, 15].contains(doc)).collect::<Vec<_>>()
        );
        let mut many = Docs::none(10_000);
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
                let mut docs = Docs::none(max_doc as DocId);
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
