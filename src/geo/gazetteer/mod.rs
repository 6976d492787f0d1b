//! The gazetteer: places, their names and what they lie in, read in place from the program or a user's file.
//!
//! Uses nothing of recognition or resolution. They look names up in it, filters and output look up places, regions and facets.
//!
//! It has two levels. [`Place`] and the methods of [`Gazetteer`] that return it serve filters and output: they own what they
//! return. Recognition, which asks for every capitalised word of an archive, uses [`Gazetteer::walk`], [`Posting`] and
//! [`Record`], which copy a few numbers and allocate nothing.

pub mod facet;
pub mod feature_code;
pub mod layer;
pub(crate) mod likelihood;
pub mod name_kind;
pub mod name_walk;
pub mod near_names;
pub mod place_class;
pub mod record;
pub mod region;

use std::sync::OnceLock;

pub use crate::geo::gazetteer::feature_code::{CAPITAL, FEATURE_CODES, feature_code_number};
use crate::geo::gazetteer::layer::{
    Layer, LayerBytes, LayerError, NO_DEGREES, NO_RECORD, STUB_CLASS, UNITS_PER_DEGREE,
};
use crate::geo::gazetteer::likelihood::likelihood;
pub use crate::geo::gazetteer::name_kind::NameKind;
pub use crate::geo::gazetteer::name_walk::{NameWalk, Posting, Postings};
pub use crate::geo::gazetteer::place_class::PlaceClass;
pub use crate::geo::gazetteer::record::{Place, Record, RecordRef};
use crate::model::place::{CountryCode, PlaceId};
use crate::words::letters::name_fold::{fold, is_latin};

/// Places and names: the embedded layer and, where one was added, the user's own.
#[derive(Debug)]
pub struct Gazetteer {
    pub(crate) base: Layer,
    pub(crate) user: Option<Layer>,
}

static EMBEDDED_BYTES: &[u8] = include_bytes!("../../../gazetteer/gazetteer.bin");

