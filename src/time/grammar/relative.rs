//! Expressions that count from the publication date or from the date last spoken of.

use crate::lang::time::{Class, Unit};
use crate::time::grammar::absolute;
use crate::time::grammar::absolute::{date_or_year, pointed, with};
use crate::time::grammar::duration;
use crate::time::grammar::duration::{Count, unit_at};
use crate::time::grammar::meaning::{Base, Clock, Fields, Found, Meaning, Part, Which, Year};
use crate::time::grammar::{clock, decades, named};
use crate::time::ordinals;
use crate::time::words::lexicon::NIGHT;
use crate::time::words::token::Tokens;

const fn step(unit: Unit, count: i32, base: Base) -> Meaning {
    Meaning::Step { unit, count, base, part: Part::Whole, clock: Clock::None }
}

/// "today", "yesterday morning", "tonight".
pub(crate) fn deictic(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at);
    // "USA Today", "Russia Today"
    if token.capital
        && !token.shouted
        && t.before(at, 1).capital
        && t.before(at, 1).class == Class::Word
        && !matches!(t.before(at, 2).class, Class::End)
    {
        return None;
    }
    let next = t.at(at + 1);
    let (count, clock, end) = match token.value {
        2 => (0, Clock::Part(NIGHT), at + 1),
        3 => (-1, Clock::Part(NIGHT), at + 1),
        n if next.class == Class::PartOfDay && matches!(next.value, 0..=6) => {
            (n, Clock::Part(next.value as i16), at + 2)
        }
        n => (n, Clock::None, at + 1),
    };
    // "overnight on May 9", "overnight Friday": the date says which night.
    let dated =
        matches!(next.class, Class::On | Class::From | Class::In | Class::Weekday | Class::Month | Class::MonthAbbr);
    if token.value == 3 && dated {
        return None;
    }
    let rule = if token.value == 3 { "overnight" } else { "deictic" };
    Some(Found::new(
        at,
        end,
        Meaning::Step { unit: Unit::Day, count, base: Base::Anchor, part: Part::Whole, clock },
        rule,
    ))
}

/// "now", "recently", "the future", "in recent years".
pub(crate) fn vague(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let vague = |end, value| Some(Found::new(at, end, Meaning::Vague(value), "vague"));
    match t.class(at) {
        Class::Present => vague(at + 1, "PRESENT_REF"),
        Class::PastRef => vague(at + 1, "PAST_REF"),

        Class::Future => vague(at + 1, "FUTURE_REF"),
        Class::Recent if t.class(at + 1) == Class::Units => {
            let unit = unit_at(t, at + 1)?;
            if unit <= Unit::Day {
                vague(at + 2, "PAST_REF")
            } else {
                Some(Found::new(
                    at,
                    at + 2,
                    Meaning::Duration(duration::duration_value(Count::Some, unit), None),
                    "duration",
                ))
            }
        }
        Class::Recent => vague(at + 1, "PAST_REF"),
        _ => None,
    }
}

fn part_of(class: Class, word_first: bool) -> Part {
    match class {
        Class::Early | Class::Beginning => Part::Early,
        Class::Mid | Class::Middle => Part::Mid,
        Class::Late | Class::Ending => Part::Late,
        _ if word_first => Part::Whole,
        _ => Part::Whole,
    }
}

