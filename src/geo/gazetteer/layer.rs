//! The gazetteer's binary format and its reader, which uses the bytes where they lie.
//!
//! A layer is one block of bytes: a header, then the sections that it lists. All numbers are little endian.
//!
//! | section | content |
//! |---|---|
//! | names | fst: folded name → number of its first posting; postings follow the keys' order |
//! | postings | u32 each: record (27 bits), [`NameKind`] (4 bits), last of its name (1 bit); the likeliest record first |
//! | records | [`RECORD_BYTES`] each; those with a GeoNames id first, by id |
//! | details | per record: name, id, code, further countries, members, numbers of the postings that name it |
//! | codes | fst: division, country and region codes and the ids of our own ("IN.12", "IN", "034", "dl:sahel") → record |
//!
//! Nothing is parsed when a layer is opened. Reading never panics on damaged bytes outside the two fsts; whoever keeps a
//! layer in a file checks its hash when there is doubt.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use fst::raw::{Fst, Output};
use fst::{Automaton, IntoStreamer, Streamer};

use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::{CLASSES, PlaceClass};
use crate::model::place::{CountryCode, PlaceId};

/// The first bytes of every layer.
pub const MAGIC: [u8; 4] = *b"DLGZ";
/// The version of the format, raised whenever its meaning changes.
pub const VERSION: u32 = 1;
/// Bytes of a record.
pub const RECORD_BYTES: usize = 28;
/// Sections of a layer.
pub(crate) const SECTIONS: usize = 5;
/// Bytes of the header.
pub(crate) const HEADER_BYTES: usize = 16 + SECTIONS * 16;
/// Bits of a posting that hold the number of a record.
pub(crate) const RECORD_BITS: u32 = 27;
/// Stands for no record.
pub(crate) const NO_RECORD: u32 = u32::MAX;
/// Stands for an unknown latitude or longitude.
pub(crate) const NO_DEGREES: i32 = i32::MIN;
/// Units of latitude and longitude in a degree: about 1.1 m each at the equator.
pub(crate) const UNITS_PER_DEGREE: f64 = 100_000.0;
/// The class byte of a record that only stands for one of the embedded layer.
pub(crate) const STUB_CLASS: u8 = 255;

// What the details of a record hold besides its name, as flags.
pub(crate) const HAS_ID: u8 = 1;
pub(crate) const HAS_CODE: u8 = 2;
pub(crate) const HAS_COUNTRIES: u8 = 4;
pub(crate) const HAS_MEMBERS: u8 = 8;

/// The bytes of a layer: part of the program, or a file mapped by whoever opened it.
#[derive(Clone)]
pub enum LayerBytes {
    /// Embedded in the program.
    Static(&'static [u8]),
    /// Held by somebody else, as by a memory map.
    Shared(Arc<dyn Deref<Target = [u8]> + Send + Sync>),
}

impl LayerBytes {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            LayerBytes::Static(bytes) => bytes,
            LayerBytes::Shared(bytes) => bytes,
        }
    }
}

/// The bytes of a section, held by the fst that reads them.
struct Section {
    bytes: LayerBytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.as_slice().get(self.range.clone()).unwrap_or_default()
    }
}

/// One layer, open for reading.
pub struct Layer {
    bytes: LayerBytes,
    names: Fst<Section>,
    codes: Fst<Section>,
    postings: Range<usize>,
    records: Range<usize>,
    details: Range<usize>,
    record_count: u32,
    geonames_count: u32,
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layer").field("records", &self.record_count).field("names", &self.names.len()).finish()
    }
}

/// Why bytes are no layer that this build can read, worded to follow a file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerError(pub String);

impl fmt::Display for LayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LayerError {}

/// A state of the fst of names, after some bytes of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WalkState {
    pub(crate) address: usize,
    /// The sum of the outputs on the way.
    pub(crate) output: u64,
}

/// The fixed part of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawRecord {
    pub(crate) geonames_id: u32,
    pub(crate) details: u32,
    pub(crate) lat: i32,
    pub(crate) lon: i32,
    pub(crate) country: [u8; 2],
    pub(crate) class: u8,
    pub(crate) feature_code: u8,
    pub(crate) parent: u32,
    pub(crate) population: u32,
}

/// The variable part of a record, read piece by piece.
pub(crate) struct Details<'l> {
    pub(crate) name: &'l str,
    pub(crate) id: &'l str,
    pub(crate) code: &'l str,
    /// Two bytes for each further country.
    pub(crate) countries: &'l [u8],
    /// Varints.
    pub(crate) members: &'l [u8],
    /// Varints: differences of posting numbers.
    pub(crate) names: &'l [u8],
}

/// The bit of a byte in a set of bytes. Four bytes each share one, but no two small letters do.
pub(crate) fn byte_bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
}

