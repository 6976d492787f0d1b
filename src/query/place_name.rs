//! From a name in a query to the place that is meant, or to the places between which its user has to choose.

use super::print::{quoted_if_needed, shell_quoted};
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region;
use crate::geo::gazetteer::{Place, PlaceClass};
use crate::model::place::{CountryCode, PlaceId};

/// How often a city must have the inhabitants of its namesakes to be meant without saying which. Chosen so that
/// Tripoli (Libya, Lebanon: 5) and Hyderabad (India, Pakistan: 5) are asked back. It compares cities with cities only: Paris,
/// Moscow and Odesa are asked back all the same, since divisions bear their names.
const DOMINANT_CITY: u64 = 8;
/// A city must have so many inhabitants to be meant before smaller namesakes.
const SMALLEST_DOMINANT_CITY: u64 = 15_000;
/// A city of so many is as well known as a division of the same name.
const WELL_KNOWN_CITY: u64 = 100_000;
/// Candidates listed in a message.
const LISTED: usize = 12;

/// How names were read that could have been read otherwise.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    pub(super) fn into_sentences(self) -> Vec<String> {
        let mut all = self.0;
        all.dedup();
        all
    }
}

/// Which place a name means that a place bears together with another that it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What it lies in: what lies within it is matched too, so nothing is missed.
    Outermost,
    /// What lies within: a point is wanted.
    Innermost,
}

/// The place that a name and what tells it apart stand for.
pub(super) fn place_of(
    pieces: &[String],
    gazetteer: &Gazetteer,
    extent: Extent,
    notes: &mut Notes,
) -> Result<Place, String> {
    let (name, qualifiers) = pieces.split_first().ok_or("a name is wanted")?;
    if name.is_empty() || qualifiers.iter().any(String::is_empty) {
        return Err("there is a name missing beside the slash; write it as in place:Punjab/PK".to_owned());
    }
    if let Ok(id) = name.parse::<PlaceId>() {
        return gazetteer
            .place(&id)
            .ok_or_else(|| format!("the gazetteer has no place with the id {id}; `dateline places NAME` shows ids"));
    }
    let all = gazetteer.named(name);
    if all.is_empty() {
        return Err(match region::region_named(name) {
            Some(_) => format!("`{name}` is a region, not a place; write region:{}", quoted_if_needed(name)),
            None => format!(
                "the gazetteer has no place named `{name}`; look for other spellings with `dateline places`, or search for it as a word"
            ),
        });
    }
    let candidates: Vec<Place> =
        all.iter().filter(|p| qualifiers.iter().all(|q| lies_in(p, q, gazetteer))).cloned().collect();
    if candidates.is_empty() {
        return Err(format!(
            "no place named `{name}` lies in {}\n{}",
            qualifiers.join(", "),
            listing(&all, name, gazetteer)
        ));
    }
    let outermost = without_nested(&candidates, extent, gazetteer);
    if let Some(meant) = meant_among(&outermost) {
        if candidates.len() > 1 {
            let others = candidates.len() - 1;
            notes.0.push(format!(
                "{} is read as {} ({}); {others} other place{} of that name: dateline places {}",
                quoted_if_needed(name),
                label(meant, gazetteer),
                meant.id,
                if others == 1 { "" } else { "s" },
                shell_quoted(name)
            ));
        }
        return Ok(meant.clone());
    }
    Err(format!("`{name}` names {} places; say which:\n{}", outermost.len(), listing(&outermost, name, gazetteer)))
}

/// Whether a place lies in the country, division or other place that a qualifier names.
fn lies_in(place: &Place, qualifier: &str, gazetteer: &Gazetteer) -> bool {
    let code = qualifier.parse::<CountryCode>().ok().filter(|c| gazetteer.country(*c).is_some());
    if let Some(code) = code.or_else(|| gazetteer.country_named(qualifier))
        && place.countries.contains(&code)
    {
        return true;
    }
    let same = |other: &Place| other.name.to_lowercase() == qualifier.to_lowercase();
    let ancestors = gazetteer.ancestors(&place.id);
    if ancestors.iter().any(same) {
        return true;
    }
    let named = gazetteer.named(qualifier);
    ancestors.iter().any(|a| named.iter().any(|n| n.id == a.id))
}

