//! What an index holds and lacks, as JSON Lines.

use std::io::{self, Write};

use serde::Serialize;

use crate::index::holdings::Status;
use crate::index::store::drift::Drift;
use crate::index::store::manifest::{FileEntry, FileState, Manifest};
use crate::wire::json;

/// Writes the state of an index: its sums, then a line for each of these files and for each that differs from the archive.
///
/// # Errors
/// Those of the writer.
pub fn status(out: &mut dyn Write, status: &Status, drift: &Drift, files: &[&FileEntry]) -> io::Result<()> {
    json::write(out, "status", StatusOut::of(status, drift))?;
    for file in files {
        json::write(out, "file", FileOut::of(file, &status.manifest))?;
    }
    for (state, paths) in drift.lists() {
        for path in paths {
            json::write(out, "change", ChangeOut { state, path })?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct StatusOut<'a> {
    index: String,
    format: u32,
    roots: &'a [String],
    bytes: u64,
    segments: usize,
    files: u64,
    skipped: u64,
    failed: u64,
    articles: u64,
    passages: u64,
    undated: u64,
    unplaced: u64,
    open_dates: u64,
    copies: usize,
    languages: &'a [String],
    gazetteer: Option<&'a str>,
    changed_files: usize,
    gone_files: usize,
    new_files: usize,
    up_to_date: bool,
}

impl<'a> StatusOut<'a> {
    fn of(status: &'a Status, drift: &Drift) -> Self {
        StatusOut {
            index: status.location.to_string_lossy().into_owned(),
            format: status.format,
            roots: &status.manifest.roots,
            bytes: status.bytes,
            segments: status.segments,
            files: status.holdings.sums.files,
            skipped: status.holdings.sums.skipped,
            failed: status.holdings.sums.failed,
            articles: status.holdings.sums.articles,
            passages: status.holdings.sums.passages,
            undated: status.holdings.sums.undated,
            unplaced: status.holdings.sums.unplaced,
            open_dates: status.holdings.sums.open_dates,
            copies: status.copies,
            languages: &status.holdings.languages,
            gazetteer: status.holdings.user_gazetteer.as_deref(),
            changed_files: drift.changed.len(),
            gone_files: drift.gone.len(),
            new_files: drift.new.len(),
            up_to_date: drift.is_none(),
        }
    }
}

#[derive(Serialize)]
struct ProblemOut<'a> {
    line: Option<u64>,
    reason: &'a str,
}

#[derive(Serialize)]
struct FileOut<'a> {
    state: FileState,
    path: &'a str,
    root: &'a str,
    articles: u64,
    passages: u64,
    undated: u64,
    unplaced: u64,
    open_dates: u64,
    problems: Vec<ProblemOut<'a>>,
    problem_count: u64,
    warnings: &'a [String],
}

impl<'a> FileOut<'a> {
    fn of(file: &'a FileEntry, manifest: &'a Manifest) -> Self {
        FileOut {
            state: file.state,
            path: &file.path,
            root: manifest.root(file.root),
            articles: file.articles,
            passages: file.passages,
            undated: file.undated,
            unplaced: file.unplaced,
            open_dates: file.open_dates,
            problems: file.problems.iter().map(|p| ProblemOut { line: p.line, reason: &p.reason }).collect(),
            problem_count: file.problem_count,
            warnings: &file.warnings,
        }
    }
}

#[derive(Serialize)]
struct ChangeOut<'a> {
    state: &'static str,
    path: &'a str,
}
