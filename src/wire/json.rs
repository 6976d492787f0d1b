//! JSON Lines: one object a line, each with its type and the version of `schema/output.schema.json`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::ByteSpan;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::Place;
use crate::geo::gazetteer::region::{Dispute, Region, dispute_of};
use crate::model::answer::{
    ArticleInfo, CopyInfo, Counts, FacetCount, FacetField, Hit, PassageInfo, Timeline, TimelineBucket, Totals,
};
use crate::model::article::{GivenFacts, Origin};
use crate::model::mention::TimexType;
use crate::model::mention::{CandidateReport, CountryMentions, ToponymKind};
use crate::model::mention::{DateMention, PlaceMention};
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::DateKind;
use serde::Serialize;

use crate::wire::labels::{date_kind, facet_name, passage_id, path_of};

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
struct Span {
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
struct ToponymOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: ToponymKind,
    confidence: f64,
    place: Option<PlaceOut>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    candidates: &'a [CandidateReport],
}

fn toponyms<'a>(mentions: &'a [PlaceMention], text: &'a str, gazetteer: &Gazetteer) -> Vec<ToponymOut<'a>> {
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
struct DateOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    r#type: TimexType,
    value: &'a str,
    from: Option<String>,
    to: Option<String>,
}

fn dates<'a>(mentions: &'a [DateMention], text: &'a str) -> Vec<DateOut<'a>> {
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
struct PassageOut<'a> {
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

#[derive(Serialize)]
struct HitArticleOut<'a> {
    id: String,
    record: Option<&'a str>,
    title: &'a str,
    title_highlights: Vec<Span>,
    path: &'a str,
    url: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
}

impl<'a> From<&'a Hit> for HitArticleOut<'a> {
    fn from(hit: &'a Hit) -> Self {
        let a: &ArticleInfo = &hit.article;
        HitArticleOut {
            id: a.id.to_string(),
            record: a.record.as_deref(),
            title: &a.title,
            title_highlights: hit.title_highlights.iter().map(|s| Span::from(*s)).collect(),
            path: &a.path,
            url: a.url.as_deref(),
            source: a.source.as_deref(),
            published: a.published.map(|(days, _)| days.to_string()),
            language: a.language.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct CopyOut<'a> {
    id: String,
    record: Option<&'a str>,
    path: &'a str,
    source: Option<&'a str>,
    published: Option<String>,
}

impl<'a> From<&'a CopyInfo> for CopyOut<'a> {
    fn from(c: &'a CopyInfo) -> Self {
        CopyOut {
            id: c.id.to_string(),
            record: c.record.as_deref(),
            path: &c.path,
            source: c.source.as_deref(),
            published: c.published.map(|d| d.to_string()),
        }
    }
}

#[derive(Serialize)]
struct MatchedOut {
    date: Option<&'static str>,
    country: Option<&'static str>,
    spelling: Option<&'static str>,
}

#[derive(Serialize)]
struct HitOut<'a> {
    rank: usize,
    score: f64,
    id: String,
    missing: &'a [String],
    copies: Vec<CopyOut<'a>>,
    article: HitArticleOut<'a>,
    passage: PassageOut<'a>,
    places: Vec<ToponymOut<'a>>,
    dates: Vec<DateOut<'a>>,
    matched: MatchedOut,
    complete_in_article: bool,
    stale: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<PassageOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    after: Vec<PassageOut<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    explanation: &'a [String],
}

/// Writes a hit.
pub fn hit(out: &mut dyn Write, hit: &Hit, gazetteer: &Gazetteer) -> io::Result<()> {
    let fields = HitOut {
        rank: hit.rank,
        // Six decimals are more than scores mean, and keep their order.
        score: (hit.score * 1e6).round() / 1e6,
        id: passage_id(hit.article.id, &hit.passage),
        missing: &hit.missing,
        copies: hit.copies.iter().map(CopyOut::from).collect(),
        article: HitArticleOut::from(hit),
        passage: PassageOut::from(&hit.passage),
        places: toponyms(&hit.passage.places, &hit.passage.text, gazetteer),
        dates: dates(&hit.passage.dates, &hit.passage.text),
        matched: MatchedOut {
            date: hit.matched.date.map(date_kind),
            country: hit.matched.country_in_passage.map(|here| if here { "passage" } else { "article" }),
            spelling: hit.matched.place_variant.then_some("other"),
        },
        complete_in_article: hit.complete_in_article,
        stale: hit.stale,
        before: hit.before.iter().map(PassageOut::from).collect(),
        after: hit.after.iter().map(PassageOut::from).collect(),
        explanation: &hit.explanation,
    };
    write(out, "hit", fields)
}

#[derive(Serialize)]
struct SummaryOut {
    hits: usize,
    passages: u64,
    articles: u64,
    partial: usize,
    elapsed_ms: f64,
    stale_files: usize,
    failed_files: u64,
}

/// Writes the line that ends a list of hits.
pub fn summary(out: &mut dyn Write, totals: &Totals, elapsed_ms: f64, failed_files: u64) -> io::Result<()> {
    let fields = SummaryOut {
        hits: totals.hits,
        passages: totals.passages,
        articles: totals.articles,
        partial: totals.partial,
        elapsed_ms: (elapsed_ms * 100.0).round() / 100.0,
        stale_files: totals.stale,
        failed_files,
    };
    write(out, "summary", fields)
}

