//! `dateline inspect`

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::ControlFlow;

use dateline::archive::columns::map_of;
use dateline::extract::record::{Problem, ProblemKind};
use dateline::geo::{Gazetteer, Toponym};
use dateline::index::Backend;
use dateline::ingest::{Analysis, inspect};
use dateline::model::answer::{ArticleInfo, PassageInfo};
use dateline::model::mention::{DateMention, PlaceMention};

use crate::cli::args::InspectArgs;
use crate::cli::commands::{Outcome, Terminal, open_if_any};
use crate::cli::printer::text::ArticleView;
use crate::cli::printer::{json, text};

/// Runs the verb.
pub fn run(args: &InspectArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open_if_any(&args.at)?;
    let gazetteer: &Gazetteer = match &reader {
        Some(reader) => reader.gazetteer(),
        None => Gazetteer::embedded(),
    };
    let mut out = terminal.out();
    let columns = map_of(&args.map);
    let mut failed = false;
    for file in &args.files {
        let mut broken: Option<io::Error> = None;
        let mut seen = 0;
        let mut take = |found: Result<Analysis, Problem>| {
            let analysis = match found {
                Ok(analysis) => analysis,
                Err(problem) => {
                    failed |= problem.kind == ProblemKind::Failure;
                    say(&problem, terminal);
                    return ControlFlow::Continue(());
                }
            };
            seen += 1;
            let view = view(&analysis, args.explain);
            let written = if args.json {
                json::article(&mut out, &view, gazetteer)
            } else {
                text::article(&mut out, &view, &view.info.path, None, gazetteer)
            };
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => {
                    broken = Some(e);
                    ControlFlow::Break(())
                }
            }
        };
        let read = inspect(file, gazetteer, &columns, args.explain, &mut take);
        if let Some(e) = broken {
            return Err(e.into());
        }
        if let Err(e) = read {
            failed = true;
            terminal.messages.library_error(&e);
        }
    }
    out.flush()?;
    Ok(if failed { Outcome::Failed } else { Outcome::Done })
}

/// Says what could not be read, and why.
pub fn say(problem: &Problem, terminal: &Terminal) {
    let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
    terminal.messages.warning(&format!("{}{line}: {}", problem.path, problem.reason));
}

fn mention(toponym: &Toponym) -> PlaceMention {
    PlaceMention {
        span: toponym.span,
        kind: toponym.kind,
        confidence: toponym.confidence,
        place: toponym.place.clone(),
        candidates: toponym.candidates.clone(),
    }
}

fn view(analysis: &Analysis, explain: bool) -> ArticleView<'_> {
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
        ranges: analysis.dates.ranges.iter().map(|r| (r.days, r.timexes.clone())).collect(),
        countries: analysis.geography.countries.clone(),
        warnings: article.warnings.clone(),
        origins: article.origins.clone(),
        shown: None,
        matches: None,
    }
}
