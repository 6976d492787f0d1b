//! Regions: UN M49 and those that analysts use, from `schema/regions.tsv`; and disputed places, from `schema/disputed.tsv`.
//!
//! Both tables are a few kilobytes, embedded as they are and read once when first asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::geo::gazetteer::Gazetteer;
use crate::model::place::{CountryCode, PlaceId};
use crate::words::letters::name_fold::fold;

/// A region of `schema/regions.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its code: an M49 number ("034") or a slug ("middle-east").
    pub code: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Other names and spellings.
    pub aliases: Vec<&'static str>,
    /// The countries in it.
    pub countries: Vec<CountryCode>,
}

/// A row of `schema/disputed.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The disputed place; all that lies within it is disputed too.
    pub place: PlaceId,
    /// Who administers it (several where it is divided), as the source says.
    pub administered_by: Vec<CountryCode>,
    /// Who claims it.
    pub claimed_by: Vec<CountryCode>,
    /// Since when, as a year.
    pub since: &'static str,
    /// What a reader must know.
    pub note: &'static str,
    /// Where this is taken from.
    pub source: &'static str,
}

const REGIONS: &str = include_str!("../../../schema/regions.tsv");
const DISPUTES: &str = include_str!("../../../schema/disputed.tsv");

/// The rows of one of our tables: comment lines, a line of column names, then the fields of each row.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).map(|line| line.split('\t').map(str::trim).collect())
}

fn countries(field: &str) -> Vec<CountryCode> {
    field.split(',').filter_map(|code| code.trim().parse().ok()).collect()
}

struct Regions {
    all: Vec<Region>,
    by_name: HashMap<String, usize>,
}

fn read_regions() -> &'static Regions {
    static READ: OnceLock<Regions> = OnceLock::new();
    READ.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_name = HashMap::new();
        for fields in rows(REGIONS) {
            let [code, name, aliases, members, ..] = fields[..] else { continue };
            let aliases: Vec<&str> = aliases.split('|').filter(|alias| !alias.is_empty()).collect();
            for written in [code, name].iter().chain(&aliases) {
                // The first region of a name keeps it; codes and aliases fold alike ("south-asia", "South Asia").
                by_name.entry(fold(written)).or_insert(all.len());
            }
            all.push(Region { code, name, aliases, countries: countries(members) });
        }
        Regions { all, by_name }
    })
}

/// All regions in the order of the file.
pub fn regions() -> &'static [Region] {
    &read_regions().all
}

/// The region of this code, name or alias, case and accents folded.
pub fn region_named(name: &str) -> Option<&'static Region> {
    let read = read_regions();
    read.by_name.get(&fold(name)).and_then(|&index| read.all.get(index))
}

/// The id that a table means by `cc:TW`, `adm:UA.11`, `gn:…` or `dl:…`, as the embedded gazetteer has it.
fn id_written(written: &str) -> Option<PlaceId> {
    let gazetteer = Gazetteer::embedded();
    let record = match written.strip_prefix("cc:") {
        Some(code) => gazetteer.record_of_code(code)?,
        None => gazetteer.record_of(&written.parse().ok()?)?,
    };
    gazetteer.id_of(record)
}

struct Disputes {
    all: Vec<Dispute>,
    /// The rows by the listed places and by the parts that these are made of; a place's own row before one it is part of.
    by_place: HashMap<PlaceId, usize>,
}

fn read_disputes() -> &'static Disputes {
    static READ: OnceLock<Disputes> = OnceLock::new();
    READ.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_place = HashMap::new();
        for fields in rows(DISPUTES) {
            let [place, _name, administered_by, claimed_by, since, note, ..] = fields[..] else { continue };
            let Some(place) = id_written(place) else { continue };
            by_place.entry(place.clone()).or_insert(all.len());
            all.push(Dispute {
                place,
                administered_by: countries(administered_by),
                claimed_by: countries(claimed_by),
                since,
                note,
                source: fields.get(6).copied().unwrap_or_default(),
            });
        }
        let gazetteer = Gazetteer::embedded();
        for (index, dispute) in all.iter().enumerate() {
            let mut open: Vec<_> = gazetteer.record_of(&dispute.place).into_iter().collect();
            for _ in 0..3 {
                open = open.iter().flat_map(|&record| gazetteer.members_of(record)).collect();
                for part in open.iter().filter_map(|&record| gazetteer.id_of(record)) {
                    by_place.entry(part).or_insert(index);
                }
            }
        }
        Disputes { all, by_place }
    })
}

