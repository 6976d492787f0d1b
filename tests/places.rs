//! Scores recognition and resolution on the short texts of `tests/places/corpus.jsonl`, one for each rule, and holds floors.
//!
//! The texts are our own. `cargo test --test all places:: -- --nocapture` prints every miss and the figures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dateline::geo::resolve::geography_of;
use dateline::geo::{Gazetteer, GeoInput, Geography, Toponym};
use dateline::model::mention::ToponymKind;
use dateline::model::place::{CountryCode, PlaceId};
use serde::Deserialize;

/// F1 of the toponyms' exact spans; the figures and what keeps them from 1 stand in `tests/places/README.md`.
const RECOGNITION_F1_FLOOR: f64 = 0.92;
/// Share of the found toponyms that come out as the marked place, or as no place where none is marked.
const RESOLUTION_FLOOR: f64 = 0.94;
/// Share of the found toponyms that come out within [`NEAR_KM`] of the marked place, or as no place where none is marked.
const NEAR_FLOOR: f64 = 0.96;
/// Share of the found toponyms that come out in the marked country.
const COUNTRY_FLOOR: f64 = 0.96;
/// Share of the found toponyms of the marked kind.
const KIND_FLOOR: f64 = 0.97;

/// An entry that is at most this far from the marked one, in the same country, is the same place under another id: a city
/// and the municipality or district of its name.
const SAME_PLACE_KM: f64 = 25.0;
/// The field's measure of a resolution that is right for most uses (100 miles): it does not tell a city from its province.
const NEAR_KM: f64 = 161.0;

#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    text: String,
    source: Option<String>,
    toponyms: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    surface: String,
    /// Which occurrence of the surface in its text, from 1.
    occurrence: usize,
    #[serde(rename = "in", default)]
    part: Part,
    kind: ToponymKind,
    /// The ids that are right, separated by `|`; none where no place is known.
    place: Option<String>,
    country: Option<CountryCode>,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
enum Part {
    Title,
    #[default]
    Text,
}

impl Article {
    fn part(&self, part: Part) -> &str {
        match part {
            Part::Title => &self.title,
            Part::Text => &self.text,
        }
    }

    fn span(&self, marked: &Marked) -> Option<(usize, usize)> {
        let (start, found) = self.part(marked.part).match_indices(&marked.surface).nth(marked.occurrence - 1)?;
        Some((start, start + found.len()))
    }
}

fn corpus() -> Vec<Article> {
    let file = include_str!("places/corpus.jsonl");
    file.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn geography(article: &Article) -> Geography {
    let input = GeoInput {
        title: &article.title,
        text: &article.text,
        source: article.source.as_deref(),
        ..GeoInput::default()
    };
    geography_of(Gazetteer::embedded(), &input)
}

fn found_in(geography: &Geography, part: Part) -> &[Toponym] {
    match part {
        Part::Title => &geography.title_toponyms,
        Part::Text => &geography.toponyms,
    }
}

fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lon1, lat2, lon2) = (a.0.to_radians(), a.1.to_radians(), b.0.to_radians(), b.1.to_radians());
    let h = ((lat2 - lat1) / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}

/// The place that one id of the corpus means: `cc:IN` a country, anything else as everywhere.
fn expected_place(id: &str) -> Option<PlaceId> {
    let gazetteer = Gazetteer::embedded();
    match id.strip_prefix("cc:") {
        Some(code) => gazetteer.country(code.parse().ok()?).map(|place| place.id),
        None => gazetteer.place(&id.parse().ok()?).map(|place| place.id),
    }
}

#[derive(Clone, Copy)]
enum Measure {
    Same,
    Near,
}

fn is_right(measure: Measure, found: Option<&PlaceId>, marked: Option<&str>) -> bool {
    let (found, marked) = match (found, marked) {
        (None, None) => return true,
        (Some(found), Some(marked)) => (found, marked),
        _ => return false,
    };
    let gazetteer = Gazetteer::embedded();
    let Some(found) = gazetteer.place(found) else { return false };
    marked.split('|').filter_map(expected_place).any(|id| {
        id == found.id
            || gazetteer.place(&id).is_some_and(|wanted| {
                let apart = kilometres((wanted.lat, wanted.lon), (found.lat, found.lon));
                match measure {
                    Measure::Near => apart < NEAR_KM,
                    Measure::Same => {
                        wanted.class == found.class
                            && wanted.countries.first() == found.countries.first()
                            && apart < SAME_PLACE_KM
                    }
                }
            })
    })
}

