//! What a document is: by its first bytes, and by its suffix where these leave it open.

use crate::extract::header::is_header;
use crate::extract::markup::tag::{end_of_declaration, tag_at};
use crate::extract::record::Format;

/// How much of a document is looked at. Bytes.
pub(crate) const HEAD_BYTES: usize = 16 << 10;

/// What a stream is, before it is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamKind {
    Gzip,
    Zstd,
    Tar,
    Zip,
    /// CSV or TSV with a header.
    Table,
    /// MBOX.
    Mailbox,
    Warc,
    /// JSON Lines: a record a line.
    JsonLines,
    /// JSON values one after the other, or in arrays.
    Json,
    /// One document that is read whole.
    Document(Format),
    /// Nothing in it, or white space only.
    Empty,
    /// Known and not read: what it is, and what to do.
    Unread(&'static str),
}

/// Content that is known by its first bytes and not read.
const UNREAD: &[(&[u8], &str)] = &[
    (b"BZh", "compressed with bzip2, which is not read; unpack it first"),
    (b"\xfd7zXZ\0", "compressed with xz, which is not read; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not read; unpack it first"),
    (b"\x1f\x9d", "compressed with compress (.Z), which is not read; unpack it first"),
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or video (Ogg)"),
    (b"fLaC", "sound (FLAC)"),
    (b"\x1aE\xdf\xa3", "video (Matroska)"),
    (b"\x7fELF", "a program (ELF)"),
    (b"SQLite format 3\0", "a SQLite database"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document (.doc, .xls, .msg), which is not read; save it as .docx",
    ),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"%!PS", "PostScript, which is not read; convert it to PDF"),
    (b"{\\rtf", "RTF, which is not read; save it as .docx or text"),
];

