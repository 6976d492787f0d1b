//! A commit of the engine's: where it lies, and what it says of itself.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::{Index, IndexMeta, TantivyError};

use crate::engine::fault::{engine_error, unopened};
use crate::engine::records::plugin::RecordsPlugin;
use crate::engine::schema::analyser;
use crate::index::store::manifest::Sums;
use crate::model::error::{Error, Result};

/// What a commit says of itself, as its payload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The manifest of this commit.
    pub manifest: String,
    /// Its sums.
    pub sums: Sums,
    /// The roots, so that a search can tell whether a file has changed.
    pub roots: Vec<String>,
    /// The user's layer of places, where there is one: the file's name, which holds its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gazetteer: Option<String>,
    /// Languages of the index's articles, so that a query is analysed in each.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// Opens the engine's index in a folder.
pub(crate) fn open_engine(index_folder: &Path, generation: &Path) -> Result<Index> {
    let damaged = |reason: String| Error::Damaged { index: index_folder.to_owned(), reason };
    let directory = MmapDirectory::open(generation).map_err(|e| match e {
        // The path as the index names it.
        OpenDirectoryError::DoesNotExist(_) => damaged(format!("{} is missing", generation.display())),
        other => damaged(unopened(&other)),
    })?;
    if !generation.join("meta.json").is_file() {
        return Err(damaged(format!("{} holds no commit", generation.display())));
    }
    let mut index = Index::open(directory).map_err(|e| match e {
        TantivyError::IoError(e) => damaged(e.to_string()),
        other => engine_error(index_folder, other),
    })?;
    index.register_plugin(Arc::new(RecordsPlugin));
    analyser::register(index.tokenizers());
    Ok(index)
}

/// The payload of an engine's last commit; `None` before the first.
pub(crate) fn payload_of(index: &Index) -> tantivy::Result<Option<Payload>> {
    payload_in(&index.load_metas()?)
}

/// The payload of a commit.
pub(crate) fn payload_in(meta: &IndexMeta) -> tantivy::Result<Option<Payload>> {
    let Some(text) = &meta.payload else { return Ok(None) };
    serde_json::from_str(text)
        .map(Some)
        .map_err(|e| tantivy::error::DataCorruption::comment_only(format!("the commit's payload: {e}")).into())
}
