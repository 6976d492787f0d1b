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

use std::path::Path;

pub use crate::geo::build::layer_merger::AddReport;
use crate::geo::build::layer_merger::LayerMerger;
use crate::geo::build::line_reader::LineReader;
pub use crate::geo::build::user_table::TableKind;
use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::layer::{Layer, LayerBytes};
use crate::model::error::{Error, Result};

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
    let mut lines = LineReader::open(file).map_err(cannot_read)?;
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
    let mut merger = LayerMerger::new(Gazetteer::embedded(), scratch, kind.clone());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::{CountryCode, PlaceId};
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
