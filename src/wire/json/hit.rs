//! Hits and the line after them.

use crate::geo::Gazetteer;
use crate::model::answer::{ArticleInfo, CopyInfo, Hit, Totals};
use crate::wire::json::table::EventsOut;
use crate::wire::json::{DateOut, PassageOut, Span, ToponymOut, dates, toponyms, write};
use crate::wire::labels::{date_kind, passage_id};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
pub(crate) struct HitArticleOut<'a> {
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
pub(crate) struct CopyOut<'a> {
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
pub(crate) struct MatchedOut {
    date: Option<&'static str>,
    lag: Option<i32>,
    event: Option<&'static str>,
    event_days: Option<String>,
    country: Option<&'static str>,
    spelling: Option<&'static str>,
}

#[derive(Serialize)]
pub(crate) struct HitOut<'a> {
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
            lag: hit.matched.lag,
            event: hit.matched.event.map(|(kind, _)| kind.name()),
            event_days: hit.matched.event.map(|(_, days)| days.to_string()),
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
pub(crate) struct SummaryOut {
    hits: usize,
    passages: u64,
    articles: u64,
    copies: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<EventsOut>,
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
        copies: totals.copies,
        events: totals.events.map(EventsOut::from),
        partial: totals.partial,
        elapsed_ms: (elapsed_ms * 100.0).round() / 100.0,
        stale_files: totals.stale,
        failed_files,
    };
    write(out, "summary", fields)
}
