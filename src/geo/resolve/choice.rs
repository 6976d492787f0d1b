//! Which candidate a mention means: mostly that of its name, but the words next to it may say otherwise.

use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::recognise::candidate::Candidate;
use crate::geo::recognise::field::Field;
use crate::geo::recognise::mention::Mention;
use crate::geo::recognise::text::token::{form, sep};
use crate::geo::resolve::containment::StatedContainment;
use crate::geo::resolve::ranker::Ranker;
use crate::lang::names::class;
use crate::model::place::CountryCode;

/// The candidate that a mention means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    /// Its number in its group.
    pub(crate) number: usize,
    /// Whether the text next to the mention states in what a candidate lies, or that something lies in it.
    pub(crate) stated: bool,
}

/// The candidate that the mention of this number means: the best of its group, unless the text next to the mention states
/// others or calls it a division.
pub(crate) fn choice_of(ranker: &Ranker<'_, '_>, stated: &StatedContainment, m: usize, mention: &Mention) -> Choice {
    let g = mention.group as usize;
    let best = ranker.standings.get(g).map_or(0, |s| s.best);
    let stated = stated.mentions.get(m).copied().unwrap_or(0);
    let Some(group) = ranker.recognition.groups.get(g) else { return Choice { number: best, stated: false } };
    let candidates = group.candidates();
    let score = |n: usize| ranker.scores.get(group.numbers.start + n).copied().unwrap_or(f32::NEG_INFINITY);
    let best_of = |fits: &dyn Fn(usize) -> bool| {
        (0..candidates.len()).filter(|n| fits(*n)).max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)))
    };
    let is_stated = |n: usize| n < 64 && stated >> n & 1 == 1;
    let chosen = if stated == 0 || is_stated(best) { best } else { best_of(&is_stated).unwrap_or(best) };
    let choice = |number: usize| Choice { number, stated: stated != 0 };
    let (Some(winner), Some(field)) =
        (candidates.get(chosen), ranker.recognition.fields.get(usize::from(mention.field)))
    else {
        return choice(chosen);
    };
    // "Kharkiv region" is the division that "Kharkiv" is the seat of; the name alone is the city.
    let called = is_called_division(field, mention.last as usize);
    let other = if winner.record.class == PlaceClass::Settlement {
        called.then(|| best_of(&|n| candidates.get(n).is_some_and(|d| is_seat(winner, d)))).flatten()
    } else {
        (!called).then(|| best_of(&|n| candidates.get(n).is_some_and(|s| gives_its_name(s, winner)))).flatten()
    };
    choice(other.unwrap_or(chosen))
}

/// Whether the words after a name call it a division: "Kharkiv region", and each name of "Herat, Farah and Ghor provinces".
/// `last` is the number of the name's last token.
fn is_called_division(field: &Field, last: usize) -> bool {
    const FURTHEST: usize = 12;
    if field.token(last + 1).is_some_and(|t| t.adjoins()) && field.class(last + 1) & class::DIVISION != 0 {
        return true;
    }
    for i in last + 1..(last + FURTHEST).min(field.tokens.len()) {
        let Some(token) = field.token(i) else { return false };
        let listed = token.is(form::CAPITAL) || field.class(i) & class::AND != 0;
        if token.sep & !(sep::SPACE | sep::COMMA | sep::HYPHEN | sep::LINE) != 0 {
            return false;
        }
        if !listed {
            return i > last + 1 && token.adjoins() && field.class(i) & class::DIVISIONS != 0;
        }
    }
    false
}

/// Whether a settlement lies in a first- or second-level division, both bearing one name.
fn is_seat(settlement: &Candidate, division: &Candidate) -> bool {
    let at = Some(division.record.at);
    settlement.record.class == PlaceClass::Settlement
        && matches!(division.record.class, PlaceClass::Division1 | PlaceClass::Division2)
        && (settlement.division1 == at || settlement.division2 == at)
}

/// Whether the bare name of a settlement and a division means the settlement: "Kharkiv" is the city unless the text says
/// "region". Not where the division has far more people ("Quebec"), and not in the United States, whose states and counties
/// are named without a word for what they are ("New York").
fn gives_its_name(settlement: &Candidate, division: &Candidate) -> bool {
    const LEAST_PEOPLE: u32 = 20_000;
    const LEAST_PART: u32 = 8;
    let derived = division.kind == NameKind::Variant && settlement.country() == division.country();
    let people = settlement.record.population;
    let division_class = matches!(division.record.class, PlaceClass::Division1 | PlaceClass::Division2);
    division_class
        && (is_seat(settlement, division) || (derived && settlement.record.class == PlaceClass::Settlement))
        && people >= LEAST_PEOPLE
        && people >= division.record.population / LEAST_PART
        && settlement.country() != Some(CountryCode(*b"US"))
}

/// Whether another country that the article speaks of no less has a first-level division of this name, and nothing in the
/// text says which is meant. Two Punjabs on two sides of a front: neither is more likely in a way that a reader could check.
pub(crate) fn has_rival(ranker: &Ranker<'_, '_>, mention: &Mention, candidate: &Candidate) -> bool {
    /// The part of the country's weight that the rival's country has at least.
    const LEAST_SHARE: f32 = 0.4;
    const LEAST_WEIGHT: f32 = 0.05;
    let g = mention.group as usize;
    let division = |c: &Candidate| c.record.class == PlaceClass::Division1 && !c.kind.is_demonym();
    let Some(group) = ranker.recognition.groups.get(g).filter(|_| division(candidate)) else { return false };
    let mine = ranker.country_weight(g, candidate.country());
    group.candidates().iter().any(|other| {
        division(other)
            && other.country() != candidate.country()
            && ranker.country_weight(g, other.country()) > (LEAST_SHARE * mine).max(LEAST_WEIGHT)
    })
}
