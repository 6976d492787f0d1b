//! Quarters, centuries, weeks and days of a month: units that are counted with an ordinal.

use crate::lang::time::{Class, Sense, Unit};
use crate::time::grammar::absolute::date_or_year;
use crate::time::grammar::duration::unit_at;
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Portion, Year};
use crate::time::grammar::years::{era_after, year_after};
use crate::time::words::tokens::Tokens;

/// The place that an ordinal gives: a number from 1, or the last.
pub(crate) const LAST: i32 = -1;

/// An ordinal with what may stand before and behind it ("fiscal third", "last"): (the token of what it counts, the number
/// or [`LAST`]); `first` is where the span begins.
pub(crate) fn ordinal_at(t: &Tokens<'_>, first: usize, at: usize) -> Option<(usize, i32)> {
    let mut next = at;
    next += usize::from(t.class(next) == Class::Fiscal && t.class(next + 1) != Class::Unit);
    next += usize::from(t.class(next) == Class::Dash && next > at);
    let token = t.at(next);
    let number = match token.class {
        Class::Ordinal | Class::NumberOrdinal => token.value,
        Class::Last if first < at => LAST,
        _ if token.sense == Sense::Final => LAST,
        _ => return None,
    };
    let mut counted = next + 1;
    counted += usize::from(t.class(counted) == Class::Dash);
    counted += usize::from(t.class(counted) == Class::Fiscal);
    Some((counted, number))
}

/// "third quarter of 1998", "19th century", "second week of May"; `first` is where the span begins.
pub(crate) fn ordinal_unit(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let (thing, number) = ordinal_at(t, first, at)?;
    let after = thing + 1;
    match unit_at(t, thing)? {
        Unit::Quarter if t.class(thing) == Class::Unit && (number == LAST || (1..=4).contains(&number)) => {
            let number = if number == LAST { 4 } else { number };
            let (end, year) = quarter_year(t, after).unwrap_or((after, Year::Missing));
            Some(Expression::new(first, end, Meaning::Quarter(number as u8, year), "quarter"))
        }
        // "20th Century Fox"
        Unit::Century
            if t.at(thing).capital && !t.at(thing).shouted && t.class(after) == Class::Word && t.at(after).capital =>
        {
            None
        }
        Unit::Century if (1..=21).contains(&number) => {
            let (end, bc) = era_after(t, after).unwrap_or((after, false));
            Some(Expression::new(first, end, Meaning::Century(number, bc, Portion::Whole), "century"))
        }
        Unit::Week | Unit::Day
            if t.class(thing) == Class::Unit && t.class(after) == Class::Of && (number == LAST || number <= 5) =>
        {
            let (end, meaning) = date_or_year(t, after + 1)?;
            let Meaning::Civil(f) = meaning else { return None };
            if f.day.is_some() || f.month.is_none() || f.weekday.is_some() {
                return None;
            }
            if unit_at(t, thing) == Some(Unit::Day) && number == 1 {
                return Some(Expression::new(first, end, Meaning::Civil(Fields { day: Some(1), ..f }), "part-of"));
            }
            let portion = match number {
                1 => Portion::Early,
                LAST | 4 | 5 => Portion::Late,
                _ => Portion::Mid,
            };
            Some(Expression::new(first, end, Meaning::Civil(Fields { portion, ..f }), "part-of"))
        }
        _ => None,
    }
}

/// The year behind a quarter: "of 1998", "1998", "of last year", "this year", "of fiscal 1990".
fn quarter_year(t: &Tokens<'_>, at: usize) -> Option<(usize, Year)> {
    let fiscal = usize::from(t.class(at) == Class::Of && t.class(at + 1) == Class::Fiscal) * 2;
    year_after(t, at + fiscal)
}
