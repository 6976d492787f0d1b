//! From files to articles: one file of this module per format, behind one interface.
//!
//! Reading has two steps, so that one large file keeps several cores busy. [`records_of`] opens a file, goes through what
//! it is packed in (gzip, zstd, zip, tar) and cuts it into [`RawRecord`]s, a line of JSON Lines or a whole web page each: it
//! streams, and needs one thread. [`articles_in`] makes the articles of one record: the costly part, which needs no
//! file and may run on any thread. [`articles_of`] does both. The format is chosen by content first and by suffix second.
//!
//! No input makes these functions panic, and none of them writes or runs anything of the input's.

mod decode;
pub(crate) mod fields;
pub(crate) mod formats;
pub(crate) mod open;
pub(crate) mod page;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::archive::archive_file::ArchiveFile;
use crate::model::article::Article;
use crate::time::Day;

pub use crate::extract::open::cutter::{FileRead, records_in, records_of};

/// What reading is told.
#[derive(Debug, Clone)]
pub struct ExtractSettings {
    /// The archive's `dateline.toml`.
    pub archive: Arc<ArchiveFile>,
    /// How much is read and unpacked at most.
    pub limits: Limits,
    /// The last day that is believed as a publication date.
    pub today: Day,
    /// poppler's `pdftotext`, which is given PDFs on its standard input; `None` has them read by the crate pdf-extract.
    pub pdftotext: Option<PathBuf>,
}

impl Default for ExtractSettings {
    /// No archive file, the usual limits, the clock's day, and `pdftotext` where the `PATH` has it.
    fn default() -> Self {
        ExtractSettings {
            archive: Arc::default(),
            limits: Limits::default(),
            today: Day::latest_today(),
            pdftotext: crate::extract::formats::pdf::installed("pdftotext"),
        }
    }
}

/// How much is read and unpacked at most. What goes past a limit is a [`Problem`] that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest document that is held in memory whole: a page, a line of JSON Lines, a member of a zip. Bytes.
    pub document_bytes: u64,
    /// The most that one file may unpack to. Bytes.
    pub unpacked_bytes: u64,
    /// The most bytes that one packed byte may unpack to, once [`Limits::RATIO_FROM_BYTES`] are unpacked. Text seldom goes
    /// past 20, and no deflate stream past 1,032.
    pub ratio: u64,
    /// How deep containers may lie in each other; a compressed tar counts once.
    pub depth: u32,
    /// The most entries that are read of one container.
    pub entries: u64,
    /// How long one PDF may take: its readers cannot be trusted to come to an end.
    pub pdf_time: Duration,
    /// The most text that is taken from one PDF. Bytes.
    pub pdf_text_bytes: u64,
}

impl Limits {
    /// What a small file may unpack to, whatever the ratio.
    pub const RATIO_FROM_BYTES: u64 = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            document_bytes: 256 << 20,
            unpacked_bytes: 256 << 30,
            ratio: 100,
            depth: 2,
            entries: 10_000_000,
            pdf_time: Duration::from_secs(60),
            pdf_text_bytes: 64 << 20,
        }
    }
}

/// What reading gives: an article, or the reason why there is none.
#[derive(Debug, Clone)]
pub enum Extracted {
    /// An article.
    Article(Box<Article>),
    /// Something that gave no article, or lost a part of one.
    Problem(Problem),
}

/// Why a file, or something in it, gave no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path below the root, with what lies inside a container after `!/`.
    pub path: String,
    /// The line of the file (from 1), where it is known.
    pub line: Option<u64>,
    /// What is wrong and, where there is one, the remedy; lower case, no full stop.
    pub reason: String,
    /// Whether it counts as a failure.
    pub kind: ProblemKind,
}

/// Whether a problem is a failure of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// Empty, or of a kind that is not read: named, and no failure.
    Skip,
    /// Should have been read and was not.
    Failure,
}

impl Problem {
    pub(crate) fn skip(path: &str, reason: impl Into<String>) -> Self {
        Problem { path: path.to_owned(), line: None, reason: reason.into(), kind: ProblemKind::Skip }
    }

