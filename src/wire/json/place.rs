//! Places and regions of the gazetteer.

use crate::geo::Gazetteer;
use crate::geo::gazetteer::Place;
use crate::geo::gazetteer::region::{Dispute, Region, dispute_of};
use crate::model::place::CountryCode;
use crate::wire::json::write;
use crate::wire::labels::path_of;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
pub(crate) struct DisputeOut<'a> {
    place: String,
    administered_by: &'a [CountryCode],
    claimed_by: &'a [CountryCode],
    since: &'a str,
    note: &'a str,
    source: &'a str,
}

impl<'a> From<&'a Dispute> for DisputeOut<'a> {
    fn from(d: &'a Dispute) -> Self {
        DisputeOut {
            place: d.place.to_string(),
            administered_by: &d.administered_by,
            claimed_by: &d.claimed_by,
            since: d.since,
            note: d.note,
            source: d.source,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct PlaceLine<'a> {
    id: String,
    geonames_id: Option<u32>,
    name: &'a str,
    class: &'static str,
    countries: &'a [CountryCode],
    lat: f64,
    lon: f64,
    population: Option<u64>,
    path: Vec<String>,
    names: Vec<String>,
    layer: &'static str,
    dispute: Option<DisputeOut<'a>>,
}

/// Writes a place of the gazetteer.
pub fn place(out: &mut dyn Write, place: &Place, gazetteer: &Gazetteer) -> io::Result<()> {
    let fields = PlaceLine {
        id: place.id.to_string(),
        geonames_id: place.geonames_id,
        name: &place.name,
        class: place.class.as_str(),
        countries: &place.countries,
        lat: place.lat,
        lon: place.lon,
        population: Some(place.population).filter(|p| *p > 0),
        path: path_of(place, gazetteer),
        names: gazetteer.names_of(&place.id),
        layer: if place.from_user_layer { "user" } else { "embedded" },
        dispute: dispute_of(gazetteer, &place.id).map(DisputeOut::from),
    };
    write(out, "place", fields)
}

#[derive(Serialize)]
pub(crate) struct RegionLine<'a> {
    code: &'a str,
    name: &'a str,
    aliases: Vec<&'a str>,
    countries: &'a [CountryCode],
}

/// Writes a region.
pub fn region(out: &mut dyn Write, region: &Region) -> io::Result<()> {
    let fields = RegionLine {
        code: region.code,
        name: region.name,
        aliases: region.aliases.to_vec(),
        countries: &region.countries,
    };
    write(out, "region", fields)
}
