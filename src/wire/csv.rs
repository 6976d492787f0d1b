//! CSV with a header, guarded against cells that a spreadsheet would run as a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::geo::Gazetteer;
use crate::model::answer::{Counts, EventCounts, FacetCount, FacetTable, Hit, Timeline, TimelineBucket};
use crate::model::days::DayRange;
use crate::model::event::EventKind;
use crate::model::place::PlaceId;
use crate::wire::sanitize;
use csv::Writer;

use crate::wire::labels::{date_kind, passage_id};

/// A writer of CSV rows onto the output.
pub struct Rows<'a>(Writer<&'a mut dyn Write>);

impl<'a> Rows<'a> {
    /// Writes the header.
    pub fn new(out: &'a mut dyn Write, header: &[&str]) -> io::Result<Self> {
        let mut rows = Rows(Writer::from_writer(out));
        rows.0.write_record(header).map_err(into_io)?;
        Ok(rows)
    }

    /// Writes a row. Cells are cleaned as for a terminal, on which they may well be printed.
    pub fn row(&mut self, cells: &[Cow<'_, str>]) -> io::Result<()> {
        self.0.write_record(cells.iter().map(|c| guarded(&sanitize::lines(c)).into_owned())).map_err(into_io)
    }

    /// Hands all rows on to the output.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn into_io(e: csv::Error) -> io::Error {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => e,
        _ => io::Error::other("a row could not be written as CSV"),
    }
}

/// A cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, after
/// any spaces, gets an apostrophe before it (OWASP, "CSV Injection"). Numbers stay numbers.
fn guarded(cell: &str) -> Cow<'_, str> {
    let risky = cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

/// The columns of hits.
pub const HIT_HEADER: [&str; 20] = [
    "rank",
    "score",
    "id",
    "title",
    "published",
    "source",
    "path",
    "line",
    "url",
    "record",
    "language",
    "places",
    "countries",
    "dates",
    "missing",
    "matched_date",
    "matched_event",
    "matched_event_days",
    "copies",
    "text",
];

/// A hit as a row. Several values in one cell are parted by `; `.
pub fn hit(rows: &mut Rows<'_>, hit: &Hit, gazetteer: &Gazetteer) -> io::Result<()> {
    let mut seen: Vec<&PlaceId> = Vec::new();
    for id in hit.passage.places.iter().filter_map(|m| m.place.as_ref()) {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let places: Vec<_> = seen.iter().filter_map(|id| gazetteer.place(id)).collect();
    let mut countries: Vec<String> = Vec::new();
    for code in places.iter().filter_map(|p| p.countries.first()) {
        if !countries.iter().any(|c| c == code.as_str()) {
            countries.push(code.to_string());
        }
    }
    let names: Vec<&str> = places.iter().map(|p| p.name.as_str()).collect();
    let dates: Vec<&str> = hit.passage.dates.iter().map(|d| d.value.as_str()).collect();
    let copies: Vec<&str> = hit.copies.iter().map(|c| c.path.as_str()).collect();
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    rows.row(&[
        hit.rank.to_string().into(),
        format!("{:.6}", hit.score).into(),
        passage_id(hit.article.id, &hit.passage).into(),
        hit.article.title.as_str().into(),
        hit.article.published.map(|(d, _)| d.to_string()).unwrap_or_default().into(),
        text(&hit.article.source).into(),
        hit.article.path.as_str().into(),
        hit.passage.line.map(|l| l.to_string()).unwrap_or_default().into(),
        text(&hit.article.url).into(),
        text(&hit.article.record).into(),
        text(&hit.article.language).into(),
        names.join("; ").into(),
        countries.join("; ").into(),
        dates.join("; ").into(),
        hit.missing.join("; ").into(),
        hit.matched.date.map(date_kind).unwrap_or_default().into(),
        hit.matched.event.map(|(kind, _)| kind.name()).unwrap_or_default().into(),
        hit.matched.event.map(|(_, days)| days.to_string()).unwrap_or_default().into(),
        copies.join("; ").into(),
        hit.passage.text.as_str().into(),
    ])
}

/// The columns of counts by what the days of events rest on, in passages.
const EVENT_COLUMNS: [&str; 3] = ["named", "carried", "published"];

/// Their cells; empty where there are no such counts.
fn event_cells<'a>(events: Option<EventCounts>) -> impl Iterator<Item = Cow<'a, str>> {
    let count = move |kind| events.map(|events| events.of(kind).passages.to_string()).unwrap_or_default();
    EventKind::ALL.into_iter().map(move |kind| count(kind).into())
}

/// A facet as a table; days of events with the passages by what these rest on.
pub fn facets(out: &mut dyn Write, counts: &[FacetCount]) -> io::Result<()> {
    let of_events = counts.iter().any(|count| count.events.is_some());
    let more = if of_events { &EVENT_COLUMNS[..] } else { &[] };
    let mut rows = Rows::new(out, &[&["value", "label", "path", "passages", "articles"], more].concat())?;
    for count in counts {
        let mut cells: Vec<Cow<'_, str>> = vec![
            count.value.as_str().into(),
            count.label.as_str().into(),
            count.path.join(" > ").into(),
            count.passages.to_string().into(),
            count.articles.to_string().into(),
        ];
        cells.extend(event_cells(count.events).take(more.len()));
        rows.row(&cells)?;
    }
    rows.finish()
}

