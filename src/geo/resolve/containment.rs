//! Containment that the text states: "Springfield, Illinois", "the Iraqi city of Mosul", "Peshawar in Pakistan".

use crate::geo::evidence::features::ToponymFeature;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::recognise::candidate::Candidate;
use crate::geo::recognise::field::Field;
use crate::geo::recognise::mention::Mention;
use crate::geo::recognise::recognition::Recognition;
use crate::geo::recognise::text::token::{form, sep};
use crate::lang::names::class;

/// What the text states of a candidate where its name stands next to another, as bits.
pub(crate) mod statement {
    /// It lies in a candidate of the name after a comma: Springfield in "Springfield, Illinois".
    pub(crate) const INSIDE_COMMA: u8 = 1;
    /// It lies in a candidate of a name that words tie to its own: Mosul in "Iraq's Mosul".
    pub(crate) const INSIDE_NEAR: u8 = 2;
    /// A candidate of the name before the comma lies in it: Illinois.
    pub(crate) const HOLDS_COMMA: u8 = 4;
    /// A candidate of a name that words tie to its own lies in it: Iraq.
    pub(crate) const HOLDS_NEAR: u8 = 8;
}

/// How the text ties two names that stand next to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// The first lies in the second, by a comma.
    Comma,
    /// The first lies in the second, by words.
    FirstInside,
    /// The second lies in the first, by words.
    SecondInside,
}

/// The containment that the text of an article states.
pub(crate) struct StatedContainment {
    /// For each candidate what is stated of it, as bits of [`statement`].
    pub(crate) candidates: Vec<u8>,
    /// For each mention the candidates of which it is stated where the mention stands: bits by their order in the group, of the
    /// first 64.
    pub(crate) mentions: Vec<u64>,
}

/// Reads what containment the text of an article states.
pub(crate) fn stated_containment(recognition: &Recognition<'_>) -> StatedContainment {
    let mut stated = StatedContainment {
        candidates: vec![0; recognition.candidate_count],
        mentions: vec![0; recognition.mentions.len()],
    };
    for (m, first) in recognition.mentions.iter().enumerate() {
        for ahead in 1..=2 {
            let Some(second) = recognition.mentions.get(m + ahead).filter(|s| s.field == first.field) else { break };
            let Some(field) = recognition.fields.get(usize::from(first.field)) else { break };
            let tie = match ahead {
                1 => tie_of(field, recognition, first, second),
                // "Springfield, Clark County, Ohio": the first lies in the third where commas alone part them.
                _ => recognition.mentions.get(m + 1).and_then(|middle| {
                    let commas = comma_only(field, first, middle) && comma_only(field, middle, second);
                    commas.then_some(Tie::Comma)
                }),
            };
            let (first, second) = ((m, first), (m + ahead, second));
            match tie {
                Some(Tie::Comma) => {
                    stated.note(recognition, first, second, statement::INSIDE_COMMA, statement::HOLDS_COMMA);
                }
                Some(Tie::FirstInside) => {
                    stated.note(recognition, first, second, statement::INSIDE_NEAR, statement::HOLDS_NEAR);
                }
                Some(Tie::SecondInside) => {
                    stated.note(recognition, second, first, statement::INSIDE_NEAR, statement::HOLDS_NEAR);
                }
                None => {}
            }
        }
    }
    stated
}

impl StatedContainment {
    /// Notes that the place of the inner mention lies in that of the outer one, of all their candidates for which it is so.
    /// Mentions come with their numbers.
    fn note(
        &mut self,
        recognition: &Recognition<'_>,
        (m, inner): (usize, &Mention),
        (k, outer): (usize, &Mention),
        inside: u8,
        holds: u8,
    ) {
        let (Some(inner), Some(outer)) =
            (recognition.groups.get(inner.group as usize), recognition.groups.get(outer.group as usize))
        else {
            return;
        };
        for (i, small) in inner.candidates().iter().enumerate() {
            for (o, large) in outer.candidates().iter().enumerate() {
                if !contains(large, small) {
                    continue;
                }
                if let Some(bits) = self.candidates.get_mut(inner.numbers.start + i) {
                    *bits |= inside;
                }
                if let Some(bits) = self.candidates.get_mut(outer.numbers.start + o) {
                    *bits |= holds;
                }
                if i < 64
                    && let Some(bits) = self.mentions.get_mut(m)
                {
                    *bits |= 1 << i;
                }
                // "Athens, Georgia" says which Georgia as well.
                if o < 64
                    && inside == statement::INSIDE_COMMA
                    && let Some(bits) = self.mentions.get_mut(k)
                {
                    *bits |= 1 << o;
                }
            }
        }
    }
}

