//! What is said of the days of events: at each hit, in every form of output, in counts, and of what a filter leaves out.

use tempfile::TempDir;

use crate::support::program::{dateline, lines, stderr, stdout};
use crate::support::schema::Schema;

/// A chronicle, a report of the day after, and one that names another day.
fn indexed() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file in it");
    write(
        "log.md",
        "---\ndate: 2025-06-30\n---\n# 9 May 2025\n\nShells fell on the bridge and on the gate. Nobody crossed.\n\n## Roads\n\nA queue fled the shells.\n",
    );
    write("after.txt", "---\ndate: 2025-05-10\n---\nShells fell on the market, officials said.\n");
    write("other.txt", "---\ndate: 2025-05-09\n---\nShells fell on 2 March 2024, officials said.\n");
    write("since.txt", "Shells have fallen there since 2005.\n");
    let run = dateline(folder.path(), &["index", "."]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    folder
}

#[test]
fn a_hit_says_what_its_day_rests_on_in_every_form_of_output() {
    let folder = indexed();
    let ask = |more: &[&str]| dateline(folder.path(), &[&["search", "shells", "--event", "2025-05-09"], more].concat());
    let text = stdout(&ask(&[]));
    for mark in [
        "event: named (“9 May 2025”)",
        "event: carried (2025-05-09), names no day",
        "event: published (2025-05-10), names no day",
        "3 passages in 2 articles match; event: 1 named, 1 carried, 1 published",
    ] {
        assert!(text.contains(mark), "{mark}\n{text}");
    }
    let explained = stdout(&ask(&["--explain"])).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(explained.contains("event: 2025-05-09, carried from what it stands under or goes on from"), "{explained}");
    let csv = stdout(&ask(&["--format", "csv"]));
    assert!(csv.contains(",event,carried,2025-05-09,") && csv.contains(",published,published,2025-05-10,"), "{csv}");
    let schema = Schema::read("output.schema.json");
    let found = lines(&ask(&["--json"]));
    let mut kinds: Vec<_> = found.iter().filter(|line| line["type"] == "hit").map(|hit| &hit["matched"]).collect();
    kinds.sort_by_key(|matched| matched["event"].to_string());
    let kinds: Vec<_> = kinds.iter().map(|matched| (&matched["event"], &matched["event_days"])).collect();
    assert_eq!(format!("{kinds:?}").matches("2025-05-09").count(), 2, "{kinds:?}");
    for line in &found {
        assert_eq!(schema.complaints(line), "", "{line}");
    }
    let sums = &found.last().unwrap()["events"];
    for kind in ["named", "carried", "published"] {
        assert_eq!(sums[kind]["passages"], 1, "{sums}");
    }
}

#[test]
fn counts_keep_the_kinds_apart() {
    let folder = indexed();
    let schema = Schema::read("output.schema.json");
    let ask = |arguments: &[&str]| stdout(&dateline(folder.path(), arguments));
    let table = ask(&["facets", "date", "shells", "--by", "day"]);
    let row: Vec<&str> =
        table.lines().find(|line| line.starts_with("2025-05-09")).unwrap().split_whitespace().collect();
    assert_eq!(row, ["2025-05-09", "3", "2", "1", "1", "1"], "{table}");
    let table = ask(&["timeline", "shells", "--by", "year"]);
    let row: Vec<&str> = table.lines().find(|line| line.starts_with("2025")).unwrap().split_whitespace().collect();
    assert_eq!(row[..6], ["2025", "3", "2", "1", "1", "1"], "{table}");
    assert!(table.contains("1 passage in 1 article with dates longer than a year"), "since 2005\n{table}");
    let named = ask(&["timeline", "shells", "--by", "year", "--event-named"]);
    assert!(!named.contains("carried") && named.contains("2 passages in 2 articles without known dates"), "{named}");
    assert!(
        ask(&["facets", "date", "--format", "csv"])
            .starts_with("value,label,path,passages,articles,named,carried,published\n")
    );
    assert!(ask(&["facets", "country", "--format", "csv"]).starts_with("value,label,path,passages,articles\n"));
    assert!(ask(&["timeline", "--on", "pub", "--format", "csv"]).starts_with("label,from,to,passages,articles\n"));
    for arguments in
        [&["facets", "date", "--json"][..], &["timeline", "--json"], &["inspect", "log.md", "since.txt", "--json"]]
    {
        for line in lines(&dateline(folder.path(), arguments)) {
            assert_eq!(schema.complaints(&line), "", "{line}");
        }
    }
    let inspected = lines(&dateline(folder.path(), &["inspect", "log.md", "since.txt", "--json"]));
    assert_eq!(inspected[0]["carried"], serde_json::json!([{"passage": 1, "days": ["2025-05-09"]}]));
    assert_eq!(inspected[1]["open_ranges"], serde_json::json!([{"from": "2005-01-01", "to": null, "dates": [0]}]));
}

#[test]
fn one_line_says_what_a_filter_by_event_leaves_out_and_what_to_type() {
    let folder = indexed();
    let said = |arguments: &[&str]| stderr(&dateline(folder.path(), &[&["search", "shells"], arguments].concat()));
    let other = said(&["--event", "2025-05-09"]);
    assert_eq!(
        other,
        "dateline: 1 passage that was published then but names other days is left out; write (event:2025-05-09 OR \
         pub:2025-05-09..2025-05-10) to see it\n"
    );
    let typed = dateline(folder.path(), &["search", "shells (event:2025-05-09 OR pub:2025-05-09..2025-05-10)"]);
    assert!(stdout(&typed).contains("4 passages in 3 articles match"), "{}", stdout(&typed));
    let named = said(&["--event", "2025-05-09", "--event-named"]);
    let expected = "2 passages that name no day are left out; without --event-named they would answer by carried day or publication";
    assert_eq!(named, format!("dateline: {expected}\n"));
    let in_query = said(&["event-named:2025-05-09"]);
    assert!(
        in_query.contains("2 passages") && in_query.contains("as event:2025-05-09 they would answer"),
        "{in_query}"
    );
    assert_eq!(said(&["--event", "2024-03-02"]), "", "nothing was published then");
    assert_eq!(said(&["--pub", "2025-05-09"]), "");
    let facets = dateline(folder.path(), &["facets", "source", "--event", "2025-05-09"]);
    assert!(stderr(&facets).contains("1 passage that was published then"), "{}", stderr(&facets));
}
