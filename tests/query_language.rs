//! The query language: what each form means, that nothing is ever dropped, and that a query prints as itself.

use dateline::geo::Gazetteer;
use dateline::model::days::Day;
use dateline::model::days::DayRangeBounds;
use dateline::model::error::QueryError;
use dateline::model::lag::LagBounds;
use dateline::model::question::{Apart, DateKind, Expr, Filter, TypedPhrase};
use dateline::query::parse::parse;
use proptest::prelude::*;

fn understood(query: &str) -> Expr {
    match parse(query, Gazetteer::embedded()) {
        Ok(parsed) => parsed.expr.unwrap_or_else(|| panic!("{query:?} was read as empty")),
        Err(e) => panic!("{e}"),
    }
}

fn printed(query: &str) -> String {
    understood(query).to_string()
}

fn refused(query: &str) -> QueryError {
    match parse(query, Gazetteer::embedded()) {
        Ok(parsed) => panic!("{query:?} was read as {:?}", parsed.expr),
        Err(e) => e,
    }
}

fn word(w: &str) -> Expr {
    Expr::Word(w.to_owned())
}

#[test]
fn words_side_by_side_are_all_wanted_and_or_binds_less() {
    assert_eq!(understood("direct talks"), Expr::And(vec![word("direct"), word("talks")]));
    assert_eq!(
        understood("direct talks OR truce"),
        Expr::Or(vec![Expr::And(vec![word("direct"), word("talks")]), word("truce")])
    );
    assert_eq!(printed("direct (talks OR truce)"), "direct (talks OR truce)");
    assert_eq!(printed("a1 AND b2 c3"), "a1 b2 c3");
    assert_eq!(printed("a1 OR (b2 OR c3)"), "a1 OR b2 OR c3");
}

#[test]
fn operators_in_small_letters_are_words() {
    assert_eq!(printed("war and peace or not"), "war and peace or not");
}

#[test]
fn both_minus_and_not_exclude_and_a_hyphen_inside_a_word_does_not() {
    assert_eq!(printed("strike NOT drone -\"air base\" -(a1 b2)"), "strike -drone -\"air base\" -(a1 b2)");
    assert_eq!(understood("al-Shabaab"), word("al-Shabaab"));
    assert_eq!(understood("T-72"), word("T-72"));
}

#[test]
fn punctuation_stays_within_words_and_falls_off_around_them() {
    for (typed, meant) in [
        ("U.N.", "U.N."),
        ("don't", "don't"),
        ("10.5", "10.5"),
        ("Kyiv,", "Kyiv"),
        ("“", ""),
        ("talks.", "talks"),
        ("Kyiv’s", "Kyiv’s"),
        ("10:30", "10:30"),
        ("Ukraine:", "Ukraine"),
        ("24/7", "24/7"),
        ("क्", "क्"),
    ] {
        if meant.is_empty() {
            refused(typed);
        } else {
            assert_eq!(understood(typed), word(meant), "{typed}");
        }
    }
}

#[test]
fn phrases_keep_their_words_and_how_far_apart_they_may_stand() {
    let phrase = |words: &[&str], most| {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        Expr::Phrase(TypedPhrase { apart: Apart { most, any_order: most > 0 }, ..TypedPhrase::of(words) })
    };
    assert_eq!(understood("\"direct talks\""), phrase(&["direct", "talks"], 0));
    assert_eq!(understood("“direct talks”~5"), phrase(&["direct", "talks"], 5));
    assert_eq!(understood("\"Lt. Gen. — retired\""), phrase(&["Lt", "Gen", "retired"], 0));
    let in_order = |most| TypedPhrase {
        apart: Apart { most, any_order: false },
        ..TypedPhrase::of(vec!["direct".to_owned(), "talks".to_owned()])
    };
    assert_eq!(understood("\"direct talks\"~>5"), Expr::Phrase(in_order(5)));
    assert_eq!(understood("=\"direct talks\"~>5"), Expr::Phrase(TypedPhrase { as_written: true, ..in_order(5) }));
    let attack = TypedPhrase { as_written: true, ..TypedPhrase::of(vec!["attack".to_owned()]) };
    assert_eq!(understood("=attack"), Expr::Phrase(attack.clone()));
    assert_eq!(understood("title:=attack"), Expr::Title(Box::new(Expr::Phrase(attack))));
    assert_eq!(printed("=attack -=\"air base\"~2 \"a1 b2\"~>3"), "=\"attack\" -=\"air base\"~2 \"a1 b2\"~>3");
    assert_eq!(understood("\"OR\""), phrase(&["OR"], 0));
    assert_eq!(understood("'country:IN'"), phrase(&["country:IN"], 0));
}

