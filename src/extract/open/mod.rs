//! From a file's bytes to its records, by streaming: what a file is, what it is packed in, and where each record ends.
//!
//! Uses `archive` for the files to leave out, and the leaves of `extract`: record, settings, header, markup. A record is
//! cut without being understood, so that nothing here knows a format's reader. Used by `extract` alone.

mod cut;
mod cutter;
mod decoder;
mod detect;
mod fault;
mod json_values;
mod reader;
mod unpack;

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use crate::archive::walk::{mtime_of, reason_of as reason_of_system};
use crate::extract::open::cutter::{Cutter, Location, Sink};
use crate::extract::open::detect::{StreamKind, kind_of};
use crate::extract::open::reader::{FileMeter, MeteredReader, PeekReader, Utf8Reader};
use crate::extract::open::unpack::Packing;
use crate::extract::record::Problem;
use crate::extract::settings::ExtractSettings;

/// What was read of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRead {
    /// XXH3 (128 bits) of the file's bytes; of those read so far where [`FileRead::stopped`].
    pub hash: u128,
    /// How many bytes were read.
    pub bytes: u64,
    /// Whether the sink broke off before the end.
    pub stopped: bool,
}

/// Cuts a file into records, in order, and hands each to `sink` until that breaks.
///
/// What cannot be read within the file is a record too, which [`articles_in`](crate::extract::articles_in) turns into a
/// [`Problem`]. `relative` is the path below the archive's root, with `/`.
///
/// # Errors
/// A [`Problem`] where the file itself cannot be opened or is not a regular file.
pub fn records_of(
    file: &Path,
    relative: &str,
    settings: &ExtractSettings,
    sink: Sink<'_>,
) -> Result<FileRead, Problem> {
    let fault = |e: io::Error| {
        let reason = match e.kind() {
            io::ErrorKind::NotFound => "vanished before it was read".to_owned(),
            _ => format!("cannot be opened: {}", reason_of_system(&e)),
        };
        Problem::failure(relative, reason)
    };
    // Asked before opening, since opening a named pipe would wait for its other end.
    let before = std::fs::metadata(file).map_err(fault)?;
    if !before.is_file() {
        return Err(Problem::skip(relative, "not a regular file; never opened"));
    }
    let meter = FileMeter::default();
    let mut metered = MeteredReader { inner: File::open(file).map_err(fault)?, meter: &meter };
    let mut cutter = Cutter::new(settings, &meter, sink);
    let whole = Location { path: relative, file: Some(file), depth: 0, was_compressed: false };
    let mut flow = read_stream(&mut cutter, &mut metered, whole);
    if flow.is_continue() {
        // What the format did not need still counts for the hash.
        if let Err(e) = io::copy(&mut metered, &mut io::sink()) {
            flow = cutter.fault(relative, &e);
        }
        let after = std::fs::metadata(file);
        if !after.is_ok_and(|m| m.len() == meter.read.get() && mtime_of(&m) == mtime_of(&before)) && flow.is_continue()
        {
            let reason = "changed while it was being read; run `dateline index` again";
            flow = cutter.problem(Problem::failure(relative, reason));
        }
    }
    Ok(FileRead { hash: meter.hash(), bytes: meter.read.get(), stopped: flow.is_break() })
}

/// Cuts bytes in memory into records, as [`records_of`] does a file's.
pub fn records_in(bytes: &[u8], relative: &str, settings: &ExtractSettings, sink: Sink<'_>) -> FileRead {
    let meter = FileMeter::default();
    let mut metered = MeteredReader { inner: bytes, meter: &meter };
    let mut cutter = Cutter::new(settings, &meter, sink);
    let whole = Location { path: relative, file: None, depth: 0, was_compressed: false };
    let flow = read_stream(&mut cutter, &mut metered, whole);
    let hash = xxhash_rust::xxh3::xxh3_128(bytes);
    FileRead { hash, bytes: bytes.len() as u64, stopped: flow.is_break() }
}

/// Cuts a stream whose format is not known yet.
fn read_stream(cutter: &mut Cutter<'_>, inner: &mut dyn Read, at: Location<'_>) -> ControlFlow<()> {
    let mut peeked = PeekReader::new(inner);
    if peeked.head.is_empty()
        && let Some(e) = &peeked.fault
    {
        return cutter.fault(at.path, e);
    }
    if let Some((encoding, _)) = Encoding::for_bom(&peeked.head).filter(|(e, _)| *e != UTF_8) {
        let mut text = Utf8Reader::new(&mut peeked, encoding);
        return read_stream(cutter, &mut text, Location { was_compressed: false, ..at });
    }
    let kind = kind_of(&peeked.head, at.path, peeked.is_whole());
    match kind {
        StreamKind::Gzip => unpack::compressed(cutter, Packing::Gzip, &mut peeked, at, read_stream),
        StreamKind::Zstd => unpack::compressed(cutter, Packing::Zstd, &mut peeked, at, read_stream),
        StreamKind::Tar => unpack::tar(cutter, &mut peeked, at, read_stream),
        StreamKind::Zip => unpack::zip(cutter, &mut peeked, at, read_stream),
        StreamKind::JsonLines => cut::lines(cutter, &mut peeked, at.path),
        StreamKind::Json => json_values::json_values(cutter, &mut peeked, at.path),
        StreamKind::Table => cut::rows(cutter, &mut peeked, at.path),
        StreamKind::Mailbox => cut::messages(cutter, &mut peeked, at.path),
        StreamKind::Warc => cut::warc_records(cutter, &mut peeked, at.path),
        StreamKind::Document(format) => cutter.document(&mut peeked, at.path, format),
        StreamKind::Empty => cutter.problem(Problem::skip(at.path, "empty: no text in it")),
        StreamKind::Unread(what) => cutter.problem(Problem::skip(at.path, what)),
    }
}
