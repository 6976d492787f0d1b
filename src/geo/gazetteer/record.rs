//! The entries of a gazetteer: in full, as numbers, and as a reference.

use crate::geo::gazetteer::place_class::PlaceClass;
use crate::model::place::{CountryCode, PlaceId};

/// An entry of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// GeoNames' id, where it has one.
    pub geonames_id: Option<u32>,
    /// Its name in English where there is one, else its GeoNames name.
    pub name: String,
    /// What it is.
    pub class: PlaceClass,
    /// The countries it lies in by GeoNames' coding as corrected by `schema/disputed.tsv`, the first being the one that
    /// counts where only one can; empty for seas and the like.
    pub countries: Vec<CountryCode>,
    /// Degrees north, WGS 84; not a number where the position is not known.
    pub lat: f64,
    /// Degrees east, WGS 84; not a number where the position is not known.
    pub lon: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// Whether the entry is from the user's own layer.
    pub from_user_layer: bool,
}

/// Points to an entry of one opened gazetteer; means nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordRef(u32);

const USER_BIT: u32 = 1 << 31;

impl RecordRef {
    pub(crate) fn new(index: u32, user: bool) -> RecordRef {
        RecordRef(if user { index | USER_BIT } else { index })
    }

    pub(crate) fn index(self) -> u32 {
        self.0 & !USER_BIT
    }

    /// Whether the entry is from the user's own layer.
    pub fn is_user(self) -> bool {
        self.0 & USER_BIT != 0
    }
}

/// The numbers of an entry, without its texts: what recognition and resolution need.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// The entry.
    pub at: RecordRef,
    /// GeoNames' id; 0 where it has none.
    pub geonames_id: u32,
    /// What it is.
    pub class: PlaceClass,
    /// Its GeoNames feature code, as a number of [`FEATURE_CODES`](crate::geo::gazetteer::feature_code::FEATURE_CODES).
    pub feature_code: u8,
    /// The country that counts first.
    pub country: Option<CountryCode>,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// Degrees north; not a number where not known.
    pub lat: f32,
    /// Degrees east; not a number where not known.
    pub lon: f32,
    /// The record that it lies in, in its own layer.
    pub(crate) parent: u32,
}

impl Record {
    /// Whether the entry has a position.
    pub fn has_position(&self) -> bool {
        !self.lat.is_nan()
    }
}
