//! What a facet is counted by, whatever its field.

use crate::engine::count::tally::Matches;
use crate::model::answer::Counts;
use crate::model::error::Result;

/// Counts by one field, segment by segment.
pub(super) trait Counter {
    /// Counts the matches of the next segment.
    fn add(&mut self, matches: &Matches<'_, '_>) -> Result<()>;

    /// The values that any passage had, with their counts.
    fn counts(self: Box<Self>) -> Vec<(String, Counts)>;
}
