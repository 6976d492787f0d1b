//! The values of filters: names looked up in the gazetteer, days and distances read.

use super::days::bounds_from_filter;
use super::place_name::{Extent, Notes, place_of};
use super::print::quoted_if_needed;
use super::syntax::Value;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region;
use crate::model::field::Field;
use crate::model::place::CountryCode;
use crate::model::question::{DateKind, Filter};

/// Half the equator: nothing on earth is further away.
const FARTHEST_KM: f64 = 20_038.0;
const KM_PER_MILE: f64 = 1.609_344;

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
        return Err(format!("`{}:` has an empty value; write it as in {}", field.name(), field.example()));
    }
    match field {
        Field::Region => region_of(&text, gazetteer).map(Filter::Region),
        Field::Country => country_of(&text, gazetteer).map(Filter::Country),
        Field::Place => {
            let place = place_of(&value.pieces(), gazetteer, Extent::Outermost, notes)?;
            Ok(Filter::Place(place.id))
        }
        Field::Near => near_of(value, gazetteer, notes),
        Field::Date => date_filter(DateKind::Either, &text),
        Field::Event => date_filter(DateKind::Event, &text),
        Field::EventNamed => date_filter(DateKind::Named, &text),
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
        .map(|name| (strsim::levenshtein(&asked, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance * 3 <= name.chars().count())
        .min()
        .map(|(_, name)| name.to_owned())
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
    let place = place_of(&pieces, gazetteer, Extent::Innermost, notes).map_err(|reason| {
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
