//! `dateline search`

use std::io::Write;
use std::ops::ControlFlow;
use std::time::Instant;

use dateline::actions::label::described;
use dateline::index::{Backend, HitSink};
use dateline::model::answer::{Hit, Totals};
use dateline::model::question::{DateKind, Expr, Filter, Matching, Page, Question, Sort};
use dateline::query::typed::Understood;
use dateline::wire::question::QuestionOut;
use dateline::wire::{csv, json, trec};

use crate::cli::args::question::Format;
use crate::cli::args::question::{PageArgs, SearchArgs, SortBy};
use crate::cli::commands::question::{batch, left_out, nothing};
use crate::cli::printer::text::HitContext;
use crate::cli::printer::{Out, text};
use crate::cli::terminal::{Complaint, Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &SearchArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let backend = crate::cli::commands::question::open(&args.ask, terminal)?;
    let understood = crate::cli::commands::question::understood(&args.ask, backend, terminal)?;
    let page = page(args);
    let format = format_of(&args.page, if args.queries.is_some() { Format::Trec } else { Format::Text });
    if args.dry_run {
        return dry_run(&understood, &page, format, backend, terminal);
    }
    let question = &understood.question;
    match (&args.queries, format) {
        (Some(file), Format::Trec) => batch::run(file, &understood, backend, terminal),
        (Some(_), _) => {
            Err(Complaint("--queries: answers are a TREC run; add --format trec or leave --format out".to_owned())
                .into())
        }
        (None, Format::Trec) => {
            let mut out = terminal.out();
            let question = Question { matching: Matching::Any, ..question.clone() };
            let answer = backend.rank_articles(&question, trec::DEPTH)?;
            trec::run(&mut out, "1", &answer)?;
            out.flush()?;
            Ok(if answer.is_empty() { Outcome::Nothing } else { Outcome::Done })
        }
        (None, format) => answer(question, &page, format, backend, terminal),
    }
}

/// Which part of the answer is wanted, in which order.
fn page(args: &SearchArgs) -> Page {
    let PageArgs { limit, offset, context, per_article, .. } = &args.page;
    let limit = Some(*limit).filter(|n| *n > 0);
    Page {
        sort: match args.sort {
            None | Some(SortBy::Relevance) => Sort::Relevance,
            Some(SortBy::Newest) => Sort::Newest,
            Some(SortBy::Oldest) => Sort::Oldest,
            Some(SortBy::Event) => Sort::Event,
        },
        offset: *offset,
        limit,
        // Asking for all must not leave any out.
        per_article: match per_article {
            Some(0) => None,
            Some(n) => Some(*n),
            None => limit.and(Page::default().per_article),
        },
        context: *context,
        explain: args.explain,
    }
}

fn format_of(args: &PageArgs, otherwise: Format) -> Format {
    if args.json { Format::Json } else { args.format.unwrap_or(otherwise) }
}

/// Writes the hits as they come.
struct Printer<'o> {
    output: Output<'o>,
    context: HitContext<'o>,
    partial_begun: bool,
}

enum Output<'o> {
    Text(&'o mut Out),
    Json(&'o mut Out),
    Csv(Box<csv::Rows<'o>>),
}

impl HitSink for Printer<'_> {
    fn hit(&mut self, hit: Hit) -> dateline::Result<ControlFlow<()>> {
        let written = match &mut self.output {
            Output::Json(out) => dateline::wire::json::hit(*out, &hit, self.context.gazetteer),
            Output::Csv(rows) => csv::hit(rows, &hit, self.context.gazetteer),
            Output::Text(out) => {
                let first_partial = !hit.missing.is_empty() && !self.partial_begun;
                self.partial_begun |= first_partial;
                let divided = if first_partial { text::partial_divider(out) } else { Ok(()) };
                divided.and_then(|()| text::hit(out, &hit, &self.context))
            }
        };
        written.map(ControlFlow::Continue).map_err(dateline::Error::Output)
    }
}

impl Printer<'_> {
    /// Writes what stands after the hits.
    fn finish(self, totals: &Totals, page: &Page, elapsed_ms: f64, failed_files: u64) -> std::io::Result<()> {
        match self.output {
            Output::Json(out) => json::summary(out, totals, elapsed_ms, failed_files),
            Output::Csv(rows) => rows.finish(),
            Output::Text(out) if totals.hits > 0 => text::summary(out, totals, page, elapsed_ms),
            Output::Text(_) => Ok(()),
        }
    }
}

