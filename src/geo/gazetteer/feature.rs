//! What sorts of places there are.

use crate::geo::gazetteer::layer::CLASSES;

/// What sort of place an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceClass {
    /// A continent or a region of several countries.
    Region,
    /// A country or a territory with a code of its own.
    Country,
    /// A first-level division.
    Division1,
    /// A second-level division.
    Division2,
    /// A capital, city, town, village or quarter.
    Settlement,
    /// An informal or historic area ("Donbas").
    Area,
    /// A sea, strait, lake or river.
    Water,
    /// A mountain, valley, glacier, island or desert.
    Terrain,
    /// A line of control, a border, a crossing.
    Line,
    /// A base, an airport, a dam, a reactor, a camp.
    Facility,
}

impl PlaceClass {
    /// The class that is written so.
    pub fn named(written: &str) -> Option<PlaceClass> {
        CLASSES.into_iter().find(|class| class.as_str() == written)
    }

    /// The class as output and the project's tables write it.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceClass::Region => "region",
            PlaceClass::Country => "country",
            PlaceClass::Division1 => "division1",
            PlaceClass::Division2 => "division2",
            PlaceClass::Settlement => "settlement",
            PlaceClass::Area => "area",
            PlaceClass::Water => "water",
            PlaceClass::Terrain => "terrain",
            PlaceClass::Line => "line",
            PlaceClass::Facility => "facility",
        }
    }
}

/// GeoNames feature codes by their number in a record; 0 where none is known.
///
/// From <https://www.geonames.org/export/codes.html>; the order is part of the format.
pub const FEATURE_CODES: [&str; 96] = [
    "", "PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPL", "PPLX", "PPLL", "PPLS", "PPLF", "PPLG", "PPLR",
    "PPLQ", "PPLW", "PPLH", "PPLCH", "STLMT", "PCLI", "PCLD", "PCLIX", "PCLS", "PCLF", "PCL", "TERR", "ADM1", "ADM2",
    "ADM3", "ADM4", "ADMD", "ADM1H", "ADM2H", "PRSH", "ZN", "LTER", "RGN", "RGNH", "RGNE", "AREA", "CONT", "RESV",
    "RESN", "PRK", "MILB", "NVB", "AIRB", "AIRP", "AIRF", "AIRQ", "INSM", "DAM", "PS", "PSN", "PSH", "CMP", "CMPRF",
    "CSTM", "CSTMTO", "BDG", "PRT", "HBR", "OILF", "OILR", "REFN", "SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "LK",
    "LKS", "RSV", "STM", "STMS", "WAD", "CNL", "ISL", "ISLS", "PEN", "CAPE", "MT", "MTS", "PASS", "VAL", "VALG",
    "GLCR", "DSRT", "PLAT", "PLN", "HLL", "HLLS", "UPLD", "DLTA", "OAS",
];
/// The number of "PPLC" in [`FEATURE_CODES`].
pub const CAPITAL: u8 = 1;

/// The number of a GeoNames feature code in [`FEATURE_CODES`]; 0 where the table has it not.
pub fn feature_number(code: &str) -> u8 {
    FEATURE_CODES.iter().position(|&known| known == code).map_or(0, |n| n as u8)
}
