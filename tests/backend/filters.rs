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