/// Takes a LEB128 number off the front; `None` where the bytes end or the number is too long.
pub(crate) fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u64;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return u32::try_from(value).ok();
        }
    }
    None
}

fn take<'b>(bytes: &mut &'b [u8], len: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    Some(taken)
}

fn take_counted<'b>(bytes: &mut &'b [u8], unit: usize) -> Option<&'b [u8]> {
    let len = take_varint(bytes)? as usize;
    take(bytes, len.checked_mul(unit)?)
}

impl Layer {
    /// Opens a layer: reads the header and the ends of both fsts.
    ///
    /// # Errors
    /// When the bytes are no layer, are of another version or are cut short.
    pub fn open(bytes: LayerBytes) -> Result<Layer, LayerError> {
        let cut = || LayerError("the gazetteer layer is cut short; add its files again".to_owned());
        let all = bytes.as_slice();
        if all.get(..4) != Some(&MAGIC) {
            return Err(LayerError("not a gazetteer layer".to_owned()));
        }
        let version = u32_at(all, 4).ok_or_else(cut)?;
        if version != VERSION {
            return Err(LayerError(format!(
                "gazetteer layer of format {version}, this build reads {VERSION}; add its files again"
            )));
        }
        let record_count = u32_at(all, 8).ok_or_else(cut)?;
        let geonames_count = u32_at(all, 12).ok_or_else(cut)?;
        let section = |n: usize| -> Result<Range<usize>, LayerError> {
            let start = u64_at(all, 16 + n * 16).and_then(|v| usize::try_from(v).ok()).ok_or_else(cut)?;
            let len = u64_at(all, 24 + n * 16).and_then(|v| usize::try_from(v).ok()).ok_or_else(cut)?;
            let end = start.checked_add(len).filter(|&end| end <= all.len()).ok_or_else(cut)?;
            Ok(start..end)
        };
        let open_fst = |n: usize| -> Result<Fst<Section>, LayerError> {
            let part = Section { bytes: bytes.clone(), range: section(n)? };
            Fst::new(part).map_err(|e| LayerError(format!("the gazetteer layer is damaged ({e}); add its files again")))
        };
        let (names, codes) = (open_fst(0)?, open_fst(4)?);
        let (postings, records, details) = (section(1)?, section(2)?, section(3)?);
        if records.len() / RECORD_BYTES != record_count as usize || geonames_count > record_count {
            return Err(cut());
        }
        Ok(Layer { names, codes, postings, records, details, record_count, geonames_count, bytes })
    }

    /// How many places the layer holds.
    pub fn len(&self) -> usize {
        self.record_count as usize
    }

    /// Whether the layer holds no place.
    pub fn is_empty(&self) -> bool {
        self.record_count == 0
    }

