//! One file for each format: from a record to its articles.
//!
//! Uses `page` for web pages and the leaves of `extract` (record, fields, article, decode, header, markup); the files do
//! not know how a record was opened or cut. Used by `extract` alone, through [`read`].

mod feed;
mod json;
mod mail;
mod newsml;
mod office;
mod pdf;
mod table;
mod text;
mod warc;
mod xml;

use crate::extract::page::{self, CrawlNote};
use crate::extract::record::{Content, Format, Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;

/// Reads the articles of a record from its content. The content that `record` itself holds is not looked at.
pub(crate) fn read(record: &RawRecord, content: Content, settings: &ExtractSettings, out: &mut Outcomes) {
    let (format, bytes) = match content {
        Content::Problem(problem) => return out.push_problem(problem),
        Content::Row(header, row) => return table::read(record, &header, &row, settings, out),
        Content::Bytes(format, bytes) => (format, bytes),
    };
    match format {
        Format::Text | Format::Markdown => text::read(record, bytes, format, settings, out),
        Format::Html => page::read(record, bytes, CrawlNote::default(), settings, out),
        Format::JsonRecord => json::read(record, &bytes, settings, out),
        Format::Feed => feed::read(record, bytes, settings, out),
        Format::NewsMl => newsml::read(record, bytes, settings, out),
        Format::Mail => mail::read(record, &bytes, settings, out),
        Format::Office => office::read(record, bytes, settings, out),
        Format::Pdf => pdf::read(record, bytes, settings, out),
        Format::Warc => read_saved(record, &bytes, settings, out),
    }
}

/// Reads the document that a crawler saved in one record of a WARC.
fn read_saved(record: &RawRecord, bytes: &[u8], settings: &ExtractSettings, out: &mut Outcomes) {
    let saved = match warc::saved_in(bytes, settings.today) {
        Ok(Some(saved)) => saved,
        Ok(None) => return,
        Err(reason) => return out.push_problem(Problem::failure(&record.path, reason)),
    };
    // A page cannot have been published after it was saved.
    let settings = ExtractSettings { today: saved.day, ..settings.clone() };
    let before = out.len();
    match saved.format {
        Format::Html => {
            let note = CrawlNote { url: saved.url.as_deref(), charset: saved.charset.as_deref() };
            page::read(record, saved.body, note, &settings, out);
        }
        Format::Pdf => pdf::read(record, saved.body, &settings, out),
        _ => text::read(record, saved.body, Format::Text, &settings, out),
    }
    warc::name_source(out.tail_mut(before), saved.url.as_deref());
}
