//! `dateline gazetteer add`

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use dateline::Error;
use dateline::geo::build::user_layer::{AddReport, add_file};
use dateline::geo::gazetteer::layer::LayerBytes;
use dateline::index::store::format;
use dateline::index::store::format::WriteLock;

use crate::cli::args::{GazetteerAddArgs, GazetteerArgs, GazetteerVerb};
use crate::cli::commands::{Outcome, Terminal, index_folder};
use crate::cli::printer::layout::{counted, number};

/// Runs the verb.
pub fn run(args: &GazetteerArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let GazetteerVerb::Add(args) = &args.verb;
    add(args, terminal)
}

fn add(args: &GazetteerAddArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let folder = index_folder(&args.at, None)?;
    format::current(&folder)?;
    let _lock = WriteLock::take(&folder)?;
    let mut out = terminal.out();
    let mut bad = 0;
    for file in &args.files {
        let report = add_one(file, &folder)?;
        for (line, reason) in &report.first_bad {
            terminal.messages.warning(&format!("{}:{line}: {reason}", file.display()));
        }
        bad += report.bad;
        writeln!(
            out,
            "{}: {} read, {} added, names added to {}, {} left out",
            dateline::wire::sanitize::line(&file.to_string_lossy()),
            counted(report.lines, "line"),
            counted(report.places, "place"),
            counted(report.known, "known place"),
            number(report.left_out)
        )?;
    }
    out.flush()?;
    terminal.messages.note(
        "articles that are indexed already keep the places they have; read them again with `dateline index --rebuild`",
    );
    if bad > 0 {
        terminal.messages.error(&format!("{} could not be read", counted(bad, "line")));
    }
    Ok(if bad > 0 { Outcome::Failed } else { Outcome::Done })
}

/// Adds a file to the layer beside the index. The new layer stands whole beside the old one before that leaves, under the
/// hash of its content.
fn add_one(file: &Path, folder: &Path) -> dateline::Result<AddReport> {
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
