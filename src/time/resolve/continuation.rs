//! Where a text goes on from the day that it spoke of last, without naming it again: "hours later", "at 3 p.m.", "meanwhile".

use std::ops::Range;

use crate::lang::time::{Class, Sense, Unit};
use crate::model::days::{Day, DayRange};
use crate::time::grammar::meaning::{Base, Expression, Meaning};
use crate::time::resolve::tense::ends_sentence;
use crate::time::timex::Continuation;
use crate::time::words::tokens::Tokens;

/// A word that tells of going on counts among so many first tokens of a sentence ("Shortly afterwards, …").
const HEAD_TOKENS: usize = 3;

/// Notes where the text goes on from a day: by words between two expressions, and by an expression that says how much
/// later, in less than days, or at what time of day.
#[derive(Debug, Default)]
pub(crate) struct Continuations(pub Vec<Continuation>);

impl Continuations {
    /// Looks for words in these tokens, before which `spoken` was the day last spoken of.
    pub(crate) fn in_words(&mut self, t: &Tokens<'_>, tokens: Range<usize>, spoken: Option<Day>) {
        let Some(day) = spoken else { return };
        for at in tokens.filter(|at| goes_on(t, *at)) {
            self.note(t, at, day);
        }
    }

    /// Looks at an expression that denotes no days.
    pub(crate) fn by_expression(&mut self, t: &Tokens<'_>, f: &Expression, spoken: Option<Day>) {
        let Some(day) = spoken else { return };
        let within_day = match f.meaning {
            Meaning::Step { unit, base: Base::Reference, count, .. } => unit <= Unit::Hour && count >= 0,
            Meaning::Clock(_) => true,
            // "hours later"
            Meaning::Vague(_) => {
                let unit = t.before(f.end, 2);
                matches!(t.before(f.end, 1).class, Class::Later | Class::After)
                    && unit.class == Class::Units
                    && unit.value <= Unit::Hour as i32
            }
            _ => false,
        };
        if within_day {
            self.note(t, f.first, day);
        }
    }

    fn note(&mut self, t: &Tokens<'_>, at: usize, day: Day) {
        self.0.push(Continuation { at: t.at(at).start as usize, days: DayRange::day(day) });
    }
}

/// Whether a word at the head of its sentence tells that the text goes on.
fn goes_on(t: &Tokens<'_>, at: usize) -> bool {
    (t.sense(at) == Sense::GoesOn || t.class(at) == Class::Later)
        && (1..=HEAD_TOKENS).any(|n| at < n || ends_sentence(t, at - n))
}
