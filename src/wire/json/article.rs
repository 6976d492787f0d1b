//! An article in whole.

use crate::geo::Gazetteer;
use crate::model::article::{GivenFacts, Origin};
use crate::model::days::{Day, DayRange};
use crate::model::mention::CountryMentions;
use crate::wire::json::{DateOut, Span, ToponymOut, dates, toponyms, write};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
pub(crate) struct PublishedOut {
    date: String,
    from: Origin,
}

#[derive(Serialize)]
pub(crate) struct RangeOut<'a> {
    from: String,
    to: String,
    dates: &'a [usize],
}

/// Days that lack an end: `from 2005 on`, `until 1999`.
#[derive(Serialize)]
pub(crate) struct OpenRangeOut<'a> {
    from: Option<String>,
    to: Option<String>,
    dates: &'a [usize],
}

/// The days that a passage carries, which names none.
#[derive(Serialize)]
pub(crate) struct CarriedOut {
    passage: u32,
    days: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct ArticleOut<'a> {
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open_ranges: Vec<OpenRangeOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    carried: Vec<CarriedOut>,
    countries: &'a [CountryMentions],
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<Vec<Span>>,
}

/// What a record gives for an event, not read from the text.
#[derive(Serialize)]
pub(crate) struct GivenOut<'a> {
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
            .filter(|(days, _)| !days.is_open())
            .map(|(days, members)| RangeOut { from: days.from.to_string(), to: days.to.to_string(), dates: members })
            .collect(),
        open_ranges: view
            .ranges
            .iter()
            .filter(|(days, _)| days.is_open())
            .map(|(days, members)| {
                let bounds = days.bounds();
                let day = |day: Option<Day>| day.map(|day| day.to_string());
                OpenRangeOut { from: day(bounds.from), to: day(bounds.to), dates: members }
            })
            .collect(),
        carried: view
            .carried
            .iter()
            .map(|(passage, days)| CarriedOut {
                passage: *passage,
                days: days.iter().map(DayRange::to_string).collect(),
            })
            .collect(),
        countries: &view.countries,
        warnings: &view.warnings,
        passage: view.shown,
        highlights: view.matches.as_ref().map(|m| m.spans.iter().map(|s| Span::from(*s)).collect()),
    };
    write(out, "article", fields)
}
