//! One segment of the index: its columns, and cursors made from a plan.

pub(crate) mod borders;
pub(crate) mod columns;
pub(crate) mod copies;
pub(crate) mod cursor;
pub(crate) mod doc_set;
pub(crate) mod expansion;
pub(crate) mod occurrences;

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use tantivy::columnar::column_index::{ColumnIndex, Set};
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::engine::matching::filter::FilterPlan;
use crate::engine::matching::postings::TITLE_WEIGHT;
use crate::engine::records::{Records, Unpacker};
use crate::engine::schema::Fields;
use crate::engine::segment::borders::Borders;
use crate::engine::segment::columns::{BLOCK, Columns};
use crate::engine::segment::cursor::{Cursor, PhraseCursor, RunsCursor, TermsCursor};
use crate::engine::segment::occurrences::Occurrences;
use crate::plan::leaf::{Alternative, Leaf, Tree};
use crate::words::{PrefixTerms, Profile};

/// How many terms a prefix or fuzzy word may stand for; more are refused, with the number, rather than cut.
pub const MOST_EXPANSIONS: usize = 4096;

/// The stored passages of a segment, and what unpacks them.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// The passages.
    pub records: &'a Records,
    /// What unpacks them.
    pub unpacker: &'a Unpacker,
}

/// A segment with the columns that every query needs.
pub struct Segment<'a> {
    /// The engine's reader.
    pub reader: &'a SegmentReader,
    /// Its position among the segments.
    pub ordinal: usize,
    fields: Fields,
    columns: &'a Columns,
    borders: Borders<'a>,
    texts: Texts<'a>,
    article: OnceCell<Arc<dyn ColumnValues<u64>>>,
    /// Words that were looked up in the texts, by field and beginning: matching, counting and scoring all ask for them.
    looked_up: RefCell<Vec<(Field, PrefixTerms, Arc<Occurrences>)>>,
}

impl<'a> Segment<'a> {
    /// A segment with those of its columns that were opened before.
    pub fn new(
        reader: &'a SegmentReader,
        ordinal: usize,
        fields: Fields,
        columns: &'a Columns,
        borders: Borders<'a>,
        texts: Texts<'a>,
    ) -> Self {
        let (article, looked_up) = (OnceCell::new(), RefCell::default());
        Segment { reader, ordinal, fields, columns, borders, texts, article, looked_up }
    }

    /// The fields of the index.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The stored record of a passage.
    pub fn record(&self, doc: DocId) -> tantivy::Result<Vec<u8>> {
        let Texts { records, unpacker } = self.texts;
        unpacker.record(records, doc).map_err(|reason| DataCorruption::comment_only(reason).into())
    }

