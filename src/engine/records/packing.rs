//! Packing the records of a segment, and learning the dictionaries that make them small ([`crate::engine::records`]).
//!
//! A first dictionary is learnt from the first records, which wait for it; a larger one from a wider choice takes over where
//! the segment turns out to be large.

use std::io::{self, Write};

use zstd::dict::EncoderDictionary;
use zstd::zstd_safe::{self, CCtx};

use crate::engine::records::{FRAME_MAGIC, GROUP, MOST_DICTIONARIES, Records, dictionary_head, trailer};

/// zstd's level. With a dictionary 1 leaves a sixth more and is a fifth faster, 5 saves two in a hundred and takes twice
/// as long.
const LEVEL: i32 = 3;

/// Bytes of the records that a first dictionary is learnt from, and of that dictionary at most. Of half as many an index of
/// 11 MB of news is a fortieth larger, and a hundredth of the time of a small archive is saved.
const FIRST_SAMPLES: usize = 256 << 10;
const FIRST_DICTIONARY: usize = 64 << 10;

/// The same for a second. Its samples are one record in so many, after so many bytes have gone by, so that they come from a
/// large part of the segment.
const SECOND_SAMPLES: usize = 512 << 10;
const SECOND_DICTIONARY: usize = 256 << 10;
const SECOND_ONE_IN: usize = 12;
const SECOND_AFTER: usize = 8 << 20;

/// Fewer bytes of records than this have no dictionary: it would be no smaller than what it saves.
const LEAST_TO_LEARN_FROM: usize = 64 << 10;

/// A dictionary is at most so much of what it is learnt from: one part in so many.
const DICTIONARY_IN: usize = 4;

/// Where a dictionary of zstd's keeps its id (RFC 8878, section 5). It is set to 0, so that frames do not repeat it: a
/// record names its dictionary in a byte of its own.
const DICTIONARY_ID: std::ops::Range<usize> = 4..8;

/// Packs records into a file.
pub struct Packer<W> {
    out: W,
    written: u64,
    count: u32,
    directory: Vec<u64>,
    dictionaries: Vec<Vec<u8>>,
    current: Option<Current>,
    stage: Stage,
    samples: Samples,
    context: CCtx<'static>,
    frame: Vec<u8>,
}

/// How far learning has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Records wait for the first dictionary, which is learnt from them.
    Waiting,
    /// This many bytes and records have gone by since.
    Gathering { bytes: usize, records: usize },
    /// There is no more to learn.
    Learnt,
}

/// The dictionary at hand.
struct Current {
    number: u8,
    ready: EncoderDictionary<'static>,
}

/// Records side by side.
#[derive(Default)]
struct Samples {
    bytes: Vec<u8>,
    sizes: Vec<usize>,
}

impl Samples {
    fn push(&mut self, record: &[u8]) {
        self.bytes.extend_from_slice(record);
        self.sizes.push(record.len());
    }

    fn each(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.bytes.as_slice();
        self.sizes.iter().map_while(move |size| {
            let (record, after) = rest.split_at_checked(*size)?;
            rest = after;
            Some(record)
        })
    }

    /// A dictionary of what they have in common; `None` where they are too few, all alike, or all different.
    fn dictionary(&self, most: usize) -> Option<Vec<u8>> {
        if self.bytes.len() < LEAST_TO_LEARN_FROM {
            return None;
        }
        let most = most.min(self.bytes.len() / DICTIONARY_IN);
        let mut dictionary = zstd::dict::from_continuous(&self.bytes, &self.sizes, most).ok()?;
        dictionary.get_mut(DICTIONARY_ID)?.fill(0);
        Some(dictionary)
    }
}

