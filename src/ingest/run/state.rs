//! What all threads of a run share.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::geo::Gazetteer;
use crate::ingest::progress::Progress;
use crate::ingest::run::file_run::lock;
use crate::model::error::Error;

/// The gazetteer, the progress, and what ends a run before its end.
pub(crate) struct RunState<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    failure: Mutex<Option<Error>>,
}

impl<'a> RunState<'a> {
    pub(crate) fn new(gazetteer: &'a Gazetteer, progress: &'a dyn Progress, stop: &'a AtomicBool) -> Self {
        RunState { gazetteer, progress, stop, failure: Mutex::new(None) }
    }

    /// Whether the run was stopped from outside.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the engine has failed, which ends the run; a file's failure does not.
    pub(crate) fn has_failed(&self) -> bool {
        lock(&self.failure).is_some()
    }

    pub(crate) fn must_stop(&self) -> bool {
        self.is_stopped() || self.has_failed()
    }

    /// Ends the run with an error, unless another came before.
    pub(crate) fn fail(&self, error: Error) {
        lock(&self.failure).get_or_insert(error);
    }

    pub(crate) fn take_failure(&self) -> Option<Error> {
        lock(&self.failure).take()
    }
}
