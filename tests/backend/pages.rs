//! Pages, orders and partial matches.

use std::collections::{BTreeSet, HashMap};

use dateline::index::Backend;
use dateline::model::answer::Hit;
use dateline::model::question::{Matching, Sort};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::Engines;
use crate::support::archive::{Asked, hits, long_text, paths, sample, totals, typed};

const QUERIES: [&str; 8] = [
    "ceasefire",
    "ceasefire talks border",
    "army OR police",
    "",
    "region:\"Southern Asia\"",
    "\"prime minister\" talks",
    "evacuat* civilians lang:en",
    "date:1999 bridge",
];

fn key(hit: &Hit) -> (String, u32) {
    (hit.article.id.to_string(), hit.passage.number)
}

#[test]
fn scores_and_order_do_not_depend_on_the_size_of_the_page() {
    Engines::sample().each(|backend| {
        for text in QUERIES.iter().chain(&["direct talks between militaries", "hotline generals drones Samba"]) {
            let query = typed(text).per_article(None);
            let scores = |limit| {
                let (found, _) = hits(backend, &query.clone().limit(Some(limit)));
                found.iter().map(|hit| (key(hit), hit.score.to_bits())).collect::<Vec<_>>()
            };
            let whole = scores(60);
            for limit in [1, 3, 10] {
                assert_eq!(scores(limit)[..], whole[..limit.min(whole.len())], "{text}, {limit}");
            }
        }
    });
}

/// Holds pages of so many hits against the whole.
fn pages_join(backend: &dyn Backend, query: &Asked, limit: usize) -> Result<(), TestCaseError> {
    let (whole, whole_totals) = hits(backend, &query.clone().limit(Some(100_000)));
    prop_assert_eq!(whole_totals.hits, whole.len());
    let distinct: BTreeSet<_> = whole.iter().map(key).collect();
    prop_assert_eq!(distinct.len(), whole.len(), "a passage stands twice");
    let mut joined = Vec::new();
    loop {
        let (page, page_totals) = hits(backend, &query.clone().limit(Some(limit)).offset(joined.len()));
        prop_assert_eq!((page_totals.passages, page_totals.articles), (whole_totals.passages, whole_totals.articles));
        prop_assert!(page.len() <= limit);
        let last = page.len() < limit;
        joined.extend(page);
        if last || joined.len() > 4 * limit + 60 {
            break;
        }
    }
    for (n, (a, b)) in joined.iter().zip(&whole).enumerate() {
        prop_assert_eq!(a.rank, n + 1);
        prop_assert_eq!(key(a), key(b), "at {}", n);
        prop_assert_eq!(&a.missing, &b.missing);
    }
    if let Some(most) = query.page.per_article {
        let mut shown: HashMap<String, usize> = HashMap::new();
        for hit in &whole {
            let count = shown.entry(hit.article.id.to_string()).or_default();
            *count += 1;
            prop_assert!(*count <= most);
        }
    }
    let complete = whole.iter().take_while(|h| h.missing.is_empty()).count();
    prop_assert!(whole[complete..].iter().all(|h| !h.missing.is_empty()), "partial matches come last");
    prop_assert!(query.question.matching == Matching::AllFirst || complete == whole.len());
    if query.page.sort == Sort::Relevance && query.question.expr.is_some() {
        for part in [&whole[..complete], &whole[complete..]] {
            prop_assert!(part.windows(2).all(|w| w[0].score >= w[1].score));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_join_to_the_whole_without_repeats(
        which in 0..QUERIES.len(),
        limit in 1usize..40,
        per_article in prop::option::of(1usize..4),
        matching in prop::sample::select(vec![Matching::AllFirst, Matching::All, Matching::Any]),
        sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Event]),
    ) {
        let query = typed(QUERIES[which]).per_article(per_article).matching(matching).sort(sort);
        for backend in Engines::sample().all() {
            pages_join(backend, &query, limit)?;
        }
    }
}

#[test]
fn partial_matches_follow_and_name_what_they_lack() {
    let engines = Engines::of(&[
        ("both.txt", "The ceasefire held along the border, said monitors who had been there."),
        ("first.txt", "The ceasefire was broken twice, said monitors who had been there."),
        ("second.txt", "The border was closed to lorries, said drivers who had been there."),
        ("none.txt", "Nothing was said of anything by anyone on that day in the hills."),
    ]);
    engines.each(|backend| {
        let query = typed("ceasefire border");
        let (first, totals_first) = hits(backend, &query.clone().matching(Matching::AllFirst).limit(Some(10)));
        assert_eq!(first[0].article.path, "both.txt");
        assert!(first[0].missing.is_empty());
        let lacking: Vec<(&str, &[String])> =
            first[1..].iter().map(|h| (h.article.path.as_str(), h.missing.as_slice())).collect();
        assert_eq!(lacking.len(), 2);
        assert!(lacking.contains(&("first.txt", &["border".to_owned()])), "{lacking:?}");
        assert!(lacking.contains(&("second.txt", &["ceasefire".to_owned()])), "{lacking:?}");
        assert_eq!((totals_first.passages, totals_first.partial, totals_first.hits), (1, 2, 3));

        let full = query.clone().matching(Matching::AllFirst).limit(Some(1));
        assert_eq!(hits(backend, &full).0.len(), 1, "a page that complete matches fill has no others");
        assert_eq!(paths(backend, &query), ["both.txt"]);
        let any = query.matching(Matching::Any);
        assert_eq!(paths(backend, &any), ["both.txt", "first.txt", "second.txt"]);
        let (found, totals_any) = hits(backend, &any);
        assert_eq!((totals_any.passages, totals_any.articles), (3, 3));
        assert!(found.iter().all(|h| h.missing.is_empty()), "any of the words was all that was asked");
    });
}

