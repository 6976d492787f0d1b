//! Counting by the years, months and days that expressions overlap, with the rule that the filters have: an expression
//! counts for a period where a search for the period would find it.

use rustc_hash::FxHashMap;

use crate::engine::count::facets::counter::Counter;
use crate::engine::count::tally::{Matches, Tally};
use crate::index::record::unpack_days;
use crate::model::answer::{Counts, FacetAsk, FacetScope};
use crate::model::days::{Day, DayRange, DayRangeBounds, TimeUnit};
use crate::model::error::Result;

/// Counts by the days of a column.
pub(super) struct DayCounter {
    column: &'static str,
    unit: TimeUnit,
    scope: Option<DayRange>,
    coarse: bool,
    /// The number of each period in the tally.
    numbers: FxHashMap<DayRange, usize>,
    /// The periods that packed days count for: the same days are spoken of in many passages.
    known: FxHashMap<u64, Vec<usize>>,
    tally: Tally,
}

impl DayCounter {
    /// A counter by the unit that is asked for, else by the next smaller one below the days asked for, years where there
    /// are none.
    pub(super) fn new(column: &'static str, ask: &FacetAsk, coarse: bool) -> Self {
        let scope = match &ask.under {
            Some(FacetScope::Days(days)) => Some(*days),
            _ => None,
        };
        let unit = ask.unit.unwrap_or(match scope {
            None => TimeUnit::Year,
            Some(days) if days.days() > 31 => TimeUnit::Month,
            Some(_) => TimeUnit::Day,
        });
        let (numbers, known) = (FxHashMap::default(), FxHashMap::default());
        DayCounter { column, unit, scope, coarse, numbers, known, tally: Tally::default() }
    }
}

impl Counter for DayCounter {
    fn add(&mut self, matches: &Matches<'_, '_>) -> Result<()> {
        let column = matches.segment.column(self.column).map_err(|e| matches.fail(e))?;
        let DayCounter { unit, scope, coarse, numbers, known, tally, .. } = self;
        matches.tally(matches.docs, vec![(column, ())], tally, |(), days, tally| {
            for packed in days {
                let periods = known.entry(*packed).or_insert_with(|| {
                    let periods = periods_answered(unpack_days(*packed), *unit, *scope, *coarse);
                    let mut number = |period| {
                        let next = numbers.len();
                        *numbers.entry(period).or_insert(next)
                    };
                    periods.into_iter().map(&mut number).collect()
                });
                for period in periods {
                    tally.add(*period);
                }
            }
        })
    }

    fn counts(self: Box<Self>) -> Vec<(String, Counts)> {
        self.numbers.iter().map(|(period, n)| (period.to_string(), self.tally.counts(*n))).collect()
    }
}

/// The periods of a unit for which an expression answers, within a scope.
pub(super) fn periods_answered(days: DayRange, unit: TimeUnit, scope: Option<DayRange>, coarse: bool) -> Vec<DayRange> {
    let mut periods = Vec::new();
    let (from, to) = match scope {
        Some(scope) => (days.from.max(scope.from), days.to.min(scope.to)),
        None => (days.from, days.to),
    };
    // An expression longer than any period of this unit answers for none, however many it overlaps.
    let longest = if coarse { i64::MAX } else { longest_period(unit).max(DayRangeBounds::COARSEST_FOR_SHORT) };
    if days.days() > longest {
        return periods;
    }
    let mut at = from;
    while at <= to {
        let Some(period) = unit.bucket_of(at) else { break };
        let asked = DayRangeBounds { from: Some(period.from), to: Some(period.to) };
        if asked.answered_by(days, coarse) && scope.is_none_or(|s| s.contains(period)) {
            periods.push(period);
        }
        if period.to >= Day(i32::MAX) {
            break;
        }
        at = period.to.plus(1);
    }
    periods
}

fn longest_period(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Day => 1,
        TimeUnit::Week => 7,
        TimeUnit::Month => 31,
        TimeUnit::Quarter => 92,
        TimeUnit::Year => 366,
    }
}
