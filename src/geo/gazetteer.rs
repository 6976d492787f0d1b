//! The gazetteer: places, their names and their hierarchy, used in place without parsing at start.

use super::{CountryCode, PlaceId};

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
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// Whether the entry is from the user's own layer.
    pub from_user_layer: bool,
}

/// Places and names: the embedded layer and, where one was added, the user's own.
#[derive(Debug)]
pub struct Gazetteer {}

impl Gazetteer {
    /// The embedded gazetteer alone. Costs nothing: its data is part of the binary and used in place.
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: Gazetteer = Gazetteer {};
        &EMBEDDED
    }

    /// The place with this id.
    pub fn place(&self, id: &PlaceId) -> Option<Place> {
        let _ = id;
        None
    }

    /// The places that bear this name in any spelling that folds to it, the most likely first when nothing else is
    /// known (countries, then divisions and settlements by inhabitants).
    pub fn named(&self, name: &str) -> Vec<Place> {
        let _ = name;
        Vec::new()
    }

    /// The other names of a place that a query should find too, in Latin script and folded, without the one asked for.
    pub fn names_of(&self, id: &PlaceId) -> Vec<String> {
        let _ = id;
        Vec::new()
    }

    /// The country with this code.
    pub fn country(&self, code: CountryCode) -> Option<Place> {
        let _ = code;
        None
    }

    /// The country of this name, code, variant or demonym.
    pub fn country_named(&self, name: &str) -> Option<CountryCode> {
        let _ = name;
        None
    }

    /// What the place lies in, the largest first (continent, M49 region, country, division), without itself.
    pub fn ancestors(&self, id: &PlaceId) -> Vec<Place> {
        let _ = id;
        Vec::new()
    }
}
