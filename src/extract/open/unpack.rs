//! What files are packed in: gzip, zstd, tar and zip, by streaming and within limits.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;

use zip::ZipArchive;

use crate::extract::open::cutter::{Cutter, Location, ReadStream};
use crate::extract::open::decoder::{GzipReader, LimitedReader, PackedLength};
use crate::extract::open::fault::{StreamFault, fault_in};
use crate::extract::open::reader::SeekReader;
use crate::extract::record::{Format, Problem};
use crate::extract::settings::Limits;
use crate::extract::zip::{DOCX_PART, ODT_PART, TYPE_PART, reason_of_zip};

/// How a stream is packed that holds one other stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

/// Unpacks a stream and cuts what is in it.
pub(crate) fn compressed(
    cutter: &mut Cutter<'_>,
    packing: Packing,
    inner: &mut dyn Read,
    at: Location<'_>,
    read: ReadStream,
) -> ControlFlow<()> {
    if let Some(problem) = too_deep(cutter, at) {
        return cutter.problem(problem);
    }
    let buffered = BufReader::with_capacity(64 << 10, inner);
    let (name, decoder): (_, Box<dyn Read + '_>) = match packing {
        Packing::Gzip => ("gzip", Box::new(GzipReader::new(buffered))),
        Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(buffered) {
            Ok(decoder) => ("zstd", Box::new(decoder)),
            Err(e) => return cutter.problem(Problem::failure(at.path, format!("damaged zstd: {e}"))),
        },
    };
    let mut limited = LimitedReader::new(decoder, name, PackedLength::File(cutter.meter), cutter);
    let flow = read(cutter, &mut limited, Location { was_compressed: true, ..at.inside(at.path) });
    cutter.unpacked = limited.total;
    flow
}

fn too_deep(cutter: &Cutter<'_>, at: Location<'_>) -> Option<Problem> {
    let limit = cutter.settings.limits.depth;
    (at.depth >= limit).then(|| Problem::failure(at.path, format!("packed more than {limit} deep; unpack it first")))
}

/// The members of a tar, in its order.
pub(crate) fn tar(
    cutter: &mut Cutter<'_>,
    inner: &mut dyn Read,
    at: Location<'_>,
    read: ReadStream,
) -> ControlFlow<()> {
    // A compressed tar counts once.
    let at = Location { depth: at.depth.saturating_sub(u32::from(at.was_compressed)), ..at };
    let path = at.path;
    if let Some(problem) = too_deep(cutter, at) {
        return cutter.problem(problem);
    }
    let damaged = |e: &io::Error| {
        let reason = fault_in(e).map_or_else(|| format!("damaged or truncated tar: {e}"), ToString::to_string);
        Problem::failure(path, reason)
    };
    let mut archive = ::tar::Archive::new(inner);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(e) => return cutter.problem(damaged(&e)),
    };
    let mut count = 0;
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(e) => return cutter.problem(damaged(&e)),
        };
        count += 1;
        if count > cutter.settings.limits.entries {
            return cutter.problem(Problem::failure(path, "more entries than are read of one archive"));
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() || kind.is_pax_local_extensions() {
            continue;
        }
        let Some(inner_path) = member_path(cutter, path, &name)? else { continue };
        if !kind.is_file() && !kind.is_contiguous() && !kind.is_gnu_sparse() {
            cutter.problem(Problem::skip(&inner_path, "a link or a device in a tar, not a file; never followed"))?;
            continue;
        }
        let size = entry.size();
        let mut member = MemberReader { inner: &mut entry, left: size };
        read(cutter, &mut member, at.inside(&inner_path))?;
    }
    if count == 0 {
        return cutter.problem(Problem::skip(path, "empty: an archive without entries"));
    }
    ControlFlow::Continue(())
}

/// A member of a tar, whose end before its size is an error.
struct MemberReader<'a, R> {
    inner: &'a mut R,
    left: u64,
}

impl<R: Read> Read for MemberReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if n == 0 && self.left > 0 && !buf.is_empty() {
            return Err(StreamFault::TruncatedTar.into());
        }
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}

/// The path of a member below its archive; `None` where it is left out, with a record of why unless it is hidden.
fn member_path(cutter: &mut Cutter<'_>, path: &str, name: &str) -> ControlFlow<(), Option<String>> {
    let name = name.replace('\\', "/");
    let trimmed = name.trim_start_matches("./");
    let inner_path = format!("{path}!/{trimmed}");
    let is_absolute = trimmed.starts_with('/') || trimmed.as_bytes().get(1) == Some(&b':');
    if is_absolute || trimmed.split('/').any(|part| part == "..") {
        let problem = Problem::failure(&inner_path, "an entry whose name leads out of its archive; left out");
        cutter.problem(problem)?;
        return ControlFlow::Continue(None);
    }
    let is_hidden = trimmed.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    if is_hidden || trimmed.is_empty() {
        return ControlFlow::Continue(None);
    }
    if cutter.settings.archive.skips(&inner_path) {
        cutter.problem(Problem::skip(&inner_path, "left out by dateline.toml"))?;
        return ControlFlow::Continue(None);
    }
    ControlFlow::Continue(Some(inner_path))
}

