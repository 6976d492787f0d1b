//! The first step of reading: a file's bytes, unpacked and cut into records, by streaming.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::detect::{HEAD_BYTES, Kind, kind_of};
use super::{Content, ExtractSettings, Format, Problem, RawRecord, unpack};
use crate::walk::{mtime_of, reason_of as reason_of_system};

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

/// The buffer of one stream. Bytes.
const BUFFER_BYTES: usize = 256 << 10;

/// Where records go.
pub(super) type Sink<'a> = &'a mut dyn FnMut(RawRecord) -> ControlFlow<()>;

/// Cuts a file into records, in order, and hands each to `sink` until that breaks.
///
/// What cannot be read within the file is a record too, which [`super::articles_in`] turns into a [`Problem`]. `relative` is
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
    let raw = Raw { read: Cell::new(0), hasher: RefCell::new(Xxh3::new()) };
    let mut tap = Tap { file: File::open(file).map_err(fault)?, raw: &raw };
    let mut cutter = Cutter { settings, sink, raw: &raw, file: Some(file), unpacked: 0 };
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
pub(super) struct Raw {
    pub read: Cell<u64>,
    hasher: RefCell<Xxh3>,
}

/// The file, counted and hashed as it is read.
struct Tap<'a> {
    file: File,
    raw: &'a Raw,
}

impl Read for Tap<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        self.raw.read.set(self.raw.read.get() + n as u64);
        self.raw.hasher.borrow_mut().update(buf.get(..n).unwrap_or(&[]));
        Ok(n)
    }
}

/// A reason in the words for the user, carried through [`io::Error`].
#[derive(Debug)]
pub(super) struct Reason(pub String);

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}

/// An error that says `reason`.
pub(super) fn because(reason: impl Into<String>) -> io::Error {
    io::Error::other(Reason(reason.into()))
}

/// The reason that an error carries, or the system's words.
pub(super) fn reason_of(e: &io::Error) -> String {
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

/// Takes streams apart and hands on their records.
pub(super) struct Cutter<'a> {
    pub settings: &'a ExtractSettings,
    sink: Sink<'a>,
    pub raw: &'a Raw,
    /// The file, for formats that must seek, while the stream is the file itself.
    pub file: Option<&'a Path>,
    /// How much all containers have given so far. Bytes.
    pub unpacked: u64,
}

