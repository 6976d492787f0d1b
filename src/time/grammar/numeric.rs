//! Dates in digits.

use crate::lang::time::{Class, Sense};
use crate::time::grammar::meaning::{Clock, Expression, Fields, Meaning, Year};
use crate::time::words::tokens::Tokens;

/// Dates in digits: `2025-05-10`, `2025/05/10`, `05/10/2025`, `10.05.2025`, `20250510`, `2025-05-10T14:30Z`, `9/11`.
pub(crate) fn numeric(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let a = t.at(at);
    if a.class != Class::Number || a.glued {
        return None;
    }
    if a.digits == 4 && t.sense(at + 1) == Sense::YearSign {
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
            return Some(iso_time(t, at, at + 5, fields));
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
            return Some(Expression::new(at, at + 5, meaning, "numeric"));
        }
        return None;
    }
    if third {
        return None;
    }
    if separator == Class::Slash && a.value == 9 && b.value == 11 && a.digits == 1 && t.class(at + 3) != Class::Slash {
        let fields = Fields { year: Year::Given(2001), month: Some(9), day: Some(11), aside: true, ..Fields::NONE };
        return Some(Expression::new(at, at + 3, Meaning::Civil(fields), "named-day"));
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
        return Some(Expression::new(at, at + 3, Meaning::Civil(fields), "iso"));
    }
    None
}

/// "2025年5月10日", "2025年5月".
fn east_asian(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let number = |at: usize, sign: Sense, most: i32| {
        let token = t.at(at);
        let fits = token.class == Class::Number && (1..=most).contains(&token.value) && t.sense(at + 1) == sign;
        fits.then_some(token.value as i8)
    };
    let month = number(at + 2, Sense::MonthSign, 12);
    let day = month.and_then(|_| number(at + 4, Sense::DaySign, 31));
    let fields = Fields { year: Year::Given(t.at(at).value), month, day, ..Fields::NONE };
    let end = at + 2 + 2 * (usize::from(month.is_some()) + usize::from(day.is_some()));
    Some(Expression::new(at, end, Meaning::Civil(fields), "numeric"))
}

/// A day in digits with the time that ISO 8601 puts behind it ("T14:30:00Z"); `end` is the token after the day.
fn iso_time(t: &Tokens<'_>, at: usize, end: usize, fields: Fields) -> Expression {
    let day = || Expression::new(at, end, Meaning::Civil(fields), "iso");
    let joined = t.is_letter(end, "t") && t.touches_next(end - 1) && t.touches_next(end);
    let hour_at = end + usize::from(joined);
    let hour = t.at(hour_at);
    let minute = t.at(hour_at + 2);
    let time = hour.class == Class::Number
        && hour.digits == 2
        && hour.value < 24
        && t.class(hour_at + 1) == Class::Colon
        && minute.class == Class::Number
        && minute.digits == 2
        && minute.value < 60;
    if !time || !joined && t.touches_next(end - 1) {
        return day();
    }
    let mut after = hour_at + 3;
    while t.touches_next(after - 1)
        && (matches!(t.class(after), Class::Number | Class::Colon)
            || t.is_letter(after, "z")
            || t.class(after) == Class::Dot && t.touches_next(after) && t.class(after + 1) == Class::Number)
    {
        after += 1;
    }
    let clock = Clock::At(hour.value as u8, Some(minute.value as u8));
    Expression::new(at, after, Meaning::Civil(Fields { clock, ..fields }), "iso")
}
