//! Decoders under the limits of a run, whose errors are worded for the user.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;

use crate::extract::open::cutter::Cutter;
use crate::extract::open::fault::{StreamFault, fault_in};
use crate::extract::open::reader::FileMeter;
use crate::extract::settings::Limits;

/// The members of a gzip stream. Padding or a signature after the last member ends it, as in gzip itself, which only warns.
pub(crate) struct GzipReader<R> {
    decoder: MultiGzDecoder<R>,
    has_given: bool,
}

impl<R: BufRead> GzipReader<R> {
    pub fn new(inner: R) -> Self {
        GzipReader { decoder: MultiGzDecoder::new(inner), has_given: false }
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.decoder.read(buf) {
            // The decoder knows no header only while it looks for a member's.
            Err(e) if self.has_given && e.kind() == io::ErrorKind::InvalidInput && self.decoder.header().is_none() => {
                Ok(0)
            }
            Ok(n) => {
                self.has_given |= n > 0;
                Ok(n)
            }
            Err(e) => Err(e),
        }
    }
}

/// What an unpacked length is held against.
pub(crate) enum PackedLength<'a> {
    /// What was read of the file so far.
    File(&'a FileMeter),
    /// The packed size of an entry.
    Bytes(u64),
}

/// A decoder under the limits of a run, whose errors are worded for the user.
pub(crate) struct LimitedReader<'a, R> {
    inner: R,
    packing: &'static str,
    packed: PackedLength<'a>,
    limits: Limits,
    /// How much this decoder has given. Bytes.
    pub given: u64,
    /// How much all containers of the file have given, this one included. Bytes.
    pub total: u64,
}

impl<'a, R> LimitedReader<'a, R> {
    pub fn new(inner: R, packing: &'static str, packed: PackedLength<'a>, cutter: &Cutter<'_>) -> Self {
        LimitedReader { inner, packing, packed, limits: cutter.settings.limits, given: 0, total: cutter.unpacked }
    }

    /// Whether more came out than the packed length can honestly hold.
    pub fn is_bomb(&self) -> bool {
        let packed = match self.packed {
            PackedLength::File(meter) => meter.consumed(),
            PackedLength::Bytes(bytes) => bytes,
        };
        self.given > Limits::RATIO_FROM_BYTES && self.given / self.limits.ratio > packed
    }
}

impl<R: Read> Read for LimitedReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match self.inner.read(buf) {
            Ok(n) => n as u64,
            Err(e) if fault_in(&e).is_some() => return Err(e),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(StreamFault::Truncated { packing: self.packing }.into());
            }
            Err(e) => return Err(StreamFault::Damaged { packing: self.packing, words: e.to_string() }.into()),
        };
        self.given += n;
        self.total += n;
        if self.is_bomb() {
            return Err(StreamFault::Bomb { ratio: self.limits.ratio }.into());
        }
        if self.total > self.limits.unpacked_bytes {
            return Err(StreamFault::PastLimit { limit: self.limits.unpacked_bytes }.into());
        }
        Ok(n as usize)
    }
}
