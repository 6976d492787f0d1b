//! Days with a name.

use crate::lang::time::{Class, Unit};
use crate::model::days::Day;
use crate::time::grammar::meaning::{Found, Meaning, Year};
use crate::time::grammar::years::year_after;
use crate::time::words::lexicon::{BOXING_DAY, HOLIDAY_EASTER, HOLIDAY_THANKSGIVING};
use crate::time::words::token::Tokens;

/// "Christmas 1941", "Christmas Eve", "Thanksgiving Day", "Easter Sunday".
pub(crate) fn holiday_at(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at);
    if !token.capital {
        return None;
    }
    let value = token.value as i16;
    let mut end = at + 1;
    let mut shift = 0;
    if value == BOXING_DAY && !t.is(end, "day") {
        return None;
    }
    if t.class(end) == Class::Ending && t.is(end, "eve") || t.class(end) == Class::Eve {
        shift = -1;
        end += 1;
    } else if t.class(end) == Class::Unit && t.at(end).value == Unit::Day as i32 && t.at(end).capital {
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
    Some(Found::new(at, end, Meaning::Holiday(value, year, shift), "named-day"))
}

/// "New Year's Eve 2023", "New Year's Day", from its second word on.
pub(crate) fn new_year(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let named = t.at(at).capital && at > 0 && t.is(at - 1, "new") && t.before(at, 1).capital;
    if !named || t.class(at + 1) != Class::Apostrophe || !t.is(at + 2, "s") {
        return None;
    }
    let day = if t.is(at + 3, "eve") {
        1231
    } else if t.is(at + 3, "day") {
        101
    } else {
        return None;
    };
    let (end, year) = year_after(t, at + 4).unwrap_or((at + 4, Year::Missing));
    Some(Found::new(at - 1, end, Meaning::Holiday(day, year, 0), "named-day"))
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