#[test]
fn prefixes_and_spellings_have_their_marks() {
    assert_eq!(understood("evacuat*"), Expr::Prefix("evacuat".to_owned()));
    assert_eq!(understood("北*"), Expr::Prefix("北".to_owned()));
    assert_eq!(understood("Pahlgm~1"), Expr::Fuzzy { word: "Pahlgm".to_owned(), distance: 1 });
    assert_eq!(understood("Pahlgm~"), Expr::Fuzzy { word: "Pahlgm".to_owned(), distance: 1 });
    assert_eq!(understood("Pahlgm~2"), Expr::Fuzzy { word: "Pahlgm".to_owned(), distance: 2 });
}

#[test]
fn titles_take_terms_and_groups() {
    assert_eq!(understood("title:talks"), Expr::Title(Box::new(word("talks"))));
    assert_eq!(printed("title:(talks OR \"cease fire\") -title:sport"), "title:(talks OR \"cease fire\") -title:sport");
}

#[test]
fn days_are_ranges_and_ranges_may_be_open() {
    let day = |y, m, d| Day::from_ymd(y, m, d);
    let date = |kind, from, to| Expr::Filter(Filter::Date(kind, DayRangeBounds { from, to }));
    assert_eq!(understood("date:2025-05"), date(DateKind::Either, day(2025, 5, 1), day(2025, 5, 31)));
    assert_eq!(understood("event:2025-05-07..2025-05-10"), date(DateKind::Event, day(2025, 5, 7), day(2025, 5, 10)));
    assert_eq!(understood("pub:2014..2018"), date(DateKind::Published, day(2014, 1, 1), day(2018, 12, 31)));
    assert_eq!(understood("pub:..2018-02"), date(DateKind::Published, None, day(2018, 2, 28)));
    assert_eq!(understood("published:2025-05-07.."), date(DateKind::Published, day(2025, 5, 7), None));
    assert_eq!(understood("date:2025-W19"), date(DateKind::Either, day(2025, 5, 5), day(2025, 5, 11)));
    assert_eq!(understood("date:2025-Q2"), date(DateKind::Either, day(2025, 4, 1), day(2025, 6, 30)));
    assert_eq!(understood("date:unknown"), Expr::Filter(Filter::DateUnknown(DateKind::Either)));
    for (bad, says) in [
        ("date:2025-13", "there is no 2025-13"),
        ("date:2025-06-31", "there is no 2025-06-31"),
        ("date:10.05.2025", "(2025, 2025-05, 2025-05-10)"),
        ("date:2025-W60", "there is no 2025-W60"),
        ("date:2025-05-10..2025-05-07", "before it begins"),
        ("date:..", "on one side"),
        ("date:soon", "(2025, 2025-05, 2025-05-10)"),
    ] {
        let e = refused(bad);
        assert!(e.reason.contains(says), "{bad}: {}", e.reason);
        assert_eq!(e.at, 5, "{bad}");
    }
}

#[test]
fn a_lag_is_a_number_a_comparison_or_a_range_of_days() {
    let lag = |from, to| Expr::Filter(Filter::Lag(LagBounds { from, to }));
    assert_eq!(understood("lag:>7"), lag(Some(8), None));
    assert_eq!(understood("lag:<=2"), lag(None, Some(2)));
    assert_eq!(understood("lag:3..10"), lag(Some(3), Some(10)));
    assert_eq!(understood("lag:0"), lag(Some(0), Some(0)));
    assert_eq!(understood("lag:<0"), lag(None, Some(-1)));
    assert_eq!(understood("lag:-3..-1"), lag(Some(-3), Some(-1)));
    assert_eq!(understood("lag:\"> 7\""), lag(Some(8), None));
    assert_eq!(understood("lag:unknown"), Expr::Filter(Filter::LagUnknown));
    assert_eq!(printed("war (-lag:<0) lag:>7 lag:-2"), "war -lag:<=-1 lag:>=8 lag:-2");
    for (bad, says) in [
        ("lag:soon", "`soon` is no lag"),
        ("lag:7d", ">7"),
        ("lag:10..3", "try 3..10"),
        ("lag:..", "on one side"),
        ("lag:>99999999999", "a number (0)"),
    ] {
        let e = refused(bad);
        assert!(e.reason.contains(says), "{bad}: {}", e.reason);
        assert_eq!(e.at, 4, "{bad}");
    }
    assert!(refused("lag: >7").reason.contains("right after the colon"));
    assert!(refused("lan:en").reason.contains("did you mean `lang:`?"));
}

