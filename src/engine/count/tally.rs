//! Counts of many values in one walk over the matches, in passages and in distinct articles.
//!
//! The passages of an article are neighbours, so that the article last counted is all that has to be remembered of a value.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocId, TantivyError};

use crate::engine::matching::conditions::documents_meeting;
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::engine::segment::columns::Batch;
use crate::engine::segment::copies::Copies;
use crate::engine::segment::doc_set::DocumentSet;
use crate::model::answer::Counts;
use crate::model::error::{Error, Result};

/// Counts of values that are numbered from 0; copies of one text count once.
#[derive(Default)]
pub struct Tally {
    values: Vec<ValueCounts>,
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
struct ValueCounts {
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
            self.values.resize(value + 1, ValueCounts::default());
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
            self.values.resize(value + 1, ValueCounts::default());
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

    /// The values in the order of their numbers.
    pub fn into_names(self) -> impl Iterator<Item = String> {
        self.names.into_iter()
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
    pub docs: &'m DocumentSet,
    search: &'m Search<'r>,
    copies: &'m Copies,
    /// What an article's first passage is added to for the article's number.
    base: u64,
}

/// Walks the complete matches of a search, segment by segment.
pub fn walk_matches<'r>(search: &Search<'r>, mut visit: impl FnMut(&Matches<'_, 'r>) -> Result<()>) -> Result<()> {
    let tree = search.plan.complete();
    let docs = |segment: &Segment<'r>| Ok(Cow::Owned(documents_meeting(&mut search.cursor(&tree, segment)?, segment)));
    walk(search, docs, &mut visit)
}

/// Walks matches that are known, by segment.
pub fn walk_known<'r>(
    search: &Search<'r>,
    docs: &[DocumentSet],
    mut visit: impl FnMut(&Matches<'_, 'r>) -> Result<()>,
) -> Result<()> {
    let none = DocumentSet::none(0);
    walk(search, |segment| Ok(Cow::Borrowed(docs.get(segment.ordinal).unwrap_or(&none))), &mut visit)
}

fn walk<'r, 'd>(
    search: &Search<'r>,
    docs_of: impl Fn(&Segment<'r>) -> Result<Cow<'d, DocumentSet>>,
    visit: &mut dyn FnMut(&Matches<'_, 'r>) -> Result<()>,
) -> Result<()> {
    let copies: &Copies = search.snapshot.copies()?;
    // Numbers of articles begin at 1 and differ between segments.
    let mut base = 1;
    for segment in &search.segments {
        let docs = docs_of(segment)?;
        visit(&Matches { segment, docs: &docs, search, copies, base })?;
        base += u64::from(segment.reader.max_doc());
    }
    Ok(())
}

impl Matches<'_, '_> {
    /// The error of an engine that failed while it read them.
    pub fn fail(&self, error: TantivyError) -> Error {
        self.search.snapshot.fail(error)
    }

    /// Counts each of these matches by its values in some columns: `count` is told what goes with the column and the values.
    pub fn tally<K>(
        &self,
        docs: &DocumentSet,
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
    pub fn without_copies(&self) -> (DocumentSet, DocumentSet) {
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
        Ok(self.copies.group(self.search.snapshot.article_of(self.segment, doc)?))
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
        let columns = open(matches.segment).map_err(|e| search.snapshot.fail(e))?;
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

#[cfg(test)]
mod tests {
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
}
