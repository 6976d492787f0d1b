//! Counts by value and by time.

use crate::model::answer::{
    Counts, EventCounts, FacetCount, FacetField, FacetTable, TimeCounts, Timeline, TimelineBucket,
};
use crate::model::days::{DayRange, TimeUnit};
use crate::model::question::DateKind;
use crate::wire::json::write;
use crate::wire::labels::{date_kind, days_label, facet_name, unit_name};
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

#[derive(Serialize)]
pub(crate) struct TimeOut {
    cells: Vec<BucketOut>,
    coarser: CountsOut,
    undated: CountsOut,
    total: CountsOut,
}

impl TimeOut {
    fn of(time: &TimeCounts, unit: TimeUnit) -> Self {
        let cell = |days: DayRange, counts: Counts| BucketOut {
            label: days_label(unit, days),
            from: days.from.to_string(),
            to: days.to.to_string(),
            events: None,
            passages: counts.passages,
            articles: counts.articles,
        };
        TimeOut {
            cells: time.cells.iter().map(|c| cell(c.days, c.counts)).collect(),
            coarser: time.coarser.into(),
            undated: time.undated.into(),
            total: time.total.into(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct RowOut<'a> {
    field: &'static str,
    value: &'a str,
    label: &'a str,
    path: &'a [String],
    #[serde(flatten)]
    time: TimeOut,
}

#[derive(Serialize)]
pub(crate) struct TableOut {
    field: &'static str,
    on: &'static str,
    by: &'static str,
    rows: usize,
    values: usize,
    #[serde(flatten)]
    time: TimeOut,
}

/// Writes the rows of a facet by time and the line that ends them, with all that match.
pub fn facet_by_time(
    out: &mut dyn Write,
    table: &FacetTable,
    field: FacetField,
    on: DateKind,
    unit: TimeUnit,
) -> io::Result<()> {
    for row in &table.rows {
        let value = &row.value;
        let fields = RowOut {
            field: facet_name(field),
            value: &value.value,
            label: &value.label,
            path: &value.path,
            time: TimeOut::of(&row.time, unit),
        };
        write(out, "row", fields)?;
    }
    let fields = TableOut {
        field: facet_name(field),
        on: date_kind(on),
        by: unit_name(unit),
        rows: table.rows.len(),
        values: table.all,
        time: TimeOut::of(&table.total, unit),
    };
    write(out, "table", fields)
}
