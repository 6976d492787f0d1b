//! The forms of output: JSON Lines by their schema, CSV, TREC, and nothing that a terminal would obey.

use std::process::Command;

use super::{archive, indexed};
use crate::support::program::{dateline, lines, stderr, stdout};
use crate::support::schema::Schema;

#[test]
fn every_line_of_json_is_as_the_schema_says() {
    let folder = indexed();
    let schema = Schema::read("output.schema.json");
    let hit = lines(&dateline(folder.path(), &["search", "drones", "--json"])).remove(0);
    let id = hit["id"].as_str().unwrap();
    let runs: [&[&str]; 21] = [
        &["search", "drones talks", "--json", "-C", "1", "--explain", "--country", "IN", "--from", "2025-05-10"],
        &["search", "--json", "--limit", "0"],
        &["search", "Udhampur zeppelins bridge", "--json"],
        &["search", "title:(drones OR floods) -place:Bremen", "--json"],
        &["similar", id, "--json"],
        &["search", "drones", "--dry-run", "--json"],
        &["facets", "country", "--json"],
        &["facets", "region", "--json"],
        &["facets", "place", "--under", "Southern Asia", "--json"],
        &["facets", "date", "--by", "day", "--json"],
        &["facets", "source", "--json"],
        &["facets", "country", "--by", "month", "--json"],
        &["facets", "source", "--by", "year", "--on", "pub", "--limit", "1", "--json"],
        &["facets", "language", "--by", "week", "--json", "Udhampur"],
        &["search", "drones", "--lag", ">=0", "--json"],
        &["timeline", "--json"],
        &["show", id, "--query", "drones", "--json"],
        &["inspect", "reports.jsonl", "--explain", "--json"],
        &["places", "Kashmir", "--json"],
        &["status", "--files", "--json"],
        &["index", ".", "--json"],
    ];
    for arguments in runs {
        let run = dateline(folder.path(), arguments);
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {}", stderr(&run));
        let found = lines(&run);
        assert!(!found.is_empty(), "{arguments:?}");
        for line in found {
            assert_eq!(schema.complaints(&line), "", "{arguments:?}: {line}");
            assert_eq!(line["schema_version"], 1);
        }
    }
}

#[test]
fn the_schema_refuses_what_is_printed_otherwise() {
    let folder = indexed();
    let schema = Schema::read("output.schema.json");
    let hit = lines(&dateline(folder.path(), &["search", "drones", "--json"])).remove(0);
    assert_eq!(schema.complaints(&hit), "");
    for (field, value) in [
        ("/id", "not an id".into()),
        ("/rank", 0.into()),
        ("/type", "it".into()),
        ("/passage/start", (-1).into()),
        ("/article", serde_json::Value::Null),
    ] {
        let mut other = hit.clone();
        *other.pointer_mut(field).unwrap_or_else(|| panic!("no {field} in {hit}")) = value;
        assert_ne!(schema.complaints(&other), "", "{field} changed");
    }
    let mut other = hit.clone();
    other.as_object_mut().unwrap().remove("score");
    assert_ne!(schema.complaints(&other), "", "score left out");
}

#[test]
fn offsets_of_a_hit_point_at_what_they_name() {
    let folder = indexed();
    let hit = lines(&dateline(folder.path(), &["search", "Udhampur drones", "--json"])).remove(0);
    let text = hit["passage"]["text"].as_str().unwrap();
    let bytes = |span: &serde_json::Value| {
        let end = |name: &str| span[name].as_u64().unwrap() as usize;
        text.get(end("start")..end("end")).expect("a span within the text")
    };
    for highlight in hit["passage"]["highlights"].as_array().unwrap() {
        assert!(["drones", "udhampur"].contains(&bytes(highlight).to_lowercase().as_str()));
    }
    for found in hit["places"].as_array().unwrap().iter().chain(hit["dates"].as_array().unwrap()) {
        assert_eq!(bytes(found), found["text"].as_str().unwrap());
    }
    let night =
        hit["dates"].as_array().unwrap().iter().find(|d| d["text"] == "the night of May 10").expect("the night");
    assert_eq!((&night["from"], &night["to"]), (&"2025-05-10".into(), &"2025-05-11".into()));
}