/// All disputes in the order of the file.
pub fn disputes() -> &'static [Dispute] {
    &read_disputes().all
}

/// The dispute that a place lies in, the most specific first.
pub fn dispute_of(gazetteer: &Gazetteer, id: &PlaceId) -> Option<&'static Dispute> {
    let read = read_disputes();
    let id = gazetteer.record_of(id).and_then(|record| gazetteer.id_of(record)).unwrap_or_else(|| id.clone());
    let index = read.by_place.get(&id).or_else(|| {
        let above = gazetteer.ancestors(&id);
        above.iter().rev().find_map(|place| read.by_place.get(&place.id))
    })?;
    read.all.get(*index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_by_code_name_and_alias_in_any_case() {
        for written in ["034", "Southern Asia", "SOUTH ASIA", "south-asia"] {
            assert_eq!(region_named(written).map(|region| region.code), Some("034"), "{written}");
        }
        assert!(region_named("Atlantis").is_none());
    }

    #[test]
    fn every_region_has_a_code_of_its_own_and_members_that_exist() {
        let mut codes = std::collections::HashSet::new();
        for region in regions() {
            assert!(codes.insert(region.code), "{} comes twice", region.code);
            assert!(!region.countries.is_empty(), "{} is empty", region.code);
            for &country in &region.countries {
                assert!(Gazetteer::embedded().country(country).is_some(), "{}: {country}", region.code);
            }
        }
    }

    #[test]
    fn every_row_of_both_tables_is_read() {
        assert_eq!(regions().len(), rows(REGIONS).count());
        assert_eq!(disputes().len(), rows(DISPUTES).count(), "a disputed place is not in the gazetteer");
    }

    #[test]
    fn every_region_is_a_place_of_the_gazetteer() {
        for region in regions() {
            assert!(Gazetteer::embedded().record_of_code(region.code).is_some(), "{}", region.code);
        }
    }

    #[test]
    fn every_disputed_place_is_found_and_names_countries_that_exist() {
        for dispute in disputes() {
            assert_eq!(dispute_of(Gazetteer::embedded(), &dispute.place), Some(dispute), "{}", dispute.place);
            for &country in dispute.administered_by.iter().chain(&dispute.claimed_by) {
                assert!(Gazetteer::embedded().country(country).is_some(), "{}: {country}", dispute.place);
            }
        }
    }

    #[test]
    fn what_lies_in_a_disputed_place_is_disputed_and_coded_as_the_table_says() {
        let gazetteer = Gazetteer::embedded();
        let cases = [
            (443093, "SY", "dl:golan-heights"),
            (167444, "SY", "dl:golan-heights"),
            (8199394, "PS", "adm:PS.WE"),
            (2461874, "EH", "cc:EH"),
            (694423, "UA", "adm:UA.20"),
            (1253956, "IN", "adm:IN.12"),
            (611403, "GE", "dl:south-ossetia"),
        ];
        for (id, country, dispute) in cases {
            let place = gazetteer.place(&PlaceId::GeoNames(id)).expect("the place is known");
            assert_eq!(place.countries[0].as_str(), country, "{}", place.name);
            let found = dispute_of(gazetteer, &place.id).map(|found| found.place.clone());
            assert_eq!(found, id_written(dispute), "{}", place.name);
        }
        assert!(dispute_of(gazetteer, &PlaceId::GeoNames(2988507)).is_none(), "Paris");
    }
}
