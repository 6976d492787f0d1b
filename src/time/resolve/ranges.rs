//! Neighbouring expressions: two ends of a range, and members of a list that share a year.

use crate::lang::time::Class;
use crate::model::days::DayRange;
use crate::model::mention::TimexType;
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Which, Year};
use crate::time::resolve::anchor::Anchor;
use crate::time::timex::{JoinedRange, Timex};
use crate::time::words::tokens::Tokens;

/// How two neighbouring expressions are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// "to", "until", a dash.
    Range,
    /// "and", "or", a comma.
    List,
}

/// Whether the second of two neighbouring expressions ends a range that the first begins.
pub(crate) fn ends_range(t: &Tokens<'_>, a: &Expression, b: &Expression) -> bool {
    link(t, a, b) == Some(Link::Range)
}

fn link(t: &Tokens<'_>, a: &Expression, b: &Expression) -> Option<Link> {
    let mut at = a.end;
    let class = t.class(at);
    at += 1;
    at += usize::from(class == Class::Comma && matches!(t.class(at), Class::And | Class::Or));
    at += usize::from(t.class(at) == Class::The && at < b.first);
    if at != b.first {
        return None;
    }
    let before = t.before(a.first, 1).class;
    let before = if before == Class::The { t.before(a.first, 2).class } else { before };
    match class {
        Class::To | Class::Until | Class::Through | Class::Dash => Some(Link::Range),
        Class::And if before == Class::Between => Some(Link::Range),
        Class::And | Class::Or | Class::Comma | Class::Slash => Some(Link::List),
        _ => None,
    }
}

/// Gives the year of one end of a range or list to the other that has none: "August and September 1914", "from 9 November
/// 1941 to 3 January".
pub(crate) fn share_years(t: &Tokens<'_>, expressions: &mut [Expression]) {
    for n in (1..expressions.len()).rev() {
        let Some([a, b]) = expressions.get_mut(n - 1..=n) else { continue };
        if link(t, a, b).is_none() {
            continue;
        }
        let (Meaning::Civil(first), Meaning::Civil(last)) = (&mut a.meaning, &b.meaning) else { continue };
        let dated = |f: &Fields| f.month.is_some() || f.season.is_some();
        if first.year == Year::Missing && first.which == Which::Plain && dated(first) && dated(last) {
            first.year = match (last.year, first.month, last.month) {
                (Year::Given(year), Some(m), Some(n)) if m > n => Year::Given(year - 1),
                (Year::Bc(year), Some(m), Some(n)) if m > n => Year::Bc(year + 1),
                (Year::Given(_) | Year::Bc(_), ..) => last.year,
                _ => continue,
            };
            a.rule = "range-year";
        }
    }
    for n in 1..expressions.len() {
        let Some([a, b]) = expressions.get_mut(n - 1..=n) else { continue };
        if link(t, a, b) != Some(Link::Range) {
            continue;
        }
        let (Meaning::Civil(first), Meaning::Civil(last)) = (&a.meaning, &mut b.meaning) else { continue };
        if last.year == Year::Missing
            && last.which == Which::Plain
            && let (Year::Given(year), Some(m), Some(n)) = (first.year, first.month, last.month)
        {
            last.year = Year::Given(if n < m { year + 1 } else { year });
            b.rule = "range-year";
        }
    }
}

/// The ranges that neighbouring expressions make, those that "since" opens, and those that touch the publication date.
pub(crate) fn joined(
    t: &Tokens<'_>,
    expressions: &[Expression],
    timexes: &[Timex],
    anchor: Option<&Anchor>,
) -> Vec<JoinedRange> {
    let mut ranges = Vec::new();
    for (n, (f, timex)) in expressions.iter().zip(timexes).enumerate() {
        if let Meaning::Duration(_, Some(ahead)) = f.meaning
            && let Some(anchor) = anchor
            && let Some(day) = anchor.day
        {
            let days = DayRange::new(day, day.plus(ahead));
            ranges.push(JoinedRange { days, timexes: vec![n] });
            continue;
        }
        let Some(days) = timex.days else { continue };
        if let (Some(next), Some(other)) = (expressions.get(n + 1), timexes.get(n + 1))
            && let Some(last) = other.days
            && link(t, f, next) == Some(Link::Range)
            && matches!(timex.kind, TimexType::Date | TimexType::Time)
            && days.from <= last.to
            && days.from <= last.from
        {
            ranges.push(JoinedRange { days: days.hull(last), timexes: vec![n, n + 1] });
            continue;
        }
        let before = t.before(f.first, 1).class;
        // "since the 2019 attack" opens with the attack, whose day is not known.
        let names = matches!(f.meaning, Meaning::Civil(Fields { aside: true, .. }));
        let since = before == Class::Since || before == Class::The && t.before(f.first, 2).class == Class::Since;
        if since && !names {
            let open = match anchor {
                Some(anchor) if anchor.days.to >= days.from => DayRange { from: days.from, to: anchor.days.to },
                _ => DayRange::day(days.from),
            };
            ranges.push(JoinedRange { days: open, timexes: vec![n] });
        }
    }
    ranges
}