/// Whether the gazetteer has one place within the other.
fn contains(large: &Candidate, small: &Candidate) -> bool {
    let at = large.record.at;
    if small.record.at == at {
        return false;
    }
    if small.division2 == Some(at) || small.division1 == Some(at) {
        return true;
    }
    large.record.class == PlaceClass::Country
        && small.record.class != PlaceClass::Country
        && large.country().is_some()
        && large.country() == small.country()
}

/// Whether the second name follows the first after a comma and nothing else.
fn comma_only(field: &Field, first: &Mention, second: &Mention) -> bool {
    second.first == first.last + 1
        && field
            .token(second.first as usize)
            .is_some_and(|t| t.after(sep::COMMA) && t.sep & !(sep::COMMA | sep::SPACE | sep::STOP | sep::LINE) == 0)
}

/// How the text ties a name to the next one; `None` where it does not.
fn tie_of(field: &Field, recognition: &Recognition<'_>, first: &Mention, second: &Mention) -> Option<Tie> {
    const MOST_WORDS_BETWEEN: u32 = 5;
    let gap = second.first.checked_sub(first.last + 1)?;
    let next = field.token(second.first as usize)?;
    let last = field.token(first.last as usize)?;
    if gap == 0 {
        if comma_only(field, first, second) {
            return Some(Tie::Comma);
        }
        if next.adjoins() && !next.is(form::OPENS) {
            // "Iraq's Mosul", but "Washington DC", "Paris Texas".
            let demonym = is_demonym(recognition, first);
            return Some(if last.is(form::POSSESSIVE) || demonym { Tie::SecondInside } else { Tie::Comma });
        }
        return (next.after(sep::OPEN) && !next.after(sep::STOP)).then_some(Tie::FirstInside);
    }
    if gap > MOST_WORDS_BETWEEN {
        return None;
    }
    let between = first.last as usize + 1..second.first as usize;
    let mut classes = 0;
    for i in between.clone().chain([second.first as usize]) {
        let token = field.token(i)?;
        if token.after(sep::STOP | sep::BANG | sep::COLON | sep::OPEN | sep::QUOTE | sep::DASH) && i != between.start {
            return None;
        }
        if i < second.first as usize {
            if token.is(form::CAPITAL) {
                return None;
            }
            classes |= field.class(i);
        }
    }
    // The word right before the second name decides, an article left out: "city of Mosul", "town in the north".
    let nearest = field.class(second.first as usize - 1);
    let nearest =
        if nearest & class::THE != 0 { field.class((second.first as usize).saturating_sub(2)) } else { nearest };
    let owner = last.is(form::POSSESSIVE) || is_demonym(recognition, first);
    if owner {
        let commas = between.clone().any(|i| field.token(i).is_some_and(|t| t.after(sep::COMMA)));
        return (!commas && classes & (class::ROLE | class::GENERIC) != 0).then_some(Tie::SecondInside);
    }
    (nearest & (class::IN | class::OF) != 0).then_some(Tie::FirstInside)
}

/// Whether a mention is a word for the people or things of a place.
fn is_demonym(recognition: &Recognition<'_>, mention: &Mention) -> bool {
    mention.features.has(ToponymFeature::Demonym)
        && recognition
            .groups
            .get(mention.group as usize)
            .and_then(|group| group.candidates().first())
            .is_some_and(|c| c.kind.is_demonym())
}
