//! The features of a candidate: what it is, what the text states of it, and how it fits what the article speaks of.
//!
//! Both functions hand on features in the order of their declaration. They are summed as they come, and the last bits of a
//! score depend on that order.

use crate::geo::evidence::features::{CandidateFeature as Feature, flag};
use crate::geo::gazetteer::feature_code;
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::RecordRef;
use crate::geo::recognise::candidate::{Candidate, inhabitants_of};
use crate::geo::resolve::containment::statement;
use crate::geo::resolve::scene::{SceneView, is_point, kilometres, position};
use crate::model::place::CountryCode;

/// What the features of a candidate depend on that is settled before any other name is resolved.
pub(crate) struct CandidateSetting {
    /// Whether it is the likeliest of its name, as far as the name alone tells.
    pub(crate) first: bool,
    /// [`Candidate::log_people`] of the largest candidate of its name.
    pub(crate) log_most_people: f32,
    /// What the text states of it, as bits of [`statement`].
    pub(crate) stated: u8,
    /// Whether the source is at home in a town.
    pub(crate) local_source: bool,
}

/// Whom an article is from, as the candidates of one group see it: that group's own place is left out.
pub(crate) struct OriginView<'r> {
    /// Where the source is at home, with the probability of that.
    pub(crate) home: Option<(&'r Candidate, f32)>,
    /// The country of the address's domain.
    pub(crate) domain_country: Option<CountryCode>,
    /// The place of the dateline, with the probability of that.
    pub(crate) dateline: Option<(&'r Candidate, f32)>,
}

/// How near a weight is to being beyond all doubt, 0 to 1.
fn saturate(weight: f32) -> f32 {
    weight / (weight + 1.0)
}

/// The logarithms of numbers of inhabitants are division_total by this, that of ten million, so that they lie between 0 and about 1.
const LOG_PEOPLE_SCALE: f32 = 7.0;

/// Hands on the features that stay the same however the article's other names are resolved.
pub(crate) fn fixed_features(candidate: &Candidate, setting: &CandidateSetting, mut set: impl FnMut(Feature, f32)) {
    let record = &candidate.record;
    set(Feature::First, flag(setting.first));
    let people = inhabitants_of(record);
    set(Feature::People, candidate.log_people / LOG_PEOPLE_SCALE);
    set(Feature::PeopleShare, (candidate.log_people - setting.log_most_people) / LOG_PEOPLE_SCALE);
    set(Feature::PeopleUnknown, flag(people == 0));
    set(
        match record.class {
            PlaceClass::Region => Feature::Region,
            PlaceClass::Country => Feature::Country,
            PlaceClass::Division1 => Feature::Division1,
            PlaceClass::Division2 => Feature::Division2,
            PlaceClass::Settlement => Feature::Settlement,
            PlaceClass::Area => Feature::Area,
            PlaceClass::Water => Feature::Water,
            PlaceClass::Terrain => Feature::Terrain,
            PlaceClass::Line => Feature::Line,
            PlaceClass::Facility => Feature::Facility,
        },
        1.0,
    );
    match candidate.kind {
        NameKind::Alternate => set(Feature::Alternate, 1.0),
        NameKind::Variant => set(Feature::Variant, 1.0),
        NameKind::Historic => set(Feature::Historic, 1.0),
        NameKind::Demonym | NameKind::Ethnic => set(Feature::Demonym, 1.0),
        NameKind::Abbreviation | NameKind::AbbreviationDotted | NameKind::AbbreviationAfterComma => {
            set(Feature::Abbreviation, 1.0);
        }
        NameKind::Preferred | NameKind::OtherScript => {}
    }
    let capital = record.feature_code == feature_code::CAPITAL;
    match record.feature_code {
        feature_code::CAPITAL => set(Feature::Capital, 1.0),
        feature_code::SEAT1 => set(Feature::Seat1, 1.0),
        feature_code::SEAT2 => set(Feature::Seat2, 1.0),
        feature_code::SECTION => set(Feature::Section, 1.0),
        feature_code::HISTORICAL => set(Feature::Historical, 1.0),
        _ => {}
    }
    // A source that is at home in no town writes for readers far away, to whom a bare name is the best-known candidate's.
    if !setting.local_source {
        set(Feature::WideCapital, flag(capital));
        set(Feature::WidePeople, candidate.log_people / LOG_PEOPLE_SCALE);
        set(Feature::WideLarge, flag(people >= 500_000));
        set(Feature::WideDivision, flag(record.class == PlaceClass::Division1));
    }
    for (bit, feature) in [
        (statement::INSIDE_COMMA, Feature::InsideComma),
        (statement::INSIDE_NEAR, Feature::InsideNear),
        (statement::HOLDS_COMMA, Feature::HoldsComma),
        (statement::HOLDS_NEAR, Feature::HoldsNear),
    ] {
        if setting.stated & bit != 0 {
            set(feature, 1.0);
        }
    }
}

/// Hands on the features that depend on the article's other names and on its source.
pub(crate) fn scene_features(
    candidate: &Candidate,
    scene: &SceneView<'_>,
    origin: &OriginView<'_>,
    mut set: impl FnMut(Feature, f32),
) {
    // A weight below this is as good as none.
    const LEAST: f32 = 0.05;
    if scene.country_total > LEAST {
        if let Some(country) = candidate.country() {
            let mine = scene.country(country);
            set(Feature::CountryShare, mine / scene.country_total);
            set(Feature::CountryTop, flag(mine > LEAST && mine >= scene.top_country - 0.01));
            set(Feature::CountryAbsent, flag(mine < LEAST) * saturate(scene.country_total));
            set(Feature::CountryNamed, saturate(mine.max(0.0)));
        } else {
            set(Feature::CountryAbsent, 0.5 * saturate(scene.country_total));
        }
    }
    let people = candidate.log_population / LOG_PEOPLE_SCALE;
    let mut division_people = 0.0;
    if let Some(division) = candidate.division1.filter(|_| scene.division_total > LEAST) {
        let mine = scene.division(division);
        set(Feature::DivisionShare, mine / scene.division_total);
        set(Feature::DivisionTop, flag(mine > LEAST && mine >= scene.top_division - 0.01));
        set(Feature::DivisionNamed, saturate(mine));
        division_people = saturate(mine) * people;
    }
    if let Some(district) = candidate.division2 {
        set(Feature::DistrictShare, saturate(scene.district(district)));
    }
    let is_point = is_point(candidate.record.class);
    let here = position(&candidate.record);
    if is_point && candidate.record.has_position() {
        let bands = scene.distance_bands(here);
        set(Feature::Near40, saturate(bands.km40));
        set(Feature::Near150, saturate(bands.km150));
        set(Feature::Near500, saturate(bands.km500));
        set(Feature::Near1500, saturate(bands.km1500));
        set(Feature::Far, flag(bands.km1500 < LEAST) * saturate(bands.all));
        set(Feature::NearPeople, saturate(bands.km150) * people);
    }
    set(Feature::DivisionPeople, division_people);
    let is_near = |place: &Candidate| is_point && kilometres(here, position(&place.record)) < 150.0;
    if let Some((home, certainty)) = origin.home {
        let same = |a: Option<RecordRef>, b: Option<RecordRef>| flag(a.is_some() && a == b) * certainty;
        set(Feature::HomeSelf, flag(candidate.record.at == home.record.at) * certainty);
        set(Feature::HomeNear, flag(is_near(home)) * certainty);
        set(Feature::HomeDivision, same(candidate.division1, home.division1));
        set(Feature::HomeCountry, flag(candidate.country() == home.country()) * certainty);
    }
    if let Some(country) = origin.domain_country {
        set(Feature::HomeDomain, flag(candidate.country() == Some(country)));
    }
    if let Some((place, certainty)) = origin.dateline {
        set(Feature::DatelineSelf, flag(candidate.record.at == place.record.at) * certainty);
        set(Feature::DatelineNear, flag(is_near(place)) * certainty);
        set(Feature::DatelineCountry, flag(candidate.country() == place.country()) * certainty);
    }
}
