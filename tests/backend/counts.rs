//! The count beside a value is the count of a search filtered by it.

use std::collections::{BTreeMap, BTreeSet};

use dateline::index::Backend;
use dateline::model::answer::{Counts, FacetAsk, FacetCount, FacetField, FacetScope, FacetTable, TimeCounts, Totals};
use dateline::model::days::{DayRangeBounds, TimeUnit};
use dateline::model::question::{DateKind, Filter};
use dateline::query::days::{bounds_from_filter, days_from_filter};

use super::Engines;
use crate::support::archive::{Archive, Asked, facet, filter, hits, long_text, narrowed, totals, typed};

const FIELDS: [(FacetField, Option<TimeUnit>); 11] = [
    (FacetField::Country, None),
    (FacetField::Region, None),
    (FacetField::Place, None),
    (FacetField::Source, None),
    (FacetField::Language, None),
    (FacetField::Date, Some(TimeUnit::Year)),
    (FacetField::Date, Some(TimeUnit::Month)),
    (FacetField::Date, Some(TimeUnit::Day)),
    (FacetField::Published, Some(TimeUnit::Year)),
    (FacetField::Published, Some(TimeUnit::Month)),
    (FacetField::Published, Some(TimeUnit::Day)),
];

fn filter_by(field: FacetField, value: &str) -> Filter {
    match field {
        FacetField::Country => Filter::Country(value.parse().unwrap()),
        FacetField::Region => Filter::Region(value.to_owned()),
        FacetField::Place => Filter::Place(value.parse().unwrap()),
        FacetField::Source => Filter::Source(value.to_owned()),
        FacetField::Language => Filter::Language(value.to_owned()),
        FacetField::Date => Filter::Date(DateKind::Event, bounds_from_filter(value).unwrap()),
        FacetField::Published => Filter::Date(DateKind::Published, bounds_from_filter(value).unwrap()),
    }
}

fn agree(count: &FacetCount, totals: Totals) -> bool {
    (count.passages, count.articles) == (totals.passages, totals.articles)
}

/// Holds every count of a query against the search that it stands for; gives how many there were.
fn hold(backend: &dyn Backend, query: &Asked, options: &FacetAsk) -> usize {
    let counts = facet(backend, query, options).values;
    let field = options.field;
    for count in &counts {
        let found = totals(backend, &narrowed(query, filter_by(field, &count.value)));
        assert!(agree(count, found), "{options:?} {:?}\n{count:?}\n{found:?}", query.question);
        assert!(count.passages > 0 && count.articles > 0, "{count:?}");
    }
    let values: BTreeSet<&str> = counts.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(values.len(), counts.len(), "a value stands twice");
    counts.len()
}

#[test]
fn every_count_is_that_of_the_search_it_stands_for() {
    Engines::sample().each(|backend| {
        for (field, unit) in FIELDS {
            let held = hold(backend, &typed(""), &FacetAsk { unit, ..FacetAsk::of(field) });
            assert!(held >= 3, "{field:?} {unit:?}: {held} values");
        }
    });
}

#[test]
fn every_count_under_words_and_filters_is_that_of_the_search_it_stands_for() {
    // Thousands of days answer coarsely; a scan for each would take minutes.
    let [embedded, plain] = Engines::sample().all();
    let coarse = typed("ceasefire OR truce").coarse(true);
    let flagged = typed("")
        .filters(vec![filter("region:\"Southern Asia\""), filter("lang:en")])
        .excludes(vec![filter("country:LK")]);
    let mut held = 0;
    for query in [typed("army -police"), typed("ceasefire lang:en date:1990..2010"), coarse, flagged] {
        for (field, unit) in FIELDS {
            let ask = FacetAsk { unit, ..FacetAsk::of(field) };
            held += hold(embedded, &query, &ask);
            assert_eq!(facet(embedded, &query, &ask), facet(plain, &query, &ask), "{ask:?} {:?}", query.question);
        }
    }
    assert!(held > 200, "{held}");
}

#[test]
fn what_a_filter_leaves_out_of_a_facet_would_have_counted_nothing() {
    Engines::sample().each(|backend| {
        let query = typed("ceasefire");
        for field in [FacetField::Country, FacetField::Region, FacetField::Place, FacetField::Source] {
            let all = facet(backend, &typed(""), &FacetAsk::of(field)).values;
            let some = facet(backend, &query, &FacetAsk::of(field)).values;
            let named: BTreeSet<&str> = some.iter().map(|c| c.value.as_str()).collect();
            let silent: Vec<_> = all.iter().filter(|c| !named.contains(c.value.as_str())).collect();
            assert!(!silent.is_empty() || field == FacetField::Source, "{field:?}");
            for count in silent {
                let found = totals(backend, &narrowed(&query, filter_by(field, &count.value)));
                assert_eq!(found.passages, 0, "{field:?} {}", count.value);
            }
        }
    });
}

