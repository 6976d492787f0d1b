//! The places that a name may mean.

use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::{Record, RecordRef};
use crate::model::place::CountryCode;

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) record: Record,
    pub(crate) kind: NameKind,
    pub(crate) division1: Option<RecordRef>,
    pub(crate) division2: Option<RecordRef>,
    /// The common logarithm of one more than its inhabitants, guessed where they are not known ([`inhabitants_of`]).
    pub(crate) log_people: f32,
    /// The same of the inhabitants that the gazetteer has, 0 where it has none.
    pub(crate) log_population: f32,
}

impl Candidate {
    pub(crate) fn new(
        record: Record,
        kind: NameKind,
        division1: Option<RecordRef>,
        division2: Option<RecordRef>,
    ) -> Candidate {
        let log = |people: u32| (people as f32 + 1.0).log10();
        let (log_people, log_population) = (log(inhabitants_of(&record)), log(record.population));
        Candidate { record, kind, division1, division2, log_people, log_population }
    }

    pub(crate) fn country(&self) -> Option<CountryCode> {
        self.record.country
    }
}

/// Inhabitants of a place as a measure of how often it is named, guessed where the gazetteer has none.
pub(crate) fn inhabitants_of(record: &Record) -> u32 {
    const GUESS: u32 = 10_000;
    let guess = match record.class {
        // Settlements without a GeoNames id are our own additions, made because reports name them: they are no hamlets.
        PlaceClass::Settlement if record.geonames_id == 0 => GUESS,
        // Nobody lives in a sea or on a line; they are named as often as a town of middling size.
        PlaceClass::Area | PlaceClass::Water | PlaceClass::Terrain | PlaceClass::Line => 5 * GUESS,
        PlaceClass::Region => 1000 * GUESS,
        PlaceClass::Facility => GUESS,
        _ => 0,
    };
    record.population.max(guess)
}
