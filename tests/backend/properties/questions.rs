//! Random questions: words, phrases, beginnings and spellings, joined and negated, with every filter.

use dateline::model::days::{Day, DayRangeBounds};
use dateline::model::lag::LagBounds;
use dateline::model::question::{Apart, DateKind, Expr, Filter, Matching, Question, TypedPhrase};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::archives::{SOURCE_NAMES, VOCABULARIES, frequent, word};
use crate::support::archive::place;

/// Places that reports name and questions ask for: towns, a division, countries, an area made of divisions, disputed ones,
/// a sea, a region. A stem of a name that Turkey has elsewhere is an ordinary word ("took").
pub const PLACES: [&str; 18] = [
    "Bakhmut",
    "Kyiv",
    "Donbas",
    "Ukraine",
    "Lahore",
    "Srinagar",
    "Kashmir",
    "Pakistan",
    "India",
    "Red Sea",
    "Khartoum",
    "Sudan",
    "Gaza",
    "Israel",
    "Southern Asia",
    "Sevastopol",
    "Turkey",
    "Myanmar",
];

/// What is asked for by country and region.
const COUNTRIES: [&str; 7] = ["UA", "RU", "PK", "IN", "SD", "IL", "CN"];
const REGIONS: [&str; 7] = ["034", "151", "145", "sahel", "eu", "001", "middle-east"];

const PATHS: [&str; 8] = ["north", "north/*", "**/*.md", "*.jsonl", "report-1", "south/**", "nowhere", "*[13].md"];

fn leaf() -> impl Strategy<Value = Expr> {
    let phrase = |between: std::ops::Range<u32>| {
        let words = (0..2 * VOCABULARIES.len(), vec(frequent(), 1..5));
        let kind = (between, any::<bool>(), prop::bool::weighted(0.25));
        (words, kind).prop_map(|((language, words), (most, any_order, as_written))| {
            // Every other one is English.
            let vocabulary = VOCABULARIES.get(language).unwrap_or(&VOCABULARIES[0]);
            let words: Vec<String> = words.iter().map(|at| vocabulary.word(*at).to_owned()).collect();
            let any_order = any_order && most > 0;
            Expr::Phrase(TypedPhrase { words, apart: Apart { most, any_order }, as_written })
        })
    };
    let prefix = (word(), 2..7_usize)
        .prop_map(|(word, letters)| Expr::Prefix(word.chars().take(letters).collect()))
        .prop_filter(
            "a beginning has a letter",
            |expr| matches!(expr, Expr::Prefix(word) if word.chars().next_back().is_some_and(char::is_alphanumeric)),
        );
    // With one letter left out or doubled, with two neighbours in each other's place, or as it is.
    let fuzzy = (word(), 1..3_u8, 0..4_u8, any::<prop::sample::Index>()).prop_map(|(word, distance, change, at)| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at.index(letters.len());
        match change {
            0 if letters.len() > 3 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 if at > 0 => letters.swap(at - 1, at),
            _ => {}
        }
        Expr::Fuzzy { word: letters.into_iter().collect(), distance }
    });
    let place_name = select(&PLACES[..]).prop_map(|name| Expr::Word(name.to_owned()));
    prop_oneof![
        8 => word().prop_map(Expr::Word),
        1 => place_name,
        1 => select(&["Burma", "Kiev", "Turkey"][..]).prop_map(|name| Expr::Word(name.to_owned())),
        3 => phrase(0..1),
        4 => phrase(1..5),
        3 => prefix,
        3 => fuzzy,
    ]
}

fn bounds() -> impl Strategy<Value = DayRangeBounds> {
    let first = Day::from_ymd(2022, 1, 1).unwrap();
    let day = (0..900).prop_map(move |n| first.plus(n));
    // About the days that most reports speak of, from a day to years.
    let march = Day::from_ymd(2024, 2, 25).unwrap();
    let near = (0..20).prop_map(move |n| march.plus(n));
    let from = prop_oneof![1 => day, 2 => near];
    let length = prop_oneof![Just(0), 0..40_i32, 0..500_i32];
    (from, length, 0..6_u8).prop_map(|(from, length, open)| DayRangeBounds {
        from: (open != 0).then_some(from),
        to: (open != 1).then_some(from.plus(length)),
    })
}

