//! Indexing: CPU, wall time, peak memory and size, in turns with the engine alone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::clock::{self, Cost};
use crate::support::corpus;
use crate::{Options, Outcome, PROGRAM};

/// Prints a table of what indexing costs with the program and with the engine alone, and the ratios.
pub fn compare(options: &Options) -> Outcome<()> {
    println!("| MB | what | CPU s | wall s | MB per CPU s | peak MB | index/text | segments |");
    println!("|--:|---|--:|--:|--:|--:|--:|--:|");
    for megabytes in &options.megabytes {
        let corpus = if options.files {
            corpus::as_many_files(&options.folder, *megabytes)?
        } else {
            corpus::as_one_file(&options.folder, *megabytes)?
        };
        let alone = options.engine_index(*megabytes);
        let ours = options.our_index(*megabytes);
        let (mut best_alone, mut best_ours): (Option<Cost>, Option<Cost>) = (None, None);
        for _ in 0..options.rounds {
            let mut engine = Command::new(std::env::current_exe()?);
            engine.arg("run-index").arg(&corpus).arg(&alone).arg(options.jobs.to_string());
            best_alone = better(best_alone, measured(&mut engine, &alone)?);
            let mut dateline = Command::new(PROGRAM);
            dateline.arg("index").arg(&corpus).arg("--index").arg(&ours).args(["--jobs", &options.jobs.to_string()]);
            best_ours = better(best_ours, measured(&mut dateline, &ours)?);
        }
        print_row(*megabytes, "engine alone", best_alone, &alone);
        print_row(*megabytes, "dateline", best_ours, &ours);
        if let (Some(a), Some(b)) = (best_alone, best_ours) {
            let (cpu, wall) = (b.cpu_seconds / a.cpu_seconds, b.wall_seconds / a.wall_seconds);
            println!("| {megabytes} | ratio | {cpu:.2} | {wall:.2} | | | | |");
        }
    }
    println!();
    Ok(())
}

/// Runs a command on a fresh index folder; `None` where it fails.
fn measured(command: &mut Command, index: &Path) -> Outcome<Option<Cost>> {
    if index.exists() {
        std::fs::remove_dir_all(index)?;
    }
    let before = clock::children_cpu_seconds();
    let started = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let cost = clock::cost_of(child, started, before)?;
    Ok(cost.status.success().then_some(cost))
}

fn better(best: Option<Cost>, new: Option<Cost>) -> Option<Cost> {
    match (best, new) {
        (Some(a), Some(b)) if a.cpu_seconds <= b.cpu_seconds => Some(a),
        (a, b) => b.or(a),
    }
}

fn print_row(megabytes: usize, what: &str, cost: Option<Cost>, index: &Path) {
    let Some(cost) = cost else {
        println!("| {megabytes} | {what} | failed | | | | | |");
        return;
    };
    let files = || walkdir::WalkDir::new(index).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let bytes: u64 = files().filter_map(|e| e.metadata().ok()).map(|m| m.len()).sum();
    let segments = files().filter(|e| e.path().extension().is_some_and(|x| x == "term")).count();
    println!(
        "| {megabytes} | {what} | {:.2} | {:.2} | {:.1} | {:.0} | {:.2} | {segments} |",
        cost.cpu_seconds,
        cost.wall_seconds,
        megabytes as f64 / cost.cpu_seconds,
        cost.peak_memory_mb,
        bytes as f64 / (megabytes as f64 * 1e6),
    );
}
