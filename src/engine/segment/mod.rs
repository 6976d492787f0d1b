//! One segment of the index: its terms and their postings, its columns, its texts, and where its articles begin.
//!
//! Uses the engine's segment readers, [`crate::engine::records`] and the forms of words in [`crate::plan::leaf`].
//! Used by all that matches, ranks, counts and answers; knows no question.

pub(crate) mod borders;
pub(crate) mod columns;
pub(crate) mod copies;
pub(crate) mod cursor;
pub(crate) mod doc_set;
pub(crate) mod expansion;
pub(crate) mod languages;
pub(crate) mod occurrences;

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use tantivy::columnar::column_index::{ColumnIndex, Set};
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::engine::records::{Records, Unpacker};
use crate::engine::schema::Fields;
use crate::engine::segment::borders::Borders;
use crate::engine::segment::columns::{BLOCK, Columns};
use crate::engine::segment::cursor::{Cursor, TermsCursor};
use crate::engine::segment::expansion::for_each_expansion;
use crate::engine::segment::languages::Languages;
use crate::engine::segment::occurrences::Occurrences;
use crate::plan::leaf::Alternative;
use crate::words::{Analyser, Profile};

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
    /// The languages of its passages.
    languages: OnceCell<Languages>,
    /// Kept from text to text that is looked at.
    analyser: RefCell<Analyser>,
    /// Words that were looked up in the texts, by field and form.
    looked_up: RefCell<Vec<(Field, Alternative, Arc<Occurrences>)>>,
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
        let (article, languages) = (OnceCell::new(), OnceCell::new());
        let (analyser, looked_up) = (RefCell::default(), RefCell::default());
        Segment { reader, ordinal, fields, columns, borders, texts, article, languages, analyser, looked_up }
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

    /// Whether a passage is not deleted.
    pub fn is_alive(&self, doc: DocId) -> bool {
        self.reader.alive_bitset().is_none_or(|bits| bits.is_alive(doc))
    }

    /// The ids of the articles of a file, by the file's key.
    pub fn articles_of_file(&self, key: u64) -> tantivy::Result<Vec<u64>> {
        let term = Term::from_field_u64(self.fields.file, key);
        let index = self.reader.inverted_index(self.fields.file)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { return Ok(Vec::new()) };
        let mut ids = Vec::new();
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            if self.is_alive(doc) {
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
        let mut values = Vec::new();
        for first in (0..column.values.num_vals()).step_by(BLOCK) {
            let rows: Vec<u32> = (first..column.values.num_vals().min(first + BLOCK as u32)).collect();
            columns::read_values(&*column.values, &rows, &mut values);
            for (row, _) in rows.iter().zip(&values).filter(|(_, value)| **value == id) {
                let doc = match &column.index {
                    ColumnIndex::Optional(some) => some.select(*row),
                    _ => *row,
                };
                if self.is_alive(doc) {
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
        Ok(self.languages()?.profile(doc))
    }

    /// Lends an analyser that keeps what it has learnt.
    pub fn with_analyser<T>(&self, work: impl FnOnce(&mut Analyser) -> T) -> T {
        work(&mut self.analyser.borrow_mut())
    }

    /// The languages of its passages.
    pub fn languages(&self) -> tantivy::Result<&Languages> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let languages = Languages::of(self.words("language")?)?;
        Ok(self.languages.get_or_init(|| languages))
    }

    /// The postings of a term; `None` where the segment has it not.
    pub fn postings(&self, field: Field, term: &str, positions: bool) -> tantivy::Result<Option<SegmentPostings>> {
        let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        Ok(self.reader.inverted_index(field)?.read_postings(&Term::from_field_text(field, term), option)?)
    }

    /// Whether a passage or a title holds a term.
    pub fn holds(&self, field: Field, term: &str) -> tantivy::Result<bool> {
        Ok(self.reader.inverted_index(field)?.terms().get(term.as_bytes())?.is_some())
    }

    /// The postings of any of some terms.
    pub fn terms(&self, field: Field, terms: &[String], positions: bool) -> tantivy::Result<TermsCursor> {
        let mut lists = Vec::with_capacity(terms.len());
        for term in terms {
            lists.extend(self.postings(field, term, positions)?);
        }
        Ok(TermsCursor::new(lists))
    }

    /// Words that have to be looked up in the texts, found once for as long as the segment is held: matching, counting and
    /// scoring all ask for them.
    pub fn looked_up(
        &self,
        field: Field,
        form: &Alternative,
        find: impl FnOnce() -> tantivy::Result<Occurrences>,
    ) -> tantivy::Result<Arc<Occurrences>> {
        if let Some((_, _, words)) = self.looked_up.borrow().iter().find(|(f, known, _)| *f == field && known == form) {
            return Ok(Arc::clone(words));
        }
        let words = Arc::new(find()?);
        self.looked_up.borrow_mut().push((field, form.clone(), Arc::clone(&words)));
        Ok(words)
    }

    /// The terms of this segment that a prefix or a fuzzy word stands for as a whole, up to one more than are allowed.
    pub fn expand(&self, field: Field, alternative: &Alternative) -> tantivy::Result<Vec<String>> {
        let index = self.reader.inverted_index(field)?;
        let mut terms = Vec::new();
        for_each_expansion(index.terms(), alternative, |term| {
            terms.push(term.to_owned());
            terms.len() <= MOST_EXPANSIONS
        })?;
        Ok(terms)
    }

    /// The documents that are not deleted and match, ascending.
    pub fn matches(&self, cursor: &mut Cursor<'_>) -> Vec<DocId> {
        let mut docs = Vec::new();
        self.for_each_match(cursor, |doc| docs.push(doc));
        docs
    }

    /// Calls `visit` for each document that is not deleted and matches, in ascending order.
    pub fn for_each_match(&self, cursor: &mut Cursor<'_>, mut visit: impl FnMut(DocId)) {
        let end = self.reader.max_doc();
        let mut doc = cursor.seek(0);
        while doc < end {
            if self.is_alive(doc) && cursor.matches(doc) {
                visit(doc);
            }
            doc = cursor.seek(doc + 1);
        }
    }
}