/// "early 2019", "mid-March", "late last week", "the end of May", "earlier this year", "later that day"; `first` is where
/// the span begins.
pub(crate) fn modified(t: &Tokens<'_>, first: usize, at: usize) -> Option<Found> {
    let class = t.class(at);
    let part = part_of(class, true);
    let bound = matches!(class, Class::Beginning | Class::Middle | Class::Ending);
    let mut next = at + 1;
    if class == Class::Ending && t.is(at, "eve") {
        return None;
    }
    next += usize::from(t.class(next) == Class::Dash);
    let mut linked = false;
    if matches!(t.class(next), Class::Of | Class::In | Class::On) {
        linked = t.class(next) == Class::Of || t.class(next) == Class::In;
        if t.class(next) == Class::On && bound {
            return None;
        }
        next += 1;
    }
    if bound && !(linked && t.class(next - 1) == Class::Of) {
        return None;
    }
    let relative = matches!(class, Class::Earlier | Class::Later);
    // "the early hours of Thursday", "the early morning hours of 30 April"
    next += usize::from(t.class(next) == Class::PartOfDay && t.class(next + 1) == Class::Units);
    if t.class(next) == Class::Units && t.at(next).value == Unit::Hour as i32 && t.class(next + 1) == Class::Of {
        let (end, meaning) = date_or_year(t, next + 2)?;
        let meaning = with(meaning, |f| f.clock = Clock::Part(0));
        return Some(Found::new(first, end, meaning, "part-of"));
    }
    let (end, meaning, rule) = inner(t, next, part)?;
    if relative {
        let fits = match &meaning {
            Meaning::Step { .. } | Meaning::Weekend(..) => true,
            Meaning::Civil(f) => f.weekday.is_some() && !linked && f.which == Which::Plain || f.which != Which::Plain,
            _ => false,
        };
        return fits.then(|| Found::new(first, end, meaning, rule));
    }
    let meaning = match meaning {
        Meaning::Civil(f) => Meaning::Civil(Fields { part, ..f }),
        Meaning::Step { unit, count, base, clock, .. } => Meaning::Step { unit, count, base, part, clock },
        Meaning::Decade(d, _) => Meaning::Decade(d, part),
        Meaning::Century(c, bc, _) => Meaning::Century(c, bc, part),
        other => other,
    };
    Some(Found::new(first, end, meaning, rule))
}

/// What a modifier may stand before.
pub(crate) fn inner(t: &Tokens<'_>, at: usize, part: Part) -> Option<(usize, Meaning, &'static str)> {
    t.nested(|| inner_at(t, at, part))
}

fn inner_at(t: &Tokens<'_>, at: usize, part: Part) -> Option<(usize, Meaning, &'static str)> {
    let the = usize::from(t.class(at) == Class::The);
    if let Some(found) = decades::decade(t, at, at + the, part).or_else(|| decades::nineties(t, at, at + the, part)) {
        return Some((found.end, found.meaning, "decade"));
    }
    if let Some(found) = ordinals::ordinal_unit(t, at, at + the) {
        return Some((found.end, found.meaning, found.rule));
    }
    if let Some((end, meaning)) = date_or_year(t, at + the) {
        return Some((end, meaning, "modified"));
    }
    if the == 1 && t.class(at + 1) == Class::Unit {
        let unit = unit_at(t, at + 1)?;
        return (unit >= Unit::Day).then_some((at + 2, step(unit, 0, Base::Reference), "modified"));
    }
    match t.class(at) {
        Class::Today => deictic(t, at).map(|f| (f.end, f.meaning, f.rule)),
        Class::The
        | Class::This
        | Class::That
        | Class::Last
        | Class::Next
        | Class::Previous
        | Class::Following
        | Class::Same => determined(t, at).map(|f| (f.end, f.meaning, f.rule)),
        _ => None,
    }
}

/// Expressions that begin with an article, a demonstrative, "last", "next" and their like.
pub(crate) fn determined(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let class = t.class(at);
    let next = t.class(at + 1);
    match class {
        Class::The | Class::Pronoun => the(t, at, next),
        Class::This => match next {
            Class::Coming | Class::Past | Class::Same | Class::Current => pointing(
                t,
                at,
                at + 2,
                if next == Class::Coming {
                    Class::Next
                } else if next == Class::Past {
                    Class::Last
                } else {
                    Class::This
                },
                false,
            ),
            Class::Units if t.at(at + 1).value == Unit::Day as i32 && t.is(at, "these") => {
                Some(Found::new(at, at + 2, Meaning::Vague("PRESENT_REF"), "vague"))
            }
            _ if t.is(at, "these") => None,
            _ => pointing(t, at, at + 1, Class::This, false),
        },
        Class::That => {
            let same = usize::from(next == Class::Same);
            if t.is(at, "those") { None } else { pointing(t, at, at + 1 + same, Class::That, false) }
        }
        Class::Last | Class::Past => counted_run(t, at, at, -1)
            .or_else(|| if class == Class::Last { pointing(t, at, at + 1, Class::Last, false) } else { None }),
        Class::Next | Class::Coming => counted_run(t, at, at, 1).or_else(|| {
            if class == Class::Coming && next == Class::Units {
                let unit = unit_at(t, at + 1)?;
                return Some(Found::new(
                    at,
                    at + 2,
                    Meaning::Duration(duration::duration_value(Count::Some, unit), None),
                    "duration",
                ));
            }
            if class == Class::Next { pointing(t, at, at + 1, Class::Next, false) } else { None }
        }),
        Class::Previous | Class::Following => pointing(t, at, at + 1, class, true),
        Class::Current => {
            if t.is(at, "latest") || t.is(at, "present") && t.class(at + 1) != Class::Unit {
                return None;
            }
            pointing(t, at, at + 1, Class::This, false)
                .or_else(|| t.is(at, "current").then(|| Found::new(at, at + 1, Meaning::Vague("PRESENT_REF"), "vague")))
        }
        Class::Same if t.is(at, "same") => pointing(t, at, at + 1, Class::That, true),
        Class::Fiscal => ordinals::fiscal(t, at, at),
        Class::Weekend => None,
        Class::Unit => unit_first(t, at),
        _ => None,
    }
}

