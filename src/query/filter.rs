//! The values of filters: names looked up in the gazetteer, days and distances read.

use super::syntax::{Field, Value, edits, example};
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region;
use crate::geo::gazetteer::{Place, PlaceClass};
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::{DateKind, Filter};
use crate::query::days::bounds_from_filter;

/// How often a city must have the inhabitants of its namesakes to be meant without saying which. Chosen so that Paris,
/// Moscow and Odesa are understood, while Tripoli (Libya, Lebanon: 5) and Hyderabad (India, Pakistan: 5) are asked back.
const DOMINANT_CITY: u64 = 8;
/// A city must have so many inhabitants to be meant before smaller namesakes.
const SMALLEST_DOMINANT_CITY: u64 = 15_000;
/// A city of so many is as well known as a division of the same name.
const WELL_KNOWN_CITY: u64 = 100_000;
/// Candidates listed in a message.
const LISTED: usize = 12;
/// Half the equator: nothing on earth is further away.
const FARTHEST_KM: f64 = 20_038.0;
const KM_PER_MILE: f64 = 1.609_344;

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

/// Looks up the value of a filter.
///
/// # Errors
/// What is wrong and what to write instead; the first line stands alone, further lines list candidates.
pub(super) fn filter_of(
    field: Field,
    value: &Value,
    gazetteer: &Gazetteer,
    notes: &mut Notes,
) -> Result<Filter, String> {
    let text = value.text();
    if text.is_empty() {
        return Err(format!("`{}:` has an empty value; write it as in {}", field.name(), example(field)));
    }
    match field {
        Field::Region => region_of(&text, gazetteer).map(Filter::Region),
        Field::Country => country_of(&text, gazetteer).map(Filter::Country),
        Field::Place => {
            let place = place_of(&value.pieces(), gazetteer, Reading::Widest, notes)?;
            Ok(Filter::Place(place.id))
        }
        Field::Near => near_of(value, gazetteer, notes),
        Field::Date => date_filter(DateKind::Either, &text),
        Field::Event => date_filter(DateKind::Event, &text),
        Field::Published => date_filter(DateKind::Published, &text),
        Field::Source => Ok(Filter::Source(text)),
        Field::Language => {
            let code = text.to_ascii_lowercase();
            if (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()) {
                Ok(Filter::Language(code))
            } else {
                Err(format!("`{text}` is no language code; write two letters, as in lang:en, lang:uk, lang:ar"))
            }
        }
        Field::Path => Ok(Filter::Path(text)),
        Field::Title => Err("`title:` is no filter; write it in the query".to_owned()),
    }
}

fn date_filter(kind: DateKind, text: &str) -> Result<Filter, String> {
    if text.eq_ignore_ascii_case("unknown") {
        return Ok(Filter::DateUnknown(kind));
    }
    Ok(Filter::Date(kind, bounds_from_filter(text)?))
}

fn region_of(text: &str, gazetteer: &Gazetteer) -> Result<String, String> {
    if let Some(found) = region::region_named(text) {
        return Ok(found.code.to_owned());
    }
    if gazetteer.country_named(text).is_some() {
        return Err(format!("`{text}` is a country, not a region; write country:{}", quoted_if_needed(text)));
    }
    let names = region::regions().iter().flat_map(|r| std::iter::once(r.name).chain(r.aliases.iter().copied()));
    Err(match nearest(text, names) {
        Some(name) => format!("there is no region `{text}`; did you mean region:{}?", quoted_if_needed(&name)),
        None => format!(
            "there is no region `{text}`; `dateline facets region` lists those that the archive speaks of, schema/regions.tsv all"
        ),
    })
}

fn country_of(text: &str, gazetteer: &Gazetteer) -> Result<CountryCode, String> {
    if let Ok(code) = text.parse::<CountryCode>()
        && gazetteer.country(code).is_some()
    {
        return Ok(code);
    }
    if let Some(code) = gazetteer.country_named(text) {
        return Ok(code);
    }
    if region::region_named(text).is_some() {
        return Err(format!("`{text}` is a region, not a country; write region:{}", quoted_if_needed(text)));
    }
    if !gazetteer.named(text).is_empty() {
        return Err(format!("`{text}` is no country but a place in one; write place:{}", quoted_if_needed(text)));
    }
    let letters = b'A'..=b'Z';
    let names: Vec<String> = letters
        .clone()
        .flat_map(|a| letters.clone().map(move |b| CountryCode([a, b])))
        .filter_map(|code| gazetteer.country(code))
        .map(|place| place.name)
        .collect();
    Err(match nearest(text, names.iter().map(String::as_str)) {
        Some(name) => format!("there is no country `{text}`; did you mean country:{}?", quoted_if_needed(&name)),
        None => {
            format!("there is no country `{text}`; write its name or its ISO code, as in country:India or country:IN")
        }
    })
}