#[test]
fn one_article_gives_as_many_passages_as_it_may() {
    let engines = Engines::of(&[
        ("long.txt", &long_text(12, "convoy")),
        ("short.txt", "The convoy was seen on the road by nobody but a farmer and his dog."),
    ]);
    engines.each(|backend| {
        let all = totals(backend, &typed("convoy"));
        assert!(all.passages >= 5, "{all:?}");
        for most in [1, 2, 3] {
            let (found, found_totals) = hits(backend, &typed("convoy").per_article(Some(most)));
            assert_eq!(found.len(), most + 1);
            assert_eq!((found_totals.passages, found_totals.articles), (all.passages, 2), "counts do not depend on it");
        }
        assert_eq!(hits(backend, &typed("convoy")).0.len() as u64, all.passages);
    });
}

#[test]
fn passages_around_a_hit_come_with_it_in_order() {
    let engines = Engines::of(&[("long.txt", &long_text(12, "convoy"))]);
    engines.each(|backend| {
        let (found, _) = hits(backend, &typed("convoy").context(1));
        let last = found.iter().map(|h| h.passage.number).max().unwrap();
        for hit in &found {
            let n = hit.passage.number;
            let before: Vec<u32> = hit.before.iter().map(|p| p.number).collect();
            let after: Vec<u32> = hit.after.iter().map(|p| p.number).collect();
            assert_eq!(before, n.checked_sub(1).into_iter().collect::<Vec<_>>());
            assert_eq!(after, (n < last).then_some(n + 1).into_iter().collect::<Vec<_>>());
        }
    });
}

#[test]
fn hits_stand_in_the_order_that_is_asked_for() {
    let engines = Engines::of(&[
        ("a.txt", "---\ndate: 2024-01-10\n---\nThe harbour was shelled on 3 March 2020, a report said.\n"),
        ("b.txt", "---\ndate: 2024-03-10\n---\nThe harbour was shelled on 3 March 1999, a report said.\n"),
        ("c.txt", "The harbour was shelled on 3 March 2010, a report said.\n"),
        ("d.txt", "---\ndate: 2023-12-10\n---\nThe harbour was shelled at some time, a report said.\n"),
    ]);
    engines.each(|backend| {
        let order = |sort, query: &str| {
            let found = hits(backend, &typed(query).sort(sort)).0;
            found.iter().map(|h| h.article.path[..1].to_owned()).collect::<String>()
        };
        assert_eq!(order(Sort::Newest, "harbour"), "badc");
        assert_eq!(order(Sort::Oldest, "harbour"), "dabc");
        assert_eq!(order(Sort::Event, "harbour"), "bcad");
        assert_eq!(order(Sort::Relevance, ""), "badc", "without words the newest come first");
    });
}

#[test]
fn taking_no_more_changes_no_count() {
    Engines::sample().each(|backend| {
        let query = typed("ceasefire OR truce");
        let all = totals(backend, &query);
        let mut taken = 0;
        let broken = backend
            .search(&query.question, &query.page, &mut |_: Hit| {
                taken += 1;
                Ok(std::ops::ControlFlow::Break(()))
            })
            .unwrap();
        assert_eq!(taken, 1);
        assert_eq!((broken.passages, broken.articles, broken.hits), (all.passages, all.articles, 1));
    });
}

#[test]
fn the_same_question_has_the_same_answer() {
    let (archive, _) = sample();
    let query = typed("talks border ceasefire").matching(Matching::AllFirst).limit(Some(50));
    let shown = |hits: Vec<Hit>| hits.iter().map(|h| (key(h), h.score.to_bits())).collect::<Vec<_>>();
    Engines::sample().each(|backend| {
        let first = shown(hits(backend, &query).0);
        assert_eq!(first, shown(hits(backend, &query).0));
        assert!(first.len() > 20);
    });
    let opened_anew = archive.reader();
    assert_eq!(shown(hits(&opened_anew, &query).0), shown(hits(Engines::sample().all()[0], &query).0));
}
