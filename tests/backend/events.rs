//! The days of events: those that a passage names, else those that it carries, else its publication.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline::index::Backend;
use dateline::model::answer::{Counts, EventCounts, FacetAsk, FacetField, Totals};
use dateline::model::days::TimeUnit;
use dateline::model::event::EventKind;
use dateline::model::question::{DateKind, Filter, Sort};
use dateline::query::days::bounds_from_filter;

use super::Engines;
use crate::support::archive::{Archive, Asked, facet, hits, long_text, narrowed, totals, typed};

/// A report that names its day, others that name none, and a chronicle.
static ARCHIVE: LazyLock<Engines> = LazyLock::new(|| {
    let chronicle = format!(
        "---\ndate: 2025-06-30\n---\n# 9 May 2025\n\nShells fell on the bridge. {}\n\n# Background\n\nThe bridge has two lanes.\n",
        long_text(4, "shells")
    );
    Engines::of(&[
        ("named.txt", "---\ndate: 2025-05-20\n---\nShells fell on 9 May 2025, officials said.\n"),
        ("same-day.txt", "---\ndate: 2025-05-09\n---\nShells fell on the harbour, officials said.\n"),
        ("day-after.txt", "---\ndate: 2025-05-10\n---\nShells fell on the market, officials said.\n"),
        ("later.txt", "---\ndate: 2025-05-11\n---\nShells fell on the school, officials said.\n"),
        ("other.txt", "---\ndate: 2025-05-09\n---\nShells fell on 2 March 2024, officials said.\n"),
        ("undated.txt", "Shells fell on the mill, officials said.\n"),
        ("chronicle.md", &chronicle),
    ])
});

fn found(query: &str) -> Vec<String> {
    ARCHIVE.typed(query)
}

fn kinds(backend: &dyn Backend, asked: &Asked) -> BTreeMap<String, Option<(EventKind, String)>> {
    let all = hits(backend, &asked.clone().limit(None)).0;
    let kind = |hit: &dateline::model::answer::Hit| hit.matched.event.map(|(kind, days)| (kind, days.to_string()));
    let id = |hit: &dateline::model::answer::Hit| format!("{}#{}", hit.article.path, hit.passage.number);
    all.iter().map(|hit| (id(hit), kind(hit))).collect()
}

#[test]
fn a_report_that_names_no_day_answers_for_its_publication_and_the_day_before() {
    assert_eq!(found("event:2025-05-09"), ["chronicle.md", "day-after.txt", "named.txt", "same-day.txt"]);
    assert_eq!(found("event:2025-05-08"), ["same-day.txt"]);
    assert_eq!(found("event:2024-03-02"), ["other.txt"], "what names a day answers for no other");
    assert_eq!(found("event:unknown"), ["undated.txt"]);
}

#[test]
fn each_hit_says_what_its_days_rest_on() {
    ARCHIVE.each(|backend| {
        let kinds = kinds(backend, &typed("event:2025-05-09"));
        let kind = |path: &str| kinds[path].clone().unwrap();
        assert_eq!(kind("named.txt#0"), (EventKind::Named, "2025-05-09".to_owned()));
        assert_eq!(kind("same-day.txt#0"), (EventKind::Published, "2025-05-09".to_owned()));
        assert_eq!(kind("day-after.txt#0"), (EventKind::Published, "2025-05-10".to_owned()));
        assert_eq!(kind("chronicle.md#0"), (EventKind::Named, "2025-05-09".to_owned()), "the heading is in it");
        assert_eq!(kind("chronicle.md#1"), (EventKind::Carried, "2025-05-09".to_owned()));
        let texts = hits(backend, &typed("event:2025-05-09").limit(None)).0;
        assert!(texts.iter().all(|hit| !hit.passage.text.contains("two lanes")), "the next heading ends it");
        let none = self::kinds(backend, &typed("date:2025-05-09"));
        assert!(none.values().all(Option::is_none), "only a filter by event says so");
    });
}

