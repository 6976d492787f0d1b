//! Queries through the library, one process for all.

use std::hint::black_box;
use std::ops::{Bound, ControlFlow};
use std::path::Path;
use std::time::Instant;

use dateline::engine::Reader;
use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetField, Hit};
use dateline::model::days::TimeUnit;
use dateline::model::question::{DateKind, Page, Question};
use dateline::query::parse::parse;
use tantivy::collector::{FacetCollector, HistogramCollector};
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, RangeQuery};
use tantivy::{DateTime, Term};

use super::engine::Engine;
use super::words::{Asked, NAMES, asked};
use super::{Outcome, median_and_p99};

/// Asks the `n`-th query of a kind.
type Ask<'a> = Box<dyn Fn(usize) -> Outcome<()> + 'a>;

pub fn compare(alone: &Path, ours: &Path) -> Outcome<()> {
    let engine = Engine::open(alone)?;
    let reader = Reader::open(ours)?;
    let asked = asked(&engine)?;
    println!("| warm, {} queries each | engine alone, ms (p99) | dateline, ms (p99) | ratio of medians |", asked.len());
    println!("|---|--:|--:|--:|");
    for (kind, bare, full) in kinds(&engine, &reader, &asked) {
        let (mut bare_times, mut full_times) = (Vec::new(), Vec::new());
        // Once for the caches, then in turns.
        for round in 0..2 {
            for n in 0..asked.len() {
                for (ask, times) in [(&bare, &mut bare_times), (&full, &mut full_times)] {
                    let started = Instant::now();
                    ask(n)?;
                    if round == 1 {
                        times.push(started.elapsed().as_secs_f64() * 1e3);
                    }
                }
            }
        }
        let ((bare, bare_p99), (full, full_p99)) = (median_and_p99(bare_times), median_and_p99(full_times));
        println!("| {kind} | {bare:.2} ({bare_p99:.2}) | {full:.2} ({full_p99:.2}) | {:.1} |", full / bare);
    }
    println!();
    Ok(())
}

