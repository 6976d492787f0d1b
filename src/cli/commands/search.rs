//! `dateline search`

use std::io::{self, BufRead, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use dateline::engine::snapshot::Reader;
use dateline::index::Backend;
use dateline::model::answer::{Hit, Totals};
use dateline::model::query::{Expr, Matching, Query, Sort};
use serde::Serialize;

use crate::cli::args::{Format, PageArgs, SearchArgs, SortBy};
use crate::cli::commands::ask;
use crate::cli::commands::ask::{asked_days, described};
use crate::cli::commands::{Complaint, Outcome, Terminal, nothing};
use crate::cli::printer::text::HitContext;
use crate::cli::printer::{Out, csv, json, text, trec};

/// Runs the verb.
pub fn run(args: &SearchArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = ask::open(&args.ask, terminal)?;
    let mut query = ask::query(&args.ask, reader.gazetteer(), terminal)?;
    query.sort = match args.sort {
        None | Some(SortBy::Relevance) => Sort::Relevance,
        Some(SortBy::Newest) => Sort::Newest,
        Some(SortBy::Oldest) => Sort::Oldest,
        Some(SortBy::Event) => Sort::Event,
    };
    query.explain = args.explain;
    page(&args.page, &mut query);
    let format = format_of(&args.page, if args.queries.is_some() { Format::Trec } else { Format::Text });
    if args.dry_run {
        return dry_run(&query, format, &reader, terminal);
    }
    match (&args.queries, format) {
        (Some(file), Format::Trec) => batch(file, &query, &reader, terminal),
        (Some(_), _) => {
            Err(Complaint("--queries: answers are a TREC run; add --format trec or leave --format out".to_owned())
                .into())
        }
        (None, Format::Trec) => {
            let mut out = terminal.out();
            query.matching = Matching::Any;
            let answer = reader.rank_articles(&query, trec::DEPTH)?;
            trec::run(&mut out, "1", &answer)?;
            out.flush()?;
            Ok(if answer.is_empty() { Outcome::Nothing } else { Outcome::Done })
        }
        (None, format) => answer(&query, format, &reader, terminal),
    }
}

/// Sets which part of the answer is wanted.
fn page(args: &PageArgs, query: &mut Query) {
    query.limit = Some(args.limit).filter(|n| *n > 0);
    query.offset = args.offset;
    query.context = args.context;
    // Asking for all must not leave any out.
    query.per_article = match args.per_article {
        Some(0) => None,
        Some(n) => Some(n),
        None => query.limit.and(query.per_article),
    };
}

fn format_of(args: &PageArgs, otherwise: Format) -> Format {
    if args.json { Format::Json } else { args.format.unwrap_or(otherwise) }
}

/// Where hits go.
enum Sink<'o> {
    Text(&'o mut Out),
    Json(&'o mut Out),
    Csv(Box<csv::Rows<'o>>),
}

/// Prints the hits of a query as they come, then the totals.
pub fn answer(query: &Query, format: Format, reader: &Reader, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let context = HitContext {
        gazetteer: reader.gazetteer(),
        asked_days: asked_days(query),
        coarse: query.coarse,
        current_folder: std::env::current_dir().ok(),
    };
    let mut out = terminal.out();
    let totals = {
        let mut sink = match format {
            Format::Json => Sink::Json(&mut out),
            Format::Csv => Sink::Csv(Box::new(csv::Rows::new(&mut out, &csv::HIT_HEADER)?)),
            Format::Text | Format::Trec => Sink::Text(&mut out),
        };
        let totals = hits(query, reader, &context, &mut sink)?;
        let elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
        match sink {
            Sink::Json(out) => json::summary(out, &totals, elapsed_ms, reader.sums().failed)?,
            Sink::Csv(rows) => rows.finish()?,
            Sink::Text(out) if totals.hits > 0 => text::summary(out, &totals, query.offset, elapsed_ms)?,
            Sink::Text(_) => {}
        }
        totals
    };
    out.flush()?;
    if totals.hits == 0 {
        if query.offset > 0 && totals.passages > 0 {
            terminal
                .messages
                .note(&format!("--offset {} lies after the last of {} passages", query.offset, totals.passages));
        } else {
            nothing::explain(reader, query, terminal);
        }
        ask::say_what_is_lacking(reader, totals.stale, terminal);
        return Ok(Outcome::Nothing);
    }
    if totals.passages == 0 {
        nothing::suggest(reader, query, terminal);
    }
    ask::say_what_is_lacking(reader, totals.stale, terminal);
    Ok(Outcome::Done)
}

/// Writes the hits as they come.
fn hits(query: &Query, reader: &Reader, context: &HitContext<'_>, sink: &mut Sink<'_>) -> anyhow::Result<Totals> {
    let mut broken: Option<io::Error> = None;
    let mut partial_begun = false;
    let mut take = |hit: Hit| {
        let written = match sink {
            Sink::Json(out) => json::hit(*out, &hit, context.gazetteer),
            Sink::Csv(rows) => csv::hit(rows, &hit, context.gazetteer),
            Sink::Text(out) => {
                let first_partial = !hit.missing.is_empty() && !partial_begun;
                partial_begun |= first_partial;
                let divided = if first_partial { text::partial_divider(out) } else { Ok(()) };
                divided.and_then(|()| text::hit(out, &hit, context))
            }
        };
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => {
                broken = Some(e);
                ControlFlow::Break(())
            }
        }
    };
    let totals = reader.search(query, &mut take)?;
    match broken {
        Some(e) => Err(e.into()),
        None => Ok(totals),
    }
}

#[derive(Serialize)]
struct DryRun {
    query: Option<String>,
    filters: Vec<String>,
    excludes: Vec<String>,
    r#match: &'static str,
    exact: bool,
    claims: bool,
    coarse: bool,
    sort: &'static str,
    offset: usize,
    limit: Option<usize>,
    per_article: Option<usize>,
}

/// Prints the query as understood.
fn dry_run(query: &Query, format: Format, reader: &Reader, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let list = |filters: &[dateline::model::query::Filter]| -> Vec<String> {
        filters.iter().map(|f| described(f, reader.gazetteer())).collect()
    };
    let understood = DryRun {
        query: query.expr.as_ref().map(Expr::to_string),
        filters: list(&query.filters),
        excludes: list(&query.excludes),
        r#match: match query.matching {
            Matching::AllFirst => "first",
            Matching::All => "all",
            Matching::Any => "any",
        },
        exact: query.exact,
        claims: query.claims,
        coarse: query.coarse,
        sort: match query.sort {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Event => "event",
        },
        offset: query.offset,
        limit: query.limit,
        per_article: query.per_article,
    };
    let mut out = terminal.out();
    if format == Format::Json {
        json::write(&mut out, "query", &understood)?;
    } else {
        text::dry_run(
            &mut out,
            &[
                ("query", understood.query.clone().unwrap_or_else(|| "everything, the newest first".to_owned())),
                ("filters", understood.filters.join("  ")),
                ("exclude", understood.excludes.join("  ")),
                (
                    "in query",
                    ask::filters_within(query.expr.as_ref())
                        .iter()
                        .map(|(excludes, f)| {
                            format!("{}{}", if *excludes { "-" } else { "" }, described(f, reader.gazetteer()))
                        })
                        .collect::<Vec<_>>()
                        .join("  "),
                ),
                ("match", understood.r#match.to_owned()),
                ("sort", understood.sort.to_owned()),
                ("spelling", if query.exact { "as typed" } else { "also other spellings of places" }.to_owned()),
            ],
        )?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Answers a file of queries with a TREC run.
fn batch(file: &Path, template: &Query, reader: &Reader, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).map_err(|e| dateline::Error::io("cannot open", file, e))?)
    };
    let mut out = terminal.out();
    let mut found = false;
    for (n, line) in io::BufReader::new(source).split(b'\n').enumerate() {
        let line = line.map_err(|e| dateline::Error::io("cannot read", file, e))?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, words)) = line.split_once('\t') else {
            let reason = "no tab in this line; write ID<TAB>WORDS".to_owned();
            return Err(dateline::Error::Input { path: file.to_owned(), line: Some(n as u64 + 1), reason }.into());
        };
        let mut query = template.clone();
        query.matching = Matching::Any;
        query.expr = plain(words);
        if query.expr.is_none() {
            continue;
        }
        let answer = match reader.rank_articles(&query, trec::DEPTH) {
            Err(dateline::Error::Query(e)) => {
                let id = id.trim();
                terminal.messages.warning(&format!(
                    "{}:{}: `{id}` is not answered: {}",
                    file.display(),
                    n + 1,
                    e.reason
                ));
                continue;
            }
            answer => answer?,
        };
        found |= !answer.is_empty();
        trec::run(&mut out, id.trim(), &answer)?;
    }
    out.flush()?;
    Ok(if found { Outcome::Done } else { Outcome::Nothing })
}

/// Words of which none is an operator: white space parts them, what has no letter or digit is left out.
fn plain(text: &str) -> Option<Expr> {
    let mut words: Vec<Expr> = text
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(|w| Expr::Word(w.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned()))
        .collect();
    match words.len() {
        0 => None,
        1 => words.pop(),
        _ => Some(Expr::And(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_line_of_a_batch_is_an_operator() {
        let word = |w: &str| Expr::Word(w.to_owned());
        assert_eq!(
            plain("NOT (country:IN) OR -\"x\" — T-72"),
            Some(Expr::And(vec![word("NOT"), word("country:IN"), word("OR"), word("x"), word("T-72")]))
        );
        assert_eq!(plain(" — "), None);
    }
}
