//! The tables a user's layer is made from, line by line: GeoNames' dumps, its alternate names, and a table of one's own.

use crate::geo::build::place_row::PlaceRow;
use crate::geo::gazetteer::feature_code::feature_code_number;
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::model::place::{CountryCode, PlaceId};
use crate::words::letters::name_fold::{fold, is_latin};

/// What a file holds, told from its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// GeoNames' main table: `allCountries.txt` or a country's file, 19 columns.
    GeoNames,
    /// GeoNames' `alternateNamesV2.txt`, or a country's, 8 to 10 columns.
    AlternateNames,
    /// A table of the user's own, whose first line names its columns.
    Own(OwnColumns),
}

/// Where the columns of a user's own table stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnColumns {
    name: usize,
    lat: Option<usize>,
    lon: Option<usize>,
    id: Option<usize>,
    countries: Option<usize>,
    class: Option<usize>,
    population: Option<usize>,
    names: Option<usize>,
    within: Option<usize>,
}

/// What a line says.
pub(crate) enum Entry {
    /// A place with names besides its own.
    Place(PlaceRow, Vec<(String, NameKind)>),
    /// Names of a place that stands elsewhere.
    Names(PlaceId, Vec<(String, NameKind)>),
    /// Nothing that a gazetteer of reporting needs: a hotel, a link.
    LeftOut,
}

/// Spots, roads and the like are left out but for these, which reports of conflict name.
const KEPT_SPOTS: [&str; 36] = [
    "AIRB", "AIRP", "AIRF", "AIRQ", "AIRS", "AIRH", "INSM", "BRKS", "FT", "DAM", "DAMQ", "PS", "PSN", "PSH", "CMP",
    "CMPRF", "CMPQ", "CSTM", "PSTB", "PSTP", "BDG", "BDGQ", "PRT", "OILF", "OILR", "OILT", "REFN", "PRN", "HSP",
    "DIPL", "CTRA", "MNQ", "SQR", "STNB", "ITTR", "MUS",
];
/// Areas that are kept; parks and fields of other sorts are left out.
const KEPT_AREAS: [&str; 22] = [
    "RGN", "RGNE", "RGNH", "AREA", "CONT", "RESV", "RESN", "MILB", "NVB", "OAS", "PRT", "OILF", "INDS", "LCTY", "TRB",
    "CST", "GRVE", "PRK", "PPLX", "CMN", "BTL", "DEVH",
];

impl TableKind {
    /// Tells what a table is by its first line.
    ///
    /// # Errors
    /// In words for the user, when it is none of the three.
    pub fn of_first_line(line: &str) -> Result<TableKind, String> {
        if line.starts_with("PK\u{3}\u{4}") {
            return Err("a zip archive; unpack it and add the text file inside".to_owned());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |n: usize| fields.get(n).is_some_and(|field| field.trim().parse::<u32>().is_ok());
        match fields.len() {
            19 if number(0) => return Ok(TableKind::GeoNames),
            4..=10 if number(0) && number(1) => return Ok(TableKind::AlternateNames),
            _ => {}
        }
        let column = |wanted: &[&str]| {
            fields.iter().position(|field| wanted.contains(&field.trim().to_ascii_lowercase().as_str()))
        };
        let Some(name) = column(&["name"]) else {
            return Err(
                "neither a GeoNames table (19 columns), nor its alternate names, nor a table whose first line names \
                        its columns, one of them `name`"
                    .to_owned(),
            );
        };
        Ok(TableKind::Own(OwnColumns {
            name,
            lat: column(&["lat", "latitude"]),
            lon: column(&["lon", "lng", "long", "longitude"]),
            id: column(&["id"]),
            countries: column(&["country", "countries"]),
            class: column(&["class"]),
            population: column(&["population"]),
            names: column(&["names", "variants"]),
            within: column(&["within"]),
        }))
    }

    /// Whether the first line names columns and is no entry.
    pub(crate) fn has_header(&self) -> bool {
        matches!(self, TableKind::Own(_))
    }

    /// Reads a line; the error says what is wrong with it.
    pub(crate) fn read(&self, line: &str) -> Result<Entry, String> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        match self {
            TableKind::GeoNames => read_geonames(&fields),
            TableKind::AlternateNames => read_alternate_name(&fields),
            TableKind::Own(columns) => read_own(columns, &fields),
        }
    }
}

fn degrees(field: &str, what: &str, limit: f64) -> Result<f64, String> {
    let value: f64 = field.parse().map_err(|_| format!("{what} is no number: `{field}`"))?;
    if value.abs() <= limit { Ok(value) } else { Err(format!("{what} {value} is not within {limit} degrees")) }
}

