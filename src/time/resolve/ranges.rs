//! Neighbouring expressions: two ends of a range, and members of a list that share a year.

use crate::lang::time::{Class, Sense};
use crate::model::days::{Day, DayRange};
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

/// The ranges that neighbouring expressions make, those that "since" and its like leave open, and those that touch the publication date.
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
        if ranges.last().is_some_and(|joined: &JoinedRange| joined.timexes.contains(&n)) {
            continue;
        }
        if let Some(open) = open_end(t, f, days) {
            ranges.push(JoinedRange { days: open.days(anchor), timexes: vec![n] });
        }
    }
    ranges
}

/// A time of which one end is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenEnd {
    /// All from this day on.
    From(Day),
    /// All up to this day.
    Until(Day),
}

impl OpenEnd {
    /// The days meant: from a day on to the publication date, where that lies behind it, else as far as nothing bounds it.
    fn days(self, anchor: Option<&Anchor>) -> DayRange {
        match (self, anchor) {
            (OpenEnd::From(day), Some(anchor)) if anchor.days.to >= day => DayRange { from: day, to: anchor.days.to },
            (OpenEnd::From(day), _) => DayRange::since(day),
            (OpenEnd::Until(day), _) => DayRange::until(day),
        }
    }
}

/// The end that the words around an expression leave open: "since 2005", "from March 2014 on", "2014 onwards"; and of a
/// month or more "after 2005", "until 1999", "before May 2012", "prior to 2003". A day behind "until" or "after" is told
/// of itself ("after the talks of May 10").
fn open_end(t: &Tokens<'_>, f: &Expression, days: DayRange) -> Option<OpenEnd> {
    const SHORTEST_MONTH_DAYS: i64 = 28;
    // "since the 2019 attack" opens with the attack, whose day is not known.
    if matches!(f.meaning, Meaning::Civil(Fields { aside: true, .. })) {
        return None;
    }
    let article = usize::from(t.before(f.first, 1).class == Class::The);
    let before = t.before(f.first, 1 + article).class;
    let long = days.days() >= SHORTEST_MONTH_DAYS;
    match before {
        Class::Since => Some(OpenEnd::From(days.from)),
        _ if goes_on_behind(t, f, before == Class::From) => Some(OpenEnd::From(days.from)),
        Class::After if long => Some(OpenEnd::From(days.to.plus(1))),
        Class::Until if long => Some(OpenEnd::Until(days.to)),
        Class::Before if long => Some(OpenEnd::Until(days.from.plus(-1))),
        Class::To if long && t.before(f.first, 2 + article).class == Class::Previous => {
            Some(OpenEnd::Until(days.from.plus(-1)))
        }
        _ => None,
    }
}

/// Whether "onwards" stands behind an expression, or, where "from" stands before it, "on" before nothing that it could lead
/// to.
fn goes_on_behind(t: &Tokens<'_>, f: &Expression, from: bool) -> bool {
    t.sense(f.end) == Sense::Onwards
        || from
            && t.class(f.end) == Class::On
            && (t.class(f.end + 1) as u8) < Class::Word as u8
            && !matches!(t.class(f.end + 1), Class::Number | Class::NumberOrdinal)
}
