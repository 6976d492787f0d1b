//! Streams of JSON values, cut by counting brackets.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use crate::extract::open::cut::BUFFER_BYTES;
use crate::extract::open::cutter::Cutter;
use crate::extract::open::fault::{StreamFault, reason_of};
use crate::extract::record::{Content, Format, Problem};

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
                return if self.in_array { Err(StreamFault::OpenArray.into()) } else { Ok(None) };
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
            return Err(StreamFault::NotRecords.into());
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
                return Err(StreamFault::TooLarge { what: "record", limit: self.limit }.into());
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
}
