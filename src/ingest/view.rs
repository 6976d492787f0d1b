//! What was understood of a file, made ready to be shown.

use std::borrow::Cow;

use crate::geo::Toponym;
use crate::ingest::Analysis;
use crate::ingest::carried::Carried;
use crate::model::answer::{ArticleInfo, PassageInfo};
use crate::model::article::ByteSpan;
use crate::model::days::DayRange;
use crate::model::mention::{DateMention, PlaceMention};
use crate::wire::view::ArticleView;

fn mention(toponym: &Toponym) -> PlaceMention {
    PlaceMention {
        span: toponym.span,
        kind: toponym.kind,
        confidence: toponym.confidence,
        place: toponym.place.clone(),
        candidates: toponym.candidates.clone(),
    }
}

/// The days that the passages of an article carry which name none.
fn carried_in(analysis: &Analysis) -> Vec<(u32, Vec<DayRange>)> {
    let given = analysis.article.given.as_ref().and_then(|given| given.days);
    let carried = Carried::of(&analysis.article.text, &analysis.dates);
    let names_none = |span: &ByteSpan| given.is_none() && analysis.dates.event_ranges_in(*span).is_empty();
    let numbered = (0..).zip(&analysis.passages).filter(|(_, span)| names_none(span));
    numbered.map(|(number, span)| (number, carried.by(*span))).filter(|(_, days)| !days.is_empty()).collect()
}

/// An analysed article made ready to be shown; with `explain`, also the rule behind each date.
pub fn view(analysis: &Analysis, explain: bool) -> ArticleView<'_> {
    let article = &analysis.article;
    let line_of = |byte: usize| {
        let before = article.text.as_bytes().get(..byte).unwrap_or(&[]);
        let line_ends = before.iter().filter(|b| **b == b'\n').count();
        let more = if article.lines_are_files { u32::try_from(line_ends).unwrap_or(u32::MAX) } else { 0 };
        article.first_line.saturating_add(more)
    };
    let page_of = |byte: usize| article.pages.iter().rev().find(|(start, _)| *start <= byte).map(|(_, page)| *page);
    let passages = analysis.passages.iter().enumerate().map(|(n, span)| PassageInfo {
        number: u32::try_from(n).unwrap_or(u32::MAX),
        span: *span,
        line: article.lines_are_files.then(|| line_of(span.start)),
        page: page_of(span.start),
        text: span.of(&article.text).to_owned(),
        highlights: Vec::new(),
        places: Vec::new(),
        dates: Vec::new(),
    });
    ArticleView {
        info: ArticleInfo {
            id: article.id(),
            record: article.record.clone(),
            title: article.title.clone(),
            path: article.path.clone(),
            root: String::new(),
            url: article.url.clone(),
            source: article.source.clone(),
            byline: article.byline.clone(),
            published: article.published.map(|p| (p.range, p.from)),
            language: article.language.clone(),
            given: article.given.clone(),
        },
        text: Cow::Borrowed(&article.text),
        passages: passages.collect(),
        toponyms: analysis.geography.toponyms.iter().map(mention).collect(),
        title_toponyms: analysis.geography.title_toponyms.iter().map(mention).collect(),
        dates: analysis
            .dates
            .timexes
            .iter()
            .map(|t| DateMention { span: t.span, kind: t.kind, value: t.value.clone(), days: t.days })
            .collect(),
        rules: if explain { analysis.dates.timexes.iter().map(|t| t.rule).collect() } else { Vec::new() },
        carried: carried_in(analysis),
        ranges: analysis.dates.ranges.iter().map(|r| (r.days, r.timexes.clone())).collect(),
        countries: analysis.geography.countries.clone(),
        warnings: article.warnings.clone(),
        origins: article.origins.clone(),
        shown: None,
        matches: None,
    }
}
