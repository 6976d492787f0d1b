//! Streams of records: lines, rows, messages, crawled pages. Each is cut without being understood.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use crate::extract::header::{TableHeader, delimiter_of};
use crate::extract::header_block::HeaderBlock;
use crate::extract::open::cutter::Cutter;
use crate::extract::open::fault::{StreamFault, reason_of};
use crate::extract::record::{Content, Format, Problem};

/// The buffer of one stream. Bytes.
pub(crate) const BUFFER_BYTES: usize = 256 << 10;

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
            let problem = Problem::failure(path, StreamFault::TooLarge { what: "line", limit }).at_line(number);
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
    let bounded = RowReader { inner: buffered, since: &since, limit };
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
            match TableHeader::of(&row, &cutter.settings.archive.columns_of(path)) {
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
struct RowReader<'a, R> {
    inner: R,
    since: &'a Cell<u64>,
    limit: u64,
}

impl<R: Read> Read for RowReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.since.set(self.since.get() + n as u64);
        if self.since.get() > self.limit {
            return Err(StreamFault::TooLarge { what: "row", limit: self.limit }.into());
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
                Content::Problem(
                    Problem::failure(path, StreamFault::TooLarge { what: "message", limit }).at_line(start),
                )
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
        let sound = HeaderBlock::read(&block).filter(|(first, ..)| first.starts_with("WARC/"));
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
                Content::Problem(Problem::failure(path, StreamFault::TooLarge { what: "page", limit }))
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

#[cfg(test)]
mod tests {
    use super::*;

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
