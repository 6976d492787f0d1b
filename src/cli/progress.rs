//! How far an indexing run is: a bar on standard error, and nothing where that is no terminal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dateline::extract::record::Problem;
use dateline::ingest::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::messages::Messages;
use crate::cli::printer::layout::{counted, number};

/// Failures that are named as they come; all are kept for `status`.
const NAMED_FAILURES: u64 = 20;

/// A bar of bytes, with files and articles beside it.
pub struct Bar {
    bar: ProgressBar,
    messages: Messages,
    files: AtomicU64,
    files_done: AtomicU64,
    articles: AtomicU64,
    failures: AtomicU64,
}

impl Bar {
    /// A bar that draws nothing until files are found.
    pub fn new(messages: Messages) -> Self {
        let target =
            if messages.terminal { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let wide = "{spinner} {wide_bar:.blue/dim} {percent:>3}%  {msg}  {decimal_bytes_per_sec}  {eta} left";
        if let Ok(style) = ProgressStyle::with_template(wide) {
            bar.set_style(style.progress_chars("━━─"));
        }
        if messages.terminal {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Bar {
            bar,
            messages,
            files: AtomicU64::new(0),
            files_done: AtomicU64::new(0),
            articles: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }

    /// Takes the bar off the terminal.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
        let unnamed = self.failures.load(Ordering::Relaxed).saturating_sub(NAMED_FAILURES);
        if unnamed > 0 {
            self.messages.warning(&format!("and {} more like these", number(unnamed)));
        }
    }

    fn tell(&self) {
        self.bar.set_message(format!(
            "{} of {}, {}",
            number(self.files_done.load(Ordering::Relaxed)),
            counted(self.files.load(Ordering::Relaxed), "file"),
            counted(self.articles.load(Ordering::Relaxed), "article")
        ));
    }
}

impl Progress for Bar {
    fn found(&self, files: u64, bytes: u64) {
        self.files.store(files, Ordering::Relaxed);
        self.bar.set_length(bytes);
        self.tell();
    }

    fn read(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn file_done(&self) {
        self.files_done.fetch_add(1, Ordering::Relaxed);
        self.tell();
    }

    fn article_done(&self) {
        let done = self.articles.fetch_add(1, Ordering::Relaxed);
        // Formatting for each of a million articles would cost more than it tells.
        if done.is_multiple_of(64) {
            self.tell();
        }
    }

    fn committing(&self) {
        self.bar.set_message("writing the index".to_owned());
    }

    fn failed(&self, problem: &Problem) {
        if self.failures.fetch_add(1, Ordering::Relaxed) < NAMED_FAILURES {
            let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
            self.bar.suspend(|| self.messages.warning(&format!("{}{line}: {}", problem.path, problem.reason)));
        }
    }
}