/// What a stream is that begins with `head`; `name` is its path, of which only the suffix counts. `is_whole` tells that
/// the head is all of it.
pub(crate) fn kind_of(head: &[u8], name: &str, is_whole: bool) -> StreamKind {
    if head.starts_with(&[0x1f, 0x8b, 0x08]) {
        return StreamKind::Gzip;
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return StreamKind::Zstd;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08") {
        return StreamKind::Zip;
    }
    if head.get(257..262) == Some(b"ustar") || (is_suffix(name, ".tar") && is_old_tar(head)) {
        return StreamKind::Tar;
    }
    if memchr::memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-")
        .is_some_and(|at| at == 0 || is_suffix(name, ".pdf"))
    {
        return StreamKind::Document(Format::Pdf);
    }
    if head.starts_with(b"WARC/") {
        return StreamKind::Warc;
    }
    if let Some((_, what)) = UNREAD.iter().find(|(magic, _)| head.starts_with(magic)) {
        return StreamKind::Unread(what);
    }
    match head.get(..12) {
        Some([b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P']) => {
            return StreamKind::Unread("an image (WebP)");
        }
        Some([b'R', b'I', b'F', b'F', ..]) => return StreamKind::Unread("sound or video (RIFF)"),
        Some([_, _, _, _, b'f', b't', b'y', b'p', ..]) => return StreamKind::Unread("video or an image (MP4 or HEIF)"),
        _ => {}
    }
    let suffix = suffix_of(name);
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = text.trim_ascii_start();
    if text.is_empty() && is_whole {
        return StreamKind::Empty;
    }
    match text.first() {
        Some(b'{') => {
            if matches!(suffix.as_str(), "jsonl" | "ndjson" | "ldjson") || first_line_is_record(text, is_whole) {
                return StreamKind::JsonLines;
            }
            if is_json_suffix(&suffix) || looks_like_object(text) {
                return StreamKind::Json;
            }
        }
        Some(b'[') if is_json_suffix(&suffix) || looks_like_array(text) => return StreamKind::Json,
        Some(b'<') => match root_of(text).as_deref() {
            Some("rss" | "rdf" | "feed") => return StreamKind::Document(Format::Feed),
            Some("nitf" | "newsitem" | "newsmessage" | "newsml") => return StreamKind::Document(Format::NewsMl),
            _ if looks_like_html(text) => return StreamKind::Document(Format::Html),
            Some(root) if text.starts_with(b"<?xml") || root == "svg" || suffix == "xml" => {
                return StreamKind::Unread("XML of a kind that is not read; RSS, Atom, NITF, NewsML and XHTML are");
            }
            _ => {}
        },
        _ => {}
    }
    let first_line = text.get(..memchr::memchr(b'\n', text).unwrap_or(text.len())).unwrap_or(text).trim_ascii();
    if text.starts_with(b"From ") && (suffix == "mbox" || headers_in(text.get(first_line.len()..).unwrap_or(&[])) >= 2)
    {
        return StreamKind::Mailbox;
    }
    if headers_in(text) >= if suffix == "eml" { 1 } else { 3 } {
        return StreamKind::Document(Format::Mail);
    }
    if is_header(first_line) {
        return StreamKind::Table;
    }
    match suffix.as_str() {
        "js" | "mjs" | "css" | "map" => {
            StreamKind::Unread("a script or a style sheet, as saved pages bring them along")
        }
        "jsonl" | "ndjson" | "ldjson" if !text.contains(&0) => StreamKind::JsonLines,
        "json" if !text.contains(&0) => StreamKind::Json,
        "html" | "htm" | "xhtml" | "shtml" | "mhtml" if text.contains(&b'<') => StreamKind::Document(Format::Html),
        "csv" | "tsv" | "tab" if !text.contains(&0) => StreamKind::Table,
        "md" | "markdown" => StreamKind::Document(Format::Markdown),
        _ => StreamKind::Document(Format::Text),
    }
}

/// The suffix in lower case, without those of compression; empty where there is none.
pub(crate) fn suffix_of(name: &str) -> String {
    let mut name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    for packed in [".gz", ".zst", ".zstd", ".tgz"] {
        if let Some(shorter) = name.strip_suffix(packed) {
            name = shorter.to_owned();
            break;
        }
    }
    name.rsplit_once('.').map_or_else(String::new, |(_, suffix)| suffix.to_owned())
}

fn is_suffix(name: &str, suffix: &str) -> bool {
    name.to_lowercase().ends_with(suffix)
}

/// Whether a header of a tar from before 1988 has a sound checksum.
fn is_old_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..512) else { return false };
    let sum: u64 =
        block.iter().enumerate().map(|(n, b)| if (148..156).contains(&n) { 32 } else { u64::from(*b) }).sum();
    let field = block.get(148..156).unwrap_or(&[]);
    let text = String::from_utf8_lossy(field);
    u64::from_str_radix(text.trim_matches(['\0', ' ']), 8) == Ok(sum) && sum > 256
}

/// The name of the first element in lower case, without its prefix.
fn root_of(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let mut at = 0;
    loop {
        let next = text.get(at..)?.find('<')?;
        at += next;
        match end_of_declaration(&text, at) {
            Some(end) => at = end,
            None => {
                let name = tag_at(&text, at)?.name.to_ascii_lowercase();
                return Some(name.rsplit(':').next().unwrap_or(&name).to_owned());
            }
        }
    }
}

/// How many headers of a mail message the text begins with.
fn headers_in(text: &[u8]) -> usize {
    const KNOWN: &[&str] = &[
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "content-type",
        "delivered-to",
        "reply-to",
        "cc",
        "dkim-signature",
        "x-mailer",
        "content-transfer-encoding",
        "sender",
        "list-id",
        "in-reply-to",
    ];
    let mut found = 0;
    for line in text.trim_ascii_start().split(|b| *b == b'\n').take(60) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { break };
        let name = line.get(..colon).unwrap_or(&[]).to_ascii_lowercase();
        if name.is_empty() || name.iter().any(|b| !(b.is_ascii_alphanumeric() || *b == b'-')) {
            break;
        }
        found += usize::from(KNOWN.iter().any(|k| k.as_bytes() == name));
    }
    found
}

