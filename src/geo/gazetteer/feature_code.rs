//! GeoNames' feature codes, which tell a capital from a town and a river from a lake.

/// The codes by their number in a record of a layer; 0 where none is known.
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
/// The number of "PPLC" in [`FEATURE_CODES`], a capital.
pub const CAPITAL: u8 = 1;
/// The number of "PPLA", the seat of a first-level division.
pub(crate) const SEAT1: u8 = 2;
/// The number of "PPLA2", the seat of a second-level division.
pub(crate) const SEAT2: u8 = 3;
/// The number of "PPLX", a section of a town.
pub(crate) const SECTION: u8 = 8;
/// The number of "PPLH", a town that is no more.
pub(crate) const HISTORICAL: u8 = 16;

/// The number of a GeoNames feature code in [`FEATURE_CODES`]; 0 where the table has it not.
pub fn feature_code_number(code: &str) -> u8 {
    FEATURE_CODES.iter().position(|&known| known == code).map_or(0, |n| n as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_have_names_are_those_of_their_codes() {
        for (number, code) in
            [(CAPITAL, "PPLC"), (SEAT1, "PPLA"), (SEAT2, "PPLA2"), (SECTION, "PPLX"), (HISTORICAL, "PPLH")]
        {
            assert_eq!(feature_code_number(code), number, "{code}");
        }
    }
}
