//! Looking up places by name, and how to write each so that no other is meant.

use crate::geo::Gazetteer;
use crate::geo::gazetteer::{Place, PlaceClass};
use crate::model::place::{CountryCode, PlaceId};
use crate::query::atlas::Atlas;
use crate::query::suggest;

/// The place of an id, else all that bear the name or are the country of this code.
pub fn candidates(name: &str, gazetteer: &Gazetteer) -> Vec<Place> {
    if let Ok(id) = name.trim().parse::<PlaceId>() {
        return gazetteer.place(&id).into_iter().collect();
    }
    let mut places = gazetteer.named(name);
    let country = name.trim().parse::<CountryCode>().ok().and_then(|code| gazetteer.country(code));
    if let Some(country) = country
        && !places.iter().any(|p| p.id == country.id)
    {
        places.insert(0, country);
    }
    places
}

/// Names that are spelt nearly like one that nothing bears, at most three; those that the index holds go before others.
pub fn near_names(name: &str, atlas: Atlas<'_>) -> Vec<String> {
    suggest::places(name, atlas)
}

/// What to write in a query to mean this place and no other.
pub fn filter_for(place: &Place, asked: &str, all: &[Place]) -> String {
    if place.class == PlaceClass::Country
        && let Some(code) = place.countries.first()
    {
        return format!("country:{code}");
    }
    let quoted = |name: &str| {
        if name.chars().all(|c| c.is_alphanumeric() || c == '-') { name.to_owned() } else { format!("\"{name}\"") }
    };
    let is_id = asked.parse::<PlaceId>().is_ok();
    match place.countries.first() {
        Some(code) if !is_id && all.iter().filter(|p| p.countries.contains(code)).count() == 1 => {
            format!("place:{}/{code}", quoted(asked))
        }
        _ => format!("place:{}", place.id),
    }
}
