//! Quality on the sample archive: figures with floors, against judgements that were made by reading.
//!
//! The floors lie a little below what was measured, so that they speak when something breaks and not when a tie falls the
//! other way. `cargo test --test all quality:: -- --nocapture` prints the figures and every query that falls short.

use std::collections::HashMap;

use dateline::geo::{Gazetteer, Geography};
use dateline::index::Backend;
use dateline::ingest::Analysis;
use dateline::model::question::{Page, Question};
use dateline::query::parse::parse;
use dateline::time::dates_of;
use serde::Deserialize;

use crate::support::archive;
use crate::support::sample::article;

/// How deep a person looks.
const DEPTH: usize = 10;
/// Measured: .938.
const MRR_FLOOR: f64 = 0.90;
/// Measured: .906.
const RECALL_FLOOR: f64 = 0.86;
/// Measured: .927.
const PLACE_ACCURACY_FLOOR: f64 = 0.90;
/// Measured: .964.
const WEEKDAY_ACCURACY_FLOOR: f64 = 0.95;

#[derive(Deserialize)]
struct Judged {
    query: Vec<JudgedQuery>,
}

#[derive(Deserialize)]
struct JudgedQuery {
    query: String,
    answers: Vec<Answer>,
}

/// A passage that answers, known by a piece of its wording.
#[derive(Deserialize)]
struct Answer {
    article: String,
    text: String,
}

fn judged() -> Vec<JudgedQuery> {
    toml::from_str::<Judged>(include_str!("quality/queries.toml")).expect("queries.toml is readable").query
}

#[test]
fn every_judged_answer_stands_once_in_the_article_that_it_names() {
    let judged = judged();
    assert!(judged.len() >= 44, "{}", judged.len());
    for query in &judged {
        assert!(!query.answers.is_empty(), "{}", query.query);
        for answer in &query.answers {
            let times = article(&answer.article).text.matches(&answer.text).count();
            assert_eq!(times, 1, "{}: {:?}", answer.article, answer.text);
        }
    }
}

#[test]
fn judged_queries_find_the_passages_that_answer_them() {
    let (_, reader) = archive::sample();
    let judged = judged();
    let (mut reciprocal, mut recall) = (0.0, 0.0);
    for JudgedQuery { query, answers } in &judged {
        let expr = parse(query, reader.gazetteer()).unwrap_or_else(|e| panic!("{query}: {e:?}")).expr;
        let page = Page { limit: Some(DEPTH), ..Page::default() };
        let mut hits = Vec::new();
        reader.search(&Question::of(expr), &page, &mut hits).unwrap();
        let rank_of =
            |answer: &Answer| hits.iter().position(|hit| hit.passage.text.contains(&answer.text)).map(|n| n + 1);
        let ranks: Vec<Option<usize>> = answers.iter().map(rank_of).collect();
        let first = ranks.iter().flatten().min().map_or(0.0, |rank| 1.0 / *rank as f64);
        let found = ranks.iter().flatten().count() as f64 / answers.len() as f64;
        reciprocal += first;
        recall += found;
        if first < 1.0 || found < 1.0 {
            println!("{first:.2} {found:.2}  {query}  {ranks:?} of {} hits", hits.len());
        }
    }
    let (mrr, recall) = (reciprocal / judged.len() as f64, recall / judged.len() as f64);
    println!("{} queries: MRR {mrr:.3}, recall@{DEPTH} {recall:.3}", judged.len());
    assert!(mrr >= MRR_FLOOR, "MRR {mrr:.3}");
    assert!(recall >= RECALL_FLOOR, "recall@{DEPTH} {recall:.3}");
}

#[test]
fn a_weekday_in_a_report_is_the_day_that_its_author_meant() {
    let (mut right, mut all) = (0usize, 0usize);
    for line in include_str!("quality/weekdays.tsv").lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (article, number, weekday) = (article(cells[0]), cells[1].parse::<usize>().unwrap(), cells[2]);
        let day: jiff::civil::Date = cells[3].parse().unwrap();
        // The rules are for English; the other languages are a gap that is known.
        if article.language.as_deref() != Some("en") {
            continue;
        }
        let at = weekdays_in(&article.text)[number];
        assert_eq!(article.text.get(at..at + weekday.len()), Some(weekday), "{} {number}", article.path);
        all += 1;
        let found = dates_of(&article.text, article.published.map(|p| p.range));
        let timex = found.timexes.iter().find(|t| t.span.start <= at && at < t.span.end);
        // A night denotes two days, of which the first is named.
        if timex.and_then(|t| t.days).is_some_and(|d| d.from == day.into() && d.days() <= 2) {
            right += 1;
        } else {
            let context: String = article.text[at..].chars().take(40).collect();
            println!("{} {number}: {context:?} is {day}, found {timex:?}", article.path);
        }
    }
    let accuracy = right as f64 / all as f64;
    println!("weekdays: {right} of {all} right, {accuracy:.3}");
    assert!(all >= 350, "{all}");
    assert!(accuracy >= WEEKDAY_ACCURACY_FLOOR, "{accuracy:.3}");
}

#[test]
fn a_name_in_a_report_stands_for_a_place_in_the_country_that_its_author_meant() {
    let gazetteer = Gazetteer::embedded();
    let mut geographies: HashMap<&str, Geography> = HashMap::new();
    let (mut right, mut all) = (0usize, 0usize);
    for line in include_str!("quality/places.tsv").lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (text, name, country) = (&article(cells[0]).text, cells[1], cells[2]);
        let at = first_word_of(text, name).unwrap_or_else(|| panic!("{}: no {name}", cells[0]));
        let geography = geographies
            .entry(cells[0])
            .or_insert_with(|| Analysis::of(article(cells[0]).clone(), gazetteer, false).geography);
        let toponym = geography.toponyms.iter().find(|t| t.span.start <= at && at < t.span.end);
        let place = toponym.and_then(|t| gazetteer.place(t.place.as_ref()?));
        let countries = place.as_ref().map(|p| p.countries.as_slice()).unwrap_or_default();
        all += 1;
        let is_right = match country {
            "-" => place.is_none(),
            country => countries.iter().any(|c| c.as_str() == country),
        };
        if is_right {
            right += 1;
        } else {
            let found = place.map(|p| format!("{} {:?}", p.name, p.countries));
            let seen = toponym.map(|t| t.span.of(text));
            println!("{}: {name} is {country}, found {seen:?} as {found:?}", cells[0]);
        }
    }
    let accuracy = right as f64 / all as f64;
    println!("places: {right} of {all} in the right country, {accuracy:.3}");
    assert!(all >= 350, "{all}");
    assert!(accuracy >= PLACE_ACCURACY_FLOOR, "{accuracy:.3}");
}

/// Where `name` first stands as a word of its own.
fn first_word_of(text: &str, name: &str) -> Option<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut places = text.match_indices(name).map(|(at, _)| at);
    places.find(|at| !is_letter(text[..*at].chars().next_back()) && !is_letter(text[at + name.len()..].chars().next()))
}

/// Where the weekdays of an English text begin, in order.
fn weekdays_in(text: &str) -> Vec<usize> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut found: Vec<usize> = DAYS.iter().flat_map(|d| text.match_indices(d).map(|(at, _)| at)).collect();
    found.sort_unstable();
    found
}
