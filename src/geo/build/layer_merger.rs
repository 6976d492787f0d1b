//! Brings a user's layer together: the places and names that it held, those of a table, and stand-ins for embedded places.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use crate::geo::build::layer_writer::{LayerSizes, LayerWriter};
use crate::geo::build::place_row::PlaceRow;
use crate::geo::build::user_table::{Entry, TableKind};
use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::layer::{Layer, NO_DEGREES, NO_RECORD, STUB_CLASS, UNITS_PER_DEGREE};
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::record::RecordRef;
use crate::lang::names::ARTICLES;
use crate::model::place::{CountryCode, PlaceId};
use crate::words::letters::name_fold::{fold, is_latin};

/// So many bad lines are kept with their reasons; the others are counted.
const BAD_LINES_KEPT: usize = 20;

/// What adding a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddReport {
    /// What the file was taken for.
    pub kind: TableKind,
    /// Lines read, the one that names the columns not counted.
    pub lines: u64,
    /// Places that no layer held before.
    pub places: u64,
    /// Lines about a place that the embedded gazetteer or the layer holds; their names were added to it.
    pub known: u64,
    /// Names offered; those that the place already bore are among them.
    pub names: u64,
    /// Lines left out by rule: hotels, roads, links, names of places that no layer holds.
    pub left_out: u64,
    /// Lines that could not be read.
    pub bad: u64,
    /// The first of the bad lines: number, counted from 1, and reason.
    pub first_bad: Vec<(u64, String)>,
    /// What the layer holds now.
    pub sizes: LayerSizes,
}

/// A user's layer in the making: what it held before, and what is added to it.
pub(crate) struct LayerMerger<'g> {
    base: &'g Gazetteer,
    writer: LayerWriter,
    /// Rows by GeoNames id.
    geonames_rows: HashMap<u32, u32>,
    /// Rows by any other id.
    other_rows: HashMap<PlaceId, u32>,
    report: AddReport,
}

