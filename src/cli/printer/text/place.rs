//! A place as a person reads it.

use std::io::{self, Write};

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region::{Dispute, Region, dispute_of};
use dateline::geo::gazetteer::{Place, PlaceClass};
use dateline::model::place::{CountryCode, PlaceId};
use dateline::wire::sanitize;

use crate::cli::printer::layout::{number, write_wrapped};
use crate::cli::printer::{Out, Role};
use dateline::wire::labels::path_of;

/// Other names listed for a place.
const NAMES_SHOWN: usize = 24;

/// A place with what it lies in, the smallest first: "Udhampur, Jammu and Kashmir, India".
pub fn place_label(id: &PlaceId, gazetteer: &Gazetteer) -> String {
    match gazetteer.place(id) {
        Some(place) => sanitize::line(&dateline::query::place_name::label(&place, gazetteer)).into_owned(),
        None => id.to_string(),
    }
}

/// Writes what the gazetteer knows of a place.
pub fn place(out: &mut Out, place: &Place, choose: Option<&str>, gazetteer: &Gazetteer) -> io::Result<()> {
    out.paint(Role::Title, &sanitize::line(&place.name))?;
    let mut facts = vec![place.class.as_str().to_owned()];
    if place.population > 0 {
        facts.push(format!("{} inhabitants", number(place.population)));
    }
    out.write_all(format!("  {}\n", facts.join(", ")).as_bytes())?;
    let path = path_of(place, gazetteer);
    if path.len() > 1 {
        write_wrapped(out, "  in       ", Role::Place, &path.get(..path.len() - 1).unwrap_or(&[]).join(" › "))?;
    }
    if place.countries.len() > 1 || (place.countries.is_empty() && place.class != PlaceClass::Region) {
        let countries = if place.countries.is_empty() { "none".to_owned() } else { codes(&place.countries, gazetteer) };
        write_wrapped(out, "  country  ", Role::Plain, &countries)?;
    }
    let layer = if place.from_user_layer { "your own layer" } else { "embedded" };
    let id = format!("{}  {}  ({layer})", place.id, coordinates(place.lat, place.lon));
    write_wrapped(out, "  id       ", Role::Plain, &id)?;
    let names = gazetteer.names_of(&place.id);
    if !names.is_empty() {
        let mut list = names.iter().take(NAMES_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > NAMES_SHOWN {
            list.push_str(&format!(" and {} more", names.len() - NAMES_SHOWN));
        }
        write_wrapped(out, "  also     ", Role::Plain, &list)?;
    }
    if let Some(dispute) = dispute_of(gazetteer, &place.id) {
        write_wrapped(out, "  disputed ", Role::Caution, &dispute_note(dispute, gazetteer))?;
    }
    if let Some(choose) = choose {
        write_wrapped(out, "  filter   ", Role::Plain, choose)?;
    }
    Ok(())
}

/// A dispute in a sentence or two: who administers, who claims, the note and its source.
fn dispute_note(dispute: &Dispute, gazetteer: &Gazetteer) -> String {
    let mut text = format!(
        "administered by {}; claimed by {}",
        codes(&dispute.administered_by, gazetteer),
        codes(&dispute.claimed_by, gazetteer)
    );
    if !dispute.since.is_empty() {
        text.push_str(&format!("; since {}", dispute.since));
    }
    if !dispute.note.is_empty() {
        text.push_str(&format!(". {}", dispute.note));
    }
    if !dispute.source.is_empty() {
        text.push_str(&format!(" [{}]", dispute.source));
    }
    text
}

fn codes(countries: &[CountryCode], gazetteer: &Gazetteer) -> String {
    if countries.is_empty() {
        return "nobody".to_owned();
    }
    let names: Vec<String> =
        countries.iter().map(|c| gazetteer.country(*c).map_or_else(|| c.to_string(), |p| p.name)).collect();
    names.join(", ")
}

/// 32.93 N 75.14 E
fn coordinates(lat: f64, lon: f64) -> String {
    format!(
        "{:.2} {} {:.2} {}",
        lat.abs(),
        if lat < 0.0 { "S" } else { "N" },
        lon.abs(),
        if lon < 0.0 { "W" } else { "E" }
    )
}

/// Writes a region with its members.
pub fn region(out: &mut Out, region: &Region, gazetteer: &Gazetteer) -> io::Result<()> {
    out.paint(Role::Title, region.name)?;
    out.write_all(b"  region\n")?;
    write_wrapped(out, "  countries", Role::Place, &format!(" {}", codes(&region.countries, gazetteer)))?;
    if !region.aliases.is_empty() {
        write_wrapped(out, "  also     ", Role::Plain, &region.aliases.join(", "))?;
    }
    write_wrapped(out, "  filter   ", Role::Plain, &format!("region:{}", region.code))
}
