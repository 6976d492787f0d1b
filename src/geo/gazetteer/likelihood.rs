//! The order of a name's candidates when nothing but the name is known.

use crate::geo::gazetteer::feature_code::{CAPITAL, feature_code_number};
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;

/// How likely a place is meant by a name when nothing else is known; positive, comparable among the candidates of one name.
///
/// The weights are by judgement, set so that countries come first, then capitals, then divisions and towns by their
/// people: "Georgia" the country, "Moscow" the city, "Punjab" the divisions.
pub(crate) fn likelihood(
    class: Option<PlaceClass>,
    feature_code: u8,
    population: u32,
    located: bool,
    kind: NameKind,
) -> f64 {
    let people = f64::from(population) + 1.0;
    let weight = match class {
        // A name without a place on the map is of use only where nothing else bears it.
        Some(PlaceClass::Water | PlaceClass::Terrain) if !located => 1.0,
        Some(PlaceClass::Region) => 1e12,
        Some(PlaceClass::Country) => 1e11 + people,
        // Landscapes and rivers of `natural.tsv` share their names with towns more often than the overlay's.
        Some(PlaceClass::Area) if feature_code == feature_code_number("RGNE") => people + 3e5,
        Some(PlaceClass::Water) if feature_code == feature_code_number("STM") => people + 2e5,
        Some(PlaceClass::Area) => people + 5e6,
        Some(PlaceClass::Division1) => people * 0.5 + 1e4,
        Some(PlaceClass::Division2) => people * 0.3,
        Some(PlaceClass::Settlement) if feature_code == CAPITAL => people * 3.0 + 2e6,
        Some(PlaceClass::Settlement) => people,
        Some(PlaceClass::Water) => people + 5e6,
        Some(PlaceClass::Terrain | PlaceClass::Line) => people + 1e5,
        Some(PlaceClass::Facility) => people + 2e3,
        // A stand-in of a user's layer, about whose place nothing is known here.
        None => people,
    };
    weight
        * match kind {
            NameKind::Preferred => 1.0,
            NameKind::Historic | NameKind::Abbreviation | NameKind::Demonym => 0.7,
            NameKind::Alternate | NameKind::OtherScript => 0.4,
            _ => 0.2,
        }
}