    /// The ids of the articles of a file, by the file's key.
    pub fn articles_of_file(&self, key: u64) -> tantivy::Result<Vec<u64>> {
        let term = Term::from_field_u64(self.fields.file, key);
        let index = self.reader.inverted_index(self.fields.file)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { return Ok(Vec::new()) };
        let alive = self.reader.alive_bitset();
        let mut ids = Vec::new();
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            if alive.is_none_or(|bits| bits.is_alive(doc)) {
                ids.push(self.article(doc)?);
            }
            postings.advance();
        }
        ids.dedup();
        Ok(ids)
    }

    /// The first passage of an article; `None` where the segment has none of it.
    pub fn find_article(&self, id: u64) -> tantivy::Result<Option<DocId>> {
        let column = self.column("article")?;
        let alive = self.reader.alive_bitset();
        let mut values = Vec::new();
        for first in (0..column.values.num_vals()).step_by(BLOCK) {
            let rows: Vec<u32> = (first..column.values.num_vals().min(first + BLOCK as u32)).collect();
            columns::read_values(&*column.values, &rows, &mut values);
            for (row, _) in rows.iter().zip(&values).filter(|(_, value)| **value == id) {
                let doc = match &column.index {
                    ColumnIndex::Optional(some) => some.select(*row),
                    _ => *row,
                };
                if alive.is_none_or(|bits| bits.is_alive(doc)) {
                    return Ok(Some(doc));
                }
            }
        }
        Ok(None)
    }

    /// The number of a passage in its article.
    pub fn number(&self, doc: DocId) -> u32 {
        doc - self.borders.start(doc)
    }

    /// The id of the article that a document is a passage of.
    pub fn article(&self, doc: DocId) -> tantivy::Result<u64> {
        let column = match self.article.get() {
            Some(column) => column,
            None => {
                let column = self.values("article")?;
                self.article.get_or_init(|| column)
            }
        };
        Ok(column.get_val(self.article_start(doc)))
    }

    /// Where its articles begin and end.
    pub fn borders(&self) -> Borders<'a> {
        self.borders
    }

    /// The first passage of the article that `doc` is a passage of.
    pub fn article_start(&self, doc: DocId) -> DocId {
        self.borders.start(doc)
    }

    /// The first passages of the articles that some documents are passages of, side by side.
    pub fn article_starts(&self, docs: &[DocId]) -> Vec<DocId> {
        docs.iter().map(|doc| self.borders.start(*doc)).collect()
    }

    /// The passage after the last of the article that `doc` is a passage of.
    pub fn article_end(&self, doc: DocId) -> DocId {
        self.borders.end(doc)
    }

    /// A column with one value a document, 0 where there is none.
    pub fn values(&self, name: &str) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
        Ok(columns::first_values(self.column(name)?))
    }

    /// A column with any number of values a document; empty where no document has one.
    pub fn column(&self, name: &str) -> tantivy::Result<Column<u64>> {
        self.columns.numbers(self.reader, name)
    }

    /// A column of words or facet paths; `None` where no document has one.
    pub fn words(&self, name: &str) -> tantivy::Result<Option<StrColumn>> {
        self.columns.terms(self.reader, name)
    }

    /// How the words of a passage were treated when it was indexed.
    pub fn profile(&self, doc: DocId) -> tantivy::Result<Profile> {
        let mut code = String::new();
        if let Some(column) = self.words("language")?
            && let Some(ordinal) = column.ords().first(doc)
            && column.ord_to_str(ordinal, &mut code)?
        {
            return Ok(Profile::of(Some(&code)));
        }
        Ok(Profile::of(None))
    }

    /// The postings of a term; `None` where the segment has it not.
    pub fn postings(&self, field: Field, term: &str, positions: bool) -> tantivy::Result<Option<SegmentPostings>> {
        let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        Ok(self.reader.inverted_index(field)?.read_postings(&Term::from_field_text(field, term), option)?)
    }

    /// The postings of any of some terms.
    pub fn terms(&self, field: Field, terms: &[String], positions: bool) -> tantivy::Result<TermsCursor> {
        let mut lists = Vec::with_capacity(terms.len());
        for term in terms {
            lists.extend(self.postings(field, term, positions)?);
        }
        Ok(TermsCursor::new(lists))
    }

    /// The passages that hold a phrase; none for what is no phrase.
    pub fn phrase(&self, field: Field, phrase: &Alternative) -> tantivy::Result<PhraseCursor> {
        let mut lists = Vec::new();
        let mut most_between = 0;
        match phrase {
            Alternative::Phrase { parts, slop } => {
                for (offset, terms) in parts {
                    lists.push((*offset, self.terms(field, terms, true)?));
                }
                most_between = *slop;
            }
            Alternative::OpenPhrase { parts, position, last } => {
                for (offset, term) in parts {
                    lists.push((*offset, self.terms(field, std::slice::from_ref(term), true)?));
                }
                let terms = self.expand(field, phrase)?;
                let words = self.words_beginning(field, last)?;
                lists.push((*position, self.terms(field, &terms, true)?.and_looked_up(words)));
            }
            _ => lists.push((0, self.terms(field, &[], true)?)),
        }
        Ok(PhraseCursor::new(lists, most_between))
    }

    fn alternative(&self, field: Field, alternative: &Alternative, positions: bool) -> tantivy::Result<LeafPart> {
        Ok(match alternative {
            Alternative::Terms(terms) => LeafPart::Terms(self.terms(field, terms, positions)?),
            Alternative::Phrase { .. } | Alternative::OpenPhrase { .. } => {
                LeafPart::Phrase(self.phrase(field, alternative)?)
            }
            Alternative::Prefix(last) => {
                let terms = self.expand(field, alternative)?;
                let words = self.words_beginning(field, last)?;
                LeafPart::Terms(self.terms(field, &terms, positions)?.and_looked_up(words))
            }
            Alternative::Fuzzy { .. } => {
                let terms = self.expand(field, alternative)?;
                LeafPart::Terms(self.terms(field, &terms, positions)?)
            }
        })
    }

    /// Where words stand that begin so and are known under the stem of others.
    pub fn words_beginning(&self, field: Field, terms: &PrefixTerms) -> tantivy::Result<Arc<Occurrences>> {
        if let Some((_, _, words)) = self.looked_up.borrow().iter().find(|(f, t, _)| *f == field && t == terms) {
            return Ok(Arc::clone(words));
        }
        let words = Arc::new(occurrences::words_beginning(self, &self.fields, field, terms)?);
        self.looked_up.borrow_mut().push((field, terms.clone(), Arc::clone(&words)));
        Ok(words)
    }

    /// The terms of this segment that a prefix or a fuzzy word stands for as a whole, up to one more than are allowed.
    pub fn expand(&self, field: Field, alternative: &Alternative) -> tantivy::Result<Vec<String>> {
        let index = self.reader.inverted_index(field)?;
        let mut terms = Vec::new();
        crate::engine::segment::expansion::for_each_expansion(index.terms(), alternative, |term| {
            terms.push(term.to_owned());
            terms.len() <= MOST_EXPANSIONS
        })?;
        Ok(terms)
    }

    /// A leaf's postings for scoring: in the text and, on the first passage of an article, in the title.
    pub fn leaf(&self, leaf: &Leaf, positions: bool) -> tantivy::Result<LeafCursor> {
        let mut parts = Vec::with_capacity(2 * leaf.alternatives.len());
        for alternative in &leaf.alternatives {
            if !leaf.title_only {
                parts.push((false, self.alternative(self.fields.body, alternative, positions)?));
            }
            parts.push((true, self.alternative(self.fields.title, alternative, positions)?));
        }
        parts.retain(|(_, p)| !p.is_empty());
        Ok(LeafCursor { parts })
    }

    /// The documents that match a tree.
    pub fn cursor(&'a self, tree: &Tree, leaves: &[Leaf], filters: &'a FilterPlan) -> tantivy::Result<Cursor<'a>> {
        Ok(match tree {
            Tree::All => Cursor::All,
            Tree::Leaf(n) => match leaves.get(*n) {
                Some(leaf) if leaf.title_only => self.articles_with(leaf)?,
                Some(leaf) => {
                    let parts = self.leaf(leaf, false)?.parts;
                    Cursor::or(parts.into_iter().map(|(_, part)| part.into_cursor()).collect())
                }
                None => Cursor::Nothing,
            },
            Tree::Filter(filter) => filters.cursor(filter, self)?,
            Tree::And(parts) => {
                Cursor::and(parts.iter().map(|p| self.cursor(p, leaves, filters)).collect::<Result<_, _>>()?)
            }
            Tree::Or(parts) => {
                Cursor::or(parts.iter().map(|p| self.cursor(p, leaves, filters)).collect::<Result<_, _>>()?)
            }
            Tree::Not(part) => Cursor::not(self.cursor(part, leaves, filters)?),
        })
    }

    /// All passages of the articles whose title holds a leaf.
    fn articles_with(&self, leaf: &Leaf) -> tantivy::Result<Cursor<'a>> {
        let parts = self.leaf(leaf, false)?.parts;
        let mut heads = Cursor::or(parts.into_iter().map(|(_, part)| part.into_cursor()).collect());
        let mut runs = Vec::new();
        let mut doc = heads.seek(0);
        while doc < self.reader.max_doc() {
            if heads.matches(doc) {
                runs.push((doc, self.article_end(doc)));
            }
            doc = heads.seek(doc + 1);
        }
        Ok(if runs.is_empty() { Cursor::Nothing } else { Cursor::Runs(RunsCursor::new(runs)) })
    }

    /// The documents that are not deleted and match, ascending.
    pub fn matches(&self, cursor: &mut Cursor<'_>) -> Vec<DocId> {
        let mut docs = Vec::new();
        self.for_each_match(cursor, |doc| docs.push(doc));
        docs
    }

    /// Calls `visit` for each document that is not deleted and matches, in ascending order.
    pub fn for_each_match(&self, cursor: &mut Cursor<'_>, mut visit: impl FnMut(DocId)) {
        let alive = self.reader.alive_bitset();
        let end = self.reader.max_doc();
        let mut doc = cursor.seek(0);
        while doc < end {
            if alive.is_none_or(|bits| bits.is_alive(doc)) && cursor.matches(doc) {
                visit(doc);
            }
            doc = cursor.seek(doc + 1);
        }
    }
}

