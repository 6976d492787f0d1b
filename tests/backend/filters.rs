//! What each filter lets through.

use std::sync::LazyLock;

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::PlaceClass;
use dateline::model::question::{DateKind, Filter};

use super::Engines;
use crate::support::archive::{filter, hits, narrowed, place, typed};

static ARCHIVE: LazyLock<Engines> = LazyLock::new(|| {
    Engines::of(&[
        (
            "bakhmut.txt",
            "---\ndate: 2025-05-11\nsource: Alpha News\n---\nShells fell on the city of Bakhmut in Ukraine on 7 May 2025, officials said.\n",
        ),
        (
            "kyiv.txt",
            "---\ndate: 2025-05-07\nsource: Beta Wire\n---\nOfficials in Kyiv, Ukraine, spoke of the fighting of 2 March 2024.\n",
        ),
        (
            "kharkiv.txt",
            "---\ndate: 2025-06-01\nsource: Alpha News\n---\nThe war went on through 2025, officials in Kharkiv, Ukraine, said.\n",
        ),
        ("lahore.txt", "Officials in Lahore, Pakistan, spoke of a truce with India.\n"),
        (
            "geneva.txt",
            "---\ndate: 2025-12-20\n---\nTalks were held in Geneva, Switzerland, on 2 May 2025 and again on 20 September 2025.\n",
        ),
    ])
});

fn found(query: &str) -> Vec<String> {
    ARCHIVE.typed(query)
}

#[test]
fn event_and_publication_are_kept_apart() {
    assert_eq!(found("event:2025-05-07"), ["bakhmut.txt"]);
    assert_eq!(found("pub:2025-05-07"), ["kyiv.txt"]);
    assert_eq!(found("date:2025-05-07"), ["bakhmut.txt", "kyiv.txt"]);
    ARCHIVE.each(|backend| {
        for hit in hits(backend, &typed("date:2025-05-07")).0 {
            let by = if hit.article.path == "kyiv.txt" { DateKind::Published } else { DateKind::Event };
            assert_eq!(hit.matched.date, Some(by), "{}", hit.article.path);
        }
    });
}

#[test]
fn a_year_answers_for_itself_and_for_a_day_only_when_coarse() {
    assert!(found("event:2025").contains(&"kharkiv.txt".to_owned()));
    assert!(!found("event:2025-07-01").contains(&"kharkiv.txt".to_owned()));
    let coarse = typed("event:2025-07-01").coarse(true);
    assert_eq!(ARCHIVE.paths(&coarse), ["kharkiv.txt"]);
}

#[test]
fn dates_of_one_passage_do_not_join_into_a_range() {
    assert_eq!(found("event:2025-05-02"), ["geneva.txt"]);
    assert_eq!(found("event:2025-09"), ["geneva.txt"]);
    assert!(found("event:2025-06..2025-08").is_empty(), "nothing is said of these months");
    assert_eq!(found("event:2025-06-01..2025-09-20"), ["geneva.txt"]);
}

#[test]
fn open_ends_reach_as_far_as_there_are_dates() {
    assert_eq!(found("event:..2024"), ["kyiv.txt"]);
    assert_eq!(found("pub:2025-06..").len(), 2);
}

#[test]
fn unknown_dates_are_asked_for_by_kind() {
    assert_eq!(found("event:unknown"), ["lahore.txt"]);
    assert_eq!(found("pub:unknown"), ["lahore.txt"]);
    assert_eq!(found("date:unknown"), ["lahore.txt"]);
    assert_eq!(found("pub:1900..").len(), 4, "what has no date is in no range, however wide");
}

#[test]
fn near_means_points_within_the_distance() {
    assert_eq!(found("near:Bakhmut/25km"), ["bakhmut.txt"]);
    assert_eq!(found("near:\"48.6,38.0\"/300km"), ["bakhmut.txt", "kharkiv.txt"]);
    assert_eq!(found("near:Bakhmut/20000km").len(), 5, "countries are no points, cities are");
    assert!(found("near:\"0,0\"/25km").is_empty());
}

#[test]
fn a_place_holds_all_that_lies_within_it() {
    let mut divisions = 0;
    for above in Gazetteer::embedded().ancestors(&place("Bakhmut")) {
        if matches!(above.class, PlaceClass::Division1 | PlaceClass::Division2) {
            let query = narrowed(&typed(""), Filter::Place(above.id.clone()));
            assert_eq!(ARCHIVE.paths(&query), ["bakhmut.txt"], "{}", above.name);
            divisions += 1;
        }
    }
    assert!(divisions > 0);
    let ukraine = narrowed(&typed(""), Filter::Place(place("Ukraine")));
    assert_eq!(ARCHIVE.paths(&ukraine).len(), 3);
}

#[test]
fn countries_and_regions_are_those_of_the_places() {
    assert_eq!(found("country:UA"), ["bakhmut.txt", "kharkiv.txt", "kyiv.txt"]);
    assert_eq!(found("region:\"Eastern Europe\""), ["bakhmut.txt", "kharkiv.txt", "kyiv.txt"]);
    assert_eq!(found("region:\"Southern Asia\""), ["lahore.txt"]);
    assert_eq!(found("country:PK AND country:IN"), ["lahore.txt"]);
    assert_eq!(found("country:PK country:CH"), ["geneva.txt", "lahore.txt"], "one field: either");
    assert!(found("country:PK AND country:CH").is_empty());
}