/// "day before yesterday", "New Year's Eve".
fn unit_first(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let unit = unit_at(t, at)?;
    if unit == Unit::Year {
        return named::new_year(t, at);
    }
    if unit == Unit::Day && matches!(t.class(at + 1), Class::Before | Class::After) && t.class(at + 2) == Class::Today {
        let count = t.at(at + 2).value + if t.class(at + 1) == Class::Before { -1 } else { 1 };
        return Some(Found::new(at, at + 3, step(Unit::Day, count, Base::Anchor), "deictic"));
    }
    None
}

/// What follows "the" (or "its", "his").
fn the(t: &Tokens<'_>, at: usize, next: Class) -> Option<Found> {
    let pronoun = t.class(at) == Class::Pronoun;
    let one = at + 1;
    match next {
        Class::NumberPlural | Class::Apostrophe if !pronoun => decades::decade(t, at, one, Part::Whole),
        Class::Word if !pronoun => {
            decades::nineties(t, at, one, Part::Whole).or_else(|| ordinals::ordinal_unit(t, at, one))
        }
        Class::Ordinal | Class::NumberOrdinal => {
            ordinals::ordinal_unit(t, at, one).or_else(|| if pronoun { None } else { the_day(t, at) })
        }
        Class::Cardinal | Class::Few | Class::Number if !pronoun => {
            // "the two days": the span takes the article only where a unit follows.
            duration::counted(t, at, one)
        }
        Class::Fiscal => ordinals::fiscal(t, at, one),
        Class::Early | Class::Mid | Class::Late | Class::Beginning | Class::Middle | Class::Ending => {
            modified(t, at, one)
        }
        Class::PartOfDay => clock::part_of_day(t, at, one),
        Class::Last | Class::Past => counted_run(t, at, one, -1)
            .or_else(|| ordinals::ordinal_unit(t, at, one))
            .or_else(|| if next == Class::Last { pointing(t, at, at + 2, Class::Last, false) } else { None })
            .or_else(|| {
                (next == Class::Past && !pronoun && matches!(t.class(at + 2), Class::Dot | Class::Comma | Class::Stop))
                    .then(|| Found::new(at, at + 2, Meaning::Vague("PAST_REF"), "vague"))
            }),
        Class::Next | Class::Coming => counted_run(t, at, one, 1).or_else(|| {
            pointing(t, at, at + 2, if next == Class::Next { Class::Following } else { Class::Next }, true)
        }),
        Class::Following | Class::Previous => {
            counted_run(t, at, one, 0).or_else(|| pointing(t, at, at + 2, next, true))
        }
        Class::Same => pointing(t, at, at + 2, Class::That, true),
        Class::Current if t.is(one, "latest") && unit_at(t, at + 2) == Some(Unit::Quarter) => {
            Some(Found::new(at, at + 3, Meaning::Quarter(0, Year::Missing, Which::Plain), "quarter"))
        }
        Class::Current => {
            if t.is(one, "current") {
                pointing(t, at, at + 2, Class::This, false)
            } else {
                None
            }
        }
        Class::Future if !pronoun => Some(Found::new(at, at + 2, Meaning::Vague("FUTURE_REF"), "vague")),
        Class::Weekend if !pronoun => Some(Found::new(at, at + 2, Meaning::Weekend(0, Base::Anchor), "weekend")),
        Class::Season if !pronoun => {
            let inner = absolute::date_at(t, one)?;
            Some(Found::new(at, inner.end, inner.meaning, inner.rule))
        }
        Class::Unit if !pronoun => the_unit(t, at),
        _ => None,
    }
}

