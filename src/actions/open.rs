//! Which index is meant, and opening it.

use std::path::{Path, PathBuf};

use crate::engine::Reader;
use crate::index::Backend;
use crate::index::store::format;
use crate::model::error::{Error, Result};

/// The index folder that is meant: the one named, that of the archive given, else the nearest above the current folder.
///
/// # Errors
/// [`Error::NoIndex`] where none is named and none lies above.
pub fn index_folder(named: Option<&Path>, archive: Option<&Path>) -> Result<PathBuf> {
    if let Some(named) = named {
        // Naming the archive where its index is meant is no mistake worth an error.
        let inside = named.join(format::INDEX_FOLDER);
        return Ok(if format::current(named).is_err() && inside.is_dir() { inside } else { named.to_owned() });
    }
    match archive {
        Some(archive) => Ok(format::index_folder_of(archive)),
        None => format::find_above(Path::new(".")),
    }
}

/// Opens the last commit of the index in a folder.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::Format`], [`Error::Damaged`].
pub fn open(folder: &Path) -> Result<Box<dyn Backend>> {
    Ok(Box::new(Reader::open(folder)?))
}

/// Opens the index that is meant, where there is one; for what needs no more of it than its gazetteer.
///
/// # Errors
/// As for [`open`], and [`Error::NoIndex`] only where one is named.
pub fn open_if_any(named: Option<&Path>) -> Result<Option<Box<dyn Backend>>> {
    match index_folder(named, None).and_then(|folder| open(&folder)) {
        Ok(backend) => Ok(Some(backend)),
        Err(Error::NoIndex { .. }) if named.is_none() => Ok(None),
        Err(e) => Err(e),
    }
}
