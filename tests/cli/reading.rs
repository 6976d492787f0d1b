//! What is read of an archive, from outside: columns of tables by name, and what may not reach a terminal or a spreadsheet.

use std::path::Path;

use tempfile::TempDir;

use crate::{dateline, lines, stderr, stdout};

const TABLE: &str = "released,who,heading,account\n\
    2025-05-11,The Valley Post,Drones over Udhampur,\"Drones were seen over Udhampur, India, at night.\"\n";

fn with_table() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("export.csv"), TABLE).unwrap();
    folder
}

const MAP: [&str; 8] =
    ["--map", "text=account", "--map", "date=released", "--map", "title=heading", "--map", "source=who"];

fn only_hit(folder: &Path) -> serde_json::Value {
    let run = dateline(folder, &["search", "--archive", ".", "drones", "--json"]);
    let hits: Vec<_> = lines(&run).into_iter().filter(|l| l["type"] == "hit").collect();
    assert_eq!(hits.len(), 1, "{}", stderr(&run));
    hits[0].clone()
}

#[test]
fn columns_of_a_table_are_named_by_map_and_kept_for_later_runs() {
    let folder = with_table();
    let run = dateline(folder.path(), &["inspect", "export.csv"]);
    assert!(stderr(&run).contains("--map text=COLUMN"), "{}", stderr(&run));
    let run = dateline(folder.path(), &[&["inspect", "export.csv", "--json"], &MAP[..]].concat());
    let article = &lines(&run)[0];
    assert_eq!(article["title"], "Drones over Udhampur", "{}", stderr(&run));
    assert_eq!(article["published"]["date"], "2025-05-11");

    let run = dateline(folder.path(), &[&["index", "."], &MAP[..]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let hit = only_hit(folder.path());
    assert_eq!(hit["article"]["source"], "The Valley Post");
    assert_eq!(hit["article"]["published"], "2025-05-11");

    let run = dateline(folder.path(), &["index", "."]);
    assert!(stdout(&run).starts_with("nothing has changed"), "{}", stdout(&run));
    assert_eq!(only_hit(folder.path())["article"]["title"], "Drones over Udhampur");

    let run = dateline(folder.path(), &["index", ".", "--map", "text=account"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert_eq!(only_hit(folder.path())["article"]["title"], "", "another map replaces the one before");

    let run = dateline(folder.path(), &["index", ".", "--rebuild"]);
    assert!(stdout(&run).contains("the index holds 0 articles"), "{}", stdout(&run));
}

#[test]
fn a_map_goes_before_the_archive_file() {
    let folder = with_table();
    let rules = "[[files]]\npath = \"*.csv\"\nmap = { text = \"heading\", source = \"who\" }\n";
    std::fs::write(folder.path().join("dateline.toml"), rules).unwrap();
    std::fs::create_dir(folder.path().join(".dateline")).unwrap();
    let run = dateline(folder.path(), &["inspect", "export.csv", "--json", "--map", "text=account"]);
    let article = &lines(&run)[0];
    assert_eq!(article["text"], "Drones were seen over Udhampur, India, at night.", "{}", stderr(&run));
    assert_eq!(article["source"], "The Valley Post");
}

#[test]
fn a_map_that_names_no_field_is_wrong_usage() {
    let folder = with_table();
    for (map, said) in [("story", "write FIELD=COLUMN"), ("body=story", "`body` is no field of an article")] {
        let run = dateline(folder.path(), &["index", ".", "--map", map]);
        assert_eq!(run.status.code(), Some(2));
        assert!(stderr(&run).contains(said), "{}", stderr(&run));
    }
    assert!(!folder.path().join(".dateline").exists());
}
