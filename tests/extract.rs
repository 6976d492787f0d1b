//! Reading files of every kind, by the library's own door.

use std::ops::ControlFlow;
use std::path::Path;

use dateline::Article;
use dateline::extract::record::{Extracted, Problem};
use dateline::extract::settings::ExtractSettings;
use dateline::extract::{articles_in, articles_of, records_of};

use crate::support::files::gzip;
use crate::support::reading::read_with;

/// Articles and problems of a file with these bytes.
fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Problem>) {
    read_with(name, bytes, &ExtractSettings::default())
}

#[test]
fn plain_text_is_kept_to_the_byte() {
    let text =
        "Bridge reopens after two weeks\r\n\r\nThe bridge was open again on Monday.\r\n\tIt had been shut.  \r\n";
    let (articles, problems) = read("a.txt", text.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(articles[0].text, text);
    assert_eq!(articles[0].title, "Bridge reopens after two weeks");
    assert_eq!((articles[0].first_line, articles[0].lines_are_files), (1, true));
}

#[test]
fn front_matter_gives_the_fields_and_the_lines_count_from_the_file() {
    let file = "---\ntitle: Bridge reopens\ndate: 2024-03-04\nsource: Example Desk\nlanguage: en-GB\nid: b7\n---\n\nThe bridge was open.\n";
    let (articles, _) = read("a.md", file.as_bytes());
    let a = &articles[0];
    assert_eq!(a.text, "\nThe bridge was open.\n");
    assert_eq!((a.first_line, a.lines_are_files), (8, true));
    assert_eq!(a.record.as_deref(), Some("b7"));
    assert_eq!(
        (a.title.as_str(), a.source.as_deref(), a.language.as_deref()),
        ("Bridge reopens", Some("Example Desk"), Some("en"))
    );
    assert_eq!(a.published.unwrap().range.to_string(), "2024-03-04");
}

#[test]
fn a_bad_line_of_json_lines_is_named_and_the_others_are_read() {
    let file = "{\"id\":\"x\",\"text\":\"First.\"}\n{\"text\":\n\n[1]\n{\"text\":\"Last.\"}";
    let (articles, problems) = read("a.jsonl", file.as_bytes());
    let texts: Vec<_> = articles.iter().map(|a| (a.text.as_str(), a.first_line, a.ordinal)).collect();
    assert_eq!(texts, [("First.", 1, 0), ("Last.", 5, 3)]);
    let lines: Vec<_> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [Some(2), Some(4)]);
}

#[test]
fn records_can_be_parsed_apart_from_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let lines: String = (0..1000).map(|n| format!("{{\"id\":{n},\"text\":\"Report {n}.\"}}\n")).collect();
    std::fs::write(&file, &lines).unwrap();
    let settings = ExtractSettings::default();
    let mut records = Vec::new();
    let read = records_of(&file, "a.jsonl", &settings, &mut |r| {
        records.push(r);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((read.bytes, read.stopped), (lines.len() as u64, false));
    assert_eq!(read.hash, xxhash_rust::xxh3::xxh3_128(lines.as_bytes()));
    let ids: Vec<_> = records
        .into_iter()
        .rev()
        .flat_map(|r| {
            let mut ids = Vec::new();
            let _ = articles_in(r, &settings, &mut |found| {
                if let Extracted::Article(a) = found {
                    ids.push(a.record.clone().unwrap());
                }
                ControlFlow::Continue(())
            });
            ids
        })
        .collect();
    assert_eq!((ids.len(), ids[0].as_str()), (1000, "999"));
}

#[test]
fn a_sink_that_breaks_ends_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    std::fs::write(&file, "{\"text\":\"a\"}\n".repeat(50_000)).unwrap();
    let mut seen = 0;
    let read = articles_of(&file, "a.jsonl", &ExtractSettings::default(), &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert!(read.stopped && seen == 3);
}

#[test]
fn json_is_read_as_one_record_as_an_array_and_as_an_answer() {
    for (json, count) in [
        ("{\n \"title\": \"A\",\n \"text\": \"One.\"\n}\n", 1),
        ("[{\"text\":\"One.\"},\n{\"text\":\"Two.\"}]", 2),
        ("{\"data\":[{\"fields\":{\"title\":\"A\",\"body\":\"One.\"}},{\"fields\":{\"title\":\"B\"}}]}", 2),
        ("{\"response\":{\"docs\":[{\"headline\":\"A\",\"body\":\"One.\"}]}}", 1),
    ] {
        let (articles, problems) = read("a.json", json.as_bytes());
        assert_eq!((articles.len(), problems.len()), (count, 0), "{json}");
    }
}

#[test]
fn a_packed_page_is_read() {
    let page = "<!doctype html><title>Bridge reopens</title><article><p>The bridge was open.</p><p>It had been shut.</p></article>";
    let (articles, problems) = read("a.html.gz", &gzip(page.as_bytes()));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(articles[0].title, "Bridge reopens");
    assert_eq!(articles[0].text, "The bridge was open.\n\nIt had been shut.");
}

#[test]
fn the_archive_file_fills_what_a_file_does_not_say() {
    let rules = "[[files]]\npath = \"*.txt\"\nsource = \"Example Desk\"\ndate = \"2024-03\"\n";
    let archive = dateline::archive::archive_file::ArchiveFile::parse(rules, Path::new("dateline.toml")).unwrap();
    let settings = ExtractSettings { archive: archive.into(), ..ExtractSettings::default() };
    let (articles, _) = read_with("a.txt", b"---\nsource: Own\n---\nThe bridge was open.\n", &settings);
    assert_eq!(articles[0].source.as_deref(), Some("Own"));
    assert_eq!(articles[0].published.unwrap().range.to_string(), "2024-03");
}
