//! The days that a passage takes over where it names none: of the heading or entry that it stands under, else the day that
//! the text goes on from. What is left has no carried day; of that a question may take the publication.

use crate::model::article::ByteSpan;
use crate::model::days::DayRange;
use crate::passage::block::{Block, blocks_of};
use crate::time::Dates;

/// The level of an entry ("14 March: …"): any heading ends it.
const ENTRY_LEVEL: u8 = u8::MAX;

/// So many entries make a chronicle; one alone may be a remark.
const FEWEST_ENTRIES: usize = 2;

/// A heading that says more than a date is read for days no longer than a month: "The war of 2014" heads what is of later days.
const LONGEST_IN_HEADING_DAYS: i64 = 31;

/// What a chronicle sets between the date of an entry and its text.
const AFTER_ENTRY_DATE: [char; 6] = [':', '.', '-', '–', '—', '|'];

/// The days that the passages of a text carry. Asked passage by passage, in order.
pub struct Carried<'a> {
    dates: &'a Dates,
    /// Where headings and entries begin, with the days that hold from there on.
    standing: Vec<(usize, Vec<DayRange>)>,
}

impl<'a> Carried<'a> {
    /// Reads the headings and entries of a text.
    pub fn of(text: &str, dates: &'a Dates) -> Self {
        // Without a day there is nothing to carry, and most short reports name none.
        let names_days = dates.timexes.iter().any(|timex| timex.days.is_some());
        let standing = if names_days { standing_in(text, dates) } else { Vec::new() };
        Carried { dates, standing }
    }

    /// The days that a passage carries, sorted; none where nothing gives it any.
    pub fn by(&self, passage: ByteSpan) -> Vec<DayRange> {
        let over = self.standing.partition_point(|(start, _)| *start <= passage.start);
        let over = over.checked_sub(1).and_then(|n| self.standing.get(n));
        if let Some((_, days)) = over.filter(|(_, days)| !days.is_empty()) {
            return days.clone();
        }
        let places = &self.dates.continuations;
        let next = places.get(places.partition_point(|place| place.at < passage.start));
        next.filter(|place| place.at < passage.end).map(|place| vec![place.days]).unwrap_or_default()
    }
}

fn standing_in(text: &str, dates: &Dates) -> Vec<(usize, Vec<DayRange>)> {
    let blocks = blocks_of(text);
    let heads: Vec<Option<Vec<DayRange>>> = blocks.iter().map(|block| head_of(block, text, dates)).collect();
    let is_entry = |block: &Block, head: &Option<_>| block.heading.is_none() && head.is_some();
    let entries = blocks.iter().zip(&heads).filter(|(block, head)| is_entry(block, head)).count();
    let mut open: Vec<(u8, Vec<DayRange>)> = Vec::new();
    let mut standing = Vec::new();
    for (block, head) in blocks.iter().zip(heads) {
        let (level, days) = match (block.heading, head) {
            (Some(level), days) => (level, days.unwrap_or_default()),
            (None, Some(days)) if entries >= FEWEST_ENTRIES => (ENTRY_LEVEL, days),
            (None, _) => continue,
        };
        open.retain(|(other, _)| *other < level);
        open.push((level, days));
        // A heading without a date stands under those above it.
        let holds = open.iter().rev().find(|(_, days)| !days.is_empty());
        standing.push((block.span.start, holds.map(|(_, days)| days.clone()).unwrap_or_default()));
    }
    standing
}

