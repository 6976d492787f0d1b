//! What files are packed in: gzip, zstd, tar and zip, by streaming and within limits.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::extract::formats::office::MAIN_PARTS;
use crate::extract::open::cutter::{Cutter, Raw, Reason, Sought, because, reason_of, too_large};
use crate::extract::record::{Content, Format, Limits, Problem};

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
    path: &str,
    depth: u32,
) -> ControlFlow<()> {
    if let Some(problem) = too_deep(cutter, path, depth) {
        return cutter.problem(problem);
    }
    let buffered = BufReader::with_capacity(64 << 10, inner);
    let (name, decoder): (_, Box<dyn Read + '_>) = match packing {
        Packing::Gzip => ("gzip", Box::new(MultiGzDecoder::new(buffered))),
        Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(buffered) {
            Ok(decoder) => ("zstd", Box::new(decoder)),
            Err(e) => return cutter.problem(Problem::failure(path, format!("damaged zstd: {e}"))),
        },
    };
    let packed = Packed::File(cutter.raw);
    let mut guarded = Guarded::new(decoder, name, packed, cutter);
    let file = cutter.file.take();
    cutter.was_compressed = true;
    let flow = cutter.stream(&mut guarded, path, depth + 1);
    cutter.was_compressed = false;
    cutter.unpacked = guarded.total;
    cutter.file = file;
    flow
}

fn too_deep(cutter: &Cutter<'_>, path: &str, depth: u32) -> Option<Problem> {
    let limit = cutter.settings.limits.depth;
    (depth >= limit).then(|| Problem::failure(path, format!("packed more than {limit} deep; unpack it first")))
}

/// The members of a tar, in its order.
pub(crate) fn tar(
    cutter: &mut Cutter<'_>,
    inner: &mut dyn Read,
    path: &str,
    depth: u32,
    was_compressed: bool,
) -> ControlFlow<()> {
    // A compressed tar counts once.
    let depth = if was_compressed { depth.saturating_sub(1) } else { depth };
    if let Some(problem) = too_deep(cutter, path, depth) {
        return cutter.problem(problem);
    }
    let file = cutter.file.take();
    let flow = tar_members(cutter, inner, path, depth);
    cutter.file = file;
    flow
}

fn tar_members(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str, depth: u32) -> ControlFlow<()> {
    let damaged = |e: &io::Error| {
        let carried = e.get_ref().is_some_and(|inner| inner.is::<Reason>());
        let reason = if carried { reason_of(e) } else { format!("damaged or truncated tar: {e}") };
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
        let mut member = Whole { inner: &mut entry, left: size };
        cutter.stream(&mut member, &inner_path, depth + 1)?;
    }
    if count == 0 {
        return cutter.problem(Problem::skip(path, "empty: an archive without entries"));
    }
    ControlFlow::Continue(())
}

/// A member of a tar, whose end before its size is an error.
struct Whole<'a, R> {
    inner: &'a mut R,
    left: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if n == 0 && self.left > 0 && !buf.is_empty() {
            return Err(because("truncated tar: it ends within this entry"));
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
pub(crate) fn zip(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str, depth: u32) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    if let Some(file) = cutter.file.take() {
        let flow = match File::open(file) {
            Ok(opened) => {
                let length = opened.metadata().map_or(0, |m| m.len());
                let opened = Sought { file: opened, raw: cutter.raw };
                zip_in(cutter, BufReader::new(opened), length, path, depth)
            }
            Err(e) => cutter.problem(Problem::failure(path, reason_of(&e))),
        };
        cutter.file = Some(file);
        return flow;
    }
    // A zip is read from its end: within another container it must be held whole.
    let mut bytes = Vec::new();
    match inner.take(limit + 1).read_to_end(&mut bytes) {
        Err(e) => cutter.problem(Problem::failure(path, reason_of(&e))),
        Ok(n) if n as u64 > limit => cutter.problem(Problem::failure(path, too_large("zip within an archive", limit))),
        Ok(n) => zip_in(cutter, Cursor::new(bytes), n as u64, path, depth),
    }
}

