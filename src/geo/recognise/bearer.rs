//! TODO(doc)

use crate::geo::gazetteer::RecordRef;
use crate::geo::gazetteer::{NameKind, PlaceClass, Postings, Record};
use crate::model::place::CountryCode;

/// A name of the gazetteer that the text holds, toponym or not.
#[derive(Debug, Clone)]
pub(crate) struct Match<'g> {
    /// Its first and last token.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Where it ends in the text: after the full stop of an abbreviation.
    pub(crate) end: u32,
    /// A hash of the folded name, with the sorts of name that the writing allows.
    pub(crate) key: u64,
    /// Its bearers.
    pub(crate) postings: Postings<'g>,
    pub(crate) spelling: Spelling,
}

/// What the writing of a name allows it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// All capitals or parted by full stops, so that it may be an abbreviation.
    pub(crate) abbreviation: bool,
    /// With full stops.
    pub(crate) dotted: bool,
    /// After a comma that follows a capitalised word.
    pub(crate) after_comma: bool,
}

impl Spelling {
    /// Whether a name of this kind can be written so.
    pub(crate) fn allows(self, kind: NameKind) -> bool {
        match kind {
            NameKind::Abbreviation => self.abbreviation || self.dotted,
            NameKind::AbbreviationDotted => self.dotted,
            NameKind::AbbreviationAfterComma => self.after_comma || self.dotted,
            _ => true,
        }
    }
}

/// A bearer of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) record: Record,
    pub(crate) kind: NameKind,
    pub(crate) division1: Option<RecordRef>,
    pub(crate) division2: Option<RecordRef>,
    /// The common logarithm of one more than its inhabitants, guessed where they are not known ([`people_of`]), and as they
    /// stand in the gazetteer.
    pub(crate) log_people: f32,
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
        let (log_people, log_population) = (log(people_of(&record)), log(record.population));
        Candidate { record, kind, division1, division2, log_people, log_population }
    }

    pub(crate) fn country(&self) -> Option<CountryCode> {
        self.record.country
    }
}

/// Inhabitants of a place as a measure of how often it is named, with a guess where there is no number: the settlements of
/// the overlay are there because reports name them, so that they are no hamlets.
pub(crate) fn people_of(record: &Record) -> u32 {
    const GUESS: u32 = 10_000;
    let guess = match record.class {
        PlaceClass::Settlement if record.geonames_id == 0 => GUESS,
        // Nobody lives in a sea or on a line; they are named as often as a town of middling size.
        PlaceClass::Area | PlaceClass::Water | PlaceClass::Terrain | PlaceClass::Line => 5 * GUESS,
        PlaceClass::Region => 1000 * GUESS,
        PlaceClass::Facility => GUESS,
        _ => 0,
    };
    record.population.max(guess)
}