/// The class of a GeoNames feature; `None` for what is left out.
fn class_of(feature_class: &str, code: &str) -> Option<PlaceClass> {
    match feature_class {
        "P" => Some(PlaceClass::Settlement),
        "A" => match code {
            "ADM1" => Some(PlaceClass::Division1),
            "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADMD" => Some(PlaceClass::Division2),
            _ if code.starts_with("PCL") && code != "PCLH" => Some(PlaceClass::Country),
            "PCLH" | "LTER" => None,
            _ => Some(PlaceClass::Area),
        },
        "H" => Some(PlaceClass::Water),
        "T" => Some(PlaceClass::Terrain),
        "L" if matches!(code, "MILB" | "NVB" | "PRT" | "OILF") => Some(PlaceClass::Facility),
        "L" => KEPT_AREAS.contains(&code).then_some(PlaceClass::Area),
        "S" => match code {
            "CSTM" | "PSTB" => Some(PlaceClass::Line),
            _ => KEPT_SPOTS.contains(&code).then_some(PlaceClass::Facility),
        },
        _ => None,
    }
}

/// Columns as in <https://download.geonames.org/export/dump/readme.txt>.
fn read_geonames(fields: &[&str]) -> Result<Entry, String> {
    let &[
        id,
        name,
        ascii,
        alternates,
        lat,
        lon,
        feature_class,
        feature,
        country,
        more_countries,
        admin1,
        admin2,
        _,
        _,
        population,
        ..,
    ] = fields
    else {
        return Err(format!("{} columns, a GeoNames table has 19", fields.len()));
    };
    let id: u32 = id.parse().map_err(|_| format!("the id is no number: `{id}`"))?;
    if id == 0 || name.is_empty() {
        return Err("no id or no name".to_owned());
    }
    let position = (degrees(lat, "latitude", 90.0)?, degrees(lon, "longitude", 180.0)?);
    let Some(class) = class_of(feature_class, feature) else { return Ok(Entry::LeftOut) };
    let mut countries: Vec<CountryCode> = Vec::new();
    for code in std::iter::once(country).chain(more_countries.split(',')) {
        if let Ok(code) = code.trim().parse()
            && !countries.contains(&code)
        {
            countries.push(code);
        }
    }
    let division = |parts: &[&str]| {
        let kept: Vec<&str> = parts.iter().copied().take_while(|part| !part.is_empty() && *part != "00").collect();
        (!kept.is_empty()).then(|| kept.join("."))
    };
    let (code, parent) = match feature {
        "ADM1" => (division(&[country, admin1]), division(&[country])),
        "ADM2" => (division(&[country, admin1, admin2]), division(&[country, admin1])),
        _ => (None, division(&[country, admin1, admin2])),
    };
    let mut names = vec![(ascii.to_owned(), NameKind::Alternate)];
    names.extend(alternates.split(',').filter(|n| is_name(n)).map(|n| (n.trim().to_owned(), NameKind::Alternate)));
    let row = PlaceRow {
        id: PlaceId::GeoNames(id),
        name: name.to_owned(),
        class: Some(class),
        feature_code: feature_code_number(feature),
        countries,
        position: Some(position),
        population: population.parse().unwrap_or(0),
        parent,
        code,
        members: Vec::new(),
    };
    Ok(Entry::Place(row, names))
}

/// Whether an alternate name without a language is one: no romanisation by a machine (they begin in lower case), no code,
/// nothing too short to be told from other words.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let Some(first) = name.chars().find(|c| c.is_alphabetic()) else { return false };
    if !first.is_ascii() && !is_latin(&fold(name)) {
        return letters > 1;
    }
    let code = letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    letters >= 4
        && !first.is_lowercase()
        && !code
        && !name.contains(|c: char| c.is_ascii_digit() || "/();:+=".contains(c))
}

fn read_alternate_name(fields: &[&str]) -> Result<Entry, String> {
    let &[_, id, language, name, ..] = fields else {
        return Err(format!("{} columns, a table of alternate names has 8 to 10", fields.len()));
    };
    let id: u32 = id.parse().map_err(|_| format!("the place's id is no number: `{id}`"))?;
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let set = |n: usize| fields.get(n) == Some(&"1");
    let kind = match language {
        "abbr" => NameKind::Abbreviation,
        "link" | "post" | "iata" | "icao" | "faac" | "unlc" | "wkdt" | "tcid" | "phon" | "piny" | "fr_1793" => {
            return Ok(Entry::LeftOut);
        }
        _ if set(7) => NameKind::Historic,
        "en" if set(4) => NameKind::Preferred,
        // Colloquial: "Big Apple".
        _ if set(6) => return Ok(Entry::LeftOut),
        "" if !is_name(name) => return Ok(Entry::LeftOut),
        _ => NameKind::Alternate,
    };
    Ok(Entry::Names(PlaceId::GeoNames(id), vec![(name.to_owned(), kind)]))
}