fn zip_in<R: Read + Seek>(
    cutter: &mut Cutter<'_>,
    mut reader: R,
    length: u64,
    path: &str,
    depth: u32,
) -> ControlFlow<()> {
    let limits = cutter.settings.limits;
    let is_office = match ZipArchive::new(&mut reader) {
        Ok(archive) => {
            archive.index_for_name(MAIN_PARTS[0]).is_some()
                || (archive.index_for_name("mimetype").is_some() && archive.index_for_name(MAIN_PARTS[1]).is_some())
        }
        Err(e) => return cutter.problem(Problem::failure(path, reason_of_zip(&e))),
    };
    if is_office {
        let mut bytes = Vec::new();
        let read = reader.rewind().and_then(|()| (&mut reader).take(limits.document_bytes + 1).read_to_end(&mut bytes));
        return match read {
            Err(e) => cutter.problem(Problem::failure(path, reason_of(&e))),
            Ok(n) if n as u64 > limits.document_bytes => {
                cutter.problem(Problem::failure(path, too_large("document", limits.document_bytes)))
            }
            Ok(_) => cutter.emit(path, 0, 1, Content::Bytes(Format::Office, bytes)),
        };
    }
    if let Some(problem) = too_deep(cutter, path, depth) {
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
    for at in 0..archive.len() {
        // The raw entry tells what it is before anything is unpacked.
        let (name, is_dir, is_link, is_encrypted, packed) = match archive.by_index_raw(at) {
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
        let entry = match archive.by_index(at) {
            Ok(entry) => entry,
            Err(e) => {
                cutter.problem(Problem::failure(&inner_path, reason_of_zip(&e)))?;
                continue;
            }
        };
        let mut guarded = Guarded::new(entry, "zip", Packed::Bytes(packed), cutter);
        cutter.stream(&mut guarded, &inner_path, depth + 1)?;
        let (total, given, is_bomb) = (guarded.total, guarded.given, guarded.is_bomb());
        cutter.unpacked = total;
        if is_bomb {
            // It has been named already, and was left early.
            before += given;
        }
        // Entries may overlap, so that each is small for its own size and all together are not.
        let all = total - before;
        if all > Limits::RATIO_FROM_BYTES && all / limits.ratio > length {
            return cutter.problem(Problem::failure(path, bomb(limits.ratio)));
        }
    }
    ControlFlow::Continue(())
}

/// A zip's fault in words for the user.
pub(crate) fn reason_of_zip(e: &ZipError) -> String {
    match e {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "encrypted; unpack it with its password first".into()
        }
        ZipError::UnsupportedArchive(what) => format!("a zip of a kind that is not read ({what}); unpack it first"),
        ZipError::FileNotFound => "a part that this document must have is not in it".into(),
        other => format!("a damaged or truncated zip: {other}"),
    }
}

fn bomb(ratio: u64) -> String {
    format!("unpacks to more than {ratio} times its size; left, as a bomb would do so")
}

/// What an unpacked length is held against.
enum Packed<'a> {
    /// What was read of the file so far.
    File(&'a Raw),
    /// The packed size of an entry.
    Bytes(u64),
}

/// A decoder under the limits of a run, whose errors are worded for the user.
struct Guarded<'a, R> {
    inner: R,
    name: &'static str,
    packed: Packed<'a>,
    limits: Limits,
    given: u64,
    total: u64,
}

impl<'a, R> Guarded<'a, R> {
    fn new(inner: R, name: &'static str, packed: Packed<'a>, cutter: &Cutter<'_>) -> Self {
        Guarded { inner, name, packed, limits: cutter.settings.limits, given: 0, total: cutter.unpacked }
    }

    /// Whether more came out than the packed length can honestly hold.
    fn is_bomb(&self) -> bool {
        let packed = match self.packed {
            Packed::File(raw) => raw.consumed(),
            Packed::Bytes(bytes) => bytes,
        };
        self.given > Limits::RATIO_FROM_BYTES && self.given / self.limits.ratio > packed
    }
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match self.inner.read(buf) {
            Ok(n) => n as u64,
            Err(e) if e.get_ref().is_some_and(|inner| inner.is::<Reason>()) => return Err(e),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(because(format!("truncated {0}: the file ends before its {0} data does", self.name)));
            }
            // Padding or a signature after the last member: gzip itself only warns of it.
            Err(e) if self.name == "gzip" && self.given > 0 && e.to_string().contains("header") => return Ok(0),
            Err(e) => return Err(because(format!("damaged {}: {e}", self.name))),
        };
        self.given += n;
        self.total += n;
        if self.is_bomb() {
            return Err(because(bomb(self.limits.ratio)));
        }
        let unpacked_bytes = self.limits.unpacked_bytes;
        if self.total > unpacked_bytes {
            let reason = format!("unpacks to more than {} MB, which is past the limit", unpacked_bytes >> 20);
            return Err(because(reason));
        }
        Ok(n as usize)
    }
}
