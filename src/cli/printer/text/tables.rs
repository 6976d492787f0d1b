//! Counts as tables and bars.

use std::io::{self, Write};

use dateline::model::answer::{EventCounts, FacetCount, FacetField, Timeline};
use dateline::model::days::TimeUnit;
use dateline::model::event::EventKind;
use dateline::model::question::DateKind;
use dateline::wire::labels::{bucket_label, unit_name};
use unicode_width::UnicodeWidthStr;

use crate::cli::printer::layout::{counted, cut, number, padded};
use crate::cli::printer::{Out, Role};

/// The columns of a label at most, so that counts stay in sight.
const WIDEST_LABEL: usize = 44;
/// More empty buckets than this in a row are told in one line.
const EMPTY_ROWS: usize = 10;
/// Parts of a column that a bar can end in.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Passages by what the days of events rest on, as cells of equal width; nothing where all counts lack them, or all
/// passages name their days.
struct KindCells {
    wide: Option<[usize; 3]>,
}

impl KindCells {
    fn of<'c>(all: impl Iterator<Item = Option<&'c EventCounts>> + Clone) -> Self {
        let counts = |kind: EventKind| all.clone().flatten().map(move |events| events.of(kind).passages);
        let others = [EventKind::Carried, EventKind::Published];
        let any = others.into_iter().any(|kind| counts(kind).any(|n| n > 0));
        let width = |kind: EventKind| counts(kind).map(|n| number(n).width()).max().unwrap_or(0).max(kind.name().len());
        KindCells { wide: any.then(|| EventKind::ALL.map(width)) }
    }

    fn cells(&self, text: impl Fn(EventKind) -> String) -> String {
        let Some(wide) = self.wide else { return String::new() };
        EventKind::ALL.into_iter().zip(wide).map(|(kind, wide)| format!("  {:>wide$}", text(kind))).collect()
    }

    fn head(&self) -> String {
        self.cells(|kind| kind.name().to_owned())
    }

    fn row(&self, events: Option<&EventCounts>) -> String {
        self.cells(|kind| events.map(|events| number(events.of(kind).passages)).unwrap_or_default())
    }

    fn columns(&self) -> usize {
        self.wide.map_or(0, |wide| wide.iter().map(|wide| wide + 2).sum())
    }
}