fn read_own(columns: &OwnColumns, fields: &[&str]) -> Result<Entry, String> {
    let field = |column: Option<usize>| column.and_then(|n| fields.get(n)).copied().unwrap_or_default();
    let name = field(Some(columns.name));
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let names: Vec<(String, NameKind)> = field(columns.names)
        .split('|')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| (name.to_owned(), NameKind::Alternate))
        .collect();
    let id = match field(columns.id) {
        "" => slug_id(name)?,
        written => match written.parse::<PlaceId>() {
            Ok(id) => id,
            Err(()) => slug_id(written)?,
        },
    };
    if !matches!(id, PlaceId::User(_)) {
        let own = std::iter::once((name.to_owned(), NameKind::Alternate));
        return Ok(Entry::Names(id, own.chain(names).collect()));
    }
    let (lat, lon) = (field(columns.lat), field(columns.lon));
    if lat.is_empty() || lon.is_empty() {
        return Err(
            "no `lat` and `lon`; only places that the gazetteer has (`id` like gn:1254047) do without".to_owned()
        );
    }
    let position = (degrees(lat, "latitude", 90.0)?, degrees(lon, "longitude", 180.0)?);
    let mut countries: Vec<CountryCode> = Vec::new();
    for code in field(columns.countries).split([',', '|']).map(str::trim).filter(|code| !code.is_empty()) {
        countries.push(code.parse().map_err(|()| format!("country is no code of two letters: `{code}`"))?);
    }
    let class = match field(columns.class) {
        "" => PlaceClass::Settlement,
        written => PlaceClass::named(written).ok_or_else(|| format!("no such class: `{written}`"))?,
    };
    let population = match field(columns.population) {
        "" => 0,
        written => written.parse().map_err(|_| format!("population is no number: `{written}`"))?,
    };
    let parent = match (field(columns.within), countries.as_slice()) {
        ("", [country]) => Some(country.to_string()),
        ("", _) => None,
        (written, _) => Some(written.strip_prefix("adm:").unwrap_or(written).to_owned()),
    };
    let row = PlaceRow {
        id,
        name: name.to_owned(),
        class: Some(class),
        feature_code: 0,
        countries,
        position: Some(position),
        population,
        parent,
        code: None,
        members: Vec::new(),
    };
    Ok(Entry::Place(row, names))
}

fn slug_id(name: &str) -> Result<PlaceId, String> {
    let slug = fold(name.strip_prefix("my:").unwrap_or(name)).replace(' ', "-");
    if slug.is_empty() { Err(format!("`{name}` makes no id")) } else { Ok(PlaceId::User(slug)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_line_tells_the_three_tables_apart() {
        let dump = "1\tA\tA\t\t1\t2\tP\tPPL\tUA\t\t05\t\t\t\t0\t\t1\tEurope/Kyiv\t2024-01-01";
        assert_eq!(TableKind::of_first_line(dump), Ok(TableKind::GeoNames));
        assert_eq!(TableKind::of_first_line("5\t1\ten\tName\t1\t\t\t\t\t"), Ok(TableKind::AlternateNames));
        assert!(matches!(TableKind::of_first_line("Name\tLat\tLon"), Ok(TableKind::Own(_))));
        assert!(TableKind::of_first_line("a,b,c").unwrap_err().contains("19 columns"));
        assert!(TableKind::of_first_line("PK\u{3}\u{4}x").unwrap_err().contains("unpack"));
    }

    #[test]
    fn codes_and_machine_romanisations_are_no_names() {
        for junk in ["IEV", "UKBB", "qyyb", "Ko", "2nd Mile", "ji fu", ""] {
            assert!(!is_name(junk), "{junk}");
        }
        for name in ["Kiev", "Kænugarður", "Київ", "基輔", "Sana'a"] {
            assert!(is_name(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_a_reader_panic(line in "\\PC{0,60}", tabs in 0usize..20) {
            let line = format!("{line}{}{line}", "\t".repeat(tabs));
            let _ = TableKind::of_first_line(&line);
            for kind in [TableKind::GeoNames, TableKind::AlternateNames, TableKind::Own(OwnColumns::default())] {
                let _ = kind.read(&line);
            }
        }
    }
}
