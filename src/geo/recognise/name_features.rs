//! The features that lie in a name itself, whatever the text.

use crate::geo::evidence::features::{ToponymFeature as Feature, ToponymFeatures};
use crate::geo::gazetteer::feature_code::CAPITAL;
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::recognise::candidate::{Candidate, inhabitants_of};
use crate::geo::recognise::field::Field;
use crate::geo::recognise::name_match::NameMatch;
use crate::lang::names::class;

/// How many inhabitants make a place large: few people or words bear the name of one by chance.
const LARGE: u32 = 200_000;

/// The features that lie in the name itself, whatever the text.
pub(crate) fn name_features(field: &Field, found: &NameMatch<'_>, candidates: &[Candidate]) -> ToponymFeatures {
    let mut features = ToponymFeatures::default();
    features.insert(Feature::Bias);
    let tokens = found.last + 1 - found.first;
    features.insert_if(tokens == 2, Feature::Tokens2);
    features.insert_if(tokens > 2, Feature::Tokens3);
    let mut settlement = false;
    let mut people = 0;
    let mut kinds = 0u16;
    for Candidate { record, kind, .. } in candidates {
        if kind.is_demonym() {
            features.insert(if *kind == NameKind::Demonym { Feature::Demonym } else { Feature::Ethnic });
            continue;
        }
        // A name in another script is the main one there.
        let kind = if *kind == NameKind::OtherScript { NameKind::Preferred } else { *kind };
        kinds |= 1 << (kind as u16);
        match record.class {
            PlaceClass::Region => features.insert(Feature::Region),
            PlaceClass::Country => features.insert(Feature::Country),
            PlaceClass::Division1 => features.insert(Feature::Division1),
            PlaceClass::Division2 => features.insert(Feature::Division2),
            PlaceClass::Settlement => settlement = true,
            PlaceClass::Area => features.insert(Feature::Area),
            PlaceClass::Water => features.insert(Feature::Water),
            PlaceClass::Terrain => features.insert(Feature::Terrain),
            PlaceClass::Line => features.insert(Feature::Line),
            PlaceClass::Facility => features.insert(Feature::Facility),
        }
        features.insert_if(record.feature_code == CAPITAL, Feature::Capital);
        people = people.max(inhabitants_of(record));
        let is = |k: NameKind| kind == k;
        features.insert_if(is(NameKind::Abbreviation), Feature::Abbreviation);
        features.insert_if(is(NameKind::AbbreviationDotted), Feature::AbbreviationDotted);
        features.insert_if(is(NameKind::AbbreviationAfterComma), Feature::AbbreviationAfterComma);
    }
    let has = |k: NameKind| kinds >> (k as u16) & 1 == 1;
    features.insert_if(has(NameKind::Preferred), Feature::Preferred);
    features.insert_if(kinds != 0 && !has(NameKind::Preferred), Feature::NoPreferred);
    features.insert_if(kinds == 1 << NameKind::Variant as u16, Feature::OnlyVariant);
    features.insert_if(kinds == 1 << NameKind::Historic as u16, Feature::OnlyHistoric);
    let others = [
        Feature::Region,
        Feature::Country,
        Feature::Division1,
        Feature::Area,
        Feature::Water,
        Feature::Terrain,
        Feature::Line,
    ];
    let only_settlement = settlement && !features.has_any(&others);
    features.insert_if(only_settlement, Feature::OnlySettlement);
    if kinds != 0 {
        features.insert(match people {
            0 => Feature::People0,
            1..1_000 => Feature::People1k,
            1_000..5_000 => Feature::People5k,
            5_000..20_000 => Feature::People20k,
            20_000..100_000 => Feature::People100k,
            100_000..500_000 => Feature::People500k,
            _ => Feature::People2m,
        });
    }
    let count = candidates.len();
    features.insert(match count {
        0 | 1 => Feature::One,
        2..=5 => Feature::Few,
        6..=20 => Feature::Many,
        _ => Feature::VeryMany,
    });
    let sole = count == 1;
    features.insert_if(sole && features.has(Feature::NoPreferred), Feature::SoleAlternate);
    features.insert_if(sole && only_settlement && people < LARGE, Feature::SoleSmall);
    features.insert_if(count <= 5 && people >= LARGE, Feature::FewLarge);
    let classes = field.class(found.first);
    let is = |bits: u32| classes & bits != 0;
    if tokens == 1 {
        let letters = field.word(found.first).chars().take(6).count();
        features.insert_if(letters <= 3, Feature::Letters3);
        features.insert_if(letters == 4, Feature::Letters4);
        features.insert_if(letters == 5, Feature::Letters5);
        let large = people >= LARGE;
        let country = features.has(Feature::Country) || features.has(Feature::Region);
        for (bits, feature, when_large, when_country) in [
            (class::FIRST_NAME, Feature::FirstName, Feature::FirstNameLarge, Feature::FirstNameCountry),
            (class::SURNAME, Feature::Surname, Feature::SurnameLarge, Feature::SurnameCountry),
            (class::COMMON | class::COMMON_RARE, Feature::CommonRare, Feature::CommonLarge, Feature::CommonCountry),
        ] {
            if is(bits) {
                features.insert(feature);
                features.insert_if(large, when_large);
                features.insert_if(country, when_country);
            }
        }
        features.insert_if(is(class::COMMON), Feature::CommonWord);
        features.insert_if(is(class::CALENDAR), Feature::Month);
        features.insert_if(is(class::TITLE), Feature::Title);
        features.insert_if(is(class::ORGANISATION), Feature::OrgHead);
        features.insert_if(is(class::GENERIC), Feature::GenericOnly);
        features.insert_if(is(class::STREET), Feature::StreetWord);
        features.insert_if(is(class::DIRECTION), Feature::DirectionWord);
    } else {
        features.insert_if(field.class(found.last) & class::GENERIC != 0, Feature::EndsGeneric);
        features.insert_if(is(class::FIRST_NAME), Feature::BeginsFirstName);
    }
    features
}

/// Whether a name is that of a country, a region or a large town.
pub(crate) fn is_large(name: ToponymFeatures) -> bool {
    name.has_any(&[Feature::Country, Feature::Region, Feature::People500k, Feature::People2m])
}
