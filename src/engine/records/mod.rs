//! The records of a segment: each packed by itself, so that an answer unpacks the ten that it shows and no others.
//!
//! The engine would pack them in blocks of 16 kB. Unpacking one took 19 microseconds and was most of the time of an answer;
//! a record alone takes less than one. Alone a record packs badly (68 of 100 bytes of news are left, 49 in a block), so
//! that it is packed with a dictionary of what the records of its segment have in common ([`crate::engine::records::packing`]): 49 with
//! the small one that a segment has first, 43 with a large one.
//!
//! A dictionary is learnt from records of its own segment and goes when they go: what has been taken out of an index for
//! good must not live on in one.
//!
//! All numbers are little endian.
//!
//! | part | content |
//! |---|---|
//! | records | each the length of its frame (LEB128), the number of its dictionary (a byte, 0 for none), and a frame of zstd's without the four bytes that all frames begin with |
//! | dictionaries | each its XXH3 hash (u64), its length (u32) and its bytes |
//! | directory | u64 each: where the first of [`GROUP`] records begins |
//! | trailer | where the dictionaries and the directory begin (u64 each), how many records and dictionaries there are (u32 each) |

pub(crate) mod packing;
pub(crate) mod passage;
pub(crate) mod plugin;

use std::ops::Range;
use std::sync::OnceLock;

use self_cell::self_cell;
use tantivy::directory::OwnedBytes;
use tantivy::error::DataCorruption;
use tantivy::index::SegmentComponent;
use tantivy::{DocId, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{self, DCtx};

use crate::engine::pool::Pool;

/// The ending of the file among those of its segment.
pub const EXTENSION: &str = "records";

/// Records between two entries of the directory; those before the one that is sought are stepped over.
pub const GROUP: usize = 16;

/// The most dictionaries of a segment: a record names its own in one byte.
pub const MOST_DICTIONARIES: usize = 255;

/// What every frame of zstd's begins with (RFC 8878, section 3.1.1).
pub const FRAME_MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();

const TRAILER_BYTES: usize = 24;

/// How many times smaller than its record a frame can be: a block of 128 kB takes at least four bytes.
const MOST_EXPANSION: u64 = 1 << 15;

/// The trailer of a file.
pub fn trailer(dictionaries_at: u64, directory_at: u64, records: u32, dictionaries: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(TRAILER_BYTES);
    bytes.extend_from_slice(&dictionaries_at.to_le_bytes());
    bytes.extend_from_slice(&directory_at.to_le_bytes());
    bytes.extend_from_slice(&records.to_le_bytes());
    bytes.extend_from_slice(&dictionaries.to_le_bytes());
    bytes
}

/// What stands before a dictionary of these bytes.
pub fn dictionary_head(dictionary: &[u8]) -> Vec<u8> {
    let mut bytes = xxh3_64(dictionary).to_le_bytes().to_vec();
    bytes.extend_from_slice(&(dictionary.len() as u32).to_le_bytes());
    bytes
}

/// A record as it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedRecord<'r> {
    /// The number of its dictionary, from 1; 0 for none.
    pub dictionary: u8,
    /// A frame without [`FRAME_MAGIC`].
    pub frame: &'r [u8],
}

/// The records of one segment.
pub struct Records {
    bytes: OwnedBytes,
    /// Where the records end.
    records_end: usize,
    directory: Range<usize>,
    count: DocId,
    dictionaries: Vec<Dictionary>,
}

/// A dictionary that is made ready for the first record that needs it.
struct Dictionary {
    at: Range<usize>,
    sum: u64,
    ready: OnceLock<Result<PreparedDictionary, String>>,
}

self_cell! {
    /// A dictionary in the bytes where they lie; copied, it would take as many pages of memory again.
    struct PreparedDictionary {
        owner: OwnedBytes,
        #[covariant]
        dependent: DecoderDictionary,
    }
}

