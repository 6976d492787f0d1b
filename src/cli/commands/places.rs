//! `dateline places`

use std::io::Write;

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region;
use dateline::geo::gazetteer::{Place, PlaceClass};
use dateline::index::Backend;
use dateline::model::place::{CountryCode, PlaceId};

use crate::cli::args::PlacesArgs;
use crate::cli::commands::{Outcome, Terminal, open_if_any};
use crate::cli::printer::{json, text};

/// Runs the verb.
pub fn run(args: &PlacesArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open_if_any(&args.at)?;
    let gazetteer: &Gazetteer = match &reader {
        Some(reader) => reader.gazetteer(),
        None => Gazetteer::embedded(),
    };
    let name = args.name.join(" ");
    let places = candidates(&name, gazetteer);
    let region = region::region_named(&name);
    if places.is_empty() && region.is_none() {
        terminal.messages.note(&format!(
            "the gazetteer has no place named `{name}`; `dateline gazetteer add` adds places of your own"
        ));
        return Ok(Outcome::Nothing);
    }
    let shown = if args.limit == 0 { places.len() } else { args.limit };
    let mut out = terminal.out();
    if let Some(region) = region {
        if args.json { json::region(&mut out, region)? } else { text::region(&mut out, region, gazetteer)? }
    }
    for place in places.iter().take(shown) {
        if args.json {
            json::place(&mut out, place, gazetteer)?;
        } else {
            let choose = filter_for(place, &name, &places);
            text::place(&mut out, place, Some(&choose), gazetteer)?;
        }
    }
    out.flush()?;
    if places.len() > shown {
        terminal.messages.note(&format!("{shown} of {} places; --limit 0 prints all", places.len()));
    }
    Ok(Outcome::Done)
}

/// The place of an id, else all that bear the name or are the country of this code.
fn candidates(name: &str, gazetteer: &Gazetteer) -> Vec<Place> {
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

/// What to write in a query to mean this place and no other.
fn filter_for(place: &Place, asked: &str, all: &[Place]) -> String {
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