/// "the 22nd", where no noun follows.
fn the_day(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at + 1);
    let led = matches!(
        t.before(at, 1).class,
        Class::On | Class::By | Class::Until | Class::Since | Class::From | Class::To | Class::And
    );
    let free = matches!(
        t.class(at + 2),
        Class::Comma | Class::Dot | Class::Stop | Class::Break | Class::End | Class::Close | Class::Dash
    );
    let day = token.class == Class::NumberOrdinal && (1..=31).contains(&token.value) && led && free;
    day.then(|| {
        Found::new(at, at + 2, Meaning::Civil(Fields { day: Some(token.value as i8), ..Fields::NONE }), "day-only")
    })
}

/// "the year 2000", "the week of May 9", "the month of May", "the day before", "the day after".
fn the_unit(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let unit = unit_at(t, at + 1)?;
    let two = at + 2;
    // "the year-ago quarter", "the year-earlier period"
    if unit == Unit::Year && t.class(two) == Class::Dash && matches!(t.class(at + 3), Class::Ago | Class::Earlier) {
        let noun = usize::from(t.is(at + 4, "quarter") || t.is(at + 4, "period"));
        return (noun > 0).then(|| Found::new(at, at + 4 + noun, step(Unit::Year, -1, Base::Reference), "later"));
    }
    match (unit, t.class(two)) {
        (Unit::Quarter, class) if class != Class::Of => {
            Some(Found::new(at, two, Meaning::Quarter(0, Year::Missing, Which::Plain), "quarter"))
        }
        (Unit::Year, Class::Number | Class::Cardinal) => {
            let (end, year) = crate::time::grammar::years::year_at(t, two)?;
            Some(Found::new(at, end, Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }), "year"))
        }
        (Unit::Month, Class::Of) => {
            let (end, meaning) = date_or_year(t, at + 3)?;
            Some(Found::new(at, end, meaning, "month"))
        }
        // "closed up 3 points for the day", "on the day"
        (Unit::Day, Class::Comma | Class::Dot | Class::At | Class::And)
            if t.class(at) == Class::The && (t.is(at.wrapping_sub(1), "for") || t.before(at, 1).class == Class::On) =>
        {
            Some(Found::new(at, two, step(Unit::Day, 0, Base::Reference), "narrative"))
        }
        (Unit::Day, Class::Before | Class::After) if t.class(at + 3) == Class::Today => {
            let inner = unit_first(t, at + 1)?;
            Some(Found::new(at, inner.end, inner.meaning, inner.rule))
        }
        (Unit::Day | Unit::Year | Unit::Month | Unit::Week, Class::Before | Class::After | Class::Following) => {
            let next = t.class(at + 3);
            let ends = matches!(next, Class::Comma | Class::Dot | Class::Stop | Class::Break | Class::End);
            let count = if t.class(two) == Class::Before { -1 } else { 1 };
            ends.then(|| Found::new(at, at + 3, step(unit, count, Base::Reference), "day-before"))
        }
        _ => None,
    }
}

/// "last three months", "past 24 hours", "next few days": durations that touch the publication date.
fn counted_run(t: &Tokens<'_>, first: usize, at: usize, sign: i32) -> Option<Found> {
    let (end, count) = match t.class(at + 1) {
        Class::Units => (at + 1, Count::Some),
        Class::Unit if t.class(at) == Class::Past => (at + 1, Count::Exactly(1)),
        Class::Article => return None,
        _ => duration::count_at(t, at + 1)?,
    };
    let end = end + usize::from(t.class(end) == Class::Of);
    let unit = unit_at(t, end)?;
    if t.class(end) == Class::Unit && count != Count::Exactly(1) {
        return None;
    }
    let days = if t.class(at) == Class::Following || t.class(at) == Class::Previous {
        None
    } else {
        duration::days_in(count, unit).map(|d| d.saturating_mul(sign))
    };
    Some(Found::new(first, end + 1, Meaning::Duration(duration::duration_value(count, unit), days), "duration"))
}