#[test]
fn the_article_schema_describes_the_records_that_the_tests_use() {
    let schema = Schema::read("article.schema.json");
    for line in super::ARTICLES.lines() {
        assert_eq!(schema.complaints(&serde_json::from_str(line).unwrap()), "", "{line}");
    }
    let fields: Vec<&str> = schema.source["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["id", "title", "text", "date", "source", "url", "language", "byline", "dateline"]);
    // Each field is read under its name: it shows in what `inspect` gives back.
    let folder = tempfile::tempdir().unwrap();
    let record = r#"{"id":7,"title":"T","text":"A text of words.","date":"2024-02-01","source":"S","url":"https://example.org/7","language":"fr","byline":"B","dateline":"PARIS, Feb 1"}"#;
    std::fs::write(folder.path().join("one.jsonl"), record).unwrap();
    let article = lines(&dateline(folder.path(), &["inspect", "one.jsonl", "--json"])).remove(0);
    for (field, value) in [
        ("record", "7"),
        ("title", "T"),
        ("source", "S"),
        ("url", "https://example.org/7"),
        ("language", "fr"),
        ("byline", "B"),
        ("text", "A text of words."),
    ] {
        assert_eq!(article[field], value, "{field}");
    }
    assert_eq!(article["published"]["date"], "2024-02-01");
}

#[test]
fn csv_has_a_header_and_guards_formulas() {
    let folder = archive();
    let record =
        r#"{"title":"=HYPERLINK(\"http://example.org\")","text":"Shells fell on the quay, and nobody was hurt."}"#;
    std::fs::write(folder.path().join("formula.jsonl"), record).unwrap();
    dateline(folder.path(), &["index", "."]);
    let out = stdout(&dateline(folder.path(), &["search", "quay", "--format", "csv"]));
    assert!(out.starts_with("rank,score,id,title,"), "{out}");
    assert!(out.contains(",\"'=HYPERLINK(\"\"http"), "{out}");
}

#[test]
fn a_batch_of_queries_gives_a_run_over_articles() {
    let folder = indexed();
    std::fs::write(folder.path().join("queries.tsv"), "1\tdrones NOT (Udhampur\n2\tbridge water\n").unwrap();
    let run = dateline(folder.path(), &["search", "--queries", "queries.tsv", "--format", "trec"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let out = stdout(&run);
    let rows: Vec<Vec<&str>> = out.lines().map(|l| l.split(' ').collect()).collect();
    assert!(rows.iter().all(|r| r.len() == 6 && r[1] == "Q0" && r[4].parse::<f64>().is_ok()), "{out}");
    assert_eq!(&rows[0][..4], ["1", "Q0", "a-1", "1"]);
    assert!(rows.iter().any(|r| r[0] == "2" && r[2] == "a-3" && r[3] == "1"), "{out}");
}

#[test]
fn nothing_that_a_terminal_would_obey_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"title\":\"Red \\u001b[31malert\\u202e\",\"text\":\"Sirens\\u0007 sounded \\u001b]0;owned\\u0007 in the harbour \\u009b2J tonight.\"}";
    std::fs::write(folder.path().join("evil\u{1b}[2J.jsonl"), record).unwrap();
    dateline(folder.path(), &["index", "."]);
    let obeyed = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    for arguments in [&["search", "sirens"][..], &["status", "--files"], &["search", "\u{1b}[31m("]] {
        let run = dateline(folder.path(), arguments);
        assert!(!stdout(&run).contains(obeyed), "{arguments:?}: {:?}", stdout(&run));
        assert!(!stderr(&run).contains(obeyed), "{arguments:?}: {:?}", stderr(&run));
    }
    assert!(stdout(&dateline(folder.path(), &["search", "sirens"])).contains("harbour"));
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let folder = indexed();
    assert!(!stdout(&dateline(folder.path(), &["search", "drones"])).contains('\u{1b}'));
    let colored = stdout(&dateline(folder.path(), &["--color", "always", "search", "drones"]));
    assert!(colored.contains("\u{1b}[1m\u{1b}[31mDrones"), "{colored:?}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = indexed();
    let line = format!("'{}' search --limit 0 | head -1; '{0}' man | head -1", env!("CARGO_BIN_EXE_dateline"));
    let run = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert!(!run.stdout.is_empty());
}
