//! Dates recognised and resolved, in megabytes of text a second.
//!
//! `cargo bench --bench time` reads a text of its own; `DATELINE_BENCH_TEXT=FILE` names another, plain text or JSON Lines
//! with `text` and `date`.

use std::hint::black_box;
use std::time::Instant;

use dateline::model::days::{Day, DayRange};
use dateline::time::{dates_of, published_from_field};

/// A report of the kind that archives hold, repeated until it is long enough to be timed.
const REPORT: &str = "PORT AREA, May 11 (Wire) - Three barges were hit overnight, officials said on Sunday, and two of them \
sank off the northern quay. The strikes began on the night of May 9 and went on until early Saturday. It was the fourth \
attack since April 22, when 14 people were killed in the old market, and the worst since the 2019 siege.\n\n\
\"We will open the locks again next week,\" said the harbour master, who has held the post since March 2021. He added that \
some 1,500 tons of grain had been lost in the past 24 hours. A year earlier, the port had handled 3.2 million tons.\n\n\
The river has been closed to large ships since the early 1990s. In June of that year a dam upstream failed; two days later \
the lower town was under water. A commission is due to report by the end of the month.\n\n";

fn main() {
    let articles = match std::env::var_os("DATELINE_BENCH_TEXT") {
        Some(path) => match std::fs::read_to_string(&path) {
            Ok(text) => articles_of(&text),
            Err(e) => {
                eprintln!("{}: cannot read: {e}", path.display());
                std::process::exit(2);
            }
        },
        None => vec![(REPORT.repeat(2), Some(DayRange::day(Day(20_219)))); 2000],
    };
    let bytes: usize = articles.iter().map(|(text, _)| text.len()).sum();
    let mut best = f64::INFINITY;
    let mut found = 0;
    for _ in 0..5 {
        let start = Instant::now();
        found = articles.iter().map(|(text, day)| black_box(dates_of(black_box(text), *day)).timexes.len()).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{bytes} bytes, {found} expressions, {:.1} MB/s (best of five runs, one thread)",
        bytes as f64 / best / 1e6
    );
}

fn articles_of(text: &str) -> Vec<(String, Option<DayRange>)> {
    let record = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let date = value.get("date").and_then(|d| d.as_str());
        let day = date.and_then(|d| published_from_field(d, Day::latest_today()).ok());
        Some((value.get("text")?.as_str()?.to_owned(), day))
    };
    let records: Vec<_> = text.lines().filter_map(record).collect();
    if records.is_empty() { vec![(text.to_owned(), None)] } else { records }
}
