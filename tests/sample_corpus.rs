//! The sample archive is what it says it is: our own articles, dated, sourced, and broken only where it means to be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dateline::Article;
use dateline::extract::record::ProblemKind;
use dateline::model::days::{Day, DayRange};

use crate::support::sample::{CORPUS, root};

const BYLINE: &str = "dateline sample corpus";

fn folder_of(article: &Article) -> &str {
    article.path.split('/').next().unwrap_or_default()
}

/// Articles that are read as they should be.
fn whole() -> impl Iterator<Item = &'static Article> {
    CORPUS.articles.iter().filter(|a| folder_of(a) != "broken")
}

fn is_one_of(article: &Article, folders: &[&str]) -> bool {
    folders.contains(&folder_of(article))
}

/// The same without web pages, whose metadata have a test of their own.
fn whole_records() -> impl Iterator<Item = &'static Article> {
    whole().filter(|a| !a.path.ends_with(".html"))
}

/// A row of a folder's README: file, article, conflict and source.
struct Row {
    folder: String,
    file: String,
    article: String,
    conflict: String,
    source: String,
}

fn readme_rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for folder in std::fs::read_dir(root()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        // The index that a user's own run leaves here.
        if folder.file_name().unwrap().to_string_lossy().starts_with('.') {
            continue;
        }
        let readme = std::fs::read_to_string(folder.join("README.md")).expect("every folder says why it is here");
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(readme.lines().nth(2).is_some_and(|why| why.len() > 40), "{name}: no line that says why");
        let table = readme.lines().skip_while(|l| !l.starts_with("| file | article |")).skip(2);
        for line in table.take_while(|l| l.starts_with('|')) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 4, "{name}: {line}");
            rows.push(Row {
                folder: name.clone(),
                file: cells[0].to_owned(),
                article: cells[1].to_owned(),
                conflict: cells[2].to_owned(),
                source: cells[3].to_owned(),
            });
        }
    }
    rows
}

#[test]
fn there_are_enough_articles_conflicts_regions_forms_and_languages() {
    let rows = readme_rows();
    let conflicts: BTreeSet<&str> = rows.iter().map(|r| r.conflict.as_str()).collect();
    let regions: BTreeSet<&str> = rows
        .iter()
        .map(|r| r.folder.as_str())
        .filter(|f| !["ambiguous", "undated", "duplicates", "broken"].contains(f))
        .collect();
    let languages: BTreeSet<&str> = whole().filter_map(|a| a.language.as_deref()).collect();
    let forms: BTreeSet<&str> = whole().filter_map(|a| Path::new(&a.path).extension()?.to_str()).collect();
    assert!(whole().count() >= 66, "{} articles", whole().count());
    assert!(conflicts.len() >= 14, "{conflicts:?}");
    assert!(regions.len() >= 6, "{regions:?}");
    assert_eq!(languages, BTreeSet::from(["ar", "de", "en", "es", "fr", "uk"]));
    assert_eq!(forms, BTreeSet::from(["html", "json", "jsonl", "md", "txt"]));
}

#[test]
fn every_article_is_marked_as_written_for_this_project() {
    for article in CORPUS.articles.iter().filter(|a| !a.path.ends_with(".html")) {
        if article.path == "broken/unclosed-front-matter.md" {
            assert!(article.text.contains("byline: dateline sample corpus"), "kept as text");
            continue;
        }
        assert_eq!(article.byline.as_deref(), Some(BYLINE), "{}", article.path);
        assert!(article.source.as_deref().is_some_and(|s| s.starts_with(BYLINE)), "{}", article.path);
    }
}

#[test]
fn every_article_has_a_title_and_150_to_600_words() {
    for article in whole() {
        let words = article.text.split_whitespace().count();
        assert!((150..=600).contains(&words), "{}: {words} words", article.path);
        assert!(!article.title.is_empty(), "{}", article.path);
        // A web page has no id of its own.
        assert_eq!(article.record.is_none(), article.path.ends_with(".html"), "{}", article.path);
    }
}

#[test]
fn no_article_puts_words_in_quotation_marks() {
    for article in whole() {
        let mark = article.text.find(['"', '“', '”', '„']);
        assert!(mark.is_none(), "{}: at byte {mark:?}", article.path);
    }
}

#[test]
fn every_article_has_a_day_of_publication_between_1990_and_2025_but_the_undated() {
    let years = DayRange::new(Day::from_ymd(1990, 1, 1).unwrap(), Day::from_ymd(2025, 12, 31).unwrap());
    for article in whole_records() {
        let published = article.published.map(|p| p.range);
        if is_one_of(article, &["undated"]) {
            assert_eq!(published, None, "{}", article.path);
            continue;
        }
        let day = published.unwrap_or_else(|| panic!("{}: no date", article.path));
        assert_eq!(day.days(), 1, "{}", article.path);
        assert!(years.contains(day), "{}: {day}", article.path);
        assert!(article.warnings.is_empty(), "{}: {:?}", article.path, article.warnings);
    }
}

