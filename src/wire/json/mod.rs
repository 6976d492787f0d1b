//! JSON Lines: one object a line, each with its type and the version of `schema/output.schema.json`.

mod article;
mod hit;
mod place;
mod table;

pub use article::article;
pub use hit::{hit, summary};
pub use place::{place, region};
pub use table::{facet, facet_by_time, timeline};

use std::io::{self, Write};

use crate::ByteSpan;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region::dispute_of;
use crate::model::answer::PassageInfo;
use crate::model::mention::TimexType;
use crate::model::mention::{CandidateReport, ToponymKind};
use crate::model::mention::{DateMention, PlaceMention};
use crate::model::place::{CountryCode, PlaceId};
use serde::Serialize;

use crate::wire::labels::path_of;

/// The version of every line; `schema/output.schema.json` names it.
pub const SCHEMA_VERSION: u32 = 1;

/// A line with its type and version before its fields.
#[derive(Serialize)]
struct Line<'a, T> {
    r#type: &'a str,
    schema_version: u32,
    #[serde(flatten)]
    fields: T,
}

/// Writes one line.
pub fn write<T: Serialize>(out: &mut dyn Write, kind: &str, fields: T) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { r#type: kind, schema_version: SCHEMA_VERSION, fields })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl From<ByteSpan> for Span {
    fn from(s: ByteSpan) -> Self {
        Span { start: s.start, end: s.end }
    }
}

/// A place as every line gives it.
#[derive(Serialize)]
pub struct PlaceOut {
    id: String,
    geonames_id: Option<u32>,
    name: String,
    country: Option<CountryCode>,
    lat: f64,
    lon: f64,
    path: Vec<String>,
    disputed: bool,
}

impl PlaceOut {
    /// The place of this id; `None` where the gazetteer has none, as after a layer was taken away.
    pub fn of(id: &PlaceId, gazetteer: &Gazetteer) -> Option<Self> {
        let place = gazetteer.place(id)?;
        Some(PlaceOut {
            id: place.id.to_string(),
            geonames_id: place.geonames_id,
            country: place.countries.first().copied(),
            lat: place.lat,
            lon: place.lon,
            path: path_of(&place, gazetteer),
            disputed: dispute_of(gazetteer, &place.id).is_some(),
            name: place.name,
        })
    }
}

#[derive(Serialize)]
pub(crate) struct ToponymOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: ToponymKind,
    confidence: f64,
    place: Option<PlaceOut>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    candidates: &'a [CandidateReport],
}

pub(crate) fn toponyms<'a>(mentions: &'a [PlaceMention], text: &'a str, gazetteer: &Gazetteer) -> Vec<ToponymOut<'a>> {
    let out = |m: &'a PlaceMention| ToponymOut {
        start: m.span.start,
        end: m.span.end,
        text: m.span.of(text),
        kind: m.kind,
        confidence: (f64::from(m.confidence) * 100.0).round() / 100.0,
        place: m.place.as_ref().and_then(|id| PlaceOut::of(id, gazetteer)),
        candidates: &m.candidates,
    };
    mentions.iter().map(out).collect()
}

#[derive(Serialize)]
pub(crate) struct DateOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    r#type: TimexType,
    value: &'a str,
    from: Option<String>,
    to: Option<String>,
}

pub(crate) fn dates<'a>(mentions: &'a [DateMention], text: &'a str) -> Vec<DateOut<'a>> {
    let out = |d: &'a DateMention| DateOut {
        start: d.span.start,
        end: d.span.end,
        text: d.span.of(text),
        r#type: d.kind,
        value: &d.value,
        from: d.days.map(|r| r.from.to_string()),
        to: d.days.map(|r| r.to.to_string()),
    };
    mentions.iter().map(out).collect()
}

#[derive(Serialize)]
pub(crate) struct PassageOut<'a> {
    start: usize,
    end: usize,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    text: &'a str,
    highlights: Vec<Span>,
}

impl<'a> From<&'a PassageInfo> for PassageOut<'a> {
    fn from(p: &'a PassageInfo) -> Self {
        PassageOut {
            start: p.span.start,
            end: p.span.end,
            line: p.line,
            page: p.page,
            text: &p.text,
            highlights: p.highlights.iter().map(|s| Span::from(*s)).collect(),
        }
    }
}
