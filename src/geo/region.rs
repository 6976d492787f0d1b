//! Regions: UN M49 and those that analysts use, from `schema/regions.tsv`; and disputed places, from `schema/disputed.tsv`.

use super::{CountryCode, PlaceId};

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

/// All regions in the order of the file.
pub fn regions() -> &'static [Region] {
    &[]
}

/// The region of this code, name or alias, case and accents folded.
pub fn region_named(name: &str) -> Option<&'static Region> {
    let _ = name;
    None
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

/// The dispute that a place lies in, the most specific first.
pub fn dispute_of(gazetteer: &super::Gazetteer, id: &PlaceId) -> Option<&'static Dispute> {
    let _ = (gazetteer, id);
    None
}
