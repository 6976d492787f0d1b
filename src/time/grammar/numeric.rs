//! Dates in digits.

use crate::lang::time::Class;
use crate::time::grammar::clock;
use crate::time::grammar::meaning::{Fields, Found, Meaning, Year};
use crate::time::words::token::Tokens;

/// Dates in digits: `2025-05-10`, `2025/05/10`, `05/10/2025`, `10.05.2025`, `20250510`, `2025-05-10T14:30Z`, `9/11`.
pub(crate) fn numeric(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let a = t.at(at);
    if a.class != Class::Number || a.glued {
        return None;
    }
    if a.digits == 4 && t.word(at + 1) == "年" {
        return east_asian(t, at);
    }
    let separator = t.class(at + 1);
    let before = t.before(at, 1).class;
    let touched = !t.stands_free(at)
        && matches!(before, Class::Dash | Class::Slash | Class::Dot | Class::Currency | Class::Colon);
    if !matches!(separator, Class::Dash | Class::Slash | Class::Dot)
        || !t.touches_next(at)
        || !t.touches_next(at + 1)
        || touched
    {
        return None;
    }
    let b = t.at(at + 2);
    if b.class != Class::Number || b.glued || b.digits > 2 {
        return None;
    }
    let c = t.at(at + 4);
    let third =
        t.class(at + 3) == separator && t.touches_next(at + 2) && t.touches_next(at + 3) && c.class == Class::Number;
    if third
        && !c.glued
        && !(matches!(t.class(at + 5), Class::Slash | Class::Dash) && t.touches_next(at + 4) && t.touches_next(at + 5))
    {
        if a.digits == 4 && (1..=12).contains(&b.value) && (1..=31).contains(&c.value) && c.digits <= 2 {
            let fields = Fields {
                year: Year::Given(a.value),
                month: Some(b.value as i8),
                day: Some(c.value as i8),
                ..Fields::NONE
            };
            return Some(clock::iso_time(t, at, at + 5, fields));
        }
        let year = match c.digits {
            4 if (1000..=2100).contains(&c.value) => c.value,
            2 if separator == Class::Slash => {
                if c.value < 70 {
                    2000 + c.value
                } else {
                    1900 + c.value
                }
            }
            _ => return None,
        };
        if a.digits <= 2
            && (1..=31).contains(&a.value)
            && (1..=31).contains(&b.value)
            && (a.value <= 12 || b.value <= 12)
        {
            let meaning = if separator == Class::Dot && b.value <= 12 {
                Meaning::Civil(Fields {
                    year: Year::Given(year),
                    month: Some(b.value as i8),
                    day: Some(a.value as i8),
                    ..Fields::NONE
                })
            } else {
                Meaning::Slashed(a.value, b.value, year)
            };
            return Some(Found::new(at, at + 5, meaning, "numeric"));
        }
        return None;
    }
    if third {
        return None;
    }
    if separator == Class::Slash && a.value == 9 && b.value == 11 && a.digits == 1 && t.class(at + 3) != Class::Slash {
        let fields = Fields { year: Year::Given(2001), month: Some(9), day: Some(11), aside: true, ..Fields::NONE };
        return Some(Found::new(at, at + 3, Meaning::Civil(fields), "named-day"));
    }
    // "2025-05"; "2010-11" is more often a range of years.
    if separator == Class::Dash
        && a.digits == 4
        && b.digits == 2
        && (1900..=2100).contains(&a.value)
        && (1..=12).contains(&b.value)
        && b.value <= a.value % 100
    {
        let fields = Fields { year: Year::Given(a.value), month: Some(b.value as i8), ..Fields::NONE };
        return Some(Found::new(at, at + 3, Meaning::Civil(fields), "iso"));
    }
    None
}

/// "2025年5月10日", "2025年5月".
fn east_asian(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let part = |at: usize, mark: &str, most: i32| {
        let token = t.at(at);
        let fits = token.class == Class::Number && (1..=most).contains(&token.value) && t.word(at + 1) == mark;
        fits.then_some(token.value as i8)
    };
    let month = part(at + 2, "月", 12);
    let day = month.and_then(|_| part(at + 4, "日", 31));
    let fields = Fields { year: Year::Given(t.at(at).value), month, day, ..Fields::NONE };
    let end = at + 2 + 2 * (usize::from(month.is_some()) + usize::from(day.is_some()));
    Some(Found::new(at, end, Meaning::Civil(fields), "numeric"))
}
