//! PDF by `pdftotext` and by the crate: pages, passwords, scans, and a program that does not do what it should.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::support::files::{pdf_of_pages, pdf_page};
use crate::support::reading::read_with;
use dateline::Article;
use dateline::extract::record::Problem;
use dateline::extract::settings::{ExtractSettings, Limits};

/// Encrypted with a password, as far as its dictionary says: no key opens it.
fn locked() -> Vec<u8> {
    let key = "<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>";
    let id = "<00112233445566778899aabbccddeeff>";
    let more =
        format!("/ID [{id} {id}] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >>");
    pdf_of_pages(&[b"\x8a\x13\x99\xc2\x01\x77"], &more)
}

/// The settings for each way that is to be had here, with its name.
fn ways() -> Vec<(&'static str, ExtractSettings)> {
    let by_crate = ExtractSettings { pdftotext: None, ..ExtractSettings::default() };
    let mut ways = vec![("the crate", by_crate)];
    match ExtractSettings::default() {
        settings if settings.pdftotext.is_some() => ways.push(("pdftotext", settings)),
        _ => eprintln!("skipped for pdftotext, which is not installed (Debian: poppler-utils)"),
    }
    ways
}

fn read(bytes: &[u8], settings: &ExtractSettings) -> (Vec<Article>, Vec<Problem>) {
    read_with("-report (1).pdf", bytes, settings)
}

#[test]
fn pages_are_numbered_and_paragraphs_kept() {
    let first = pdf_page(&["The bridge over the river", "is open again."]);
    let third = pdf_page(&["Lorries crossed it on Monday."]);
    for (way, settings) in ways() {
        let (articles, problems) = read(&pdf_of_pages(&[&first, b"", &third], ""), &settings);
        let [a] = &articles[..] else { panic!("{way}: {problems:?}") };
        assert!(problems.is_empty() && a.warnings.is_empty(), "{way}: {problems:?} {:?}", a.warnings);
        assert!(a.text.starts_with("The bridge over the river\nis open again.\n\nLorries"), "{way}: {:?}", a.text);
        let lorries = a.text.find("Lorries").unwrap();
        assert_eq!(a.pages, [(0, 1), (lorries, 3)], "{way}");
    }
}

#[test]
fn scans_need_ocr_and_locked_documents_a_password() {
    for (way, settings) in ways() {
        let (articles, problems) = read(&pdf_of_pages(&[b"", b""], ""), &settings);
        assert!(articles.is_empty() && problems[0].reason.contains("2 pages without text: it needs OCR"), "{way}");
        let (articles, problems) = read(&locked(), &settings);
        assert!(articles.is_empty(), "{way}");
        assert!(problems[0].reason.contains("encrypted PDF; save it without its password"), "{way}: {problems:?}");
        let (articles, problems) = read(b"%PDF-1.4\nnot much of one", &settings);
        assert!(articles.is_empty() && problems[0].reason.contains("cannot be read"), "{way}: {problems:?}");
    }
}

/// A program in place of `pdftotext` that runs this shell script.
#[cfg(unix)]
fn stand_in(folder: &tempfile::TempDir, script: &str) -> PathBuf {
    let program = folder.path().join("pdftotext");
    // Written by a shell: a file that this process has open for writing, or a program that another test is starting has for
    // a moment longer, cannot be run.
    let write = "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod 755 \"$1\"";
    let written = std::process::Command::new("sh").args(["-c", write, "sh"]).arg(&program).arg(script).status();
    assert!(written.unwrap().success());
    program
}

#[cfg(unix)]
fn read_by(script: &str, limits: Limits) -> (Vec<Article>, Vec<Problem>) {
    let folder = tempfile::tempdir().unwrap();
    let settings = ExtractSettings { pdftotext: Some(stand_in(&folder, script)), limits, ..ExtractSettings::default() };
    read(&pdf_of_pages(&[&pdf_page(&["The bridge is open."])], ""), &settings)
}

#[cfg(unix)]
#[test]
fn a_program_that_does_not_end_is_left_for_the_crate() {
    let limits = Limits { pdf_time: Duration::from_secs(2), ..Limits::default() };
    // The second leaves a process behind that holds its pipes open.
    for script in ["exec sleep 30", "sleep 30 & wait"] {
        let start = Instant::now();
        let (articles, problems) = read_by(script, limits);
        assert!(start.elapsed() < Duration::from_secs(20), "{script}: took {:?}", start.elapsed());
        assert!(problems.is_empty(), "{script}: {problems:?}");
        assert!(articles[0].text.contains("The bridge is open."), "{script}");
        assert!(articles[0].warnings[0].contains("took more than 2 seconds; read by other means"), "{script}");
    }
}

#[cfg(unix)]
#[test]
fn a_program_that_fails_is_left_for_the_crate_and_its_words_are_kept() {
    let (articles, problems) = read_by("echo 'Syntax Error: no such luck' >&2; exit 1", Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    assert!(articles[0].text.contains("The bridge is open."));
    assert_eq!(articles[0].warnings, ["pdftotext: Syntax Error: no such luck; read by other means"]);
}

#[cfg(unix)]
#[test]
fn output_without_end_is_cut_and_said() {
    let limits = Limits { pdf_text_bytes: 1 << 20, ..Limits::default() };
    let (articles, problems) = read_by("yes 'The bridge is open.'", limits);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(articles[0].text.len() <= 1 << 20 && articles[0].text.len() > 1 << 19, "{}", articles[0].text.len());
    assert_eq!(articles[0].warnings, ["only the first 1 MB of its text were taken"]);
}