    pub(crate) fn failure(path: &str, reason: impl Into<String>) -> Self {
        Problem { path: path.to_owned(), line: None, reason: reason.into(), kind: ProblemKind::Failure }
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

/// A piece of a file that [`articles_in`] can read alone: a line, a row, a message, a page, or a whole document.
#[derive(Debug, Clone)]
pub struct RawRecord {
    /// The path below the root, with what lies inside a container after `!/`.
    pub path: String,
    /// The number of the record below this path, from 0. Where a record holds several articles it is their only one.
    pub ordinal: u64,
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// How far the file itself had been read when this record was cut from it. Bytes; for progress.
    pub read_to: u64,
    pub(crate) content: Content,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// A document of a format, or one record of it.
    Bytes(Format, Vec<u8>),
    /// A row of a table, with its header.
    Row(Arc<crate::extract::formats::table::Header>, csv::ByteRecord),
    /// What could not be cut.
    Problem(Problem),
}

impl RawRecord {
    /// The size in memory, for bounding queues. Bytes.
    pub fn weight(&self) -> usize {
        let content = match &self.content {
            Content::Bytes(_, bytes) => bytes.len(),
            Content::Row(_, row) => row.as_slice().len(),
            Content::Problem(_) => 0,
        };
        content + self.path.len() + size_of::<Self>()
    }
}

/// What a document is, as [`articles_in`] tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    /// A JSON object that is a record, or that holds records in its `data`.
    JsonRecord,
    Feed,
    NewsMl,
    /// A mail message.
    Mail,
    /// DOCX or ODT.
    Office,
    Pdf,
    /// One record of a WARC with its header.
    Warc,
}

/// The articles of one record, in order. Stops early where `sink` breaks.
///
/// A panic within is caught and given as a failure of this record.
pub fn articles_in(
    record: RawRecord,
    settings: &ExtractSettings,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let content = match record.content {
        Content::Problem(problem) => return sink(Extracted::Problem(problem)),
        content => content,
    };
    let record = RawRecord { content: Content::Bytes(Format::Text, Vec::new()), ..record };
    let found = caught(&record, |out| read_content(&record, content, settings, out));
    found.into_iter().try_for_each(sink)
}

/// What `read` gives, and a failure after it where it panics.
fn caught(record: &RawRecord, read: impl FnOnce(&mut Out)) -> Out {
    let mut found = Vec::new();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| read(&mut found))) {
        let what = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        let what = fields::one_line(&what).chars().take(200).collect::<String>();
        let reason = format!("the reader of this format broke down on it ({what}); please report it");
        found.push(Extracted::Problem(Problem::failure(&record.path, reason).at_line(record.line)));
    }
    found
}

fn read_content(record: &RawRecord, content: Content, settings: &ExtractSettings, out: &mut Out) {
    let (format, bytes) = match content {
        Content::Problem(problem) => return out.push(Extracted::Problem(problem)),
        Content::Row(header, row) => return crate::extract::formats::table::read(record, &header, &row, settings, out),
        Content::Bytes(format, bytes) => (format, bytes),
    };
    match format {
        Format::Text | Format::Markdown => crate::extract::formats::text::read(record, bytes, format, settings, out),
        Format::Html => crate::extract::page::read(record, bytes, settings, out),
        Format::JsonRecord => crate::extract::formats::json::read(record, &bytes, settings, out),
        Format::Feed => crate::extract::formats::feed::read(record, bytes, settings, out),
        Format::NewsMl => crate::extract::formats::newsml::read(record, bytes, settings, out),
        Format::Mail => crate::extract::formats::mail::read(record, &bytes, settings, out),
        Format::Office => crate::extract::formats::office::read(record, bytes, settings, out),
        Format::Pdf => crate::extract::formats::pdf::read(record, bytes, settings, out),
        Format::Warc => crate::extract::formats::warc::read(record, &bytes, settings, out),
    }
}

/// All articles of a file, in order: [`records_of`] and [`articles_in`] in one.
///
/// # Errors
/// A [`Problem`] where the file cannot be opened or read.
pub fn articles_of(
    file: &Path,
    relative: &str,
    settings: &ExtractSettings,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) -> Result<FileRead, Problem> {
    records_of(file, relative, settings, &mut |record| articles_in(record, settings, sink))
}

/// Where extractors put what they find.
pub(crate) type Out = Vec<Extracted>;

pub(crate) fn push_article(out: &mut Out, article: Article) {
    out.push(Extracted::Article(Box::new(article)));
}

/// An article with the path, ordinal and line of its record.
pub(crate) fn article_of(record: &RawRecord) -> Article {
    Article {
        path: record.path.clone(),
        ordinal: record.ordinal,
        first_line: u32::try_from(record.line).unwrap_or(u32::MAX),
        ..Article::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_of_its_record_and_what_came_before_stays() {
        let content = Content::Bytes(Format::Text, Vec::new());
        let record = RawRecord { path: "a.txt".into(), ordinal: 0, line: 7, read_to: 0, content };
        let found = caught(&record, |out| {
            push_article(out, article_of(&record));
            panic!("no such {}", "page\n");
        });
        let [Extracted::Article(_), Extracted::Problem(p)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((p.path.as_str(), p.line, p.kind), ("a.txt", Some(7), ProblemKind::Failure));
        assert_eq!(p.reason, "the reader of this format broke down on it (no such page); please report it");
    }
}
