//! The columns of a segment: each opened once for as long as the index is open, and read for many documents at a time.
//!
//! Opening a column looks its name up in the segment's directory of columns; asking it for one value is a call through a
//! pointer that first finds where the document's values lie. Both cost little for the ten hits of an answer and most of
//! the time where every passage of an archive is counted, so that counting reads in bulk ([`Batch`]).

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::column_index::{ColumnIndex, MultiValueIndex};
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocId, SegmentReader};

/// More different values than a column of a whole index has; the gazetteer and a user's layer together have fewer places.
const MOST_TERMS: usize = 1 << 26;

/// The columns of one segment that have been asked for.
#[derive(Default)]
pub struct Columns {
    numbers: Mutex<Vec<(String, Column<u64>)>>,
    terms: Mutex<Vec<(String, Option<StrColumn>)>>,
}

impl Columns {
    /// A column with any number of values a document; empty where no document has one.
    pub fn numbers(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Column<u64>> {
        kept(&self.numbers, name, || {
            let column = reader.fast_fields().column_opt::<u64>(name)?;
            Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        })
    }

    /// A column of words or facet paths; `None` where no document has one.
    pub fn terms(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Option<StrColumn>> {
        kept(&self.terms, name, || {
            let column = reader.fast_fields().str(name)?;
            match column.as_ref().map(|column| column.num_terms()) {
                // Room is made for each of them; a damaged file must not ask for more than there is.
                Some(terms) if terms > MOST_TERMS => {
                    Err(DataCorruption::comment_only(format!("the column `{name}` claims {terms} different values"))
                        .into())
                }
                _ => Ok(column),
            }
        })
    }
}

/// Documents that are read together: their values stay in the processor's cache.
pub const BLOCK: usize = 2048;

/// What is kept under a name, opened where it is asked for the first time. Nobody waits while a column is opened: two that
/// ask for it at once both open it, and the first is kept.
fn kept<C: Clone>(
    columns: &Mutex<Vec<(String, C)>>,
    name: &str,
    open: impl FnOnce() -> tantivy::Result<C>,
) -> tantivy::Result<C> {
    let known = || columns.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, column)) = known().iter().find(|(other, _)| other == name) {
        return Ok(column.clone());
    }
    let opened = open()?;
    let mut columns = known();
    if let Some((_, column)) = columns.iter().find(|(other, _)| other == name) {
        return Ok(column.clone());
    }
    columns.push((name.to_owned(), opened.clone()));
    Ok(opened)
}

/// The first value of each document, 0 where there is none; without a detour where every document has one.
pub fn first_values(column: Column<u64>) -> Arc<dyn ColumnValues<u64>> {
    match &column.index {
        ColumnIndex::Full => column.values,
        _ => column.first_or_default_col(0),
    }
}

/// Reads the values in these places, which are ascending, in place of what `out` holds.
pub fn read_values(values: &dyn ColumnValues<u64>, places: &[u32], out: &mut Vec<u64>) {
    out.clear();
    out.resize(places.len(), 0);
    match contiguous(places) {
        Some(first) => values.get_range(u64::from(first), out),
        None => values.get_vals(places, out),
    }
}

/// The values of some documents in a column, read together.
#[derive(Default)]
pub struct Batch {
    /// Where the values of each document end; they begin where those of the one before end.
    ends: Vec<u32>,
    values: Vec<u64>,
    rows: Vec<u32>,
    having: Vec<DocId>,
    ranks: Vec<u32>,
    starts: Vec<u32>,
}

