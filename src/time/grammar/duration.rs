//! Lengths of time, the days that they lead to ("two weeks ago"), and repeated times.

use crate::lang::time::{Class, PARTS_OF_DAY, SEASONS, Sense, Unit};
use crate::time::grammar::meaning::{Base, Expression, Meaning};
use crate::time::grammar::years::below_hundred;
use crate::time::words::tokens::Tokens;

/// How many units are meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Count {
    Exactly(i32),
    /// So many and a half.
    AndHalf(i32),
    /// "a few", "several", or a bare plural.
    Some,
}

/// The unit named at `at`, singular or plural.
pub(crate) fn unit_at(t: &Tokens<'_>, at: usize) -> Option<Unit> {
    let token = t.at(at);
    match token.class {
        Class::Unit | Class::Units => Unit::ALL.get(usize::try_from(token.value).ok()?).copied(),
        _ => None,
    }
}

/// A count of units: (the token after it, the count). A number, words for one, "a", "a few", "half a".
pub(crate) fn count_at(t: &Tokens<'_>, at: usize) -> Option<(usize, Count)> {
    let token = t.at(at);
    match token.class {
        Class::Number if !token.glued && token.digits <= 4 => {
            let next = t.at(at + 1);
            // "2 1/2 years", "2.5 years"
            if next.class == Class::Number
                && next.value == 1
                && t.class(at + 2) == Class::Slash
                && t.at(at + 3).value == 2
                && t.class(at + 3) == Class::Number
            {
                return Some((at + 4, Count::AndHalf(token.value)));
            }
            if next.class == Class::Dot
                && t.touches_next(at)
                && t.touches_next(at + 1)
                && t.at(at + 2).value == 5
                && t.class(at + 2) == Class::Number
            {
                return Some((at + 3, Count::AndHalf(token.value)));
            }
            half_after(t, at + 1, token.value)
        }
        Class::Cardinal => {
            if token.sense == Sense::CollectiveOf {
                return Some((at + 1 + usize::from(t.class(at + 1) == Class::Of), Count::Exactly(2)));
            }
            let (end, n) = below_hundred(t, at).unwrap_or((at + 1, token.value));
            if t.class(end) == Class::Hundred {
                return Some((end + 1, Count::Exactly(n.saturating_mul(t.at(end).value))));
            }
            half_after(t, end, n)
        }
        Class::Hundred => Some((at + 1, Count::Exactly(token.value))),
        Class::Few => Some((at + 1 + usize::from(t.class(at + 1) == Class::More), Count::Some)),
        Class::Article => match t.class(at + 1) {
            Class::Few => Some((at + 2, Count::Some)),
            Class::Cardinal if matches!(t.sense(at + 1), Sense::Collective | Sense::CollectiveOf) => {
                count_at(t, at + 1)
            }
            Class::Hundred => Some((at + 2, Count::Exactly(t.at(at + 1).value))),
            Class::More if t.sense(at + 1) != Sense::Comparative => Some((at + 2, Count::Exactly(1))),
            _ => Some((at + 1, Count::Exactly(1))),
        },
        Class::Half => Some((at + 1 + usize::from(t.class(at + 1) == Class::Article), Count::AndHalf(0))),
        _ => None,
    }
}

/// "two and a half", before the unit.
fn half_after(t: &Tokens<'_>, at: usize, n: i32) -> Option<(usize, Count)> {
    if t.class(at) == Class::And {
        let article = usize::from(t.class(at + 1) == Class::Article);
        if t.class(at + 1 + article) == Class::Half {
            return Some((at + 2 + article, Count::AndHalf(n)));
        }
    }
    Some((at, Count::Exactly(n)))
}

