//! Whether a file is as it was when it was read.

use std::path::Path;

use crate::walk::mtime_of;

/// Whether a file has changed or gone, by its size and modification time. What lies inside a container is judged by the
/// container.
pub fn is_stale(root: &Path, path: &str, size: u64, mtime: i64) -> bool {
    let outer = path.split("!/").next().unwrap_or(path);
    // A root that is a single file has no path below it but its own name.
    let file = if root.is_dir() { root.join(outer) } else { root.to_owned() };
    match std::fs::metadata(&file) {
        Ok(metadata) => metadata.len() != size || mtime_of(&metadata) != mtime,
        Err(_) => true,
    }
}
