//! `dateline index`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline::archive::columns::map_of;
use dateline::ingest::report::Indexed;
use dateline::ingest::{self, IngestSettings, IngestSummary};

use crate::cli::args::IndexArgs;
use dateline::wire::json;

use crate::cli::commands::index_folder;
use crate::cli::printer::layout::{counted, number};
use crate::cli::progress::Bar;
use crate::cli::terminal::{Complaint, Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &IndexArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let folder = match args.paths.as_slice() {
        [only] => index_folder(&args.at, Some(only))?,
        _ if args.at.index.is_some() => index_folder(&args.at, None)?,
        _ => return Err(Complaint("several paths need one index: name its folder with --index DIR".to_owned()).into()),
    };
    let defaults = IngestSettings::default();
    let settings = IngestSettings {
        jobs: args.jobs.map_or(defaults.jobs, usize::from),
        memory_bytes: args.memory.map_or(defaults.memory_bytes, |m| usize::try_from(m).unwrap_or(usize::MAX)),
        rebuild: args.rebuild,
        columns: map_of(&args.map),
        stop: stop_on_signals(terminal),
    };
    if !args.forget.is_empty() {
        return forget(args, &folder, &settings, terminal);
    }
    let bar = Bar::new(terminal.messages);
    let summary = ingest::index(&args.paths, &folder, &settings, &bar);
    bar.clear();
    let summary = summary.map_err(|e| with_a_way_out(e, args))?;
    let mut out = terminal.out();
    if args.json {
        json::write(&mut out, "indexed", Indexed::from(&summary))?;
    } else {
        out.write_all(told(&summary).as_bytes())?;
    }
    out.flush()?;
    if summary.stopped {
        terminal.messages.warning("stopped before the end; what was read is kept, and the next run goes on from there");
    }
    say_failures(&summary, terminal);
    Ok(if summary.failed > 0 || summary.stopped { Outcome::Failed } else { Outcome::Done })
}

/// Brings an index up to date for a search, and says what it did where it did something.
pub fn bring_up_to_date(archive: &Path, folder: &Path, terminal: &Terminal) -> anyhow::Result<()> {
    let bar = Bar::new(terminal.messages);
    let settings = IngestSettings { stop: stop_on_signals(terminal), ..IngestSettings::default() };
    let summary = ingest::index(&[archive.to_path_buf()], folder, &settings, &bar);
    bar.clear();
    let summary = summary?;
    if summary.stopped {
        return Err(Complaint("stopped while bringing the index up to date; what was read is kept".to_owned()).into());
    }
    if summary.read + summary.removed > 0 {
        terminal.messages.note(told(&summary).trim_end());
    }
    if summary.failed > 0 {
        terminal.messages.warning(&format!(
            "{} could not be read and cannot be found here; see `dateline status`",
            counted(summary.failed, "file")
        ));
    }
    Ok(())
}

/// A flag that an interrupt or a request to end sets; a second one ends the program at once.
fn stop_on_signals(terminal: &Terminal) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let handler = move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(2);
        }
    };
    if let Err(e) = ctrlc::set_handler(handler) {
        terminal.messages.warning(&format!("an interrupt will lose what was not yet committed: {e}"));
    }
    stop
}

/// An archive that cannot be written to needs its index elsewhere.
fn with_a_way_out(error: dateline::Error, args: &IndexArgs) -> anyhow::Error {
    match &error {
        dateline::Error::Io { source, .. }
            if args.at.index.is_none()
                && matches!(
                    source.kind(),
                    std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
                ) =>
        {
            Complaint(format!("{error}; keep the index elsewhere with --index DIR")).into()
        }
        _ => error.into(),
    }
}

fn forget(args: &IndexArgs, folder: &Path, settings: &IngestSettings, terminal: &Terminal) -> anyhow::Result<Outcome> {
    // A path is meant below the archive where it is not one from here.
    let paths: Vec<PathBuf> = args.forget.iter().map(PathBuf::from).collect();
    let forgotten = ingest::forget(folder, &paths, settings)?;
    let mut out = terminal.out();
    let text = format!(
        "{} and all their text left the index; the files themselves are as they were\n",
        counted(forgotten, "file")
    );
    out.write_all(text.as_bytes())?;
    out.flush()?;
    if forgotten > 0 {
        terminal
            .messages
            .note("they are not read again before a `dateline index --rebuild`; skip them in dateline.toml to keep them out then");
    }
    Ok(if forgotten == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// A run in two or three lines.
fn told(summary: &IngestSummary) -> String {
    let s = summary;
    let mut text = if s.read == 0 && s.removed == 0 {
        format!("nothing has changed in {}\n", counted(s.unchanged, "file"))
    } else {
        let speed =
            if s.seconds > 0.0 { format!(", {:.1} MB/s", s.bytes as f64 / 1e6 / s.seconds) } else { String::new() };
        let mut line = format!(
            "read {} ({:.1} MB) in {:.1} s{speed}: {}, {}",
            counted(s.read, "file"),
            s.bytes as f64 / 1e6,
            s.seconds,
            counted(s.articles, "article"),
            counted(s.passages, "passage")
        );
        if s.unchanged > 0 {
            line.push_str(&format!("; {} unchanged", number(s.unchanged)));
        }
        if s.removed > 0 {
            line.push_str(&format!("; {} gone", number(s.removed)));
        }
        if s.skipped > 0 {
            line.push_str(&format!("; {} skipped", number(s.skipped)));
        }
        line.push('\n');
        line
    };
    if s.undated + s.unplaced > 0 {
        text.push_str(&format!(
            "{} without a date, {} without a place; `dateline status` lists them\n",
            counted(s.undated, "article"),
            number(s.unplaced)
        ));
    }
    text.push_str(&format!(
        "the index holds {} in {}\n",
        counted(s.articles_in_index, "article"),
        counted(s.passages_in_index, "passage")
    ));
    text
}

fn say_failures(summary: &IngestSummary, terminal: &Terminal) {
    if summary.failed > 0 {
        let files = counted(summary.failed, "file");
        terminal.messages.error(&format!(
            "{files} could not be read, wholly or in part; `dateline status` lists them with their reasons"
        ));
    }
}