impl Cutter<'_> {
    pub fn emit(&mut self, path: &str, ordinal: u64, line: u64, content: Content) -> ControlFlow<()> {
        let read_to = self.raw.read.get();
        (self.sink)(RawRecord { path: path.to_owned(), ordinal, line, read_to, content })
    }

    pub fn problem(&mut self, problem: Problem) -> ControlFlow<()> {
        let (path, line) = (problem.path.clone(), problem.line.unwrap_or(1));
        self.emit(&path, 0, line, Content::Problem(problem))
    }

    fn fault(&mut self, path: &str, e: &io::Error) -> ControlFlow<()> {
        self.problem(Problem::failure(path, reason_of(e)))
    }

    /// Cuts a stream whose format is not known yet; `depth` counts the containers around it.
    pub fn stream(&mut self, inner: &mut dyn Read, path: &str, depth: u32) -> ControlFlow<()> {
        let mut peeked = Peeked::new(inner);
        if peeked.head.is_empty()
            && let Some(e) = &peeked.fault
        {
            let e = because(reason_of(e));
            return self.fault(path, &e);
        }
        let kind = kind_of(&peeked.head, path, peeked.is_whole() && peeked.fault.is_none());
        match kind {
            Kind::Gzip => unpack::gzip(self, &mut peeked, path, depth),
            Kind::JsonLines => self.lines(&mut peeked, path),
            Kind::Json => self.json_values(&mut peeked, path),
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

    /// A record a line.
    fn lines(&mut self, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
        let limit = self.settings.limits.document_bytes;
        let mut lines = Lines::new(inner, limit);
        let mut ordinal = 0;
        loop {
            let (line, number) = match lines.next_line() {
                Ok(Some(found)) => found,
                Ok(None) => break,
                Err(e) => return self.problem(Problem::failure(path, reason_of(&e)).at_line(lines.number)),
            };
            let Some(mut line) = line else {
                let problem = Problem::failure(path, too_large("line", limit)).at_line(number);
                self.emit(path, ordinal, number, Content::Problem(problem))?;
                ordinal += 1;
                continue;
            };
            if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            self.emit(path, ordinal, number, Content::Bytes(Format::JsonRecord, line))?;
            ordinal += 1;
        }
        if ordinal == 0 {
            self.problem(Problem::skip(path, "empty: no record in it"))
        } else {
            ControlFlow::Continue(())
        }
    }

    /// JSON values one after the other; an array gives its elements.
    fn json_values(&mut self, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
        let limit = self.settings.limits.document_bytes;
        let mut values = JsonValues::new(inner, limit);
        let mut ordinal = 0;
        loop {
            match values.next_value() {
                Ok(Some((value, line))) => self.emit(path, ordinal, line, Content::Bytes(Format::JsonRecord, value))?,
                Ok(None) => break,
                Err(e) => return self.problem(Problem::failure(path, reason_of(&e)).at_line(values.line)),
            }
            ordinal += 1;
        }
        if ordinal == 0 {
            self.problem(Problem::skip(path, "empty: no record in it"))
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// The reason for something past [`super::Limits::document_bytes`].
pub(super) fn too_large(what: &str, limit: u64) -> String {
    format!("a {what} of more than {} MB, which is past the limit; split it", limit >> 20)
}

/// Lines of a stream, numbered from 1, each without its end; too long ones are passed over.
struct Lines<'a> {
    inner: BufReader<&'a mut dyn Read>,
    limit: u64,
    number: u64,
}

impl<'a> Lines<'a> {
    fn new(inner: &'a mut dyn Read, limit: u64) -> Self {
        Lines { inner: BufReader::with_capacity(BUFFER_BYTES, inner), limit, number: 0 }
    }

    /// The next line and its number; `None` for a line past the limit.
    #[allow(clippy::type_complexity)]
    fn next_line(&mut self) -> io::Result<Option<(Option<Vec<u8>>, u64)>> {
        let mut line = Vec::new();
        self.number += 1;
        let read = (&mut self.inner).take(self.limit + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(Some((Some(line), self.number)));
        }
        if read as u64 <= self.limit {
            return Ok(Some((Some(line), self.number)));
        }
        drop(line);
        self.inner.skip_until(b'\n')?;
        Ok(Some((None, self.number)))
    }
}

/// The JSON values of a stream, found by counting brackets outside strings; whether they are sound is for the parser.
struct JsonValues<'a> {
    inner: BufReader<&'a mut dyn Read>,
    limit: u64,
    line: u64,
    in_array: bool,
}

impl<'a> JsonValues<'a> {
    fn new(inner: &'a mut dyn Read, limit: u64) -> Self {
        JsonValues { inner: BufReader::with_capacity(BUFFER_BYTES, inner), limit, line: 1, in_array: false }
    }

    /// The first byte of the next value, not consumed.
    fn seek_value(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.inner.fill_buf()?;
            let Some(&byte) = buffer.first() else {
                return if self.in_array { Err(because("not whole JSON: its array has no end")) } else { Ok(None) };
            };
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' | b',' => {}
                0xef if buffer.starts_with(b"\xef\xbb\xbf") => self.inner.consume(2),
                b'[' if !self.in_array => self.in_array = true,
                b']' if self.in_array => self.in_array = false,
                other => return Ok(Some(other)),
            }
            self.inner.consume(1);
        }
    }

    /// The next value and the line on which it begins. A value without an end is given as far as it goes.
    fn next_value(&mut self) -> io::Result<Option<(Vec<u8>, u64)>> {
        let Some(first) = self.seek_value()? else { return Ok(None) };
        if !matches!(first, b'{' | b'[') {
            return Err(because("not JSON records: there must be an object, or an array of objects"));
        }
        let start = self.line;
        let (mut depth, mut in_string, mut escaped) = (0u64, false, false);
        let mut value = Vec::new();
        loop {
            let buffer = self.inner.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Some((value, start)));
            }
            let mut end = None;
            for (at, &byte) in buffer.iter().enumerate() {
                if byte == b'\n' {
                    self.line += 1;
                }
                if in_string {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => in_string = false,
                        _ => {}
                    }
                    continue;
                }
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth == 0 {
                    end = Some(at + 1);
                    break;
                }
            }
            let taken = end.unwrap_or(buffer.len());
            value.extend_from_slice(buffer.get(..taken).unwrap_or(&[]));
            self.inner.consume(taken);
            if end.is_some() {
                return Ok(Some((value, start)));
            }
            if value.len() as u64 > self.limit {
                self.line = start;
                return Err(because(too_large("record", self.limit)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(mut json: &[u8]) -> Vec<(String, u64)> {
        let mut inner: &mut dyn Read = &mut json;
        let mut values = JsonValues::new(&mut inner, 1 << 20);
        let mut out = Vec::new();
        while let Ok(Some((value, line))) = values.next_value() {
            out.push((String::from_utf8(value).unwrap(), line));
        }
        out
    }

    #[test]
    fn elements_of_an_array_are_cut_with_their_lines() {
        let found = values(b"[\n {\"a\":\"]}\\\"\"},\n {\"b\":[1,{}]}\n]\n");
        assert_eq!(found, [("{\"a\":\"]}\\\"\"}".to_owned(), 2), ("{\"b\":[1,{}]}".to_owned(), 3)]);
    }

    #[test]
    fn a_value_without_an_end_is_given_as_far_as_it_goes() {
        assert_eq!(values(b"{\"a\":1}\n{\"b\":"), [("{\"a\":1}".to_owned(), 1), ("{\"b\":".to_owned(), 2)]);
    }

    #[test]
    fn a_line_past_the_limit_is_passed_over() {
        let mut input: &[u8] = b"one\nmuch too long\r\nthree";
        let mut lines = Lines::new(&mut input, 5);
        assert_eq!(lines.next_line().unwrap(), Some((Some(b"one".to_vec()), 1)));
        assert_eq!(lines.next_line().unwrap(), Some((None, 2)));
        assert_eq!(lines.next_line().unwrap(), Some((Some(b"three".to_vec()), 3)));
        assert_eq!(lines.next_line().unwrap(), None);
    }
}
