//! One file while it is being read: what its workers note of it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::extract::record::{Problem, ProblemKind};
use crate::extract::settings::ExtractSettings;
use crate::index::store::manifest::{FileEntry, FileProblem, FileState, MOST_PROBLEMS};
use crate::ingest::progress::Progress;
use crate::model::article::ArticleId;

/// What is known of a file while it is being read.
pub(crate) struct FileRun {
    /// The root that its path is below.
    pub(crate) root_name: String,
    pub(crate) settings: Arc<ExtractSettings>,
    /// What the manifest will say of it.
    pub(crate) entry: Mutex<FileEntry>,
    /// The ids of its articles so far.
    pub(crate) ids: Mutex<HashSet<ArticleId>>,
}

impl FileRun {
    /// Keeps a problem with the file; a failure is told to `progress` too.
    pub(crate) fn note_problem(&self, problem: Problem, progress: &dyn Progress) {
        let mut entry = lock(&self.entry);
        if problem.kind == ProblemKind::Failure {
            entry.state = FileState::Failed;
            progress.failed(&problem);
        }
        entry.problem_count += 1;
        if entry.problems.len() < MOST_PROBLEMS {
            let reason = match problem.path.strip_prefix(entry.path.as_str()) {
                Some(inside) if !inside.is_empty() => {
                    format!("{}: {}", inside.trim_start_matches("!/"), problem.reason)
                }
                _ => problem.reason,
            };
            entry.problems.push(FileProblem { line: problem.line, reason });
        }
    }
}

/// A lock that a panic elsewhere does not spoil.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A worker's panic is caught and reported for its file; what it held is still whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