#[test]
fn filters_of_one_field_are_alternatives_unless_joined_by_and() {
    let filter = |l: &str| Expr::Filter(Filter::Language(l.to_owned()));
    assert_eq!(understood("lang:en lang:uk"), Expr::And(vec![filter("en"), filter("uk")]));
    assert_eq!(
        understood("lang:en AND lang:uk"),
        Expr::And(vec![Expr::And(vec![filter("en")]), Expr::And(vec![filter("uk")])])
    );
    assert_eq!(understood("(lang:en) (lang:uk)"), understood("lang:en AND lang:uk"));
    assert_eq!(understood("(lang:en)"), filter("en"));
    assert_eq!(printed("war AND lang:en lang:uk"), "war lang:en lang:uk");
}

#[test]
fn languages_go_by_their_codes_and_names() {
    for typed in ["lang:uk", "lang:Ukrainian", "language:UKR", "lang:українська"] {
        assert_eq!(understood(typed), Expr::Filter(Filter::Language("uk".to_owned())), "{typed}");
    }
    assert_eq!(printed("lang:farsi"), "lang:fa");
    assert_eq!(printed("lang:xx"), "lang:xx", "a code that is not known may be an article's own");
}

#[test]
fn distances_and_coordinates_are_read_and_checked() {
    let near = |lat, lon, km| Expr::Filter(Filter::Near { lat, lon, km });
    assert_eq!(understood("near:48.6,-38/25km"), near(48.6, -38.0, 25.0));
    assert_eq!(understood("near:\"48.6, 38.0\"/500m"), near(48.6, 38.0, 0.5));
    assert!(refused("near:48.6,38.0").reason.contains("say how near"));
    assert!(refused("near:98.6,38.0/5km").reason.contains("latitude"));
    assert!(refused("near:48.6,38.0/0km").reason.contains("no distance"));
    assert!(refused("near:48.6,38.0/NaN").reason.contains("no distance"));
}

#[test]
fn what_cannot_be_read_is_refused_where_it_stands() {
    for (query, at, says) in [
        ("talks \"direct", 6, "never closed"),
        ("(talks OR truce", 0, "never closed"),
        ("talks)", 5, "closes nothing"),
        ("talks ()", 7, "nothing between"),
        ("talks OR", 6, "wants something after"),
        ("OR talks", 0, "wants something before"),
        ("talks OR OR truce", 9, "wants something before"),
        ("talks AND", 6, "wants something after"),
        ("talks NOT", 6, "nothing after"),
        ("talks - truce", 6, "stands alone"),
        ("talks --limit 5", 6, "outside of the query"),
        ("\"—\"", 0, "no letter or digit"),
        ("talks — truce", 6, "no letter or digit"),
        ("contry:IN", 0, "did you mean `country:`?"),
        ("http://x.org", 0, "there is no field `http:`"),
        ("country: IN", 8, "right after the colon"),
        ("country:", 8, "wants a value"),
        ("country:\"\"", 8, "empty value"),
        ("country:(IN OR PK)", 8, "takes one value"),
        ("*vacuated", 0, "only at the end"),
        ("e*", 0, "at least two"),
        ("wom?n", 3, "stands for no letter"),
        ("talks^2", 5, "has no meaning"),
        ("\"evacuat* city\"", 0, "within a phrase"),
        ("\"*a*b\"", 0, "within a phrase"),
        ("ab~1", 0, "at least 3 letters"),
        ("Pahalgam~3", 8, "wants 1 or 2"),
        ("\"direct talks\"~", 14, "number of other words"),
        ("\"direct talks\"~>", 14, "in this one"),
        ("\"direct talks\"~500", 14, "0 to 100"),
        ("talks !Brigade", 6, "write -Brigade"),
        ("!\"air base\"", 0, "no letter or digit"),
        ("[2024 TO 2025]", 0, "date:2024-03..2024-05"),
        ("{talks}", 0, "brackets"),
        ("talks NEAR/5 truce", 6, "~5"),
        ("talks w/3 truce", 6, "~3"),
        ("talks /brig.de/", 6, "between slashes"),
        ("=", 0, "right after it"),
        ("= attack", 0, "right after it"),
        ("=attack*", 0, "as it is written"),
        ("=(a1 b2)", 0, "right after it"),
        ("\"talks\"~3", 7, "says nothing"),
        ("title:-talks", 0, "-title:word"),
        ("title:(a1 lang:en)", 10, "outside"),
        ("lang:Englsh", 5, "did you mean lang:en (English)?"),
        ("lang:klingon", 5, "write two letters or the name"),
        ("place:Bakmut", 6, "did you mean place:Bakhmut"),
        ("place:Mariopol", 6, "did you mean place:Mariupol"),
        ("near:Raqa/25km", 5, "did you mean near:Raqqa/25km"),
        ("place:Punjab/Pakstan", 6, "did you mean `Pakistan`?"),
        ("country:Ukrane", 8, "did you mean country:Ukraine?"),
        ("country:Hollnd", 8, "did you mean country:\"The Netherlands\"?"),
        ("country:Congo", 8, "country:CD  Democratic Republic of the Congo"),
        ("region:\"Midle East\"", 7, "did you mean region:\"Middle East\"?"),
        ("place:Indian", 6, "write country:Indian"),
    ] {
        let e = refused(query);
        assert!(e.reason.contains(says), "{query}: {}", e.reason);
        assert_eq!(e.at, at, "{query}: {}", e.reason);
    }
}

