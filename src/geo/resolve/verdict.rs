//! The verdict on a mention: is its name a toponym, and is the candidate that it means right, all that is known taken together.

use crate::geo::evidence::features::{
    CandidateFeature, CandidateFeatures, ToponymFeature, VerdictFeature as Feature, VerdictFeatures, flag,
};
use crate::geo::evidence::weights::{Weights, logistic};
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::recognise::candidate::{Candidate, inhabitants_of};
use crate::geo::recognise::mention::Mention;
use crate::geo::resolve::choice::Choice;
use crate::geo::resolve::ranker::Ranker;

/// What is decided of a mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// The probability that the name is a toponym.
    pub(crate) toponym: f32,
    /// The probability that the candidate is the right place, if the name is a toponym.
    pub(crate) place: f32,
}

/// A settlement with fewer inhabitants is small: its name may well be another word.
const SMALL: u32 = 20_000;

/// The features of a mention with the candidate that it is taken to mean.
pub(crate) fn verdict_features(
    ranker: &Ranker<'_, '_>,
    mention: &Mention,
    choice: Choice,
) -> Option<(VerdictFeatures, Candidate)> {
    let n = choice.number;
    let g = mention.group as usize;
    let group = ranker.recognition.groups.get(g)?;
    let candidates = group.candidates();
    let candidate = *candidates.get(n)?;
    let values = ranker.features(g, n, &candidate);
    let standing = ranker.standings.get(g).copied().unwrap_or_default();
    let (probability, lead) = if n == standing.best {
        (standing.probability, standing.lead)
    } else {
        (ranker.probabilities.get(group.numbers.start + n).copied().unwrap_or(0.0), 0.0)
    };
    let mut features = [0.0; Feature::COUNT];
    let mut set = |feature: Feature, value: f32| features[feature as usize] = value;
    let value_of = |f: CandidateFeature| values[f as usize];
    let log_odds = mention.log_odds.clamp(-4.0, 6.0);
    set(Feature::Bias, 1.0);
    set(Feature::LogOdds, log_odds / 3.0);
    set(Feature::LogOddsHigh, flag(log_odds > 2.0));
    set(Feature::LogOddsLow, flag(log_odds < 0.0));
    set(Feature::Probability, probability);
    set(Feature::ProbabilityLow, flag(probability < 0.5));
    set(Feature::Lead, lead.max(0.0) / 9.0);
    set(Feature::Inside, value_of(CandidateFeature::InsideComma));
    set(Feature::InsideNear, value_of(CandidateFeature::InsideNear));
    set(Feature::Holds, value_of(CandidateFeature::HoldsComma).max(value_of(CandidateFeature::HoldsNear)));
    set(Feature::Stated, flag(choice.stated));
    set(Feature::CountryShare, value_of(CandidateFeature::CountryShare));
    set(Feature::CountryAbsent, value_of(CandidateFeature::CountryAbsent));
    set(Feature::CountryTop, value_of(CandidateFeature::CountryTop));
    set(Feature::DivisionShare, value_of(CandidateFeature::DivisionShare));
    set(Feature::DivisionTop, value_of(CandidateFeature::DivisionTop));
    set(Feature::Near40, value_of(CandidateFeature::Near40));
    set(Feature::Near150, value_of(CandidateFeature::Near150));
    set(Feature::Near500, value_of(CandidateFeature::Near500));
    set(Feature::Far, value_of(CandidateFeature::Far));
    set(Feature::HomeNear, value_of(CandidateFeature::HomeNear).max(value_of(CandidateFeature::HomeDivision)));
    set(Feature::HomeCountry, value_of(CandidateFeature::HomeCountry).max(value_of(CandidateFeature::HomeDomain)));
    let demonym = candidate.kind.is_demonym();
    set(
        match candidate.record.class {
            _ if demonym => Feature::Demonym,
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
        kind if kind.is_abbreviation() => set(Feature::Abbreviation, 1.0),
        _ => {}
    }
    set(Feature::People, value_of(CandidateFeature::People));
    set(Feature::Capital, value_of(CandidateFeature::Capital));
    let small =
        candidate.record.class == PlaceClass::Settlement && inhabitants_of(&candidate.record) < SMALL && !demonym;
    if small {
        set(Feature::SmallSettlement, 1.0);
        set(Feature::SmallNear, value_of(CandidateFeature::Near150).max(value_of(CandidateFeature::DivisionNamed)));
        set(Feature::SmallFar, value_of(CandidateFeature::Far));
        set(Feature::SmallAbsent, value_of(CandidateFeature::CountryAbsent));
    }
    set(Feature::Mentions, ((group.mentions as f32).log2() / 3.0).clamp(0.0, 1.0));
    set(Feature::Sole, flag(candidates.len() == 1));
    set(Feature::Candidates, ((candidates.len() as f32).log2() / 5.0).clamp(0.0, 1.0));
    let strange = value_of(CandidateFeature::Far).max(value_of(CandidateFeature::CountryAbsent));
    for (word, feature, far) in [
        (ToponymFeature::Surname, Feature::Surname, Feature::SurnameFar),
        (ToponymFeature::FirstName, Feature::FirstName, Feature::FirstNameFar),
        (ToponymFeature::CommonRare, Feature::Common, Feature::CommonFar),
    ] {
        if mention.features.has(word) {
            set(feature, 1.0);
            set(far, strange);
        }
    }
    set(Feature::InTitle, flag(mention.features.has(ToponymFeature::InTitle)));
    set(Feature::Opens, flag(mention.features.has(ToponymFeature::Opens)));
    set(
        Feature::LogOddsNear,
        log_odds / 3.0 * value_of(CandidateFeature::Near150).max(value_of(CandidateFeature::DivisionNamed)),
    );
    let sole = candidates.len() == 1;
    set(Feature::SoleAlternate, flag(sole && candidate.kind == NameKind::Alternate));
    set(Feature::SoleLarge, flag(sole && !small));
    set(Feature::SoleSmall, flag(sole && small));
    set(Feature::LogOddsTop, log_odds / 3.0 * value_of(CandidateFeature::CountryTop));
    Some((features, candidate))
}

/// What the features come to.
pub(crate) fn verdict_of(features: &VerdictFeatures, weights: &Weights) -> Verdict {
    let (mut toponym, mut place) = (0.0, 0.0);
    for (value, (for_toponym, for_place)) in
        features.iter().zip(weights.verdict_toponym.iter().zip(&weights.verdict_place))
    {
        toponym += value * for_toponym;
        place += value * for_place;
    }
    Verdict { toponym: logistic(toponym), place: logistic(place) }
}

/// The names of a candidate's features with what each added to its score, the strongest first, those that added next to
/// nothing left out.
pub(crate) fn reasons(features: &CandidateFeatures, weights: &Weights) -> Vec<(String, f32)> {
    const LEAST: f32 = 0.005;
    let mut reasons: Vec<(String, f32)> = CandidateFeature::NAMES
        .iter()
        .zip(features.iter().zip(&weights.candidate))
        .map(|(name, (value, weight))| ((*name).to_owned(), value * weight))
        .filter(|(_, added)| added.abs() >= LEAST)
        .collect();
    reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    reasons
}
