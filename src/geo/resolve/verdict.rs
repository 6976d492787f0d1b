//! The last word on a name: is it a toponym, and is its best bearer right, all evidence together.

use crate::geo::evidence::weights::{Weights, features, logistic};
use crate::geo::gazetteer::{NameKind, PlaceClass};
use crate::geo::recognise::bearer::Candidate;
use crate::geo::recognise::bearer::people_of;
use crate::geo::recognise::reading::Mention;
use crate::geo::recognise::signs::Sign;
use crate::geo::resolve::ranker::{Clue, Clues, Ranker};

features! {
    /// What the verdict rests on.
    Ground {
        Bias, Vote, VoteStrong, VoteWeak, Probability, ProbabilityLow, Lead,
        Inside, InsideNear, Holds, Stated,
        CountryShare, CountryAbsent, CountryTop, DivisionShare, DivisionTop, Near40, Near150, Near500, Far,
        Region, Country, Division1, Division2, Settlement, Area, Water, Terrain, Line, Facility, Demonym, Abbreviation,
        Alternate, Variant, Historic, People, SmallSettlement, SmallNear, SmallFar, SmallAbsent,
        Mentions, Sole, Bearers, HomeNear, HomeCountry, Surname, FirstName, Common, InTitle, Opens,
        SurnameFar, FirstNameFar, CommonFar, Capital,
        VoteNear, VoteTop, SoleAlternate, SoleLarge, SoleSmall,
    }
}

/// The values of the grounds for one mention.
pub(crate) type Grounds = [f32; Ground::COUNT];

/// What is decided of a mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// The probability that the name is a toponym.
    pub(crate) found: f32,
    /// The probability that the bearer is right if it is one.
    pub(crate) right: f32,
}

/// A settlement with fewer inhabitants is small: its name may well be another word.
const SMALL: u32 = 20_000;