impl<W: Write> Packer<W> {
    /// A packer that writes to `out`, which is empty.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn new(out: W) -> io::Result<Self> {
        let context = CCtx::try_create().ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Packer {
            out,
            written: 0,
            count: 0,
            directory: Vec::new(),
            dictionaries: Vec::new(),
            current: None,
            stage: Stage::Waiting,
            samples: Samples::default(),
            context,
            frame: Vec::new(),
        })
    }

    /// Bytes of memory that grow with what is added.
    pub fn memory(&self) -> usize {
        self.samples.bytes.capacity() + self.directory.capacity() * 8
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Those of the file; and where zstd fails.
    pub fn add(&mut self, record: &[u8]) -> io::Result<()> {
        match &mut self.stage {
            Stage::Waiting => {
                self.samples.push(record);
                if self.samples.bytes.len() >= FIRST_SAMPLES { self.pack_waiting() } else { Ok(()) }
            }
            Stage::Gathering { bytes, records } => {
                *bytes += record.len();
                *records += 1;
                if *bytes > SECOND_AFTER && records.is_multiple_of(SECOND_ONE_IN) {
                    self.gather(record);
                }
                self.pack(record)
            }
            Stage::Learnt => self.pack(record),
        }
    }

    /// Adds the records of another file as they are packed, with their dictionaries; gives back whether there was room for
    /// these.
    ///
    /// # Errors
    /// Those of the file; and where a record is damaged.
    pub fn copy(&mut self, records: &Records) -> io::Result<bool> {
        self.pack_waiting()?;
        let before = self.dictionaries.len();
        if before + records.dictionaries().len() > MOST_DICTIONARIES {
            return Ok(false);
        }
        // What is copied gets new sums, so that damage must not be among it.
        let sound: Option<Vec<Vec<u8>>> = records.dictionaries().map(|bytes| bytes.map(<[u8]>::to_vec)).collect();
        let sound = sound.ok_or(io::ErrorKind::InvalidData)?;
        let own = sound.len();
        self.dictionaries.extend(sound);
        let mut copied = 0;
        for packed in records.all_packed() {
            let number = match usize::from(packed.dictionary) {
                0 => 0,
                number if number <= own => (before + number) as u8,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            };
            self.write(number, packed.frame)?;
            copied += 1;
        }
        if copied == records.count() { Ok(true) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    /// Writes what is left to write and gives the file back, to be closed.
    ///
    /// # Errors
    /// Those of the file; and where zstd fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.pack_waiting()?;
        let dictionaries_at = self.written;
        for dictionary in &self.dictionaries {
            let head = dictionary_head(dictionary);
            self.out.write_all(&head)?;
            self.out.write_all(dictionary)?;
            self.written += (head.len() + dictionary.len()) as u64;
        }
        for start in &self.directory {
            self.out.write_all(&start.to_le_bytes())?;
        }
        let trailer = trailer(dictionaries_at, self.written, self.count, self.dictionaries.len() as u32);
        self.out.write_all(&trailer)?;
        Ok(self.out)
    }

    /// Packs the records that wait, with what can be learnt from them.
    fn pack_waiting(&mut self) -> io::Result<()> {
        if self.stage != Stage::Waiting {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.samples);
        let learnt = waiting.dictionary(FIRST_DICTIONARY);
        // From a few records more may be learnt with those that follow.
        if learnt.is_some() || waiting.bytes.len() >= FIRST_SAMPLES {
            self.stage = Stage::Gathering { bytes: 0, records: 0 };
        }
        self.take_up(learnt);
        waiting.each().try_for_each(|record| self.pack(record))
    }

    /// Takes a sample for the second dictionary, and makes it of enough.
    fn gather(&mut self, record: &[u8]) {
        self.samples.push(record);
        if self.samples.bytes.len() >= SECOND_SAMPLES {
            let samples = std::mem::take(&mut self.samples);
            self.stage = Stage::Learnt;
            self.take_up(samples.dictionary(SECOND_DICTIONARY));
        }
    }

    fn take_up(&mut self, learnt: Option<Vec<u8>>) {
        let Some(dictionary) = learnt.filter(|_| self.dictionaries.len() < MOST_DICTIONARIES) else { return };
        let ready = EncoderDictionary::copy(&dictionary, LEVEL);
        self.dictionaries.push(dictionary);
        self.current = Some(Current { number: self.dictionaries.len() as u8, ready });
    }

    fn pack(&mut self, record: &[u8]) -> io::Result<()> {
        self.frame.clear();
        self.frame.reserve(zstd_safe::compress_bound(record.len()));
        let (number, packed) = match &self.current {
            Some(Current { number, ready }) => {
                (*number, self.context.compress_using_cdict(&mut self.frame, record, ready.as_cdict()))
            }
            None => (0, self.context.compress(&mut self.frame, record, LEVEL)),
        };
        packed.map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
        let frame = std::mem::take(&mut self.frame);
        self.write(number, frame.get(FRAME_MAGIC.len()..).unwrap_or_default())?;
        self.frame = frame;
        Ok(())
    }

    fn write(&mut self, dictionary: u8, frame: &[u8]) -> io::Result<()> {
        if (self.count as usize).is_multiple_of(GROUP) {
            self.directory.push(self.written);
        }
        let mut head = [0; 6];
        let mut length = frame.len();
        let mut bytes = 0;
        while length >= 0x80 {
            head[bytes] = length as u8 | 0x80;
            length >>= 7;
            bytes += 1;
        }
        head[bytes] = length as u8;
        head[bytes + 1] = dictionary;
        let head = &head[..bytes + 2];
        self.out.write_all(head)?;
        self.out.write_all(frame)?;
        self.written += (head.len() + frame.len()) as u64;
        self.count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::OwnedBytes;

    use super::*;
    use crate::engine::records::Unpacker;

    /// Records like each other, `bytes` of them together.
    fn records(bytes: usize) -> Vec<Vec<u8>> {
        let places = ["the northern road", "two villages by the river", "a camp near the border", "the old market"];
        let verbs = ["reported shelling at", "denied an attack on", "spoke of people who had fled from", "reopened"];
        let mut records = Vec::new();
        let mut sum = 0;
        for n in 0_usize.. {
            if sum >= bytes {
                break;
            }
            let text =
                format!("Report {n}: residents {} {} on day {}.", verbs[n % 4], places[n / 4 % 4], n * 7919 % 365);
            sum += text.len();
            records.push(text.into_bytes());
        }
        records
    }

    fn packed(records: &[Vec<u8>]) -> Vec<u8> {
        let mut packer = Packer::new(Vec::new()).unwrap();
        records.iter().for_each(|record| packer.add(record).unwrap());
        packer.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Option<Records> {
        Records::of(OwnedBytes::new(bytes.to_vec()))
    }

    #[track_caller]
    fn assert_holds<'r>(bytes: &[u8], wanted: impl IntoIterator<Item = &'r Vec<u8>>) {
        let (unpacker, found) = (Unpacker::new().unwrap(), read(bytes).unwrap());
        let mut count = 0;
        for record in wanted {
            assert_eq!(unpacker.record(&found, count).as_ref(), Ok(record), "{count}");
            count += 1;
        }
        assert_eq!(found.count(), count);
        assert!(unpacker.record(&found, count).is_err());
    }

    #[test]
    fn records_are_the_same_after_packing_however_many_they_are() {
        for bytes in [0, 1, 5_000, LEAST_TO_LEARN_FROM, 2 * FIRST_SAMPLES] {
            let records = records(bytes);
            assert_holds(&packed(&records), &records);
        }
        let odd = [vec![], vec![7; 3_000_000], vec![], records(400_000).concat(), b"end".to_vec()];
        assert_holds(&packed(&odd), &odd);
    }

    #[test]
    fn a_dictionary_makes_records_smaller_and_a_large_segment_gets_a_second() {
        let few = records(LEAST_TO_LEARN_FROM / 2);
        let many = records(2 * FIRST_SAMPLES);
        let bytes_a_record = |records: &[Vec<u8>]| read(&packed(records)).unwrap().packed_bytes() / records.len();
        assert!(2 * bytes_a_record(&many) < bytes_a_record(&few));
        assert_eq!(read(&packed(&few)).unwrap().dictionaries().len(), 0);
        assert_eq!(read(&packed(&many)).unwrap().dictionaries().len(), 1);
        let most = records(SECOND_AFTER + SECOND_ONE_IN * SECOND_SAMPLES + 3 * FIRST_SAMPLES);
        let bytes = packed(&most);
        assert_eq!(read(&bytes).unwrap().dictionaries().len(), 2);
        assert_holds(&bytes, &most);
    }

    #[test]
    fn files_are_put_together_with_their_dictionaries_and_with_records_between() {
        let (few, many) = (records(LEAST_TO_LEARN_FROM / 2), records(2 * FIRST_SAMPLES));
        let other: Vec<Vec<u8>> = many.iter().map(|record| record.to_ascii_uppercase()).collect();
        let mut packer = Packer::new(Vec::new()).unwrap();
        few.iter().for_each(|record| packer.add(record).unwrap());
        for part in [&many, &other, &few] {
            assert!(packer.copy(&read(&packed(part)).unwrap()).unwrap());
        }
        many.iter().for_each(|record| packer.add(record).unwrap());
        let bytes = packer.finish().unwrap();
        assert_eq!(read(&bytes).unwrap().dictionaries().len(), 3);
        assert_holds(&bytes, [&few, &many, &other, &few, &many].into_iter().flatten());
    }

    #[test]
    fn more_dictionaries_than_a_byte_can_name_are_refused() {
        let part = packed(&records(2 * FIRST_SAMPLES));
        let part = read(&part).unwrap();
        let mut packer = Packer::new(Vec::new()).unwrap();
        for _ in 0..MOST_DICTIONARIES {
            packer.dictionaries.push(vec![]);
        }
        assert!(!packer.copy(&part).unwrap());
        assert_eq!(read(&packer.finish().unwrap()).unwrap().count(), 0);
    }

    #[test]
    fn damage_is_an_error_and_takes_no_memory() {
        let records = records(2 * FIRST_SAMPLES);
        let whole = packed(&records);
        let unpacker = Unpacker::new().unwrap();
        for cut in [0, 1, 23, 24, whole.len() / 2, whole.len() - 1] {
            assert!(read(&whole[..cut]).is_none(), "{cut}");
        }
        // The trailer, the directory, the dictionary, and the last records.
        let ends = read(&whole).unwrap().packed_bytes();
        let places = (0..200).chain(ends - 200..ends + 600).chain(whole.len() - 300..whole.len());
        let last = records.len() as u32 - 1;
        for at in places {
            for bit in [0, 3, 7] {
                let mut wrong = whole.clone();
                wrong[at] ^= 1 << bit;
                let Some(found) = read(&wrong) else { continue };
                for doc in [0, 1, 15, last - 20, last, last + 1, u32::MAX] {
                    if let Ok(record) = unpacker.record(&found, doc) {
                        assert!(record.capacity() < 1 << 24);
                    }
                }
            }
        }
        let mut wrong = whole.clone();
        wrong[ends + 2_000] ^= 1;
        let copied = Packer::new(Vec::new()).unwrap().copy(&read(&wrong).unwrap());
        assert_eq!(copied.unwrap_err().kind(), io::ErrorKind::InvalidData, "a merge does not hide that it has changed");
        let mut astray = whole.clone();
        astray[1] = 2;
        let copied = Packer::new(Vec::new()).unwrap().copy(&read(&astray).unwrap());
        assert_eq!(copied.unwrap_err().kind(), io::ErrorKind::InvalidData, "nor a record of another dictionary");
        let changed = unpacker.record(&read(&wrong).unwrap(), last).unwrap_err();
        assert!(changed.contains("has changed"), "{changed}");
    }
}
