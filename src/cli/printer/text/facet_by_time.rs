//! A facet by time as a grid: values down and time across where all of it fits, else time down and values across, as many at
//! a time as fit.

use std::io::{self, Write};

use dateline::model::answer::{FacetCount, FacetField, FacetTable, TimeCounts};
use dateline::model::days::{DayRange, TimeUnit};
use dateline::model::question::DateKind;
use dateline::wire::labels::{days_label, facet_name, unit_name};
use unicode_width::UnicodeWidthStr;

use crate::cli::printer::layout::{counted, cut, number, padded};
use crate::cli::printer::text::tables::value_label;
use crate::cli::printer::{Out, Role};

/// The columns of a value's name at most: beside its cells, and above them.
const WIDEST_BESIDE: usize = 32;
const WIDEST_ABOVE: usize = 16;
/// What stands for nothing: a grid full of noughts hides the rest.
const NOTHING: &str = "·";
/// What the row of all matches is called.
const ALL: &str = "all matches";

/// A row or a column of time.
#[derive(Clone, Copy)]
enum Slot {
    Bucket(DayRange),
    Longer,
    Undated,
    Total,
}

impl Slot {
    fn label(self, unit: TimeUnit) -> String {
        match self {
            Slot::Bucket(days) => days_label(unit, days),
            Slot::Longer => "longer".to_owned(),
            Slot::Undated => "undated".to_owned(),
            Slot::Total => "all".to_owned(),
        }
    }

    /// The articles of a row in it.
    fn articles(self, time: &TimeCounts) -> u64 {
        match self {
            Slot::Bucket(days) => {
                let found = time.cells.binary_search_by_key(&days, |cell| cell.days);
                found.ok().and_then(|n| time.cells.get(n)).map_or(0, |cell| cell.counts.articles)
            }
            Slot::Longer => time.coarser.articles,
            Slot::Undated => time.undated.articles,
            Slot::Total => time.total.articles,
        }
    }
}

/// Writes a facet by time, the articles of each cell, and says of how many values. With `cut_to_fit` those are left out that do
/// not fit side by side.
pub fn facet_by_time(
    out: &mut Out,
    table: &FacetTable,
    field: FacetField,
    on: DateKind,
    unit: TimeUnit,
    cut_to_fit: bool,
) -> io::Result<usize> {
    let mut shown = table.rows.len();
    let mut slots: Vec<Slot> = table.total.cells.iter().map(|cell| Slot::Bucket(cell.days)).collect();
    let apart = [(Slot::Longer, table.total.coarser), (Slot::Undated, table.total.undated)];
    slots.extend(apart.into_iter().filter(|(_, counts)| counts.passages > 0).map(|(slot, _)| slot));
    slots.push(Slot::Total);
    let times: Vec<&TimeCounts> = table.rows.iter().map(|row| &row.time).chain([&table.total]).collect();
    let dates = if on == DateKind::Published { "publication" } else { "the days spoken of" };
    out.paint(Role::Dim, &format!("articles by {} of {dates}\n", unit_name(unit)))?;

    let names: Vec<String> =
        table.rows.iter().map(|row| value_label(field, &row.value)).chain([ALL.to_owned()]).collect();
    let down = Grid {
        corner: facet_name(field).to_owned(),
        rows: names.iter().map(|name| cut(name, WIDEST_BESIDE)).collect(),
        columns: slots.iter().map(|slot| slot.label(unit)).collect(),
        cells: times.iter().map(|time| slots.iter().map(|slot| slot.articles(time)).collect()).collect(),
    };
    if down.width() <= out.width {
        down.write(out, &(0..slots.len()).collect::<Vec<_>>(), |_| None)?;
        if slots.windows(2).any(|pair| matches!(pair, [a, b] if gap(unit, *a, *b).is_some())) {
            out.paint(Role::Dim, &format!("{}s without a match are left out\n", unit_name(unit)))?;
        }
    } else {
        let across = Grid {
            corner: unit_name(unit).to_owned(),
            rows: slots.iter().map(|slot| slot.label(unit)).collect(),
            columns: table.rows.iter().map(|row| short_name(table, &row.value)).chain([ALL.to_owned()]).collect(),
            cells: slots.iter().map(|slot| times.iter().map(|time| slot.articles(time)).collect()).collect(),
        };
        let before = |row: usize| gap(unit, *slots.get(row.checked_sub(1)?)?, *slots.get(row)?);
        let mut columns: Vec<usize> = (0..times.len()).collect();
        while cut_to_fit && shown > 1 && across.fitting(&columns, out.width) < columns.len() {
            // The last is that of all matches.
            shown -= 1;
            columns.remove(shown);
        }
        let mut rest = columns.as_slice();
        while !rest.is_empty() {
            let (part, after) = rest.split_at(across.fitting(rest, out.width));
            across.write(out, part, before)?;
            if !after.is_empty() {
                out.write_all(b"\n")?;
            }
            rest = after;
        }
    }
    let total = table.total.total;
    let verb = if total.passages == 1 { "matches" } else { "match" };
    let total = format!("{} in {} {verb}\n", counted(total.passages, "passage"), counted(total.articles, "article"));
    out.paint(Role::Dim, &total)?;
    Ok(shown)
}

