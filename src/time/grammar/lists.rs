//! Several days that share one month.

use crate::lang::time::Class;
use crate::time::grammar::absolute::{counts_something, day_at, month_at};
use crate::time::grammar::meaning::{Clock, Expression, Fields, Meaning, Year};
use crate::time::grammar::years::year_after;
use crate::time::words::tokens::Tokens;

/// Days that share the month after them: "7-10 May", "7 and 8 May 2025", "5, 6 and 7 May".
pub(crate) fn days_before_month(t: &Tokens<'_>, at: usize, many: &mut Vec<Expression>) -> bool {
    const MOST: usize = 6;
    let mut days = [(0_usize, 0_usize, 0_i8); MOST];
    let mut count = 0;
    let mut next = at;
    while let Some((end, day)) = day_at(t, next, false) {
        let Some(slot) = days.get_mut(count) else { return false };
        *slot = (next, end, day);
        count += 1;
        next = end;
        let mut separators = 0;
        while separators < 2
            && matches!(
                t.class(next),
                Class::Dash
                    | Class::And
                    | Class::To
                    | Class::Comma
                    | Class::Slash
                    | Class::Or
                    | Class::Through
                    | Class::Until
            )
        {
            next += 1;
            separators += 1;
        }
        next += usize::from(separators > 0 && t.class(next) == Class::The);
        if separators == 0 {
            break;
        }
    }
    let Some(&(_, last_end, _)) = days.get(count.wrapping_sub(1)) else { return false };
    if count < 2 || next != last_end {
        return false;
    }
    let month_token = last_end + usize::from(t.class(last_end) == Class::Of);
    let Some((after, month)) = month_at(t, month_token) else { return false };
    if !t.at(month_token).is_written_as_name() {
        return false;
    }
    let (end, year) = year_after(t, after).unwrap_or((after, Year::Missing));
    for (n, &(first, day_end, day)) in days.iter().take(count).enumerate() {
        let end = if n + 1 == count { end } else { day_end };
        let fields = Fields { year, month: Some(month), day: Some(day), ..Fields::NONE };
        many.push(Expression::new(first, end, Meaning::Civil(fields), "day-list"));
    }
    true
}

/// Days that share the month before them: "May 7-10", "from May 7 to 10", "April 24 and 25, 2025". `many` ends with the
/// first; a year at the end is that of all.
pub(crate) fn days_after_month(t: &Tokens<'_>, mut at: usize, many: &mut Vec<Expression>) {
    let Some(Expression { meaning: Meaning::Civil(shared), first: first_token, .. }) = many.last().cloned() else {
        return;
    };
    // "7 May to 10": the month must stand before the day.
    let month_leads = (first_token..at).any(|i| {
        matches!(t.class(i), Class::Month | Class::MonthAbbr)
            && (i + 1..at).any(|d| matches!(t.class(d), Class::Number | Class::NumberOrdinal | Class::Ordinal))
    });
    if shared.year != Year::Missing || !month_leads {
        return;
    }
    let begun = many.len() - 1;
    loop {
        let (mut next, comma) = match t.class(at) {
            Class::Dash | Class::And | Class::To | Class::Through | Class::Or | Class::Until | Class::Slash => {
                (at + 1, false)
            }
            Class::Comma if t.class(at + 1) == Class::And => (at + 2, false),
            Class::Comma => (at + 1, true),
            _ => break,
        };
        next += usize::from(t.class(next) == Class::The);
        let Some((end, day)) = day_at(t, next, false) else { break };
        let follower = t.at(end);
        let counted = counts_something(t, end - 1)
            || matches!(follower.class, Class::Month | Class::MonthAbbr | Class::AmPm | Class::OClock)
            || follower.class == Class::Of && matches!(t.class(end + 1), Class::Month | Class::MonthAbbr)
            || follower.class == Class::Word && t.class(next) == Class::Number && !t.touches_next(at);
        if counted
            || comma && !matches!(follower.class, Class::And | Class::Comma | Class::Or)
            || comma && !matches!(t.class(end + 1), Class::Number | Class::NumberOrdinal)
        {
            break;
        }
        let (end, year) = year_after(t, end).unwrap_or((end, Year::Missing));
        many.push(Expression::new(
            next,
            end,
            Meaning::Civil(Fields { day: Some(day), year, weekday: None, clock: Clock::None, ..shared }),
            "day-list",
        ));
        at = end;
        if year != Year::Missing {
            for earlier in many.iter_mut().skip(begun) {
                if let Meaning::Civil(fields) = &mut earlier.meaning {
                    fields.year = year;
                }
            }
            break;
        }
    }
}
