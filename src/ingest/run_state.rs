//! What all threads of a run share.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::geo::Gazetteer;
use crate::ingest::file_run::lock;
use crate::ingest::progress::Progress;
use crate::model::error::Error;

/// The gazetteer, the progress, and what ends a run before its end.
pub(super) struct RunState<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    failure: Mutex<Option<Error>>,
}

impl<'a> RunState<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer, progress: &'a dyn Progress, stop: &'a AtomicBool) -> Self {
        RunState { gazetteer, progress, stop, failure: Mutex::new(None) }
    }

    /// Whether the run was stopped from outside.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the engine has failed, which ends the run; a file's failure does not.
    pub(super) fn has_failed(&self) -> bool {
        lock(&self.failure).is_some()
    }

    pub(super) fn must_stop(&self) -> bool {
        self.is_stopped() || self.has_failed()
    }

    /// Ends the run with an error, unless another came before.
    pub(super) fn fail(&self, error: Error) {
        lock(&self.failure).get_or_insert(error);
    }

    pub(super) fn take_failure(&self) -> Option<Error> {
        lock(&self.failure).take()
    }
}
