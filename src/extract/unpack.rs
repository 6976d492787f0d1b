//! What files are packed in: gzip, zstd, tar and zip, by streaming and within limits.

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;

use flate2::bufread::MultiGzDecoder;

use super::Problem;
use super::read::{Cutter, Raw, because};
use super::{ExtractSettings, Limits};

pub(super) fn gzip(cutter: &mut Cutter<'_>, inner: &mut dyn Read, path: &str, depth: u32) -> ControlFlow<()> {
    if depth >= cutter.settings.limits.depth {
        return cutter.problem(Problem::failure(path, too_deep(cutter.settings.limits.depth)));
    }
    let decoder = MultiGzDecoder::new(BufReader::with_capacity(64 << 10, inner));
    let mut guarded = Guarded::new(decoder, "gzip", cutter.raw, cutter.settings, cutter.unpacked);
    cutter.file = None;
    let flow = cutter.stream(&mut guarded, path, depth + 1);
    cutter.unpacked = guarded.total;
    flow
}

fn too_deep(limit: u32) -> String {
    format!("packed more than {limit} deep; unpack it first")
}

/// A decoder under the limits of a run, whose errors are worded for the user.
struct Guarded<'a, R> {
    inner: R,
    name: &'static str,
    raw: &'a Raw,
    limits: Limits,
    given: u64,
    total: u64,
}

impl<'a, R> Guarded<'a, R> {
    fn new(inner: R, name: &'static str, raw: &'a Raw, settings: &ExtractSettings, total: u64) -> Self {
        Guarded { inner, name, raw, limits: settings.limits, given: 0, total }
    }
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match self.inner.read(buf) {
            Ok(n) => n as u64,
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(because(format!("truncated {0}: the file ends before its {0} data does", self.name)));
            }
            Err(e) if e.get_ref().is_some_and(|inner| inner.is::<super::read::Reason>()) => return Err(e),
            Err(e) => return Err(because(format!("damaged {}: {e}", self.name))),
        };
        self.given += n;
        self.total += n;
        let Limits { ratio, unpacked_bytes, .. } = self.limits;
        if self.given > Limits::RATIO_FROM_BYTES && self.given / ratio > self.raw.read.get() {
            return Err(because(format!("unpacks to more than {ratio} times its size; left, as a bomb would do so")));
        }
        if self.total > unpacked_bytes {
            let reason = format!("unpacks to more than {} MB, which is past the limit", unpacked_bytes >> 20);
            return Err(because(reason));
        }
        Ok(n as usize)
    }
}
