//! Copies are one answer that lists them: a long text wherever it stands, a short one where its day agrees as well.

use dateline::model::answer::{FacetAsk, FacetField};
use dateline::model::days::TimeUnit;
use dateline::model::question::DateKind;

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

/// Reports of these days, headlines and texts, each a file of its own; a day may be left out.
fn reports(reports: &[(&str, &str, &str)]) -> Engines {
    let file = |(n, (day, title, text)): (usize, &(&str, &str, &str))| {
        let day = if day.is_empty() { String::new() } else { format!("date: {day}\n") };
        (format!("{n:02}.md"), format!("---\ntitle: {title}\n{day}---\n{text}\n"))
    };
    let files: Vec<(String, String)> = reports.iter().enumerate().map(file).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Engines::of(&files)
}

/// How many articles answer in search, count, facet and timeline, which must be one number.
fn counted(engines: &Engines, query: &str) -> u64 {
    let mut counts = engines.all().map(|backend| {
        let asked = typed(query);
        let found = totals(backend, &asked).articles;
        assert_eq!(backend.count(&asked.question).unwrap().articles, found);
        let timeline = backend.timeline(&asked.question, DateKind::Published, TimeUnit::Day).unwrap();
        assert_eq!(timeline.total.articles, found);
        let table = backend.facet_by_time(
            &asked.question,
            &FacetAsk::of(FacetField::Language),
            DateKind::Published,
            TimeUnit::Day,
        );
        assert_eq!(table.unwrap().total.total.articles, found);
        found
    });
    counts.sort_unstable();
    assert_eq!(counts[0], counts[1], "the engines differ");
    counts[0]
}

#[test]
fn bug_short_reports_of_ten_days_with_equal_texts_were_one() {
    let days: Vec<String> = (1..=10).map(|n| format!("2024-03-{n:02}")).collect();
    let ten: Vec<_> = days.iter().map(|day| (day.as_str(), "Kharkiv", "Shelling in Kharkiv")).collect();
    let engines = reports(&ten);
    assert_eq!(counted(&engines, "shelling"), 10);
    engines.each(|backend| {
        assert_eq!(backend.status().unwrap().copies, 0);
        let (found, totals) = hits(backend, &typed("shelling"));
        assert!(found.iter().all(|hit| hit.copies.is_empty()));
        assert_eq!(totals.copies, 0);
        let place = facet(backend, &typed("shelling"), &FacetAsk::of(FacetField::Country)).values;
        assert_eq!((place[0].value.as_str(), place[0].articles), ("UA", 10));
    });
}

#[test]
fn bug_rows_of_a_table_with_equal_notes_were_one() {
    let head = "event_id_cnty,event_date,event_type,country,admin1,location,latitude,longitude,notes\n";
    let row = |id: usize, day: usize, lat: &str| {
        format!("UKR{id},{day} March 2024,Explosions,Ukraine,Kharkiv,Kharkiv,{lat},36.25,Shelling in Kharkiv.\n")
    };
    // Ten days, two places of one day, two rows of one place and day, and a row that stands twice.
    let mut table: String = (1..=10).map(|day| row(day, day, "49.98")).collect();
    table += &row(11, 1, "49.90");
    table += &row(12, 1, "49.98");
    let again = format!("{head}{}", row(12, 1, "49.98"));
    let engines = Engines::of(&[("events.csv", &format!("{head}{table}")), ("export/again.csv", &again)]);
    engines.each(|backend| {
        let totals = totals(backend, &typed("shelling"));
        assert_eq!((totals.articles, totals.copies), (12, 1), "the row that stands in two exports is one event");
    });
}

#[test]
fn one_short_text_of_one_day_is_one_report_unless_its_headlines_differ() {
    let text = "The bridge is closed.";
    let engines = reports(&[
        ("2024-03-01", "Bridge closed", text),
        ("2024-03-01", "BRIDGE CLOSED", text),
        ("2024-03-01", "Ferry takes cars", text),
        ("2024-03-02", "Bridge closed", text),
        ("", "Bridge closed", text),
        ("", "Bridge closed", text),
        ("2024-03", "Bridge closed", text),
        ("2024-03", "Bridge closed", text),
    ]);
    // Of a day that is not known, none can be the same; nor of a month.
    assert_eq!(counted(&engines, "bridge"), 7);
    engines.each(|backend| {
        assert_eq!(totals(backend, &typed("bridge")).copies, 1);
        let group: Vec<_> =
            hits(backend, &typed("bridge")).0.into_iter().filter(|hit| !hit.copies.is_empty()).collect();
        assert_eq!((group.len(), group[0].copies.len()), (1, 1));
    });
}

#[test]
fn a_long_text_is_one_report_on_any_day_and_on_none() {
    let words = |n: usize| format!("Quay {}", "word ".repeat(n - 1));
    let (long, short) = (words(60), words(59));
    let of = |text: &str| {
        counted(&reports(&[("2024-03-01", "A", text), ("2024-04-02", "B", text), ("", "C", text)]), "quay")
    };
    assert_eq!((of(&long), of(&short)), (1, 3));
}

#[test]
fn copies_do_not_depend_on_the_order_in_which_files_came() {
    let text = "The bridge is closed.";
    let file = |day: &str, text: &str| format!("---\ntitle: Bridge\ndate: {day}\n---\n{text}\n");
    let archive = Archive::new();
    for (name, day) in [("c.md", "2024-03-02"), ("a.md", "2024-03-01"), ("d.md", "2024-03-01"), ("b.md", "2024-03-02")]
    {
        archive.write(name, file(day, text));
        archive.index();
    }
    archive.write("e.md", file("2024-03-02", "The bridge is open."));
    archive.index();
    archive.write("e.md", file("2024-03-02", text));
    archive.index();
    let grouped = |archive: &Archive| {
        let (found, totals) = hits(&archive.reader(), &typed("bridge"));
        let mut groups: Vec<(String, Vec<String>)> = found
            .into_iter()
            .map(|hit| (hit.article.path, hit.copies.into_iter().map(|copy| copy.path).collect()))
            .collect();
        groups.sort();
        (groups, totals.articles, totals.copies)
    };
    let step_by_step = grouped(&archive);
    assert_eq!((step_by_step.1, step_by_step.2), (2, 3));
    archive.rebuild();
    assert_eq!(grouped(&archive), step_by_step);
}