#[test]
fn a_limit_gives_the_first_values_and_how_many_there_are() {
    Engines::sample().each(|backend| {
        for field in [FacetField::Country, FacetField::Place, FacetField::Date] {
            let counted = |limit| facet(backend, &typed(""), &FacetAsk { limit, ..FacetAsk::of(field) });
            let (all, some) = (counted(None), counted(Some(3)));
            assert!(all.values.len() > 3 && all.all == all.values.len(), "{field:?}");
            assert_eq!((some.values.as_slice(), some.all), (&all.values[..3], all.all), "{field:?}");
        }
    });
}

#[test]
fn counts_below_a_value_are_those_of_the_whole() {
    Engines::sample().each(|backend| {
        let query = typed("");
        let year = days_from_filter("1999").unwrap();
        for (field, under) in [
            (FacetField::Country, FacetScope::Region("western-asia".to_owned())),
            (FacetField::Place, FacetScope::Country("IN".parse().unwrap())),
            (FacetField::Date, FacetScope::Days(year)),
            (FacetField::Published, FacetScope::Days(year)),
        ] {
            let mut options = FacetAsk { under: Some(under), ..FacetAsk::of(field) };
            if let Some(FacetScope::Region(name)) = &mut options.under {
                *name = dateline::geo::gazetteer::region::region_named("Western Asia").unwrap().code.to_owned();
            }
            let below = facet(backend, &query, &options).values;
            let whole = facet(backend, &query, &FacetAsk::of(field)).values;
            assert!(!below.is_empty(), "{field:?}");
            if matches!(field, FacetField::Country | FacetField::Place) {
                assert!(below.len() < whole.len(), "{field:?}");
            } else {
                assert!(below.iter().all(|c| c.value.starts_with("1999-")), "{below:?}");
            }
            if field != FacetField::Place {
                hold(backend, &query, &options);
            }
        }
    });
}

#[test]
fn counts_with_claims_are_those_of_the_search_with_claims() {
    Engines::sample().each(|backend| {
        let query = typed("").claims(true);
        hold(backend, &query, &FacetAsk::of(FacetField::Country));
        hold(backend, &query, &FacetAsk::of(FacetField::Region));
    });
}

#[test]
fn every_timeline_counts_what_its_search_finds() {
    Engines::sample().each(|backend| {
        for query in [typed(""), typed("ceasefire OR truce"), typed("army lang:en region:\"Western Asia\"")] {
            let all = totals(backend, &query);
            for kind in [DateKind::Event, DateKind::Published] {
                for unit in [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year] {
                    let Ok(timeline) = backend.timeline(&query.question, kind, unit) else {
                        panic!("{kind:?} {unit:?}")
                    };
                    assert_eq!(
                        (timeline.total.passages, timeline.total.articles),
                        (all.passages, all.articles),
                        "{kind:?} {unit:?}"
                    );
                    for pair in timeline.buckets.windows(2) {
                        assert_eq!(pair[0].days.to.plus(1), pair[1].days.from, "{kind:?} {unit:?}: a gap");
                    }
                    if let [first, .., last] = timeline.buckets.as_slice() {
                        assert!(first.counts.passages > 0 && last.counts.passages > 0);
                    }
                    let undated = totals(backend, &narrowed(&query, Filter::DateUnknown(kind)));
                    assert_eq!(
                        (timeline.undated.passages, timeline.undated.articles),
                        (undated.passages, undated.articles)
                    );
                    if kind == DateKind::Published {
                        // Each passage has one publication: it falls in one bucket, or is undated, or coarser.
                        let sum: u64 = timeline.buckets.iter().map(|b| b.counts.passages).sum();
                        assert!(sum + timeline.undated.passages + timeline.coarser.passages >= all.passages);
                    }
                }
            }
        }
    });
}

