//! What an index holds and lacks, as a person reads it.

use std::io::{self, Write};

use dateline::index::holdings::Status;
use dateline::index::store::drift::Drift;
use dateline::index::store::manifest::{FileEntry, FileState};

use crate::cli::printer::layout::{counted, number, padded, write_wrapped};
use crate::cli::printer::{Out, Role};

/// Paths listed for each kind of change.
const CHANGES_SHOWN: usize = 10;

/// Writes the status of an index.
pub fn status(out: &mut Out, status: &Status, drift: &Drift, files: &[&FileEntry]) -> io::Result<()> {
    let line = |out: &mut Out, name: &str, role: Role, text: &str| write_wrapped(out, &padded(name, 12), role, text);
    let sums = &status.holdings.sums;
    let index = format!(
        "{}  (format {}, {}, {})",
        status.location.display(),
        status.format,
        size(status.bytes),
        counted(status.segments as u64, "segment")
    );
    line(out, "index", Role::Plain, &index)?;
    for root in &status.manifest.roots {
        line(out, "archive", Role::Plain, root)?;
    }
    let holds = format!(
        "{} in {}, from {} of {}",
        counted(sums.articles, "article"),
        counted(sums.passages, "passage"),
        counted(sums.files, "file"),
        size(sums.bytes)
    );
    line(out, "holds", Role::Plain, &holds)?;
    if !status.holdings.languages.is_empty() {
        line(out, "languages", Role::Plain, &status.holdings.languages.join(", "))?;
    }
    if status.copies > 0 {
        line(
            out,
            "copies",
            Role::Plain,
            &format!("{} of articles with the same text", counted(status.copies as u64, "group")),
        )?;
    }
    if let Some(layer) = &status.holdings.user_gazetteer {
        line(out, "gazetteer", Role::Plain, &format!("with a layer of your own ({layer})"))?;
    }
    line(out, "undated", Role::Plain, &format!("{} without a publication date", counted(sums.undated, "article")))?;
    line(out, "unplaced", Role::Plain, &format!("{} without a resolved place", counted(sums.unplaced, "article")))?;
    if sums.open_dates > 0 {
        let text = format!("{} whose days are not known, for want of a year", counted(sums.open_dates, "date"));
        line(out, "open dates", Role::Plain, &text)?;
    }
    if drift.is_none() {
        line(out, "up to date", Role::Plain, "yes")?;
    } else {
        let counts: Vec<String> = drift
            .lists()
            .iter()
            .filter(|(_, paths)| !paths.is_empty())
            .map(|(state, paths)| format!("{} {state}", number(paths.len() as u64)))
            .collect();
        line(out, "up to date", Role::Caution, &format!("no: {}; run `dateline index`", counts.join(", ")))?;
        for (state, paths) in drift.lists() {
            for path in paths.iter().take(CHANGES_SHOWN) {
                write_wrapped(out, &padded(&format!("  {state}"), 12), Role::Dim, path)?;
            }
            if paths.len() > CHANGES_SHOWN {
                write_wrapped(
                    out,
                    &padded("", 12),
                    Role::Dim,
                    &format!("and {} more", number((paths.len() - CHANGES_SHOWN) as u64)),
                )?;
            }
        }
    }
    crate::cli::printer::text::status::files(out, files)
}

fn files(out: &mut Out, files: &[&FileEntry]) -> io::Result<()> {
    for (state, head, role) in [
        (FileState::Failed, "failed, wholly or in part", Role::Caution),
        (FileState::Partial, "read in part when a run was stopped", Role::Caution),
        (FileState::Skipped, "skipped", Role::Dim),
        (FileState::Indexed, "indexed, with something to know", Role::Dim),
    ] {
        let of_state: Vec<&&FileEntry> = files.iter().filter(|f| f.state == state).collect();
        if of_state.is_empty() {
            continue;
        }
        out.write_all(b"\n")?;
        out.paint(Role::Title, &format!("{} {head}\n", counted(of_state.len() as u64, "file")))?;
        for file in of_state {
            let mut facts: Vec<String> = Vec::new();
            for (n, what) in [(file.undated, "undated"), (file.unplaced, "unplaced")] {
                match (n, file.articles) {
                    (0, _) => {}
                    (_, 1) => facts.push(what.to_owned()),
                    _ => facts.push(format!("{} {what}", number(n))),
                }
            }
            if file.open_dates > 0 {
                facts.push(format!("{} without a year", counted(file.open_dates, "date")));
            }
            let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join(", ")) };
            write_wrapped(out, "  ", Role::Plain, &format!("{}{facts}", file.path))?;
            for problem in &file.problems {
                let line = problem.line.map(|l| format!("line {l}: ")).unwrap_or_default();
                write_wrapped(out, "    ", role, &format!("{line}{}", problem.reason))?;
            }
            let untold = file.problem_count.saturating_sub(file.problems.len() as u64);
            if untold > 0 {
                write_wrapped(out, "    ", role, &format!("and {} more", number(untold)))?;
            }
            for warning in &file.warnings {
                write_wrapped(out, "    ", Role::Dim, warning)?;
            }
        }
    }
    Ok(())
}

/// A number of bytes as people say it: 12.3 MB.
fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => format!("{bytes} bytes"),
        1_000..=999_999 => format!("{:.1} KB", bytes as f64 / 1e3),
        1_000_000..=999_999_999 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
