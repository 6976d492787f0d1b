//! The first step of reading: a file's bytes, unpacked and cut into records, by streaming.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::{Decoder, Encoding, UTF_8};
use xxhash_rust::xxh3::Xxh3;

use crate::archive::walk::{mtime_of, reason_of as reason_of_system};
use crate::extract::open::cut;
use crate::extract::open::detect::{HEAD_BYTES, Kind, kind_of};
use crate::extract::open::unpack;
use crate::extract::open::unpack::Packing;
use crate::extract::record::{Content, ExtractSettings, Format, Problem, RawRecord};

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

/// Where records go.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(RawRecord) -> ControlFlow<()>;

/// Cuts a file into records, in order, and hands each to `sink` until that breaks.
///
/// What cannot be read within the file is a record too, which [`crate::extract::articles_in`] turns into a [`Problem`]. `relative` is
/// the path below the archive's root, with `/`.
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
    let raw = Raw { read: Cell::new(0), sought: Cell::new(0), hasher: RefCell::new(Xxh3::new()) };
    let mut tap = Tap { file: File::open(file).map_err(fault)?, raw: &raw };
    let mut cutter = Cutter { settings, sink, raw: &raw, file: Some(file), unpacked: 0, was_compressed: false };
    let mut flow = cutter.stream(&mut tap, relative, 0);
    if flow.is_continue() {
        // What the format did not need still counts for the hash.
        if let Err(e) = io::copy(&mut tap, &mut io::sink()) {
            flow = cutter.problem(Problem::failure(relative, reason_of(&e)));
        }
        let after = std::fs::metadata(file);
        if !after.is_ok_and(|m| m.len() == raw.read.get() && mtime_of(&m) == mtime_of(&before)) && flow.is_continue() {
            let reason = "changed while it was being read; run `dateline index` again";
            flow = cutter.problem(Problem::failure(relative, reason));
        }
    }
    let hash = raw.hasher.borrow().digest128();
    Ok(FileRead { hash, bytes: raw.read.get(), stopped: flow.is_break() })
}

/// What is known of the file's own bytes while they are read.
pub(crate) struct Raw {
    /// How much was read from start to end.
    pub read: Cell<u64>,
    /// How much was read by seeking, as of a zip.
    pub sought: Cell<u64>,
    hasher: RefCell<Xxh3>,
}

/// Cuts bytes in memory into records, as [`records_of`] does a file's.
pub fn records_in(bytes: &[u8], relative: &str, settings: &ExtractSettings, sink: Sink<'_>) -> FileRead {
    let raw = Raw { read: Cell::new(0), sought: Cell::new(0), hasher: RefCell::new(Xxh3::new()) };
    let mut tap = Tap { file: bytes, raw: &raw };
    let mut cutter = Cutter { settings, sink, raw: &raw, file: None, unpacked: 0, was_compressed: false };
    let flow = cutter.stream(&mut tap, relative, 0);
    let hash = xxhash_rust::xxh3::xxh3_128(bytes);
    FileRead { hash, bytes: bytes.len() as u64, stopped: flow.is_break() }
}

impl Raw {
    /// How much of the file has been looked at, one way or the other.
    pub fn consumed(&self) -> u64 {
        self.read.get().max(self.sought.get())
    }
}

/// The file, read by seeking and counted.
pub(crate) struct Sought<'a> {
    pub file: File,
    pub raw: &'a Raw,
}

impl Read for Sought<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        self.raw.sought.set(self.raw.sought.get() + n as u64);
        Ok(n)
    }
}

impl Seek for Sought<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// The file, counted and hashed as it is read.
struct Tap<'a, R> {
    file: R,
    raw: &'a Raw,
}

impl<R: Read> Read for Tap<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        self.raw.read.set(self.raw.read.get() + n as u64);
        self.raw.hasher.borrow_mut().update(buf.get(..n).unwrap_or(&[]));
        Ok(n)
    }
}

/// A reason in the words for the user, carried through [`io::Error`].
#[derive(Debug)]
pub(crate) struct Reason(pub String);

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}

/// An error that says `reason`.
pub(crate) fn because(reason: impl Into<String>) -> io::Error {
    io::Error::other(Reason(reason.into()))
}

/// The reason that an error carries, or the system's words.
pub(crate) fn reason_of(e: &io::Error) -> String {
    match e.get_ref().and_then(|inner| inner.downcast_ref::<Reason>()) {
        Some(reason) => reason.0.clone(),
        None => format!("cannot be read: {}", reason_of_system(e)),
    }
}

/// A stream whose first bytes have been looked at; an error met while looking comes after them.
struct Peeked<'a> {
    head: Vec<u8>,
    at: usize,
    fault: Option<io::Error>,
    inner: &'a mut dyn Read,
}

impl<'a> Peeked<'a> {
    fn new(inner: &'a mut dyn Read) -> Self {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let fault = (&mut *inner).take(HEAD_BYTES as u64).read_to_end(&mut head).err();
        Peeked { head, at: 0, fault, inner }
    }

