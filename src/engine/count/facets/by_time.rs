//! Counting the values of a facet by time: a cell for each value and bucket, all in one walk over the matches.
//!
//! A cell is the count of the search filtered by its value and its bucket, so that dates count by the rule of the filters, as
//! in facets of dates: an expression counts in each bucket that a search for the bucket would find it for.

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;

use crate::engine::count::facets::answer_of;
use crate::engine::count::facets::counter::Counted;
use crate::engine::count::facets::days::periods_answered;
use crate::engine::count::facets::terms::{Table, tables_of};
use crate::engine::count::facets::values::fields_of;
use crate::engine::count::tally::{Matches, Tally, Values, walk_matches};
use crate::engine::matching::event::{Dates, FirstWithDays};
use crate::engine::search::Search;
use crate::index::record::unpack_days;
use crate::model::answer::{FacetAsk, FacetCount, FacetField, FacetRow, FacetTable, TimeCell, TimeCounts};
use crate::model::days::{DayRange, DayRangeBounds, TimeUnit};
use crate::model::error::{Error, Result};
use crate::model::event::EventKind;
use crate::model::question::DateKind;

/// The most buckets that a table may have: a day each for over a thousand years.
const MOST_BUCKETS: usize = 400_000;

/// Columns of the table that are no buckets.
const TOTAL: u32 = 0;
const COARSER: u32 = 1;
const UNDATED: u32 = 2;
const FIRST_BUCKET: u32 = 3;

/// The row of all matches, whatever their values.
const ALL: u32 = u32::MAX;

/// Counts the complete matches of a search by the values of a field and by time.
///
/// # Errors
/// [`Error::Usage`] for a field of dates, and where there would be too many buckets; where the index is damaged.
pub(crate) fn count(search: &Search<'_>, ask: &FacetAsk, kind: DateKind, unit: TimeUnit) -> Result<FacetTable> {
    if matches!(ask.field, FacetField::Date | FacetField::Published) {
        return Err(Error::Usage("dates are the columns of a table by time and cannot be its rows".to_owned()));
    }
    let fields = fields_of(search, ask)?;
    let mut values = Values::default();
    let mut columns = Columns::of(search, kind, unit);
    let (mut cells, mut tally) = (Cells::default(), Tally::default());
    walk_matches(search, |matches| {
        let mut known = columns.opened(matches)?;
        let tables = tables_of(matches.segment, matches.docs, &fields, &mut values).map_err(|e| matches.fail(e))?;
        known.extend(tables.into_iter().map(|(column, table)| (column, Known::Values(table))));
        let mut first = FirstWithDays::default();
        // The dates of a passage are read before its values.
        let mut of_passage: Vec<u32> = Vec::new();
        matches.tally(matches.docs, known, &mut tally, |known, numbers, tally| match known {
            Known::Days { kind, is_last } => {
                if first.counts(*kind, numbers) {
                    columns.of_days(*kind, numbers, &mut of_passage);
                }
                if *is_last {
                    if first.none_so_far() {
                        of_passage.splice(.., [TOTAL, UNDATED]);
                    }
                    of_passage.iter().for_each(|column| tally.add(cells.number_of(ALL, *column)));
                }
            }
            Known::Values(table) => {
                for value in numbers.iter().flat_map(|ord| table.values(*ord)) {
                    of_passage.iter().for_each(|column| tally.add(cells.number_of(*value, *column)));
                }
            }
        })
    })?;
    columns.refuse_too_many()?;
    let mut rows = cells.rows(&columns, &tally);
    let total = rows.remove(&ALL).unwrap_or_default();
    let mut by_value: FxHashMap<String, TimeCounts> =
        values.into_names().zip(0..).filter_map(|(name, number)| Some((name, rows.remove(&number)?))).collect();
    let counted =
        |(value, row): (&String, &TimeCounts)| Counted { value: value.clone(), counts: row.total, events: None };
    let counted = by_value.iter().map(counted).collect();
    let facet = answer_of(ask, counted, search.snapshot.gazetteer());
    let row = |value: FacetCount| {
        let time = by_value.remove(&value.value).unwrap_or_default();
        FacetRow { value, time }
    };
    Ok(FacetTable { rows: facet.values.into_iter().map(row).collect(), all: facet.all, total })
}