/// The days of a heading or of an entry; `None` of any other block.
fn head_of(block: &Block, text: &str, dates: &Dates) -> Option<Vec<DayRange>> {
    let first = dates.timexes.partition_point(|timex| timex.span.start < block.span.start);
    let timex = dates.timexes.get(first).filter(|timex| block.span.contains(timex.span))?;
    // Two ends of a range head an entry together.
    let joined = dates.ranges.iter().find(|range| range.timexes.contains(&first));
    let last = joined.and_then(|range| range.timexes.last()).and_then(|n| dates.timexes.get(*n)).unwrap_or(timex);
    let date = ByteSpan::new(timex.span.start, last.span.end);
    let opens = !text.get(block.span.start..date.start)?.contains(char::is_alphanumeric);
    let rest = text.get(date.end..block.span.end)?.trim_start_matches([' ', '\t', '*', '_', ')', ']']);
    let alone = opens && !rest.contains(char::is_alphanumeric);
    match block.heading {
        Some(_) => {
            let mut days = dates.event_ranges_in(block.span);
            days.retain(|days| alone || days.days() <= LONGEST_IN_HEADING_DAYS);
            (!days.is_empty()).then_some(days)
        }
        None => {
            let days = dates.event_ranges_in(date);
            (opens && !days.is_empty() && (alone || rest.starts_with(AFTER_ENTRY_DATE))).then_some(days)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::days::Day;
    use crate::time::dates_of;

    fn anchor() -> Option<DayRange> {
        Day::from_ymd(2025, 3, 20).map(DayRange::day)
    }

    /// What the passage that begins with these words carries.
    fn carried(text: &str, words: &str) -> String {
        let start = text.find(words).unwrap();
        let dates = dates_of(text, anchor());
        let passage = ByteSpan::new(start, start + words.len());
        assert!(dates.event_ranges_in(passage).is_empty(), "{words} names a day");
        let days = Carried::of(text, &dates).by(passage);
        days.iter().map(DayRange::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_stands_under_a_heading_with_a_day_carries_it() {
        let text = "# Log\n\n## 14 March\n\nThe bridge was closed. Trucks waited.\n\n### Roads\n\nThe ford was open.\n\n\
                    ## Background\n\nThe valley has two roads.\n";
        assert_eq!(carried(text, "Trucks waited."), "2025-03-14");
        assert_eq!(carried(text, "The ford was open."), "2025-03-14");
        assert_eq!(carried(text, "The valley has two roads."), "");
    }

    #[test]
    fn the_entries_of_a_chronicle_carry_their_days() {
        let text = "14 March: The bridge was closed.\n\nTrucks waited for hours.\n\n15-16 March — The ford was mined.\n\n\
                    Nobody crossed.\n\n**17 March**\n\nAll was quiet here.\n";
        assert_eq!(carried(text, "Trucks waited"), "2025-03-14");
        assert_eq!(carried(text, "Nobody crossed."), "2025-03-15..2025-03-16");
        assert_eq!(carried(text, "All was quiet here."), "2025-03-17");
    }

    #[test]
    fn a_sentence_that_begins_with_a_date_is_no_entry() {
        let text = "14 March was quiet.\n\nTrucks waited.\n\n15 March was not.\n\nThe ford was mined.\n";
        assert_eq!(carried(text, "Trucks waited."), "");
        let remark = "14 March: an early version was wrong.\n\nThe ford was mined.\n";
        assert_eq!(carried(remark, "The ford was mined."), "", "one alone makes no chronicle");
    }

    #[test]
    fn a_heading_carries_its_month_and_not_the_year_that_it_mentions() {
        let text = "# Shelling in March 2024\n\nThe depot burned.\n\n# What the war of 2014 left\n\nMines lie there.\n\n\
                    # Autumn 2016\n\nA truce held.\n";
        assert_eq!(carried(text, "The depot burned."), "2024-03");
        assert_eq!(carried(text, "Mines lie there."), "");
        assert_eq!(carried(text, "A truce held."), "2016-09-01..2016-11-30");
    }

    #[test]
    fn a_text_that_goes_on_carries_the_day_that_it_named_last() {
        for onwards in [
            "Hours later a second convoy was hit.",
            "Three hours later a second convoy was hit.",
            "At 3 p.m. the siren was heard.",
            "Meanwhile the ford was mined.",
            "Shortly afterwards the ford was mined.",
            "Later, the ford was mined.",
        ] {
            let text = format!("The convoy left on 7 March 2024.\n\n{onwards}\n");
            assert_eq!(carried(&text, onwards), "2024-03-07", "{onwards}");
        }
        for unrelated in [
            "The ford was mined.",
            "Days later the ford was mined.",
            "Nobody wanted to come later.",
            "Three hours earlier it was calm.",
        ] {
            let text = format!("The convoy left on 7 March 2024.\n\n{unrelated}\n");
            assert_eq!(carried(&text, unrelated), "", "{unrelated}");
        }
        let text = "The convoy left on 7 March 2024. The war began in 2014.\n\nHours later the ford was mined.\n";
        assert_eq!(carried(text, "Hours later"), "", "no day was spoken of last");
    }
}
