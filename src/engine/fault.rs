//! TODO(doc)

use crate::model::error::Error;
use std::path::Path;
use tantivy::TantivyError;
use tantivy::directory::error::OpenWriteError;

/// Turns an engine's failure into ours.
pub(crate) fn engine_error(index: &Path, error: TantivyError) -> Error {
    let index = index.to_owned();
    match error {
        TantivyError::DataCorruption(e) => Error::Damaged { index, reason: format!("{e:?}") },
        TantivyError::OpenReadError(e) => Error::Damaged { index, reason: e.to_string() },
        TantivyError::IncompatibleIndex(e) => Error::Damaged { index, reason: format!("{e:?}") },
        TantivyError::LockFailure(..) => Error::Locked { index },
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) if is_full(&io_error) => {
            Error::Full { index, committed: false }
        }
        TantivyError::IoError(e) => match e.kind() {
            _ if is_full(&e) => Error::Full { index, committed: false },
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => {
                Error::Damaged { index, reason: e.to_string() }
            }
            _ => Error::Engine { index, reason: e.to_string() },
        },
        other => match other.to_string() {
            words if says_full(&words) => Error::Full { index, committed: false },
            reason => Error::Engine { index, reason },
        },
    }
}

/// Whether there is no room left, on the disk or for its owner. Some of the engine's errors keep of the system's only its
/// words.
pub(crate) fn is_full(e: &std::io::Error) -> bool {
    matches!(e.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded) || says_full(&e.to_string())
}

pub(crate) fn says_full(words: &str) -> bool {
    words.contains("No space left on device")
}

/// The same failure where it befell a writer of this index: no room is named as such.
pub(crate) fn writing_error(index: &Path, committed: bool, error: Error) -> Error {
    match error {
        Error::Io { source, .. } if is_full(&source) => Error::Full { index: index.to_owned(), committed },
        Error::Full { index, .. } => Error::Full { index, committed },
        other => other,
    }
}
