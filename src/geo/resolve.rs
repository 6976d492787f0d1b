//! Disambiguation: from a name to the place it means here.

use super::{Gazetteer, GeoInput, Geography};

/// The toponyms of an article and the places that they stand for.
pub fn geography_of(gazetteer: &Gazetteer, input: &GeoInput<'_>) -> Geography {
    let _ = (gazetteer, input);
    Geography::default()
}
