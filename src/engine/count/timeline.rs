//! Counting matches by time.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::engine::count::tally::tally_matches;
use crate::engine::matching::event::{Dates, FirstWithDays};
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::index::record::unpack_days;
use crate::model::answer::{Counts, EventCounts, Timeline, TimelineBucket};
use crate::model::days::{DayRange, TimeUnit};
use crate::model::error::{Error, Result};
use crate::model::event::EventKind;
use crate::model::question::DateKind;

/// The most buckets that a timeline may have, empty ones included: a day each for over a thousand years.
const MOST_BUCKETS: usize = 400_000;

/// Places in the tally of what is in no bucket; a place takes [`NUMBERS_A_PLACE`] numbers.
const TOTAL: usize = 0;
const COARSER: usize = 1;
const UNDATED: usize = 2;
const FIRST_BUCKET: usize = 3;

/// Numbers of the tally that a place takes: one for all, and one for each kind of days.
const NUMBERS_A_PLACE: usize = 1 + EventKind::ALL.len();

/// Where an expression is counted.
#[derive(Clone)]
enum Destination {
    /// In the buckets with these places in the tally.
    Buckets(Vec<usize>),
    /// In none, since it is longer than a bucket.
    Longer,
    /// In none, since its bucket was not asked for.
    Elsewhere,
}

/// Counts the complete matches of a search by bucket. An expression counts in the bucket that holds it whole, and a
/// publication that stands for the days of an event also in that of the day before it, for which it answers; passages whose
/// days are all longer are counted apart, as are those without any, so that neither makes a spike.
pub(crate) fn count(search: &Search<'_>, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
    let dates = Dates::of(kind, search.question);
    // A passage that answers by one date may speak of others far off; the picture is of the days asked for.
    let asked = search.question.bounding_days(kind);
    let mut numbers: BTreeMap<DayRange, usize> = BTreeMap::new();
    let mut destination = |packed: u64, kind: EventKind| {
        let days = unpack_days(packed);
        let Some(bucket) = unit.bucket_of(days.from).filter(|b| b.contains(days)) else { return Destination::Longer };
        let before = unit.bucket_of(kind.first_answered(days));
        let each = before.filter(|before| *before != bucket).into_iter().chain([bucket]);
        let shown = each.filter(|bucket| asked.is_empty() || asked.iter().any(|days| days.answered_by(*bucket, true)));
        let mut place = |bucket: DayRange| {
            let next = FIRST_BUCKET + numbers.len();
            *numbers.entry(bucket).or_insert(next)
        };
        let places: Vec<usize> = shown.map(&mut place).collect();
        if places.is_empty() { Destination::Elsewhere } else { Destination::Buckets(places) }
    };
    // The same days are spoken of in many passages.
    let mut known: [FxHashMap<u64, Destination>; 2] = Default::default();
    let open = |segment: &Segment<'_>| {
        let columns = dates.columns(segment)?;
        let last = columns.len() - 1;
        Ok(columns.into_iter().enumerate().map(|(n, (column, kind))| (column, (kind, n == last))).collect())
    };
    let mut first = FirstWithDays::default();
    let tally = tally_matches(search, open, |(kind, is_last), days, tally| {
        if *kind == EventKind::Named {
            tally.add(TOTAL * NUMBERS_A_PLACE);
        }
        if !first.counts(*kind, days) {
            if *is_last && first.none_so_far() {
                tally.add(UNDATED * NUMBERS_A_PLACE);
            }
            return;
        }
        let mut add = |place: usize| {
            tally.add(place * NUMBERS_A_PLACE);
            tally.add(place * NUMBERS_A_PLACE + 1 + *kind as usize);
        };
        add(TOTAL);
        let (mut coarser, mut shown) = (false, false);
        for packed in days {
            let known = &mut known[usize::from(*kind == EventKind::Published)];
            match known.entry(*packed).or_insert_with(|| destination(*packed, *kind)) {
                Destination::Buckets(places) => {
                    shown = true;
                    places.iter().copied().for_each(&mut add);
                }
                Destination::Longer => coarser = true,
                Destination::Elsewhere => {}
            }
        }
        if coarser && !shown {
            add(COARSER);
        }
    })?;
    let counts = |place: usize| tally.counts(place * NUMBERS_A_PLACE);
    let events = |place: usize| {
        let of = |kind: EventKind| tally.counts(place * NUMBERS_A_PLACE + 1 + kind as usize);
        (dates != Dates::Published).then(|| EventCounts::by(of))
    };
    let mut buckets: Vec<TimelineBucket> = Vec::new();
    for (days, place) in &numbers {
        // Empty buckets between two that hold something are part of the picture.
        while let Some(last) = buckets.last()
            && last.days.to.plus(1) < days.from
            && let Some(empty) = unit.bucket_of(last.days.to.plus(1))
        {
            buckets.push(TimelineBucket {
                days: empty,
                counts: Counts::default(),
                events: (dates != Dates::Published).then(EventCounts::default),
            });
            if buckets.len() > MOST_BUCKETS {
                return Err(Error::Usage(format!(
                    "a timeline from {} to {} has more than {MOST_BUCKETS} buckets of this length; use a longer one with --by, or \
                     --from and --to",
                    buckets[0].days.from, days.to
                )));
            }
        }
        buckets.push(TimelineBucket { days: *days, counts: counts(*place), events: events(*place) });
    }
    let (coarser, undated, total) = (counts(COARSER), counts(UNDATED), counts(TOTAL));
    Ok(Timeline { buckets, coarser, undated, total, events: events(TOTAL) })
}
