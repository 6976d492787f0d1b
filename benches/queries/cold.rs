//! A query as it is asked at a prompt: from the start of a process to its last byte of output.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{Outcome, median_and_p99};

/// Makes the command that asks once.
type Ask<'a> = Box<dyn Fn() -> Command + 'a>;

/// Processes of each kind; they take turns, so that what else the machine does falls on all alike.
const RUNS: usize = 41;

/// The word that is asked for: in one passage of seven hundred.
const WORD: &str = "ministers";

pub fn compare(alone: &Path, ours: &Path) -> Outcome<()> {
    let this = std::env::current_exe()?;
    let engine = |words: &[&str]| -> Command {
        let mut command = Command::new(&this);
        command.arg(words[0]).arg(alone).args(&words[1..]);
        command
    };
    let dateline = |words: &[&str]| -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(words).arg("--index").arg(ours);
        command
    };
    let filters = ["--country", "US", "--from", "1987-03-01", "--to", "1987-06-30"];
    let kinds: Vec<(&str, Ask<'_>)> = vec![
        ("engine alone, one word", Box::new(move || engine(&["ask-engine", WORD]))),
        ("search, one word", Box::new(move || dateline(&["search", WORD, "--json"]))),
        ("search, one word as text", Box::new(move || dateline(&["search", WORD]))),
        (
            "search, country and dates",
            Box::new(move || dateline(&[&["search", WORD, "--json"], &filters[..]].concat())),
        ),
        ("search, a word that is nowhere", Box::new(move || dateline(&["search", "ministrs", "--json"]))),
        ("search, everything", Box::new(move || dateline(&["search", "--json"]))),
        ("facets country, everything", Box::new(move || dateline(&["facets", "country", "--json"]))),
        ("facets country, one word", Box::new(move || dateline(&["facets", "country", WORD, "--json"]))),
        ("timeline, one word", Box::new(move || dateline(&["timeline", WORD, "--json"]))),
        (
            "`--version`, no index",
            Box::new(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
                command.arg("--version");
                command
            }),
        ),
    ];
    let mut times = vec![Vec::with_capacity(RUNS); kinds.len()];
    for _ in 0..RUNS {
        for ((_, command), times) in kinds.iter().zip(&mut times) {
            let started = Instant::now();
            command().stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
    }
    println!("| cold, from process start to last byte | median ms | least ms | ratio of medians |");
    println!("|---|--:|--:|--:|");
    let mut bare = None;
    for ((kind, _), times) in kinds.iter().zip(times) {
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let (median, _) = median_and_p99(times);
        let bare = *bare.get_or_insert(median);
        println!("| {kind} | {median:.1} | {least:.1} | {:.1} |", median / bare);
    }
    println!();
    Ok(())
}
