//! Readers that stand between a file and its records: metered, looked into, decoded.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, Encoding};
use xxhash_rust::xxh3::Xxh3;

use crate::extract::open::detect::HEAD_BYTES;

/// What is known of the file's own bytes while they are read.
#[derive(Default)]
pub(crate) struct FileMeter {
    /// How much was read from start to end. Bytes.
    pub read: Cell<u64>,
    /// How much was read by seeking, as of a zip. Bytes.
    pub sought: Cell<u64>,
    hasher: RefCell<Xxh3>,
}

impl FileMeter {
    /// How much of the file has been looked at, one way or the other. Bytes.
    pub fn consumed(&self) -> u64 {
        self.read.get().max(self.sought.get())
    }

    /// XXH3 (128 bits) of the bytes read from start to end.
    pub fn hash(&self) -> u128 {
        self.hasher.borrow().digest128()
    }
}

/// The file, read by seeking and counted.
pub(crate) struct SeekReader<'a> {
    pub file: File,
    pub meter: &'a FileMeter,
}

impl Read for SeekReader<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        self.meter.sought.set(self.meter.sought.get() + n as u64);
        Ok(n)
    }
}

impl Seek for SeekReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// The file or bytes in memory, counted and hashed as they are read.
pub(crate) struct MeteredReader<'a, R> {
    pub inner: R,
    pub meter: &'a FileMeter,
}

impl<R: Read> Read for MeteredReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.meter.read.set(self.meter.read.get() + n as u64);
        self.meter.hasher.borrow_mut().update(buf.get(..n).unwrap_or(&[]));
        Ok(n)
    }
}

/// A stream whose first bytes have been looked at; an error met while looking comes after them.
pub(crate) struct PeekReader<'a> {
    /// The bytes looked at, at most [`HEAD_BYTES`].
    pub head: Vec<u8>,
    at: usize,
    /// The error met while looking, until a reader meets it.
    pub fault: Option<io::Error>,
    inner: &'a mut dyn Read,
}

impl<'a> PeekReader<'a> {
    pub fn new(inner: &'a mut dyn Read) -> Self {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let fault = (&mut *inner).take(HEAD_BYTES as u64).read_to_end(&mut head).err();
        PeekReader { head, at: 0, fault, inner }
    }

    /// Whether the head is all there is.
    pub fn is_whole(&self) -> bool {
        self.head.len() < HEAD_BYTES && self.fault.is_none()
    }
}

impl Read for PeekReader<'_> {
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
pub(crate) struct Utf8Reader<'a> {
    inner: &'a mut dyn Read,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    done: bool,
}

impl<'a> Utf8Reader<'a> {
    pub fn new(inner: &'a mut dyn Read, encoding: &'static Encoding) -> Self {
        Utf8Reader { inner, decoder: encoding.new_decoder(), text: Vec::new(), at: 0, done: false }
    }
}

impl Read for Utf8Reader<'_> {
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