    /// Whether the head is all there is, as far as can be told.
    fn is_whole(&self) -> bool {
        self.head.len() < HEAD_BYTES
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let rest = self.head.get(self.at..).unwrap_or(&[]);
        if !rest.is_empty() {
            let n = rest.len().min(buf.len());
            if let (Some(to), Some(from)) = (buf.get_mut(..n), rest.get(..n)) {
                to.copy_from_slice(from);
            }
            self.at += n;
            return Ok(n);
        }
        match self.fault.take() {
            Some(e) => Err(e),
            None => self.inner.read(buf),
        }
    }
}

/// A stream of UTF-16 read as UTF-8, so that its records can be cut like any others.
struct AsUtf8<'a> {
    inner: &'a mut dyn Read,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    done: bool,
}

impl Read for AsUtf8<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.text.len() && !self.done {
            let mut raw = [0; 16 << 10];
            let n = self.inner.read(&mut raw)?;
            // Three bytes for each of two, and a replacement for what the end cuts off.
            self.text.resize((n + 2) * 3, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(raw.get(..n).unwrap_or(&[]), &mut self.text, n == 0);
            self.text.truncate(written);
            self.at = 0;
            // A decoder must not be asked again after its end.
            self.done = n == 0;
        }
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        let n = rest.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.at += n;
        Ok(n)
    }
}

/// Takes streams apart and hands on their records.
pub(crate) struct Cutter<'a> {
    pub settings: &'a ExtractSettings,
    sink: Sink<'a>,
    pub raw: &'a Raw,
    /// The file, for formats that must seek, while the stream is the file itself.
    pub file: Option<&'a Path>,
    /// How much all containers have given so far. Bytes.
    pub unpacked: u64,
    /// Whether the stream that comes next was compressed as it is, so that a tar in it counts once.
    pub was_compressed: bool,
}

impl Cutter<'_> {
    pub fn emit(&mut self, path: &str, ordinal: u64, line: u64, content: Content) -> ControlFlow<()> {
        let read_to = self.raw.consumed();
        (self.sink)(RawRecord { path: path.to_owned(), ordinal, line, read_to, content })
    }

    pub fn problem(&mut self, problem: Problem) -> ControlFlow<()> {
        let (path, line) = (problem.path.clone(), problem.line.unwrap_or(1));
        self.emit(&path, 0, line, Content::Problem(problem))
    }

    pub fn fault(&mut self, path: &str, e: &io::Error) -> ControlFlow<()> {
        self.problem(Problem::failure(path, reason_of(e)))
    }

    /// Cuts a stream whose format is not known yet; `depth` counts the containers around it.
    pub fn stream(&mut self, inner: &mut dyn Read, path: &str, depth: u32) -> ControlFlow<()> {
        let was_compressed = std::mem::take(&mut self.was_compressed);
        let mut peeked = Peeked::new(inner);
        if peeked.head.is_empty()
            && let Some(e) = &peeked.fault
        {
            let e = because(reason_of(e));
            return self.fault(path, &e);
        }
        if let Some((encoding, _)) = Encoding::for_bom(&peeked.head).filter(|(e, _)| *e != UTF_8) {
            let mut as_utf8 =
                AsUtf8 { inner: &mut peeked, decoder: encoding.new_decoder(), text: Vec::new(), at: 0, done: false };
            return self.stream(&mut as_utf8, path, depth);
        }
        let kind = kind_of(&peeked.head, path, peeked.is_whole() && peeked.fault.is_none());
        match kind {
            Kind::Gzip => unpack::compressed(self, Packing::Gzip, &mut peeked, path, depth),
            Kind::Zstd => unpack::compressed(self, Packing::Zstd, &mut peeked, path, depth),
            Kind::Tar => unpack::tar(self, &mut peeked, path, depth, was_compressed),
            Kind::Zip => unpack::zip(self, &mut peeked, path, depth),
            Kind::JsonLines => cut::lines(self, &mut peeked, path),
            Kind::Json => cut::json_values(self, &mut peeked, path),
            Kind::Table => cut::rows(self, &mut peeked, path),
            Kind::Mailbox => cut::messages(self, &mut peeked, path),
            Kind::Warc => cut::warc_records(self, &mut peeked, path),
            Kind::Document(format) => self.document(&mut peeked, path, format),
            Kind::Empty => self.problem(Problem::skip(path, "empty: no text in it")),
            Kind::Unread(what) => self.problem(Problem::skip(path, what)),
        }
    }

    /// One document, read whole.
    fn document(&mut self, inner: &mut dyn Read, path: &str, format: Format) -> ControlFlow<()> {
        let limit = self.settings.limits.document_bytes;
        let mut bytes = Vec::new();
        if let Err(e) = inner.take(limit + 1).read_to_end(&mut bytes) {
            return self.fault(path, &e);
        }
        if bytes.len() as u64 > limit {
            return self.problem(Problem::failure(path, too_large("document", limit)));
        }
        self.emit(path, 0, 1, Content::Bytes(format, bytes))
    }
}

/// The reason for something past [`crate::extract::record::Limits::document_bytes`].
pub(crate) fn too_large(what: &str, limit: u64) -> String {
    format!("a {what} of more than {} MB, which is past the limit; split it", limit >> 20)
}
