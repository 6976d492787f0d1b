//! What sorts of places there are.

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

/// The classes by their number in a record of a layer; the order is part of the format.
pub(crate) const CLASSES: [PlaceClass; 10] = [
    PlaceClass::Region,
    PlaceClass::Country,
    PlaceClass::Division1,
    PlaceClass::Division2,
    PlaceClass::Settlement,
    PlaceClass::Area,
    PlaceClass::Water,
    PlaceClass::Terrain,
    PlaceClass::Line,
    PlaceClass::Facility,
];
