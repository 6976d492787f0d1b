//! Streams of records: lines, JSON values, rows, messages, crawled pages. Each is cut without being understood.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use crate::extract::formats::table::delimiter_of;
use crate::extract::formats::warc::Headers;
use crate::extract::header::Header;
use crate::extract::open::cutter::{Cutter, because, reason_of, too_large};
use crate::extract::record::{Content, Format, Problem};

/// The buffer of one stream. Bytes.
const BUFFER_BYTES: usize = 256 << 10;

/// A record a line.
pub(crate) fn lines(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    let mut lines = Lines::new(inner, limit);
    let mut ordinal = 0;
    loop {
        let (line, number) = match lines.next_line() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(e) => return cutter.problem(Problem::failure(path, reason_of(&e)).at_line(lines.number)),
        };
        let Some(mut line) = line else {
            let problem = Problem::failure(path, too_large("line", limit)).at_line(number);
            cutter.emit(path, ordinal, number, Content::Problem(problem))?;
            ordinal += 1;
            continue;
        };
        if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        cutter.emit(path, ordinal, number, Content::Bytes(Format::JsonRecord, line))?;
        ordinal += 1;
    }
    if ordinal == 0 { cutter.problem(Problem::skip(path, "empty: no record in it")) } else { ControlFlow::Continue(()) }
}

/// JSON values one after the other; an array gives its elements.
pub(crate) fn json_values(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    let mut values = JsonValues::new(inner, limit);
    let mut ordinal = 0;
    loop {
        match values.next_value() {
            Ok(Some((value, line))) => cutter.emit(path, ordinal, line, Content::Bytes(Format::JsonRecord, value))?,
            Ok(None) => break,
            Err(e) => return cutter.problem(Problem::failure(path, reason_of(&e)).at_line(values.line)),
        }
        ordinal += 1;
    }
    if ordinal == 0 { cutter.problem(Problem::skip(path, "empty: no record in it")) } else { ControlFlow::Continue(()) }
}

/// The rows of a table after its header.
pub(crate) fn rows(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    let since = Cell::new(0);
    let mut buffered = BufReader::with_capacity(BUFFER_BYTES, inner);
    let first = match buffered.fill_buf() {
        Ok(buffer) => buffer,
        Err(e) => return cutter.fault(path, &e),
    };
    let first = first.get(..memchr::memchr(b'\n', first).unwrap_or(first.len())).unwrap_or(&[]);
    let delimiter = delimiter_of(first).unwrap_or(b',');
    let bounded = Bounded { inner: buffered, since: &since, limit };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bounded);
    let mut row = csv::ByteRecord::new();
    let mut header = None;
    let mut ordinal = 0;
    loop {
        since.set(0);
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                let reason = match e.kind() {
                    csv::ErrorKind::Io(e) => reason_of(e),
                    _ => format!("not a table: {e}"),
                };
                return cutter.problem(Problem::failure(path, reason).at_line(reader.position().line()));
            }
        }
        let line = row.position().map_or(1, csv::Position::line);
        let Some(known) = &header else {
            match Header::of(&row, &cutter.settings.archive.columns_of(path)) {
                Ok(found) => header = Some(found),
                Err(reason) => return cutter.problem(Problem::skip(path, reason)),
            }
            continue;
        };
        let content = Content::Row(known.clone(), row.clone());
        cutter.emit(path, ordinal, line, content)?;
        ordinal += 1;
    }
    if ordinal == 0 { cutter.problem(Problem::skip(path, "empty: no row in it")) } else { ControlFlow::Continue(()) }
}

/// A reader that gives up where one record takes more than a document may: an open quotation mark makes a row of the rest.
struct Bounded<'a, R> {
    inner: R,
    since: &'a Cell<u64>,
    limit: u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.since.set(self.since.get() + n as u64);
        if self.since.get() > self.limit {
            return Err(because(too_large("row", self.limit)));
        }
        Ok(n)
    }
}