#[test]
fn a_bucket_counts_what_a_plain_scan_counts() {
    let mut files = Vec::new();
    for n in 0..24 {
        let (month, day) = (1 + n % 3, 1 + n);
        let body = format!(
            "---\ndate: 2025-0{}-{:02}\n---\nShells fell on the harbour on {day} {} 2024, officials said in report {n}.\n",
            1 + n % 4,
            1 + n,
            ["January", "February", "March"][month - 1],
        );
        files.push((format!("{n}.txt"), body, (month, day)));
    }
    let archive = Archive::new();
    files.iter().for_each(|(path, body, _)| archive.write(path, body));
    archive.index();
    Engines::over(archive).each(|backend| {
        let scanned = |by: &dyn Fn(&dateline::model::answer::Hit) -> Option<dateline::model::days::DayRange>| {
            let mut counts: BTreeMap<_, Counts> = BTreeMap::new();
            for hit in hits(backend, &typed("")).0 {
                let bucket = by(&hit).and_then(|days| days.from.month()).unwrap();
                let counts = counts.entry(bucket).or_default();
                counts.passages += 1;
                counts.articles += 1;
            }
            counts
        };
        let drawn = |kind| {
            let timeline = backend.timeline(&typed("").question, kind, TimeUnit::Month).unwrap();
            timeline.buckets.into_iter().map(|b| (b.days, b.counts)).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(drawn(DateKind::Published), scanned(&|h| h.article.published.map(|(days, _)| days)));
        assert_eq!(drawn(DateKind::Event), scanned(&|h| h.passage.dates.first().and_then(|d| d.days)));
        assert_eq!(drawn(DateKind::Event).len(), 3);
        assert_eq!(drawn(DateKind::Published).len(), 4);
    });
}

/// Forty reports from two countries, one of them printed by three papers, one other with a word of its own.
fn reports() -> Engines {
    let report = |n: usize| {
        let place = ["Khartoum", "Omdurman", "Kyiv", "Kharkiv"][n % 4];
        let own = if n == 17 { "The ferry was lost. " } else { "" };
        let day = n % 28 + 1;
        format!(
            "---\ntitle: Report {n}\nsource: Paper {}\ndate: 2024-03-{day:02}\n---\n\
             {}Shells fell on {place} on {day} March 2024, report {n} said. {own}",
            n % 5,
            long_text(6, "convoy")
        )
    };
    let mut files: Vec<(String, String)> = (0..40).map(|n| (format!("{n}.txt"), report(n))).collect();
    for paper in ["Herald", "Post"] {
        files.push((format!("{paper}.txt"), report(17).replacen("Paper 2", paper, 1)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Engines::of(&files)
}

#[test]
fn counts_hold_whether_few_passages_match_or_most() {
    reports().each(|backend| {
        let (few, most) = (totals(backend, &typed("ferry")), totals(backend, &typed("convoy")));
        assert!(few.passages == 1 && most.passages > 80, "{few:?} {most:?}");
        for query in ["ferry", "convoy", "", "-ferry"] {
            for (field, unit) in FIELDS {
                assert!(
                    hold(backend, &typed(query), &FacetAsk { unit, ..FacetAsk::of(field) }) > 0,
                    "{query} {field:?}"
                );
            }
            let counts = backend.count(&typed(query).question).unwrap();
            let found = totals(backend, &typed(query));
            assert_eq!((counts.passages, counts.articles), (found.passages, found.articles), "{query}");
        }
    });
}

#[test]
fn bug_a_region_with_a_code_of_two_letters_was_labelled_as_an_unknown_country() {
    Engines::of(&[("a.txt", "Officials in Geneva and in Paris, France, spoke.\n")]).each(|backend| {
        let counts = facet(backend, &typed(""), &FacetAsk::of(FacetField::Region)).values;
        let union = counts.iter().find(|count| count.value == "eu").unwrap();
        assert_eq!(
            (union.label.as_str(), union.path.as_slice()),
            ("European Union", &["European Union".to_owned()][..])
        );
    });
}

/// Holds every cell of a table by time against the search that it stands for; gives how many there were.
fn hold_table(backend: &dyn Backend, query: &Asked, field: FacetField, kind: DateKind, unit: TimeUnit) -> usize {
    let ask = FacetAsk { limit: Some(4), ..FacetAsk::of(field) };
    let table = backend.facet_by_time(&query.question, &ask, kind, unit).unwrap();
    let alone = facet(backend, query, &ask);
    assert_eq!(
        table.rows.iter().map(|row| row.value.clone()).collect::<Vec<_>>(),
        alone.values,
        "the rows of the facet"
    );
    assert_eq!(table.all, alone.all);
    let mut held = 0;
    let rows = table.rows.iter().map(|row| (Some(filter_by(field, &row.value.value)), &row.time));
    for (filter, time) in rows.chain([(None, &table.total)]) {
        let row = filter.map_or_else(|| query.clone(), |filter| narrowed(query, filter));
        let counts = |asked: &Asked| backend.count(&asked.question).unwrap();
        assert_eq!(counts(&row), time.total, "{field:?} {kind:?} {unit:?}");
        assert_eq!(counts(&narrowed(&row, Filter::DateUnknown(kind))), time.undated, "{field:?} {kind:?} {unit:?}");
        for cell in time.cells.iter().step_by(13) {
            let bucket = DayRangeBounds { from: Some(cell.days.from), to: Some(cell.days.to) };
            let asked = narrowed(&row, Filter::Date(kind, bucket));
            assert_eq!(counts(&asked), cell.counts, "{field:?} {kind:?} {:?} {:?}", cell.days, query.question);
            held += 1;
        }
        assert!(time.cells.windows(2).all(|pair| pair[0].days.to < pair[1].days.from), "in order, each once");
        assert!(time.cells.iter().all(|cell| cell.counts.passages > 0));
    }
    held
}

#[test]
fn every_cell_of_a_table_by_time_is_the_count_of_the_search_it_stands_for() {
    let embedded = Engines::sample().all()[0];
    let mut held = 0;
    for query in [typed(""), typed("ceasefire OR truce"), typed("army -police lang:en")] {
        for field in
            [FacetField::Country, FacetField::Region, FacetField::Place, FacetField::Source, FacetField::Language]
        {
            for (kind, unit) in [
                (DateKind::Event, TimeUnit::Month),
                (DateKind::Published, TimeUnit::Year),
                (DateKind::Event, TimeUnit::Day),
            ] {
                held += hold_table(embedded, &query, field, kind, unit);
            }
        }
    }
    assert!(held > 150, "{held}");
}

#[test]
fn a_table_by_time_is_the_same_in_every_engine() {
    let [embedded, plain] = Engines::sample().all();
    for query in [
        typed("").claims(true),
        typed("army OR police"),
        typed("ceasefire event:1990..2000"),
        typed("truce").coarse(true),
    ] {
        for field in [FacetField::Country, FacetField::Region, FacetField::Place, FacetField::Source] {
            let ask = FacetAsk::of(field);
            for (kind, unit) in [
                (DateKind::Event, TimeUnit::Quarter),
                (DateKind::Published, TimeUnit::Week),
                (DateKind::Either, TimeUnit::Year),
            ] {
                let table = |backend: &dyn Backend| backend.facet_by_time(&query.question, &ask, kind, unit).unwrap();
                let (one, other) = (table(embedded), table(plain));
                assert_eq!(one, other, "{field:?} {kind:?} {unit:?} {:?}", query.question);
                assert!(!one.rows.is_empty(), "{field:?} {kind:?} {unit:?} {:?}", query.question);
            }
        }
    }
}

#[test]
fn what_a_table_by_time_leaves_out_of_its_buckets_is_counted_beside_them() {
    let report = |said: &str| format!("Shells fell on Khartoum {said}, officials said.\n");
    let engines = Engines::of(&[
        ("may.txt", &report("on 3 May 2024")),
        ("two.txt", &report("on 3 May 2024 and on 4 July 2024")),
        ("border.txt", &report("from 28 May to 3 June 2024")),
        ("year.txt", &report("in 2019")),
        ("none.txt", &report("once")),
        ("elsewhere.txt", "Rain fell on Lahore on 3 May 2024.\n"),
    ]);
    engines.each(|backend| {
        let ask = FacetAsk { limit: Some(1), ..FacetAsk::of(FacetField::Country) };
        let table = |query: &str| {
            backend.facet_by_time(&typed(query).question, &ask, DateKind::Event, TimeUnit::Month).unwrap()
        };
        let cells = |time: &TimeCounts| -> Vec<(String, u64)> {
            time.cells.iter().map(|cell| (cell.days.to_string(), cell.counts.articles)).collect()
        };
        let named = |cells: &[(&str, u64)]| -> Vec<(String, u64)> {
            cells.iter().map(|(days, articles)| ((*days).to_owned(), *articles)).collect()
        };
        let whole = table("");
        assert_eq!((whole.rows.len(), whole.all), (1, 2), "a limit of one of two countries");
        let sudan = &whole.rows[0];
        assert_eq!((sudan.value.value.as_str(), sudan.value.articles, sudan.time.total.articles), ("SD", 5, 5));
        // As a search for June would find it, what reaches into June counts there too.
        assert_eq!(cells(&sudan.time), named(&[("2024-05", 3), ("2024-06", 1), ("2024-07", 1)]));
        assert_eq!((sudan.time.coarser.articles, sudan.time.undated.articles), (1, 1));
        assert_eq!((whole.total.total.articles, cells(&whole.total)[0].1), (6, 4), "all matches, of whatever country");
        // Of the days asked for, and no others.
        let may = table("event:2024-05");
        assert_eq!(cells(&may.rows[0].time), named(&[("2024-05", 3)]));
        assert_eq!((may.rows[0].time.coarser, may.rows[0].time.undated), Default::default());
        let dates =
            backend.facet_by_time(&typed("").question, &FacetAsk::of(FacetField::Date), DateKind::Event, TimeUnit::Day);
        assert!(matches!(dates, Err(dateline::Error::Usage(_))));
        let nothing =
            backend.facet_by_time(&typed("zeppelins").question, &ask, DateKind::Event, TimeUnit::Day).unwrap();
        assert_eq!(nothing, FacetTable::default());
    });
}
