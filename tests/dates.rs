//! The date rules against a corpus of our own: every line of `tests/dates/*.tsv` says what a sentence holds.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use dateline::model::days::DayRange;
use dateline::model::mention::TimexType;
use dateline::query::days::days_from_filter;
use dateline::time::dates_of;
use proptest::prelude::*;

struct Case {
    place: String,
    anchor: Option<DayRange>,
    text: String,
    expressions: String,
    ranges: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "tsv")) {
        for (n, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default().to_owned();
            let anchor = cell();
            cases.push(Case {
                place: format!("{}:{}", file.file_name().unwrap().to_string_lossy(), n + 1),
                anchor: (anchor != "-").then(|| days_from_filter(&anchor).unwrap()),
                text: cell(),
                expressions: cell(),
                ranges: cell(),
            });
        }
    }
    cases
}

#[test]
fn every_sentence_of_the_corpus_holds_just_the_dates_it_says() {
    let cases = cases();
    assert!(cases.len() >= 150, "only {} sentences", cases.len());
    let mut failures = String::new();
    for case in &cases {
        let dates = dates_of(&case.text, case.anchor);
        let expressions: Vec<String> = dates
            .timexes
            .iter()
            .map(|t| {
                let days = t.days.map_or(String::new(), |d| d.to_string());
                format!("{} = {} [{days}] ({})", t.span.of(&case.text), t.value, t.rule)
            })
            .collect();
        let ranges: Vec<String> = dates.ranges.iter().map(|r| r.days.to_string()).collect();
        for (found, wanted) in [(expressions.join("; "), &case.expressions), (ranges.join("; "), &case.ranges)] {
            if found != *wanted {
                let _ = writeln!(failures, "{}: {}\n  wanted {wanted}\n  found  {found}", case.place, case.text);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_corpus_covers_every_kind_of_rule() {
    let mut rules = BTreeSet::new();
    let mut none = 0;
    for case in cases() {
        let dates = dates_of(&case.text, case.anchor);
        none += usize::from(dates.timexes.is_empty());
        rules.extend(dates.timexes.iter().map(|t| t.rule));
    }
    assert!(none >= 30, "only {none} sentences without a date");
    for rule in [
        "ago",
        "century",
        "clock",
        "clock-day",
        "day-before",
        "day-list",
        "day-month",
        "day-only",
        "decade",
        "deictic",
        "duration",
        "fiscal-year",
        "half",
        "iso",
        "later",
        "modified",
        "month",
        "month-day",
        "month-year",
        "named-day",
        "narrative",
        "narrative-year",
        "night-of",
        "numeric",
        "numeric-ambiguous",
        "overnight",
        "part-of",
        "quarter",
        "range-year",
        "relative",
        "season-year",
        "set",
        "vague",
        "weekday",
        "weekday-date",
        "weekday-part",
        "weekend",
        "year",
        "year-era",
        "year-range",
        "year-short",
        "year-words",
    ] {
        assert!(rules.contains(rule), "no sentence for {rule}");
    }
}

/// Words that the rules look for, so that random texts reach them.
const WORDS: [&str; 60] = [
    "the", "night", "of", "May", "10", "2025", "next", "last", "week", "two", "years", "ago", "later", "Monday", ",",
    "-", "/", "1990s", "'", "s", "early", "mid", "to", "and", "between", "since", "7th", "third", "quarter", "BC",
    "B.C.", ":", "30", "a.m.", "p.m.", "noon", "half", "a", "few", "every", "that", "same", "day", "before", "spring",
    "century", "0", "31", "Feb.", "29", "1900", "99999999", "in", "year", "New", "Eve", "Easter", "weekend", "\n\n",
    "9/11",
];

fn holds_together(text: &str, anchor: Option<DayRange>) -> Result<(), TestCaseError> {
    let dates = dates_of(text, anchor);
    let mut end = 0;
    for timex in &dates.timexes {
        prop_assert!(timex.span.start >= end, "overlap at {}", timex.span.start);
        prop_assert!(timex.span.start < timex.span.end && timex.span.end <= text.len());
        prop_assert!(text.is_char_boundary(timex.span.start) && text.is_char_boundary(timex.span.end));
        prop_assert!(!timex.value.is_empty() && !timex.rule.is_empty());
        if let Some(days) = timex.days {
            prop_assert!(days.from <= days.to);
        }
        if matches!(timex.kind, TimexType::Duration | TimexType::Set) {
            prop_assert_eq!(timex.days, None);
        }
        end = timex.span.end;
    }
    for range in &dates.ranges {
        prop_assert!(range.days.from <= range.days.to);
        prop_assert!(!range.timexes.is_empty() && range.timexes.is_sorted());
        prop_assert!(range.timexes.iter().all(|n| *n < dates.timexes.len()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_text_gives_spans_in_order_and_ranges_the_right_way_round(text in "\\PC{0,120}", day in -800_000_i32..3_000_000) {
        let anchor = DayRange::day(dateline::model::days::Day(day));
        holds_together(&text, Some(anchor))?;
        holds_together(&text, None)?;
    }

    #[test]
    fn any_mixture_of_date_words_gives_spans_in_order_and_ranges_the_right_way_round(
        words in proptest::collection::vec(proptest::sample::select(WORDS.as_slice()), 0..24),
        glue in proptest::collection::vec(any::<bool>(), 24),
        day in -5_000_000_i32..5_000_000,
    ) {
        let mut text = String::new();
        for (word, glued) in words.iter().zip(glue) {
            text.push_str(word);
            if !glued {
                text.push(' ');
            }
        }
        holds_together(&text, Some(DayRange::day(dateline::model::days::Day(day))))?;
        holds_together(&text, DayRange::month(2025, 5))?;
        holds_together(&text, None)?;
    }
}

#[test]
fn rules_within_rules_have_a_bottom() {
    for phrase in [
        "the end of ",
        "first half of ",
        "the night of the night of ",
        "early in the last half of ",
        "7 and ",
        "May 7, 8, ",
    ] {
        let dates = dates_of(&(phrase.repeat(40_000) + "May 2025"), None);
        assert!(!dates.timexes.is_empty(), "{phrase}");
    }
}

#[test]
fn ends_of_the_calendar_do_not_panic() {
    for anchor in
        [DayRange::year(-9999), DayRange::year(9999), DayRange::day(dateline::model::days::Day(i32::MAX)).into()]
    {
        for text in
            ["next year", "9999 years ago", "2147483647 weeks later", "on 31 December 9999. The next day", "last week"]
        {
            let _ = dates_of(text, anchor);
        }
    }
}

/// A calendar value cut to its day, month or year; `None` for weeks, quarters and open values.
fn calendar_value(value: &str) -> Option<String> {
    let day = value.split('T').next().unwrap_or_default().to_uppercase();
    let day = day.strip_suffix("-XX-XX").or(day.strip_suffix("-XX")).unwrap_or(&day).to_owned();
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let calendar = day.strip_prefix("BC").is_some_and(|y| digits(y, 4))
        || digits(day.get(..4)?, 4)
            && day.get(4..)?.split('-').skip(1).all(|p| digits(p, 2))
            && matches!(day.len(), 4 | 7 | 10);
    calendar.then_some(day)
}

/// F1 of values over calendar dates, where an expression counts as found when it overlaps the marked one (TempEval-3).
fn calendar_f1(file: &Path) -> f64 {
    let (mut right, mut marked, mut found) = (0, 0, 0);
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = record["text"].as_str().unwrap();
        let anchor = record["date"].as_str().and_then(|d| days_from_filter(d).ok());
        // Marks count characters, spans count bytes.
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let dated = |kind: &str| kind == "DATE" || kind == "TIME";
        let gold: Vec<(usize, usize, String)> = record["timexes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|t| dated(t["type"].as_str().unwrap()))
            .filter_map(|t| {
                let at = |end: &str| bytes[usize::try_from(t[end].as_u64().unwrap()).unwrap()];
                Some((at("start"), at("end"), calendar_value(t["value"].as_str().unwrap())?))
            })
            .collect();
        let ours: Vec<(usize, usize, String)> = dates_of(text, anchor)
            .timexes
            .iter()
            .filter(|t| matches!(t.kind, TimexType::Date | TimexType::Time))
            .filter_map(|t| Some((t.span.start, t.span.end, calendar_value(&t.value)?)))
            .collect();
        (marked, found) = (marked + gold.len(), found + ours.len());
        let mut used = vec![false; ours.len()];
        for (start, end, value) in &gold {
            let best = (0..ours.len())
                .filter(|n| !used[*n] && ours[*n].0 < *end && *start < ours[*n].1)
                .max_by_key(|n| ours[*n].1.min(*end) - ours[*n].0.max(*start));
            if let Some(n) = best {
                used[n] = true;
                right += usize::from(ours[n].2 == *value);
            }
        }
    }
    200.0 * f64::from(right as u32) / f64::from((marked + found) as u32)
}

#[test]
#[ignore = "needs public corpora: name their folder in DATELINE_GOLD and run with --ignored"]
fn values_on_public_corpora_stay_above_their_floors() {
    let folder = std::env::var("DATELINE_GOLD").expect("DATELINE_GOLD names the folder of the marked corpora");
    for (name, floor) in [("timebank", 88.0), ("aquaint", 88.5), ("meantime", 89.0), ("wikiwars_dev", 92.0)] {
        let f1 = calendar_f1(&Path::new(&folder).join(format!("{name}.jsonl")));
        println!("{name}: value F1 {f1:.1} on calendar dates");
        assert!(f1 >= floor, "{name}: {f1:.1} is below {floor}");
    }
}
