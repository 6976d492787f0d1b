//! Articles with the same text are one answer that lists its copies.

use dateline::model::answer::{FacetAsk, FacetField};

use super::Engines;
use crate::support::archive::{Archive, facet, filter, hits, long_text, narrowed, totals, typed};

fn article(source: &str, date: &str, text: &str) -> String {
    format!("---\ntitle: From {source}\nsource: {source}\ndate: {date}\n---\n{text}")
}

fn three_copies() -> Engines {
    Engines::over(three_copies_indexed())
}

fn three_copies_indexed() -> Archive {
    let text = long_text(4, "convoy");
    Archive::of(&[
        ("a.txt", &article("Alpha", "2024-03-02", &text)),
        ("b.txt", &article("Beta", "2024-03-01", &text)),
        ("c.txt", &article("Gamma", "2024-04-01", &text)),
        ("other.txt", &article("Alpha", "2024-03-02", "Another convoy was seen on the road. It was a long one.")),
    ])
}

#[test]
fn the_same_text_under_three_names_is_one_answer_that_lists_the_others() {
    three_copies().each(|backend| {
        let (found, totals) = hits(backend, &typed("convoy").per_article(Some(1)));
        assert_eq!((found.len(), totals.articles), (2, 2), "the group and the other");
        let group = found.iter().find(|h| h.article.path != "other.txt").unwrap();
        assert_eq!(group.article.path, "b.txt", "the earliest published stands for all");
        let mut others: Vec<&str> = group.copies.iter().map(|c| c.path.as_str()).collect();
        others.sort_unstable();
        assert_eq!(others, ["a.txt", "c.txt"]);
        assert!(found.iter().find(|h| h.article.path == "other.txt").unwrap().copies.is_empty());
        assert_eq!(backend.status().unwrap().copies, 1);
        assert_eq!(backend.status().unwrap().holdings.sums.articles, 4, "each is in the index");
    });
}

#[test]
fn copies_count_once() {
    three_copies().each(|backend| {
        let once = Archive::of(&[
            ("b.txt", &article("Beta", "2024-03-01", &long_text(4, "convoy"))),
            ("other.txt", &article("Alpha", "2024-03-02", "Another convoy was seen on the road. It was a long one.")),
        ]);
        let (with, without) = (totals(backend, &typed("convoy")), totals(&once.reader(), &typed("convoy")));
        assert!(with.passages > 2);
        assert_eq!((with.passages, with.articles), (without.passages, without.articles));
    });
}

#[test]
fn a_filter_that_only_a_copy_passes_still_finds_it() {
    three_copies().each(|backend| {
        for (source, path, others) in [("gamma", "c.txt", ["a.txt", "b.txt"]), ("alpha", "a.txt", ["b.txt", "c.txt"])] {
            let query = narrowed(&typed("trucks"), filter(&format!("source:{source}"))).per_article(Some(1));
            let (found, totals) = hits(backend, &query);
            assert_eq!(totals.articles, 1, "{source}");
            assert_eq!(found[0].article.path, path);
            let mut copies: Vec<&str> = found[0].copies.iter().map(|c| c.path.as_str()).collect();
            copies.sort_unstable();
            assert_eq!(copies, others, "copies are listed whether they pass or not");
        }
        let april = totals(backend, &typed("trucks pub:2024-04"));
        assert_eq!(april.articles, 1);
    });
}

#[test]
fn each_of_the_copies_sources_counts_the_group() {
    three_copies().each(|backend| {
        let counts = facet(backend, &typed(""), &FacetAsk::of(FacetField::Source)).values;
        let articles: Vec<(&str, u64)> = counts.iter().map(|c| (c.value.as_str(), c.articles)).collect();
        assert_eq!(articles, [("alpha", 2), ("beta", 1), ("gamma", 1)]);
        for count in &counts {
            let found = totals(backend, &typed(&format!("source:{}", count.value)));
            assert_eq!((found.passages, found.articles), (count.passages, count.articles), "{}", count.value);
        }
    });
}

#[test]
fn a_copy_that_leaves_or_changes_is_no_copy_any_more() {
    let archive = three_copies_indexed();
    archive.remove("a.txt");
    archive.write("c.txt", article("Gamma", "2024-04-01", "The convoy has gone, and the road is open again to all."));
    archive.index();
    Engines::over(archive).each(|backend| {
        assert_eq!(backend.status().unwrap().copies, 0);
        let (found, totals) = hits(backend, &typed("convoy").per_article(Some(1)));
        assert_eq!(totals.articles, 3);
        assert!(found.iter().all(|h| h.copies.is_empty()));
    });
}

#[test]
fn the_samples_duplicates_are_one_answer() {
    Engines::sample().each(|backend| {
        let (found, _) = hits(backend, &typed("path:duplicates").per_article(Some(1)));
        let folded: Vec<_> = found.iter().filter(|h| !h.copies.is_empty()).collect();
        assert_eq!((found.len(), folded.len()), (2, 1), "one group and a later version");
        assert_eq!(folded[0].copies.len(), 2);
    });
}
