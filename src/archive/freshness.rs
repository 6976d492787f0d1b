//! Whether a file is as it was when it was read.

use std::path::Path;

use crate::archive::walk::{mtime_of, path_below};

/// Whether a file has changed or gone, by its size and modification time. What lies inside a container is judged by the
/// container.
pub fn is_stale(root: &Path, path: &str, size: u64, mtime: i64) -> bool {
    // A root that is a single file has no path below it but its own name.
    let metadata = |path: &str| std::fs::metadata(if root.is_dir() { path_below(root, path) } else { root.to_owned() });
    // A folder may be called `a!`, so that only where there is no such file a container is looked for.
    let found = metadata(path).or_else(|e| match path.split_once("!/") {
        Some((container, _)) => metadata(container),
        None => Err(e),
    });
    match found {
        Ok(metadata) => metadata.len() != size || mtime_of(&metadata) != mtime,
        Err(_) => true,
    }
}