/// What "last", "next", "this", "that", "previous" or "following" points at: `at` is the token after it. `narrated` tells
/// an article before it or a word that never counts from the publication date ("the next day").
fn pointing(t: &Tokens<'_>, first: usize, at: usize, class: Class, narrated: bool) -> Option<Found> {
    let (count, base, which) = match class {
        Class::Last => (-1, Base::Anchor, Which::Last),
        Class::Next => (1, Base::Anchor, Which::Next),
        Class::This => (0, Base::Anchor, Which::This),
        Class::That => (0, Base::Reference, Which::That),
        Class::Previous => (-1, Base::Reference, Which::Last),
        Class::Following => (1, Base::Reference, Which::Next),
        _ => return None,
    };
    let token = t.at(at);
    let rule = if base == Base::Reference { "narrative" } else { "relative" };
    let found = |end, meaning| Some(Found::new(first, end, meaning, rule));
    match token.class {
        Class::Unit => {
            let unit = unit_at(t, at)?;
            // "this time", "that second"; "the same day" may have a part of the day behind it.
            if unit <= Unit::Hour {
                return None;
            }
            // "the last day of the siege", "its last day"
            if class == Class::Last && unit == Unit::Day {
                return None;
            }
            if class == Class::This && unit == Unit::Day {
                return found(at + 1, step(unit, 0, Base::Reference));
            }
            // "the same year-ago period"
            if t.class(at + 1) == Class::Dash && matches!(t.class(at + 2), Class::Ago | Class::Earlier) {
                return None;
            }
            // "over the next decade" is a length of time.
            let over = t.before(first, 1).class == Class::During || t.is(first.wrapping_sub(1), "within");
            if over
                && unit > Unit::Day
                && first + 1 < at
                && matches!(class, Class::Following)
                && t.class(at - 1) == Class::Next
            {
                let days = duration::days_in(Count::Exactly(1), unit);
                let value = duration::duration_value(Count::Exactly(1), unit);
                return Some(Found::new(first, at + 1, Meaning::Duration(value, days), "duration"));
            }
            // "the last year of the war" is none of last year.
            if t.class(at + 1) == Class::Of && matches!(class, Class::Last | Class::Following) && first + 1 < at {
                return None;
            }
            // "last year's third quarter"
            if unit == Unit::Year {
                let possessive = usize::from(t.class(at + 1) == Class::Apostrophe) * 2;
                if possessive > 0
                    && t.is(at + 2, "s")
                    && let Some(inner) = ordinals::ordinal_unit(t, at + 3, at + 3)
                    && let Meaning::Quarter(n, Year::Missing, which) = inner.meaning
                {
                    let year = if base == Base::Anchor { Year::FromAnchor(count) } else { Year::FromReference(count) };
                    return found(inner.end, Meaning::Quarter(n, year, which));
                }
            }
            if unit == Unit::Quarter {
                return found(at + 1, Meaning::Step { unit, count, base, part: Part::Whole, clock: Clock::None });
            }
            found(at + 1, step(unit, count, base))
        }
        Class::Fiscal if t.class(at + 1) == Class::Unit => found(at + 2, step(Unit::Year, count, base)),
        Class::PartOfDay if token.value <= 4 => {
            let clock = Clock::Part(token.value as i16);
            found(at + 1, Meaning::Step { unit: Unit::Day, count, base, part: Part::Whole, clock })
        }
        Class::Weekend => found(at + 1, Meaning::Weekend(count, base)),
        Class::Weekday => {
            let inner = absolute::date_at(t, at)?;
            found(inner.end, pointed(inner.meaning, which))
        }
        Class::Month => {
            let (end, meaning) = date_or_year(t, at)?;
            // "noted that May is mild" has no month pointed at.
            let joins = class == Class::That
                && !matches!(
                    t.before(first, 1).class,
                    Class::In | Class::Of | Class::By | Class::During | Class::Until | Class::From
                );
            if !joins && (!narrated || class != Class::That) { found(end, pointed(meaning, which)) } else { None }
        }
        Class::Season => {
            let season = Fields { season: Some(token.value as i16), which, ..Fields::NONE };
            let season =
                if base == Base::Reference { Fields { year: Year::FromReference(0), ..season } } else { season };
            found(at + 1, Meaning::Civil(season))
        }
        Class::Holiday => {
            let inner = absolute::date_at(t, at)?;
            let Meaning::Holiday(day, Year::Missing, shift) = inner.meaning else { return None };
            let year = if class == Class::Last { Year::Missing } else { Year::FromAnchor(count) };
            found(inner.end, Meaning::Holiday(day, year, shift))
        }
        _ => None,
    }
}
