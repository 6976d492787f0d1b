//! The names of values: of places with what they lie in, of days with their months and years.

use crate::geo::Gazetteer;
use crate::geo::gazetteer::facet::country_path;
use crate::geo::gazetteer::region;
use crate::model::place::{CountryCode, PlaceId};

/// The name of a place, a country or a region, and the names of what it lies in, itself last.
pub(super) fn named(gazetteer: &Gazetteer, value: &str) -> (String, Vec<String>) {
    let (name, mut path): (String, Vec<String>) = if let Ok(id) = value.parse::<PlaceId>() {
        let record = gazetteer.record_of(&id);
        let name = record.and_then(|record| gazetteer.name_of(record)).unwrap_or(value).to_owned();
        let above = record.map_or_else(Vec::new, |record| gazetteer.records_above(record));
        (name, above.into_iter().filter_map(|record| gazetteer.name_of(record)).map(str::to_owned).collect())
    } else if let Some(code) = value.parse::<CountryCode>().ok().filter(|code| code.as_str() == value) {
        // As written: "eu" is the code of a region and would be read as that of a country.
        let name = gazetteer.country(code).map_or_else(|| value.to_owned(), |p| p.name);
        (name, country_path(code).iter().filter_map(|c| region::region_named(c).map(|r| r.name.to_owned())).collect())
    } else if let Some(region) = region::region_named(value) {
        (region.name.to_owned(), Vec::new())
    } else {
        return (value.to_owned(), Vec::new());
    };
    path.push(name.clone());
    (name, path)
}

/// The year, month and day that a value in ISO form lies in, itself last.
pub(super) fn path_of_days(value: &str) -> Vec<String> {
    [4, 7, 10].into_iter().filter_map(|end| value.get(..end)).map(str::to_owned).collect()
}
