//! Times of day, with the day that stands beside them.

use crate::lang::time::{Class, NIGHT, Sense};
use crate::time::grammar::absolute;
use crate::time::grammar::meaning::{Clock, Expression, Fields, Meaning};
use crate::time::grammar::relative::deictic::deictic;
use crate::time::words::tokens::Tokens;

/// "a.m.", "pm" after a number: (the token after it, hours to add).
fn am_pm(t: &Tokens<'_>, at: usize) -> Option<(usize, u8)> {
    if t.class(at) == Class::AmPm {
        return Some((at + 1, t.at(at).value as u8));
    }
    let (Class::AmPm, hours) = t.two_letters(at)? else { return None };
    Some((at + 3 + usize::from(t.class(at + 3) == Class::Dot && t.touches_next(at + 2)), hours as u8))
}

/// "10:35 a.m.", "5 p.m. EST", "0735 GMT", "seven o'clock", "18:30", with a day after it ("10 p.m. Wednesday").
pub(crate) fn time_at(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let hour = t.at(at);
    if !matches!(hour.class, Class::Number | Class::Cardinal) || hour.glued || hour.value > 2400 {
        return None;
    }
    let mut end = at + 1;
    let (mut h, mut minute) = (hour.value, None);
    let mut sure = false;
    let separator = t.class(end);
    if hour.class == Class::Number
        && matches!(separator, Class::Colon | Class::Dot)
        && t.touches_next(at)
        && t.touches_next(end)
    {
        let m = t.at(end + 1);
        if m.class != Class::Number || m.digits != 2 || m.value > 59 || m.glued {
            return None;
        }
        minute = Some(m.value as u8);
        end += 2;
        if t.class(end) == Class::Colon && t.touches_next(end - 1) && t.at(end + 1).digits == 2 {
            end += 2;
        }
        // "4:31.34" is a result.
        if t.class(end) == Class::Dot
            && t.touches_next(end - 1)
            && t.touches_next(end)
            && t.class(end + 1) == Class::Number
        {
            return None;
        }
        let led = matches!(
            t.before(at, 1).class,
            Class::At | Class::By | Class::Until | Class::About | Class::From | Class::Since
        );
        sure = separator == Class::Colon && led && t.class(end) != Class::Colon;
    } else if hour.class == Class::Number && hour.digits == 4 {
        (h, minute) = (hour.value / 100, Some((hour.value % 100) as u8));
        if minute.is_some_and(|m| m > 59) || t.class(end) != Class::Zone && t.sense(end) != Sense::Local {
            return None;
        }
    } else if hour.class == Class::Number && hour.digits > 2 {
        return None;
    }
    if let Some((after, plus)) = am_pm(t, end) {
        if plus == 12 && (h > 12 || h == 0) {
            return None;
        }
        h = h % 12 + i32::from(plus);
        end = after;
        sure = true;
    } else if t.class(end) == Class::Apostrophe && t.class(end + 1) == Class::OClock
        || t.sense(end) == Sense::ClockPrefix && t.class(end + 2) == Class::OClock
    {
        end += if t.sense(end) == Sense::ClockPrefix { 3 } else { 2 };
        sure = true;
    } else if hour.class == Class::Number
        && t.class(end) == Class::In
        && t.class(end + 1) == Class::The
        && t.class(end + 2) == Class::PartOfDay
        && h <= 12
        && minute.is_none()
        && t.before(at, 1).class == Class::At
    {
        h += if t.at(end + 2).value == 0 || h == 12 { 0 } else { 12 };
        end += 3;
        sure = true;
    }
    // "two hours" is a duration, "1830 hours" a time.
    if t.class(end) == Class::Zone && (minute.is_some() || sure) {
        end += 1;
        sure = true;
    } else if t.sense(end) == Sense::Local && t.sense(end + 1) == Sense::Time {
        end += 2;
        sure |= minute.is_some();
    }
    if !sure || !(0..=24).contains(&h) {
        return None;
    }
    let clock = Clock::At(h as u8, minute);
    Some(with_day_after(t, at, end, clock).unwrap_or_else(|| Expression::new(at, end, Meaning::Clock(clock), "clock")))
}

/// A time of day joined with the day after it: "10 p.m. Wednesday", "noon on May 10", "midnight yesterday".
fn with_day_after(t: &Tokens<'_>, first: usize, end: usize, clock: Clock) -> Option<Expression> {
    let mut next = end;
    next += usize::from(t.class(next) == Class::Comma);
    next += usize::from(t.class(next) == Class::On);
    let (after, meaning) = match t.class(next) {
        Class::Weekday | Class::Month | Class::MonthAbbr | Class::Number => {
            let found = absolute::date_at(t, next)?;
            let Meaning::Civil(fields) = &found.meaning else { return None };
            if fields.day.is_none() && fields.weekday.is_none() {
                return None;
            }
            (found.end, found.meaning)
        }
        Class::Today => {
            let found = deictic(t, next)?;
            (found.end, found.meaning)
        }
        _ => return None,
    };
    let meaning = meaning.with_clock(clock)?;
    Some(Expression::new(first, after, meaning, "clock-day"))
}

/// "the night of May 10", "morning of 5 June", "noon Saturday", "Christmas night"; `first` is where the span begins.
pub(crate) fn part_of_day(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let part = t.at(at).value as i16;
    let clock = Clock::PartOfDay(part);
    if t.class(at + 1) == Class::Of || t.class(at + 1) == Class::On {
        let the = usize::from(t.class(at + 2) == Class::The);
        let (end, meaning) = absolute::date_or_year(t, at + 2 + the)?;
        let Meaning::Civil(fields) = meaning else { return None };
        if fields.day.is_none() && fields.weekday.is_none() {
            return None;
        }
        let rule = if part == NIGHT { "night-of" } else { "part-of" };
        return Some(Expression::new(first, end, Meaning::Civil(Fields { clock, ..fields }), rule));
    }
    if matches!(part, 5 | 6) {
        // "at noon"; "High Noon" is a film.
        let led = matches!(
            t.before(at, 1).class,
            Class::At | Class::By | Class::Until | Class::About | Class::Before | Class::After
        );
        let alone = || led.then(|| Expression::new(at, at + 1, Meaning::Clock(clock), "clock"));
        return with_day_after(t, at, at + 1, clock).or_else(alone);
    }
    None
}
