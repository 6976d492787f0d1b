//! Speed of recognition and resolution together, on one core.
//!
//!     DATELINE_BENCH=news.jsonl cargo bench --bench geo
//!
//! The file holds one article a line with `title` and `text`; other fields are not read. Prints megabytes of text per CPU
//! second (10^6 bytes), the best of five runs, and what was found, so that a change of speed is not bought with names.

use dateline::geo::resolve::geography_of;
use dateline::geo::{Gazetteer, GeoInput};
use serde_json::Value;

/// Stands in where no file is given, so that the bench always runs.
const SAMPLE: &str = "KHARTOUM, Sudan - Fighting reached the outskirts of Nyala in South Darfur on Tuesday, residents said, \
    while the army shelled positions near El Fasher. Chadian officials in Adre said that thousands had crossed the border.";

fn main() {
    let articles = match std::env::var("DATELINE_BENCH") {
        Ok(path) => read(&path),
        Err(_) => vec![(String::new(), SAMPLE.to_owned()); 2000],
    };
    let bytes: usize = articles.iter().map(|(title, text)| title.len() + text.len()).sum();
    let gazetteer = Gazetteer::embedded();
    let mut best = f64::INFINITY;
    let (mut found, mut resolved) = (0, 0);
    for _ in 0..5 {
        (found, resolved) = (0, 0);
        let start = cpu_seconds();
        for (title, text) in &articles {
            let geography = geography_of(gazetteer, &GeoInput { title, text, ..GeoInput::default() });
            found += geography.toponyms.len();
            resolved += geography.toponyms.iter().filter(|t| t.place.is_some()).count();
        }
        best = best.min(cpu_seconds() - start);
    }
    println!(
        "{} articles, {bytes} bytes: {:.1} MB per CPU second; {found} toponyms, {resolved} resolved",
        articles.len(),
        bytes as f64 / 1e6 / best
    );
}

/// Seconds of CPU time of this thread where the system tells them, else of the clock: on a busy machine they differ.
fn cpu_seconds() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|stat| stat.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n as f64 / 1e9)
}

fn read(path: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let string = |record: &Value, key: &str| record[key].as_str().unwrap_or_default().to_owned();
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|record| (string(&record, "title"), string(&record, "text")))
        .collect()
}
