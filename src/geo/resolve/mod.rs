//! Disambiguation: from a name to the place it means here.
//!
//! Recognition ([`crate::geo::recognise::signs`]) proposes names; the ranker weighs the bearers of each name in the light of the
//! article's other names; the verdict says which names are toponyms after all and how sure their places are.

pub(crate) mod beside;
pub(crate) mod focus;
pub(crate) mod ranker;
pub(crate) mod source;
pub(crate) mod verdict;

use crate::geo::evidence::weights::Weights;
use crate::geo::gazetteer::PlaceClass;
use crate::geo::recognise::bearer::Candidate;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::lexicon::class;
use crate::geo::recognise::names::Names;
use crate::geo::recognise::reading::{Mention, Reading};
use crate::geo::recognise::signs::Sign;
use crate::geo::recognise::tokens::{form, sep};
use crate::geo::resolve::beside::Stated;
use crate::geo::resolve::focus::{CountryMention, countries_of};
use crate::geo::resolve::ranker::{Ranker, gives_its_name, is_seat};
use crate::geo::resolve::source::{domain_country, home_names};
use crate::geo::resolve::verdict::Verdict;
use crate::geo::{Gazetteer, GeoInput, Geography, Toponym};
use crate::model::article::ByteSpan;
use crate::model::mention::{CandidateReport, ToponymKind};

/// A name is a toponym from this probability on. Fitted with the weights: the F1 of recognition is flat around it.
const LEAST_FOUND: f32 = 0.45;
/// The same for a name of three words or more with one bearer ("Line of Control"): it is hardly ever anything else, whatever
/// the models think of a name that they have not met.
const LEAST_FOUND_LONG: f32 = 0.2;
/// A place is given from this probability on that it is right: more likely than not.
const LEAST_RIGHT: f32 = 0.5;
/// Rounds in which the names of an article inform each other. A third changed fewer than 1 in 500 places.
const ROUNDS: usize = 2;
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
    let mut reading = Reading::new(names, input, weights);
    let sources = Sources::of(&mut reading, names, input);
    let geography = resolved(&reading, sources, input, weights);
    names.keep(reading.fields);
    geography
}

/// The toponyms of an article that has been read.
fn resolved(reading: &Reading<'_>, sources: Sources, input: &GeoInput<'_>, weights: &Weights) -> Geography {
    if reading.mentions.is_empty() && sources.dateline.is_none() {
        return Geography::default();
    }
    let stated = beside::stated(reading);
    let ranker = rank(reading, &stated, sources, weights);
    let mut geography = Geography::default();
    let mut countries = Vec::new();
    for (m, mention) in reading.mentions.iter().enumerate() {
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
        && let Some((place, probability)) = ranker.winner(ranker.dateline).filter(|(_, p)| *p >= LEAST_RIGHT)
        && let Some(code) = place.country()
    {
        countries.push(CountryMention { code, in_title: false, start: 0, confidence: probability, counted: false });
    }
    geography.countries = countries_of(&countries);
    geography
}

/// What is known of the article besides its text, as groups of the reading.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sources {
    home: Option<u32>,
    home_country: Option<crate::model::place::CountryCode>,
    dateline: Option<u32>,
}

impl Sources {
    /// Adds the names in source, address and dateline to the reading.
    pub(crate) fn of<'g>(reading: &mut Reading<'g>, names: &mut Names<'g>, input: &GeoInput<'_>) -> Sources {
        let mut sources = Sources { home_country: input.url.and_then(domain_country), ..Sources::default() };
        for name in home_names(reading.gazetteer, input.source, input.url) {
            sources.home = whole_name(reading, names, &name);
            if sources.home.is_some() {
                break;
            }
        }
        sources.dateline = match input.dateline {
            Some(line) if !line.is_empty() => first_name(reading, names, line),
            _ => head_dateline(reading),
        };
        sources
    }
}

/// The group of a name that fills a string.
fn whole_name<'g>(reading: &mut Reading<'g>, names: &mut Names<'g>, name: &str) -> Option<u32> {
    let field = Field::new(name);
    let mut found = Vec::new();
    names.matches_at(&field, 0, &mut found);
    let whole = found.first().filter(|m| m.last + 1 == field.tokens.len())?;
    let group = reading.group_of(names, &field, whole)?;
    reading.groups.get_mut(group as usize)?.home = true;
    Some(group)
}

