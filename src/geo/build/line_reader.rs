//! Reads a table line by line, whatever is in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A line longer than this is reported and left out; the longest of GeoNames is about 12,000 bytes.
const LONGEST_LINE_BYTES: u64 = 1 << 20;

/// LineReader of bounded length with their numbers.
pub(crate) struct LineReader {
    input: BufReader<File>,
    buffer: Vec<u8>,
    /// The number of the last line, counted from 1.
    pub(crate) number: u64,
    /// Bytes read so far.
    pub(crate) bytes: u64,
}

impl LineReader {
    pub(crate) fn open(file: &Path) -> io::Result<LineReader> {
        let input = BufReader::with_capacity(1 << 18, File::open(file)?);
        Ok(LineReader { input, buffer: Vec::new(), number: 0, bytes: 0 })
    }

    /// The next line without its end; the inner error says why a line cannot be used.
    pub(crate) fn next(&mut self) -> io::Result<Option<Result<String, String>>> {
        self.buffer.clear();
        let read = (&mut self.input).take(LONGEST_LINE_BYTES).read_until(b'\n', &mut self.buffer)? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += read;
        if read == LONGEST_LINE_BYTES && self.buffer.last() != Some(&b'\n') {
            self.bytes += self.input.skip_until(b'\n')? as u64;
            return Ok(Some(Err("longer than a megabyte".to_owned())));
        }
        let line = std::str::from_utf8(&self.buffer).map_err(|_| "not UTF-8".to_owned());
        Ok(Some(line.map(|line| line.trim_end_matches(['\n', '\r']).to_owned())))
    }
}
