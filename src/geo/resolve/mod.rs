//! Resolution: from a name in a text to the place that it means there.
//!
//! Uses recognition, the weights of the evidence, the gazetteer and the words around names (`lang::names`). Indexing and
//! `inspect` use [`geography_by`].
//!
//! The `ranker` scores the candidates of each name in the light of the article's other names (`scene`), of the containment
//! that the text states (`containment`) and of whom it is from (`origin`). Then, for each mention, `choice` says which
//! candidate it means, and `verdict` whether the name is a toponym after all and how sure its place is.

pub(crate) mod candidate_features;
pub(crate) mod choice;
pub(crate) mod containment;
pub mod fit;
pub(crate) mod focus;
pub(crate) mod origin;
pub(crate) mod ranker;
pub(crate) mod scene;
pub(crate) mod source;
pub(crate) mod verdict;

use crate::geo::evidence::weights::Weights;
use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::geography::{GeoInput, Geography, Toponym};
use crate::geo::recognise::mention::Mention;
use crate::geo::recognise::names::Names;
use crate::geo::recognise::recognition::Recognition;
use crate::geo::resolve::choice::{choice_of, has_rival};
use crate::geo::resolve::containment::{StatedContainment, stated_containment};
use crate::geo::resolve::focus::{CountryMention, countries_of};
use crate::geo::resolve::origin::Origin;
use crate::geo::resolve::ranker::Ranker;
use crate::geo::resolve::verdict::{reasons, verdict_features, verdict_of};
use crate::model::article::ByteSpan;
use crate::model::mention::{CandidateReport, ToponymKind};
use crate::model::place::CountryCode;

/// A name is a toponym from this probability on. Fitted with the weights: the F1 of recognition is flat around it.
const LEAST_TOPONYM: f32 = 0.45;
/// The same for a name of three words or more with one candidate ("Line of Control"): it is hardly ever anything else,
/// whatever the models think of a name that they have not met.
const LEAST_TOPONYM_LONG: f32 = 0.2;
/// A place is given from this probability on that it is right: more likely than not.
const LEAST_PLACE: f32 = 0.5;
/// The most candidates in a report.
const MOST_REPORTED: usize = 8;

/// The toponyms of an article and the places that they stand for.
pub fn geography_of(gazetteer: &Gazetteer, input: &GeoInput<'_>) -> Geography {
    geography_by(&mut Names::new(gazetteer), input)
}

/// The same by names that are remembered from article to article, which is faster for many.
pub fn geography_by(names: &mut Names<'_>, input: &GeoInput<'_>) -> Geography {
    geography_with(names, input, Weights::embedded())
}

/// The same under given weights.
pub(crate) fn geography_with(names: &mut Names<'_>, input: &GeoInput<'_>, weights: &Weights) -> Geography {
    let mut recognition = Recognition::new(names, input, weights);
    let origin = Origin::of(&mut recognition, names, input);
    let geography = resolve(&recognition, origin, input, weights);
    names.keep_fields(recognition.fields);
    geography
}

/// The geography of an article whose names have been recognised.
fn resolve(recognition: &Recognition<'_>, origin: Origin, input: &GeoInput<'_>, weights: &Weights) -> Geography {
    if recognition.mentions.is_empty() && origin.dateline.is_none() {
        return Geography::default();
    }
    let stated = stated_containment(recognition);
    let ranker = Ranker::new(recognition, &stated, origin, weights);
    let mut geography = Geography::default();
    let mut countries = Vec::new();
    for (m, mention) in recognition.mentions.iter().enumerate() {
        let Some((toponym, country)) = toponym_of(&ranker, &stated, m, mention, weights, input.explain) else {
            continue;
        };
        let in_title = mention.field == 0;
        if let Some(code) = country {
            let (start, confidence) = (mention.start, toponym.confidence);
            countries.push(CountryMention { code, in_title, start, confidence, counted: true });
        }
        if in_title { geography.title_toponyms.push(toponym) } else { geography.toponyms.push(toponym) }
    }
    if input.dateline.is_some_and(|line| !line.is_empty())
        && let Some((place, probability)) = ranker.dateline().filter(|(_, p)| *p >= LEAST_PLACE)
        && let Some(code) = place.country()
    {
        countries.push(CountryMention { code, in_title: false, start: 0, confidence: probability, counted: false });
    }
    geography.countries = countries_of(&countries);
    geography
}

