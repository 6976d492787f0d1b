//! The engine's failures in the words of [`Error`].
//!
//! What the engine knows only as a `Debug` form is put into words here, so that no message holds one.

use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{Incompatibility, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::error::DataCorruption;

use crate::model::error::{Error, Result};

/// Turns an engine's failure into ours.
pub(crate) fn engine_error(index: &Path, error: TantivyError) -> Error {
    let index = index.to_owned();
    match error {
        TantivyError::DataCorruption(e) => Error::Damaged { index, reason: corruption(&e) },
        TantivyError::OpenReadError(e) => Error::Damaged { index, reason: unreadable(&e) },
        TantivyError::IncompatibleIndex(e) => Error::Damaged { index, reason: incompatible(&e) },
        TantivyError::OpenDirectoryError(e) => Error::Engine { index, reason: unopened(&e) },
        TantivyError::LockFailure(..) => Error::Locked { index },
        TantivyError::OpenWriteError(e) => match e {
            OpenWriteError::IoError { io_error, .. } if is_full(&io_error) => Error::Full { index, committed: false },
            OpenWriteError::IoError { io_error, filepath } => {
                Error::Engine { index, reason: format!("cannot write {}: {io_error}", filepath.display()) }
            }
            OpenWriteError::FileAlreadyExists(path) => {
                Error::Engine { index, reason: format!("cannot write {}: it exists already", path.display()) }
            }
        },
        TantivyError::IoError(e) => match e.kind() {
            _ if is_full(&e) => Error::Full { index, committed: false },
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Error::Damaged { index, reason: e.to_string() },
            _ => Error::Engine { index, reason: e.to_string() },
        },
        // Of what broke down in a thread or within the engine nothing is left but words.
        TantivyError::SystemError(words) | TantivyError::ErrorInThread(words) | TantivyError::InternalError(words)
            if says_full(&words) =>
        {
            Error::Full { index, committed: false }
        }
        other => Error::Engine { index, reason: other.to_string() },
    }
}

/// The same failure where it befell a writer of this index: no room is named as such.
pub(crate) fn writing_error(index: &Path, committed: bool, error: Error) -> Error {
    match error {
        Error::Io { source, .. } if is_full(&source) => Error::Full { index: index.to_owned(), committed },
        Error::Full { index, .. } => Error::Full { index, committed },
        other => other,
    }
}

/// Runs what reads an index. The engine checks no file when it opens it, and panics on some that hold what they cannot
/// hold; that is damage like any other.
pub(crate) fn guarded<T>(index: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let reason = format!("reading it broke down: {}", said.unwrap_or("no reason given"));
        Err(Error::Damaged { index: index.to_owned(), reason })
    })
}

/// Why a file of the engine's cannot be read.
pub(crate) fn unreadable(error: &OpenReadError) -> String {
    match error {
        OpenReadError::FileDoesNotExist(path) => format!("{} is missing", path.display()),
        OpenReadError::IoError { io_error, filepath } => format!("{}: {io_error}", filepath.display()),
        OpenReadError::IncompatibleIndex(e) => incompatible(e),
    }
}

/// Why a folder of the engine's cannot be opened.
pub(crate) fn unopened(error: &OpenDirectoryError) -> String {
    match error {
        OpenDirectoryError::DoesNotExist(path) => format!("{} is missing", path.display()),
        OpenDirectoryError::NotADirectory(path) => format!("{} is no folder", path.display()),
        OpenDirectoryError::FailedToCreateTempDir(e) => format!("cannot create a folder for temporary files: {e}"),
        OpenDirectoryError::IoError { io_error, directory_path } => {
            format!("{}: {io_error}", directory_path.display())
        }
    }
}

fn incompatible(error: &Incompatibility) -> String {
    match error {
        Incompatibility::CompressionMismatch { index_compression_format, .. } => {
            format!("it is compressed by {index_compression_format}, which this build cannot read")
        }
        Incompatibility::IndexMismatch { index_version, .. } => {
            format!("it was written by another version of the engine ({index_version})")
        }
    }
}

/// What is damaged. The engine keeps its reason to itself and shows it in this form only: a sentence under a heading.
fn corruption(error: &DataCorruption) -> String {
    let sentence = format!("{error:?}");
    let reason = sentence.strip_prefix("Data corruption: ").unwrap_or(&sentence);
    reason.strip_suffix('.').unwrap_or(reason).to_owned()
}

/// Whether there is no room left, on the disk or for its owner.
fn is_full(error: &io::Error) -> bool {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => true,
        // The writer of the engine's dictionaries hands on a system's error by its words, as one of no kind.
        ErrorKind::Other => says_full(&error.to_string()),
        _ => false,
    }
}

/// Whether a failure of which the engine keeps nothing but the system's words is that of a full disk. Only where there is
/// no [`io::ErrorKind`] to go by.
fn says_full(words: &str) -> bool {
    words.contains("No space left on device")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_by_its_kind_and_by_words_only_where_there_is_no_kind() {
        let full = |error: TantivyError| matches!(engine_error(Path::new("i"), error), Error::Full { .. });
        assert!(full(io::Error::from(ErrorKind::StorageFull).into()));
        assert!(full(io::Error::other("No space left on device (os error 28)").into()));
        assert!(full(TantivyError::SystemError("Merge thread panicked: No space left on device".to_owned())));
        assert!(full(TantivyError::InternalError("No space left on device (os error 28)".to_owned())));
        assert!(!full(io::Error::new(ErrorKind::InvalidData, "No space left on device").into()));
        assert!(!full(io::Error::from(ErrorKind::PermissionDenied).into()));
    }

    #[test]
    fn no_message_holds_the_debug_form_of_an_error() {
        let io_error = std::sync::Arc::new(io::Error::from(ErrorKind::PermissionDenied));
        let (filepath, directory_path) = ("x.term".into(), "gen-000001".into());
        for error in [
            DataCorruption::comment_only("a passage has no record").into(),
            OpenReadError::FileDoesNotExist("x.pos".into()).into(),
            OpenReadError::IoError { io_error: io_error.clone(), filepath }.into(),
            OpenDirectoryError::IoError { io_error, directory_path }.into(),
            OpenWriteError::FileAlreadyExists("x.idx".into()).into(),
        ] {
            let said = engine_error(Path::new("i"), error).to_string();
            assert!(!said.contains(['"', '{']) && !said.contains("Error"), "{said}");
        }
    }
}