/// A zip: its members, or the document that it is.
pub(crate) fn zip(
    cutter: &mut Cutter<'_>,
    inner: &mut dyn Read,
    at: Location<'_>,
    read: ReadStream,
) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    if let Some(file) = at.file {
        return match File::open(file) {
            Ok(opened) => {
                let length = opened.metadata().map_or(0, |m| m.len());
                let opened = SeekReader { file: opened, meter: cutter.meter };
                zip_in(cutter, BufReader::new(opened), length, at, read)
            }
            Err(e) => cutter.fault(at.path, &e),
        };
    }
    // A zip is read from its end: within another container it must be held whole.
    let mut bytes = Vec::new();
    match inner.take(limit + 1).read_to_end(&mut bytes) {
        Err(e) => cutter.fault(at.path, &e),
        Ok(n) if n as u64 > limit => {
            cutter.problem(Problem::failure(at.path, StreamFault::TooLarge { what: "zip within an archive", limit }))
        }
        Ok(n) => zip_in(cutter, Cursor::new(bytes), n as u64, at, read),
    }
}

fn zip_in<R: Read + Seek>(
    cutter: &mut Cutter<'_>,
    mut reader: R,
    length: u64,
    at: Location<'_>,
    read: ReadStream,
) -> ControlFlow<()> {
    let (path, limits) = (at.path, cutter.settings.limits);
    let is_office = match ZipArchive::new(&mut reader) {
        Ok(archive) => {
            let has = |part: &str| archive.index_for_name(part).is_some();
            has(DOCX_PART) || (has(TYPE_PART) && has(ODT_PART))
        }
        Err(e) => return cutter.problem(Problem::failure(path, reason_of_zip(&e))),
    };
    if is_office {
        return match reader.rewind() {
            Err(e) => cutter.fault(path, &e),
            Ok(()) => cutter.document(&mut reader, path, Format::Office),
        };
    }
    if let Some(problem) = too_deep(cutter, at) {
        return cutter.problem(problem);
    }
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(e) => return cutter.problem(Problem::failure(path, reason_of_zip(&e))),
    };
    if archive.is_empty() {
        return cutter.problem(Problem::skip(path, "empty: an archive without entries"));
    }
    if archive.len() as u64 > limits.entries {
        return cutter.problem(Problem::failure(path, "more entries than are read of one archive"));
    }
    let mut before = cutter.unpacked;
    for number in 0..archive.len() {
        // The raw entry tells what it is before anything is unpacked.
        let (name, is_dir, is_link, is_encrypted, packed) = match archive.by_index_raw(number) {
            Ok(entry) => {
                let name = match entry.name() {
                    Ok(name) => name.into_owned(),
                    Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
                };
                (name, entry.is_dir(), entry.is_symlink(), entry.encrypted(), entry.compressed_size())
            }
            Err(e) => {
                cutter.problem(Problem::failure(path, reason_of_zip(&e)))?;
                continue;
            }
        };
        if is_dir {
            continue;
        }
        let Some(inner_path) = member_path(cutter, path, &name)? else { continue };
        if is_encrypted {
            cutter.problem(Problem::failure(&inner_path, "encrypted; unpack it with its password first"))?;
            continue;
        }
        if is_link {
            cutter.problem(Problem::skip(&inner_path, "a link in a zip, not a file; never followed"))?;
            continue;
        }
        let entry = match archive.by_index(number) {
            Ok(entry) => entry,
            Err(e) => {
                cutter.problem(Problem::failure(&inner_path, reason_of_zip(&e)))?;
                continue;
            }
        };
        let mut limited = LimitedReader::new(entry, "zip", PackedLength::Bytes(packed), cutter);
        read(cutter, &mut limited, at.inside(&inner_path))?;
        let (total, given, is_bomb) = (limited.total, limited.given, limited.is_bomb());
        cutter.unpacked = total;
        if is_bomb {
            // It has been named already, and was left early.
            before += given;
        }
        // Entries may overlap, so that each is small for its own size and all together are not.
        let all = total - before;
        if all > Limits::RATIO_FROM_BYTES && all / limits.ratio > length {
            return cutter.problem(Problem::failure(path, StreamFault::Bomb { ratio: limits.ratio }));
        }
    }
    ControlFlow::Continue(())
}
