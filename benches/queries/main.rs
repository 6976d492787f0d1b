//! Queries: the program beside the bare engine, from a cold start and warm.
//!
//!     DATELINE_CORPUS=folder cargo bench --bench baseline --features baseline -- --mb 100
//!     cargo bench --bench queries --features baseline -- --mb 100
//!
//! The first command leaves the two indexes in `target/bench` that the second asks. Cold: from the start of a process to its
//! last byte of output, files in the page cache, the processes in turns. Warm: 200 queries of each kind through the library in
//! one process, their words taken from the indexed text. Both engines are asked the same words; where the engine alone has no
//! such query (a country, a timeline), it is asked the nearest that it has, as the table says. Prints Markdown;
//! `--folder DIR` names another folder, `--mb 100,1000` several sizes.

#[path = "../support/mod.rs"]
mod support;

mod cold;
mod engine;
mod warm;
mod words;

use std::path::{Path, PathBuf};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["ask-engine", index, word] = words.as_slice() {
        return engine::ask_once(Path::new(index), word);
    }
    let (mut sizes, mut folder) = (vec![100], PathBuf::from("target/bench"));
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        match *word {
            "--mb" => sizes = value.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?,
            "--folder" => folder = PathBuf::from(value),
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    for megabytes in sizes {
        let (alone, ours) = (folder.join(format!("engine_{megabytes}")), folder.join(format!("dateline_{megabytes}")));
        for index in [&alone, &ours] {
            if !index.exists() {
                let missing =
                    format!("{}: not there; `--bench baseline -- --mb {megabytes}` makes it", index.display());
                return Err(missing.into());
            }
        }
        println!("**{megabytes} MB**\n");
        cold::compare(&alone, &ours)?;
        warm::compare(&alone, &ours)?;
    }
    Ok(())
}

/// The middle and the 99th percentile of these times.
fn median_and_p99(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    (at(50), at(99))
}
