//! What names are read against: the gazetteer, and what an index holds of it.

use crate::geo::Gazetteer;
use crate::model::place::PlaceId;

/// What an index holds, as far as the reading of names needs it. It is asked only where a name could be read in more than
/// one way, or in none.
pub trait Held {
    /// How many passages name each of these places itself; one that lies within it does not count.
    fn passages_naming(&self, places: &[PlaceId]) -> Vec<u64>;

    /// The publishers of its articles in small letters, the most frequent first.
    fn sources(&self) -> Vec<String>;

    /// The codes of its articles' languages.
    fn languages(&self) -> Vec<String>;
}

/// The gazetteer and, where there is one, the index that names are read for.
#[derive(Clone, Copy)]
pub struct Atlas<'a> {
    /// Places and their names.
    pub gazetteer: &'a Gazetteer,
    held: Option<&'a dyn Held>,
}

impl<'a> Atlas<'a> {
    /// Names are read by the gazetteer and by what the index holds.
    pub fn with(gazetteer: &'a Gazetteer, held: &'a dyn Held) -> Self {
        Atlas { gazetteer, held: Some(held) }
    }

    /// What the index holds; `None` where no index is known.
    pub fn held(&self) -> Option<&'a dyn Held> {
        self.held
    }

    /// How many passages of the index name each of these places; none without an index.
    pub fn passages_naming(&self, places: &[PlaceId]) -> Vec<u64> {
        let mut passages = self.held.map_or_else(Vec::new, |held| held.passages_naming(places));
        passages.resize(places.len(), 0);
        passages
    }
}

/// Names are read by the gazetteer alone.
impl<'a> From<&'a Gazetteer> for Atlas<'a> {
    fn from(gazetteer: &'a Gazetteer) -> Self {
        Atlas { gazetteer, held: None }
    }
}
