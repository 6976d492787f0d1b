//! The values of filters: names looked up in the gazetteer, days and distances read.

use super::atlas::Atlas;
use super::days::bounds_from_filter;
use super::lag::lag_from_filter;
use super::place_name::{self, Notes, Written, place_of};
use super::print::quoted_if_needed;
use super::suggest;
use super::syntax::Value;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region;
use crate::lang::languages::{code_named, name_of};
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
pub(super) fn filter_of(field: Field, value: &Value, atlas: Atlas<'_>, notes: &mut Notes) -> Result<Filter, String> {
    let gazetteer = atlas.gazetteer;
    let text = value.text();
    if text.is_empty() {
        return Err(format!("`{}:` has an empty value; write it as in {}", field.name(), field.example()));
    }
    match field {
        Field::Region => region_of(&text, gazetteer).map(Filter::Region),
        Field::Country => country_of(&text, atlas, notes).map(Filter::Country),
        Field::Place => {
            let place = place_of(&value.pieces(), atlas, Written { field, tail: "" }, notes)?;
            Ok(Filter::Place(place.id))
        }
        Field::Near => near_of(value, atlas, notes),
        Field::Date => date_filter(DateKind::Either, &text),
        Field::Event => date_filter(DateKind::Event, &text),
        Field::EventNamed => date_filter(DateKind::Named, &text),
        Field::Published => date_filter(DateKind::Published, &text),
        Field::Lag if text.eq_ignore_ascii_case("unknown") => Ok(Filter::LagUnknown),
        Field::Lag => lag_from_filter(&text).map(Filter::Lag),
        Field::Source => {
            say_of_source(&text, atlas, notes);
            Ok(Filter::Source(text))
        }
        Field::Language => language_of(&text, atlas, notes).map(Filter::Language),
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
    Err(match suggest::region(text) {
        Some(name) => format!("there is no region `{text}`; did you mean region:{}?", quoted_if_needed(name)),
        None => format!(
            "there is no region `{text}`; `dateline facets region` lists those that the archive speaks of, schema/regions.tsv all"
        ),
    })
}

fn country_of(text: &str, atlas: Atlas<'_>, notes: &mut Notes) -> Result<CountryCode, String> {
    let gazetteer = atlas.gazetteer;
    if let Ok(code) = text.parse::<CountryCode>()
        && gazetteer.country(code).is_some()
    {
        return Ok(code);
    }
    // A code of three letters is no name.
    let by_name = gazetteer.record_of_code(&text.trim().to_ascii_uppercase()).is_none();
    if by_name && let Some(code) = place_name::country_of(text, atlas, notes)? {
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
    Err(match suggest::country(text, gazetteer) {
        Some(name) => format!("there is no country `{text}`; did you mean country:{}?", quoted_if_needed(&name)),
        None => {
            format!("there is no country `{text}`; write its name or its ISO code, as in country:India or country:IN")
        }
    })
}

/// Says of a publisher by whom the index has no article whom else may be meant.
fn say_of_source(name: &str, atlas: Atlas<'_>, notes: &mut Notes) {
    let known = atlas.held().map_or_else(Vec::new, |held| held.sources());
    if known.is_empty() || known.contains(&name.trim().to_lowercase()) {
        return;
    }
    let near: Vec<String> =
        suggest::sources(name, &known).iter().map(|near| format!("source:{}", quoted_if_needed(near))).collect();
    notes.add(match near.is_empty() {
        true => format!("no article is by `{name}`; `dateline facets source` lists the publishers"),
        false => format!("no article is by `{name}`; did you mean {}?", suggest::listed(&near)),
    });
}

/// The code of a language that is given by it, by another code or by a name. Says of one in which the index has no article
/// which there are.
fn language_of(text: &str, atlas: Atlas<'_>, notes: &mut Notes) -> Result<String, String> {
    let lower = text.to_lowercase();
    let is_code = (2..=3).contains(&lower.len()) && lower.bytes().all(|b| b.is_ascii_lowercase());
    let known = atlas.held().map_or_else(Vec::new, |held| held.languages());
    if known.contains(&lower) {
        return Ok(lower);
    }
    let code = match code_named(&lower) {
        Some(code) => code.to_owned(),
        None if is_code => lower,
        None => {
            let form = "write two letters or the name, as in lang:en, lang:uk, lang:Arabic";
            return Err(match suggest::language(text) {
                Some(code) => {
                    let name = name_of(code).unwrap_or(code);
                    format!("`{text}` is no language; did you mean lang:{code} ({name})? {form}")
                }
                None => format!("`{text}` is no language; {form}"),
            });
        }
    };
    if !known.is_empty() && !known.contains(&code) {
        let known: Vec<String> = known.iter().map(|code| format!("lang:{code}")).collect();
        let name = name_of(&code).map_or_else(String::new, |name| format!(" ({name})"));
        notes.add(format!("no article is in lang:{code}{name}; the archive has {}", known.join(", ")));
    }
    Ok(code)
}

fn near_of(value: &Value, atlas: Atlas<'_>, notes: &mut Notes) -> Result<Filter, String> {
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
    let tail = format!("/{radius}");
    let place = place_of(&pieces, atlas, Written { field: Field::Near, tail: &tail }, notes)?;
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
