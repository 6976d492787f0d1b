//! Containment that the text states beside a name: "Springfield, Illinois", "the Iraqi city of Mosul", "Peshawar in Pakistan".

use crate::geo::gazetteer::PlaceClass;
use crate::geo::recognise::bearer::Candidate;
use crate::geo::recognise::field::Field;
use crate::geo::recognise::lexicon::class;
use crate::geo::recognise::reading::{Mention, Reading};
use crate::geo::recognise::tokens::{form, sep};
use crate::geo::resolve::ranker::beside;

/// How two names that stand side by side are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// The first lies in the second, by a comma.
    Comma,
    /// The first lies in the second, by words.
    FirstInside,
    /// The second lies in the first.
    SecondInside,
}

/// What is said beside names: for each candidate [`beside`] bits, for each mention the bearers that its own neighbour names,
/// as bits by their order (the first 64).
pub(crate) struct Stated {
    pub(crate) candidates: Vec<u8>,
    pub(crate) mentions: Vec<u64>,
}

/// Reads what the text states beside the names of an article.
pub(crate) fn stated(reading: &Reading<'_>) -> Stated {
    let mut stated = Stated { candidates: vec![0; reading.candidates], mentions: vec![0; reading.mentions.len()] };
    for (m, first) in reading.mentions.iter().enumerate() {
        for ahead in 1..=2 {
            let Some(second) = reading.mentions.get(m + ahead).filter(|s| s.field == first.field) else { break };
            let Some(field) = reading.fields.get(usize::from(first.field)) else { break };
            let tie = match ahead {
                1 => tie_of(field, reading, first, second),
                // "Springfield, Clark County, Ohio": the first lies in the third where commas alone part them.
                _ => reading.mentions.get(m + 1).and_then(|middle| {
                    let commas = comma_only(field, first, middle) && comma_only(field, middle, second);
                    commas.then_some(Tie::Comma)
                }),
            };
            match tie {
                Some(Tie::Comma) => {
                    stated.note(reading, (m, first), (m + ahead, second), beside::INSIDE_COMMA, beside::HOLDS_COMMA)
                }
                Some(Tie::FirstInside) => {
                    stated.note(reading, (m, first), (m + ahead, second), beside::INSIDE_NEAR, beside::HOLDS_NEAR)
                }
                Some(Tie::SecondInside) => {
                    stated.note(reading, (m + ahead, second), (m, first), beside::INSIDE_NEAR, beside::HOLDS_NEAR);
                }
                None => {}
            }
        }
    }
    stated
}

impl Stated {
    fn note(
        &mut self,
        reading: &Reading<'_>,
        (m, inner): (usize, &Mention),
        (k, outer): (usize, &Mention),
        inside: u8,
        holds: u8,
    ) {
        let (Some(inner), Some(outer)) =
            (reading.groups.get(inner.group as usize), reading.groups.get(outer.group as usize))
        else {
            return;
        };
        for (i, small) in inner.bearers().iter().enumerate() {
            for (o, large) in outer.bearers().iter().enumerate() {
                if !contains(large, small) {
                    continue;
                }
                if let Some(bits) = self.candidates.get_mut(inner.bearers.start + i) {
                    *bits |= inside;
                }
                if let Some(bits) = self.candidates.get_mut(outer.bearers.start + o) {
                    *bits |= holds;
                }
                if i < 64
                    && let Some(bits) = self.mentions.get_mut(m)
                {
                    *bits |= 1 << i;
                }
                // "Athens, Georgia" says which Georgia as well.
                if o < 64
                    && inside == beside::INSIDE_COMMA
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

fn comma_only(field: &Field, first: &Mention, second: &Mention) -> bool {
    second.first == first.last + 1
        && field
            .token(second.first as usize)
            .is_some_and(|t| t.after(sep::COMMA) && t.sep & !(sep::COMMA | sep::SPACE | sep::STOP | sep::LINE) == 0)
}

fn tie_of(field: &Field, reading: &Reading<'_>, first: &Mention, second: &Mention) -> Option<Tie> {
    let gap = second.first.checked_sub(first.last + 1)?;
    let next = field.token(second.first as usize)?;
    let last = field.token(first.last as usize)?;
    if gap == 0 {
        if comma_only(field, first, second) {
            return Some(Tie::Comma);
        }
        if next.adjoins() && !next.is(form::OPENS) {
            // "Iraq's Mosul", but "Washington DC", "Paris Texas".
            let demonym = is_demonym(reading, first);
            return Some(if last.is(form::POSSESSIVE) || demonym { Tie::SecondInside } else { Tie::Comma });
        }
        return (next.after(sep::OPEN) && !next.after(sep::STOP)).then_some(Tie::FirstInside);
    }
    if gap > 5 {
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
    // The word right before the second name decides: "city of Mosul", "town in Iraq".
    let nearest = field.class(second.first as usize - 1);
    let nearest =
        if nearest & class::THE != 0 { field.class((second.first as usize).saturating_sub(2)) } else { nearest };
    let owner = last.is(form::POSSESSIVE) || is_demonym(reading, first);
    if owner && gap <= 5 {
        let commas = between.clone().any(|i| field.token(i).is_some_and(|t| t.after(sep::COMMA)));
        return (!commas && classes & (class::ROLE | class::GENERIC) != 0).then_some(Tie::SecondInside);
    }
    (nearest & (class::IN | class::OF) != 0).then_some(Tie::FirstInside)
}

fn is_demonym(reading: &Reading<'_>, mention: &Mention) -> bool {
    use crate::geo::recognise::signs::Sign;
    mention.signs.has(Sign::Demonym)
        && reading
            .groups
            .get(mention.group as usize)
            .and_then(|group| group.bearers().first())
            .is_some_and(|c| c.kind.is_demonym())
}
