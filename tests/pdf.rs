//! PDF by `pdftotext` and by the crate: pages, passwords, scans, and a program that does not do what it should.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::support::reading::read_with;
use dateline::Article;
use dateline::extract::record::Problem;
use dateline::extract::settings::{ExtractSettings, Limits};

/// A PDF with a page for each content stream; `more` goes into its trailer.
fn pdf(streams: &[&[u8]], more: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..streams.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), streams.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (n, stream) in streams.iter().enumerate() {
        let contents = 5 + 2 * n;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> \
                 /Contents {contents} 0 R >>"
            )
            .into_bytes(),
        );
        let mut object = format!("<< /Length {} >>\nstream\n", stream.len()).into_bytes();
        object.extend_from_slice(stream);
        object.extend_from_slice(b"\nendstream");
        objects.push(object);
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{n} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend_from_slice(
        format!("{table}trailer\n<< /Size {size} /Root 1 0 R {more} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    out
}

fn page(lines: &[&str]) -> Vec<u8> {
    let lines: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    format!("BT /F1 12 Tf 14 TL 72 700 Td {lines}ET").into_bytes()
}

/// Encrypted with a password, as far as its dictionary says: no key opens it.
fn locked() -> Vec<u8> {
    let key = "<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>";
    let id = "<00112233445566778899aabbccddeeff>";
    let more =
        format!("/ID [{id} {id}] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >>");
    pdf(&[b"\x8a\x13\x99\xc2\x01\x77"], &more)
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
    let first = page(&["The bridge over the river", "is open again."]);
    let third = page(&["Lorries crossed it on Monday."]);
    for (way, settings) in ways() {
        let (articles, problems) = read(&pdf(&[&first, b"", &third], ""), &settings);
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
        let (articles, problems) = read(&pdf(&[b"", b""], ""), &settings);
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
    read(&pdf(&[&page(&["The bridge is open."])], ""), &settings)
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
