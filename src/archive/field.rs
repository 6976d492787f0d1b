//! The fields of an article in a record or table, by our own names and by those of other programs' exports.

use serde::{Deserialize, Serialize};

/// A field of an article as a record holds it (`schema/article.schema.json`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The record's own id.
    Id,
    /// The headline.
    Title,
    /// The text.
    Text,
    /// The publication date.
    Date,
    /// Who published it.
    Source,
    /// Its address.
    Url,
    /// ISO 639-1 code.
    Language,
    /// Who wrote it.
    Byline,
    /// The dateline, given apart from the text.
    Dateline,
}

impl Field {
    /// The field with this name in `schema/article.schema.json`.
    pub fn of_own_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, own, _)| *own == name).map(|(field, ..)| *field)
    }

    /// The fields' own names, in the order of the schema.
    pub fn own_names() -> Vec<&'static str> {
        NAMES.iter().map(|(_, own, _)| *own).collect()
    }

    /// The field that a name stands for and the name's rank, 0 being the field's own name.
    pub fn of_any_name(name: &str) -> Option<(Self, usize)> {
        if let Some(field) = Self::of_own_name(name) {
            return Some((field, 0));
        }
        let folded = folded_name(name);
        NAMES.iter().find_map(|(field, own, others)| {
            if *own == folded {
                return Some((*field, 0));
            }
            others.iter().position(|o| *o == folded).map(|at| (*field, at + 1))
        })
    }
}

/// A name without case, spaces, `_`, `-` and `.`.
pub(crate) fn folded_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// Every field with its own name and the names that other programs' exports use, in order of preference. Names are
/// compared without case, spaces, `_`, `-` and `.`.
pub(crate) const NAMES: &[(Field, &str, &[&str])] = &[
    (Field::Id, "id", &["articleid", "docid", "documentid", "guid", "uuid", "docno"]),
    (Field::Title, "title", &["headline", "head", "articletitle", "documenttitle"]),
    (
        Field::Text,
        "text",
        &[
            "body",
            "content",
            "articlebody",
            "fulltext",
            "maintext",
            "articletext",
            "bodytext",
            "story",
            "bodyhtml",
            "contenthtml",
        ],
    ),
    (
        Field::Date,
        "date",
        &[
            "published",
            "publishedat",
            "publisheddate",
            "publishdate",
            "datepublished",
            "datepublish",
            "publicationdate",
            "pubdate",
            "publishedon",
            "publicationdatetime",
            "created",
            "datecreated",
            "timestamp",
        ],
    ),
    (
        Field::Source,
        "source",
        &["publisher", "publication", "outlet", "newspaper", "sourcename", "sitename", "site", "sourcedomain"],
    ),
    (Field::Url, "url", &["link", "uri", "permalink", "sourceurl", "articleurl", "weburl"]),
    (Field::Language, "language", &["lang", "languagecode"]),
    (Field::Byline, "byline", &["author", "authors", "creator", "writer"]),
    (Field::Dateline, "dateline", &[]),
];