impl Gazetteer {
    /// The embedded gazetteer alone. Costs nothing: its data is part of the binary and used in place.
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
        EMBEDDED.get_or_init(|| Gazetteer { base: embedded_layer(), user: None })
    }

    /// The embedded gazetteer with a user's layer over it.
    ///
    /// # Errors
    /// When the bytes are no layer that this build reads.
    pub fn with_user_layer(bytes: LayerBytes) -> Result<Gazetteer, LayerError> {
        Ok(Gazetteer { base: embedded_layer(), user: Some(Layer::open(bytes)?) })
    }

    /// The user's layer, where there is one.
    pub fn user_layer(&self) -> Option<&Layer> {
        self.user.as_ref()
    }

    /// The embedded layer.
    pub fn base_layer(&self) -> &Layer {
        &self.base
    }

    fn layer(&self, record: RecordRef) -> Option<&Layer> {
        if record.is_user() { self.user.as_ref() } else { Some(&self.base) }
    }

    /// The entry itself, or where it is a stand-in of the user's layer the one of the embedded layer that it stands for.
    pub(crate) fn settle(&self, record: RecordRef) -> Option<RecordRef> {
        if !record.is_user() {
            return Some(record);
        }
        let layer = self.user.as_ref()?;
        let raw = layer.record(record.index())?;
        if raw.class != STUB_CLASS {
            return Some(record);
        }
        let id = raw.place_id(&layer.details(&raw)?)?;
        self.base.record_of_id(&id).map(|index| RecordRef::new(index, false))
    }

    /// The numbers of an entry.
    pub fn record(&self, record: RecordRef) -> Option<Record> {
        let raw = self.layer(record)?.record(record.index())?;
        let degrees = |units: i32| {
            if units == NO_DEGREES { f32::NAN } else { (f64::from(units) / UNITS_PER_DEGREE) as f32 }
        };
        Some(Record {
            at: record,
            geonames_id: raw.geonames_id,
            class: raw.place_class(),
            feature_code: raw.feature_code,
            country: (raw.country != [0, 0]).then_some(CountryCode(raw.country)),
            population: raw.population,
            lat: degrees(raw.lat),
            lon: degrees(raw.lon),
            parent: raw.parent,
        })
    }

    /// What an entry lies in directly: the smallest division or the country known.
    pub fn parent(&self, record: &Record) -> Option<Record> {
        if record.parent == NO_RECORD {
            return None;
        }
        let parent = self.settle(RecordRef::new(record.parent, record.at.is_user()))?;
        self.record(parent)
    }

    /// The entry of this class that an entry lies in, or the entry itself where it is of this class.
    pub fn within(&self, record: &Record, class: PlaceClass) -> Option<Record> {
        let mut current = *record;
        for _ in 0..8 {
            if current.class == class {
                return Some(current);
            }
            current = self.parent(&current)?;
        }
        None
    }

    /// The first-level division that an entry lies in or is.
    pub fn division1(&self, record: &Record) -> Option<RecordRef> {
        self.within(record, PlaceClass::Division1).map(|found| found.at)
    }

    /// The second-level division that an entry lies in or is.
    pub fn division2(&self, record: &Record) -> Option<RecordRef> {
        self.within(record, PlaceClass::Division2).map(|found| found.at)
    }

    /// The countries of an entry, the one that counts first first.
    pub fn countries_of(&self, record: RecordRef) -> Vec<CountryCode> {
        let read = || {
            let layer = self.layer(record)?;
            let raw = layer.record(record.index())?;
            let mut countries = Vec::new();
            if raw.country != [0, 0] {
                countries.push(CountryCode(raw.country));
                countries.extend(layer.details(&raw)?.further_countries());
            }
            Some(countries)
        };
        read().unwrap_or_default()
    }

    /// The entries that an area or region is made of; empty for all else.
    pub fn members_of(&self, record: RecordRef) -> Vec<RecordRef> {
        let read = || {
            let layer = self.layer(record)?;
            let raw = layer.record(record.index())?;
            let details = layer.details(&raw)?;
            let members = details.member_records().map(|index| RecordRef::new(index, record.is_user()));
            Some(members.filter_map(|member| self.settle(member)).collect())
        };
        read().unwrap_or_default()
    }

    /// The id of an entry.
    pub fn id_of(&self, record: RecordRef) -> Option<PlaceId> {
        let layer = self.layer(record)?;
        let raw = layer.record(record.index())?;
        if raw.geonames_id != 0 {
            return Some(PlaceId::GeoNames(raw.geonames_id));
        }
        raw.place_id(&layer.details(&raw)?)
    }

    /// The name of an entry as it is shown.
    pub fn name_of(&self, record: RecordRef) -> Option<&str> {
        let layer = self.layer(record)?;
        Some(layer.details(&layer.record(record.index())?)?.name)
    }

    /// The code of a country, division or region ("IN", "IN.12", "034").
    pub fn code_of(&self, record: RecordRef) -> Option<&str> {
        let layer = self.layer(record)?;
        Some(layer.details(&layer.record(record.index())?)?.code).filter(|code| !code.is_empty())
    }

    /// The entry with this code, as [`Gazetteer::code_of`] gives it.
    pub fn record_of_code(&self, code: &str) -> Option<RecordRef> {
        if let Some(index) = self.base.record_of_code(code) {
            return Some(RecordRef::new(index, false));
        }
        let index = self.user.as_ref()?.record_of_code(code)?;
        self.settle(RecordRef::new(index, true))
    }

    /// The entry with this id.
    pub fn record_of(&self, id: &PlaceId) -> Option<RecordRef> {
        if let Some(index) = self.base.record_of_id(id) {
            return Some(RecordRef::new(index, false));
        }
        let index = self.user.as_ref()?.record_of_id(id)?;
        self.settle(RecordRef::new(index, true))
    }

    /// The entry in full.
    pub fn place_at(&self, record: RecordRef) -> Option<Place> {
        let layer = self.layer(record)?;
        let raw = layer.record(record.index())?;
        let details = layer.details(&raw)?;
        let degrees = |units: i32| if units == NO_DEGREES { f64::NAN } else { f64::from(units) / UNITS_PER_DEGREE };
        Some(Place {
            id: raw.place_id(&details)?,
            geonames_id: (raw.geonames_id != 0).then_some(raw.geonames_id),
            name: details.name.to_owned(),
            class: raw.place_class(),
            countries: self.countries_of(record),
            lat: degrees(raw.lat),
            lon: degrees(raw.lon),
            population: u64::from(raw.population),
            from_user_layer: record.is_user(),
        })
    }

    /// The place with this id. A division is also found by its code (`adm:IN.12`) where it has a GeoNames id.
    pub fn place(&self, id: &PlaceId) -> Option<Place> {
        self.place_at(self.record_of(id)?)
    }

    /// The candidates of a name in any spelling that folds to it, demonyms and abbreviations included.
    pub fn postings_of(&self, name: &str) -> Vec<Posting> {
        let folded = fold(name);
        let mut walk = self.walk();
        for token in folded.split(' ') {
            match walk.step(token) {
                Some(next) => walk = next,
                None => return Vec::new(),
            }
        }
        let mut postings: Vec<Posting> = Vec::new();
        for posting in walk.postings() {
            if !postings.iter().any(|known| known.record == posting.record) {
                postings.push(posting);
            }
        }
        postings
    }

    /// How likely a place is meant by a name of this kind when nothing else is known: its prominence. Positive, comparable
    /// among the candidates of one name; 0 for an unknown record.
    pub fn prominence(&self, posting: &Posting) -> f64 {
        self.record(posting.record).map_or(0.0, |record| {
            let class = Some(record.class);
            likelihood(class, record.feature_code, record.population, record.has_position(), posting.kind)
        })
    }

    /// The places that bear this name in any spelling that folds to it, the most likely first when nothing else is
    /// known (countries, then divisions and settlements by inhabitants). Demonyms name no place and are left out.
    pub fn named(&self, name: &str) -> Vec<Place> {
        let postings = self.postings_of(name);
        let places = postings.iter().filter(|posting| !posting.kind.is_demonym());
        places.filter_map(|posting| self.place_at(posting.record)).collect()
    }

    /// The names of a place that a query should find, its own included, in Latin script and folded, each once. Names
    /// that mean another place first ("Paris" for a town in Texas) and codes are left out.
    pub fn names_of(&self, id: &PlaceId) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut collect = |layer: &Layer, index: u32, sound: &dyn Fn(&str) -> bool| -> Option<()> {
            let raw = layer.record(index)?;
            for number in layer.details(&raw)?.name_postings() {
                if let Some(name) = layer.name_of_posting(number)
                    && is_latin(&name)
                    && !names.contains(&name)
                    && sound(&name)
                {
                    names.push(name);
                }
            }
            Some(())
        };
        if let Some(index) = self.base.record_of_id(id) {
            // What the embedded layer lists was weighed against its other candidates when it was built.
            collect(&self.base, index, &|_| true);
        }
        if let Some(layer) = &self.user
            && let Some(index) = layer.record_of_id(id)
        {
            let place = self.settle(RecordRef::new(index, true));
            collect(layer, index, &|name| {
                self.postings_of(name).first().is_none_or(|likeliest| Some(likeliest.record) == place)
            });
        }
        names
    }

    /// The country with this code.
    pub fn country(&self, code: CountryCode) -> Option<Place> {
        self.place_at(self.record_of_code(code.as_str())?).filter(|place| place.class == PlaceClass::Country)
    }

    /// The country of this name, code (of two or three letters), variant or demonym.
    pub fn country_named(&self, name: &str) -> Option<CountryCode> {
        let name = name.trim();
        let code = name.to_ascii_uppercase();
        if matches!(code.len(), 2 | 3)
            && let Some(record) = self.record_of_code(&code).and_then(|found| self.record(found))
            && record.class == PlaceClass::Country
        {
            return record.country;
        }
        let postings = self.postings_of(name);
        let mut records = postings.iter().filter_map(|posting| self.record(posting.record));
        records.find(|record| record.class == PlaceClass::Country)?.country
    }

    /// What the place lies in, the largest first (continent, M49 region, country, division), without itself.
    pub fn ancestors(&self, id: &PlaceId) -> Vec<Place> {
        let above = self.record_of(id).map_or_else(Vec::new, |record| self.records_above(record));
        above.into_iter().filter_map(|record| self.place_at(record)).collect()
    }

    /// The records of what a place lies in, the largest first, without its own.
    pub fn records_above(&self, record: RecordRef) -> Vec<RecordRef> {
        let mut above = Vec::new();
        let mut current = self.record(record);
        while let Some(parent) = current.and_then(|record| self.parent(&record)) {
            // Eight levels are more than any path has; a damaged layer may point in a circle.
            if above.len() == 8 {
                break;
            }
            above.push(parent.at);
            current = Some(parent);
        }
        above.reverse();
        above
    }

    /// Whom the embedded data is owed to, and under which licences.
    pub fn credits() -> &'static str {
        include_str!("../../../gazetteer/CREDITS.txt")
    }
}