/// The toponym of a mention with the country of its place; `None` where the name is none. `m` is the mention's number.
fn toponym_of(
    ranker: &Ranker<'_, '_>,
    stated: &StatedContainment,
    m: usize,
    mention: &Mention,
    weights: &Weights,
    explain: bool,
) -> Option<(Toponym, Option<CountryCode>)> {
    let choice = choice_of(ranker, stated, m, mention);
    let (features, candidate) = verdict_features(ranker, mention, choice)?;
    let verdict = verdict_of(&features, weights);
    let candidates = ranker.recognition.groups.get(mention.group as usize).map_or(0, |group| group.numbers.len());
    let long = candidates == 1 && mention.last - mention.first >= 2;
    if verdict.toponym < if long { LEAST_TOPONYM_LONG } else { LEAST_TOPONYM } {
        return None;
    }
    let gazetteer = ranker.recognition.gazetteer;
    let kind = match candidate.record.class {
        _ if candidate.kind.is_demonym() => ToponymKind::Demonym,
        PlaceClass::Facility => ToponymKind::Facility,
        _ => ToponymKind::Place,
    };
    let sure = verdict.place >= LEAST_PLACE && (choice.stated || !has_rival(ranker, mention, &candidate));
    let place = if sure { gazetteer.id_of(candidate.record.at) } else { None };
    let country = candidate.country().filter(|_| place.is_some());
    let confidence = if place.is_some() { (verdict.toponym * verdict.place).clamp(0.0, 1.0) } else { 0.0 };
    let candidates = if explain { report(ranker, mention, weights) } else { Vec::new() };
    let span = ByteSpan::new(mention.start as usize, mention.end as usize);
    Some((Toponym { span, kind, place, confidence, candidates }, country))
}

