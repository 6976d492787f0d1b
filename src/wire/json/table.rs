//! Counts by value and by time.

use crate::model::answer::{Counts, EventCounts, FacetCount, FacetField, Timeline, TimelineBucket};
use crate::model::question::DateKind;
use crate::wire::json::write;
use crate::wire::labels::{date_kind, facet_name};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
pub(crate) struct FacetOut<'a> {
    field: &'static str,
    value: &'a str,
    label: &'a str,
    path: &'a [String],
    passages: u64,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<EventsOut>,
}

/// Writes one value of a facet.
pub fn facet(out: &mut dyn Write, field: FacetField, count: &FacetCount) -> io::Result<()> {
    let fields = FacetOut {
        field: facet_name(field),
        value: &count.value,
        label: &count.label,
        path: &count.path,
        passages: count.passages,
        articles: count.articles,
        events: count.events.map(EventsOut::from),
    };
    write(out, "facet", fields)
}

#[derive(Serialize)]
pub(crate) struct BucketOut {
    label: String,
    from: String,
    to: String,
    passages: u64,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<EventsOut>,
}

#[derive(Serialize)]
pub(crate) struct CountsOut {
    passages: u64,
    articles: u64,
}

impl From<Counts> for CountsOut {
    fn from(c: Counts) -> Self {
        CountsOut { passages: c.passages, articles: c.articles }
    }
}

/// Counts by what the days of events rest on.
#[derive(Serialize)]
pub(crate) struct EventsOut {
    named: CountsOut,
    carried: CountsOut,
    published: CountsOut,
}

impl From<EventCounts> for EventsOut {
    fn from(c: EventCounts) -> Self {
        EventsOut { named: c.named.into(), carried: c.carried.into(), published: c.published.into() }
    }
}

#[derive(Serialize)]
pub(crate) struct TimelineOut<'a> {
    on: &'static str,
    by: &'a str,
    buckets: usize,
    coarser: CountsOut,
    undated: CountsOut,
    total: CountsOut,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<EventsOut>,
}

/// Writes the buckets of a timeline and the line that ends them.
pub fn timeline(
    out: &mut dyn Write,
    timeline: &Timeline,
    on: DateKind,
    by: &str,
    label: impl Fn(&TimelineBucket) -> String,
) -> io::Result<()> {
    for bucket in &timeline.buckets {
        let fields = BucketOut {
            label: label(bucket),
            from: bucket.days.from.to_string(),
            to: bucket.days.to.to_string(),
            passages: bucket.counts.passages,
            articles: bucket.counts.articles,
            events: bucket.events.map(EventsOut::from),
        };
        write(out, "bucket", fields)?;
    }
    let fields = TimelineOut {
        on: date_kind(on),
        by,
        buckets: timeline.buckets.len(),
        coarser: timeline.coarser.into(),
        undated: timeline.undated.into(),
        total: timeline.total.into(),
        events: timeline.events.map(EventsOut::from),
    };
    write(out, "timeline", fields)
}
