//! What a facet is counted by, whatever its field.

use crate::engine::count::tally::Matches;
use crate::model::answer::{Counts, EventCounts};
use crate::model::error::Result;

/// A value with its counts.
pub(super) struct Counted {
    pub(super) value: String,
    pub(super) counts: Counts,
    /// Of days of events: the counts by what the days rest on.
    pub(super) events: Option<EventCounts>,
}

/// Counts by one field, segment by segment.
pub(super) trait Counter {
    /// Counts the matches of the next segment.
    fn add(&mut self, matches: &Matches<'_, '_>) -> Result<()>;

    /// The values that any passage had, with their counts.
    fn counts(self: Box<Self>) -> Vec<Counted>;
}