/// The name of a value above its column, and its code where another value has the same name.
fn short_name(table: &FacetTable, value: &FacetCount) -> String {
    let same = table.rows.iter().filter(|row| row.value.label == value.label).count();
    cut(if same > 1 { &value.value } else { &value.label }, WIDEST_ABOVE)
}

/// What is said of the empty buckets between two that stand side by side; `None` where there are none.
fn gap(unit: TimeUnit, one: Slot, other: Slot) -> Option<String> {
    let (Slot::Bucket(one), Slot::Bucket(other)) = (one, other) else { return None };
    let first = unit.bucket_of(one.to.plus(1)).filter(|days| days.from < other.from)?;
    let (mut last, mut count) = (first, 1);
    while let Some(next) = unit.bucket_of(last.to.plus(1)).filter(|days| days.from < other.from) {
        (last, count) = (next, count + 1);
    }
    Some(match count {
        1 => format!("{} is empty", days_label(unit, first)),
        _ => format!("{} to {}: {count} empty {}s", days_label(unit, first), days_label(unit, last), unit_name(unit)),
    })
}

/// Numbers with names beside and above them.
struct Grid {
    corner: String,
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<u64>>,
}

impl Grid {
    /// The columns of the terminal that the names of the rows take.
    fn names_width(&self) -> usize {
        self.rows.iter().chain([&self.corner]).map(|name| name.width()).max().unwrap_or(0)
    }

    /// Those that a column takes, without what parts it from the one before.
    fn column_width(&self, column: usize) -> usize {
        let cells = self.cells.iter().filter_map(|row| row.get(column)).map(|n| number(*n).width());
        cells.chain(self.columns.get(column).map(|name| name.width())).max().unwrap_or(0)
    }

    fn width(&self) -> usize {
        self.names_width() + (0..self.columns.len()).map(|column| self.column_width(column) + 2).sum::<usize>()
    }

    /// How many of these columns, from the first on, fit into a width; at least one.
    fn fitting(&self, columns: &[usize], width: usize) -> usize {
        let mut used = self.names_width();
        let fits = |column: &&usize| {
            used += self.column_width(**column) + 2;
            used <= width
        };
        columns.iter().take_while(fits).count().clamp(1, columns.len().max(1))
    }

    /// Writes some of the columns. `before` gives a line to stand before a row.
    fn write(&self, out: &mut Out, columns: &[usize], before: impl Fn(usize) -> Option<String>) -> io::Result<()> {
        let names = self.names_width();
        let aligned = |text: &str, column: usize| {
            format!("{}{text}", " ".repeat((self.column_width(column) + 2).saturating_sub(text.width())))
        };
        let head = columns.iter().filter_map(|n| Some(aligned(self.columns.get(*n)?, *n)));
        out.paint(Role::Dim, &format!("{}{}\n", padded(&self.corner, names), head.collect::<String>()))?;
        for (n, (name, cells)) in self.rows.iter().zip(&self.cells).enumerate() {
            if let Some(line) = before(n) {
                out.paint(Role::Dim, &format!("{line}\n"))?;
            }
            out.write_all(padded(name, names).as_bytes())?;
            for column in columns.iter().copied() {
                match cells.get(column).copied().unwrap_or(0) {
                    0 => out.paint(Role::Dim, &aligned(NOTHING, column))?,
                    some => out.write_all(aligned(&number(some), column).as_bytes())?,
                }
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