fn lag() -> impl Strategy<Value = LagBounds> {
    (-9..12_i32, 0..9_i32, 0..6_u8).prop_map(|(from, length, open)| LagBounds {
        from: (open != 0).then_some(from),
        to: (open != 1).then_some(from + length),
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let kind =
        || select(&[DateKind::Event, DateKind::Event, DateKind::Named, DateKind::Published, DateKind::Either][..]);
    let near = (select(&[(48.6, 38.0), (50.45, 30.52), (31.5, 74.3), (15.6, 32.5)][..]), 1.0..1500.0_f64);
    prop_oneof![
        2 => select(&REGIONS[..]).prop_map(|code| Filter::Region(code.to_owned())),
        2 => select(&COUNTRIES[..]).prop_map(|code| Filter::Country(code.parse().unwrap())),
        3 => select(&PLACES[..]).prop_map(|name| Filter::Place(place(name))),
        1 => near.prop_map(|((lat, lon), km)| Filter::Near { lat, lon, km }),
        5 => (kind(), bounds()).prop_map(|(kind, days)| Filter::Date(kind, days)),
        1 => kind().prop_map(Filter::DateUnknown),
        2 => lag().prop_map(Filter::Lag),
        1 => Just(Filter::LagUnknown),
        2 => select(&SOURCE_NAMES[..]).prop_map(|name| Filter::Source(name.to_owned())),
        1 => (0..VOCABULARIES.len()).prop_map(|n| Filter::Language(VOCABULARIES[n].code.to_owned())),
        1 => select(&PATHS[..]).prop_map(|pattern| Filter::Path(pattern.to_owned())),
    ]
}

/// Words and their combinations; titles hold no filter.
fn words() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            2 => vec(inner.clone(), 1..4).prop_map(Expr::And),
            2 => vec(inner.clone(), 2..4).prop_map(Expr::Or),
            1 => inner.prop_map(|expr| Expr::Not(Box::new(expr))),
        ]
    })
}

fn expr() -> impl Strategy<Value = Expr> {
    let part = prop_oneof![
        6 => words(),
        1 => words().prop_map(|expr| Expr::Title(Box::new(expr))),
        3 => filter().prop_map(Expr::Filter),
    ];
    part.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 1..4).prop_map(Expr::And),
            1 => vec(inner.clone(), 2..4).prop_map(Expr::Or),
            1 => inner.prop_map(|expr| Expr::Not(Box::new(expr))),
        ]
    })
}

/// Words side by side, as most questions are.
fn plain_words() -> impl Strategy<Value = Expr> {
    vec(word().prop_map(Expr::Word), 1..8).prop_map(Expr::And)
}

/// Days of an event, alone or with a word.
fn event() -> impl Strategy<Value = Expr> {
    let kind = select(&[DateKind::Event, DateKind::Event, DateKind::Named][..]);
    (kind, bounds(), weighted(0.4, word()), weighted(0.2, filter()), prop::bool::weighted(0.15)).prop_map(
        |(kind, days, word, other, not)| {
            let asked = Expr::Filter(Filter::Date(kind, days));
            let asked = if not { Expr::Not(Box::new(asked)) } else { asked };
            let others = word.map(Expr::Word).into_iter().chain(other.map(Expr::Filter));
            Expr::And(std::iter::once(asked).chain(others).collect())
        },
    )
}

fn question() -> impl Strategy<Value = Question> {
    let expr = prop_oneof![3 => expr().boxed(), 3 => plain_words().boxed(), 2 => leaf().boxed(), 4 => event().boxed()];
    let matching = select(&[Matching::AllFirst, Matching::AllFirst, Matching::All, Matching::Any][..]);
    let flags = (matching, prop::bool::weighted(0.2), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    let filters = (weighted(0.25, vec(filter(), 1..3)), weighted(0.2, vec(filter(), 1..3)));
    (weighted(0.95, expr), flags, filters).prop_map(
        |(expr, (matching, exact, claims, coarse, event_named), (wanted, excluded))| {
            let question = Question { expr, matching, exact, claims, coarse, event_named };
            question.narrowed(wanted.unwrap_or_default()).excluding(excluded.unwrap_or_default())
        },
    )
}

/// So many questions.
pub fn questions(count: usize) -> impl Strategy<Value = Vec<Question>> {
    vec(question(), count)
}
