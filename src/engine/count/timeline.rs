//! Counting matches by time.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::engine::count::tally::tally_matches;
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::index::record::unpack_days;
use crate::model::answer::{Counts, Timeline, TimelineBucket};
use crate::model::days::{DayRange, TimeUnit};
use crate::model::error::{Error, Result};
use crate::model::question::DateKind;

/// The most buckets that a timeline may have, empty ones included: a day each for over a thousand years.
const MOST_BUCKETS: usize = 400_000;

/// Values of the tally that are no buckets.
const TOTAL: usize = 0;
const COARSER: usize = 1;
const UNDATED: usize = 2;
const FIRST_BUCKET: usize = 3;

/// Where an expression is counted.
#[derive(Clone, Copy)]
enum Destination {
    /// In the bucket with this value of the tally.
    Bucket(usize),
    /// In none, since it is longer than a bucket.
    Longer,
    /// In none, since its bucket was not asked for.
    Elsewhere,
}

/// Counts the complete matches of a search by bucket. An expression counts in the bucket that holds it whole; passages
/// whose expressions are all longer are counted apart, as are those without any, so that neither makes a spike.
pub(crate) fn count(search: &Search<'_>, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
    let column = match kind {
        DateKind::Published => "published",
        DateKind::Event | DateKind::Either => "event",
    };
    // A passage that answers by one date may speak of others far off; the picture is of the days asked for.
    let asked = search.question.bounding_days(kind);
    let mut numbers: BTreeMap<DayRange, usize> = BTreeMap::new();
    let mut bucket_of = |packed: u64| {
        let days = unpack_days(packed);
        let Some(bucket) = unit.bucket_of(days.from).filter(|b| b.contains(days)) else { return Destination::Longer };
        if !asked.is_empty() && !asked.iter().any(|asked| asked.answered_by(bucket, true)) {
            return Destination::Elsewhere;
        }
        let next = FIRST_BUCKET + numbers.len();
        Destination::Bucket(*numbers.entry(bucket).or_insert(next))
    };
    // The same days are spoken of in many passages.
    let mut known: FxHashMap<u64, Destination> = FxHashMap::default();
    let open = |segment: &Segment<'_>| Ok(vec![(segment.column(column)?, ())]);
    let tally = tally_matches(search, open, |(), days, tally| {
        tally.add(TOTAL);
        let (mut coarser, mut shown) = (false, false);
        for packed in days {
            match *known.entry(*packed).or_insert_with(|| bucket_of(*packed)) {
                Destination::Bucket(value) => {
                    shown = true;
                    tally.add(value);
                }
                Destination::Longer => coarser = true,
                Destination::Elsewhere => {}
            }
        }
        if days.is_empty() {
            tally.add(UNDATED);
        } else if coarser && !shown {
            tally.add(COARSER);
        }
    })?;
    let mut buckets: Vec<TimelineBucket> = Vec::new();
    for (days, value) in &numbers {
        // Empty buckets between two that hold something are part of the picture.
        while let Some(last) = buckets.last()
            && last.days.to.plus(1) < days.from
            && let Some(empty) = unit.bucket_of(last.days.to.plus(1))
        {
            buckets.push(TimelineBucket { days: empty, counts: Counts::default() });
            if buckets.len() > MOST_BUCKETS {
                return Err(Error::Usage(format!(
                    "a timeline from {} to {} has more than {MOST_BUCKETS} buckets of this length; use a longer one with --by, or \
                     --from and --to",
                    buckets[0].days.from, days.to
                )));
            }
        }
        buckets.push(TimelineBucket { days: *days, counts: tally.counts(*value) });
    }
    Ok(Timeline { buckets, coarser: tally.counts(COARSER), undated: tally.counts(UNDATED), total: tally.counts(TOTAL) })
}