/// A count of units that begins at `at`, with what follows it; `first` is where the span begins.
pub(crate) fn counted(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let mut start = at;
    if t.class(at) == Class::About {
        start += 1;
    }
    let (mut next, mut count) = match t.class(start) {
        Class::Units => (start, Count::Some),
        _ => count_at(t, start)?,
    };
    if t.class(next) == Class::Dash && t.touches_next(next) {
        next += 1;
    }
    next += usize::from(t.class(next) == Class::More && t.class(start) != Class::Article);
    let unit = unit_at(t, next)?;
    let named = t.at(next);
    let article = t.class(start) == Class::Article && next == start + 1;
    if named.class == Class::Unit && count == Count::Some {
        return None;
    }
    let mut end = next + 1;
    // "a year and a half"
    if t.class(end) == Class::And && t.class(end + 1) == Class::Article && t.class(end + 2) == Class::Half {
        end += 3;
        if let Count::Exactly(n) = count {
            count = Count::AndHalf(n);
        }
    }
    if t.class(end) == Class::Old || t.class(end) == Class::Dash && t.class(end + 1) == Class::Old {
        return None;
    }
    if let Some(found) = led_to(t, first.min(at), end, count, unit) {
        return Some(found);
    }
    let clear = match t.class(start) {
        Class::Article if article => return per_unit(t, at, end, unit),
        Class::Units => {
            matches!(t.before(start, 1).class, Class::In | Class::After | Class::During)
                || t.before(start, 1).sense == Sense::For
        }
        _ => unit >= Unit::Minute,
    };
    // "the 40-day siege" begins with its number, "the six months" with its article.
    let joined = t.class(next.saturating_sub(1)) == Class::Dash;
    let begin = if first < at && !joined { first } else { start };
    let value = duration_value(count, unit);
    clear.then(|| Expression::new(begin, end, Meaning::Duration(value, None), "duration"))
}

/// "ago", "earlier", "later", "before" and "after" behind a count.
fn led_to(t: &Tokens<'_>, first: usize, end: usize, count: Count, unit: Unit) -> Option<Expression> {
    let (base, sign, end) = match t.class(end) {
        Class::Ago => (Base::Anchor, -1, end + 1),
        Class::Earlier => (Base::Reference, -1, end + 1),
        Class::Word if t.sense(end) == Sense::Previously => (Base::Reference, -1, end + 1),
        Class::Later => (Base::Reference, 1, end + 1),
        Class::From if t.class(end + 1) == Class::Present => (Base::Anchor, 1, end + 2),
        Class::Before if alone(t, end + 1) => (Base::Reference, -1, end + 1),
        Class::After if alone(t, end + 1) => (Base::Reference, 1, end + 1),
        _ => return None,
    };
    let rule = match base {
        Base::Anchor => "ago",
        Base::Reference => "later",
    };
    Some(match count {
        Count::Exactly(n) => Expression::new(first, end, Meaning::step(unit, sign * n, base), rule),
        Count::AndHalf(n) if unit == Unit::Year => Expression::new(
            first,
            end,
            Meaning::step(Unit::Month, sign * (n.saturating_mul(12).saturating_add(6)), base),
            rule,
        ),
        _ => Expression::new(first, end, Meaning::Vague(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }), "vague"),
    })
}

/// Whether "two days before" ends there, rather than before an event ("two days before the battle").
fn alone(t: &Tokens<'_>, at: usize) -> bool {
    matches!(
        t.class(at),
        Class::Comma | Class::Dot | Class::Stop | Class::Close | Class::Break | Class::End | Class::And | Class::In
    )
}

/// "a year": a rate after an amount, a duration after a preposition of length, else nothing.
fn per_unit(t: &Tokens<'_>, at: usize, end: usize, unit: Unit) -> Option<Expression> {
    let before = t.before(at, 1);
    let rate = matches!(
        before.class,
        Class::Number | Class::Grouped | Class::Hundred | Class::Measure | Class::Percent | Class::Units | Class::Once
    ) || before.sense == Sense::Times;
    if rate && unit >= Unit::Day {
        return Some(Expression::new(at, end, Meaning::Set(duration_value(Count::Exactly(1), unit)), "set"));
    }
    let lasting = matches!(before.class, Class::In | Class::After | Class::About | Class::During)
        || matches!(before.sense, Sense::For | Sense::Than | Sense::Within | Sense::Lasted);
    (lasting && unit >= Unit::Hour)
        .then(|| Expression::new(at, end, Meaning::Duration(duration_value(Count::Exactly(1), unit), None), "duration"))
}