#[test]
fn deep_nesting_and_endless_queries_are_refused() {
    assert!(refused(&"(".repeat(10_000)).reason.contains("deep"));
    assert!(refused(&"NOT ".repeat(10_000)).reason.contains("deep"));
    assert!(refused(&"-(".repeat(10_000)).reason.contains("deep"));
    assert!(refused(&"é ".repeat(40_000)).reason.contains("bytes"));
    let nested = |deep: usize| format!("{}a1{}", "(".repeat(deep), ")".repeat(deep));
    assert_eq!(understood(&nested(64)), word("a1"));
    assert_eq!(refused(&nested(65)).at, 64);
    assert!(understood(&format!("{}a1", "NOT ".repeat(64))) == word("a1"));
    assert_eq!(refused(&format!("{}a1", "NOT ".repeat(65))).at, 4 * 64);
}

#[test]
fn to_exclude_what_is_excluded_is_to_want_it() {
    assert_eq!(printed("NOT NOT talks"), "talks");
    assert_eq!(printed("-(-(a1 b2)) -NOT c3"), "a1 b2 c3");
    assert_eq!(printed("NOT NOT NOT talks"), "-talks");
    assert_eq!(printed("lang:uk -(-lang:en)"), "lang:uk (lang:en)");
    assert_eq!(printed("-(-lang:en)"), "lang:en");
}

#[test]
fn nothing_typed_asks_for_everything() {
    for empty in ["", "  ", "\t\n", "\u{3000}"] {
        assert_eq!(parse(empty, Gazetteer::embedded()).unwrap().expr, None);
    }
}

/// Pieces that queries are made of, so that random strings reach the deep parts of the grammar.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-zA-Zéш北.'-]{1,8}",
        2 => Just(" ".to_owned()),
        2 => prop::sample::select(vec![
            "OR", "AND", "NOT", "-", "(", ")", "\"", "“", "”", "*", "~1", "~2", "~5", "~>3", "=", "!", "[", "NEAR/2", "+", "^2", "\\", "'", "title:", "lang:",
            "lang:en", "date:2025-05", "event:2025..", "pub:unknown", "source:\"A \\\" B\"", "path:a/*.txt", "near:1,2/3km",
            "country:", ":", "x:", "/", "..", "\u{300}", "\u{0}", "\u{202e}",
        ]).prop_map(str::to_owned),
    ]
}

fn holds_to_the_language(query: &str) -> Result<(), TestCaseError> {
    match parse(query, Gazetteer::embedded()) {
        Err(e) => {
            prop_assert!(e.at <= e.query.len(), "column {} of {:?}", e.at, query);
            prop_assert!(e.query.is_char_boundary(e.at), "column {} of {:?}", e.at, query);
            prop_assert_eq!(e.query, query);
        }
        Ok(parsed) => {
            if let Some(expr) = parsed.expr {
                let text = expr.to_string();
                let again = parse(&text, Gazetteer::embedded());
                prop_assert!(again.is_ok(), "{:?} printed as {:?}: {:?}", query, text, again);
                prop_assert_eq!(again.unwrap().expr, Some(expr), "{:?} printed as {:?}", query, text);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn any_text_is_read_or_refused_with_a_column_and_prints_as_itself(query in "\\PC{0,60}") {
        holds_to_the_language(&query)?;
    }

    #[test]
    fn any_mixture_of_the_languages_pieces_is_read_or_refused_and_prints_as_itself(
        pieces in prop::collection::vec((piece(), any::<bool>()), 0..14)
    ) {
        let query: String = pieces.into_iter().map(|(p, space)| if space { p + " " } else { p }).collect();
        holds_to_the_language(&query)?;
    }
}

#[test]
fn named_days_have_a_field_of_their_own_and_other_words_with_a_hyphen_are_words() {
    let days = |query: &str| match understood(query) {
        Expr::Filter(Filter::Date(kind, _)) => kind,
        other => panic!("{query}: {other:?}"),
    };
    assert_eq!(days("event-named:2025-05"), DateKind::Named);
    assert_eq!(days("Event-Named:2025-05"), DateKind::Named);
    assert_eq!(printed("event-named:2025-05 event:2025-06"), "event-named:2025-05 event:2025-06");
    assert!(matches!(understood("event-names:x"), Expr::Word(_)));
}
