//! What "last", "next", "this", "that" and their like point at, and the runs of time that touch the publication date.

use crate::lang::time::{Class, Sense, Unit};
use crate::time::grammar::absolute;
use crate::time::grammar::absolute::{date_or_year, pointed};
use crate::time::grammar::duration;
use crate::time::grammar::duration::{Count, unit_at};
use crate::time::grammar::meaning::{Base, Clock, Expression, Fields, Meaning, Portion, Which, Year};
use crate::time::grammar::ordinals::ordinal_unit;
use crate::time::words::tokens::Tokens;

/// "last three months", "past 24 hours", "next few days": durations that touch the publication date.
pub(crate) fn counted_run(t: &Tokens<'_>, first: usize, at: usize, sign: i32) -> Option<Expression> {
    let (end, count) = match t.class(at + 1) {
        Class::Units => (at + 1, Count::Some),
        Class::Unit if t.class(at) == Class::Past => (at + 1, Count::Exactly(1)),
        Class::Article => return None,
        _ => duration::count_at(t, at + 1)?,
    };
    let end = end + usize::from(t.class(end) == Class::Of);
    let unit = unit_at(t, end)?;
    if t.class(end) == Class::Unit && count != Count::Exactly(1) {
        return None;
    }
    let days = if t.class(at) == Class::Following || t.class(at) == Class::Previous {
        None
    } else {
        duration::days_in(count, unit).map(|d| d.saturating_mul(sign))
    };
    Some(Expression::new(first, end + 1, Meaning::Duration(duration::duration_value(count, unit), days), "duration"))
}

/// What "last", "next", "this", "that", "previous" or "following" points at: `at` is the token after it. `narrated` tells
/// an article before it or a word that never counts from the publication date ("the next day").
pub(crate) fn pointing(t: &Tokens<'_>, first: usize, at: usize, class: Class, narrated: bool) -> Option<Expression> {
    let (count, base, which) = match class {
        Class::Last => (-1, Base::Anchor, Which::Last),
        Class::Next => (1, Base::Anchor, Which::Next),
        Class::This => (0, Base::Anchor, Which::This),
        Class::That => (0, Base::Reference, Which::That),
        Class::Previous => (-1, Base::Reference, Which::Last),
        Class::Following => (1, Base::Reference, Which::Next),
        _ => return None,
    };
    let token = t.at(at);
    let rule = if base == Base::Reference { "narrative" } else { "relative" };
    let found = |end, meaning| Some(Expression::new(first, end, meaning, rule));
    match token.class {
        Class::Unit => {
            let unit = unit_at(t, at)?;
            // "this time", "that second"; "the same day" may have a part of the day behind it.
            if unit <= Unit::Hour {
                return None;
            }
            // "the last day of the siege", "its last day"
            if class == Class::Last && unit == Unit::Day {
                return None;
            }
            if class == Class::This && unit == Unit::Day {
                return found(at + 1, Meaning::step(unit, 0, Base::Reference));
            }
            // "the same year-ago period"
            if t.class(at + 1) == Class::Dash && matches!(t.class(at + 2), Class::Ago | Class::Earlier) {
                return None;
            }
            // "over the next decade" is a length of time.
            let over = t.before(first, 1).class == Class::During || t.before(first, 1).sense == Sense::Within;
            if over
                && unit > Unit::Day
                && first + 1 < at
                && matches!(class, Class::Following)
                && t.class(at - 1) == Class::Next
            {
                let days = duration::days_in(Count::Exactly(1), unit);
                let value = duration::duration_value(Count::Exactly(1), unit);
                return Some(Expression::new(first, at + 1, Meaning::Duration(value, days), "duration"));
            }
            // "the last year of the war" is none of last year.
            if t.class(at + 1) == Class::Of && matches!(class, Class::Last | Class::Following) && first + 1 < at {
                return None;
            }
            // "last year's third quarter"
            if unit == Unit::Year {
                let possessive = usize::from(t.class(at + 1) == Class::Apostrophe) * 2;
                if possessive > 0
                    && t.sense(at + 2) == Sense::Possessive
                    && let Some(inner) = ordinal_unit(t, at + 3, at + 3)
                    && let Meaning::Quarter(n, Year::Missing) = inner.meaning
                {
                    let year = if base == Base::Anchor { Year::FromAnchor(count) } else { Year::FromReference(count) };
                    return found(inner.end, Meaning::Quarter(n, year));
                }
            }
            found(at + 1, Meaning::step(unit, count, base))
        }
        Class::Fiscal if t.class(at + 1) == Class::Unit => found(at + 2, Meaning::step(Unit::Year, count, base)),
        Class::PartOfDay if token.value <= 4 => {
            let clock = Clock::PartOfDay(token.value as i16);
            found(at + 1, Meaning::Step { unit: Unit::Day, count, base, portion: Portion::Whole, clock })
        }
        Class::Weekend => found(at + 1, Meaning::Weekend(count, base)),
        Class::Weekday => {
            let inner = absolute::date_at(t, at)?;
            found(inner.end, pointed(inner.meaning, which))
        }
        Class::Month => {
            let (end, meaning) = date_or_year(t, at)?;
            // "noted that May is mild" has no month pointed at.
            let joins = class == Class::That
                && !matches!(
                    t.before(first, 1).class,
                    Class::In | Class::Of | Class::By | Class::During | Class::Until | Class::From
                );
            if !joins && (!narrated || class != Class::That) { found(end, pointed(meaning, which)) } else { None }
        }
        Class::Season => {
            let season = Fields { season: Some(token.value as i16), which, ..Fields::NONE };
            let season =
                if base == Base::Reference { Fields { year: Year::FromReference(0), ..season } } else { season };
            found(at + 1, Meaning::Civil(season))
        }
        Class::Holiday => {
            let inner = absolute::date_at(t, at)?;
            let Meaning::Holiday(day, Year::Missing, shift) = inner.meaning else { return None };
            let year = if class == Class::Last { Year::Missing } else { Year::FromAnchor(count) };
            found(inner.end, Meaning::Holiday(day, year, shift))
        }
        _ => None,
    }
}