impl<'g> LayerMerger<'g> {
    /// An empty layer over the embedded gazetteer.
    pub(crate) fn new(base: &'g Gazetteer, scratch: &Path, kind: TableKind) -> LayerMerger<'g> {
        let sizes = LayerSizes { places: 0, names: 0, postings: 0, name_bytes: 0, detail_bytes: 0, bytes: 0 };
        let report = AddReport {
            kind,
            lines: 0,
            places: 0,
            known: 0,
            names: 0,
            left_out: 0,
            bad: 0,
            first_bad: Vec::new(),
            sizes,
        };
        LayerMerger {
            base,
            writer: LayerWriter::new(scratch),
            geonames_rows: HashMap::new(),
            other_rows: HashMap::new(),
            report,
        }
    }

    fn row_of(&self, id: &PlaceId) -> Option<u32> {
        match id {
            PlaceId::GeoNames(id) => self.geonames_rows.get(id).copied(),
            other => self.other_rows.get(other).copied(),
        }
    }

    fn add_row(&mut self, place: &PlaceRow) -> io::Result<u32> {
        let row = self.writer.add_place(place)?;
        match &place.id {
            PlaceId::GeoNames(id) => self.geonames_rows.insert(*id, row),
            other => self.other_rows.insert(other.clone(), row),
        };
        Ok(row)
    }

    /// The row that stands for a place of the embedded layer.
    fn stand_in(&mut self, record: RecordRef) -> io::Result<Option<u32>> {
        let Some(id) = self.base.id_of(record) else { return Ok(None) };
        if let Some(row) = self.row_of(&id) {
            return Ok(Some(row));
        }
        let stub = PlaceRow {
            id,
            name: String::new(),
            class: None,
            feature_code: 0,
            countries: Vec::new(),
            position: None,
            population: 0,
            parent: None,
            code: self.base.code_of(record).map(str::to_owned),
            members: Vec::new(),
        };
        self.add_row(&stub).map(Some)
    }

    /// Reports a line that cannot be read, by its number and the reason.
    pub(crate) fn add_bad(&mut self, number: u64, reason: String) {
        self.report.bad += 1;
        if self.report.first_bad.len() < BAD_LINES_KEPT {
            self.report.first_bad.push((number, reason));
        }
    }

    /// Adds what a line of a table says.
    pub(crate) fn add_line(&mut self, kind: &TableKind, number: u64, line: &str) -> io::Result<()> {
        self.report.lines += 1;
        match kind.read(line) {
            Err(reason) => self.add_bad(number, reason),
            Ok(Entry::LeftOut) => self.report.left_out += 1,
            Ok(Entry::Place(place, names)) => {
                let same = place.code.as_deref().and_then(|code| self.base.record_of_code(code));
                if let Some(record) = self.base.record_of(&place.id).or(same) {
                    self.report.known += 1;
                    let own = (place.name, NameKind::Alternate);
                    return self.add_names_to(record, std::iter::once(own).chain(names));
                }
                let row = match self.row_of(&place.id) {
                    Some(row) => {
                        self.report.known += 1;
                        row
                    }
                    None => {
                        self.report.places += 1;
                        self.add_row(&place)?
                    }
                };
                let arabic = place.countries.iter().any(has_arabic_article);
                self.add_names(row, arabic, std::iter::once((place.name, NameKind::Preferred)).chain(names))?;
            }
            Ok(Entry::Names(id, names)) => match (self.base.record_of(&id), self.row_of(&id)) {
                (Some(record), _) => {
                    self.report.known += 1;
                    self.add_names_to(record, names)?;
                }
                (None, Some(row)) => {
                    self.report.known += 1;
                    self.add_names(row, false, names)?;
                }
                (None, None) if matches!(kind, TableKind::Own(_)) => {
                    self.add_bad(number, format!("no place has the id {id}"));
                }
                (None, None) => self.report.left_out += 1,
            },
        }
        Ok(())
    }

    /// Adds names to a place of the embedded layer, but for those that it has.
    fn add_names_to(
        &mut self,
        record: RecordRef,
        names: impl IntoIterator<Item = (String, NameKind)>,
    ) -> io::Result<()> {
        let fresh: Vec<(String, NameKind)> = names
            .into_iter()
            .filter(|(name, _)| !self.base.postings_of(name).iter().any(|posting| posting.record == record))
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        match self.stand_in(record)? {
            Some(row) => self.add_names(row, false, fresh),
            None => Ok(()),
        }
    }

    fn add_names(
        &mut self,
        row: u32,
        arabic: bool,
        names: impl IntoIterator<Item = (String, NameKind)>,
    ) -> io::Result<()> {
        for (name, kind) in names {
            let folded = fold(&name);
            let latin = is_latin(&folded);
            let kind = if kind == NameKind::Alternate && !latin { NameKind::OtherScript } else { kind };
            self.report.names += 1;
            self.writer.add_name(row, &folded, kind)?;
            if arabic
                && latin
                && let Some(rest) = without_article(&folded)
            {
                self.writer.add_name(row, rest, NameKind::Variant)?;
            }
        }
        Ok(())
    }

    /// Takes over what a layer holds: places that are not yet there, and all names.
    pub(crate) fn add_layer(&mut self, layer: &Layer) -> io::Result<()> {
        let mut rows: Vec<Option<u32>> = Vec::with_capacity(layer.len());
        for index in 0..layer.len() as u32 {
            rows.push(self.take_over(layer, index)?);
        }
        layer.for_each_name(|name, record, kind| match rows.get(record as usize) {
            Some(&Some(row)) => self.writer.add_name(row, name, kind),
            _ => Ok(()),
        })
    }

    fn take_over(&mut self, layer: &Layer, index: u32) -> io::Result<Option<u32>> {
        let Some(raw) = layer.record(index) else { return Ok(None) };
        let Some(details) = layer.details(&raw) else { return Ok(None) };
        let Some(id) = raw.place_id(&details) else { return Ok(None) };
        // What this version of the program embeds need no longer be in the layer.
        if let Some(record) = self.base.record_of(&id) {
            return self.stand_in(record);
        }
        if let Some(row) = self.row_of(&id) {
            return Ok(Some(row));
        }
        if raw.class == STUB_CLASS {
            return Ok(None);
        }
        let written = |record: u32| -> Option<String> {
            let raw = layer.record(record)?;
            let details = layer.details(&raw)?;
            match details.code {
                "" => raw.place_id(&details).map(|id| id.to_string()),
                code => Some(code.to_owned()),
            }
        };
        let position = (raw.lat != NO_DEGREES)
            .then(|| (f64::from(raw.lat) / UNITS_PER_DEGREE, f64::from(raw.lon) / UNITS_PER_DEGREE));
        let mut countries: Vec<CountryCode> = details.further_countries().collect();
        if raw.country != [0, 0] {
            countries.insert(0, CountryCode(raw.country));
        }
        let place = PlaceRow {
            id,
            name: details.name.to_owned(),
            class: Some(raw.place_class()),
            feature_code: raw.feature_code,
            countries,
            position,
            population: u64::from(raw.population),
            parent: (raw.parent != NO_RECORD).then(|| written(raw.parent)).flatten(),
            code: (!details.code.is_empty()).then(|| details.code.to_owned()),
            members: details.member_records().filter_map(written).collect(),
        };
        self.add_row(&place).map(Some)
    }

    /// Writes the layer.
    pub(crate) fn finish(mut self, out: &Path) -> io::Result<AddReport> {
        for code in self.writer.missing_codes() {
            // "IN.12.019" lies in "IN.12", and that in "IN": the first that the embedded layer has stands in.
            let mut code = code.as_str();
            loop {
                let by_id = || code.parse().ok().and_then(|id: PlaceId| self.base.record_of(&id));
                if let Some(record) = self.base.record_of_code(code).or_else(by_id) {
                    if let Some(row) = self.stand_in(record)? {
                        self.writer.add_code(row, code);
                    }
                    break;
                }
                match code.rsplit_once('.') {
                    Some((upper, _)) => code = upper,
                    None => break,
                }
            }
        }
        let file = File::options().read(true).write(true).create(true).truncate(true).open(out)?;
        let mut file = BufWriter::with_capacity(1 << 18, file);
        self.report.sizes = self.writer.finish(&mut file)?;
        file.into_inner().map_err(|e| e.into_error())?.sync_all()?;
        Ok(self.report)
    }
}

/// Countries where names of places carry the Arabic article, which reports leave out.
fn has_arabic_article(country: &CountryCode) -> bool {
    const CODES: [&[u8; 2]; 29] = [
        b"AE", b"BH", b"DJ", b"DZ", b"EG", b"EH", b"ER", b"IL", b"IQ", b"IR", b"JO", b"KM", b"KW", b"LB", b"LY", b"MA",
        b"MR", b"OM", b"PS", b"QA", b"SA", b"SD", b"SO", b"SS", b"SY", b"TD", b"TN", b"TR", b"YE",
    ];
    CODES.contains(&&country.0)
}

/// A folded name without its article; `None` where it has none or what is left is too short to be told from other words.
fn without_article(folded: &str) -> Option<&str> {
    const LEAST_BYTES: usize = 4;
    let (article, rest) = folded.split_once(' ')?;
    (ARTICLES.holds(article) && rest.len() >= LEAST_BYTES).then_some(rest)
}
