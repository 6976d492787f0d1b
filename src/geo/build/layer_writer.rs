//! Writes a layer: the embedded one when the project's data is built, a user's when files are added.
//!
//! Places are kept in memory (about 60 bytes each and their names), names are sorted in chunks on disk where they outgrow
//! [`CHUNK_BYTES`], so that a dump of every place on earth can be added on a laptop.

use std::collections::HashMap;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fst::raw::Builder;

use crate::geo::build::byte_sorter::ByteSorter;
use crate::geo::build::encoding::{counted_at, put_counted, put_varint, to_units};
use crate::geo::build::name_sections::{NameSections, name_entry};
use crate::geo::build::place_row::{PackedRow, PlaceRow};
use crate::geo::build::spool::Spool;
use crate::geo::gazetteer::layer::{
    HAS_CODE, HAS_COUNTRIES, HAS_ID, HAS_MEMBERS, HEADER_BYTES, MAGIC, NO_DEGREES, NO_RECORD, RECORD_BITS,
    RECORD_BYTES, SECTIONS, STUB_CLASS, VERSION,
};
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::CLASSES;
use crate::model::place::PlaceId;

/// Names are sorted in memory up to this many bytes, then in files of about this size.
pub const CHUNK_BYTES: usize = 64 << 20;

/// Gathers places and names and writes the layer.
pub struct LayerWriter {
    rows: Vec<PackedRow>,
    /// The names of the rows, each after its number of bytes.
    texts: Vec<u8>,
    /// What few rows have, by row.
    extras: HashMap<u32, Extra>,
    /// A number for each code of what a place lies in.
    parent_codes: HashMap<String, u32>,
    /// Rows by code and written id.
    codes: HashMap<String, u32>,
    names: ByteSorter,
    /// See [`NameSections::lists`].
    lists: ByteSorter,
    scratch: PathBuf,
}

/// What few places have.
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
            parent_codes: HashMap::new(),
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
                let next = self.parent_codes.len() as u32;
                *self.parent_codes.entry(code.clone()).or_insert(next)
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
        self.rows.push(PackedRow {
            geonames_id,
            text_at,
            lat,
            lon,
            country: place.countries.first().map_or([0, 0], |c| c.0),
            class,
            feature_code: place.feature_code,
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
        self.names.push(&name_entry(row, folded, kind))
    }

    /// Codes named as parents or members that no added place has, for the caller to supply stand-ins.
    pub fn missing_codes(&self) -> Vec<String> {
        let members = self.extras.values().flat_map(|extra| &extra.members);
        let mut missing: Vec<String> =
            self.parent_codes.keys().chain(members).filter(|code| self.row_of_code(code).is_none()).cloned().collect();
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
        self.resolve_parents();
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
        let sorter = std::mem::take(&mut self.names);
        let mut sections = NameSections { rows: &self.rows, record_of_row: &record_of_row, lists: &mut self.lists };
        (names, lengths[0]) = sections.write(sorter, &mut *out, &mut postings)?;
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

    /// Turns the numbers of the codes of what places lie in into rows.
    fn resolve_parents(&mut self) {
        let mut row_of_code_number = vec![NO_RECORD; self.parent_codes.len()];
        for (code, &number) in &self.parent_codes {
            // "IN.12.019" that nobody knows lies in "IN.12" all the same.
            let mut code = code.as_str();
            let mut row = self.row_of_code(code);
            while let (None, Some((upper, _))) = (row, code.rsplit_once('.')) {
                code = upper;
                row = self.row_of_code(code);
            }
            row_of_code_number[number as usize] = row.unwrap_or(NO_RECORD);
        }
        for (number, row) in self.rows.iter_mut().enumerate() {
            let parent = row_of_code_number.get(row.parent as usize).copied().unwrap_or(NO_RECORD);
            row.parent = if parent == number as u32 { NO_RECORD } else { parent };
        }
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
            fixed.extend_from_slice(&[row.class, row.feature_code]);
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
