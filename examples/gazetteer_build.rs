//! Compiles the merged tables of `gazetteer/build.py` into `gazetteer/gazetteer.bin`.
//!
//! Usage: `gazetteer_build PLACES.tsv NAMES.tsv OUT.bin`; see `gazetteer/README.md`.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter};
use std::path::Path;

use dateline::geo::build::layer_writer::LayerWriter;
use dateline::geo::build::place_row::PlaceRow;
use dateline::geo::gazetteer::{NameKind, PlaceClass, feature_code_number};
use dateline::model::place::{CountryCode, PlaceId};
use dateline::words::letters::name_fold::{fold, is_latin};

fn class_named(name: &str) -> Option<PlaceClass> {
    use PlaceClass::*;
    [Region, Country, Division1, Division2, Settlement, Area, Water, Terrain, Line, Facility]
        .into_iter()
        .find(|class| class.as_str() == name)
}

fn kind_named(name: &str) -> Option<NameKind> {
    Some(match name {
        "preferred" => NameKind::Preferred,
        "alternate" => NameKind::Alternate,
        "variant" => NameKind::Variant,
        "historic" => NameKind::Historic,
        "abbreviation" => NameKind::Abbreviation,
        "dotted" => NameKind::AbbreviationDotted,
        "after-comma" => NameKind::AbbreviationAfterComma,
        "demonym" => NameKind::Demonym,
        "ethnic" => NameKind::Ethnic,
        _ => return None,
    })
}

fn list(field: &str) -> impl Iterator<Item = &str> {
    field.split(',').filter(|part| !part.is_empty())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [places, names, out] = args.as_slice() else {
        return Err("usage: gazetteer_build PLACES.tsv NAMES.tsv OUT.bin".into());
    };
    let scratch = Path::new(out).parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut writer = LayerWriter::new(scratch);
    let mut rows = std::collections::HashMap::new();
    for (number, line) in BufReader::new(File::open(places)?).lines().enumerate() {
        let line = line?;
        let bad = |what: &str| format!("{places}:{}: {what}", number + 1);
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, class, feature, name, lat, lon, population, countries, parent, codes, members] = fields[..] else {
            return Err(bad("not 11 columns").into());
        };
        let mut codes = list(codes);
        let position = if lat.is_empty() { None } else { Some((lat.parse()?, lon.parse()?)) };
        let row = writer.add_place(&PlaceRow {
            id: id.parse::<PlaceId>().map_err(|()| bad("no such id"))?,
            name: name.to_owned(),
            class: Some(class_named(class).ok_or_else(|| bad("no such class"))?),
            feature_code: feature_code_number(feature),
            countries: list(countries).filter_map(|code| code.parse::<CountryCode>().ok()).collect(),
            position,
            population: population.parse()?,
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
            code: codes.next().map(str::to_owned),
            members: list(members).map(str::to_owned).collect(),
        })?;
        for code in codes {
            writer.add_code(row, code);
        }
        if rows.insert(id.to_owned(), row).is_some() {
            return Err(bad("the id comes twice").into());
        }
    }
    for (number, line) in BufReader::new(File::open(names)?).lines().enumerate() {
        let line = line?;
        let bad = |what: &str| format!("{names}:{}: {what}", number + 1);
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, kind, name] = fields[..] else { return Err(bad("not 3 columns").into()) };
        let row = *rows.get(id).ok_or_else(|| bad("no such place"))?;
        let mut kind = kind_named(kind).ok_or_else(|| bad("no such kind"))?;
        let folded = fold(name);
        if kind == NameKind::Alternate && !is_latin(&folded) {
            kind = NameKind::OtherScript;
        }
        writer.add_name(row, &folded, kind)?;
    }
    let missing = writer.missing_codes();
    if !missing.is_empty() {
        eprintln!("{} parents or members name no place: {}", missing.len(), missing.join(" "));
    }
    let sizes = writer.finish(&mut BufWriter::new(File::create(out)?))?;
    println!("{sizes:?}");
    Ok(())
}
