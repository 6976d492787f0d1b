//! The layer of places that belongs to one index.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::geo::build::user_layer::{AddReport, add_file};
use crate::geo::gazetteer::layer::LayerBytes;
use crate::index::store::format;
use crate::model::error::Error;

/// Adds a file to the layer beside the index. The new layer stands whole beside the old one before that leaves, under the
/// hash of its content. The caller holds the index's lock.
///
/// # Errors
/// [`Error::Io`], [`Error::Input`].
pub fn add_places(file: &Path, folder: &Path) -> crate::Result<AddReport> {
    let cannot_write = |e| Error::io("cannot write", folder, e);
    let layers = |folder: &Path| -> std::io::Result<Vec<std::path::PathBuf>> {
        let is_layer = |name: &str| name.starts_with("gazetteer-") && name.ends_with(".bin");
        let paths = fs::read_dir(folder)?.flatten().map(|e| e.path());
        Ok(paths.filter(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(is_layer)).collect())
    };
    let mut old = layers(folder).map_err(cannot_write)?;
    old.sort();
    let existing = match old.last() {
        Some(path) => {
            let bytes = fs::read(path).map_err(|e| Error::io("cannot read", path, e))?;
            Some(LayerBytes::Shared(Arc::new(bytes)))
        }
        None => None,
    };
    let scratch = folder.join("gazetteer-scratch");
    format::make_private_folder(&scratch)?;
    let new = folder.join("gazetteer-new.tmp");
    let added = add_file(file, existing, &scratch, &new, &mut |_| {});
    // What is left of the scratch folder is of no use to anybody.
    let _ = fs::remove_dir_all(&scratch);
    let report = match added {
        Ok(report) => report,
        Err(e) => {
            let _ = fs::remove_file(&new);
            return Err(e);
        }
    };
    let bytes = fs::read(&new).map_err(|e| Error::io("cannot read", &new, e))?;
    let named = folder.join(format!("gazetteer-{:032x}.bin", xxhash_rust::xxh3::xxh3_128(&bytes)));
    fs::rename(&new, &named).map_err(cannot_write)?;
    format::make_files_private(folder);
    for path in old.iter().filter(|p| **p != named) {
        fs::remove_file(path).map_err(|e| Error::io("cannot remove", path, e))?;
    }
    format::sync_folder(folder).map_err(cannot_write)?;
    Ok(report)
}
