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
    let jobs = options.jobs.to_string();
    for megabytes in &options.megabytes {
        let corpus = if options.files {
            corpus::as_many_files(&options.folder, *megabytes)?
        } else {
            corpus::as_one_file(&options.folder, *megabytes)?
        };
        let alone = options.engine_index(*megabytes);
        let ours = options.our_index(*megabytes);
        let mut engine = Command::new(std::env::current_exe()?);
        engine.arg("run-index").arg(&corpus).arg(&alone).arg(&jobs);
        let mut dateline = Command::new(PROGRAM);
        dateline.arg("index").arg(&corpus).arg("--index").arg(&ours).args(["--jobs", &jobs]);
        // Pinned to one core, where there is a way to do that.
        let mut on_one_core = Command::new("taskset");
        on_one_core.args(["-c", "0", PROGRAM, "index"]).arg(&corpus).arg("--index").arg(&ours).args(["--jobs", "1"]);
        let (mut best_alone, mut best_ours, mut best_one) = (None, None, None);
        for _ in 0..options.rounds {
            best_alone = better(best_alone, measured(&mut engine, &alone)?);
            best_one = better(best_one, measured(&mut on_one_core, &ours)?);
            best_ours = better(best_ours, measured(&mut dateline, &ours)?);
        }
        print_row(*megabytes, "engine alone", best_alone, &alone);
        print_row(*megabytes, "dateline", best_ours, &ours);
        if let (Some(a), Some(b)) = (best_alone, best_ours) {
            let (cpu, wall) = (b.cpu_seconds / a.cpu_seconds, b.wall_seconds / a.wall_seconds);
            println!("| {megabytes} | dateline to engine | {cpu:.2} | {wall:.2} | | | | |");
        }
        if let (Some(one), Some(all)) = (best_one, best_ours) {
            let (cpu, wall) = (all.cpu_seconds / one.cpu_seconds, all.wall_seconds / one.wall_seconds);
            println!("| {megabytes} | dateline, {jobs} cores to one | {cpu:.2} | {wall:.2} | | | | |");
        }
        print_row(*megabytes, "dateline, nothing changed", cost(&mut dateline)?, &ours);
        if options.files {
            touch_one_in_a_hundred(&corpus)?;
            print_row(*megabytes, "dateline, 1 % changed", cost(&mut dateline)?, &ours);
        }
    }
    println!();
    Ok(())
}

/// Writes every hundredth file anew, so that it has to be read again.
fn touch_one_in_a_hundred(corpus: &Path) -> Outcome<()> {
    let files = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().filter_map(Result::ok);
    for entry in files.filter(|e| e.file_type().is_file()).step_by(100) {
        let content = std::fs::read(entry.path())?;
        std::fs::write(entry.path(), content)?;
    }
    Ok(())
}

/// Runs a command on a fresh index folder; `None` where it fails.
fn measured(command: &mut Command, index: &Path) -> Outcome<Option<Cost>> {
    if index.exists() {
        std::fs::remove_dir_all(index)?;
    }
    cost(command)
}

/// Runs a command; `None` where it fails, or where there is no such program.
fn cost(command: &mut Command) -> Outcome<Option<Cost>> {
    let before = clock::children_cpu_seconds();
    let started = Instant::now();
    let Ok(child) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { return Ok(None) };
    let cost = clock::cost_of(child, started, before)?;
    Ok(cost.status.success().then_some(cost))
}

/// The better of two rounds in each respect: what another process took away is not the command's.
fn better(best: Option<Cost>, new: Option<Cost>) -> Option<Cost> {
    match (best, new) {
        (Some(a), Some(b)) => Some(Cost {
            cpu_seconds: a.cpu_seconds.min(b.cpu_seconds),
            wall_seconds: a.wall_seconds.min(b.wall_seconds),
            peak_memory_mb: a.peak_memory_mb.max(b.peak_memory_mb),
            status: b.status,
        }),
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
