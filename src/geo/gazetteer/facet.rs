//! Facet paths made of stable codes; names are added when printed.

use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::Record;
use crate::model::place::{CountryCode, PlaceId};

/// The first segment of what lies in no country and no region of M49: seas, and regions that analysts drew.
pub const NOWHERE: &str = "000";

/// The path of a country: M49 continent, M49 region, ISO code ("142", "034", "IN"). A code that no country has stands
/// under [`NOWHERE`].
pub fn country_path(code: CountryCode) -> Vec<String> {
    country_path_in(Gazetteer::embedded(), code)
}

fn country_path_in(gazetteer: &Gazetteer, code: CountryCode) -> Vec<String> {
    let country = gazetteer.record_of_code(code.as_str()).and_then(|found| gazetteer.record(found));
    let mut path = match country.and_then(|record| gazetteer.parent(&record)) {
        Some(region) => region_path(gazetteer, &region),
        None => vec![NOWHERE.to_owned()],
    };
    // Antarctica is a continent and a region at once; every country is the third segment of its path.
    if let [only] = path.as_slice()
        && only != NOWHERE
    {
        path.push(only.clone());
    }
    path.push(code.to_string());
    path
}

/// The path of a region of M49, or of one that analysts use.
fn region_path(gazetteer: &Gazetteer, region: &Record) -> Vec<String> {
    let code = gazetteer.code_of(region.at).unwrap_or_default();
    if !is_m49(code) {
        return vec![NOWHERE.to_owned(), segment(gazetteer, region)];
    }
    let mut path = vec![code.to_owned()];
    let mut current = *region;
    while let Some(upper) = gazetteer.parent(&current) {
        match gazetteer.code_of(upper.at) {
            Some(code) if is_m49(code) && path.len() < 4 => path.insert(0, code.to_owned()),
            _ => break,
        }
        current = upper;
    }
    path
}

fn is_m49(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())
}

fn segment(gazetteer: &Gazetteer, record: &Record) -> String {
    gazetteer.id_of(record.at).map(|id| id.to_string()).unwrap_or_default()
}

/// The paths of a place, each from the M49 continent down to its own id ("142", "034", "IN", "adm:IN.12", "gn:1254047").
/// A place in several countries has one path under each of them, a place in none (a sea) one under `000`. A region of M49
/// has its own place in the hierarchy ("142", "034"), any other region stands under `000`. None for an unknown id.
pub fn place_paths(gazetteer: &Gazetteer, id: &PlaceId) -> Vec<Vec<String>> {
    let Some(record) = gazetteer.record_of(id).and_then(|found| gazetteer.record(found)) else { return Vec::new() };
    match record.class {
        PlaceClass::Region => return vec![region_path(gazetteer, &record)],
        PlaceClass::Country => {
            return record.country.map(|code| country_path_in(gazetteer, code)).into_iter().collect();
        }
        _ => {}
    }
    // From the place up to its country: what stands between the two.
    let mut between = vec![segment(gazetteer, &record)];
    let mut country_above = None;
    let mut current = record;
    while let Some(upper) = gazetteer.parent(&current) {
        match upper.class {
            PlaceClass::Country => {
                country_above = upper.country;
                break;
            }
            PlaceClass::Region => break,
            _ if between.len() < 6 => between.push(segment(gazetteer, &upper)),
            _ => break,
        }
        current = upper;
    }
    between.reverse();
    let countries = gazetteer.countries_of(record.at);
    if countries.is_empty() {
        return vec![vec![NOWHERE.to_owned(), segment(gazetteer, &record)]];
    }
    let path_under = |&country: &CountryCode| {
        let mut path = country_path_in(gazetteer, country);
        if country_above == Some(country) {
            path.extend(between.iter().cloned());
        } else {
            path.push(segment(gazetteer, &record));
        }
        path
    };
    countries.iter().map(path_under).collect()
}