enum LeafPart {
    Terms(TermsCursor),
    Phrase(PhraseCursor),
}

impl LeafPart {
    fn is_empty(&self) -> bool {
        matches!(self, LeafPart::Terms(terms) if terms.is_empty())
    }

    fn into_cursor<'a>(self) -> Cursor<'a> {
        match self {
            LeafPart::Terms(terms) => Cursor::Terms(terms),
            LeafPart::Phrase(phrase) => Cursor::Phrase(Box::new(phrase)),
        }
    }
}

/// Walks the documents that hold a leaf.
pub struct LeafCursor {
    /// Whether the part looks at titles, and the part.
    parts: Vec<(bool, LeafPart)>,
}

impl LeafCursor {
    /// The first document at or after `target` that may hold the leaf.
    pub fn seek(&mut self, target: DocId) -> DocId {
        self.parts
            .iter_mut()
            .map(|(_, part)| match part {
                LeafPart::Terms(terms) => terms.seek(target),
                LeafPart::Phrase(phrase) => phrase.seek(target),
            })
            .min()
            .unwrap_or(TERMINATED)
    }

    /// How often it stands in `doc`, to which [`LeafCursor::seek`] has come: once for each time in the text,
    /// [`TITLE_WEIGHT`] for each time in the title.
    pub fn weight(&mut self, doc: DocId) -> f32 {
        let mut found = 0.0;
        for (title, part) in &mut self.parts {
            let count = match part {
                LeafPart::Terms(terms) => terms.frequency(doc),
                LeafPart::Phrase(phrase) if phrase.at() == doc => phrase.count(),
                LeafPart::Phrase(_) => 0,
            };
            found += count as f32 * if *title { TITLE_WEIGHT } else { 1.0 };
        }
        found
    }

    /// The positions of its single words in the text of `doc`, ascending; empty for phrases.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut one = Vec::new();
        for (title, part) in &mut self.parts {
            if let (false, LeafPart::Terms(terms)) = (*title, part) {
                terms.positions(doc, &mut one);
                out.append(&mut one);
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}
