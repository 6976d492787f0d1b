//! What passes between opening a file and reading its formats: records on the way in, articles and problems on the way out.

use std::fmt;
use std::sync::Arc;

use crate::extract::header::TableHeader;
use crate::model::article::Article;

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
    pub(crate) fn skip(path: &str, reason: impl fmt::Display) -> Self {
        Problem { path: path.to_owned(), line: None, reason: reason.to_string(), kind: ProblemKind::Skip }
    }

    pub(crate) fn failure(path: &str, reason: impl fmt::Display) -> Self {
        Problem { path: path.to_owned(), line: None, reason: reason.to_string(), kind: ProblemKind::Failure }
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

/// A piece of a file that [`articles_in`](crate::extract::articles_in) can read alone: a line, a row, a message, a page,
/// or a whole document.
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
    Row(Arc<TableHeader>, csv::ByteRecord),
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

/// What a document is, as [`articles_in`](crate::extract::articles_in) tells them apart.
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

/// What the reading of one record gave so far, in order.
#[derive(Debug, Default)]
pub(crate) struct Outcomes(Vec<Extracted>);

impl Outcomes {
    pub fn push_article(&mut self, article: Article) {
        self.0.push(Extracted::Article(Box::new(article)));
    }

    pub fn push_problem(&mut self, problem: Problem) {
        self.0.push(Extracted::Problem(problem));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Those from a position on.
    pub fn tail_mut(&mut self, first: usize) -> &mut [Extracted] {
        self.0.get_mut(first..).unwrap_or_default()
    }

    pub fn into_vec(self) -> Vec<Extracted> {
        self.0
    }
}
