//! Facet paths made of stable codes; names are added when printed.

use super::{CountryCode, Gazetteer, PlaceId};

/// The path of a country: M49 continent, M49 region, ISO code ("142", "034", "IN").
pub fn country_path(code: CountryCode) -> Vec<String> {
    let _ = code;
    Vec::new()
}

/// The paths of a place, each from the M49 continent down to its own id ("142", "034", "IN", "adm:IN.12", "gn:1254047").
/// A place in several countries has one path under each of them, a place in none (a sea) one under `000`.
pub fn place_paths(gazetteer: &Gazetteer, id: &PlaceId) -> Vec<Vec<String>> {
    let _ = (gazetteer, id);
    Vec::new()
}

/// The path prefixes that hold all that lies within a place: its own paths, and those of its members for an area that
/// is made of divisions or countries ("Donbas", "Sahel").
pub fn paths_within(gazetteer: &Gazetteer, id: &PlaceId) -> Vec<Vec<String>> {
    place_paths(gazetteer, id)
}
