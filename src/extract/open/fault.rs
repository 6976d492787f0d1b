//! Faults of streams in words for the user, carried through [`io::Error`].

use std::fmt;
use std::io;

use crate::archive::walk::reason_of as reason_of_system;

/// Why a stream cannot be read on, where the fault is not the system's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StreamFault {
    /// Something past [`document_bytes`](crate::extract::settings::Limits::document_bytes).
    TooLarge { what: &'static str, limit: u64 },
    /// The bytes end before the compressed data does.
    Truncated { packing: &'static str },
    /// The decoder gave up, with these words.
    Damaged { packing: &'static str, words: String },
    /// A tar that ends within an entry.
    TruncatedTar,
    /// More comes out than the packed bytes can honestly hold.
    Bomb { ratio: u64 },
    /// More comes out than [`unpacked_bytes`](crate::extract::settings::Limits::unpacked_bytes).
    PastLimit { limit: u64 },
    /// A JSON array that is never closed.
    OpenArray,
    /// JSON that is neither objects nor an array of objects.
    NotRecords,
}

impl fmt::Display for StreamFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamFault::TooLarge { what, limit } => {
                write!(f, "a {what} of more than {} MB, which is past the limit; split it", limit >> 20)
            }
            StreamFault::Truncated { packing } => {
                write!(f, "truncated {packing}: the file ends before its {packing} data does")
            }
            StreamFault::Damaged { packing, words } => write!(f, "damaged {packing}: {words}"),
            StreamFault::TruncatedTar => f.write_str("truncated tar: it ends within this entry"),
            StreamFault::Bomb { ratio } => {
                write!(f, "unpacks to more than {ratio} times its size; left, as a bomb would do so")
            }
            StreamFault::PastLimit { limit } => {
                write!(f, "unpacks to more than {} MB, which is past the limit", limit >> 20)
            }
            StreamFault::OpenArray => f.write_str("not whole JSON: its array has no end"),
            StreamFault::NotRecords => f.write_str("not JSON records: there must be an object, or an array of objects"),
        }
    }
}

impl std::error::Error for StreamFault {}

impl From<StreamFault> for io::Error {
    fn from(fault: StreamFault) -> Self {
        io::Error::other(fault)
    }
}

/// The fault that an error carries; `None` where it is the system's or a decoder's own.
pub(crate) fn fault_in(e: &io::Error) -> Option<&StreamFault> {
    e.get_ref().and_then(|inner| inner.downcast_ref())
}

/// The words of the fault that an error carries, else the system's.
pub(crate) fn reason_of(e: &io::Error) -> String {
    match fault_in(e) {
        Some(fault) => fault.to_string(),
        None => format!("cannot be read: {}", reason_of_system(e)),
    }
}
