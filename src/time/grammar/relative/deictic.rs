//! "today" and "now": words that name a time by themselves, counted from the publication date.

use crate::lang::time::{Class, NIGHT, OVERNIGHT, TONIGHT, Unit};
use crate::time::grammar::duration;
use crate::time::grammar::duration::{Count, unit_at};
use crate::time::grammar::meaning::{Base, Clock, Expression, Meaning, Portion};
use crate::time::words::tokens::Tokens;

/// "today", "yesterday morning", "tonight".
pub(crate) fn deictic(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    // "USA Today", "Russia Today"
    if token.capital
        && !token.shouted
        && t.before(at, 1).capital
        && t.before(at, 1).class == Class::Word
        && !matches!(t.before(at, 2).class, Class::End)
    {
        return None;
    }
    let next = t.at(at + 1);
    let (count, clock, end) = match token.value {
        TONIGHT => (0, Clock::PartOfDay(NIGHT), at + 1),
        OVERNIGHT => (-1, Clock::PartOfDay(NIGHT), at + 1),
        n if next.class == Class::PartOfDay && matches!(next.value, 0..=6) => {
            (n, Clock::PartOfDay(next.value as i16), at + 2)
        }
        n => (n, Clock::None, at + 1),
    };
    // "overnight on May 9", "overnight Friday": the date says which night.
    let dated =
        matches!(next.class, Class::On | Class::From | Class::In | Class::Weekday | Class::Month | Class::MonthAbbr);
    if token.value == OVERNIGHT && dated {
        return None;
    }
    let rule = if token.value == OVERNIGHT { "overnight" } else { "deictic" };
    Some(Expression::new(
        at,
        end,
        Meaning::Step { unit: Unit::Day, count, base: Base::Anchor, portion: Portion::Whole, clock },
        rule,
    ))
}

/// "now", "recently", "the future", "in recent years".
pub(crate) fn vague(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let vague = |end, value| Some(Expression::new(at, end, Meaning::Vague(value), "vague"));
    match t.class(at) {
        Class::Present => vague(at + 1, "PRESENT_REF"),
        Class::PastRef => vague(at + 1, "PAST_REF"),
        Class::Future => vague(at + 1, "FUTURE_REF"),
        Class::Recent if t.class(at + 1) == Class::Units => {
            let unit = unit_at(t, at + 1)?;
            if unit <= Unit::Day {
                vague(at + 2, "PAST_REF")
            } else {
                Some(Expression::new(
                    at,
                    at + 2,
                    Meaning::Duration(duration::duration_value(Count::Some, unit), None),
                    "duration",
                ))
            }
        }
        Class::Recent => vague(at + 1, "PAST_REF"),
        _ => None,
    }
}
