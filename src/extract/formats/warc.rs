//! WARC: web pages as crawlers save them.
//!
//! The format is a block of headers and so many bytes; the crates for it bring digests, brotli and uuid, and read no HTTP.

use std::io::Read;

use crate::extract::fields::one_line;
use crate::extract::header_block::HeaderBlock;
use crate::extract::record::{Extracted, Format};
use crate::model::article::Origin;
use crate::model::days::Day;
use crate::time::published_from_field;

/// The most that a compressed page of a record may unpack to. Bytes.
const MAX_PAGE_BYTES: u64 = 64 << 20;

/// The buffer of the brotli decoder. Bytes.
const BROTLI_BUFFER_BYTES: usize = 16 << 10;

/// A document that a crawler saved, with what it noted of it.
pub(crate) struct SavedDocument {
    /// HTML, plain text or PDF.
    pub format: Format,
    /// The document, unpacked.
    pub body: Vec<u8>,
    /// Its address.
    pub url: Option<String>,
    /// The encoding that the server gave.
    pub charset: Option<String>,
    /// The day on which it was saved; `today` where the record does not say.
    pub day: Day,
}

/// The document in one record: its own header block, then an HTTP answer or a document. `None` where there is none of a
/// kind that is read.
///
/// # Errors
/// The reason, for the user, why the record cannot be read.
pub(crate) fn saved_in(bytes: &[u8], today: Day) -> Result<Option<SavedDocument>, String> {
    let Some((_, headers, body_at)) = HeaderBlock::read(bytes) else {
        return Err("a WARC record without headers".into());
    };
    let url = headers.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let mut body = bytes.get(body_at..).unwrap_or(&[]).to_vec();
    let mut content_type = headers.get("content-type").unwrap_or("").to_lowercase();
    if headers.get("warc-type") == Some("response") && content_type.starts_with("application/http") {
        let Some((status, http, at)) = HeaderBlock::read(&body) else { return Ok(None) };
        // Redirects and error pages hold no article.
        if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
            return Ok(None);
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
            Some(Err(reason)) => return Err(format!("{}: {reason}", url.unwrap_or_default())),
        }
    }
    let format = match content_type.split(';').next().unwrap_or("").trim() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        "application/pdf" => Format::Pdf,
        _ => return Ok(None),
    };
    let charset = content_type.split_once("charset=").map(|(_, c)| one_line(c.trim_matches(['"', '\''])));
    let saved = headers.get("warc-date").and_then(|d| published_from_field(d, today).ok());
    Ok(Some(SavedDocument { format, body, url, charset, day: saved.map_or(today, |d| d.to) }))
}

/// Gives what was read of a saved document its address, which a problem's reason begins with.
pub(crate) fn name_source(outcomes: &mut [Extracted], url: Option<&str>) {
    for outcome in outcomes {
        match outcome {
            Extracted::Article(a) => {
                a.lines_are_files = false;
                if a.url.is_none()
                    && let Some(url) = url
                {
                    a.url = Some(url.to_owned());
                    a.origins.push(("url", Origin::Header));
                }
            }
            Extracted::Problem(p) => p.reason = format!("{}: {}", url.unwrap_or("a record"), p.reason),
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
}
