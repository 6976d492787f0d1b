//! Writes a layer: the embedded one when the project's data is built, a user's when he adds files.
//!
//! Places are kept in memory (about 60 bytes each and their names), names are sorted in chunks on disk where they outgrow
//! [`CHUNK_BYTES`], so that a dump of every place on earth can be added on a laptop.

use std::collections::HashMap;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fst::raw::Builder;

use crate::geo::build::byte_sorter::ByteSorter;
use crate::geo::build::spool::{Counted, Spool};
use crate::geo::gazetteer::feature::PlaceClass;
use crate::geo::gazetteer::layer::{
    CLASSES, HAS_CODE, HAS_COUNTRIES, HAS_ID, HAS_MEMBERS, HEADER_BYTES, MAGIC, NO_DEGREES, NO_RECORD, NameKind,
    RECORD_BITS, RECORD_BYTES, SECTIONS, STUB_CLASS, UNITS_PER_DEGREE, VERSION,
};
use crate::geo::gazetteer::likelihood::likelihood;
use crate::model::place::{CountryCode, PlaceId};
use crate::words::name_fold::is_latin;

/// Names are sorted in memory up to this many bytes, then in files of about this size.
pub const CHUNK_BYTES: usize = 64 << 20;

/// Names shorter than this many characters widen no query unless they are the place's own.
const SHORTEST_WIDENING_NAME: usize = 4;
/// A name widens a query for a place that is at least this likely beside the likeliest bearer. A guess; not measured.
const WIDENING_SHARE: f64 = 0.2;

/// A place on its way into a layer.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Its id; a division has its GeoNames id where known.
    pub id: PlaceId,
    /// The name to show.
    pub name: String,
    /// What it is; `None` for a stand-in of a place in the embedded layer.
    pub class: Option<PlaceClass>,
    /// Its GeoNames feature code, as a number of [`crate::geo::gazetteer::FEATURE_CODES`].
    pub feature: u8,
    /// The countries it lies in.
    pub countries: Vec<CountryCode>,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// Inhabitants.
    pub population: u64,
    /// Code or written id of what it lies in.
    pub parent: Option<String>,
    /// Its own code ("IN.12"), by which others name it as parent.
    pub code: Option<String>,
    /// Codes or written ids of the parts that an area is made of.
    pub members: Vec<String>,
}

struct Row {
    geonames_id: u32,
    text_at: u32,
    lat: i32,
    lon: i32,
    country: [u8; 2],
    class: u8,
    feature: u8,
    population: u32,
    /// Number of an interned code, then of a record.
    parent: u32,
}

/// Gathers places and names and writes the layer.
pub struct LayerWriter {
    rows: Vec<Row>,
    /// Per row: name, then the optional parts.
    texts: Vec<u8>,
    extras: HashMap<u32, Extra>,
    interned: HashMap<String, u32>,
    codes: HashMap<String, u32>,
    names: ByteSorter,
    lists: ByteSorter,
    scratch: PathBuf,
}

#[derive(Default)]
struct Extra {
    id: String,
    code: String,
    countries: Vec<u8>,
    members: Vec<String>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerSizes {
    /// Places, stand-ins included.
    pub places: usize,
    /// Distinct folded names.
    pub names: usize,
    /// Name and place pairs.
    pub postings: usize,
    /// Bytes of the names' fst.
    pub name_bytes: u64,
    /// Bytes of the details.
    pub detail_bytes: u64,
    /// Bytes in all.
    pub bytes: u64,
}

impl LayerWriter {
    /// An empty layer; `scratch` is the folder for sorting on disk.
    pub fn new(scratch: &Path) -> LayerWriter {
        LayerWriter {
            rows: Vec::new(),
            texts: Vec::new(),
            extras: HashMap::new(),
            interned: HashMap::new(),
            codes: HashMap::new(),
            names: ByteSorter::new(scratch, "names", CHUNK_BYTES),
            lists: ByteSorter::new(scratch, "lists", CHUNK_BYTES),
            scratch: scratch.to_owned(),
        }
    }

