//! What every answer keeps to: order and ties, sinks that break or fail, totals, articles by id and by path, errors, threads.

use std::ops::ControlFlow;

use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetField, Hit, Totals};
use dateline::model::article::{ArticleId, RecordKey};
use dateline::model::days::TimeUnit;
use dateline::model::question::{DateKind, Filter, Matching, Page, Question, Sort};
use dateline::{Error, Result};

use super::Engines;
use super::plain::Plain;
use crate::support::archive::{Asked, hits, narrowed, totals, typed};

const fn is_shared_by_threads<T: Send + Sync>() {}
const _: () = is_shared_by_threads::<Box<dyn Backend>>();
const _: () = is_shared_by_threads::<dateline::engine::Reader>();
const _: () = is_shared_by_threads::<Plain>();

const QUERIES: [&str; 6] =
    ["ceasefire", "army OR police", "", "\"prime minister\" talks", "evacuat* lang:en", "date:1999 -title:truce"];

fn identity(hit: &Hit) -> (ArticleId, u32) {
    (hit.article.id, hit.passage.number)
}

#[test]
fn equal_hits_stand_by_article_and_passage() {
    let files: Vec<(String, String)> = (0..12)
        .map(|n| {
            (format!("{n}.txt"), format!("---\ndate: 2024-03-0{}\n---\nThe harbour was shelled once.\n", 1 + n % 2))
        })
        .collect();
    // Copies would be one answer.
    let files: Vec<(&str, String)> =
        files.iter().enumerate().map(|(n, (path, text))| (path.as_str(), text.replace("once", LETTERS[n]))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Engines::of(&files).each(|backend| {
        let ties = |asked: &Asked| {
            let found = hits(backend, asked).0;
            assert_eq!(found.len(), 12);
            let mut ties = 0;
            for pair in found.windows(2) {
                let published = |hit: &Hit| hit.article.published.map(|(days, _)| days);
                let by_day = asked.page.sort != Sort::Relevance;
                if by_day && published(&pair[0]) != published(&pair[1]) || !by_day && pair[0].score > pair[1].score {
                    continue;
                }
                assert!(identity(&pair[0]) < identity(&pair[1]));
                ties += 1;
            }
            ties
        };
        assert!(ties(&typed("harbour")) > 2);
        assert_eq!(ties(&typed("harbour").sort(Sort::Newest)), 10);
        assert_eq!(ties(&typed("").sort(Sort::Oldest)), 10);
    });
}

/// Words of one length that share no stem.
const LETTERS: [&str; 12] = ["aab", "aac", "aad", "aaf", "aag", "aah", "aaj", "aak", "aal", "aam", "aan", "aap"];

#[test]
fn scores_fall_and_equal_ones_stand_by_article_and_passage_in_a_large_archive() {
    Engines::sample().each(|backend| {
        for query in QUERIES.iter().filter(|query| !query.is_empty()) {
            let asked = typed(query).matching(Matching::AllFirst).limit(Some(1000));
            let found = hits(backend, &asked).0;
            for part in found.chunk_by(|a, b| a.missing.is_empty() == b.missing.is_empty()) {
                // Without words there is no relevance, and all scores are equal.
                let has_words = part.iter().any(|hit| hit.score > 0.0);
                for pair in part.windows(2).filter(|_| has_words) {
                    let (one, other) = (&pair[0], &pair[1]);
                    assert!(one.score >= other.score, "{query}");
                    assert!(one.score > other.score || identity(one) < identity(other), "{query}");
                }
            }
            assert!(found.iter().zip(1..).all(|(hit, rank)| hit.rank == rank && hit.score >= 0.0), "{query}");
        }
    });
}

#[test]
fn a_sink_that_breaks_gets_no_more_and_changes_no_total() {
    Engines::sample().each(|backend| {
        let query = typed("ceasefire OR truce");
        let all = totals(backend, &query);
        for wanted in [1, 3] {
            let mut taken = 0;
            let mut sink = |_: Hit| -> Result<ControlFlow<()>> {
                taken += 1;
                Ok(if taken < wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
            };
            let broken = backend.search(&query.question, &query.page, &mut sink).unwrap();
            assert_eq!(taken, wanted);
            assert_eq!((broken.passages, broken.articles, broken.hits), (all.passages, all.articles, wanted));
        }
    });
}

#[test]
fn a_sink_that_fails_ends_the_search_with_its_own_error() {
    Engines::sample().each(|backend| {
        let query = typed("ceasefire OR truce");
        let mut taken = 0;
        let mut sink = |_: Hit| -> Result<ControlFlow<()>> {
            taken += 1;
            match taken {
                1 => Ok(ControlFlow::Continue(())),
                _ => Err(Error::Output(std::io::Error::from(std::io::ErrorKind::BrokenPipe))),
            }
        };
        let failed = backend.search(&query.question, &query.page, &mut sink);
        assert!(matches!(failed, Err(Error::Output(e)) if e.kind() == std::io::ErrorKind::BrokenPipe));
        assert_eq!(taken, 2);
    });
}

#[test]
fn totals_do_not_depend_on_the_page() {
    Engines::sample().each(|backend| {
        for query in QUERIES {
            let asked = typed(query).matching(Matching::AllFirst);
            let counts = backend.count(&asked.question).unwrap();
            let pages = [
                Page::all(),
                Page::default(),
                Page { limit: Some(0), ..Page::default() },
                Page { offset: 7, limit: Some(2), per_article: None, ..Page::default() },
                Page { per_article: Some(1), sort: Sort::Event, context: 2, explain: true, ..Page::all() },
                Page { offset: 100_000, ..Page::default() },
            ];
            for page in pages {
                let mut found = Vec::new();
                let totals: Totals = backend.search(&asked.question, &page, &mut found).unwrap();
                assert_eq!((totals.passages, totals.articles), (counts.passages, counts.articles), "{query} {page:?}");
                assert_eq!(totals.hits, found.len());
                assert_eq!(totals.partial, found.iter().filter(|hit| !hit.missing.is_empty()).count());
                assert_eq!(totals.stale, 0);
            }
        }
    });
}

#[test]
fn every_engine_counts_gathers_and_orders_days_alike() {
    let engines = Engines::sample();
    let [embedded, plain] = engines.all();
    for query in QUERIES {
        let found = |backend: &dyn Backend, sort| -> Vec<(ArticleId, u32)> {
            hits(backend, &typed(query).sort(sort)).0.iter().map(identity).collect()
        };
        let mut ranked = (found(embedded, Sort::Relevance), found(plain, Sort::Relevance));
        ranked.0.sort_unstable();
        ranked.1.sort_unstable();
        assert_eq!(ranked.0, ranked.1, "{query}");
        for sort in [Sort::Newest, Sort::Oldest, Sort::Event] {
            assert_eq!(found(embedded, sort), found(plain, sort), "{query} {sort:?}");
        }
        let question = typed(query).question;
        let asks = [FacetField::Region, FacetField::Country, FacetField::Place, FacetField::Date].map(FacetAsk::of);
        assert_eq!(embedded.facets(&question, &asks).unwrap(), plain.facets(&question, &asks).unwrap(), "{query}");
        for kind in [DateKind::Event, DateKind::Published] {
            let timeline = |backend: &dyn Backend| backend.timeline(&question, kind, TimeUnit::Month).unwrap();
            assert_eq!(timeline(embedded), timeline(plain), "{query} {kind:?}");
        }
    }
}

#[test]
fn an_article_is_given_whole_and_in_the_order_of_the_ids() {
    let [embedded, plain] = Engines::sample().all();
    let mut ids: Vec<ArticleId> =
        hits(plain, &typed("").per_article(Some(1))).0.iter().map(|hit| hit.article.id).collect();
    ids.reverse();
    ids.insert(3, ArticleId(7));
    ids.push(ids[0]);
    let (one, other) = (embedded.articles(&ids).unwrap(), plain.articles(&ids).unwrap());
    for ((id, one), other) in ids.iter().zip(&one).zip(&other) {
        assert_eq!(format!("{one:?}"), format!("{other:?}"));
        assert_eq!(one.as_ref().map(|article| article.info.id), Some(*id).filter(|id| *id != ArticleId(7)));
    }
    assert_eq!((one.len(), other.len()), (ids.len(), ids.len()));
    assert!(ids.len() > 100, "{}", ids.len());
}

#[test]
fn an_unknown_id_is_no_article_and_asked_for_alone_not_found() {
    Engines::sample().each(|backend| {
        assert!(backend.articles(&[]).unwrap().is_empty());
        assert!(matches!(backend.articles(&[ArticleId(0), ArticleId(u64::MAX)]).unwrap()[..], [None, None]));
        assert!(
            matches!(backend.article(ArticleId(7)), Err(Error::NotFound(what)) if what.contains("0000000000000007"))
        );
    });
}

#[test]
fn articles_are_found_at_the_whole_path_of_their_file() {
    let wire = r#"{"id":"b","text":"The second report of the day."}
{"id":"a","text":"The first report of the day."}
{"text":"A report without an id of its own."}
"#;
    Engines::of(&[("wire/day.jsonl", wire), ("one.txt", "One report alone.\n"), ("empty.txt", "")]).each(|backend| {
        let at = |path| backend.articles_at(path).unwrap();
        let keys = [RecordKey::Own("a".into()), RecordKey::Own("b".into()), RecordKey::Ordinal(2)];
        let mut ids: Vec<ArticleId> = keys.iter().map(|key| ArticleId::of("wire/day.jsonl", key)).collect();
        ids.sort_unstable();
        assert_eq!(at("wire/day.jsonl"), ids);
        assert_eq!(at("one.txt"), [ArticleId::of("one.txt", &RecordKey::Ordinal(0))]);
        for other in ["day.jsonl", "wire", "wire/", "one", "empty.txt", "", "*"] {
            assert_eq!(at(other), [], "{other}");
        }
    });
}

#[test]
fn several_facets_at_once_are_those_asked_for_one_by_one() {
    Engines::sample().each(|backend| {
        let question = typed("army OR police").question;
        let asks = [
            FacetAsk::of(FacetField::Source),
            FacetAsk { limit: Some(2), ..FacetAsk::of(FacetField::Place) },
            FacetAsk { unit: Some(TimeUnit::Month), ..FacetAsk::of(FacetField::Date) },
            FacetAsk::of(FacetField::Source),
        ];
        let together = backend.facets(&question, &asks).unwrap();
        assert_eq!(together.len(), asks.len());
        for (ask, counts) in asks.iter().zip(&together) {
            assert_eq!(&backend.facets(&question, std::slice::from_ref(ask)).unwrap(), std::slice::from_ref(counts));
            assert!(!counts.values.is_empty());
        }
        assert!(backend.facets(&question, &[]).unwrap().is_empty());
    });
}

/// Whether every way to ask this question fails in the same way.
fn fails(backend: &dyn Backend, question: &Question, is_kind: fn(&Error) -> bool) -> bool {
    let mut sink = Vec::new();
    let errors = [
        backend.search(question, &Page::default(), &mut sink).err(),
        backend.rank_articles(question, 10).err(),
        backend.count(question).err(),
        backend.facets(question, &[FacetAsk::of(FacetField::Country)]).err(),
        backend.timeline(question, DateKind::Event, TimeUnit::Year).err(),
    ];
    sink.is_empty() && errors.iter().all(|error| error.as_ref().is_some_and(is_kind))
}

#[test]
fn a_question_that_cannot_be_answered_is_refused_by_its_kind_in_every_call() {
    Engines::sample().each(|backend| {
        for query in ["the~1", "army OR the~1", "al-Shabab~1", "-al-Shabab~1 army", "\"a b c d e f g h i\"~5"] {
            assert!(fails(backend, &typed(query).question, |e| matches!(e, Error::Query(_))), "{query}");
        }
        for glob in ["[", "a[b", "{a,b"] {
            let asked = narrowed(&typed("army"), Filter::Path(format!("{glob}*")));
            assert!(fails(backend, &asked.question, |e| matches!(e, Error::Usage(_))), "{glob}");
        }
    });
}

#[test]
fn many_threads_ask_one_backend_at_once() {
    Engines::sample().each(|backend| {
        let answers = |query: &str| {
            let asked = typed(query).matching(Matching::AllFirst).limit(Some(20));
            let (found, totals) = hits(backend, &asked);
            let facets = backend.facets(&asked.question, &[FacetAsk::of(FacetField::Country)]).unwrap();
            let words = backend.suggestions("ceasefrie", 3).unwrap();
            (found.iter().map(identity).collect::<Vec<_>>(), totals, facets, words)
        };
        let alone: Vec<_> = QUERIES.iter().map(|query| answers(query)).collect();
        std::thread::scope(|scope| {
            let ask = |n: usize| {
                let (answers, alone) = (&answers, &alone);
                scope.spawn(move || {
                    (0..QUERIES.len()).all(|q| {
                        let q = (q + n) % QUERIES.len();
                        answers(QUERIES[q]) == alone[q]
                    })
                })
            };
            let threads: Vec<_> = (0..4).map(ask).collect();
            assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        });
    });
}

#[test]
fn articles_are_ranked_by_their_own_ids_and_no_copy_is_left_out() {
    let wire = r#"{"id":"b","text":"The convoy was seen on the road."}
{"id":"a","text":"The convoy was seen on the road."}
{"id":"c","text":"Nothing was seen."}
"#;
    Engines::of(&[("wire.jsonl", wire), ("one.txt", "A convoy of trucks.\n")]).each(|backend| {
        let ranked = backend.rank_articles(&typed("convoy").question, 10).unwrap();
        assert!(ranked.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        let mut ids: Vec<&str> = ranked.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_unstable();
        let one = ArticleId::of("one.txt", &RecordKey::Ordinal(0)).to_string();
        let mut wanted = ["a", "b", one.as_str()];
        wanted.sort_unstable();
        assert_eq!(ids, wanted);
        assert_eq!(backend.rank_articles(&typed("convoy").question, 2).unwrap(), ranked[..2]);
        assert_eq!(backend.rank_articles(&typed("convoy").question, 0).unwrap(), []);
    });
}

#[test]
fn what_an_index_holds_in_sum_is_the_same_in_every_engine() {
    let [embedded, plain] = Engines::sample().all();
    assert_eq!(embedded.holdings(), plain.holdings());
    let (one, other) = (embedded.status().unwrap(), plain.status().unwrap());
    assert_eq!(one.holdings, other.holdings);
    assert_eq!((one.copies, one.manifest.roots), (other.copies, other.manifest.roots));
    assert!(one.copies > 0 && embedded.holdings().languages.len() > 3);
    assert_ne!(embedded.name(), plain.name());
}
