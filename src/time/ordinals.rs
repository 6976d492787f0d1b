//! Quarters, halves, centuries, weeks of a month: what is counted with an ordinal.

use crate::lang::time::{Class, Unit};
use crate::time::grammar::absolute::date_or_year;
use crate::time::grammar::duration::unit_at;
use crate::time::grammar::meaning::{Fields, Found, Meaning, Part, Which, Year};
use crate::time::grammar::relative::inner;
use crate::time::grammar::years::year_after;
use crate::time::words::token::Tokens;

/// "third quarter of 1998", "first half", "19th century", "second week of May", "the 22nd"; `first` is where the span begins.
pub(super) fn ordinal_unit(t: &Tokens<'_>, first: usize, at: usize) -> Option<Found> {
    let mut next = at;
    next += usize::from(t.class(next) == Class::Fiscal && t.class(next + 1) != Class::Unit);
    next += usize::from(t.class(next) == Class::Dash && next > at);
    let token = t.at(next);
    let number = match token.class {
        Class::Ordinal | Class::NumberOrdinal => token.value,
        Class::Last if first < at => -1,
        _ if t.is(next, "final") || t.is(next, "latter") => -1,
        _ => return None,
    };
    let mut thing = next + 1;
    thing += usize::from(t.class(thing) == Class::Dash);
    thing += usize::from(t.class(thing) == Class::Fiscal);
    let after = thing + 1;
    if t.class(thing) == Class::Half {
        if !(number == 1 || number == 2 || number == -1) {
            return None;
        }
        let second = number != 1;
        if t.class(after) != Class::Of {
            return None;
        }
        let (end, meaning, _) = inner(t, after + 1, Part::Whole)?;
        let part = if second { Part::SecondHalf } else { Part::FirstHalf };
        let meaning = match meaning {
            Meaning::Civil(f) => Meaning::Civil(Fields { part, ..f }),
            Meaning::Step { unit, count, base, clock, .. } => Meaning::Step { unit, count, base, part, clock },
            Meaning::Decade(d, _) => Meaning::Decade(d, part),
            Meaning::Century(c, bc, _) => Meaning::Century(c, bc, part),
            _ => return None,
        };
        return Some(Found::new(first, end, meaning, "half"));
    }
    match unit_at(t, thing)? {
        Unit::Quarter if t.class(thing) == Class::Unit && (number == -1 || (1..=4).contains(&number)) => {
            let number = if number == -1 { 4 } else { number };
            let (end, year) = quarter_year(t, after).unwrap_or((after, Year::Missing));
            Some(Found::new(first, end, Meaning::Quarter(number as u8, year, Which::Plain), "quarter"))
        }
        // "20th Century Fox"
        Unit::Century
            if t.at(thing).capital && !t.at(thing).shouted && t.class(after) == Class::Word && t.at(after).capital =>
        {
            None
        }
        Unit::Century if (1..=21).contains(&number) => {
            let (end, bc) = crate::time::grammar::years::era_after(t, after).unwrap_or((after, false));
            Some(Found::new(first, end, Meaning::Century(number, bc, Part::Whole), "century"))
        }
        Unit::Week | Unit::Day
            if t.class(thing) == Class::Unit && t.class(after) == Class::Of && (number == -1 || number <= 5) =>
        {
            let (end, meaning) = date_or_year(t, after + 1)?;
            let Meaning::Civil(f) = meaning else { return None };
            if f.day.is_some() || f.month.is_none() || f.weekday.is_some() {
                return None;
            }
            if unit_at(t, thing) == Some(Unit::Day) && number == 1 {
                return Some(Found::new(first, end, Meaning::Civil(Fields { day: Some(1), ..f }), "part-of"));
            }
            let part = match number {
                1 => Part::Early,
                -1 | 4 | 5 => Part::Late,
                _ => Part::Mid,
            };
            Some(Found::new(first, end, Meaning::Civil(Fields { part, ..f }), "part-of"))
        }
        _ => None,
    }
}

/// The year behind a quarter: "of 1998", "1998", "of last year", "this year", "of fiscal 1990".
fn quarter_year(t: &Tokens<'_>, at: usize) -> Option<(usize, Year)> {
    let fiscal = usize::from(t.class(at) == Class::Of && t.class(at + 1) == Class::Fiscal) * 2;
    year_after(t, at + fiscal)
}

/// "fiscal 1990", "fiscal third quarter".
pub(super) fn fiscal(t: &Tokens<'_>, first: usize, at: usize) -> Option<Found> {
    let next = at + 1 + usize::from(t.class(at + 1) == Class::Unit && t.at(at + 1).value == Unit::Year as i32);
    if let Some((end, year)) = crate::time::grammar::years::year_at(t, next)
        && t.class(next) == Class::Number
    {
        return Some(Found::new(
            first,
            end,
            Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }),
            "fiscal-year",
        ));
    }
    ordinal_unit(t, first, at)
}