/// The path prefixes that hold all that lies within a place: its own paths, and those of its members for an area that
/// is made of divisions or countries ("Donbas", "Sahel"). No prefix of the list lies under another.
pub fn paths_within(gazetteer: &Gazetteer, id: &PlaceId) -> Vec<Vec<String>> {
    let mut paths = place_paths(gazetteer, id);
    let mut open: Vec<_> = gazetteer.record_of(id).into_iter().collect();
    // An area may be made of areas; three levels are more than any of ours has.
    for _ in 0..3 {
        let members: Vec<_> = open.iter().flat_map(|&record| gazetteer.members_of(record)).collect();
        paths.extend(members.iter().filter_map(|&m| gazetteer.id_of(m)).flat_map(|m| place_paths(gazetteer, &m)));
        open = members;
    }
    let mut outermost: Vec<Vec<String>> = Vec::new();
    paths.sort_by_key(Vec::len);
    for path in paths {
        if !outermost.iter().any(|known| path.starts_with(known)) {
            outermost.push(path);
        }
    }
    outermost
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> PlaceId {
        Gazetteer::embedded().named(name).first().map(|place| place.id.clone()).expect("the name is known")
    }

    fn joined(paths: Vec<Vec<String>>) -> Vec<String> {
        paths.into_iter().map(|path| path.join("/")).collect()
    }

    #[test]
    fn a_country_stands_under_its_m49_region_and_continent() {
        assert_eq!(country_path(CountryCode(*b"IN")), ["142", "034", "IN"]);
        assert_eq!(country_path(CountryCode(*b"XK")), ["150", "039", "XK"]);
        assert_eq!(country_path(CountryCode(*b"AQ")), ["010", "010", "AQ"]);
        assert_eq!(country_path(CountryCode(*b"QQ")), ["000", "QQ"]);
    }

    #[test]
    fn every_country_is_the_third_segment_of_its_path() {
        for a in b'A'..=b'Z' {
            for b in b'A'..=b'Z' {
                let code = CountryCode([a, b]);
                if Gazetteer::embedded().country(code).is_some() {
                    let path = country_path(code);
                    assert_eq!((path.len(), path[2].as_str()), (3, code.as_str()), "{path:?}");
                }
            }
        }
    }

    #[test]
    fn a_town_stands_under_its_divisions() {
        let gazetteer = Gazetteer::embedded();
        let paths = joined(place_paths(gazetteer, &PlaceId::GeoNames(1253956)));
        assert_eq!(paths, ["142/034/IN/gn:1269320/adm:IN.12.019/gn:1253956"]);
    }

    #[test]
    fn a_place_in_two_countries_has_a_path_under_each() {
        let paths = joined(place_paths(Gazetteer::embedded(), &PlaceId::Own("siachen-glacier".into())));
        assert_eq!(paths, ["142/034/IN/dl:siachen-glacier", "142/034/PK/dl:siachen-glacier"]);
    }

    #[test]
    fn a_sea_stands_under_no_country() {
        assert_eq!(joined(place_paths(Gazetteer::embedded(), &first("Red Sea"))), ["000/dl:red-sea"]);
    }

    #[test]
    fn an_area_made_of_divisions_holds_what_lies_in_them() {
        let gazetteer = Gazetteer::embedded();
        let within = paths_within(gazetteer, &first("Donbas"));
        let donetsk = place_paths(gazetteer, &PlaceId::GeoNames(709717));
        assert!(
            donetsk.iter().any(|path| within.iter().any(|prefix| path.starts_with(prefix))),
            "{within:?} {donetsk:?}"
        );
    }

    #[test]
    fn an_m49_region_is_one_prefix() {
        assert_eq!(joined(paths_within(Gazetteer::embedded(), &first("Southern Asia"))), ["142/034"]);
    }

    #[test]
    fn an_unknown_id_has_no_path() {
        assert!(place_paths(Gazetteer::embedded(), &PlaceId::Own("atlantis".into())).is_empty());
    }
}