/// Prints the hits of a page as they come, then the totals.
fn answer(
    question: &Question,
    page: &Page,
    format: Format,
    backend: &dyn Backend,
    terminal: &Terminal,
) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let asked_days = question.wanted_filters().into_iter().filter_map(|filter| match filter {
        Filter::Date(DateKind::Event | DateKind::Named | DateKind::Either, days) => Some(*days),
        _ => None,
    });
    let context = HitContext {
        gazetteer: backend.gazetteer(),
        asked_days: asked_days.collect(),
        coarse: question.coarse,
        current_folder: std::env::current_dir().ok(),
    };
    let mut out = terminal.out();
    let output = match format {
        Format::Json => Output::Json(&mut out),
        Format::Csv => Output::Csv(Box::new(csv::Rows::new(&mut out, &csv::HIT_HEADER)?)),
        Format::Text | Format::Trec => Output::Text(&mut out),
    };
    let mut printer = Printer { output, context, partial_begun: false };
    let totals = backend.search(question, page, &mut printer)?;
    printer.finish(&totals, page, started.elapsed().as_secs_f64() * 1e3, backend.holdings().sums.failed)?;
    out.flush()?;
    if totals.hits == 0 {
        if page.offset > 0 && totals.passages > 0 {
            terminal
                .messages
                .note(&format!("--offset {} lies after the last of {} passages", page.offset, totals.passages));
        } else {
            nothing::explain(backend, question, terminal);
            left_out::say(backend, question, totals.passages, terminal);
        }
        return Ok(Outcome::Nothing);
    }
    if totals.passages == 0 {
        nothing::suggest(backend, question, terminal);
    }
    left_out::say(backend, question, totals.passages, terminal);
    crate::cli::commands::question::say_what_is_stale(totals.stale, terminal);
    Ok(Outcome::Done)
}

/// Prints the question as understood.
fn dry_run(
    understood: &Understood,
    page: &Page,
    format: Format,
    backend: &dyn Backend,
    terminal: &Terminal,
) -> anyhow::Result<Outcome> {
    let named = |filter: &Filter| described(filter, backend.gazetteer());
    let list = |filters: &[Filter]| -> Vec<String> { filters.iter().map(named).collect() };
    let query = understood.typed.as_ref().map(Expr::to_string);
    let shape =
        QuestionOut::of(&understood.question, page, query, list(&understood.filters), list(&understood.excludes));
    let mut out = terminal.out();
    if format == Format::Json {
        json::write(&mut out, "query", &shape)?;
    } else {
        let within = Question::of(understood.typed.clone());
        let within: Vec<String> = within
            .filters()
            .into_iter()
            .map(|(standing, filter)| {
                format!("{}{}", if standing.negations % 2 == 1 { "-" } else { "" }, named(filter))
            })
            .collect();
        text::dry_run(
            &mut out,
            &[
                ("query", shape.query.clone().unwrap_or_else(|| "everything, the newest first".to_owned())),
                ("filters", shape.filters.join("  ")),
                ("exclude", shape.excludes.join("  ")),
                ("in query", within.join("  ")),
                ("match", shape.r#match.to_owned()),
                ("event", if shape.event_named { "only days that passages name" } else { "" }.to_owned()),
                ("sort", shape.sort.to_owned()),
                ("spelling", if shape.exact { "as typed" } else { "also other spellings of places" }.to_owned()),
            ],
        )?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
