//! Places on their way into a layer: as they are given, and as the writer keeps them.

use crate::geo::gazetteer::place_class::PlaceClass;
use crate::model::place::{CountryCode, PlaceId};

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
    pub feature_code: u8,
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

/// A place as the writer keeps it.
pub(crate) struct PackedRow {
    /// 0 where it has none.
    pub(crate) geonames_id: u32,
    /// Where its name stands in the writer's texts.
    pub(crate) text_at: u32,
    /// Units of which a degree has [`UNITS_PER_DEGREE`](crate::geo::gazetteer::layer::UNITS_PER_DEGREE).
    pub(crate) lat: i32,
    pub(crate) lon: i32,
    pub(crate) country: [u8; 2],
    /// Its number in [`CLASSES`](crate::geo::gazetteer::place_class::CLASSES), or that of a stand-in.
    pub(crate) class: u8,
    pub(crate) feature_code: u8,
    pub(crate) population: u32,
    /// The number of the code of what it lies in, and once all places are there that of its row.
    pub(crate) parent: u32,
}