/// The candidates without those that lie within another (or hold another, for the innermost).
fn without_nested(candidates: &[Place], extent: Extent, gazetteer: &Gazetteer) -> Vec<Place> {
    let above: Vec<Vec<PlaceId>> =
        candidates.iter().map(|p| gazetteer.ancestors(&p.id).into_iter().map(|a| a.id).collect()).collect();
    let kept = |n: usize, place: &Place| match extent {
        Extent::Outermost => {
            !above.get(n).is_some_and(|ids| candidates.iter().any(|c| c.id != place.id && ids.contains(&c.id)))
        }
        Extent::Innermost => !above.iter().any(|ids| ids.contains(&place.id)),
    };
    candidates.iter().enumerate().filter(|(n, p)| kept(*n, p)).map(|(_, p)| p.clone()).collect()
}

/// The candidate that anybody would take the name for, if there is one.
fn meant_among(candidates: &[Place]) -> Option<&Place> {
    candidates.iter().find(|one| candidates.iter().all(|other| one.id == other.id || outshines(one, other)))
}

fn outshines(one: &Place, other: &Place) -> bool {
    use PlaceClass::{Country, Division1, Division2, Facility, Region, Settlement};
    if one.from_user_layer != other.from_user_layer {
        return one.from_user_layer;
    }
    match (one.class, other.class) {
        (Region | Country, Region | Country) => false,
        (Region | Country, Division1) => false,
        (Region | Country, _) => true,
        (Settlement, Settlement) => {
            one.population >= SMALLEST_DOMINANT_CITY && one.population / DOMINANT_CITY >= other.population
        }
        (Settlement, Division2 | Facility) => one.population >= WELL_KNOWN_CITY,
        (Settlement, _) => false,
        (Division2 | Facility, Settlement) => other.population < SMALLEST_DOMINANT_CITY && one.class == Division2,
        (Division2 | Facility, _) => false,
        (_, Settlement) => other.population < WELL_KNOWN_CITY,
        (_, Division2 | Facility) => true,
        _ => false,
    }
}

/// A place with what it lies in, the smallest first: "Udhampur, Jammu and Kashmir, India".
pub fn label(place: &Place, gazetteer: &Gazetteer) -> String {
    let mut names = vec![place.name.clone()];
    let above = gazetteer.ancestors(&place.id);
    names.extend(above.iter().rev().filter(|a| !matches!(a.class, PlaceClass::Region)).map(|a| a.name.clone()));
    names.join(", ")
}

fn class_name(class: PlaceClass) -> &'static str {
    match class {
        PlaceClass::Region => "region",
        PlaceClass::Country => "country",
        PlaceClass::Division1 | PlaceClass::Division2 => "division",
        PlaceClass::Settlement => "settlement",
        PlaceClass::Area => "area",
        PlaceClass::Water => "water",
        PlaceClass::Terrain => "terrain",
        PlaceClass::Line => "line",
        PlaceClass::Facility => "facility",
    }
}

/// One line for each candidate: what to write, and what it is.
fn listing(candidates: &[Place], name: &str, gazetteer: &Gazetteer) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for place in candidates.iter().take(LISTED) {
        let country = place.countries.first().copied();
        let alone = country.filter(|c| candidates.iter().filter(|p| p.countries.contains(c)).count() == 1);
        let choose = match alone {
            Some(code) => format!("place:{}/{code}", quoted_if_needed(name)),
            None => format!("place:{}", place.id),
        };
        lines.push((choose, format!("{} ({})", label(place, gazetteer), class_name(place.class))));
    }
    let width = lines.iter().map(|(choose, _)| choose.chars().count()).max().unwrap_or(0);
    let mut text: Vec<String> = lines.into_iter().map(|(choose, what)| format!("  {choose:<width$}  {what}")).collect();
    if candidates.len() > LISTED {
        text.push(format!("  and {} more: dateline places {}", candidates.len() - LISTED, shell_quoted(name)));
    }
    text.join("\n")
}
