//! What is read of an archive, from outside: columns of tables by name, and what may not reach a terminal or a spreadsheet.

use std::path::Path;

use tempfile::TempDir;

use crate::support::files::pdf_of_objects;
use crate::support::program::{dateline, lines, program, stderr, stdout};

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

/// A font without its descendants, on which the crate for PDF panics.
const PANICKING_PDF: &[&str] = &[
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
    "<< /Length 44 >>\nstream\nBT /F1 12 Tf 72 700 Td (The bridge is) Tj ET\nendstream",
];

#[test]
fn a_panic_is_said_of_its_file_in_one_line_and_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), pdf_of_objects(PANICKING_PDF, "")).unwrap();
    std::fs::write(folder.path().join("b.txt"), "The bridge near Bakhmut is open.").unwrap();
    // Without pdftotext.
    let run = program().args(["index", "."]).current_dir(folder.path()).env("PATH", "").output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(stdout(&run).contains("the index holds 1 article"), "{}", stdout(&run));
    let said = stderr(&run);
    assert!(said.starts_with("dateline: a.pdf: a PDF that cannot be read: its reader broke down on it\n"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn nothing_of_a_file_reaches_the_terminal_as_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let name = "red\u{1b}[31m\u{202e}txt.jsonl";
    let text = "{\"title\":\"=1+1\",\"text\":\"Bakhmut \\u001b]0;owned\\u0007 and \\u202e reversed.\"}\n{bad\n";
    std::fs::write(folder.path().join(name), text).unwrap();
    for arguments in [
        &["index", "."][..],
        &["search", "bakhmut"],
        &["status"],
        &["inspect", name],
        &["search", "bakhmut", "--format", "csv"],
    ] {
        let run = dateline(folder.path(), arguments);
        for out in [stderr(&run), stdout(&run)] {
            assert!(!out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {out:?}");
        }
        if arguments.contains(&"csv") {
            assert!(stdout(&run).contains(",'=1+1,"), "{}", stdout(&run));
        }
    }
}