#[test]
fn a_file_name_that_begins_with_a_day_gives_the_day_of_publication() {
    let mut seen = 0;
    for article in whole_records().filter(|a| !is_one_of(a, &["duplicates"])) {
        let name = article.path.rsplit('/').next().unwrap_or_default();
        if let Some(Ok(day)) = name.get(..10).map(str::parse::<jiff::civil::Date>) {
            assert_eq!(article.published.map(|p| p.range), Some(DayRange::day(day.into())), "{}", article.path);
            seen += 1;
        }
    }
    assert!(seen >= 40, "{seen}");
}

#[test]
fn every_dateline_names_the_day_of_publication_or_the_day_before() {
    let mut seen = 0;
    for article in
        whole_records().filter(|a| a.language.as_deref() == Some("en") && !is_one_of(a, &["undated", "duplicates"]))
    {
        let line = article.dateline.clone().unwrap_or_else(|| article.text.trim_start().to_owned());
        let head = line.split(" —").next().unwrap_or_default();
        assert!(head.len() < 90, "{}: no dateline in {head:?}", article.path);
        let published = article.published.unwrap().range.from;
        let agrees = [published, published.plus(-1)].iter().any(|day| {
            let date = day.date().unwrap();
            head.ends_with(&format!(", {} {}", date.strftime("%B"), date.day()))
        });
        assert!(agrees, "{}: {head:?} and {published}", article.path);
        seen += 1;
    }
    assert!(seen >= 100, "{seen}");
}

#[test]
fn every_article_stands_in_its_folders_readme_with_a_public_source() {
    let rows = readme_rows();
    let mut told: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &rows {
        assert!(row.source.len() >= 12 && row.conflict.len() >= 4, "{}/{}: {}", row.folder, row.file, row.source);
        *told.entry((format!("{}/{}", row.folder, row.file), row.article.clone())).or_default() += 1;
    }
    assert!(told.values().all(|n| *n == 1), "an article is listed twice");
    for article in &CORPUS.articles {
        let listed = match &article.record {
            Some(record) => told.contains_key(&(article.path.clone(), record.clone())),
            None => told.keys().any(|(path, _)| *path == article.path),
        };
        assert!(listed, "{} {:?}: in no README", article.path, article.record);
    }
    let skipped: BTreeSet<_> = CORPUS.skipped.iter().collect();
    let folders: BTreeSet<_> = rows.iter().map(|r| r.folder.clone()).collect();
    assert!(folders.iter().all(|f| skipped.contains(&format!("{f}/README.md"))), "{skipped:?}");
    assert_eq!(skipped.len(), folders.len() + 1, "READMEs alone are left out: {skipped:?}");
}

#[test]
fn the_duplicates_are_three_copies_and_a_later_version() {
    let texts: BTreeMap<&str, String> = whole()
        .filter(|a| is_one_of(a, &["duplicates"]))
        .map(|a| (a.record.as_deref().unwrap(), a.text.trim().to_owned()))
        .collect();
    assert_eq!(texts.len(), 4);
    assert_eq!(texts["du-truce-1"], texts["du-truce-2"]);
    assert_eq!(texts["du-truce-1"], texts["du-truce-3"]);
    assert_ne!(texts["du-truce-1"], texts["du-truce-later"]);
}

#[test]
fn the_broken_files_and_no_others_are_reported_each_with_its_reason() {
    let mut found: Vec<(&str, ProblemKind, Option<u64>)> =
        CORPUS.problems.iter().map(|p| (p.path.as_str(), p.kind, p.line)).collect();
    found.sort_unstable_by_key(|f| f.0);
    let mut paths: Vec<&str> = found.iter().map(|f| f.0.split("!/").next().unwrap()).collect();
    paths.dedup();
    assert_eq!(
        paths,
        [
            "broken/bad-line.jsonl",
            "broken/empty.txt",
            "broken/photograph.txt",
            "broken/truncated.json",
            "broken/truncated.jsonl.gz"
        ],
        "{:#?}",
        CORPUS.problems
    );
    for (path, kind, line) in found {
        // A picture under the name of a text may be known for what it is.
        let skips = ["broken/empty.txt", "broken/photograph.txt"].contains(&path);
        assert_eq!(kind == ProblemKind::Skip, skips, "{path}");
        assert!(path != "broken/bad-line.jsonl" || line == Some(2), "{path}: line {line:?}");
    }
    assert!(CORPUS.problems.iter().all(|p| !p.reason.is_empty()));
}

#[test]
fn what_can_be_read_of_the_broken_files_is_read() {
    let broken: BTreeMap<&str, &Article> = CORPUS
        .articles
        .iter()
        .filter(|a| folder_of(a) == "broken")
        .map(|a| (a.record.as_deref().unwrap_or(&a.path), a))
        .collect();
    let names: Vec<&str> = broken.keys().copied().collect();
    assert_eq!(
        names,
        ["br-bentalha-1997", "br-ledra-2008", "br-sukhumi-1993", "broken/unclosed-front-matter.md"],
        "the records on both sides of the bad line, the text with a wrong date, the text under an open front matter"
    );
    let wrong_date = broken["br-bentalha-1997"];
    assert!(wrong_date.published.is_none());
    assert!(wrong_date.warnings.iter().any(|w| w.contains("1997-09-31")), "{:?}", wrong_date.warnings);
    assert!(broken["br-ledra-2008"].published.is_some());
}
