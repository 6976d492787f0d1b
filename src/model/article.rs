//! What comes in: an article, and the spans that point into its text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::days::DayRange;

/// A half-open range of bytes of UTF-8, usually into [`Article::text`]; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl ByteSpan {
    /// The span from `start` up to, but without, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        ByteSpan { start, end }
    }

    /// The span's text; empty where the span does not fit `text`, which only a caller's mistake can cause.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly within this span.
    pub const fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: ByteSpan) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span counted from `origin`; `origin` must not lie after the span's start.
    pub const fn relative_to(self, origin: usize) -> Self {
        ByteSpan { start: self.start - origin, end: self.end - origin }
    }
}

impl From<ByteSpan> for Range<usize> {
    fn from(s: ByteSpan) -> Self {
        s.start..s.end
    }
}

/// How an article is known across runs: a hash of its path below the root and its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of the article with this path below its root (with `/` between parts) and this record: the record's own
    /// id, or its ordinal in the file from 0.
    pub fn of(path: &str, record: &RecordKey) -> Self {
        let mut bytes = Vec::with_capacity(path.len() + 16);
        bytes.extend_from_slice(path.as_bytes());
        match record {
            RecordKey::Ordinal(n) => {
                bytes.push(0);
                bytes.extend_from_slice(&n.to_le_bytes());
            }
            RecordKey::Own(id) => {
                bytes.push(1);
                bytes.extend_from_slice(id.as_bytes());
            }
        }
        ArticleId(xxhash_rust::xxh3::xxh3_64(&bytes))
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for ArticleId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        (s.len() == 16 && s.bytes().all(|b| b.is_ascii_hexdigit()))
            .then(|| u64::from_str_radix(s, 16).ok().map(ArticleId))
            .flatten()
            .ok_or(())
    }
}

/// What tells the articles of one file apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RecordKey {
    /// The place of the record in the file, from 0, where it has no id of its own.
    Ordinal(u64),
    /// The record's own id.
    Own(String),
}

/// Where a value of an article came from, as `inspect` and `show` print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field of the record, or a column of the table.
    Record,
    /// YAML front matter.
    FrontMatter,
    /// JSON-LD in a web page.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element.
    TimeElement,
    /// An element whose class or id speaks of a date, a title or an author.
    Markup,
    /// A mail header, a feed entry's field or another format's own metadata.
    Header,
    /// The dateline at the head of the text.
    Dateline,
    /// A date in the first lines of the text.
    FirstLines,
    /// The article's URL.
    Url,
    /// The file's name.
    FileName,
    /// The archive's `dateline.toml`.
    ArchiveFile,
}

/// When an article was published, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// One day, or the days of a month or a year where no more is known.
    pub range: DayRange,
    /// What said so.
    pub from: Origin,
}

/// One article as it was read: the text to the byte, and what is known about it.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The path below the archive's root, with `/` between parts; what lies inside a container follows `!/`.
    pub path: String,
    /// The record's own id, where it has one.
    pub record: Option<String>,
    /// The place of the record in its file, from 0.
    pub ordinal: u64,
    /// The headline; empty where there is none.
    pub title: String,
    /// The text to the byte, after decoding to UTF-8. Every [`ByteSpan`] points into this.
    pub text: String,
    /// The line of the file (from 1) on which `text` begins, for text formats; 1 elsewhere.
    pub first_line: u32,
    /// Whether a line of `text` is a line of the file, so that `path:line` opens the passage. In a JSONL file all of an
    /// article is on one line.
    pub lines_are_files: bool,
    /// When it was published; `None` where nothing says so. A file's mtime is never used.
    pub published: Option<Published>,
    /// Who published it.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// ISO 639-1 code, as given or as detected.
    pub language: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The dateline given apart from the text, as in "BERNE, Oct 19 -".
    pub dateline: Option<String>,
    /// Facts that came with the record about place and date (event tables such as ACLED and UCDP GED).
    pub given: Option<GivenFacts>,
    /// Page starts for paged formats: byte offset into `text` and page number from 1, ascending.
    pub pages: Vec<(usize, u32)>,
    /// What was odd while reading: a date that could not be read, a fall-back that was taken. Shown by `inspect` and
    /// `status`; never a reason to lose the article.
    pub warnings: Vec<String>,
    /// Where title, source, URL, language and byline came from, for `inspect`: field name and origin.
    pub origins: Vec<(&'static str, Origin)>,
}

/// Place and date that a table gives for an event, kept as given and not as read from the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GivenFacts {
    /// Days of the event.
    pub days: Option<DayRange>,
    /// Country as the table writes it.
    pub country: Option<String>,
    /// Names of the place, the smallest first.
    pub place_names: Vec<String>,
    /// Latitude and longitude in degrees, WGS 84.
    pub coordinates: Option<(f64, f64)>,
}

impl Article {
    /// What tells this article apart in its file.
    pub fn record_key(&self) -> RecordKey {
        match &self.record {
            Some(id) => RecordKey::Own(id.clone()),
            None => RecordKey::Ordinal(self.ordinal),
        }
    }

    /// The article's id.
    pub fn id(&self) -> ArticleId {
        ArticleId::of(&self.path, &self.record_key())
    }
}
