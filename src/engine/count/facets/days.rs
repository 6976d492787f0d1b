//! Counting by the years, months and days that expressions overlap, with the rule that the filters have: an expression
//! counts for a period where a search for the period would find it.

use rustc_hash::FxHashMap;

use crate::engine::count::facets::counter::{Counted, Counter};
use crate::engine::count::tally::{Matches, Tally};
use crate::engine::matching::event::{Dates, FirstWithDays, answers};
use crate::index::record::unpack_days;
use crate::model::answer::{EventCounts, FacetAsk, FacetScope};
use crate::model::days::{Day, DayRange, DayRangeBounds, TimeUnit};
use crate::model::error::Result;
use crate::model::event::EventKind;

/// Counts by the days of a column.
pub(super) struct DayCounter {
    dates: Dates,
    unit: TimeUnit,
    scope: Option<DayRange>,
    coarse: bool,
    /// The number of each period. In the tally, that of all and those of each kind stand side by side.
    numbers: FxHashMap<DayRange, usize>,
    /// The periods that packed days count for: the same days are spoken of in many passages. Publication counts for other
    /// periods than the same days do that are named.
    known: [FxHashMap<u64, Vec<usize>>; 2],
    tally: Tally,
}

/// Numbers of the tally that a period takes: one for all, and one for each kind.
const NUMBERS_A_PERIOD: usize = 1 + EventKind::ALL.len();

impl DayCounter {
    /// A counter by the unit that is asked for, else by the next smaller one below the days asked for, years where there
    /// are none.
    pub(super) fn new(dates: Dates, ask: &FacetAsk, coarse: bool) -> Self {
        let scope = match &ask.under {
            Some(FacetScope::Days(days)) => Some(*days),
            _ => None,
        };
        let unit = ask.unit.unwrap_or(match scope {
            None => TimeUnit::Year,
            Some(days) if days.days() > 31 => TimeUnit::Month,
            Some(_) => TimeUnit::Day,
        });
        let (numbers, known) = (FxHashMap::default(), Default::default());
        DayCounter { dates, unit, scope, coarse, numbers, known, tally: Tally::default() }
    }
}

impl Counter for DayCounter {
    fn add(&mut self, matches: &Matches<'_, '_>) -> Result<()> {
        let columns = self.dates.columns(matches.segment).map_err(|e| matches.fail(e))?;
        let DayCounter { unit, scope, coarse, numbers, known, tally, .. } = self;
        let mut first = FirstWithDays::default();
        matches.tally(matches.docs, columns, tally, |kind, days, tally| {
            if !first.counts(*kind, days) {
                return;
            }
            for packed in days {
                let known = &mut known[usize::from(*kind == EventKind::Published)];
                let periods = known.entry(*packed).or_insert_with(|| {
                    let periods = periods_answered(unpack_days(*packed), *kind, *unit, *scope, *coarse);
                    let mut number = |period| {
                        let next = numbers.len();
                        *numbers.entry(period).or_insert(next)
                    };
                    periods.into_iter().map(&mut number).collect()
                });
                for period in periods {
                    tally.add(*period * NUMBERS_A_PERIOD);
                    tally.add(*period * NUMBERS_A_PERIOD + 1 + *kind as usize);
                }
            }
        })
    }

    fn counts(self: Box<Self>) -> Vec<Counted> {
        let counted = |(period, n): (&DayRange, &usize)| {
            let first = n * NUMBERS_A_PERIOD;
            let events = EventCounts::by(|kind| self.tally.counts(first + 1 + kind as usize));
            Counted {
                value: period.to_string(),
                counts: self.tally.counts(first),
                events: (self.dates != Dates::Published).then_some(events),
            }
        };
        self.numbers.iter().map(counted).collect()
    }
}

/// The periods of a unit for which days of a kind answer, within a scope.
pub(super) fn periods_answered(
    days: DayRange,
    kind: EventKind,
    unit: TimeUnit,
    scope: Option<DayRange>,
    coarse: bool,
) -> Vec<DayRange> {
    let mut periods = Vec::new();
    let first = kind.first_answered(days);
    let (from, to) = match scope {
        Some(scope) => (first.max(scope.from), days.to.min(scope.to)),
        None => (first, days.to),
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
        if answers(kind, days, asked, coarse) && scope.is_none_or(|s| s.contains(period)) {
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
