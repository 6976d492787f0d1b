//! Opening the index that a run fills: the one place of a run that names an engine.

use std::path::Path;

use crate::engine::write::writer::Writer;
use crate::index::indexer::{Indexer, IndexerOptions};
use crate::model::error::Result;

/// Opens an index for writing.
///
/// # Errors
/// Those of the engine's opening: another writer, another format, damage, no room.
pub(super) fn open(index_folder: &Path, options: IndexerOptions) -> Result<Box<dyn Indexer>> {
    Ok(Box::new(Writer::open(index_folder, options)?))
}
