//! `dateline status`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline::archive::archive_file::ArchiveFile;
use dateline::archive::walk::{Entry, WalkSettings, files_of};
use dateline::index::Backend;
use dateline::index::holdings::Status;
use dateline::index::store::manifest::{FileEntry, FileState, Manifest};
use serde::Serialize;

use crate::cli::args::StatusArgs;
use crate::cli::commands::{Outcome, Terminal, open};
use crate::cli::printer::{json, text};

/// Runs the verb.
pub fn run(args: &StatusArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open(&args.at)?;
    let status = reader.status()?;
    let manifest = reader.manifest()?;
    let drift = Drift::of(&manifest, &status.index);
    let files: Vec<&FileEntry> =
        if args.files { manifest.files.values().collect() } else { status.files.iter().collect() };
    let mut out = terminal.out();
    if args.json {
        json::write(&mut out, "status", StatusOut::of(&status, &drift))?;
        for file in files {
            json::write(&mut out, "file", FileOut::of(file, &manifest))?;
        }
        for (state, paths) in drift.lists() {
            for path in paths {
                json::write(&mut out, "change", ChangeOut { state, path })?;
            }
        }
    } else {
        text::status(&mut out, &status, &drift, &files)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// How the archive differs from what the index has read, by size and time of change; no file is opened.
#[derive(Debug, Default)]
pub struct Drift {
    /// Files that are no longer as they were.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that were never read.
    pub new: Vec<String>,
    /// Roots that are not there, as an unmounted volume.
    pub missing_roots: Vec<String>,
}

impl Drift {
    fn of(manifest: &Manifest, index: &Path) -> Self {
        let mut drift = Drift::default();
        for (number, root) in manifest.roots.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let folder = Path::new(root);
            if !folder.exists() {
                drift.missing_roots.push(root.clone());
                continue;
            }
            // Where dateline.toml cannot be understood the next indexing run says so; here all files are looked at.
            let archive_file = ArchiveFile::read(folder).unwrap_or_default();
            let exclude: Vec<PathBuf> = index.canonicalize().into_iter().collect();
            let mut seen = BTreeSet::new();
            for entry in files_of(folder, &WalkSettings { archive_file, exclude }) {
                match entry {
                    Entry::File { relative, size, mtime, .. } => {
                        match manifest.files.get(&(number, relative.clone())) {
                            Some(known) if known.size == size && known.mtime == mtime => {}
                            // It is not read again, whatever becomes of it.
                            Some(known) if known.state == FileState::Forgotten => {}
                            Some(_) => drift.changed.push(relative.clone()),
                            None => drift.new.push(relative.clone()),
                        }
                        seen.insert(relative);
                    }
                    Entry::Skipped { relative, .. } | Entry::Failed { relative, .. } => {
                        seen.insert(relative);
                    }
                }
            }
            let known = manifest.files.values().filter(|f| f.root == number && f.state != FileState::Skipped);
            drift.gone.extend(known.filter(|f| !seen.contains(&f.path)).map(|f| f.path.clone()));
        }
        drift
    }

    /// Whether the index is up to date.
    pub fn is_none(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.new.is_empty() && self.missing_roots.is_empty()
    }

    /// The lists with the names of their states.
    pub fn lists(&self) -> [(&'static str, &[String]); 4] {
        [("changed", &self.changed), ("gone", &self.gone), ("new", &self.new), ("missing", &self.missing_roots)]
    }
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
            index: status.index.to_string_lossy().into_owned(),
            format: status.format,
            roots: &status.roots,
            bytes: status.bytes,
            segments: status.segments,
            files: status.sums.files,
            skipped: status.sums.skipped,
            failed: status.sums.failed,
            articles: status.sums.articles,
            passages: status.sums.passages,
            undated: status.sums.undated,
            unplaced: status.sums.unplaced,
            open_dates: status.sums.open_dates,
            copies: status.copies,
            languages: &status.languages,
            gazetteer: status.user_gazetteer.as_deref(),
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
            root: manifest.roots.get(file.root as usize).map_or("", String::as_str),
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