/// What a column of a segment tells of a passage.
enum Known {
    /// Days that it is counted by, if no column before has some.
    Days {
        /// What they rest on.
        kind: EventKind,
        /// Whether this is the last column of days.
        is_last: bool,
    },
    /// The values that it counts for.
    Values(Table),
}

/// The columns of the table.
struct Columns {
    /// The days that are counted by.
    dates: Dates,
    unit: TimeUnit,
    coarse: bool,
    /// Days to which every match is bound. A passage that answers by one date may speak of others far off; the picture is of
    /// the days asked for.
    asked: Vec<DayRangeBounds>,
    /// The number of each bucket.
    numbers: FxHashMap<DayRange, u32>,
    /// What packed days of each kind count for: the same days are spoken of in many passages.
    known: FxHashMap<(EventKind, u64), Answered>,
}

/// The buckets that days answer for.
struct Answered {
    /// Those that were asked for.
    buckets: Vec<u32>,
    /// Whether there are none at all, since the days are longer than any bucket.
    is_longer: bool,
}

impl Columns {
    fn of(search: &Search<'_>, kind: DateKind, unit: TimeUnit) -> Self {
        let dates = Dates::of(kind, search.question);
        let (coarse, asked) = (search.question.coarse, search.question.bounding_days(kind));
        Columns { dates, unit, coarse, asked, numbers: FxHashMap::default(), known: FxHashMap::default() }
    }

    /// The index's columns of days in a segment.
    fn opened(&self, matches: &Matches<'_, '_>) -> Result<Vec<(Column<u64>, Known)>> {
        let columns = self.dates.columns(matches.segment).map_err(|e| matches.fail(e))?;
        let last = columns.len() - 1;
        let opened = |(n, (column, kind))| (column, Known::Days { kind, is_last: n == last });
        Ok(columns.into_iter().enumerate().map(opened).collect())
    }

    /// The columns that a passage with these days of a kind counts in.
    fn of_days(&mut self, kind: EventKind, days: &[u64], out: &mut Vec<u32>) {
        let Columns { unit, coarse, asked, numbers, known, .. } = self;
        out.clear();
        out.push(TOTAL);
        let mut all_longer = true;
        for packed in days {
            let answered = known.entry((kind, *packed)).or_insert_with(|| {
                let periods = periods_answered(unpack_days(*packed), kind, *unit, None, *coarse);
                let is_longer = periods.is_empty();
                let is_asked =
                    |period: &DayRange| asked.is_empty() || asked.iter().any(|asked| asked.answered_by(*period, true));
                let mut number = |period| {
                    let next = FIRST_BUCKET.saturating_add(numbers.len() as u32);
                    *numbers.entry(period).or_insert(next)
                };
                Answered { buckets: periods.into_iter().filter(is_asked).map(&mut number).collect(), is_longer }
            });
            all_longer &= answered.is_longer;
            out.extend(&answered.buckets);
        }
        if all_longer {
            out.push(COARSER);
        }
    }

    fn refuse_too_many(&self) -> Result<()> {
        if self.numbers.len() <= MOST_BUCKETS {
            return Ok(());
        }
        let reason = format!(
            "the table has more than {MOST_BUCKETS} buckets of this length; use a longer one with --by, or --from and --to"
        );
        Err(Error::Usage(reason))
    }
}

/// The number of each cell in the tally.
#[derive(Default)]
struct Cells(FxHashMap<(u32, u32), usize>);

impl Cells {
    fn number_of(&mut self, row: u32, column: u32) -> usize {
        let next = self.0.len();
        *self.0.entry((row, column)).or_insert(next)
    }

    /// The rows by the numbers of their values.
    fn rows(&self, columns: &Columns, tally: &Tally) -> FxHashMap<u32, TimeCounts> {
        let days: FxHashMap<u32, DayRange> = columns.numbers.iter().map(|(days, number)| (*number, *days)).collect();
        let mut rows: FxHashMap<u32, TimeCounts> = FxHashMap::default();
        for ((row, column), number) in &self.0 {
            let (row, counts) = (rows.entry(*row).or_default(), tally.counts(*number));
            match (*column, days.get(column)) {
                (TOTAL, _) => row.total = counts,
                (COARSER, _) => row.coarser = counts,
                (UNDATED, _) => row.undated = counts,
                (_, Some(days)) => row.cells.push(TimeCell { days: *days, counts }),
                (_, None) => {}
            }
        }
        rows.values_mut().for_each(|row| row.cells.sort_unstable_by_key(|cell| cell.days));
        rows
    }
}