#[test]
fn named_days_can_be_asked_for_alone_by_option_and_in_a_query() {
    assert_eq!(found("event-named:2025-05-09"), ["chronicle.md", "named.txt"]);
    let option = typed("event:2025-05-09").event_named(true);
    assert_eq!(ARCHIVE.paths(&option), ["chronicle.md", "named.txt"]);
    assert_eq!(
        found("event-named:unknown"),
        ["chronicle.md", "day-after.txt", "later.txt", "same-day.txt", "undated.txt"]
    );
    let unknown = typed("event:unknown").event_named(true);
    assert_eq!(ARCHIVE.paths(&unknown), found("event-named:unknown"));
}

#[test]
fn what_is_excluded_is_what_is_not_found() {
    let all =
        ["event:2025-05-09", "event-named:2025-05-09", "event:..2025-05-09", "event:2025-05-10..", "event:unknown"];
    ARCHIVE.each(|backend| {
        let whole = backend.count(&typed("").question).unwrap().passages;
        for filter in all {
            for (coarse, named) in [(false, false), (true, false), (false, true)] {
                let count = |query: &str| {
                    let asked = typed(query).coarse(coarse).event_named(named);
                    backend.count(&asked.question).unwrap().passages
                };
                assert_eq!(count(filter) + count(&format!("-{filter}")), whole, "{filter} {coarse} {named}");
            }
        }
        let known = backend.count(&typed("event:1000..").question).unwrap().passages;
        let unknown = backend.count(&typed("event:unknown").question).unwrap().passages;
        assert_eq!(known + unknown, whole);
    });
}

fn by_kind(backend: &dyn Backend, asked: &Asked) -> EventCounts {
    let found = kinds(backend, asked);
    EventCounts::by(|kind| {
        let paths: Vec<&String> = found
            .iter()
            .filter(|(_, event)| event.as_ref().is_some_and(|(k, _)| *k == kind))
            .map(|(id, _)| id)
            .collect();
        let articles: std::collections::BTreeSet<_> = paths.iter().map(|id| id.split('#').next()).collect();
        Counts { passages: paths.len() as u64, articles: articles.len() as u64 }
    })
}

#[test]
fn totals_facets_and_timelines_say_how_many_of_each_kind_exactly() {
    ARCHIVE.each(|backend| {
        let asked = typed("shells event:2025-05-09");
        let Totals { events, passages, .. } = totals(backend, &asked);
        let events = events.unwrap();
        assert_eq!(events, by_kind(backend, &asked));
        let sum: u64 = EventKind::ALL.into_iter().map(|kind| events.of(kind).passages).sum();
        assert!(sum == passages && EventKind::ALL.into_iter().all(|kind| events.of(kind).passages > 0), "{events:?}");
        assert_eq!(totals(backend, &typed("shells")).events, None);

        let by_day = |value: &str| {
            let days = bounds_from_filter(value).unwrap();
            let asked = narrowed(&typed("shells"), Filter::Date(DateKind::Event, days));
            let found = totals(backend, &asked);
            (Counts { passages: found.passages, articles: found.articles }, found.events.unwrap())
        };
        for unit in [TimeUnit::Day, TimeUnit::Month, TimeUnit::Year] {
            let ask = FacetAsk { unit: Some(unit), ..FacetAsk::of(FacetField::Date) };
            for count in facet(backend, &typed("shells"), &ask).values {
                let counts = Counts { passages: count.passages, articles: count.articles };
                assert_eq!((counts, count.events.unwrap()), by_day(&count.value), "{}", count.value);
            }
            let timeline = backend.timeline(&typed("shells").question, DateKind::Event, unit).unwrap();
            for bucket in timeline.buckets {
                let found = by_day(&bucket.days.to_string());
                assert_eq!((bucket.counts, bucket.events.unwrap()), found, "{}", bucket.days);
            }
        }
        let named = typed("shells").event_named(true);
        let timeline = backend.timeline(&named.question, DateKind::Event, TimeUnit::Day).unwrap();
        let events = timeline.events.unwrap();
        assert_eq!((events.carried.passages, events.published.passages), (0, 0));
        assert!(timeline.undated.passages > 3, "{timeline:?}");
        let published = backend.timeline(&typed("shells").question, DateKind::Published, TimeUnit::Day).unwrap();
        assert!(published.events.is_none() && published.buckets.iter().all(|bucket| bucket.events.is_none()));
    });
}