/// A facet by time: a row for each value and bucket that hold something, then what no bucket holds and the total, with an empty
/// range; all that match, whatever their values, come last, with an empty value.
pub fn facet_by_time(out: &mut dyn Write, table: &FacetTable, label: impl Fn(DayRange) -> String) -> io::Result<()> {
    let mut rows = Rows::new(out, &["value", "label", "bucket", "from", "to", "passages", "articles"])?;
    let named = table.rows.iter().map(|row| (row.value.value.as_str(), row.value.label.as_str(), &row.time));
    for (value, name, time) in named.chain([("", "all matches", &table.total)]) {
        let mut write = |bucket: &str, days: Option<DayRange>, counts: Counts| {
            rows.row(&[
                value.into(),
                name.into(),
                bucket.into(),
                days.map(|days| days.from.to_string()).unwrap_or_default().into(),
                days.map(|days| days.to.to_string()).unwrap_or_default().into(),
                counts.passages.to_string().into(),
                counts.articles.to_string().into(),
            ])
        };
        for cell in &time.cells {
            write(&label(cell.days), Some(cell.days), cell.counts)?;
        }
        write("longer", None, time.coarser)?;
        write("undated", None, time.undated)?;
        write("total", None, time.total)?;
    }
    rows.finish()
}

/// A timeline as a table; what no bucket holds follows with an empty range. One of events has the passages by what their
/// days rest on.
pub fn timeline(out: &mut dyn Write, timeline: &Timeline, label: impl Fn(&TimelineBucket) -> String) -> io::Result<()> {
    let more = if timeline.events.is_some() { &EVENT_COLUMNS[..] } else { &[] };
    let mut rows = Rows::new(out, &[&["label", "from", "to", "passages", "articles"], more].concat())?;
    for bucket in &timeline.buckets {
        let mut cells: Vec<Cow<'_, str>> = vec![
            label(bucket).into(),
            bucket.days.from.to_string().into(),
            bucket.days.to.to_string().into(),
            bucket.counts.passages.to_string().into(),
            bucket.counts.articles.to_string().into(),
        ];
        cells.extend(event_cells(bucket.events).take(more.len()));
        rows.row(&cells)?;
    }
    for (name, counts) in [("longer", timeline.coarser), ("undated", timeline.undated)] {
        let mut cells: Vec<Cow<'_, str>> = vec![
            name.into(),
            "".into(),
            "".into(),
            counts.passages.to_string().into(),
            counts.articles.to_string().into(),
        ];
        cells.extend(event_cells(None).take(more.len()));
        rows.row(&cells)?;
    }
    rows.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not() {
        for risky in ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "  =1", "＝1"] {
            assert!(guarded(risky).starts_with('\''), "{risky:?}");
        }
        for safe in ["Kyiv", "-12.5", "+3", "", "a=b"] {
            assert_eq!(guarded(safe), safe);
        }
    }
}
