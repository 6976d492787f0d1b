//! TODO(doc)

use crate::archive::archive_file::ArchiveFile;
use crate::model::article::Article;
use crate::model::days::Day;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

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
    Row(Arc<crate::extract::header::Header>, csv::ByteRecord),
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
