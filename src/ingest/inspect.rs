//! One file's articles as an index would hold them, without an index.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::archive_file::ArchiveFile;
use crate::archive::columns::ColumnMap;
use crate::extract::articles_of;
use crate::extract::record::{Extracted, Problem};
use crate::extract::settings::ExtractSettings;
use crate::geo::Gazetteer;
use crate::index::store::format::INDEX_FOLDER;
use crate::ingest::analysis::Analysis;
use crate::model::error::{Error, Result};

/// The articles of a file as an index would hold them, handed to `take` one by one; the archive file of `archive`, or of
/// the nearest folder above the file that has one, is heeded.
///
/// # Errors
/// [`Error::Input`] where the file cannot be opened, or `dateline.toml` cannot be understood.
pub fn inspect(
    file: &Path,
    gazetteer: &Gazetteer,
    columns: &ColumnMap,
    explain: bool,
    take: &mut dyn FnMut(std::result::Result<Analysis, Problem>) -> ControlFlow<()>,
) -> Result<()> {
    let absolute = std::path::absolute(file).map_err(|e| Error::io("cannot open", file, e))?;
    let root = archive_root_of(&absolute);
    let relative = match absolute.strip_prefix(&root) {
        Ok(below) if below.as_os_str().is_empty() => absolute.file_name().map(Path::new).unwrap_or(below),
        Ok(below) => below,
        Err(_) => &absolute,
    };
    let relative: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    let archive = ArchiveFile::read(&root)?.with_columns(columns);
    let settings = ExtractSettings { archive: Arc::new(archive), ..ExtractSettings::default() };
    let read = articles_of(&absolute, &relative.join("/"), &settings, &mut |found| match found {
        Extracted::Article(article) => take(Ok(Analysis::of(*article, gazetteer, explain))),
        Extracted::Problem(problem) => take(Err(problem)),
    });
    match read {
        Ok(_) => Ok(()),
        Err(problem) => Err(Error::input(file, problem.reason)),
    }
}

/// The folder that a file's path is counted from: the nearest above it that has been indexed, else its own.
fn archive_root_of(file: &Path) -> PathBuf {
    let above = file.ancestors().skip(1);
    let own = file.parent().unwrap_or(file).to_owned();
    above.into_iter().find(|f| f.join(INDEX_FOLDER).is_dir()).map_or(own, Path::to_owned)
}
