//! Every engine against the plain one, over random archives ([`archives`]) and random questions ([`questions`]).
//!
//! `DATELINE_ARCHIVES` says how many archives are made (an index of each is dear), `DATELINE_QUESTIONS` how many questions are
//! asked of each (cheap). A failure names the archive's articles and the question.

pub mod archives;
pub mod questions;

use std::collections::BTreeMap;
use std::fmt::Debug;

use dateline::Error;
use dateline::index::Backend;
use dateline::model::answer::{EventCounts, FacetAsk, FacetField, FacetScope, Hit, Matched};
use dateline::model::article::ArticleId;
use dateline::model::days::{Day, DayRange, TimeUnit};
use dateline::model::event::EventKind;
use dateline::model::question::{DateKind, Page, Question, Sort};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use self::archives::{Report, archive, reports};
use self::questions::{PLACES, questions};
use super::Engines;
use crate::support::archive::place;

pub fn number_of(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// A passage with all of its hit that every engine must give alike.
/// What a hit rests on: the kind of date, the days of its event, a lag, its country.
type RestsOn = (Option<DateKind>, Option<(EventKind, DayRange)>, Option<i32>, Option<bool>);
type Alike = (Vec<String>, bool, Vec<ArticleId>, RestsOn, usize, usize);

fn by_passage(hits: Vec<Hit>) -> BTreeMap<(ArticleId, u32), Alike> {
    let alike = |hit: Hit| {
        let copies = hit.copies.iter().map(|copy| copy.id).collect();
        let Matched { date, event, lag, country_in_passage, .. } = hit.matched;
        let around = (hit.before.len(), hit.after.len());
        let key = (hit.article.id, hit.passage.number);
        (
            key,
            (hit.missing, hit.complete_in_article, copies, (date, event, lag, country_in_passage), around.0, around.1),
        )
    };
    hits.into_iter().map(alike).collect()
}

/// Passages, articles, hits, partial and stale ones, copies; and those that answer filters by event.
type Sums = ([u64; 6], Option<EventCounts>);

fn search(backend: &dyn Backend, question: &Question, page: &Page) -> dateline::Result<(Vec<Hit>, Sums)> {
    let mut hits = Vec::new();
    let t = backend.search(question, page, &mut hits)?;
    Ok((hits, ([t.passages, t.articles, t.hits as u64, t.partial as u64, t.stale as u64, t.copies], t.events)))
}

/// Every facet: of every field, below values, by every unit.
fn asks() -> Vec<FacetAsk> {
    let mut asks: Vec<FacetAsk> = [
        FacetField::Region,
        FacetField::Country,
        FacetField::Place,
        FacetField::Source,
        FacetField::Language,
        FacetField::Date,
        FacetField::Published,
    ]
    .map(FacetAsk::of)
    .into();
    let scopes = [
        FacetScope::Region("034".to_owned()),
        FacetScope::Region("sahel".to_owned()),
        FacetScope::Country("UA".parse().unwrap()),
        FacetScope::Place(place("Ukraine")),
        FacetScope::Place(place("Donbas")),
        FacetScope::Place(place(PLACES[0])),
    ];
    for under in scopes {
        for field in [FacetField::Country, FacetField::Place] {
            asks.push(FacetAsk { under: Some(under.clone()), limit: Some(7), ..FacetAsk::of(field) });
        }
    }
    let march = DayRange::month(2024, 3).unwrap();
    for field in [FacetField::Date, FacetField::Published] {
        for unit in UNITS {
            asks.push(FacetAsk { unit: Some(unit), ..FacetAsk::of(field) });
        }
        for days in [DayRange::year(2024).unwrap(), march, DayRange::day(Day::from_ymd(2024, 3, 2).unwrap())] {
            asks.push(FacetAsk { under: Some(FacetScope::Days(days)), ..FacetAsk::of(field) });
        }
    }
    asks
}

const UNITS: [TimeUnit; 5] = [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year];

/// What kind of error it is and, of a question's fault, what is wrong.
fn kind_of(error: &Error) -> String {
    match error {
        Error::Query(fault) => format!("query {} {} {}", fault.query, fault.at, fault.reason),
        Error::Usage(_) => "usage".to_owned(),
        other => panic!("{other}"),
    }
}

/// Whether two answers are equal, or fail alike; gives back whether they are answers.
fn same<T: PartialEq + Debug>(
    what: &str,
    one: dateline::Result<T>,
    other: dateline::Result<T>,
) -> Result<bool, TestCaseError> {
    match (one, other) {
        (Ok(one), Ok(other)) => {
            prop_assert_eq!(one, other, "{}", what);
            Ok(true)
        }
        (Err(one), Err(other)) => {
            prop_assert_eq!(kind_of(&one), kind_of(&other), "{}", what);
            Ok(false)
        }
        (one, other) => Err(TestCaseError::fail(format!("{what}: one engine alone fails: {one:?} {other:?}"))),
    }
}

/// What fails though the question was answered before.
fn failed(error: Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// How many questions were asked, answered and answered with something.
#[derive(Debug, Default, Clone, Copy)]
struct Asked {
    asked: u64,
    answered: u64,
    matched: u64,
    partial: u64,
    /// With answers that name, carry, and have only the publication for the days asked for.
    events: [u64; 3],
}

/// Takes those of some that are this question's: in turn, since to ask all of each would take long.
fn turn<T>(all: impl IntoIterator<Item = T>, number: usize, each: usize) -> impl Iterator<Item = T> {
    all.into_iter().enumerate().filter(move |(n, _)| n % each == number % each).map(|(_, one)| one)
}

/// Holds an engine against the plain one; `number` says whose turn it is of what is not asked every time.
fn agree(
    engine: &dyn Backend,
    plain: &dyn Backend,
    question: &Question,
    number: usize,
    sum: &mut Asked,
) -> Result<(), TestCaseError> {
    sum.asked += 1;
    // Complete and partial ones, as many as there are.
    let all = Page { context: 1, ..Page::all() };
    let whole = |backend| search(backend, question, &all).map(|(hits, totals)| (by_passage(hits), totals));
    let answered = same("matches", whole(engine), whole(plain))?;
    same("counts", engine.count(question), plain.count(question))?;
    if !answered {
        return Ok(());
    }
    sum.answered += 1;
    let (hits, (totals, events)) = search(engine, question, &Page::all()).map_err(failed)?;
    sum.matched += u64::from(totals[0] > 0);
    sum.partial += u64::from(totals[3] > 0);
    for kind in EventKind::ALL {
        sum.events[kind as usize] += u64::from(events.is_some_and(|events| events.of(kind).passages > 0));
    }
    // A limit cuts, whether before or behind the last hit.
    for limit in [[1, 3, 7][number % 3], 100_000] {
        let page = Page { limit: Some(limit), ..Page::all() };
        let identity = |hits: &[Hit]| -> Vec<(ArticleId, u32, u64)> {
            hits.iter().map(|hit| (hit.article.id, hit.passage.number, hit.score.to_bits())).collect()
        };
        let first = search(engine, question, &page).map_err(failed)?.0;
        prop_assert_eq!(identity(&first), identity(&hits[..limit.min(hits.len())]), "the first {} of all", limit);
    }
    // What goes by days is in one order in every engine.
    for sort in turn([Sort::Newest, Sort::Oldest, Sort::Event], number, 3) {
        let page = Page { sort, limit: Some(9), offset: 1, per_article: Some(2), ..Page::default() };
        let order = |backend| -> dateline::Result<Vec<(usize, ArticleId, u32)>> {
            let hits = search(backend, question, &page)?.0;
            Ok(hits.iter().map(|hit| (hit.rank, hit.article.id, hit.passage.number)).collect())
        };
        same(&format!("{sort:?}"), order(engine), order(plain))?;
    }
    let ranked = |backend: &dyn Backend| {
        let mut ids: Vec<String> = backend.rank_articles(question, 1000)?.into_iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        Ok(ids)
    };
    same("ranked articles", ranked(engine), ranked(plain))?;
    let asks: Vec<FacetAsk> = turn(asks(), number, 3).collect();
    let facets = (engine.facets(question, &asks).map_err(failed)?, plain.facets(question, &asks).map_err(failed)?);
    for ((ask, one), other) in asks.iter().zip(facets.0).zip(facets.1) {
        prop_assert_eq!(one, other, "{:?}", ask);
    }
    let kinds = [DateKind::Event, DateKind::Named, DateKind::Published, DateKind::Either];
    let tables = kinds.into_iter().flat_map(|kind| UNITS.map(|unit| (kind, unit)));
    for ((kind, unit), ask) in turn(tables, number, 7).zip(turn(self::asks(), number, 5)) {
        let drawn = |backend: &dyn Backend| backend.facet_by_time(question, &ask, kind, unit);
        same(&format!("{ask:?} by {kind:?} {unit:?}"), drawn(engine), drawn(plain))?;
    }
    for (kind, unit) in turn(kinds.into_iter().flat_map(|kind| UNITS.map(|unit| (kind, unit))), number, 7) {
        let drawn = |backend: &dyn Backend| backend.timeline(question, kind, unit);
        same(&format!("timeline {kind:?} {unit:?}"), drawn(engine), drawn(plain))?;
    }
    Ok(())
}

/// How long a failure may be looked at for a smaller one, in milliseconds.
const LONGEST_SHRINKING: u32 = 30_000;

#[test]
fn every_engine_answers_as_a_plain_scan_does() {
    let archives = number_of("DATELINE_ARCHIVES", 3);
    let each = number_of("DATELINE_QUESTIONS", 30) as usize;
    let config = ProptestConfig {
        cases: archives,
        failure_persistence: None,
        // Each step indexes an archive anew.
        max_shrink_time: LONGEST_SHRINKING,
        ..ProptestConfig::default()
    };
    let sum = std::cell::Cell::new(Asked::default());
    proptest!(config, |(reports in reports(), questions in questions(each))| {
        let engines = Engines::over(archive(&reports));
        let [embedded, plain] = engines.all();
        let mut asked = sum.get();
        for (number, question) in questions.iter().enumerate() {
            agree(embedded, plain, question, number, &mut asked)
                .map_err(|failed| TestCaseError::fail(format!("{failed}\n{}\n{question:?}", shown(&reports))))?;
        }
        sum.set(asked);
    });
    let sum = sum.get();
    println!("{sum:?}");
    // A generator of questions that nothing answers, or that all are refused, would prove nothing.
    let enough = 3 * sum.answered > 2 * sum.asked && 4 * sum.matched > sum.asked && 60 * sum.partial > sum.asked;
    assert!(enough, "{sum:?}");
    assert!(sum.asked < 60 || sum.events.iter().all(|some| *some > 0), "{sum:?}");
}

pub fn shown(reports: &[Report]) -> String {
    reports.iter().map(|report| format!("{}: {}\n", report.path(), report.text())).collect()
}
