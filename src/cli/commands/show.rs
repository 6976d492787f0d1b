//! `dateline show`

use std::borrow::Cow;
use std::io::Write;
use std::ops::ControlFlow;

use dateline::ByteSpan;
use dateline::engine::snapshot::Reader;
use dateline::index::Backend;
use dateline::model::answer::StoredArticle;
use dateline::model::article::ArticleId;
use dateline::model::mention::{DateMention, PlaceMention};
use dateline::model::query::{Filter, Matching, Query};
use dateline::query::parse::parse;

use crate::cli::args::ShowArgs;
use crate::cli::commands::{Outcome, Terminal, open};
use crate::cli::printer::text::{ArticleView, Matches, path_to_open};
use crate::cli::printer::{json, text};

/// Runs the verb.
pub fn run(args: &ShowArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open(&args.at)?;
    let current_folder = std::env::current_dir().ok();
    let mut out = terminal.out();
    let mut outcome = Outcome::Done;
    for asked in &args.ids {
        let (id, number) = match find(&reader, asked)? {
            Some(found) => found,
            None => {
                terminal
                    .messages
                    .error(&format!("`{asked}`: no article or passage has this id; `dateline search` prints them"));
                outcome = Outcome::Nothing;
                continue;
            }
        };
        let article = match reader.article(id) {
            Ok(article) => article,
            Err(dateline::Error::NotFound(reason)) => {
                terminal.messages.error(&reason);
                outcome = Outcome::Nothing;
                continue;
            }
            Err(e) => return Err(e.into()),
        };
        if let Some(number) = number
            && number as usize >= article.passages.len()
        {
            let last = article.passages.len().saturating_sub(1);
            terminal.messages.error(&format!("`{asked}`: article {id} has the passages #0 to #{last}"));
            outcome = Outcome::Nothing;
            continue;
        }
        let matches = args.query.as_deref().map(|query| matches(&reader, query, &article)).transpose()?;
        if matches.as_ref().is_some_and(|m| m.passages.is_empty()) {
            terminal.messages.note(&format!("`{asked}`: no passage of this article holds any of the query"));
            outcome = Outcome::Nothing;
        }
        if article.stale {
            terminal
                .messages
                .warning(&format!("{}: the file has changed or gone since it was indexed", article.info.path));
        }
        let view = view(&article, number, matches);
        if args.json {
            json::article(&mut out, &view, reader.gazetteer())?;
        } else {
            let path = path_to_open(&article.info, current_folder.as_deref());
            text::article(&mut out, &view, &path, args.context, reader.gazetteer())?;
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The article and, for the id of a passage, its number. A path below the archive stands for its article where it has
/// just one.
pub fn find(reader: &Reader, asked: &str) -> dateline::Result<Option<(ArticleId, Option<u32>)>> {
    let (article, number) = match asked.rsplit_once('#') {
        Some((article, number)) => (article, number.parse::<u32>().ok()),
        None => (asked, None),
    };
    if let Ok(id) = article.parse::<ArticleId>()
        && (number.is_some() || !asked.contains('#'))
    {
        return Ok(Some((id, number)));
    }
    let query =
        Query { filters: vec![Filter::Path(asked.to_owned())], limit: None, per_article: Some(1), ..Query::default() };
    let mut found = None;
    let mut several = false;
    reader.search(&query, &mut |hit| {
        if hit.article.path == asked {
            several = found.is_some();
            found = Some(hit.article.id);
        }
        if several { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(if several { None } else { found.map(|id| (id, None)) })
}

/// What a query matches in an article: any of its words counts.
fn matches(reader: &Reader, text: &str, article: &StoredArticle) -> dateline::Result<Matches> {
    let parsed = parse(text, reader.gazetteer())?;
    let mut query =
        Query { expr: parsed.expr, matching: Matching::Any, limit: None, per_article: None, ..Query::default() };
    // A path with the signs of a pattern cannot be asked for literally; all articles are gone through then.
    if !article.info.path.contains(['*', '?', '[', '{']) {
        query.filters.push(Filter::Path(article.info.path.clone()));
    }
    let mut found = Matches::default();
    reader.search(&query, &mut |hit| {
        // Of articles with the same text one is given, for all.
        if hit.article.id == article.info.id || hit.copies.iter().any(|copy| copy.id == article.info.id) {
            let start = hit.passage.span.start;
            found.spans.extend(hit.passage.highlights.iter().map(|s| ByteSpan::new(start + s.start, start + s.end)));
            found.passages.insert(hit.passage.number);
        }
        ControlFlow::Continue(())
    })?;
    found.spans.sort_unstable();
    found.spans.dedup();
    Ok(found)
}

fn view<'a>(article: &'a StoredArticle, shown: Option<u32>, matches: Option<Matches>) -> ArticleView<'a> {
    let at = |origin: usize, span: ByteSpan| ByteSpan::new(origin + span.start, origin + span.end);
    let mut toponyms: Vec<PlaceMention> = Vec::new();
    let mut dates: Vec<DateMention> = Vec::new();
    for passage in &article.passages {
        let origin = passage.span.start;
        toponyms.extend(passage.places.iter().map(|m| PlaceMention { span: at(origin, m.span), ..m.clone() }));
        dates.extend(passage.dates.iter().map(|d| DateMention { span: at(origin, d.span), ..d.clone() }));
    }
    ArticleView {
        info: article.info.clone(),
        text: Cow::Borrowed(&article.text),
        passages: article.passages.clone(),
        toponyms,
        title_toponyms: article.title_places.clone(),
        dates,
        rules: Vec::new(),
        ranges: Vec::new(),
        countries: article.countries.clone(),
        warnings: article.warnings.clone(),
        origins: Vec::new(),
        shown,
        matches,
    }
}