/// The group of the first name in a dateline that was given apart.
fn first_name<'g>(reading: &mut Reading<'g>, names: &mut Names<'g>, line: &str) -> Option<u32> {
    let field = Field::new(line);
    let mut found = Vec::new();
    for i in 0..field.tokens.len().min(4) {
        names.matches_at(&field, i, &mut found);
        if let Some(name) = found.first() {
            let group = reading.group_of(names, &field, name)?;
            reading.groups.get_mut(group as usize)?.home = true;
            return Some(group);
        }
    }
    None
}

/// The group of a dateline at the head of the text: capitals, or a name before a dash or an agency in brackets.
fn head_dateline(reading: &Reading<'_>) -> Option<u32> {
    let first = reading.mentions.iter().find(|m| m.field == 1)?;
    let field = reading.fields.get(1)?;
    let token = field.token(first.first as usize)?;
    let signs = first.signs;
    let marked = token.is(form::CAPITALS) || signs.has(Sign::AfterDash) || signs.has(Sign::AfterOpen);
    let head = field.setting(first.first as usize) & setting::HEAD != 0 && first.first < 4;
    (head && marked && field.setting(first.first as usize) & setting::CAPITALS == 0).then_some(first.group)
}

/// Ranks the bearers of all names.
pub(crate) fn rank<'r, 'g>(
    reading: &'r Reading<'g>,
    stated: &Stated,
    sources: Sources,
    weights: &Weights,
) -> Ranker<'r, 'g> {
    let mut ranker = Ranker::new(reading);
    ranker.beside.clone_from(&stated.candidates);
    (ranker.home, ranker.home_country, ranker.dateline) = (sources.home, sources.home_country, sources.dateline);
    ranker.run(weights, ROUNDS);
    ranker
}

/// The bearer that a mention means: the group's, unless its own neighbour names others or it is called a division. Also
/// whether the text beside it says so.
pub(crate) fn meant(ranker: &Ranker<'_, '_>, stated: &Stated, m: usize, mention: &Mention) -> (usize, bool) {
    let g = mention.group as usize;
    let best = ranker.standings.get(g).map_or(0, |s| s.best);
    let own = stated.mentions.get(m).copied().unwrap_or(0);
    let Some(group) = ranker.reading.groups.get(g) else { return (best, false) };
    let bearers = group.bearers();
    let score = |n: usize| ranker.scores.get(group.bearers.start + n).copied().unwrap_or(f32::NEG_INFINITY);
    let best_of = |fits: &dyn Fn(usize) -> bool| {
        (0..bearers.len()).filter(|n| fits(*n)).max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)))
    };
    let named = |n: usize| n < 64 && own >> n & 1 == 1;
    let chosen = if own == 0 || named(best) { best } else { best_of(&named).unwrap_or(best) };
    // "Kharkiv region" is the division that "Kharkiv" is the seat of; the name alone is the city.
    let (Some(winner), Some(field)) = (bearers.get(chosen), ranker.reading.fields.get(usize::from(mention.field)))
    else {
        return (chosen, own != 0);
    };
    let called = called_division(field, mention.last as usize);
    let other = if winner.record.class == PlaceClass::Settlement {
        called.then(|| best_of(&|n| bearers.get(n).is_some_and(|d| is_seat(winner, d)))).flatten()
    } else {
        (!called).then(|| best_of(&|n| bearers.get(n).is_some_and(|s| gives_its_name(s, winner)))).flatten()
    };
    (other.unwrap_or(chosen), own != 0)
}