    /// How many places were added.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no place was added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a place with this code or written id was added.
    pub fn has_code(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// Adds a place and returns its row, by which names are added to it.
    ///
    /// # Errors
    /// When the layer is full.
    pub fn add_place(&mut self, place: &PlaceRow) -> io::Result<u32> {
        let full = || io::Error::other("too many places for one gazetteer layer");
        let row = u32::try_from(self.rows.len()).ok().filter(|row| row >> RECORD_BITS == 0).ok_or_else(full)?;
        let text_at = u32::try_from(self.texts.len()).map_err(|_| full())?;
        let parent = match &place.parent {
            Some(code) => {
                let next = self.interned.len() as u32;
                *self.interned.entry(code.clone()).or_insert(next)
            }
            None => NO_RECORD,
        };
        put_counted(&mut self.texts, place.name.as_bytes());
        let mut extra = Extra::default();
        let geonames_id = match &place.id {
            PlaceId::GeoNames(id) => *id,
            other => {
                extra.id = other.to_string();
                self.codes.entry(extra.id.clone()).or_insert(row);
                0
            }
        };
        if let Some(code) = &place.code {
            extra.code.clone_from(code);
            self.codes.insert(code.clone(), row);
        }
        extra.countries = place.countries.iter().skip(1).flat_map(|c| c.0).collect();
        extra.members.clone_from(&place.members);
        if !(extra.id.is_empty() && extra.code.is_empty() && extra.countries.is_empty() && extra.members.is_empty()) {
            self.extras.insert(row, extra);
        }
        let (lat, lon) = match place.position {
            Some((lat, lon)) => (to_units(lat), to_units(lon)),
            None => (NO_DEGREES, NO_DEGREES),
        };
        let class = match place.class {
            Some(class) => CLASSES.iter().position(|&c| c == class).unwrap_or(0) as u8,
            None => STUB_CLASS,
        };
        self.rows.push(Row {
            geonames_id,
            text_at,
            lat,
            lon,
            country: place.countries.first().map_or([0, 0], |c| c.0),
            class,
            feature: place.feature,
            population: u32::try_from(place.population).unwrap_or(u32::MAX),
            parent,
        });
        Ok(row)
    }

    /// Adds another code by which a place is found ("IND" beside "IN").
    pub fn add_code(&mut self, row: u32, code: &str) {
        self.codes.entry(code.to_owned()).or_insert(row);
    }

    /// Adds a name, already folded, to a place. An empty name is left out.
    ///
    /// # Errors
    /// When sorting on disk fails.
    pub fn add_name(&mut self, row: u32, folded: &str, kind: NameKind) -> io::Result<()> {
        if folded.is_empty() || folded.len() > 200 {
            return Ok(());
        }
        let mut entry = Vec::with_capacity(folded.len() + 6);
        entry.extend_from_slice(folded.as_bytes());
        entry.push(0);
        entry.extend_from_slice(&row.to_be_bytes());
        entry.push(kind as u8);
        self.names.push(&entry)
    }

    /// Codes named as parents or members that no added place has, for the caller to supply stand-ins.
    pub fn missing_codes(&self) -> Vec<String> {
        let members = self.extras.values().flat_map(|extra| &extra.members);
        let mut missing: Vec<String> =
            self.interned.keys().chain(members).filter(|code| self.row_of_code(code).is_none()).cloned().collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    fn row_of_code(&self, code: &str) -> Option<u32> {
        self.codes.get(code).copied()
    }

    /// Writes the layer: from where `out` stands now, which must be the start of its file.
    ///
    /// # Errors
    /// When the scratch folder or `out` cannot be written.
    pub fn finish(mut self, out: &mut (impl Write + Seek)) -> io::Result<LayerSizes> {
        self.settle_parents();
        // Records with a GeoNames id come first, by id; the rest in the order they were added.
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|&row| {
            let id = self.rows[row as usize].geonames_id;
            (id == 0, id, row)
        });
        let geonames_count = order.iter().filter(|&&row| self.rows[row as usize].geonames_id != 0).count();
        let mut record_of_row = vec![0u32; self.rows.len()];
        for (record, &row) in order.iter().enumerate() {
            record_of_row[row as usize] = record as u32;
        }

        out.write_all(&[0; HEADER_BYTES])?;
        let mut lengths = [0u64; SECTIONS];
        let mut postings = Spool::new(&self.scratch, "postings")?;
        let names;
        (names, lengths[0]) = self.write_names(&record_of_row, &mut *out, &mut postings)?;
        lengths[1] = postings.copy_to(out)?;
        let mut details = Spool::new(&self.scratch, "details")?;
        lengths[2] = self.write_records(&order, &record_of_row, out, &mut details)?;
        lengths[3] = details.copy_to(out)?;
        lengths[4] = self.write_codes(&record_of_row, out)?;

        out.seek(SeekFrom::Start(0))?;
        out.write_all(&MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&(self.rows.len() as u32).to_le_bytes())?;
        out.write_all(&(geonames_count as u32).to_le_bytes())?;
        let mut at = HEADER_BYTES as u64;
        for length in lengths {
            out.write_all(&at.to_le_bytes())?;
            out.write_all(&length.to_le_bytes())?;
            at += length;
        }
        out.flush()?;
        Ok(LayerSizes {
            places: self.rows.len(),
            names,
            postings: (lengths[1] / 4) as usize,
            name_bytes: lengths[0],
            detail_bytes: lengths[3],
            bytes: at,
        })
    }

    fn settle_parents(&mut self) {
        let mut row_of_interned = vec![NO_RECORD; self.interned.len()];
        for (code, &number) in &self.interned {
            // "IN.12.019" that nobody knows lies in "IN.12" all the same.
            let mut code = code.as_str();
            let mut row = self.row_of_code(code);
            while let (None, Some((upper, _))) = (row, code.rsplit_once('.')) {
                code = upper;
                row = self.row_of_code(code);
            }
            row_of_interned[number as usize] = row.unwrap_or(NO_RECORD);
        }
        for (number, row) in self.rows.iter_mut().enumerate() {
            let parent = row_of_interned.get(row.parent as usize).copied().unwrap_or(NO_RECORD);
            row.parent = if parent == number as u32 { NO_RECORD } else { parent };
        }
    }

    fn likelihood(&self, row: u32, kind: NameKind) -> f64 {
        let row = &self.rows[row as usize];
        let class = CLASSES.get(usize::from(row.class)).copied();
        likelihood(class, row.feature, row.population, row.lat != NO_DEGREES, kind)
    }

    fn is_ancestor(&self, upper: u32, lower: u32) -> bool {
        let mut row = lower;
        for _ in 0..6 {
            row = match self.rows.get(row as usize) {
                Some(found) => found.parent,
                None => return false,
            };
            if row == upper {
                return true;
            }
        }
        false
    }

    /// Writes the names to `out` and their postings to the spool; returns how many names there are and their bytes.
    fn write_names(
        &mut self,
        record_of_row: &[u32],
        out: &mut impl Write,
        postings: &mut Spool,
    ) -> io::Result<(usize, u64)> {
        let mut fst = Builder::new(Counted { inner: out, count: 0 }).map_err(io::Error::other)?;
        let mut names = 0;
        let mut bearers: Vec<(u32, NameKind)> = Vec::new();
        let mut name: Vec<u8> = Vec::new();
        let mut sorted = std::mem::take(&mut self.names).into_sorted()?;
        loop {
            let entry = sorted.next().transpose()?;
            let parts = entry.as_deref().and_then(|entry| {
                let (key, tail) = entry.split_at_checked(entry.len().checked_sub(6)?)?;
                let row = u32::from_be_bytes(tail.get(1..5)?.try_into().ok()?);
                Some((key, row, NameKind::from_bits(u32::from(*tail.last()?))))
            });
            if let Some((key, row, kind)) = parts
                && (key == name || bearers.is_empty())
            {
                if bearers.is_empty() {
                    name = key.to_vec();
                }
                match bearers.iter_mut().find(|(known, _)| *known == row) {
                    Some((_, known)) if precedence(kind) < precedence(*known) => *known = kind,
                    Some(_) => {}
                    None => bearers.push((row, kind)),
                }
                continue;
            }
            if !bearers.is_empty() {
                let first = postings.len() / 4;
                fst.insert(&name, first).map_err(io::Error::other)?;
                names += 1;
                self.put_postings(&name, first as u32, &mut bearers, record_of_row, postings)?;
            }
            bearers.clear();
            match parts {
                Some((key, row, kind)) => {
                    name = key.to_vec();
                    bearers.push((row, kind));
                }
                None => break,
            }
        }
        // What finishing adds is not counted by the builder, so the bytes are counted underneath it.
        let counted = fst.into_inner().map_err(io::Error::other)?;
        Ok((names, counted.count))
    }

    fn put_postings(
        &mut self,
        name: &[u8],
        first: u32,
        bearers: &mut [(u32, NameKind)],
        record_of_row: &[u32],
        postings: &mut Spool,
    ) -> io::Result<()> {
        bearers.sort_by(|a, b| {
            let (x, y) = (self.likelihood(a.0, a.1), self.likelihood(b.0, b.1));
            y.total_cmp(&x).then(record_of_row[a.0 as usize].cmp(&record_of_row[b.0 as usize]))
        });
        let Some(&(top, top_kind)) = bearers.first() else { return Ok(()) };
        let most = self.likelihood(top, top_kind);
        let text = std::str::from_utf8(name).unwrap_or_default();
        let widens = is_latin(text) && text.chars().count() >= SHORTEST_WIDENING_NAME;
        for (n, &(row, kind)) in bearers.iter().enumerate() {
            let last = u32::from(n + 1 == bearers.len());
            let word = record_of_row[row as usize] | (kind as u32) << RECORD_BITS | last << 31;
            postings.write(&word.to_le_bytes())?;
            let own = kind == NameKind::Preferred;
            let sound = widens
                && matches!(kind, NameKind::Alternate | NameKind::Historic | NameKind::Variant)
                && (self.likelihood(row, kind) >= most * WIDENING_SHARE
                    || self.is_ancestor(top, row)
                    || self.is_ancestor(row, top));
            if own || sound {
                let mut entry = [0u8; 8];
                entry[..4].copy_from_slice(&record_of_row[row as usize].to_be_bytes());
                entry[4..].copy_from_slice(&first.to_be_bytes());
                self.lists.push(&entry)?;
            }
        }
        Ok(())
    }

    /// Writes the records to `out` and their details to the spool; returns the records' bytes.
    fn write_records(
        &mut self,
        order: &[u32],
        record_of_row: &[u32],
        out: &mut impl Write,
        spool: &mut Spool,
    ) -> io::Result<u64> {
        let mut details: Vec<u8> = Vec::new();
        let mut fixed: Vec<u8> = Vec::with_capacity(RECORD_BYTES);
        let mut lists = std::mem::take(&mut self.lists).into_sorted()?.peekable();
        let mut list: Vec<u8> = Vec::new();
        for (record, &row_number) in order.iter().enumerate() {
            let row = &self.rows[row_number as usize];
            let at =
                u32::try_from(spool.len()).map_err(|_| io::Error::other("the gazetteer's details are too long"))?;
            details.clear();
            details.extend_from_slice(counted_at(&self.texts, row.text_at as usize));
            let empty = Extra::default();
            let extra = self.extras.get(&row_number).unwrap_or(&empty);
            let mut members = Vec::new();
            for code in &extra.members {
                if let Some(row) = self.row_of_code(code) {
                    put_varint(&mut members, record_of_row[row as usize]);
                }
            }
            let flag = |set: bool, flag: u8| if set { flag } else { 0 };
            details.push(
                flag(!extra.id.is_empty(), HAS_ID)
                    | flag(!extra.code.is_empty(), HAS_CODE)
                    | flag(!extra.countries.is_empty(), HAS_COUNTRIES)
                    | flag(!members.is_empty(), HAS_MEMBERS),
            );
            for part in [extra.id.as_bytes(), extra.code.as_bytes()] {
                if !part.is_empty() {
                    put_counted(&mut details, part);
                }
            }
            if !extra.countries.is_empty() {
                put_varint(&mut details, (extra.countries.len() / 2) as u32);
                details.extend_from_slice(&extra.countries);
            }
            if !members.is_empty() {
                put_counted(&mut details, &members);
            }
            list.clear();
            let mut before = 0u32;
            while let Some(entry) = lists.next_if(|entry| match entry {
                Ok(entry) => entry.get(..4) == Some(&(record as u32).to_be_bytes()),
                Err(_) => true,
            }) {
                let number = entry?.get(4..8).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
                put_varint(&mut list, number - before);
                before = number;
            }
            put_counted(&mut details, &list);

            let parent = record_of_row.get(row.parent as usize).copied().unwrap_or(NO_RECORD);
            spool.write(&details)?;
            fixed.clear();
            fixed.extend_from_slice(&row.geonames_id.to_le_bytes());
            fixed.extend_from_slice(&at.to_le_bytes());
            fixed.extend_from_slice(&row.lat.to_le_bytes());
            fixed.extend_from_slice(&row.lon.to_le_bytes());
            fixed.extend_from_slice(&row.country);
            fixed.extend_from_slice(&[row.class, row.feature]);
            fixed.extend_from_slice(&parent.to_le_bytes());
            fixed.extend_from_slice(&row.population.to_le_bytes());
            out.write_all(&fixed)?;
        }
        Ok((order.len() * RECORD_BYTES) as u64)
    }

    fn write_codes(&self, record_of_row: &[u32], out: &mut impl Write) -> io::Result<u64> {
        let mut sorted: Vec<(&String, &u32)> = self.codes.iter().collect();
        sorted.sort_unstable();
        let mut fst = Builder::memory();
        for (code, &row) in sorted {
            fst.insert(code.as_bytes(), u64::from(record_of_row[row as usize])).map_err(io::Error::other)?;
        }
        let bytes = fst.into_inner().map_err(io::Error::other)?;
        out.write_all(&bytes)?;
        Ok(bytes.len() as u64)
    }
}

/// Which kind stands where one place bears one name in two ways: the lower.
fn precedence(kind: NameKind) -> u8 {
    match kind {
        NameKind::Preferred => 0,
        NameKind::Abbreviation | NameKind::AbbreviationDotted | NameKind::AbbreviationAfterComma => 1,
        NameKind::Historic => 2,
        NameKind::Alternate => 3,
        NameKind::OtherScript => 4,
        NameKind::Demonym => 5,
        NameKind::Variant => 6,
        NameKind::Ethnic => 7,
    }
}

fn to_units(degrees: f64) -> i32 {
    (degrees * UNITS_PER_DEGREE).round() as i32
}

fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        out.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_counted(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

/// The counted bytes that start here, count included.
fn counted_at(bytes: &[u8], at: usize) -> &[u8] {
    let mut rest = bytes.get(at..).unwrap_or_default();
    let before = rest.len();
    let len = crate::geo::gazetteer::layer::take_varint(&mut rest).unwrap_or(0) as usize;
    bytes.get(at..at + (before - rest.len()) + len).unwrap_or_default()
}
