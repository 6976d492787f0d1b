//! The terms of fields that are not analysed as text.

use tantivy::schema::Facet;

/// A publisher's name as the index keeps it for comparing.
pub(crate) fn fold_source(source: &str) -> String {
    source.trim().to_lowercase()
}

/// The engine's facet for a path of codes. A code never holds the separator.
pub(crate) fn facet(path: &[String]) -> Facet {
    Facet::from_encoded(path.join("\0").into_bytes()).unwrap_or_default()
}
