//! Pages, orders and partial matches.

use std::collections::{BTreeSet, HashMap};

use dateline::index::Backend;
use dateline::model::answer::Hit;
use dateline::model::question::{Matching, Sort};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::Engines;
use crate::support::archive::{Asked, filter, hits, long_text, narrowed, paths, sample, totals, typed};

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

/// What the help and the documents say of `--match`, `--limit 0` and `--per-article 0`.
mod left_out {
    use super::*;

    /// Archives of different kinds: one of many languages, one article of many passages among short ones, and copies.
    fn archives() -> Vec<Engines> {
        let long = long_text(12, "convoy");
        let short = |n: usize| format!("The convoy was seen on road {n}. Talks went on at the border post.");
        let files: Vec<(String, String)> = (0..30).map(|n| (format!("{n}.txt"), short(n))).collect();
        let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("long.txt", &long));
        files.push(("copy.txt", &long));
        vec![Engines::of(&files), Engines::of(&[("one.txt", "One convoy and nothing else.")])]
    }

    fn found(backend: &dyn Backend, asked: &Asked) -> Vec<(String, u32, bool)> {
        let key = |hit: Hit| (hit.article.path, hit.passage.number, hit.missing.is_empty());
        hits(backend, asked).0.into_iter().map(key).collect()
    }

    #[test]
    fn the_hits_of_a_limit_are_the_first_of_those_without_one() {
        let own = archives();
        let queries =
            ["convoy", "convoy border", "convoy ceasefire talks", "\"the convoy\" trucks", "", "talks OR trucks"];
        let sample =
            ["ceasefire talks border", "evacuat* civilians lang:en", "army police -truce", "title:truce talks"];
        let asked = own.iter().flat_map(|engines| queries.map(|query| (engines, query)));
        for (engines, query) in asked.chain(sample.map(|query| (Engines::sample(), query))) {
            engines.each(|backend| {
                for matching in [Matching::AllFirst, Matching::All, Matching::Any] {
                    for per_article in [None, Some(1), Some(2)] {
                        let asked = typed(query).matching(matching).per_article(per_article);
                        let all = found(backend, &asked.clone().limit(None));
                        for limit in [1, 2, 3, 10, 50, 300, 100_000] {
                            let some = found(backend, &asked.clone().limit(Some(limit)));
                            assert_eq!(
                                some,
                                all[..limit.min(all.len())],
                                "{query} {matching:?} {per_article:?} {limit}"
                            );
                        }
                    }
                }
            });
        }
    }

    #[test]
    fn bug_no_limit_gave_fewer_hits_than_a_large_one() {
        archives()[0].each(|backend| {
            let asked = typed("convoy border trucks").matching(Matching::AllFirst);
            let (all, most) = (hits(backend, &asked), hits(backend, &asked.clone().limit(Some(300))));
            assert_eq!(all.1, most.1);
            assert!(all.1.passages == 0 && all.1.partial > 30, "{:?}", all.1);
        });
    }

    #[test]
    fn all_leaves_out_what_lacks_a_word_first_puts_it_last_and_any_tells_no_lack() {
        archives()[0].each(|backend| {
            let of = |matching| found(backend, &typed("convoy border").matching(matching));
            let (first, all, any) = (of(Matching::AllFirst), of(Matching::All), of(Matching::Any));
            assert!(all.iter().all(|(_, _, whole)| *whole) && all.len() == 30);
            let (whole, lacking) = first.split_at(all.len());
            assert!(whole == all && !lacking.is_empty() && lacking.iter().all(|(_, _, whole)| !whole));
            assert!(any.iter().all(|(_, _, whole)| *whole));
            let set = |hits: &[(String, u32, bool)]| -> BTreeSet<(String, u32)> {
                hits.iter().map(|(path, number, _)| (path.clone(), *number)).collect()
            };
            assert_eq!(set(&first), set(&any), "the same passages");
            // Counts leave out what lacks a word, save with `any`.
            let counted =
                |matching| backend.count(&typed("convoy border").matching(matching).question).unwrap().passages;
            let counts = [Matching::AllFirst, Matching::All, Matching::Any].map(counted);
            assert_eq!(counts, [all.len() as u64, all.len() as u64, any.len() as u64]);
        });
    }

    #[test]
    fn what_fails_a_filter_a_negation_or_a_title_is_no_partial_match() {
        Engines::of(&[
            ("a.txt", "---\ntitle: Road\nlanguage: en\n---\nThe convoy was seen at the border.\n"),
            ("b.txt", "---\ntitle: Road\nlanguage: en\n---\nThe convoy was seen at the river.\n"),
            ("c.txt", "---\ntitle: Road\nlanguage: fr\n---\nLe convoi: convoy.\n"),
            ("d.txt", "---\ntitle: Rail\nlanguage: en\n---\nThe convoy was seen at the station.\n"),
        ])
        .each(|backend| {
            let asked = |query: &str| {
                let found = found(backend, &typed(query).matching(Matching::AllFirst));
                found.into_iter().map(|(path, ..)| path).collect::<Vec<_>>().concat()
            };
            assert_eq!(asked("convoy border lang:en -station"), "a.txtb.txt");
            let query = narrowed(&typed("convoy border"), filter("lang:fr")).matching(Matching::AllFirst);
            assert_eq!(found(backend, &query).len(), 1);
        });
    }

    #[test]
    fn no_limit_of_an_article_leaves_out_none_of_its_passages() {
        archives()[0].each(|backend| {
            let all = found(backend, &typed("convoy").per_article(None));
            let of = |path: &str, hits: &[(String, u32, bool)]| hits.iter().filter(|(of, ..)| of == path).count();
            assert_eq!(all.len() as u64, totals(backend, &typed("convoy")).passages);
            for most in [1, 2] {
                let some = found(backend, &typed("convoy").per_article(Some(most)));
                // The best of each are left, in the order in which they stood.
                let mut seen: HashMap<&str, usize> = HashMap::new();
                let best = all.iter().filter(|(path, ..)| {
                    let count = seen.entry(path).or_default();
                    *count += 1;
                    *count <= most
                });
                assert!(best.eq(&some) && of("long.txt", &some) + of("copy.txt", &some) == most);
            }
        });
    }
}