/// The TIMEX3 value of a duration (TimeML 1.2.1, section 2.2.2): `P3D`, `PT24H`, `P2Y6M`, `PXM`.
pub(crate) fn duration_value(count: Count, unit: Unit) -> String {
    let (time, letter) = match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Week => ("", "W"),
        Unit::Fortnight => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "E"),
        Unit::Century => ("", "C"),
        Unit::Millennium => ("", "L"),
    };
    let fold = |n: i32| match unit {
        Unit::Fortnight => n.saturating_mul(2),
        Unit::Quarter => n.saturating_mul(3),
        Unit::Decade => n.saturating_mul(10),
        Unit::Century => n.saturating_mul(100),
        _ => n,
    };
    let letter = match (unit, count) {
        (Unit::Quarter, Count::Exactly(_)) => "M",
        (Unit::Decade | Unit::Century, Count::Exactly(_)) => "Y",
        _ => letter,
    };
    match count {
        Count::Some => format!("P{time}X{letter}"),
        Count::Exactly(n) => format!("P{time}{}{letter}", fold(n)),
        Count::AndHalf(n) => match unit {
            Unit::Year => {
                let years = if n > 0 { format!("{n}Y") } else { String::new() };
                format!("P{years}6M")
            }
            Unit::Hour => format!("PT{}", if n > 0 { format!("{n}H30M") } else { "30M".to_owned() }),
            Unit::Decade => format!("P{}Y", n.saturating_mul(10).saturating_add(5)),
            Unit::Century => format!("P{}Y", n.saturating_mul(100).saturating_add(50)),
            _ => format!("P{time}{n}.5{letter}"),
        },
    }
}

/// Roughly how many days a duration covers.
pub(crate) fn days_in(count: Count, unit: Unit) -> Option<i32> {
    let each = match unit {
        Unit::Second | Unit::Minute => return Some(1),
        Unit::Hour => {
            let Count::Exactly(n) = count else { return None };
            return Some((n.saturating_add(23) / 24).max(1));
        }
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Fortnight => 14,
        Unit::Month => 30,
        Unit::Quarter => 91,
        Unit::Year => 365,
        Unit::Decade | Unit::Century | Unit::Millennium => return None,
    };
    match count {
        Count::Exactly(n) => Some(n.saturating_mul(each)),
        _ => None,
    }
}

/// "daily", "every day", "each Thursday", "per month", "once a week".
pub(crate) fn set_at(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    match token.class {
        Class::SetWord => {
            // Newspapers are called so: "Daily Mail".
            let named = token.capital && t.at(at + 1).capital;
            let unit = Unit::ALL.get(usize::try_from(token.value).ok()?).copied()?;
            let value = duration_value(Count::Exactly(1), unit);
            (!named).then(|| Expression::new(at, at + 1, Meaning::Set(value), "set"))
        }
        Class::Each => {
            let next = t.at(at + 1);
            let value = match next.class {
                Class::Unit => duration_value(Count::Exactly(1), unit_at(t, at + 1)?),
                Class::Weekday => format!("XXXX-WXX-{}", next.value),
                Class::Month => format!("XXXX-{:02}", next.value),
                Class::Season => {
                    format!("XXXX-{}", SEASONS.get(usize::try_from(next.value).ok()?)?)
                }
                Class::PartOfDay => {
                    format!("XXXX-XX-XX{}", PARTS_OF_DAY.get(usize::try_from(next.value).ok()?)?)
                }
                Class::Weekend => "XXXX-WXX-WE".to_owned(),
                _ => {
                    let (end, count) = count_at(t, at + 1)?;
                    let unit = unit_at(t, end)?;
                    let value = duration_value(count, unit);
                    return (token.sense != Sense::Rate)
                        .then(|| Expression::new(at, end + 1, Meaning::Set(value), "set"));
                }
            };
            Some(Expression::new(at, at + 2, Meaning::Set(value), "set"))
        }
        _ => None,
    }
}
