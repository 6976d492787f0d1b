//! Reading what was typed for an index: names mean what the index holds.

use crate::index::Backend;
use crate::model::error::Result;
use crate::model::place::PlaceId;
use crate::query::atlas::{Atlas, Held};

/// An index as the reading of names knows it.
#[derive(Debug, Clone, Copy)]
pub struct Holding<'b>(&'b dyn Backend);

impl<'b> Holding<'b> {
    /// What this index holds.
    pub fn of(backend: &'b dyn Backend) -> Self {
        Holding(backend)
    }

    /// The gazetteer of the index with what it holds.
    pub fn atlas(&self) -> Atlas<'_> {
        Atlas::with(self.0.gazetteer(), self)
    }
}

/// Where the index fails, nothing is held: the question that is read for it is put to the same index and meets the failure.
fn or_nothing<T>(found: Result<Vec<T>>) -> Vec<T> {
    found.unwrap_or_default()
}

impl Held for Holding<'_> {
    fn passages_naming(&self, places: &[PlaceId]) -> Vec<u64> {
        or_nothing(self.0.passages_naming(places))
    }

    fn sources(&self) -> Vec<String> {
        or_nothing(self.0.sources())
    }

    fn languages(&self) -> Vec<String> {
        self.0.holdings().languages.clone()
    }
}