/// Writes a facet as a table: name, what to filter by, passages, articles.
pub fn facets(out: &mut Out, field: FacetField, counts: &[FacetCount]) -> io::Result<()> {
    let passages: Vec<String> = counts.iter().map(|c| number(c.passages)).collect();
    let articles: Vec<String> = counts.iter().map(|c| number(c.articles)).collect();
    let widest = |cells: &[String], head: &str| cells.iter().map(|c| c.width()).chain([head.len()]).max().unwrap_or(0);
    let (wide_p, wide_a) = (widest(&passages, "passages"), widest(&articles, "articles"));
    let with_value = counts.iter().any(|c| c.value != c.label);
    let wide_v =
        if with_value { counts.iter().map(|c| c.value.width()).max().unwrap_or(0).clamp(5, 24) + 2 } else { 0 };
    let names: Vec<String> = counts.iter().map(|c| value_label(field, c)).collect();
    let kinds = KindCells::of(counts.iter().map(|count| count.events.as_ref()));
    let room = out.width.saturating_sub(wide_v + wide_p + wide_a + kinds.columns() + 4).max(12);
    let wide_n = names.iter().map(|n| n.width()).max().unwrap_or(0).clamp(8, WIDEST_LABEL.min(room));
    let name = dateline::wire::labels::facet_name(field);
    let value_head = if with_value { padded("value", wide_v) } else { String::new() };
    out.paint(
        Role::Dim,
        &format!(
            "{}  {value_head}{:>wide_p$}  {:>wide_a$}{}\n",
            padded(name, wide_n),
            "passages",
            "articles",
            kinds.head()
        ),
    )?;
    for (((count, name), passages), articles) in counts.iter().zip(&names).zip(&passages).zip(&articles) {
        out.write_all(padded(&cut(name, wide_n), wide_n).as_bytes())?;
        out.write_all(b"  ")?;
        if with_value {
            out.paint(Role::Dim, &padded(&cut(&count.value, wide_v - 2), wide_v))?;
        }
        let pad = |n: &str, wide: usize| format!("{}{n}", " ".repeat(wide.saturating_sub(n.width())));
        out.write_all(format!("{}  {}", pad(passages, wide_p), pad(articles, wide_a)).as_bytes())?;
        out.paint(Role::Dim, &kinds.row(count.events.as_ref()))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The name of a value; of a place also what it lies in, below the region.
pub fn value_label(field: FacetField, count: &FacetCount) -> String {
    match (field, count.path.as_slice()) {
        // Continent and region say little of a place; country and division tell it apart.
        (FacetField::Place, [_, _, between @ .., _]) if !between.is_empty() => {
            let within: Vec<&str> = between.iter().rev().map(String::as_str).collect();
            format!("{}, {}", count.label, within.join(", "))
        }
        _ => count.label.clone(),
    }
}

/// Writes a timeline as bars, passages to scale; empty buckets are shown, long runs of them in one line.
pub fn timeline(out: &mut Out, timeline: &Timeline, on: DateKind, unit: TimeUnit) -> io::Result<()> {
    let most = timeline.buckets.iter().map(|b| b.counts.passages).max().unwrap_or(0);
    let labels: Vec<String> = timeline.buckets.iter().map(|b| bucket_label(unit, b)).collect();
    let wide_l = labels.iter().map(|l| l.width()).max().unwrap_or(0);
    let wide_p = number(most).width().max("passages".len());
    let wide_a =
        timeline.buckets.iter().map(|b| number(b.counts.articles).width()).max().unwrap_or(0).max("articles".len());
    let kinds = KindCells::of(timeline.buckets.iter().map(|bucket| bucket.events.as_ref()));
    if !timeline.buckets.is_empty() {
        let kinds = kinds.head();
        let head = format!("{}  {:>wide_p$}  {:>wide_a$}{kinds}\n", " ".repeat(wide_l), "passages", "articles");
        out.paint(Role::Dim, &head)?;
    }
    let room = out.width.saturating_sub(wide_l + wide_p + wide_a + kinds.columns() + 6).max(4);
    let mut at = 0;
    while let (Some(bucket), Some(label)) = (timeline.buckets.get(at), labels.get(at)) {
        let empty = timeline.buckets.iter().skip(at).take_while(|b| b.counts.passages == 0).count();
        if empty > EMPTY_ROWS {
            let last = labels.get(at + empty - 1).map_or("", String::as_str);
            out.paint(Role::Dim, &format!("{label} to {last}: {empty} empty {}\n", plural(unit)))?;
            at += empty;
            continue;
        }
        let pad = |n: u64, wide: usize| {
            let n = number(n);
            format!("{}{n}", " ".repeat(wide.saturating_sub(n.width())))
        };
        let kinds = kinds.row(bucket.events.as_ref());
        let counts =
            format!("  {}  {}{kinds}", pad(bucket.counts.passages, wide_p), pad(bucket.counts.articles, wide_a));
        if bucket.counts.passages == 0 {
            out.paint(Role::Dim, &format!("{}{counts}\n", padded(label, wide_l)))?;
        } else {
            out.write_all(format!("{}{counts}  ", padded(label, wide_l)).as_bytes())?;
            out.paint(Role::Bar, &bar(bucket.counts.passages, most, room))?;
            out.write_all(b"\n")?;
        }
        at += 1;
    }
    let dates = if on == DateKind::Published { "publication dates" } else { "dates" };
    for (counts, what) in [
        (timeline.coarser, format!("with {dates} longer than a {}", unit_name(unit))),
        (timeline.undated, format!("without known {dates}")),
    ] {
        if counts.passages > 0 {
            let text =
                format!("{} in {} {what}\n", counted(counts.passages, "passage"), counted(counts.articles, "article"));
            out.paint(Role::Dim, &text)?;
        }
    }
    let total = timeline.total;
    let verb = if total.passages == 1 { "matches" } else { "match" };
    out.paint(
        Role::Dim,
        &format!("{} in {} {verb}\n", counted(total.passages, "passage"), counted(total.articles, "article")),
    )
}

/// A bar of `n` where `most` fills `columns`; never shorter than an eighth of a column.
fn bar(n: u64, most: u64, columns: usize) -> String {
    let eighths = (n as f64 / most.max(1) as f64 * (columns * 8) as f64).round().max(1.0) as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).unwrap_or(&""))
}

fn plural(unit: TimeUnit) -> String {
    format!("{}s", unit_name(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_to_scale_and_never_vanish() {
        assert_eq!(bar(10, 10, 4), "████");
        assert_eq!(bar(5, 10, 3), "█▌");
        assert_eq!(bar(1, 100_000, 10), "▏");
    }
}