/// The messages of a mailbox: each begins after an empty line with a line "From ".
pub(crate) fn messages(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
    let limit = cutter.settings.limits.document_bytes;
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, inner);
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let (mut ordinal, mut number, mut start) = (0, 0, 1);
    let (mut was_empty, mut too_long) = (true, false);
    loop {
        line.clear();
        let read = match (&mut reader).take(limit).read_until(b'\n', &mut line) {
            Ok(read) => read,
            Err(e) => return cutter.problem(Problem::failure(path, reason_of(&e)).at_line(number)),
        };
        number += 1;
        let begins = was_empty && line.starts_with(b"From ");
        if (begins || read == 0) && (too_long || !message.trim_ascii().is_empty()) {
            let content = if too_long {
                Content::Problem(Problem::failure(path, too_large("message", limit)).at_line(start))
            } else {
                Content::Bytes(Format::Mail, std::mem::take(&mut message))
            };
            cutter.emit(path, ordinal, start, content)?;
            ordinal += 1;
            too_long = false;
        }
        if read == 0 {
            break;
        }
        if begins {
            message.clear();
            start = number;
            was_empty = false;
            continue;
        }
        was_empty = line.trim_ascii().is_empty();
        // ">From " was written for "From " at the beginning of a line.
        let quoted = line.iter().take_while(|b| **b == b'>').count();
        let from = usize::from(quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From ")));
        if message.len() as u64 + line.len() as u64 > limit {
            too_long = true;
            message.clear();
        }
        if !too_long {
            message.extend_from_slice(line.get(from..).unwrap_or(&[]));
        }
    }
    if ordinal == 0 {
        cutter.problem(Problem::skip(path, "empty: no message in it"))
    } else {
        ControlFlow::Continue(())
    }
}

/// The records of a WARC that may hold an article.
pub(crate) fn warc_records(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str) -> ControlFlow<()> {
    const MAX_HEADER_BYTES: usize = 1 << 20;
    let limit = cutter.settings.limits.document_bytes;
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, inner);
    let (mut ordinal, mut records) = (0, 0u64);
    loop {
        // The header block, line by line up to an empty one.
        let mut block = Vec::new();
        loop {
            let before = block.len();
            match (&mut reader).take(MAX_HEADER_BYTES as u64).read_until(b'\n', &mut block) {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => return cutter.fault(path, &e),
            }
            let line = block.get(before..).unwrap_or(&[]).trim_ascii();
            if line.is_empty() && before == 0 {
                block.clear();
            } else if line.is_empty() {
                break;
            }
            if block.len() > MAX_HEADER_BYTES {
                return cutter.problem(Problem::failure(path, "a WARC record whose headers have no end"));
            }
        }
        if block.is_empty() {
            break;
        }
        records += 1;
        let sound = Headers::read(&block).filter(|(first, ..)| first.starts_with("WARC/"));
        let Some((headers, length)) = sound.and_then(|(_, headers, _)| headers.content_length().map(|l| (headers, l)))
        else {
            let reason = format!("a damaged WARC: record {records} has no sound header; what follows is not read");
            return cutter.problem(Problem::failure(path, reason));
        };
        let mut body = (&mut reader).take(length);
        let read = if headers.is_wanted() && length <= limit {
            body.read_to_end(&mut block).map(|n| n as u64)
        } else {
            io::copy(&mut body, &mut io::sink())
        };
        match read {
            Err(e) => return cutter.fault(path, &e),
            Ok(n) if n < length => {
                let reason = format!("a truncated WARC: it ends within record {records}");
                return cutter.problem(Problem::failure(path, reason));
            }
            Ok(_) => {}
        }
        if headers.is_wanted() {
            let content = if length <= limit {
                Content::Bytes(Format::Warc, block)
            } else {
                Content::Problem(Problem::failure(path, too_large("page", limit)))
            };
            cutter.emit(path, ordinal, 1, content)?;
            ordinal += 1;
        }
    }
    if ordinal == 0 {
        cutter.problem(Problem::skip(path, "empty: no saved page in it"))
    } else {
        ControlFlow::Continue(())
    }
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
                // The array has no end either, which need not be said twice.
                self.in_array = false;
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
