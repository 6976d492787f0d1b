//! Days with a name.

use crate::lang::time::{Class, HOLIDAY_EASTER, HOLIDAY_THANKSGIVING, Sense, Unit};
use crate::model::days::Day;
use crate::time::grammar::meaning::{Expression, Meaning, Year};
use crate::time::grammar::years::year_after;
use crate::time::words::tokens::Tokens;

/// "Christmas 1941", "Christmas Eve", "Thanksgiving Day", "Easter Sunday".
pub(crate) fn holiday_at(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    if !token.capital {
        return None;
    }
    let value = token.value as i16;
    let mut end = at + 1;
    let mut shift = 0;
    if token.sense == Sense::NeedsDay && !is_day(t, end) {
        return None;
    }
    if t.sense(end) == Sense::Eve {
        shift = -1;
        end += 1;
    } else if is_day(t, end) && t.at(end).capital {
        end += 1;
    } else if value == HOLIDAY_EASTER && t.class(end) == Class::Weekday {
        shift = i8::from(t.at(end).value == 1);
        end += 1;
    } else if t.class(end) == Class::Unit || t.at(end).capital && t.class(end) == Class::Word {
        // "Easter week", "Easter Rising", "Christmas Island".
        return None;
    } else if value == HOLIDAY_THANKSGIVING
        && !matches!(t.before(at, 1).class, Class::On | Class::Last | Class::Before | Class::After | Class::Since)
    {
        return None;
    }
    let (end, year) = year_after(t, end).unwrap_or((end, Year::Missing));
    Some(Expression::new(at, end, Meaning::Holiday(value, year, shift), "named-day"))
}

fn is_day(t: &Tokens<'_>, at: usize) -> bool {
    t.class(at) == Class::Unit && t.at(at).value == Unit::Day as i32
}

/// "New Year's Eve 2023", "New Year's Day", from its second word on.
pub(crate) fn new_year(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let named = t.at(at).capital && t.before(at, 1).sense == Sense::NewYear && t.before(at, 1).capital;
    if !named || t.class(at + 1) != Class::Apostrophe || t.sense(at + 2) != Sense::Possessive {
        return None;
    }
    let day = if t.sense(at + 3) == Sense::Eve {
        1231
    } else if is_day(t, at + 3) {
        101
    } else {
        return None;
    };
    let (end, year) = year_after(t, at + 4).unwrap_or((at + 4, Year::Missing));
    Some(Expression::new(at - 1, end, Meaning::Holiday(day, year, 0), "named-day"))
}

/// The day of a named day in a year: fixed, the fourth Thursday of November (United States), or Gregorian Easter.
pub(crate) fn holiday_in(named: i16, year: i16) -> Option<Day> {
    match named {
        HOLIDAY_THANKSGIVING => {
            let first = Day::from_ymd(year, 11, 1)?;
            Some(first.plus((4 - i32::from(first.weekday())).rem_euclid(7) + 21))
        }
        HOLIDAY_EASTER => {
            // The anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
            let y = i32::from(year);
            let (a, b, c) = (y % 19, y / 100, y % 100);
            let (d, e) = (b / 4, b % 4);
            let g = (b - (b + 8) / 25 + 1) / 3;
            let h = (19 * a + b - d - g + 15) % 30;
            let (i, k) = (c / 4, c % 4);
            let l = (32 + 2 * e + 2 * i - h - k) % 7;
            let m = (a + 11 * h + 22 * l) / 451;
            let n = h + l - 7 * m + 114;
            Day::from_ymd(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
        }
        day => Day::from_ymd(year, i8::try_from(day / 100).ok()?, i8::try_from(day % 100).ok()?),
    }
}
