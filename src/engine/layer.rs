//! The gazetteer of an index: the embedded one, and over it the user's own layer of places, which lies beside the index.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::MmapDirectory;

use crate::engine::fault::{unopened, unreadable};
use crate::geo::Gazetteer;
use crate::geo::gazetteer::layer::LayerBytes;
use crate::model::error::{Error, Result};

/// The gazetteer of an index.
#[derive(Debug)]
pub enum Places {
    /// The embedded one alone.
    Embedded,
    /// With the user's layer over it.
    WithLayer(Box<Gazetteer>),
}

impl Deref for Places {
    type Target = Gazetteer;

    fn deref(&self) -> &Gazetteer {
        match self {
            Places::Embedded => Gazetteer::embedded(),
            Places::WithLayer(gazetteer) => gazetteer,
        }
    }
}

/// The name of the layer beside an index: `gazetteer-`, the hash of its bytes, `.bin`.
pub fn current(index_folder: &Path) -> Result<Option<String>> {
    let mut names: Vec<String> = std::fs::read_dir(index_folder)
        .map_err(|e| Error::io("cannot read", index_folder, e))?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with("gazetteer-") && name.ends_with(".bin"))
        .collect();
    names.sort();
    Ok(names.pop())
}

/// The gazetteer of an index: the embedded one, and the layer beside it where there is one. The layer is mapped, not read.
///
/// # Errors
/// [`Error::Damaged`] where the layer cannot be read by this build.
pub fn gazetteer(index_folder: &Path) -> Result<Places> {
    let Some(name) = current(index_folder)? else { return Ok(Places::Embedded) };
    let damaged =
        |reason: String| Error::Damaged { index: index_folder.to_owned(), reason: format!("{name}: {reason}") };
    let directory = MmapDirectory::open(index_folder).map_err(|e| damaged(unopened(&e)))?;
    let bytes = directory
        .open_read(Path::new(&name))
        .map_err(|e| damaged(unreadable(&e)))?
        .read_bytes()
        .map_err(|e| damaged(e.to_string()))?;
    let gazetteer =
        Gazetteer::with_user_layer(LayerBytes::Shared(Arc::new(bytes))).map_err(|e| damaged(e.to_string()))?;
    Ok(Places::WithLayer(Box::new(gazetteer)))
}
