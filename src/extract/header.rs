//! The first row of a table: what its columns are, and by what they are divided.

use std::fmt;
use std::sync::Arc;

use csv::ByteRecord;

use crate::archive::columns::ColumnMap;
use crate::archive::field::{Field, folded_name};
use crate::extract::decode::{NotText, decode};
use crate::extract::fields::{field_of, one_line};

/// Why the rows below a header cannot be articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HeaderFault {
    /// A name in it is no text.
    NotText(NotText),
    /// No column holds a text or a title; the names of those there are.
    NoText { columns: String },
}

impl fmt::Display for HeaderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeaderFault::NotText(fault) => fault.fmt(f),
            HeaderFault::NoText { columns } => write!(
                f,
                "a table without a column for text or title (it has: {columns}); name one with --map text=COLUMN, or \
                 under [map] in dateline.toml"
            ),
        }
    }
}

/// The header of a table and what its columns are.
#[derive(Debug)]
pub(crate) struct TableHeader {
    /// The names of the columns as written, without white space around them.
    pub(crate) names: Vec<String>,
    /// The same in small letters and without divisions.
    pub(crate) folded: Vec<String>,
    /// The field of an article that each column holds, and how good a name it has for it: 0 is the best.
    pub(crate) fields: Vec<Option<(Field, usize)>>,
    pub(crate) kind: TableKind,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Columns hold the fields of an article.
    Articles,
    /// Armed Conflict Location & Event Data: <https://acleddata.com>, columns of its codebook of 2023.
    Acled,
    /// UCDP Georeferenced Event Dataset: columns of its codebook, version 24.1.
    UcdpGed,
}

impl TableHeader {
    /// Reads the first row.
    ///
    /// # Errors
    /// [`HeaderFault`] where the rows cannot be articles.
    pub fn of(row: &ByteRecord, columns: &ColumnMap) -> Result<Arc<Self>, HeaderFault> {
        let mut names = Vec::new();
        for cell in row {
            let text = decode(cell.to_vec(), None).map_err(HeaderFault::NotText)?.text;
            names.push(text.trim().trim_start_matches('\u{feff}').to_owned());
        }
        let folded: Vec<String> = names.iter().map(|n| folded_name(n)).collect();
        let has = |wanted: &[&str]| wanted.iter().all(|w| folded.iter().any(|f| f == w));
        let kind = if has(&["eventdate", "eventtype", "notes"]) {
            TableKind::Acled
        } else if has(&["datestart", "dateend", "sidea", "sideb"]) {
            TableKind::UcdpGed
        } else {
            TableKind::Articles
        };
        let fields: Vec<_> = names.iter().map(|n| field_of(n, columns)).collect();
        let speaks = fields.iter().flatten().any(|(f, _)| matches!(f, Field::Text | Field::Title));
        if kind == TableKind::Articles && !speaks {
            let shown = one_line(&names.join(", ")).chars().take(200).collect::<String>();
            return Err(HeaderFault::NoText { columns: shown });
        }
        Ok(Arc::new(TableHeader { names, folded, fields, kind }))
    }
}

/// The delimiter of a table by its first line: the one of `,`, `;`, tab and `|` that divides it most often.
pub(crate) fn delimiter_of(first_line: &[u8]) -> Option<u8> {
    let count = |d: u8| first_line.iter().filter(|b| **b == d).count();
    [b'\t', b',', b';', b'|'].into_iter().max_by_key(|d| count(*d)).filter(|d| count(*d) > 0)
}

/// Whether a first line is the header of a table of articles or events, whatever the file is called.
pub(crate) fn is_header(first_line: &[u8]) -> bool {
    let Some(delimiter) = delimiter_of(first_line) else { return false };
    let Ok(line) = std::str::from_utf8(first_line) else { return false };
    let names: Vec<&str> = line.split(char::from(delimiter)).map(|n| n.trim().trim_matches('"')).collect();
    let known: Vec<_> = names.iter().filter_map(|n| Field::of_any_name(n)).collect();
    let speaks = known.iter().any(|(f, _)| matches!(f, Field::Text | Field::Title));
    // A sentence with commas has words that are no names: nearly every name must be short.
    let short = names.iter().all(|n| n.len() <= 40 && n.split_whitespace().count() <= 4);
    short && names.len() >= 3 && speaks && known.len() >= 3
}
