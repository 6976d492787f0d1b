//! A second layer of places: from GeoNames' dumps or a table of one's own to a layer file beside the index.
//!
//! A user's own table is tab-separated; its first line names the columns in any order:
//!
//! | column | what | |
//! |---|---|---|
//! | `name` | the name to show | needed |
//! | `lat`, `lon` | WGS 84 degrees | needed for a new place |
//! | `id` | `my:SLUG`, by default made of the name; `gn:…`, `adm:…` or `dl:…` adds names to that place | |
//! | `country` | codes of two letters, parted by commas | |
//! | `class` | as [`PlaceClass::as_str`](crate::geo::gazetteer::PlaceClass::as_str) writes it, by default `settlement` | |
//! | `population` | a number | |
//! | `names` | other spellings, parted by `\|` | |
//! | `within` | the division or area it lies in: `UA.05`, `adm:UA.05`, `dl:donbas`, `my:…` | |

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read};
use std::path::Path;

use crate::geo::Gazetteer;
use crate::geo::build::layer_writer::{LayerSizes, LayerWriter, PlaceRow};
use crate::geo::build::user_table::Entry;
pub use crate::geo::build::user_table::TableKind;
use crate::geo::gazetteer::layer::{Layer, LayerBytes, NO_DEGREES, NO_RECORD, STUB_CLASS, UNITS_PER_DEGREE};
use crate::geo::gazetteer::{NameKind, RecordRef};
use crate::model::error::{Error, Result};
use crate::model::place::{CountryCode, PlaceId};
use crate::words::name_fold::{fold, is_latin};

/// A line longer than this is reported and left out; the longest of GeoNames is about 12,000 bytes.
const LONGEST_LINE_BYTES: u64 = 1 << 20;
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

/// Adds a file to a user's layer and writes the new layer to `out`, which must not be the old one.
///
/// Needs about 70 bytes of memory for each place of the layer and disk in `scratch` for its names: a country's file takes
/// seconds; all of GeoNames (13 million places) about 1.2 GB. `progress` is told how many bytes of the file were read.
///
/// # Errors
/// [`Error::Io`] for files that cannot be read or written, [`Error::Input`] when the file is no table of the three kinds.
pub fn add_file(
    file: &Path,
    existing: Option<LayerBytes>,
    scratch: &Path,
    out: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<AddReport> {
    let cannot_read = |e| Error::io("cannot read", file, e);
    let cannot_write = |e| Error::io("cannot write", out, e);
    let mut lines = Lines::open(file).map_err(cannot_read)?;
    let first = loop {
        match lines.next().map_err(cannot_read)? {
            Some(Ok(line)) if line.trim().is_empty() || line.starts_with('#') => {}
            Some(Ok(line)) => break line.trim_start_matches('\u{feff}').to_owned(),
            Some(Err(reason)) => return Err(Error::input(file, format!("its first line is no text: {reason}"))),
            None => return Err(Error::input(file, "empty")),
        }
    };
    let kind = TableKind::of_first_line(&first).map_err(|reason| Error::input(file, reason))?;
    let existing = match existing {
        Some(bytes) => Some(Layer::open(bytes).map_err(|e| Error::input("the gazetteer layer so far", e.to_string()))?),
        None => None,
    };
    let mut merger = Merger::new(Gazetteer::embedded(), scratch, kind.clone());
    // Alternate names need the places they belong to; of places, what is added now stands for what was there.
    if kind == TableKind::AlternateNames
        && let Some(layer) = &existing
    {
        merger.add_layer(layer).map_err(cannot_write)?;
    }
    if !kind.has_header() {
        merger.add_line(&kind, lines.number, &first).map_err(cannot_write)?;
    }
    let mut told = 0;
    while let Some(line) = lines.next().map_err(cannot_read)? {
        match line {
            Ok(line) if line.trim().is_empty() || (kind.has_header() && line.starts_with('#')) => {}
            Ok(line) => {
                let number = lines.number;
                merger.add_line(&kind, number, &line).map_err(cannot_write)?;
            }
            Err(reason) => merger.add_bad(lines.number, reason),
        }
        if lines.bytes - told > 1 << 20 {
            told = lines.bytes;
            progress(told);
        }
    }
    if kind != TableKind::AlternateNames
        && let Some(layer) = &existing
    {
        merger.add_layer(layer).map_err(cannot_write)?;
    }
    merger.finish(out).map_err(cannot_write)
}

/// Lines of bounded length with their numbers.
struct Lines {
    input: BufReader<File>,
    buffer: Vec<u8>,
    number: u64,
    bytes: u64,
}

impl Lines {
    fn open(file: &Path) -> io::Result<Lines> {
        let input = BufReader::with_capacity(1 << 18, File::open(file)?);
        Ok(Lines { input, buffer: Vec::new(), number: 0, bytes: 0 })
    }

    /// The next line without its end; the inner error says why a line cannot be used.
    fn next(&mut self) -> io::Result<Option<std::result::Result<String, String>>> {
        self.buffer.clear();
        let read = (&mut self.input).take(LONGEST_LINE_BYTES).read_until(b'\n', &mut self.buffer)? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += read;
        if read == LONGEST_LINE_BYTES && self.buffer.last() != Some(&b'\n') {
            self.bytes += self.input.skip_until(b'\n')? as u64;
            return Ok(Some(Err("longer than a megabyte".to_owned())));
        }
        let line = std::str::from_utf8(&self.buffer).map_err(|_| "not UTF-8".to_owned());
        Ok(Some(line.map(|line| line.trim_end_matches(['\n', '\r']).to_owned())))
    }
}

struct Merger<'g> {
    base: &'g Gazetteer,
    writer: LayerWriter,
    geonames_rows: HashMap<u32, u32>,
    other_rows: HashMap<PlaceId, u32>,
    report: AddReport,
}