#[derive(Default)]
struct Score {
    marked: usize,
    predicted: usize,
    found: usize,
    kind: usize,
    place: usize,
    near: usize,
    country: usize,
    misses: String,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.found as f64 / (self.marked + self.predicted) as f64
    }

    fn of_found(&self, right: usize) -> f64 {
        right as f64 / self.found as f64
    }

    fn add(&mut self, article: &Article) {
        let geography = geography(article);
        let gazetteer = Gazetteer::embedded();
        let mut spans = BTreeSet::new();
        for marked in &article.toponyms {
            self.marked += 1;
            let (start, end) = article.span(marked).expect("every marked surface stands in its text");
            spans.insert((marked.part == Part::Title, start, end));
            let hit = found_in(&geography, marked.part).iter().find(|t| (t.span.start, t.span.end) == (start, end));
            let Some(hit) = hit else {
                let _ = writeln!(self.misses, "{}: not found: {}", article.id, marked.surface);
                continue;
            };
            self.found += 1;
            let place = hit.place.as_ref().and_then(|id| gazetteer.place(id));
            let label =
                place.as_ref().map_or("no place".to_owned(), |p| format!("{} {} {:?}", p.id, p.name, p.countries));
            if hit.kind == marked.kind {
                self.kind += 1;
            } else {
                let _ = writeln!(self.misses, "{}: kind of {} is {:?}", article.id, marked.surface, hit.kind);
            }
            if is_right(Measure::Near, hit.place.as_ref(), marked.place.as_deref()) {
                self.near += 1;
            }
            if is_right(Measure::Same, hit.place.as_ref(), marked.place.as_deref()) {
                self.place += 1;
            } else {
                let wanted = marked.place.as_deref().unwrap_or("no place");
                let _ = writeln!(self.misses, "{}: {} is {label}, expected {wanted}", article.id, marked.surface);
            }
            if place.and_then(|p| p.countries.first().copied()) == marked.country {
                self.country += 1;
            }
        }
        for part in [Part::Title, Part::Text] {
            for toponym in found_in(&geography, part) {
                self.predicted += 1;
                if !spans.contains(&(part == Part::Title, toponym.span.start, toponym.span.end)) {
                    let surface = toponym.span.of(article.part(part));
                    let _ = writeln!(self.misses, "{}: no toponym in {part:?}: {surface}", article.id);
                }
            }
        }
    }
}

#[test]
fn recognition_and_resolution_stay_above_their_floors() {
    let mut score = Score::default();
    corpus().iter().for_each(|article| score.add(article));
    let (f1, place, near) = (score.f1(), score.of_found(score.place), score.of_found(score.near));
    let (country, kind) = (score.of_found(score.country), score.of_found(score.kind));
    println!("{}", score.misses);
    println!(
        "{} marked, {} predicted, {} found: recognition F1 {f1:.3}, place {place:.3}, near {near:.3}, country {country:.3}, kind {kind:.3}",
        score.marked, score.predicted, score.found
    );
    assert!(f1 >= RECOGNITION_F1_FLOOR, "recognition F1 {f1:.3} below {RECOGNITION_F1_FLOOR}\n{}", score.misses);
    assert!(place >= RESOLUTION_FLOOR, "resolution {place:.3} below {RESOLUTION_FLOOR}\n{}", score.misses);
    assert!(near >= NEAR_FLOOR, "near {near:.3} below {NEAR_FLOOR}\n{}", score.misses);
    assert!(country >= COUNTRY_FLOOR, "countries {country:.3} below {COUNTRY_FLOOR}\n{}", score.misses);
    assert!(kind >= KIND_FLOOR, "kinds {kind:.3} below {KIND_FLOOR}\n{}", score.misses);
}

#[test]
fn every_marked_place_is_in_the_gazetteer_in_the_marked_country() {
    let gazetteer = Gazetteer::embedded();
    for article in corpus() {
        for marked in &article.toponyms {
            let span = article.span(marked);
            assert!(span.is_some(), "{}: no occurrence {} of {}", article.id, marked.occurrence, marked.surface);
            for id in marked.place.iter().flat_map(|ids| ids.split('|')) {
                let place = expected_place(id).and_then(|id| gazetteer.place(&id));
                let Some(place) = place else { panic!("{}: {} is not in the gazetteer", article.id, id) };
                assert_eq!(place.countries.first().copied(), marked.country, "{}: {id} {}", article.id, place.name);
            }
        }
    }
}

#[test]
fn one_unresolvable_name_leaves_the_others_as_they_are() {
    let articles = corpus();
    let article =
        articles.iter().find(|a| a.id == "one-unresolvable-does-not-spoil-others").expect("it is in the corpus");
    let unknown = "Deshgarzai";
    let without = Article {
        id: String::new(),
        title: article.title.clone(),
        text: article.text.replace(unknown, "it"),
        source: None,
        toponyms: Vec::new(),
    };
    let places = |of: &Article| {
        let toponyms = geography(of).toponyms;
        let named = toponyms.iter().filter(|t| t.span.of(&of.text) != unknown);
        named.map(|t| (t.span.of(&of.text).to_owned(), t.place.clone())).collect::<Vec<_>>()
    };
    let with = places(article);
    assert!(!with.is_empty());
    assert_eq!(with, places(&without));
}