/// Whether the words after a name call it a division: "Kharkiv region", and each name of "Herat, Farah and Ghor provinces".
fn called_division(field: &Field, last: usize) -> bool {
    const FURTHEST: usize = 12;
    const ONE: [&str; 13] = [
        "region",
        "province",
        "oblast",
        "state",
        "governorate",
        "district",
        "county",
        "division",
        "prefecture",
        "department",
        "canton",
        "voivodeship",
        "krai",
    ];
    let plural = |word: &str| word.strip_suffix('s').is_some_and(|one| ONE.contains(&one)) || word == "counties";
    if field.token(last + 1).is_some_and(|t| t.adjoins()) && ONE.contains(&field.word(last + 1)) {
        return true;
    }
    for i in last + 1..(last + FURTHEST).min(field.tokens.len()) {
        let Some(token) = field.token(i) else { return false };
        let listed = token.is(form::CAPITAL) || field.class(i) & class::AND != 0;
        if token.sep & !(sep::SPACE | sep::COMMA | sep::HYPHEN | sep::LINE) != 0 {
            return false;
        }
        if !listed {
            return i > last + 1 && token.adjoins() && plural(field.word(i));
        }
    }
    false
}

/// Whether another country that the article speaks of no less has a first-level division of this name, and nothing in the
/// text says which is meant. Two Punjabs on two sides of a front: neither is more likely in a way that a reader could check.
fn has_rival(ranker: &Ranker<'_, '_>, mention: &Mention, candidate: &Candidate) -> bool {
    const LEAST_SHARE: f32 = 0.4;
    let g = mention.group as usize;
    let division = |c: &Candidate| c.record.class == PlaceClass::Division1 && !c.kind.is_demonym();
    let Some(group) = ranker.reading.groups.get(g).filter(|_| division(candidate)) else { return false };
    let mine = ranker.country_weight(g, candidate.country());
    group.bearers().iter().any(|other| {
        division(other)
            && other.country() != candidate.country()
            && ranker.country_weight(g, other.country()) > (LEAST_SHARE * mine).max(0.05)
    })
}

fn toponym_of(
    ranker: &Ranker<'_, '_>,
    stated: &Stated,
    m: usize,
    mention: &Mention,
    weights: &Weights,
    explain: bool,
) -> Option<(Toponym, Option<crate::model::place::CountryCode>)> {
    let (n, own) = meant(ranker, stated, m, mention);
    let (grounds, candidate) = verdict::grounds(ranker, mention, n, own)?;
    let Verdict { found, right } = verdict::weigh(&grounds, weights);
    let bearers = ranker.reading.groups.get(mention.group as usize).map_or(0, |group| group.bearers.len());
    let long = bearers == 1 && mention.last - mention.first >= 2;
    if found < if long { LEAST_FOUND_LONG } else { LEAST_FOUND } {
        return None;
    }
    let gazetteer = ranker.reading.gazetteer;
    let kind = match candidate.record.class {
        _ if candidate.kind.is_demonym() => ToponymKind::Demonym,
        PlaceClass::Facility => ToponymKind::Facility,
        _ => ToponymKind::Place,
    };
    let sure = right >= LEAST_RIGHT && (own || !has_rival(ranker, mention, &candidate));
    let place = if sure { gazetteer.id_of(candidate.record.at) } else { None };
    let country = candidate.country().filter(|_| place.is_some());
    let confidence = if place.is_some() { (found * right).clamp(0.0, 1.0) } else { 0.0 };
    let candidates = if explain { report(ranker, mention, weights) } else { Vec::new() };
    let span = ByteSpan::new(mention.start as usize, mention.end as usize);
    Some((Toponym { span, kind, place, confidence, candidates }, country))
}

/// The bearers of a name with the reasons, best first.
fn report(ranker: &Ranker<'_, '_>, mention: &Mention, weights: &Weights) -> Vec<CandidateReport> {
    let g = mention.group as usize;
    let Some(group) = ranker.reading.groups.get(g) else { return Vec::new() };
    let gazetteer = ranker.reading.gazetteer;
    let bearers = group.bearers();
    let mut order: Vec<usize> = (0..bearers.len()).collect();
    let score = |n: usize| ranker.scores.get(group.bearers.start + n).copied().unwrap_or(0.0);
    order.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
    let mut reports = Vec::new();
    for n in order.into_iter().take(MOST_REPORTED) {
        let Some(candidate) = bearers.get(n) else { continue };
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
        let reasons = verdict::reasons(&ranker.clues(g, n, candidate), weights);
        reports.push(CandidateReport { id: id.to_string(), label, score: score(n), reasons });
    }
    reports
}

#[cfg(test)]
mod tests {
    use super::*;
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