#[test]
fn one_field_repeated_is_either_and_two_fields_are_both() {
    let flags = |filters: &[&str]| typed("").filters(filters.iter().map(|f| filter(f)).collect());
    assert_eq!(ARCHIVE.paths(&flags(&["country:UA", "country:PK"])).len(), 4);
    assert_eq!(ARCHIVE.paths(&flags(&["country:UA", "source:\"alpha news\""])), ["bakhmut.txt", "kharkiv.txt"]);
    let without = typed("").excludes(vec![filter("country:UA"), filter("country:CH")]);
    assert_eq!(ARCHIVE.paths(&without), ["lahore.txt"]);
    let both = typed("").excludes(vec![filter("country:UA"), filter("event:unknown")]);
    assert_eq!(ARCHIVE.paths(&both), ["geneva.txt"], "none of them may hold");
}

#[test]
fn sources_are_compared_whole_and_without_case() {
    assert_eq!(found("source:\"ALPHA NEWS\""), ["bakhmut.txt", "kharkiv.txt"]);
    assert!(found("source:alpha").is_empty());
}

#[test]
fn paths_are_globs_or_parts() {
    assert_eq!(found("path:k*.txt"), ["kharkiv.txt", "kyiv.txt"]);
    assert_eq!(found("path:yiv"), ["kyiv.txt"]);
    assert!(found("path:nowhere").is_empty());
}

#[test]
fn a_filter_and_words_hold_in_the_same_passage() {
    let near = "The market of Tripoli, Libya, was hit by shells, a doctor said. ".repeat(6);
    let far = "In Oslo, Norway, diplomats talked about herring for an hour. ".repeat(6);
    let engines = Engines::of(&[("one.md", &format!("# Tripoli\n\n{near}\n\n# Oslo\n\n{far}\n"))]);
    assert_eq!(engines.typed("shells country:LY"), ["one.md"]);
    assert_eq!(engines.typed("herring country:NO"), ["one.md"]);
    assert!(engines.typed("herring country:LY").is_empty(), "the article has both, no passage has");
}

/// Articles of 20 March 2024 on days about it; one without a date, one of a month.
static LAGS: LazyLock<Engines> = LazyLock::new(|| {
    let report =
        |date: &str, said: &str| format!("---\ndate: {date}\n---\nShells fell on the quay {said}, officials said.\n");
    let day = "2024-03-20";
    Engines::of(&[
        ("same.txt", &report(day, "on 20 March 2024")),
        ("next.txt", &report(day, "on 19 March 2024")),
        ("late.txt", &report(day, "on 1 March 2024")),
        ("both.txt", &report(day, "on 19 March 2024 and again on 1 February 2024")),
        ("days.txt", &report(day, "from 10 to 15 March 2024")),
        ("month.txt", &report(day, "in February 2024")),
        ("year.txt", &report(day, "in 2014")),
        ("ahead.txt", &report(day, "and will again on 25 March 2024")),
        ("none.txt", &report(day, "once")),
        ("undated.txt", "Shells fell on the quay on 19 March 2024, officials said.\n"),
        ("vague.txt", &report("2024-03", "on 19 March 2024")),
    ])
});

#[test]
fn a_lag_is_the_days_from_a_day_spoken_of_to_publication() {
    let found = |query: &str| LAGS.typed(query);
    assert_eq!(found("lag:0"), ["same.txt"]);
    assert_eq!(found("lag:1"), ["both.txt", "next.txt"]);
    assert_eq!(found("lag:0..1"), ["both.txt", "next.txt", "same.txt"]);
    assert_eq!(found("lag:>7"), ["both.txt", "late.txt", "month.txt"]);
    assert_eq!(found("lag:48"), ["both.txt"], "each of its days counts");
    assert_eq!(found("lag:<0"), ["ahead.txt"]);
    assert_eq!(found("lag:-5"), ["ahead.txt"]);
    assert_eq!(found("lag:1 lag:19"), ["both.txt", "late.txt", "next.txt"], "one field: either");
    assert_eq!(found("lag:1 AND lag:48"), ["both.txt"]);
    assert_eq!(found("quay lag:>=0 -lag:>7"), ["days.txt", "next.txt", "same.txt"]);
}

#[test]
fn of_several_days_in_a_row_the_nearest_to_publication_counts() {
    assert_eq!(LAGS.typed("lag:5"), ["days.txt"], "over since the 15th");
    assert!(LAGS.typed("lag:6..10").is_empty());
    assert_eq!(LAGS.typed("lag:20"), ["month.txt"]);
}

#[test]
fn a_lag_that_cannot_be_told_to_the_day_is_none() {
    let unknown = ["none.txt", "undated.txt", "vague.txt", "year.txt"];
    assert_eq!(LAGS.typed("lag:unknown"), unknown);
    assert_eq!(LAGS.typed("-lag:-9999..9999 lag:unknown"), unknown);
    for path in unknown {
        assert!(!LAGS.typed("lag:-9999..9999").contains(&path.to_owned()), "{path}");
    }
    let coarse = typed("lag:>3000").coarse(true);
    assert_eq!(LAGS.paths(&coarse), ["year.txt"]);
}

#[test]
fn a_hit_says_by_which_lag_it_is_there() {
    LAGS.each(|backend| {
        let lag = |query: &str, path: &str| {
            let found = hits(backend, &typed(query)).0;
            found.into_iter().find(|hit| hit.article.path == path).unwrap().matched.lag
        };
        assert_eq!(lag("lag:>=0", "both.txt"), Some(1), "the smallest");
        assert_eq!(lag("lag:>7", "both.txt"), Some(48));
        assert_eq!(lag("lag:<0", "ahead.txt"), Some(-5));
        assert_eq!(lag("quay", "both.txt"), None);
        assert_eq!(lag("lag:unknown", "none.txt"), None);
    });
}