/// The embedded layer. Its bytes are no input: a build whose tests pass holds a layer that opens.
fn embedded_layer() -> Layer {
    Layer::open(LayerBytes::Static(EMBEDDED_BYTES)).expect("the embedded gazetteer is of this build's format")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Place {
        Gazetteer::embedded().named(name).into_iter().next().unwrap_or_else(|| panic!("{name} is not known"))
    }

    #[test]
    fn the_embedded_layer_opens_and_is_large_enough_to_be_whole() {
        let layer = Gazetteer::embedded().base_layer();
        assert!(layer.len() > 250_000, "{}", layer.len());
        assert!(layer.name_count() > 700_000, "{}", layer.name_count());
    }

    #[test]
    fn the_country_comes_before_towns_of_its_name() {
        for (name, code) in [("India", "IN"), ("Georgia", "GE"), ("Mali", "ML"), ("Lebanon", "LB"), ("Jordan", "JO")] {
            let place = first(name);
            assert_eq!((place.class, place.countries[0].as_str()), (PlaceClass::Country, code), "{name}");
        }
    }

    #[test]
    fn a_name_of_two_divisions_gives_both() {
        let punjab = Gazetteer::embedded().named("Punjab");
        let codes: Vec<_> = punjab.iter().take(2).map(|p| (p.class, p.countries[0].as_str().to_owned())).collect();
        assert!(codes.contains(&(PlaceClass::Division1, "IN".into())), "{codes:?}");
        assert!(codes.contains(&(PlaceClass::Division1, "PK".into())), "{codes:?}");
        let georgia = Gazetteer::embedded().named("Georgia");
        assert_eq!((georgia[1].class, georgia[1].countries[0].as_str()), (PlaceClass::Division1, "US"));
    }

    #[test]
    fn the_capital_comes_before_its_division_and_its_namesakes() {
        for (name, id) in [("Moscow", 524901), ("Kabul", 1138958), ("Paris", 2988507), ("Sanaa", 71137)] {
            assert_eq!(first(name).id, PlaceId::GeoNames(id), "{name}");
        }
    }

    #[test]
    fn old_and_variant_spellings_lead_to_today_s_names() {
        let pairs = [
            ("Kiev", "kyiv"),
            ("Pahlgam", "pahalgam"),
            ("Hodeida", "al hudaydah"),
            ("Hodeidah", "al hudaydah"),
            ("Burma", "myanmar"),
            ("Saigon", "ho chi minh city"),
        ];
        for (asked, wanted) in pairs {
            let names = Gazetteer::embedded().names_of(&first(asked).id);
            assert!(names.iter().any(|name| name == wanted), "{asked}: {names:?}");
        }
    }

    #[test]
    fn codes_of_airports_and_machine_romanisations_widen_no_query() {
        let names = Gazetteer::embedded().names_of(&PlaceId::GeoNames(703448));
        for junk in ["iev", "qyyb", "kiyepeu", "ji fu", "ko", "kiu"] {
            assert!(!names.iter().any(|name| name == junk), "{junk}");
        }
    }

    #[test]
    fn ids_divisions_by_code_and_ancestors_are_found() {
        let gazetteer = Gazetteer::embedded();
        let udhampur = gazetteer.place(&PlaceId::GeoNames(1253956)).expect("Udhampur");
        assert_eq!((udhampur.name.as_str(), udhampur.class), ("Udhampur", PlaceClass::Settlement));
        assert!(!udhampur.from_user_layer && (udhampur.lat - 32.92).abs() < 0.01);
        let above: Vec<_> = gazetteer.ancestors(&udhampur.id).into_iter().map(|place| place.name).collect();
        assert_eq!(above[..4], ["Asia", "Southern Asia", "India", "Jammu and Kashmir"]);
        let division = gazetteer.place(&PlaceId::Division("IN.12".into())).expect("by its code");
        assert_eq!(division.name, "Jammu and Kashmir");
        assert!(gazetteer.place(&PlaceId::GeoNames(1)).is_none());
    }

    #[test]
    fn a_country_is_found_by_name_code_variant_and_demonym() {
        let gazetteer = Gazetteer::embedded();
        for (name, code) in [
            ("India", "IN"),
            ("in", "IN"),
            ("UKR", "UA"),
            ("Côte d'Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("Indian", "IN"),
        ] {
            assert_eq!(gazetteer.country_named(name).map(|c| c.to_string()).as_deref(), Some(code), "{name}");
        }
        assert_eq!(gazetteer.country_named("Udhampur"), None);
        assert!(gazetteer.country(CountryCode(*b"QQ")).is_none());
    }

    #[test]
    fn a_walk_goes_on_by_tokens_and_stops_where_no_name_does() {
        let walk = Gazetteer::embedded().walk();
        let new = walk.step("new").expect("names begin so");
        let york = new.step("york").expect("names go on so");
        assert!(york.is_name());
        let candidate = york.postings().next().expect("a name has a candidate");
        let record = Gazetteer::embedded().record(candidate.record).expect("a posting points to a record");
        assert_eq!(record.country, Some(CountryCode(*b"US")));
        assert!(york.step("zzzz").is_none() && walk.step("zzzzzz").is_none());
    }
}