    /// How many distinct folded names the layer holds.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.as_slice().get(range.clone()).unwrap_or_default()
    }

    pub(crate) fn root(&self) -> WalkState {
        WalkState { address: self.names.root().addr(), output: 0 }
    }

    /// Follows `bytes` from a state; `None` where no name goes on so.
    pub(crate) fn follow(&self, from: WalkState, bytes: &[u8]) -> Option<WalkState> {
        let fst = &self.names;
        let mut node = fst.node(from.address);
        let mut output = from.output;
        for &byte in bytes {
            let transition = node.transition(node.find_input(byte)?);
            output += transition.out.value();
            node = fst.node(transition.addr);
        }
        Some(WalkState { address: node.addr(), output })
    }

    /// The bytes by which names go on from a state, as a set of [`byte_bit`]s.
    pub(crate) fn leads(&self, from: WalkState) -> u64 {
        self.names.node(from.address).transitions().fold(0, |leads, t| leads | byte_bit(t.inp))
    }

    /// The number of the first posting of the name that ends in this state.
    pub(crate) fn posting_at(&self, state: WalkState) -> Option<u32> {
        let node = self.names.node(state.address);
        if !node.is_final() {
            return None;
        }
        let total = Output::new(state.output).cat(node.final_output());
        u32::try_from(total.value()).ok()
    }

    /// The posting of this number: record, kind, whether it is the last of its name.
    pub(crate) fn posting(&self, number: u32) -> Option<(u32, NameKind, bool)> {
        let word = u32_at(self.part(&self.postings), (number as usize).checked_mul(4)?)?;
        Some((word & ((1 << RECORD_BITS) - 1), NameKind::from_bits(word >> RECORD_BITS), word >> 31 == 1))
    }

    /// The folded name whose first posting has this number.
    pub(crate) fn name_of_posting(&self, first: u32) -> Option<String> {
        self.names.get_key(u64::from(first)).and_then(|key| String::from_utf8(key).ok())
    }

    /// The names that an automaton takes, with the state in which it took each.
    pub(crate) fn names_taken<A>(&self, automaton: A) -> Vec<(String, A::State)>
    where
        A: Automaton,
        A::State: Clone,
    {
        let mut taken = Vec::new();
        let mut names = self.names.search_with_state(automaton).into_stream();
        while let Some((name, _, state)) = names.next() {
            taken.extend(String::from_utf8(name.to_vec()).ok().map(|name| (name, state)));
        }
        taken
    }

    /// Hands on every name with each of its candidates: folded name, record, kind.
    pub(crate) fn for_each_name<E>(&self, mut each: impl FnMut(&str, u32, NameKind) -> Result<(), E>) -> Result<(), E> {
        let mut names = self.names.stream();
        while let Some((name, first)) = names.next() {
            let name = std::str::from_utf8(name).unwrap_or_default();
            let mut number = u32::try_from(first.value()).ok();
            while let Some((record, kind, last)) = number.and_then(|number| self.posting(number)) {
                each(name, record, kind)?;
                number = if last { None } else { number.and_then(|number| number.checked_add(1)) };
            }
        }
        Ok(())
    }

    pub(crate) fn record(&self, index: u32) -> Option<RawRecord> {
        let at = (index as usize).checked_mul(RECORD_BYTES)?;
        let r: &[u8; RECORD_BYTES] =
            self.part(&self.records).get(at..at.checked_add(RECORD_BYTES)?)?.try_into().ok()?;
        let word = |n: usize| u32::from_le_bytes([r[n], r[n + 1], r[n + 2], r[n + 3]]);
        Some(RawRecord {
            geonames_id: word(0),
            details: word(4),
            lat: word(8) as i32,
            lon: word(12) as i32,
            country: [r[16], r[17]],
            class: r[18],
            feature_code: r[19],
            parent: word(20),
            population: word(24),
        })
    }

    /// The record with this GeoNames id, by binary search.
    pub(crate) fn record_of_geonames(&self, id: u32) -> Option<u32> {
        let records = self.part(&self.records);
        let (mut low, mut high) = (0u32, self.geonames_count);
        while low < high {
            let middle = low + (high - low) / 2;
            match u32_at(records, middle as usize * RECORD_BYTES)?.cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The record with this code or written id.
    pub(crate) fn record_of_code(&self, code: &str) -> Option<u32> {
        self.codes.get(code).and_then(|out| u32::try_from(out.value()).ok()).filter(|&index| index < self.record_count)
    }

    /// The record with this id.
    pub(crate) fn record_of_id(&self, id: &PlaceId) -> Option<u32> {
        match id {
            PlaceId::GeoNames(id) => self.record_of_geonames(*id),
            PlaceId::Division(code) => self.record_of_code(code),
            PlaceId::Own(_) | PlaceId::User(_) => self.record_of_code(&id.to_string()),
        }
    }

    pub(crate) fn details(&self, record: &RawRecord) -> Option<Details<'_>> {
        let mut rest = self.part(&self.details).get(record.details as usize..)?;
        let text = |bytes| std::str::from_utf8(bytes).ok();
        let name = text(take_counted(&mut rest, 1)?)?;
        let flags = *take(&mut rest, 1)?.first()?;
        let mut part = |flag: u8, unit: usize| -> Option<&[u8]> {
            if flags & flag == 0 { Some(&[]) } else { take_counted(&mut rest, unit) }
        };
        let id = text(part(HAS_ID, 1)?)?;
        let code = text(part(HAS_CODE, 1)?)?;
        let countries = part(HAS_COUNTRIES, 2)?;
        let members = part(HAS_MEMBERS, 1)?;
        let names = take_counted(&mut rest, 1)?;
        Some(Details { name, id, code, countries, members, names })
    }
}

impl Details<'_> {
    pub(crate) fn member_records(&self) -> impl Iterator<Item = u32> {
        let mut rest = self.members;
        std::iter::from_fn(move || take_varint(&mut rest))
    }

    /// Numbers of the first postings of the names that stand for this place without doubt.
    pub(crate) fn name_postings(&self) -> impl Iterator<Item = u32> {
        let mut rest = self.names;
        let mut number = 0u32;
        std::iter::from_fn(move || {
            number = number.checked_add(take_varint(&mut rest)?)?;
            Some(number)
        })
    }

    pub(crate) fn further_countries(&self) -> impl Iterator<Item = CountryCode> {
        self.countries.as_chunks::<2>().0.iter().map(|&pair| CountryCode(pair))
    }
}

impl RawRecord {
    pub(crate) fn place_class(&self) -> PlaceClass {
        CLASSES.get(usize::from(self.class)).copied().unwrap_or(PlaceClass::Area)
    }

    pub(crate) fn place_id(&self, details: &Details<'_>) -> Option<PlaceId> {
        match details.id {
            "" if self.geonames_id != 0 => Some(PlaceId::GeoNames(self.geonames_id)),
            "" => None,
            written => written.parse().ok(),
        }
    }
}