/// The candidates of a name with what each of their features added to their scores, best first.
fn report(ranker: &Ranker<'_, '_>, mention: &Mention, weights: &Weights) -> Vec<CandidateReport> {
    let g = mention.group as usize;
    let Some(group) = ranker.recognition.groups.get(g) else { return Vec::new() };
    let gazetteer = ranker.recognition.gazetteer;
    let candidates = group.candidates();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let score = |n: usize| ranker.scores.get(group.numbers.start + n).copied().unwrap_or(0.0);
    order.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
    let mut reports = Vec::new();
    for n in order.into_iter().take(MOST_REPORTED) {
        let Some(candidate) = candidates.get(n) else { continue };
        let Some(id) = gazetteer.id_of(candidate.record.at) else { continue };
        let mut label = gazetteer.name_of(candidate.record.at).unwrap_or_default().to_owned();
        let mut outer = gazetteer.parent(&candidate.record);
        for _ in 0..6 {
            let Some(record) = outer else { break };
            if let Some(name) = gazetteer.name_of(record.at) {
                label.push_str(", ");
                label.push_str(name);
            }
            outer = gazetteer.parent(&record);
        }
        let reasons = reasons(&ranker.features(g, n, candidate), weights);
        reports.push(CandidateReport { id: id.to_string(), label, score: score(n), reasons });
    }
    reports
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::gazetteer::Gazetteer;
    use proptest::prelude::*;

    fn read(text: &str) -> Geography {
        geography_of(Gazetteer::embedded(), &GeoInput { text, ..GeoInput::default() })
    }

    /// The toponyms as text with the country and class of their places.
    fn places(text: &str) -> Vec<(String, String)> {
        let gazetteer = Gazetteer::embedded();
        read(text)
            .toponyms
            .iter()
            .map(|t| {
                let place = t.place.as_ref().and_then(|id| gazetteer.place(id));
                let label = place.map_or_else(
                    || "unresolved".to_owned(),
                    |p| format!("{} {}", p.countries.first().map_or("--", |c| c.as_str()), p.class.as_str()),
                );
                (t.span.of(text).to_owned(), label)
            })
            .collect()
    }

    fn names(text: &str) -> Vec<String> {
        places(text).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_state_after_a_comma_decides_between_towns() {
        let found = places("Police in Springfield, Illinois, said on Tuesday that the road was closed.");
        assert_eq!(found[0], ("Springfield".to_owned(), "US settlement".to_owned()));
        let gazetteer = Gazetteer::embedded();
        let town = read("Police in Springfield, Illinois, said so.").toponyms[0].place.clone();
        let lat = town.and_then(|id| gazetteer.place(&id)).map_or(0.0, |p| p.lat);
        assert!((lat - 39.8).abs() < 0.3, "{lat}");
    }

    #[test]
    fn possessives_and_hyphenated_forms_are_parted() {
        assert_eq!(names("Kenya's army met Nairobi-based diplomats."), ["Kenya", "Nairobi"]);
    }

    #[test]
    fn a_person_is_not_a_place_however_often_named() {
        let found = names("The writer Jack London was born in California. London said later that he missed the sea.");
        assert_eq!(found, ["California"]);
    }

    #[test]
    fn words_that_open_a_sentence_need_support() {
        assert_eq!(names("Reading is hard. Of course, Nice people may say so. March was cold in Sudan."), ["Sudan"]);
    }

    #[test]
    fn two_divisions_of_one_name_on_two_sides_stay_open_until_the_text_decides() {
        let open = "India and Pakistan said that Indian and Pakistani guns had fired in Punjab.";
        let found = places(open);
        assert!(found.contains(&("Punjab".to_owned(), "unresolved".to_owned())), "{found:?}");
        let input = GeoInput { text: open, explain: true, ..GeoInput::default() };
        let geography = geography_of(Gazetteer::embedded(), &input);
        let punjab = geography.toponyms.iter().find(|t| t.span.of(open) == "Punjab");
        assert!(punjab.is_some_and(|t| t.candidates.len() >= 2));
        let told = places("India and Pakistan met in Lahore, Punjab, Pakistan, on Friday.");
        assert!(told.contains(&("Punjab".to_owned(), "PK division1".to_owned())), "{told:?}");
    }

    #[test]
    fn a_bare_name_is_the_city_and_region_makes_it_the_division() {
        let found =
            places("Ukraine said shells fell on Kharkiv. Fighting went on across the Kharkiv region of Ukraine.");
        let of: Vec<_> = found.iter().filter(|(name, _)| name == "Kharkiv").map(|(_, place)| place.as_str()).collect();
        assert_eq!(of, ["UA settlement", "UA division1"]);
    }

    #[test]
    fn a_comma_tells_the_outer_place_too() {
        let found = places("The driver came from Athens, Georgia, and the bus from Dallas, Texas.");
        assert!(found.contains(&("Georgia".to_owned(), "US division1".to_owned())), "{found:?}");
    }

    #[test]
    fn a_dateline_given_apart_weighs_for_the_countries() {
        let input =
            GeoInput { text: "Shares fell on fears of war.", dateline: Some("SEOUL, Aug 3"), ..GeoInput::default() };
        let countries = geography_of(Gazetteer::embedded(), &input).countries;
        assert_eq!(countries.len(), 1);
        assert!(countries[0].focus && countries[0].mentions == 0 && countries[0].code.as_str() == "KR");
    }

    #[test]
    fn empty_and_odd_input_has_no_geography() {
        for text in ["", " ", "\u{0}", "....", "’s ’s", "A.B.C.D.E.F.", "-----", "a\u{301}\u{301}"] {
            assert!(read(text).countries.is_empty(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_spans_are_in_order(
            parts in proptest::collection::vec(
                prop_oneof![
                    any::<char>().prop_map(String::from),
                    "[A-Z][a-z]{1,6}",
                    prop_oneof![
                        Just("U.S."), Just("St. "), Just("’s "), Just("'"), Just(", "), Just("Paris"), Just("Khartoum"), Just("al-"),
                        Just("Washington, D.C."), Just("W. Va."), Just("(AP)"), Just("\n"), Just(" in "), Just("Queen Anne's County"),
                    ].prop_map(str::to_owned),
                ],
                0..40,
            ),
        ) {
            let text = parts.concat();
            let title = text.chars().rev().collect::<String>();
            let input = GeoInput {
                title: &title, text: &text, dateline: Some(&title), source: Some(&text), url: Some(&text), explain: true,
                ..GeoInput::default()
            };
            let geography = geography_of(Gazetteer::embedded(), &input);
            for (toponyms, text) in [(&geography.toponyms, &text), (&geography.title_toponyms, &title)] {
                let mut at = 0;
                for t in toponyms {
                    prop_assert!(t.span.start >= at && t.span.start < t.span.end);
                    prop_assert!(text.is_char_boundary(t.span.start) && text.is_char_boundary(t.span.end));
                    prop_assert!((0.0..=1.0).contains(&t.confidence));
                    at = t.span.end;
                }
            }
        }
    }
}