/// The grounds for a mention that is taken to mean bearer `n` of its group. `stated`: its own neighbour names that bearer.
pub(crate) fn grounds(
    ranker: &Ranker<'_, '_>,
    mention: &Mention,
    n: usize,
    stated: bool,
) -> Option<(Grounds, Candidate)> {
    let g = mention.group as usize;
    let group = ranker.reading.groups.get(g)?;
    let bearers = group.bearers();
    let candidate = *bearers.get(n)?;
    let clues = ranker.clues(g, n, &candidate);
    let standing = ranker.standings.get(g).copied().unwrap_or_default();
    let (probability, lead) = if n == standing.best {
        (standing.probability, standing.lead)
    } else {
        (ranker.probabilities.get(group.bearers.start + n).copied().unwrap_or(0.0), 0.0)
    };
    let mut grounds = [0.0; Ground::COUNT];
    let mut set = |ground: Ground, value: f32| grounds[ground as usize] = value;
    let flag = |holds: bool| f32::from(u8::from(holds));
    let clue = |c: Clue| clues[c as usize];
    let vote = mention.vote.clamp(-4.0, 6.0);
    set(Ground::Bias, 1.0);
    set(Ground::Vote, vote / 3.0);
    set(Ground::VoteStrong, flag(vote > 2.0));
    set(Ground::VoteWeak, flag(vote < 0.0));
    set(Ground::Probability, probability);
    set(Ground::ProbabilityLow, flag(probability < 0.5));
    set(Ground::Lead, lead.max(0.0) / 9.0);
    set(Ground::Inside, clue(Clue::InsideComma));
    set(Ground::InsideNear, clue(Clue::InsideNear));
    set(Ground::Holds, clue(Clue::HoldsComma).max(clue(Clue::HoldsNear)));
    set(Ground::Stated, flag(stated));
    set(Ground::CountryShare, clue(Clue::CountryShare));
    set(Ground::CountryAbsent, clue(Clue::CountryAbsent));
    set(Ground::CountryTop, clue(Clue::CountryTop));
    set(Ground::DivisionShare, clue(Clue::DivisionShare));
    set(Ground::DivisionTop, clue(Clue::DivisionTop));
    set(Ground::Near40, clue(Clue::Near40));
    set(Ground::Near150, clue(Clue::Near150));
    set(Ground::Near500, clue(Clue::Near500));
    set(Ground::Far, clue(Clue::Far));
    set(Ground::HomeNear, clue(Clue::HomeNear).max(clue(Clue::HomeDivision)));
    set(Ground::HomeCountry, clue(Clue::HomeCountry).max(clue(Clue::HomeDomain)));
    let demonym = candidate.kind.is_demonym();
    set(
        match candidate.record.class {
            _ if demonym => Ground::Demonym,
            PlaceClass::Region => Ground::Region,
            PlaceClass::Country => Ground::Country,
            PlaceClass::Division1 => Ground::Division1,
            PlaceClass::Division2 => Ground::Division2,
            PlaceClass::Settlement => Ground::Settlement,
            PlaceClass::Area => Ground::Area,
            PlaceClass::Water => Ground::Water,
            PlaceClass::Terrain => Ground::Terrain,
            PlaceClass::Line => Ground::Line,
            PlaceClass::Facility => Ground::Facility,
        },
        1.0,
    );
    match candidate.kind {
        NameKind::Alternate => set(Ground::Alternate, 1.0),
        NameKind::Variant => set(Ground::Variant, 1.0),
        NameKind::Historic => set(Ground::Historic, 1.0),
        kind if kind.is_abbreviation() => set(Ground::Abbreviation, 1.0),
        _ => {}
    }
    set(Ground::People, clue(Clue::People));
    set(Ground::Capital, clue(Clue::Capital));
    let small = candidate.record.class == PlaceClass::Settlement && people_of(&candidate.record) < SMALL && !demonym;
    if small {
        set(Ground::SmallSettlement, 1.0);
        set(Ground::SmallNear, clue(Clue::Near150).max(clue(Clue::DivisionNamed)));
        set(Ground::SmallFar, clue(Clue::Far));
        set(Ground::SmallAbsent, clue(Clue::CountryAbsent));
    }
    set(Ground::Mentions, ((group.mentions as f32).log2() / 3.0).clamp(0.0, 1.0));
    set(Ground::Sole, flag(bearers.len() == 1));
    set(Ground::Bearers, ((bearers.len() as f32).log2() / 5.0).clamp(0.0, 1.0));
    let strange = clue(Clue::Far).max(clue(Clue::CountryAbsent));
    for (sign, ground, far) in [
        (Sign::Surname, Ground::Surname, Ground::SurnameFar),
        (Sign::FirstName, Ground::FirstName, Ground::FirstNameFar),
        (Sign::CommonRare, Ground::Common, Ground::CommonFar),
    ] {
        if mention.signs.has(sign) {
            set(ground, 1.0);
            set(far, strange);
        }
    }
    set(Ground::InTitle, flag(mention.signs.has(Sign::InTitle)));
    set(Ground::Opens, flag(mention.signs.has(Sign::Opens)));
    set(Ground::VoteNear, vote / 3.0 * clue(Clue::Near150).max(clue(Clue::DivisionNamed)));
    let sole = bearers.len() == 1;
    set(Ground::SoleAlternate, flag(sole && candidate.kind == NameKind::Alternate));
    set(Ground::SoleLarge, flag(sole && !small));
    set(Ground::SoleSmall, flag(sole && small));
    set(Ground::VoteTop, vote / 3.0 * clue(Clue::CountryTop));
    Some((grounds, candidate))
}

/// What the grounds come to.
pub(crate) fn weigh(grounds: &Grounds, weights: &Weights) -> Verdict {
    let (mut found, mut right) = (0.0, 0.0);
    for (value, (for_found, for_right)) in grounds.iter().zip(weights.found.iter().zip(&weights.right)) {
        found += value * for_found;
        right += value * for_right;
    }
    Verdict { found: logistic(found), right: logistic(right) }
}

/// The clues' names with what each added to the score, the strongest first, those that added nothing left out.
pub(crate) fn reasons(clues: &Clues, weights: &Weights) -> Vec<(String, f32)> {
    let mut reasons: Vec<(String, f32)> = Clue::NAMES
        .iter()
        .zip(clues.iter().zip(&weights.clues))
        .map(|(name, (value, weight))| ((*name).to_owned(), value * weight))
        .filter(|(_, part)| part.abs() >= 0.005)
        .collect();
    reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    reasons
}
