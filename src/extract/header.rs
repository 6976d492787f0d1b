//! TODO(doc)

use crate::archive::columns::ColumnMap;
use crate::archive::field::{Field, folded_name};
use crate::extract::decode::decode;
use crate::extract::fields::one_line;
use crate::extract::formats::json::field_of;
use csv::ByteRecord;
use std::sync::Arc;

/// The header of a table and what its columns are.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) names: Vec<String>,
    pub(crate) folded: Vec<String>,
    pub(crate) fields: Vec<Option<(Field, usize)>>,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Columns hold the fields of an article.
    Articles,
    /// Armed Conflict Location & Event Data: <https://acleddata.com>, columns of its codebook of 2023.
    Acled,
    /// UCDP Georeferenced Event Dataset: columns of its codebook, version 24.1.
    UcdpGed,
}

impl Header {
    /// Reads the first row.
    ///
    /// # Errors
    /// The reason why the rows cannot be articles.
    pub fn of(row: &ByteRecord, columns: &ColumnMap) -> Result<Arc<Self>, String> {
        let mut names = Vec::new();
        for cell in row {
            let text = decode(cell.to_vec(), None)?.text;
            names.push(text.trim().trim_start_matches('\u{feff}').to_owned());
        }
        let folded: Vec<String> = names.iter().map(|n| folded_name(n)).collect();
        let has = |wanted: &[&str]| wanted.iter().all(|w| folded.iter().any(|f| f == w));
        let kind = if has(&["eventdate", "eventtype", "notes"]) {
            Kind::Acled
        } else if has(&["datestart", "dateend", "sidea", "sideb"]) {
            Kind::UcdpGed
        } else {
            Kind::Articles
        };
        let fields: Vec<_> = names.iter().map(|n| field_of(n, columns)).collect();
        let speaks = fields.iter().flatten().any(|(f, _)| matches!(f, Field::Text | Field::Title));
        if kind == Kind::Articles && !speaks {
            let shown = one_line(&names.join(", ")).chars().take(200).collect::<String>();
            return Err(format!(
                "a table without a column for text or title (it has: {shown}); name one with --map text=COLUMN, or under \
                 [map] in dateline.toml"
            ));
        }
        Ok(Arc::new(Header { names, folded, fields, kind }))
    }
}
