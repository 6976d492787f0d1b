//! Counting by the values that the terms of fields count for, a value once a passage.
//!
//! There are two ways to the same counts. Where few passages match, each is asked for its terms. Where many do, the lists
//! of the passages that hold each term are gone through: far fewer steps a passage, but always all of them.

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;

use crate::engine::count::facets::counter::{Counted, Counter};
use crate::engine::count::tally::{Matches, Tally, Values};
use crate::engine::count::term_lists::TermLists;
use crate::engine::segment::Segment;
use crate::engine::segment::columns::{Batch, for_each_path};
use crate::engine::segment::doc_set::DocumentSet;
use crate::model::error::Result;

/// The values that a term counts for.
type ValuesOf<'a> = Box<dyn Fn(&str) -> Vec<String> + 'a>;

/// A field whose terms are counted by.
pub(super) struct FacetTerms<'a> {
    /// Its name.
    pub(super) name: &'static str,
    pub(super) field: Field,
    /// Whether its terms are paths, so that a passage holds all that its path lies below too.
    pub(super) paths: bool,
    /// Each value counts for every passage that holds the term.
    pub(super) values_of: ValuesOf<'a>,
}

/// Counts by the terms of one field or of several together.
pub(super) struct TermCounter<'a> {
    fields: Vec<FacetTerms<'a>>,
    values: Values,
    tally: Tally,
}

impl<'a> TermCounter<'a> {
    /// A counter that has counted nothing.
    pub(super) fn new(fields: Vec<FacetTerms<'a>>) -> Self {
        TermCounter { fields, values: Values::default(), tally: Tally::default() }
    }
}

impl Counter for TermCounter<'_> {
    fn add(&mut self, matches: &Matches<'_, '_>) -> Result<()> {
        let TermCounter { fields, values, tally } = self;
        let (segment, fail) = (matches.segment, |e| matches.fail(e));
        if !matches.are_many() {
            let tables = tables_of(segment, matches.docs, fields, values).map_err(fail)?;
            return matches.tally(matches.docs, tables, tally, Table::count);
        }
        let (own, copies) = matches.without_copies();
        let lists = TermLists::of(segment, fields.iter().map(|by| (by.field, &*by.values_of)), values);
        lists.and_then(|lists| lists.count(segment, &own, tally)).map_err(fail)?;
        if copies.is_empty() {
            return Ok(());
        }
        // What a copy counts for depends on what was counted of the others.
        let tables = tables_of(segment, &copies, fields, values).map_err(fail)?;
        matches.tally(&copies, tables, tally, Table::count)
    }

    fn counts(self: Box<Self>) -> Vec<Counted> {
        let counted = self.values.counted(&self.tally).filter(|(_, counts)| counts.passages > 0);
        counted.map(|(value, counts)| Counted { value, counts, events: None }).collect()
    }
}

/// The values that the numbers in a column's dictionary count for.
pub(super) struct Table {
    /// Where those of each number end in `values`; they begin where those of the one before end.
    ends: Vec<u32>,
    values: Vec<u32>,
}

/// The columns of some fields, with what their values in these documents count for.
pub(super) fn tables_of(
    segment: &Segment<'_>,
    docs: &DocumentSet,
    fields: &[FacetTerms<'_>],
    values: &mut Values,
) -> tantivy::Result<Vec<(Column<u64>, Table)>> {
    let mut tables = Vec::with_capacity(fields.len());
    for by in fields {
        if let Some(terms) = segment.words(by.name)? {
            tables.push((terms.ords().clone(), Table::of(&terms, docs, by, values)?));
        }
    }
    Ok(tables)
}

impl Table {
    /// The table of a segment's column, for the numbers that these documents have.
    fn of(column: &StrColumn, docs: &DocumentSet, by: &FacetTerms<'_>, values: &mut Values) -> tantivy::Result<Self> {
        let mut wanted = vec![false; column.num_terms()];
        let mut batch = Batch::default();
        for block in docs.blocks() {
            batch.read(column.ords(), &block);
            for ord in batch.all() {
                if let Some(wanted) = wanted.get_mut(*ord as usize) {
                    *wanted = true;
                }
            }
        }
        let mut known: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let mut numbers_of = |term: &str, out: &mut Vec<u32>| {
            if let Some(numbers) = known.get(term) {
                out.extend(numbers);
                return;
            }
            let numbers: Vec<u32> = (by.values_of)(term).into_iter().map(|v| values.number_of(v) as u32).collect();
            out.extend(&numbers);
            known.insert(term.to_owned(), numbers);
        };
        let mut table = Table { ends: Vec::with_capacity(column.num_terms()), values: Vec::new() };
        for_each_path(column, |ord, path| {
            if !wanted.get(ord as usize).is_some_and(|wanted| *wanted) {
                return;
            }
            // What is not wanted, or no text, counts for nothing.
            table.ends.resize(ord as usize, table.values.len() as u32);
            if by.paths {
                path.match_indices('\0').for_each(|(end, _)| numbers_of(&path[..end], &mut table.values));
            }
            numbers_of(path, &mut table.values);
            table.ends.push(table.values.len() as u32);
        })?;
        Ok(table)
    }

    /// The values that a number of the dictionary counts for.
    pub(super) fn values(&self, ord: u64) -> &[u32] {
        let end = |ord: u64| self.ends.get(ord as usize).map_or(0, |end| *end as usize);
        self.values.get(ord.checked_sub(1).map_or(0, end)..end(ord)).unwrap_or_default()
    }

    /// Counts a passage with these numbers of the dictionary.
    fn count(&mut self, ords: &[u64], tally: &mut Tally) {
        for ord in ords {
            for value in self.values(*ord) {
                tally.add(*value as usize);
            }
        }
    }
}