impl<'g> Merger<'g> {
    fn new(base: &'g Gazetteer, scratch: &Path, kind: TableKind) -> Merger<'g> {
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
        Merger {
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
            feature: 0,
            countries: Vec::new(),
            position: None,
            population: 0,
            parent: None,
            code: self.base.code_of(record).map(str::to_owned),
            members: Vec::new(),
        };
        self.add_row(&stub).map(Some)
    }

    fn add_bad(&mut self, number: u64, reason: String) {
        self.report.bad += 1;
        if self.report.first_bad.len() < BAD_LINES_KEPT {
            self.report.first_bad.push((number, reason));
        }
    }

    fn add_line(&mut self, kind: &TableKind, number: u64, line: &str) -> io::Result<()> {
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
    fn add_layer(&mut self, layer: &Layer) -> io::Result<()> {
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
            feature: raw.feature,
            countries,
            position,
            population: u64::from(raw.population),
            parent: (raw.parent != NO_RECORD).then(|| written(raw.parent)).flatten(),
            code: (!details.code.is_empty()).then(|| details.code.to_owned()),
            members: details.member_records().filter_map(written).collect(),
        };
        self.add_row(&place).map(Some)
    }

    fn finish(mut self, out: &Path) -> io::Result<AddReport> {
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

fn without_article(folded: &str) -> Option<&str> {
    const ARTICLES: [&str; 14] =
        ["al", "el", "ar", "as", "ash", "at", "ath", "an", "az", "ad", "adh", "er", "es", "ed"];
    let (article, rest) = folded.split_once(' ')?;
    (ARTICLES.contains(&article) && rest.len() >= 4).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    const DUMP: &str = "\
703448\tKyiv\tKyiv\tKyivqa Wielkie\t50.45\t30.52\tP\tPPLC\tUA\t\t12\t\t\t\t2952301\t\t187\tEurope/Kyiv\t2024-01-01
90000001\tVerkhnia Test\tVerkhnia Test\tVerhnja Test,IXX,vqrkhnya\t48.5\t37.9\tP\tPPL\tUA\t\t05\t\t\t\t120\t\t99\tEurope/Kyiv\t2024-01-01
90000002\tHotel Test\tHotel Test\t\t48.5\t37.9\tS\tHTL\tUA\t\t05\t\t\t\t0\t\t99\tEurope/Kyiv\t2024-01-01
90000003\tAl Tajriba\tAl Tajriba\t\tnorth\t44.0\tP\tPPL\tYE\t\t08\t\t\t\t0\t\t99\tAsia/Aden\t2024-01-01
90000004\tAl Tajriba\tAl Tajriba\t\t14.9\t43.1\tP\tPPL\tYE\t\t08\t999\t\t\t0\t\t99\tAsia/Aden\t2024-01-01
";

    fn add(text: &str, existing: Option<Vec<u8>>) -> (AddReport, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let (file, out) = (folder.path().join("table.txt"), folder.path().join("layer"));
        std::fs::write(&file, text).unwrap();
        let existing = existing.map(|bytes| LayerBytes::Shared(Arc::new(bytes)));
        let report = add_file(&file, existing, folder.path(), &out, &mut |_| {}).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "no scratch file stays");
        (report, std::fs::read(&out).unwrap())
    }

    fn opened(bytes: Vec<u8>) -> Gazetteer {
        Gazetteer::with_user_layer(LayerBytes::Shared(Arc::new(bytes))).unwrap()
    }

    #[test]
    fn a_dump_adds_places_and_names_and_reports_bad_lines_by_number() {
        let (report, bytes) = add(DUMP, None);
        assert_eq!((report.lines, report.places, report.known, report.left_out, report.bad), (5, 2, 1, 1, 1));
        assert_eq!(report.first_bad[0].0, 4);
        assert!(report.first_bad[0].1.contains("latitude"), "{:?}", report.first_bad);
        let gazetteer = opened(bytes);
        let found = gazetteer.named("Verhnja Test");
        assert_eq!(found.len(), 1);
        assert!(found[0].from_user_layer);
        assert_eq!(found[0].countries, [CountryCode(*b"UA")]);
        let above: Vec<_> = gazetteer.ancestors(&found[0].id).into_iter().map(|place| place.name).collect();
        assert_eq!(above[above.len() - 2..], ["Ukraine", "Donetsk"]);
        assert!(gazetteer.named("vqrkhnya").is_empty(), "a machine romanisation");
        // An unknown second-level division leaves the first, and the article may be left out.
        let stripped = gazetteer.named("Tajriba");
        assert_eq!(
            gazetteer.ancestors(&stripped[0].id).last().map(|place| place.name.clone()),
            Some("Al Hudaydah".into())
        );
    }

    #[test]
    fn names_for_an_embedded_place_lead_to_it_and_widen_its_queries() {
        let gazetteer = opened(add(DUMP, None).1);
        let found = gazetteer.named("Kyivqa Wielkie");
        assert_eq!(found.iter().map(|p| p.id.clone()).collect::<Vec<_>>(), [PlaceId::GeoNames(703448)]);
        assert!(!found[0].from_user_layer);
        assert!(gazetteer.names_of(&found[0].id).contains(&"kyivqa wielkie".to_owned()));
    }

    #[test]
    fn alternate_names_and_tables_of_one_s_own_are_added_to_what_is_there() {
        let (_, first) = add(DUMP, None);
        let alternate = "1\t90000001\ten\tUpper Test\t1\t\t\t\t\t\n2\t90000001\tlink\thttp://example.org\n3\t703448\tpl\tKijów Stary\t\t\t\t1\t\t\n4\t5\ten\tNobody\n";
        let (report, second) = add(alternate, Some(first));
        assert_eq!((report.known, report.left_out, report.sizes.places > 2), (2, 2, true));
        let own = "id\tname\tlat\tlon\tcountry\tclass\tnames\twithin\n\
                   \tHill 217\t48.1\t37.8\tUA\tterrain\tHeight 217|Высота 217\tUA.05\n\
                   gn:703448\tThe Capital Test\n\
                   my:x\t\t1\t2\n\
                   \tNowhere\t91\t2\n";
        let (report, third) = add(own, Some(second));
        assert_eq!((report.places, report.known, report.bad), (1, 1, 2));
        assert_eq!(report.first_bad.iter().map(|bad| bad.0).collect::<Vec<_>>(), [4, 5]);
        let gazetteer = opened(third);
        assert_eq!(gazetteer.named("upper test")[0].id, PlaceId::GeoNames(90000001));
        assert_eq!(gazetteer.named("Kijow Stary")[0].id, PlaceId::GeoNames(703448));
        assert_eq!(gazetteer.named("the capital test")[0].id, PlaceId::GeoNames(703448));
        let hill = &gazetteer.named("высота 217")[0];
        assert_eq!((hill.id.to_string().as_str(), hill.from_user_layer), ("my:hill-217", true));
        assert_eq!(gazetteer.place(&hill.id).as_ref(), Some(hill));
        let paths = crate::geo::gazetteer::facet::place_paths(&gazetteer, &hill.id);
        assert_eq!(paths[0][..3], ["150", "151", "UA"]);
        assert_eq!(paths[0].last().map(String::as_str), Some("my:hill-217"));
    }

    #[test]
    fn what_is_no_table_or_no_layer_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let (file, out) = (folder.path().join("t.csv"), folder.path().join("out"));
        std::fs::write(&file, "a,b\n1,2\n").unwrap();
        let error = add_file(&file, None, folder.path(), &out, &mut |_| {}).unwrap_err().to_string();
        assert!(error.contains("t.csv") && error.contains("`name`"), "{error}");
        assert!(Gazetteer::with_user_layer(LayerBytes::Static(b"DLGZ")).unwrap_err().0.contains("cut short"));
        assert!(Gazetteer::with_user_layer(LayerBytes::Static(b"hello")).unwrap_err().0.contains("not a gazetteer"));
    }
}