#[derive(Serialize)]
struct FacetOut<'a> {
    field: &'static str,
    value: &'a str,
    label: &'a str,
    path: &'a [String],
    passages: u64,
    articles: u64,
}

/// Writes one value of a facet.
pub fn facet(out: &mut dyn Write, field: FacetField, count: &FacetCount) -> io::Result<()> {
    let fields = FacetOut {
        field: facet_name(field),
        value: &count.value,
        label: &count.label,
        path: &count.path,
        passages: count.passages,
        articles: count.articles,
    };
    write(out, "facet", fields)
}

#[derive(Serialize)]
struct BucketOut {
    label: String,
    from: String,
    to: String,
    passages: u64,
    articles: u64,
}

#[derive(Serialize)]
struct CountsOut {
    passages: u64,
    articles: u64,
}

impl From<Counts> for CountsOut {
    fn from(c: Counts) -> Self {
        CountsOut { passages: c.passages, articles: c.articles }
    }
}

#[derive(Serialize)]
struct TimelineOut<'a> {
    on: &'static str,
    by: &'a str,
    buckets: usize,
    coarser: CountsOut,
    undated: CountsOut,
    total: CountsOut,
}

/// Writes the buckets of a timeline and the line that ends them.
pub fn timeline(
    out: &mut dyn Write,
    timeline: &Timeline,
    on: DateKind,
    by: &str,
    label: impl Fn(&TimelineBucket) -> String,
) -> io::Result<()> {
    for bucket in &timeline.buckets {
        let fields = BucketOut {
            label: label(bucket),
            from: bucket.days.from.to_string(),
            to: bucket.days.to.to_string(),
            passages: bucket.counts.passages,
            articles: bucket.counts.articles,
        };
        write(out, "bucket", fields)?;
    }
    let fields = TimelineOut {
        on: date_kind(on),
        by,
        buckets: timeline.buckets.len(),
        coarser: timeline.coarser.into(),
        undated: timeline.undated.into(),
        total: timeline.total.into(),
    };
    write(out, "timeline", fields)
}

#[derive(Serialize)]
struct PublishedOut {
    date: String,
    from: Origin,
}

#[derive(Serialize)]
struct RangeOut<'a> {
    from: String,
    to: String,
    dates: &'a [usize],
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    id: String,
    record: Option<&'a str>,
    path: &'a str,
    title: &'a str,
    published: Option<PublishedOut>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    origins: BTreeMap<&'static str, Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<GivenOut<'a>>,
    text: &'a str,
    passages: Vec<Span>,
    toponyms: Vec<ToponymOut<'a>>,
    title_toponyms: Vec<ToponymOut<'a>>,
    dates: Vec<DateOut<'a>>,
    ranges: Vec<RangeOut<'a>>,
    countries: &'a [CountryMentions],
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<Vec<Span>>,
}

/// What a record gives for an event, not read from the text.
#[derive(Serialize)]
struct GivenOut<'a> {
    from: Option<String>,
    to: Option<String>,
    country: Option<&'a str>,
    places: &'a [String],
    lat: Option<f64>,
    lon: Option<f64>,
}

impl<'a> From<&'a GivenFacts> for GivenOut<'a> {
    fn from(given: &'a GivenFacts) -> Self {
        GivenOut {
            from: given.days.map(|d| d.from.to_string()),
            to: given.days.map(|d| d.to.to_string()),
            country: given.country.as_deref(),
            places: &given.place_names,
            lat: given.coordinates.map(|(lat, _)| lat),
            lon: given.coordinates.map(|(_, lon)| lon),
        }
    }
}

/// Writes an article.
pub fn article(
    out: &mut dyn Write,
    view: &crate::wire::view::ArticleView<'_>,
    gazetteer: &Gazetteer,
) -> io::Result<()> {
    let info = &view.info;
    let fields = ArticleOut {
        id: info.id.to_string(),
        record: info.record.as_deref(),
        path: &info.path,
        title: &info.title,
        published: info.published.map(|(days, from)| PublishedOut { date: days.to_string(), from }),
        source: info.source.as_deref(),
        url: info.url.as_deref(),
        language: info.language.as_deref(),
        byline: info.byline.as_deref(),
        origins: view.origins.iter().copied().collect(),
        given: info.given.as_ref().map(GivenOut::from),
        text: &view.text,
        passages: view.passages.iter().map(|p| Span::from(p.span)).collect(),
        toponyms: toponyms(&view.toponyms, &view.text, gazetteer),
        title_toponyms: toponyms(&view.title_toponyms, &info.title, gazetteer),
        dates: dates(&view.dates, &view.text),
        ranges: view
            .ranges
            .iter()
            .map(|(days, members)| RangeOut { from: days.from.to_string(), to: days.to.to_string(), dates: members })
            .collect(),
        countries: &view.countries,
        warnings: &view.warnings,
        passage: view.shown,
        highlights: view.matches.as_ref().map(|m| m.spans.iter().map(|s| Span::from(*s)).collect()),
    };
    write(out, "article", fields)
}

#[derive(Serialize)]
struct DisputeOut<'a> {
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
struct PlaceLine<'a> {
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
struct RegionLine<'a> {
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