fn is_json_suffix(suffix: &str) -> bool {
    matches!(suffix, "json" | "jsonl" | "ndjson" | "ldjson" | "geojson")
}

/// Whether the first line is a JSON object of its own with another line after it.
fn first_line_is_record(text: &[u8], is_whole: bool) -> bool {
    let Some(end) = memchr::memchr(b'\n', text) else {
        // A line longer than the head: an object of one line is no other thing as JSON Lines than as JSON, but only lines
        // can be streamed.
        return !is_whole && looks_like_object(text);
    };
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
    let next = rest.trim_ascii_start();
    let is_object = serde_json::from_slice::<serde::de::IgnoredAny>(first.trim_ascii()).is_ok();
    is_object && (next.first() == Some(&b'{') || (next.is_empty() && !is_whole))
}

fn looks_like_object(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"{").unwrap_or(text).trim_ascii_start();
    matches!(rest.first(), Some(b'"')) || rest.starts_with(b"}")
}

fn looks_like_array(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
    rest.first() == Some(&b'{') && looks_like_object(rest)
}

/// Whether text that begins with `<` is a web page: it begins like one, or an element of one comes soon.
fn looks_like_html(text: &[u8]) -> bool {
    let lower = text.get(..2048).unwrap_or(text).to_ascii_lowercase();
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return true;
    }
    if lower.starts_with(b"<?xml") && memchr::memmem::find(&lower, b"<html").is_none() {
        return false;
    }
    [&b"<html"[..], b"<head", b"<body", b"<!doctype html", b"<div", b"<article", b"<title>", b"<p>", b"<h1", b"<meta "]
        .iter()
        .any(|tag| memchr::memmem::find(&lower, tag).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(head: &str, name: &str) -> StreamKind {
        kind_of(head.as_bytes(), name, true)
    }

    #[test]
    fn content_goes_before_the_suffix() {
        assert_eq!(kind("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "a.txt"), StreamKind::JsonLines);
        assert_eq!(kind("{\"text\":\"a\"}\n", "a.txt"), StreamKind::Json);
        assert_eq!(kind("[\n {\"text\":\"a\"}]", "a.txt"), StreamKind::Json);
        assert_eq!(kind("<!DOCTYPE html><p>x", "a.txt"), StreamKind::Document(Format::Html));
        assert_eq!(kind("\u{feff}\n<html>", "a"), StreamKind::Document(Format::Html));
        assert_eq!(kind_of(b"\x1f\x8b\x08\0", "a.txt", true), StreamKind::Gzip);
        assert!(matches!(kind_of(b"\x89PNG\r\n\x1a\n", "a.txt", true), StreamKind::Unread(_)));
    }

    #[test]
    fn text_that_only_begins_like_another_format_stays_text() {
        assert_eq!(kind("[Editor's note: corrected]\nText", "a.txt"), StreamKind::Document(Format::Text));
        assert_eq!(kind("{braces} open this text", "a.txt"), StreamKind::Document(Format::Text));
        assert_eq!(kind("<3 is no element", "a.txt"), StreamKind::Document(Format::Text));
    }

    #[test]
    fn the_suffix_decides_where_content_does_not() {
        assert_eq!(kind("Some words\n", "a.MD"), StreamKind::Document(Format::Markdown));
        assert_eq!(kind("Some words\n", "dir.md/a"), StreamKind::Document(Format::Text));
        assert_eq!(kind("broken\n", "a.jsonl.gz"), StreamKind::JsonLines);
        assert_eq!(kind("{\"text\":\"a\"", "a.jsonl"), StreamKind::JsonLines);
        assert_eq!(kind(" \r\n\t ", "a.json"), StreamKind::Empty);
    }
}
