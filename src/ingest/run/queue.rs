//! The queue between reading and understanding: what waits in it, and how much may.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::extract::record::RawRecord;
use crate::ingest::run::file_run::{FileRun, lock};

/// Bytes of records that may wait between reading and understanding. One longer record waits alone.
const WAITING_BYTES: usize = 24 << 20;

/// Records that may wait, however short.
pub(crate) const WAITING_RECORDS: usize = 1024;

/// A record on its way from reading to understanding, with the room that it takes in the queue.
pub(crate) struct Parcel<'b> {
    pub(crate) file: Arc<FileRun>,
    pub(crate) record: RawRecord,
    pub(crate) room: Room<'b>,
}

/// How many bytes may wait in a queue.
pub(crate) struct Budget {
    free: Mutex<usize>,
    changed: Condvar,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Budget { free: Mutex::new(WAITING_BYTES), changed: Condvar::new() }
    }

    /// Waits until there is room for so many bytes; more than the whole budget waits for all of it.
    pub(crate) fn take(&self, bytes: usize) -> Room<'_> {
        let bytes = bytes.min(WAITING_BYTES);
        let mut free = lock(&self.free);
        while *free < bytes {
            free = self.changed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Room { budget: self, bytes }
    }
}

/// Room taken in a queue, given back when dropped.
pub(crate) struct Room<'b> {
    budget: &'b Budget,
    bytes: usize,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *lock(&self.budget.free) += self.bytes;
        self.budget.changed.notify_all();
    }
}
