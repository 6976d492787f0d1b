//! What cutting a file needs besides the stream at hand: the settings, the meter, and where records go.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use crate::extract::open::fault::{StreamFault, reason_of};
use crate::extract::open::reader::FileMeter;
use crate::extract::record::{Content, Format, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;

/// Where records go.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(RawRecord) -> ControlFlow<()>;

/// Reads a stream whose format is not known yet: what containers do with their members.
pub(crate) type ReadStream = fn(&mut Cutter<'_>, &mut dyn Read, Location<'_>) -> ControlFlow<()>;

/// Where a stream lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Location<'a> {
    /// The path below the root, with what lies inside a container after `!/`.
    pub path: &'a str,
    /// The file, for formats that must seek, where the stream is the file itself.
    pub file: Option<&'a Path>,
    /// How many containers are around it.
    pub depth: u32,
    /// Whether it has just come out of a compressed stream, so that a tar in it counts once.
    pub was_compressed: bool,
}

impl Location<'_> {
    /// The location of a member of the container that lies here.
    pub fn inside<'p>(&self, path: &'p str) -> Location<'p> {
        Location { path, file: None, depth: self.depth + 1, was_compressed: false }
    }
}

/// Hands on the records of one file, and counts what its containers give.
pub(crate) struct Cutter<'a> {
    pub settings: &'a ExtractSettings,
    pub meter: &'a FileMeter,
    sink: Sink<'a>,
    /// How much all containers have given so far. Bytes.
    pub unpacked: u64,
}

impl<'a> Cutter<'a> {
    pub fn new(settings: &'a ExtractSettings, meter: &'a FileMeter, sink: Sink<'a>) -> Self {
        Cutter { settings, meter, sink, unpacked: 0 }
    }

    pub fn emit(&mut self, path: &str, ordinal: u64, line: u64, content: Content) -> ControlFlow<()> {
        let read_to = self.meter.consumed();
        (self.sink)(RawRecord { path: path.to_owned(), ordinal, line, read_to, content })
    }

    pub fn problem(&mut self, problem: Problem) -> ControlFlow<()> {
        let (path, line) = (problem.path.clone(), problem.line.unwrap_or(1));
        self.emit(&path, 0, line, Content::Problem(problem))
    }

    pub fn fault(&mut self, path: &str, e: &io::Error) -> ControlFlow<()> {
        self.problem(Problem::failure(path, reason_of(e)))
    }

    /// One document, read whole.
    pub fn document(&mut self, inner: &mut dyn Read, path: &str, format: Format) -> ControlFlow<()> {
        let limit = self.settings.limits.document_bytes;
        let mut bytes = Vec::new();
        if let Err(e) = inner.take(limit + 1).read_to_end(&mut bytes) {
            return self.fault(path, &e);
        }
        if bytes.len() as u64 > limit {
            return self.problem(Problem::failure(path, StreamFault::TooLarge { what: "document", limit }));
        }
        self.emit(path, 0, 1, Content::Bytes(format, bytes))
    }
}
