//! The library's one error type, worded for the user: where, what, what to do next.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, with enough to find it and to act on it.
///
/// Messages are lower case without a full stop and hold no debug output, so that the binary can print them as they are.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be opened, read or written.
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// What was being done, as in "cannot read".
        doing: &'static str,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file was read but its content could not be understood.
    Input {
        /// The file, with what lies inside an archive after `!/`.
        path: PathBuf,
        /// The line the fault is in, counted from 1, where it is known.
        line: Option<u64>,
        /// What is wrong with it and, where there is one, the remedy.
        reason: String,
    },
    /// A query or filter could not be understood.
    Query(QueryError),
    /// No index was found.
    NoIndex {
        /// Where it was looked for.
        looked_in: PathBuf,
    },
    /// Another process is writing to the index.
    Locked {
        /// The index folder.
        index: PathBuf,
    },
    /// The index was written by another version of the program.
    Format {
        /// The index folder.
        index: PathBuf,
        /// The format found.
        found: u32,
        /// The format that this build reads.
        reads: u32,
    },
    /// The index is damaged.
    Damaged {
        /// The index folder.
        index: PathBuf,
        /// What was found.
        reason: String,
    },
    /// There is no room left for the index.
    Full {
        /// The index folder.
        index: PathBuf,
        /// Whether the run had committed before; otherwise the index is as it was.
        committed: bool,
    },
    /// The engine failed for a reason that is none of the above.
    Engine {
        /// The index folder.
        index: PathBuf,
        /// The engine's own words.
        reason: String,
    },
    /// An answer could not be written to where it was to go.
    Output(std::io::Error),
    /// No article or passage has this id, or no place this name.
    NotFound(String),
    /// The settings of a run contradict each other or are out of range.
    Usage(String),
}

/// A query that could not be understood, with the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as it was typed.
    pub query: String,
    /// Byte offset in `query` of the character at fault; `query.len()` where something is missing at the end.
    pub at: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Error {
    /// An [`Error::Io`] for `path`; `doing` reads as "cannot open", "cannot write".
    pub fn io(doing: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Error::Io { path: path.into(), doing, source }
    }

    /// An [`Error::Input`] without a line.
    pub fn input(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Error::Input { path: path.into(), line: None, reason: reason.into() }
    }

    /// The exit status that the command line gives for this error: 1 nothing of that name, 2 usage or failure, 3 the
    /// index is missing, locked, damaged or of another format.
    pub fn exit_status(&self) -> u8 {
        match self {
            Error::NotFound(_) => 1,
            Error::NoIndex { .. } | Error::Locked { .. } | Error::Format { .. } | Error::Damaged { .. } => 3,
            Error::Io { .. }
            | Error::Input { .. }
            | Error::Query(_)
            | Error::Full { .. }
            | Error::Engine { .. }
            | Error::Output(_)
            | Error::Usage(_) => 2,
        }
    }
}

/// A path as the user may type it in a suggested command.
fn shell_path(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(|c: char| c.is_whitespace() || "'\"$&;()".contains(c)) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io { path, doing, source } => write!(f, "{}: {doing}: {source}", path.display()),
            Error::Input { path, line: Some(line), reason } => write!(f, "{}:{line}: {reason}", path.display()),
            Error::Input { path, line: None, reason } => write!(f, "{}: {reason}", path.display()),
            Error::Query(e) => write!(f, "{e}"),
            Error::NoIndex { looked_in } => write!(
                f,
                "{}: no index here or in any folder above; make one with `dateline index PATH`, or name one with --index",
                looked_in.display()
            ),
            Error::Locked { index } => write!(
                f,
                "{}: another process is writing to this index; wait until it has finished and try again",
                index.display()
            ),
            Error::Format { index, found, reads } => write!(
                f,
                "{}: index format {found}, this build reads {reads}; rebuild it with `dateline index --rebuild --index {}` and the archive's path",
                index.display(),
                shell_path(index)
            ),
            Error::Damaged { index, reason } => write!(
                f,
                "{}: the index is damaged ({reason}); rebuild it with `dateline index --rebuild --index {}` and the archive's path",
                index.display(),
                shell_path(index)
            ),
            Error::Full { index, committed: false } => write!(
                f,
                "{}: the disk is full; the index is as it was before this run: make room and run it again",
                index.display()
            ),
            Error::Full { index, committed: true } => write!(
                f,
                "{}: the disk is full; what this run has read is in the index, but is not merged: make room and run it again",
                index.display()
            ),
            Error::Engine { index, reason } => write!(f, "{}: {reason}", index.display()),
            Error::Output(source) => write!(f, "cannot write the answer: {source}"),
            Error::NotFound(what) | Error::Usage(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } | Error::Output(source) => Some(source),
            _ => None,
        }
    }
}

impl fmt::Display for QueryError {
    /// Three lines: the reason, the query, and a caret under the column.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use unicode_width::UnicodeWidthStr;
        let at = self.at.min(self.query.len());
        let before = self.query.get(..at).unwrap_or(&self.query);
        let column = before.chars().count() + 1;
        write!(f, "query, column {column}: {}\n  {}\n  {}^", self.reason, self.query, " ".repeat(before.width()))
    }
}

impl From<QueryError> for Error {
    fn from(e: QueryError) -> Self {
        Error::Query(e)
    }
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;
