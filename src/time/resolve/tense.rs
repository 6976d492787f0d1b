//! Whether the clause around a date speaks of the past or of what is to come.

use crate::lang::time::{Class, Sense, WordEnding, ends_as};
use crate::time::words::tokens::Tokens;

/// The time that the governing verb gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How far to the left and to the right of a date its verb is looked for, in tokens.
const REACH_TOKENS: usize = 14;

/// The tense of the verb nearest before the expression in tokens `first..end`, else of the nearest one behind it.
pub(crate) fn tense_at(t: &Tokens<'_>, first: usize, end: usize) -> Tense {
    let month = t.class(first) == Class::Month;
    for n in 1..=REACH_TOKENS {
        let Some(at) = first.checked_sub(n) else { break };
        if ends_sentence(t, at) {
            break;
        }
        match verb_at(t, at, if month { n / 3 } else { n }) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    for at in end..end + REACH_TOKENS {
        if ends_sentence(t, at) {
            break;
        }
        match verb_at(t, at, REACH_TOKENS) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    Tense::Unknown
}

/// Whether the verb before the expression at `first` is a pluperfect ("had invaded in late 1943").
pub(crate) fn pluperfect(t: &Tokens<'_>, first: usize) -> bool {
    (1..=REACH_TOKENS)
        .map_while(|n| first.checked_sub(n).filter(|at| !ends_sentence(t, *at)))
        .find(|at| matches!(t.class(*at), Class::Was | Class::Had | Class::Have | Class::Will | Class::Would))
        .is_some_and(|at| t.class(at) == Class::Had)
}

/// Whether a sentence ends with the token at `at`: a full stop that closes no abbreviation, or a paragraph's end.
pub(crate) fn ends_sentence(t: &Tokens<'_>, at: usize) -> bool {
    match t.class(at) {
        Class::Stop => t.word(at) != ";",
        Class::Break | Class::End => true,
        Class::Dot => {
            let before = t.before(at, 1);
            let abbreviated = before.end - before.start <= 2 || before.class == Class::MonthAbbr;
            let closes = !abbreviated || !before.capital;
            closes && !t.touches_next(at) && t.before(at, 2).class != Class::Dot
        }
        _ => false,
    }
}

fn verb_at(t: &Tokens<'_>, at: usize, distance: usize) -> Tense {
    let token = t.at(at);
    match token.class {
        // "had been due to expire"
        Class::Planned if matches!(t.before(at, 1).class, Class::Had) || t.before(at, 1).sense == Sense::Participle => {
            Tense::Past
        }
        Class::Will | Class::Would | Class::Planned => Tense::Future,
        Class::Month if token.sense == Sense::ModalVerb && !token.capital => Tense::Future,
        // "is set to", "set for"; "set off" is past.
        Class::SetFor if t.class(at + 1) == Class::To || t.sense(at + 1) == Sense::For => Tense::Future,
        Class::Was | Class::Had | Class::Have | Class::Ended => Tense::Past,
        // "is to resume", "to be published"
        Class::To if t.before(at, 1).class == Class::Be || t.sense(at + 1) == Sense::Infinitive => Tense::Future,
        Class::To if distance <= 4 => {
            let next = t.at(at + 1);
            let verb = next.class == Class::Word && !next.capital && t.before(at, 1).sense != Sense::According;
            if verb { Tense::Future } else { Tense::Unknown }
        }
        // "is paid", "be completed": the auxiliary decides.
        Class::PastVerb | Class::SetFor if t.before(at, 1).class == Class::Be => Tense::Unknown,
        Class::PastVerb | Class::SetFor => Tense::Past,
        Class::Word if !token.capital || token.shouted => {
            let regular = ends_as(t.word(at), WordEnding::Past);
            if regular && t.before(at, 1).class != Class::Be { Tense::Past } else { Tense::Unknown }
        }
        _ => Tense::Unknown,
    }
}