/// The name that is at most a third of its letters away from what was asked.
fn nearest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let asked = asked.to_lowercase();
    names
        .map(|name| (edits(&asked, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance * 3 <= name.chars().count())
        .min()
        .map(|(_, name)| name.to_owned())
}

/// How to read a name that a place bears together with another that it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// The outermost: what lies within it is matched too, so nothing is missed.
    Widest,
    /// The innermost: a point is wanted.
    Narrowest,
}

/// The place that a name and what tells it apart stand for.
fn place_of(pieces: &[String], gazetteer: &Gazetteer, reading: Reading, notes: &mut Notes) -> Result<Place, String> {
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
    let outermost = without_nested(&candidates, reading, gazetteer);
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

/// The candidates without those that lie within another (or hold another, for the narrowest reading).
fn without_nested(candidates: &[Place], reading: Reading, gazetteer: &Gazetteer) -> Vec<Place> {
    let above: Vec<Vec<PlaceId>> =
        candidates.iter().map(|p| gazetteer.ancestors(&p.id).into_iter().map(|a| a.id).collect()).collect();
    let kept = |n: usize, place: &Place| match reading {
        Reading::Widest => {
            !above.get(n).is_some_and(|ids| candidates.iter().any(|c| c.id != place.id && ids.contains(&c.id)))
        }
        Reading::Narrowest => !above.iter().any(|ids| ids.contains(&place.id)),
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

fn quoted_if_needed(name: &str) -> String {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.')) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn shell_quoted(name: &str) -> String {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.')) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

fn near_of(value: &Value, gazetteer: &Gazetteer, notes: &mut Notes) -> Result<Filter, String> {
    let mut pieces = value.pieces();
    let how_near = "say how near, as in near:\"Bakhmut\"/25km or near:48.6,38.0/25km";
    if pieces.len() < 2 {
        return Err(how_near.to_owned());
    }
    let radius = pieces.pop().unwrap_or_default();
    let km = kilometres(&radius).ok_or_else(|| format!("`{radius}` is no distance; {how_near}"))?;
    if let [point] = pieces.as_slice()
        && let Some(coordinates) = coordinates(point)
    {
        let (lat, lon) = coordinates?;
        return Ok(Filter::Near { lat, lon, km });
    }
    let place = place_of(&pieces, gazetteer, Reading::Narrowest, notes).map_err(|reason| {
        reason.replace("  place:", "  near:").replace("as in place:Punjab/PK", "as in near:Tripoli/LB/25km")
    })?;
    Ok(Filter::Near { lat: place.lat, lon: place.lon, km })
}

fn kilometres(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (number, factor) = if let Some(n) = lower.strip_suffix("km") {
        (n, 1.0)
    } else if let Some(n) = lower.strip_suffix("mi") {
        (n, KM_PER_MILE)
    } else if let Some(n) = lower.strip_suffix('m') {
        (n, 0.001)
    } else {
        (lower.as_str(), 1.0)
    };
    let number = number.trim();
    if !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let km = number.parse::<f64>().ok()? * factor;
    (km > 0.0 && km <= FARTHEST_KM).then_some(km)
}

/// Latitude and longitude where the text is two numbers; an error where they are not on the globe.
fn coordinates(text: &str) -> Option<Result<(f64, f64), String>> {
    let (lat, lon) = text.split_once(',')?;
    let number = |s: &str| {
        let s = s.trim();
        let plain = s.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
        plain.then(|| s.parse::<f64>().ok()).flatten()
    };
    let (lat, lon) = (number(lat)?, number(lon)?);
    if lat.abs() <= 90.0 && lon.abs() <= 180.0 {
        Some(Ok((lat, lon)))
    } else {
        Some(Err(format!(
            "{lat},{lon} is not on the globe: latitude (-90 to 90, north positive) comes first, then longitude (-180 to 180)"
        )))
    }
}