#[test]
fn the_order_of_events_goes_by_the_days_that_filters_go_by() {
    ARCHIVE.each(|backend| {
        let order = |asked: &Asked| -> Vec<String> {
            let mut paths: Vec<String> = hits(backend, &asked.clone().sort(Sort::Event).limit(None))
                .0
                .into_iter()
                .map(|hit| hit.article.path)
                .collect();
            paths.dedup();
            paths
        };
        let asked = typed("officials");
        assert_eq!(order(&asked)[0], "other.txt");
        assert_eq!(order(&asked).last().unwrap(), "undated.txt");
        let later = order(&asked).iter().position(|path| path == "later.txt");
        assert!(later < order(&asked).iter().position(|path| path == "undated.txt"));
        assert_eq!(order(&asked.clone().event_named(true))[..2], ["other.txt", "named.txt"]);
    });
}

#[test]
fn bug_since_2005_in_an_undated_article_answered_for_the_first_of_january() {
    let engines = Engines::of(&[
        ("since.txt", "The border has been closed since 2005, officials said.\n"),
        ("month.txt", "The road has been mined since March 2014, officials said.\n"),
        ("until.txt", "The harbour was shut until 1999, officials said.\n"),
        ("dated.txt", "---\ndate: 2006-03-01\n---\nThe mill has stood still since 2005, officials said.\n"),
    ]);
    assert!(engines.typed("event:2005-01-01").is_empty());
    assert!(engines.typed("event:2014-03-01").is_empty() && engines.typed("event:1999").is_empty());
    assert!(engines.typed("event:2005").is_empty(), "fourteen months are longer than a year");
    assert_eq!(engines.typed("event:2005..2006"), ["dated.txt"], "as far as publication bounds it");
    assert_eq!(engines.typed("event:2016.."), ["month.txt", "since.txt"]);
    assert_eq!(engines.typed("event:..1990"), ["until.txt"]);
    let coarse = typed("event:2016-07-01").coarse(true);
    assert_eq!(engines.paths(&coarse), ["month.txt", "since.txt"]);
    engines.each(|backend| {
        for unit in [TimeUnit::Day, TimeUnit::Year] {
            let timeline = backend.timeline(&typed("").question, DateKind::Event, unit).unwrap();
            assert!(timeline.buckets.is_empty() && timeline.coarser.passages == 4, "{timeline:?}");
            let ask = FacetAsk { unit: Some(unit), ..FacetAsk::of(FacetField::Date) };
            assert!(facet(backend, &typed(""), &ask).values.is_empty());
        }
    });
}

#[test]
fn adding_articles_changes_no_match_of_another() {
    let one = ("a.txt", "---\ndate: 2025-05-10\n---\nShells fell on the market, officials said.\n");
    let others = [
        ("b.txt", "---\ndate: 2024-01-01\n---\n# 1 May 2025\n\nShells fell.\n\nHours later it was calm.\n"),
        ("c.txt", "Shells fell on 9 May 2025. Meanwhile the mill burned.\n"),
    ];
    let alone = Archive::of(&[one]);
    let all = Archive::of(&[one, others[0], others[1]]);
    let (alone, all) = (Engines::over(alone), Engines::over(all));
    for query in
        ["event:2025-05-09", "event:2025-05-01", "event-named:2025-05-09", "-event:2025-05-09", "event:unknown"]
    {
        let matches = |engines: &Engines| engines.typed(query).contains(&"a.txt".to_owned());
        assert_eq!(matches(&alone), matches(&all), "{query}");
    }
}

#[test]
fn bug_a_hit_that_passed_no_filter_by_date_was_said_to_pass_by_publication() {
    ARCHIVE.each(|backend| {
        for hit in hits(backend, &typed("event:1990 OR mill")).0 {
            assert_eq!((hit.matched.date, hit.matched.event), (None, None), "{}", hit.article.path);
        }
    });
}
