//! A unit of time or a day of the month behind "the", and a unit that begins an expression.

use crate::lang::time::{Class, Sense, Unit};
use crate::time::grammar::absolute::date_or_year;
use crate::time::grammar::duration::unit_at;
use crate::time::grammar::meaning::{Base, Expression, Fields, Meaning, Year};
use crate::time::grammar::{named, years};
use crate::time::words::tokens::Tokens;

/// "the 22nd", where no noun follows.
pub(crate) fn the_day(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at + 1);
    let led = matches!(
        t.before(at, 1).class,
        Class::On | Class::By | Class::Until | Class::Since | Class::From | Class::To | Class::And
    );
    let free = matches!(
        t.class(at + 2),
        Class::Comma | Class::Dot | Class::Stop | Class::Break | Class::End | Class::Close | Class::Dash
    );
    let day = token.class == Class::NumberOrdinal && (1..=31).contains(&token.value) && led && free;
    day.then(|| {
        Expression::new(at, at + 2, Meaning::Civil(Fields { day: Some(token.value as i8), ..Fields::NONE }), "day-only")
    })
}

/// "the year 2000", "the week of May 9", "the month of May", "the day before", "the day after".
pub(crate) fn the_unit(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let unit = unit_at(t, at + 1)?;
    let two = at + 2;
    // "the year-ago quarter", "the year-earlier period"
    if unit == Unit::Year && t.class(two) == Class::Dash && matches!(t.class(at + 3), Class::Ago | Class::Earlier) {
        let noun = usize::from(
            t.class(at + 4) == Class::Unit && unit_at(t, at + 4) == Some(Unit::Quarter)
                || t.sense(at + 4) == Sense::Period,
        );
        return (noun > 0)
            .then(|| Expression::new(at, at + 4 + noun, Meaning::step(Unit::Year, -1, Base::Reference), "later"));
    }
    match (unit, t.class(two)) {
        (Unit::Quarter, class) if class != Class::Of => {
            Some(Expression::new(at, two, Meaning::Quarter(0, Year::Missing), "quarter"))
        }
        (Unit::Year, Class::Number | Class::Cardinal) => {
            let (end, year) = years::year_at(t, two)?;
            Some(Expression::new(at, end, Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }), "year"))
        }
        (Unit::Month, Class::Of) => {
            let (end, meaning) = date_or_year(t, at + 3)?;
            Some(Expression::new(at, end, meaning, "month"))
        }
        // "closed up 3 points for the day", "on the day"
        (Unit::Day, Class::Comma | Class::Dot | Class::At | Class::And)
            if t.class(at) == Class::The
                && (t.before(at, 1).sense == Sense::For || t.before(at, 1).class == Class::On) =>
        {
            Some(Expression::new(at, two, Meaning::step(Unit::Day, 0, Base::Reference), "narrative"))
        }
        (Unit::Day, Class::Before | Class::After) if t.class(at + 3) == Class::Today => {
            let inner = unit_first(t, at + 1)?;
            Some(Expression::new(at, inner.end, inner.meaning, inner.rule))
        }
        (Unit::Day | Unit::Year | Unit::Month | Unit::Week, Class::Before | Class::After | Class::Following) => {
            let next = t.class(at + 3);
            let ends = matches!(next, Class::Comma | Class::Dot | Class::Stop | Class::Break | Class::End);
            let count = if t.class(two) == Class::Before { -1 } else { 1 };
            ends.then(|| Expression::new(at, at + 3, Meaning::step(unit, count, Base::Reference), "day-before"))
        }
        _ => None,
    }
}

/// "day before yesterday", "New Year's Eve".
pub(crate) fn unit_first(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let unit = unit_at(t, at)?;
    if unit == Unit::Year {
        return named::new_year(t, at);
    }
    if unit == Unit::Day && matches!(t.class(at + 1), Class::Before | Class::After) && t.class(at + 2) == Class::Today {
        let count = t.at(at + 2).value + if t.class(at + 1) == Class::Before { -1 } else { 1 };
        return Some(Expression::new(at, at + 3, Meaning::step(Unit::Day, count, Base::Anchor), "deictic"));
    }
    None
}