impl Records {
    /// The records of a segment; their file is mapped.
    ///
    /// # Errors
    /// Where the file is missing or not one of records.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let bytes = segment.open_read(SegmentComponent::Custom(EXTENSION.to_owned()))?.read_bytes()?;
        let records = Self::of(bytes).filter(|records| records.count == segment.max_doc());
        records.ok_or_else(|| DataCorruption::comment_only("the file of its records is not whole".to_owned()).into())
    }

    /// Records from the bytes of their file; `None` where these are no such bytes.
    pub fn of(bytes: OwnedBytes) -> Option<Self> {
        let trailer_at = bytes.len().checked_sub(TRAILER_BYTES)?;
        let u64_at = |at: usize| bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
        let u32_at = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let place = |at: usize| usize::try_from(u64_at(at)?).ok();
        let (records_end, directory_at) = (place(trailer_at)?, place(trailer_at + 8)?);
        let (count, wanted) = (u32_at(trailer_at + 16)?, u32_at(trailer_at + 20)?);
        let whole = records_end <= directory_at
            && directory_at.checked_add((count as usize).div_ceil(GROUP) * 8) == Some(trailer_at)
            && wanted as usize <= MOST_DICTIONARIES;
        if !whole {
            return None;
        }
        let mut dictionaries = Vec::with_capacity(wanted as usize);
        let mut at = records_end;
        for _ in 0..wanted {
            let (sum, length) = (u64_at(at)?, u32_at(at + 8)? as usize);
            let end = (at + 12).checked_add(length).filter(|end| *end <= directory_at)?;
            dictionaries.push(Dictionary { at: at + 12..end, sum, ready: OnceLock::new() });
            at = end;
        }
        let directory = directory_at..trailer_at;
        Some(Records { bytes, records_end, directory, count, dictionaries })
    }

    /// How many there are.
    pub fn count(&self) -> DocId {
        self.count
    }

    /// Bytes of all packed records.
    pub fn packed_bytes(&self) -> usize {
        self.records_end
    }

    /// The bytes of each dictionary, in order; `None` for one that has changed.
    pub fn dictionaries(&self) -> impl ExactSizeIterator<Item = Option<&[u8]>> {
        let checked = |dictionary: &Dictionary| {
            self.bytes.get(dictionary.at.clone()).filter(|bytes| xxh3_64(bytes) == dictionary.sum)
        };
        self.dictionaries.iter().map(checked)
    }

    /// The record of a document as it lies; `None` where there is none.
    pub fn packed(&self, doc: DocId) -> Option<PackedRecord<'_>> {
        if doc >= self.count {
            return None;
        }
        let entry = self.directory.start + doc as usize / GROUP * 8;
        let start = self.bytes.get(entry..entry + 8)?.try_into().ok().map(u64::from_le_bytes)?;
        let rest = self.bytes.get(usize::try_from(start).ok()?..self.records_end)?;
        Walk { rest }.nth(doc as usize % GROUP)
    }

    /// All records as they lie, in order. It ends early where they are damaged.
    pub fn all_packed(&self) -> impl Iterator<Item = PackedRecord<'_>> {
        Walk { rest: self.bytes.get(..self.records_end).unwrap_or_default() }.take(self.count as usize)
    }

    fn dictionary(&self, number: u8) -> Result<Option<&DecoderDictionary<'_>>, String> {
        let Some(place) = usize::from(number).checked_sub(1) else { return Ok(None) };
        let dictionary = self.dictionaries.get(place).ok_or("a record names a dictionary that is not there")?;
        let read = || {
            let bytes = self.bytes.slice(dictionary.at.clone());
            // A changed byte of it would change texts.
            if xxh3_64(&bytes) != dictionary.sum {
                return Err("a dictionary of its records has changed".to_owned());
            }
            PreparedDictionary::try_new(bytes, |bytes| DecoderDictionary::try_new(bytes)).map_err(|e| e.to_string())
        };
        dictionary.ready.get_or_init(read).as_ref().map(|ready| Some(ready.borrow_dependent())).map_err(Clone::clone)
    }
}

/// Steps from record to record.
struct Walk<'r> {
    rest: &'r [u8],
}

impl<'r> Iterator for Walk<'r> {
    type Item = PackedRecord<'r>;

    fn next(&mut self) -> Option<PackedRecord<'r>> {
        let mut length = 0_usize;
        let mut shift = 0;
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            length |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
            shift += 7;
            if shift > 28 {
                return None;
            }
        }
        let (dictionary, rest) = self.rest.split_first()?;
        let (frame, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(PackedRecord { dictionary: *dictionary, frame })
    }
}

/// Unpacks records of any segment.
pub struct Unpacker(Pool<State>);

/// What unpacks one record at a time; kept, since it is larger than most records.
struct State {
    context: DCtx<'static>,
    frame: Vec<u8>,
}

impl State {
    fn new() -> Result<Self, String> {
        let context = DCtx::try_create().ok_or("there is no memory to unpack records")?;
        Ok(State { context, frame: FRAME_MAGIC.to_vec() })
    }

    fn unpack(&mut self, records: &Records, packed: PackedRecord<'_>) -> Result<Vec<u8>, String> {
        let State { context, frame } = self;
        frame.truncate(FRAME_MAGIC.len());
        frame.extend_from_slice(packed.frame);
        let size = match zstd_safe::get_frame_content_size(frame) {
            // A damaged one must not ask for more memory than there is.
            Ok(Some(size)) if size <= MOST_EXPANSION * frame.len() as u64 => size as usize,
            _ => return Err("a packed record does not say how long it is".to_owned()),
        };
        let mut record = Vec::new();
        record.try_reserve_exact(size).map_err(|_| "a packed record claims to be longer than there is memory")?;
        let read = match records.dictionary(packed.dictionary)? {
            None => context.decompress(&mut record, frame),
            Some(dictionary) => context.decompress_using_ddict(&mut record, frame, dictionary.as_ddict()),
        };
        match read {
            Ok(_) => Ok(record),
            Err(code) => Err(format!("a record cannot be unpacked: {}", zstd_safe::get_error_name(code))),
        }
    }
}

impl Unpacker {
    /// An unpacker.
    ///
    /// # Errors
    /// A sentence where there is no memory for it.
    pub fn new() -> Result<Self, String> {
        Ok(Unpacker(Pool::of(State::new()?)))
    }

    /// The record of a document.
    ///
    /// # Errors
    /// A sentence on what of it is damaged.
    pub fn record(&self, records: &Records, doc: DocId) -> Result<Vec<u8>, String> {
        let packed = records.packed(doc).ok_or("a passage has no record")?;
        self.unpack(records, packed)
    }

    /// What was packed, with a dictionary of these records.
    ///
    /// # Errors
    /// A sentence on what of it is damaged.
    pub fn unpack(&self, records: &Records, packed: PackedRecord<'_>) -> Result<Vec<u8>, String> {
        self.0.with(State::new, |state| state.unpack(records, packed))?
    }
}