impl Batch {
    /// Reads the values of these documents, which are ascending, in place of those read before.
    pub fn read(&mut self, column: &Column<u64>, docs: &[DocId]) {
        self.ends.clear();
        self.rows.clear();
        self.having.clear();
        self.ranks.clear();
        match &column.index {
            ColumnIndex::Empty { .. } => {
                self.ends.resize(docs.len(), 0);
                self.values.clear();
            }
            ColumnIndex::Full => {
                self.ends.extend(1..=docs.len() as u32);
                read_values(&*column.values, docs, &mut self.values);
            }
            ColumnIndex::Optional(optional) => {
                optional.rank_if_exists_batch(docs, &mut self.having, &mut self.rows);
                let mut end = 0;
                self.end_each(docs, |_| {
                    end += 1;
                    end
                });
                read_values(&*column.values, &self.rows, &mut self.values);
            }
            ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(several)) => {
                several.optional_index.rank_if_exists_batch(docs, &mut self.having, &mut self.ranks);
                match contiguous(&self.ranks) {
                    Some(first) => self.read_run(column, docs, &*several.start_index_column, first),
                    None => self.read_scattered(column, docs),
                }
            }
            ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV1(_)) => self.read_scattered(column, docs),
        }
    }

    /// The values of all documents.
    pub fn all(&self) -> &[u64] {
        &self.values
    }

    /// The values of the document that was given in this place.
    pub fn of(&self, n: usize) -> &[u64] {
        let end = |n: usize| self.ends.get(n).map_or(0, |end| *end as usize);
        let start = n.checked_sub(1).map_or(0, end);
        self.values.get(start..end(n)).unwrap_or_default()
    }

    /// Reads documents between which no other has values: theirs lie side by side, from those of `first` among the
    /// documents that have any.
    fn read_run(&mut self, column: &Column<u64>, docs: &[DocId], starts: &dyn ColumnValues<u32>, first: u32) {
        let mut run = std::mem::take(&mut self.starts);
        run.clear();
        run.resize(self.ranks.len() + 1, 0);
        starts.get_range(u64::from(first), &mut run);
        let (from, to) = (run.first().copied().unwrap_or(0), run.last().copied().unwrap_or(0));
        self.end_each(docs, |n| run.get(n + 1).copied().unwrap_or(to).saturating_sub(from));
        self.values.clear();
        self.values.resize(to.saturating_sub(from) as usize, 0);
        column.values.get_range(u64::from(from), &mut self.values);
        self.starts = run;
    }

    fn read_scattered(&mut self, column: &Column<u64>, docs: &[DocId]) {
        for doc in docs {
            self.rows.extend(column.index.value_row_ids(*doc));
            self.ends.push(self.rows.len() as u32);
        }
        read_values(&*column.values, &self.rows, &mut self.values);
    }

    /// Sets where the values of each document end: `end` tells it of the `n`-th that has any.
    fn end_each(&mut self, docs: &[DocId], mut end: impl FnMut(usize) -> u32) {
        let (mut n, mut last) = (0, 0);
        for doc in docs {
            if self.having.get(n) == Some(doc) {
                last = end(n);
                n += 1;
            }
            self.ends.push(last);
        }
    }
}

/// The first of these ascending numbers where none is left out between it and the last.
fn contiguous(numbers: &[u32]) -> Option<u32> {
    let (first, last) = (numbers.first()?, numbers.last()?);
    (last.checked_sub(*first)? as usize + 1 == numbers.len()).then_some(*first)
}

/// Calls `visit` with each path of a facet column's dictionary and its number, ascending.
pub(crate) fn for_each_path(column: &StrColumn, mut visit: impl FnMut(u64, &str)) -> tantivy::Result<()> {
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        if let Ok(path) = std::str::from_utf8(stream.key()) {
            visit(stream.term_ord(), path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{FAST, Schema};
    use tantivy::{Index, TantivyDocument};

    use super::*;

    /// A column with this many values in each document, numbered through.
    fn column(counts: &[usize]) -> Column<u64> {
        let mut schema = Schema::builder();
        let field = schema.add_u64_field("n", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let mut next = 0;
        for count in counts {
            let mut document = TantivyDocument::default();
            for _ in 0..*count {
                document.add_u64(field, next);
                next += 1;
            }
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        Columns::default().numbers(searcher.segment_reader(0), "n").unwrap()
    }

    #[test]
    fn what_is_read_together_is_what_is_read_one_by_one() {
        let shapes: [&dyn Fn(usize) -> usize; 5] =
            [&|_| 0, &|_| 1, &|n| usize::from(n % 3 != 1), &|n| n % 4, &|n| if n % 50 == 7 { 3 } else { 0 }];
        let mut batch = Batch::default();
        for shape in shapes {
            let counts: Vec<usize> = (0..300).map(shape).collect();
            let column = column(&counts);
            for (every, from) in [(1, 0), (1, 123), (2, 1), (7, 3), (299, 0)] {
                let docs: Vec<DocId> = (from..300).step_by(every).collect();
                batch.read(&column, &docs);
                for (n, doc) in docs.iter().enumerate() {
                    let alone: Vec<u64> = column.values_for_doc(*doc).collect();
                    assert_eq!(batch.of(n), alone, "document {doc} of every {every} from {from}");
                }
            }
            batch.read(&column, &[]);
            assert!(batch.of(0).is_empty());
        }
    }
}