fn kinds<'a>(engine: &'a Engine, reader: &'a Reader, asked: &'a [Asked]) -> Vec<(&'static str, Ask<'a>, Ask<'a>)> {
    let one = move |n: usize| asked[n].one.clone();
    let two = move |n: usize| format!("{} {}", asked[n].one, asked[n].other);
    let phrase = move |n: usize| format!("\"{} {}\"", asked[n].phrase.0, asked[n].phrase.1);
    let filtered = move |n: usize| {
        let month = n % 12 + 1;
        format!("{} country:US date:1987-{month:02}..1987-{:02}", asked[n].one, (month + 2).min(12))
    };
    let name = move |n: usize| NAMES[n % NAMES.len()].to_owned();
    let bare_word = move |n: usize| -> Outcome<()> { count(engine.answer(&*engine.word(&asked[n].one)?)?) };
    let bare_two = move |n: usize| -> Outcome<()> {
        let (one, other) = (engine.word(&asked[n].one)?, engine.word(&asked[n].other)?);
        count(engine.answer(&BooleanQuery::new(vec![(Occur::Must, one), (Occur::Must, other)]))?)
    };
    let bare_phrase = move |n: usize| -> Outcome<()> {
        let (first, second) = &asked[n].phrase;
        count(engine.answer(&PhraseQuery::new(vec![engine.term(first)?, engine.term(second)?]))?)
    };
    let bare_name = move |n: usize| -> Outcome<()> { count(engine.answer(&*engine.word(NAMES[n % NAMES.len()])?)?) };
    let bare_dates = move |n: usize| -> Outcome<()> {
        let day = |months: usize| Term::from_field_date(engine.date, days_of_1987(n % 12 + months));
        let dates = RangeQuery::new(Bound::Included(day(0)), Bound::Excluded(day(3)));
        let both = vec![(Occur::Must, engine.word(&asked[n].one)?), (Occur::Must, Box::new(dates) as Box<_>)];
        count(engine.answer(&BooleanQuery::new(both))?)
    };
    let bare_facets = move |_: usize| -> Outcome<()> {
        let mut collector = FacetCollector::for_field("facet");
        collector.add_facet("/source");
        black_box(engine.searcher.search(&AllQuery, &collector)?);
        Ok(())
    };
    let bare_word_facets = move |n: usize| -> Outcome<()> {
        let mut collector = FacetCollector::for_field("facet");
        collector.add_facet("/source");
        black_box(engine.searcher.search(&*engine.word(&asked[n].one)?, &collector)?);
        Ok(())
    };
    let bare_months = move |everything: bool, n: usize| -> Outcome<()> {
        let month = 30 * 86_400 * 1_000_000_000_u64;
        let collector =
            HistogramCollector::new::<DateTime>("date".to_owned(), DateTime::from_timestamp_secs(0), month, 600);
        let query = if everything { Box::new(AllQuery) } else { engine.word(&asked[n].one)? };
        black_box(engine.searcher.search(&*query, &collector)?);
        Ok(())
    };
    let facets = move |field: FacetField, text: &str| -> Outcome<()> {
        black_box(reader.facets(&typed(reader, text)?, &[FacetAsk::of(field)])?);
        Ok(())
    };
    let months = move |text: &str| -> Outcome<()> {
        black_box(reader.timeline(&typed(reader, text)?, DateKind::Event, TimeUnit::Month)?);
        Ok(())
    };
    let search = move |text: String| -> Outcome<()> {
        let totals = reader.search(&typed(reader, &text)?, &Page::default(), &mut |hit: Hit| {
            black_box(hit);
            Ok(ControlFlow::Continue(()))
        })?;
        count(totals.hits)
    };
    vec![
        ("one word", Box::new(bare_word), Box::new(move |n| search(one(n)))),
        ("two words", Box::new(bare_two), Box::new(move |n| search(two(n)))),
        ("phrase", Box::new(bare_phrase), Box::new(move |n| search(phrase(n)))),
        (
            "a word, a country and dates; the engine: the word",
            Box::new(bare_word),
            Box::new(move |n| search(filtered(n))),
        ),
        ("the same; the engine: the word and dates", Box::new(bare_dates), Box::new(move |n| search(filtered(n)))),
        ("a name in all spellings; the engine: one", Box::new(bare_name), Box::new(move |n| search(name(n)))),
        (
            "countries of everything; the engine: its one facet",
            Box::new(bare_facets),
            Box::new(move |_| facets(FacetField::Country, "")),
        ),
        (
            "countries of a word; the engine: its one facet",
            Box::new(bare_word_facets),
            Box::new(move |n| facets(FacetField::Country, &one(n))),
        ),
        ("regions of everything", Box::new(bare_facets), Box::new(move |_| facets(FacetField::Region, ""))),
        ("places of everything", Box::new(bare_facets), Box::new(move |_| facets(FacetField::Place, ""))),
        ("places of a word", Box::new(bare_word_facets), Box::new(move |n| facets(FacetField::Place, &one(n)))),
        ("sources of everything", Box::new(bare_facets), Box::new(move |_| facets(FacetField::Source, ""))),
        (
            "years of everything; the engine: months of publication",
            Box::new(move |n| bare_months(true, n)),
            Box::new(move |_| facets(FacetField::Date, "")),
        ),
        (
            "timeline of everything by month; the engine: of publication",
            Box::new(move |n| bare_months(true, n)),
            Box::new(move |_| months("")),
        ),
        (
            "timeline of a word by month; the engine: of publication",
            Box::new(move |n| bare_months(false, n)),
            Box::new(move |n| months(&one(n))),
        ),
    ]
}

/// The query that a text stands for, read each time as the program does.
fn typed(reader: &Reader, text: &str) -> Outcome<Question> {
    let expr = parse(text, reader.gazetteer()).map_err(|e| e.reason)?.expr;
    Ok(Question::of(expr))
}

fn count(hits: usize) -> Outcome<()> {
    black_box(hits);
    Ok(())
}

/// The first moment of the month that begins so many months after 1987 does.
fn days_of_1987(months: usize) -> DateTime {
    DateTime::from_timestamp_secs(536_457_600 + months as i64 * 2_629_800)
}
