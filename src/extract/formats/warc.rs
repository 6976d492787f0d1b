//! WARC: web pages as crawlers save them.
//!
//! The format is a block of headers and so many bytes; the crates for it bring digests, brotli and uuid, and read no HTTP.

use std::io::Read;

use crate::extract::fields::one_line;
use crate::extract::formats::{pdf, text};
use crate::extract::record::{Content, ExtractSettings, Extracted, Format, Out, Problem, RawRecord};
use crate::model::article::Origin;
use crate::time::published_from_field;

/// The most that a compressed page of a record may unpack to. Bytes.
const MAX_PAGE_BYTES: u64 = 64 << 20;

/// The buffer of the brotli decoder. Bytes.
const BROTLI_BUFFER_BYTES: usize = 16 << 10;

/// Names and values of a header block.
#[derive(Debug, Default)]
pub(crate) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads a block up to its empty line: the first line, the headers, and the byte after the block.
    pub fn read(bytes: &[u8]) -> Option<(String, Headers, usize)> {
        let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| (at, 4));
        let lf = memchr::memmem::find(bytes.get(..crlf.map_or(bytes.len(), |c| c.0))?, b"\n\n").map(|at| (at, 2));
        let (end, gap) = lf.or(crlf)?;
        let block = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
        let mut lines = block.lines();
        let first = lines.next()?.trim().to_owned();
        let headers =
            lines.filter_map(|l| l.split_once(':')).map(|(k, v)| (k.trim().to_lowercase(), v.trim().to_owned()));
        Some((first, Headers(headers.collect()), end + gap))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// Whether a record of this kind may hold an article.
    pub fn is_wanted(&self) -> bool {
        matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"))
    }

    /// The length of what follows the block. Bytes.
    pub fn content_length(&self) -> Option<u64> {
        self.get("content-length")?.parse().ok()
    }
}

/// Reads one record: its own header block, then an HTTP answer or a document.
pub(crate) fn read(record: &RawRecord, bytes: &[u8], settings: &ExtractSettings, out: &mut Out) {
    let failed = |reason: String| Extracted::Problem(Problem::failure(&record.path, reason));
    let Some((_, headers, body_at)) = Headers::read(bytes) else {
        return out.push(failed("a WARC record without headers".into()));
    };
    let url = headers.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let mut body = bytes.get(body_at..).unwrap_or(&[]).to_vec();
    let mut content_type = headers.get("content-type").unwrap_or("").to_lowercase();
    if headers.get("warc-type") == Some("response") && content_type.starts_with("application/http") {
        let Some((status, http, at)) = Headers::read(&body) else { return };
        // Redirects and error pages hold no article.
        if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
            return;
        }
        content_type = http.get("content-type").unwrap_or("").to_lowercase();
        body.drain(..at.min(body.len()));
        if http.get("transfer-encoding").is_some_and(|t| t.to_lowercase().contains("chunked"))
            && let Some(whole) = dechunked(&body)
        {
            body = whole;
        }
        let packing = http.get("content-encoding").unwrap_or("").to_lowercase();
        match unpacked(&packing, &body) {
            None => {}
            Some(Ok(whole)) => body = whole,
            // Some crawlers unpack what they save and leave the header as it was.
            Some(Err(_)) if body.trim_ascii_start().starts_with(b"<") => {}
            Some(Err(reason)) => return out.push(failed(format!("{}: {reason}", url.unwrap_or_default()))),
        }
    }
    let inner = RawRecord { content: Content::Bytes(Format::Warc, Vec::new()), ..record.clone() };
    // A page cannot have been published after it was saved.
    let saved = headers.get("warc-date").and_then(|d| published_from_field(d, settings.today).ok());
    let settings = ExtractSettings { today: saved.map_or(settings.today, |d| d.to), ..settings.clone() };
    let before = out.len();
    match content_type.split(';').next().unwrap_or("").trim() {
        "text/html" | "application/xhtml+xml" => {
            let charset = content_type.split_once("charset=").map(|(_, c)| one_line(c.trim_matches(['"', '\''])));
            crate::extract::page::read_at(&inner, body, url.as_deref(), charset.as_deref(), &settings, out);
        }
        "text/plain" => text::read(&inner, body, Format::Text, &settings, out),
        "application/pdf" => pdf::read(&inner, body, &settings, out),
        _ => {}
    }
    for found in out.iter_mut().skip(before) {
        match found {
            Extracted::Article(a) => {
                a.lines_are_files = false;
                if a.url.is_none() && url.is_some() {
                    a.url.clone_from(&url);
                    a.origins.push(("url", Origin::Header));
                }
            }
            Extracted::Problem(p) => p.reason = format!("{}: {}", url.as_deref().unwrap_or("a record"), p.reason),
        }
    }
}

/// A body as it was before the server packed it; `None` where it did not.
fn unpacked(packing: &str, body: &[u8]) -> Option<Result<Vec<u8>, String>> {
    let decoder: Box<dyn Read + '_> = match packing {
        "gzip" | "x-gzip" => Box::new(flate2::read::MultiGzDecoder::new(body)),
        "deflate" => Box::new(flate2::read::ZlibDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, BROTLI_BUFFER_BYTES)),
        "zstd" => match zstd::stream::read::Decoder::new(body) {
            Ok(decoder) => Box::new(decoder),
            Err(e) => return Some(Err(format!("damaged zstd: {e}"))),
        },
        _ => return None,
    };
    let mut whole = Vec::new();
    if let Err(e) = decoder.take(MAX_PAGE_BYTES + 1).read_to_end(&mut whole) {
        return Some(Err(format!("damaged {packing}: {e}")));
    }
    if whole.len() as u64 > MAX_PAGE_BYTES {
        return Some(Err(format!("unpacks to more than {} MB, which is past the limit", MAX_PAGE_BYTES >> 20)));
    }
    Some(Ok(whole))
}

/// A body without its chunk lengths; `None` where it is not chunked after all.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body.get(..body.len().min(64))?)?;
        let line = std::str::from_utf8(body.get(..end)?).ok()?;
        let length = usize::from_str_radix(line.trim().split(';').next()?.trim(), 16).ok()?;
        if length == 0 {
            return Some(whole);
        }
        let rest = body.get(end + 1..)?;
        let Some(chunk) = rest.get(..length) else {
            // Cut off by the crawler: what there is counts.
            whole.extend_from_slice(rest);
            return Some(whole);
        };
        whole.extend_from_slice(chunk);
        body = rest.get(length..)?.trim_ascii_start();
        if body.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunked(b"4\r\nWiki\r\n6;x=1\r\npedia \r\n0\r\n\r\n").unwrap(), b"Wikipedia ");
        assert_eq!(dechunked(b"A\r\nshort"), Some(b"short".to_vec()));
        assert_eq!(dechunked(b"<html>"), None);
    }

    #[test]
    fn a_header_block_ends_at_its_empty_line() {
        let (first, headers, at) =
            Headers::read(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello").unwrap();
        assert_eq!((first.as_str(), headers.content_length(), at), ("WARC/1.0", Some(5), 52));
        assert!(headers.is_wanted());
    }
}
