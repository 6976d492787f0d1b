//! Years: in digits, in words, before the common era, and what only looks like one.

use crate::lang::time::{Class, Sense, Unit, WordEnding, ends_as};
use crate::time::grammar::decades::century_of_short;
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Year};
use crate::time::words::tokens::Tokens;

/// A year in four digits or in words where one is due: (the token after it, the year).
pub(crate) fn year_at(t: &Tokens<'_>, at: usize) -> Option<(usize, i32)> {
    let token = t.at(at);
    match token.class {
        Class::Number if token.digits == 4 && !token.glued && (1000..=2100).contains(&token.value) => {
            let decimal = t.class(at + 1) == Class::Dot
                && t.touches_next(at)
                && t.touches_next(at + 1)
                && t.class(at + 2) == Class::Number;
            (!decimal && !matches!(t.class(at + 1), Class::Zone | Class::Percent)).then_some((at + 1, token.value))
        }
        Class::Cardinal => year_in_words(t, at),
        _ => None,
    }
}

/// The year that belongs to the month, day or season before `at`: "2025", ", 2025", "of 2025", "last year", "of that
/// year", "'99", "202 BC".
pub(crate) fn year_after(t: &Tokens<'_>, at: usize) -> Option<(usize, Year)> {
    let mut next = at;
    if matches!(t.class(next), Class::Comma | Class::Of) {
        next += 1;
    }
    next += usize::from(t.class(next) == Class::In && t.class(next + 1) == Class::Number);
    if let Some((end, year)) = year_at(t, next)
        && !(t.class(next - 1) == Class::Comma && t.class(next) != Class::Number)
    {
        if let Some((end, true)) = era_after(t, end) {
            return Some((end, Year::Bc(year)));
        }
        return Some((end, Year::Given(year)));
    }
    let token = t.at(next);
    if token.class == Class::Number
        && token.digits <= 3
        && !token.glued
        && let Some((end, bc)) = era_after(t, next + 1)
    {
        return Some((end, if bc { Year::Bc(token.value) } else { Year::Given(token.value) }));
    }
    if token.class == Class::Apostrophe
        && t.touches_next(next)
        && t.at(next + 1).digits == 2
        && t.class(next + 1) == Class::Number
        && t.stands_free(next)
    {
        let year = t.at(next + 1).value;
        return Some((next + 2, Year::Given(century_of_short(year) + year)));
    }
    let comma = t.class(next.wrapping_sub(1)) == Class::Comma;
    let article = usize::from(t.class(next) == Class::The);
    let word = t.class(next + article);
    let of_year = |at: usize| t.class(at) == Class::Unit && t.at(at).value == Unit::Year as i32;
    if comma || !(of_year(next + article + 1) || matches!(word, Class::Same | Class::That)) {
        return None;
    }
    // "May last year's": the possessive belongs to the noun after it and changes nothing.
    match word {
        Class::Last | Class::Past if article == 0 => Some((next + 2, Year::FromAnchor(-1))),
        Class::This | Class::Current => Some((next + article + 2, Year::FromAnchor(0))),
        Class::Next if article == 0 => Some((next + 2, Year::FromAnchor(1))),
        Class::Next | Class::Following => Some((next + article + 2, Year::FromReference(1))),
        Class::Previous => Some((next + article + 2, Year::FromReference(-1))),
        Class::That | Class::Same => {
            let mut at = next + article + 1;
            at += usize::from(t.class(at) == Class::Same);
            of_year(at).then_some((at + 1, Year::FromReference(0)))
        }
        _ => None,
    }
}

/// "BC", "B.C.", "AD", "CE" after a number: (the token after it, whether it is before the common era).
pub(crate) fn era_after(t: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    match t.class(at) {
        Class::Bc => Some((at + 1, true)),
        Class::Ad if t.at(at).shouted => Some((at + 1, false)),
        _ => {
            let (class, _) = t.two_letters(at).filter(|_| t.touches_next(at + 1))?;
            let bc = class == Class::Bc;
            (bc || class == Class::Ad).then(|| {
                let end = at + 3;
                let closed = t.class(end) == Class::Dot && t.touches_next(end - 1) && t.class(end + 1) != Class::Break;
                (end + usize::from(closed), bc)
            })
        }
    }
}

/// "nineteen ninety-six", "nineteen eighty", "two thousand", "two thousand and one".
pub(crate) fn year_in_words(t: &Tokens<'_>, at: usize) -> Option<(usize, i32)> {
    let first = t.at(at);
    if first.class != Class::Cardinal {
        return None;
    }
    let second = t.at(at + 1);
    if first.value == 2 && second.class == Class::Hundred && second.value == 1000 && first.sense == Sense::Plain {
        let mut next = at + 2;
        next += usize::from(t.class(next) == Class::And);
        if let Some((end, n)) = below_hundred(t, next)
            && !matches!(t.class(end), Class::Units | Class::Measure)
        {
            return Some((end, 2000 + n));
        }
        let year = matches!(t.before(at, 1).class, Class::Unit) && t.before(at, 1).value == Unit::Year as i32;
        return year.then_some((at + 2, 2000));
    }
    if !(13..=20).contains(&first.value) {
        return None;
    }
    let (end, n) = below_hundred(t, at + 1)?;
    (n >= 10).then_some((end, first.value * 100 + n))
}

/// A number from 1 to 99 in words.
pub(crate) fn below_hundred(t: &Tokens<'_>, at: usize) -> Option<(usize, i32)> {
    let token = t.at(at);
    if token.class != Class::Cardinal || matches!(token.sense, Sense::Collective | Sense::CollectiveOf) {
        return None;
    }
    if token.value >= 20 {
        let dash = usize::from(t.class(at + 1) == Class::Dash);
        let unit = t.at(at + 1 + dash);
        if unit.class == Class::Cardinal && (1..=9).contains(&unit.value) {
            return Some((at + 2 + dash, token.value + unit.value));
        }
    }
    Some((at + 1, token.value))
}

/// A year with era, or in four digits, after a word that asks for one ("early", "the end of").
pub(crate) fn plain_year(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    if token.class != Class::Number || token.glued {
        return None;
    }
    if let Some((end, bc)) = era_after(t, at + 1) {
        let year = if bc { Year::Bc(token.value) } else { Year::Given(token.value) };
        return Some(Expression::new(at, end, Meaning::Civil(Fields { year, ..Fields::NONE }), "year-era"));
    }
    let (end, year) = year_at(t, at)?;
    Some(Expression::new(at, end, Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }), "year"))
}

/// A year by itself, where it is not a count, a number of something, a price or a time.
pub(crate) fn lone_year(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    if token.class != Class::Number || token.glued {
        return None;
    }
    let mut found = plain_year(t, at)?;
    if found.rule == "year" {
        if !looks_like_year(t, at) {
            return None;
        }
        if let Meaning::Civil(fields) = &mut found.meaning {
            fields.aside = names_something(t, at);
        }
    }
    Some(found)
}

/// Whether a year stands before a noun ("the 2019 attack") or alone in parentheses.
fn names_something(t: &Tokens<'_>, at: usize) -> bool {
    let before = t.before(at, 1).class;
    let after = t.class(at + 1);
    before == Class::Open && after == Class::Close
        || after == Class::Word
            && matches!(before, Class::The | Class::Article | Class::Pronoun | Class::Apostrophe | Class::Word)
}

fn looks_like_year(t: &Tokens<'_>, at: usize) -> bool {
    let year = t.at(at).value;
    let before = t.before(at, 1);
    let next = t.at(at + 1);
    let free = t.stands_free(at);
    match before.class {
        Class::Currency | Class::Numbered | Class::Grouped => return false,
        Class::Dot if matches!(t.before(at, 2).class, Class::Numbered) => return false,
        Class::Dot | Class::Colon | Class::Slash | Class::Comma if !free && t.before(at, 2).class == Class::Number => {
            return false;
        }
        Class::Word
            if before.sense == Sense::Than && !matches!(t.before(at, 2).class, Class::Earlier | Class::Later) =>
        {
            return false;
        }
        Class::Dash if !free => {
            // "F-1900" and "Mi-2000" are models; "mid-1945" and "post-1990" are not.
            let prefix = t.before(at, 2);
            if prefix.class as u8 >= Class::Word as u8
                && prefix.end == before.start
                && prefix.class != Class::Month
                && prefix.sense != Sense::YearPrefix
            {
                return false;
            }
        }
        _ => {}
    }
    match next.class {
        Class::Percent | Class::Units | Class::Hundred | Class::Zone | Class::Grouped | Class::OClock => return false,
        Class::Measure if !next.capital => return false,
        Class::Unit => return false,
        Class::Dot | Class::Comma | Class::Colon | Class::Slash
            if t.touches_next(at)
                && t.touches_next(at + 1)
                && t.class(at + 2) == Class::Number
                && t.at(at + 2).digits < 4 =>
        {
            return false;
        }
        Class::Dash if t.touches_next(at) && t.touches_next(at + 1) => {
            let what = t.at(at + 2);
            if matches!(what.class, Class::Unit | Class::Measure | Class::Number)
                && !(what.class == Class::Number && what.digits == 4)
            {
                return false;
            }
        }
        _ => {}
    }
    let led = matches!(
        before.class,
        Class::In
            | Class::Since
            | Class::Of
            | Class::From
            | Class::Until
            | Class::By
            | Class::During
            | Class::Before
            | Class::After
            | Class::Between
            | Class::Early
            | Class::Mid
            | Class::Late
            | Class::The
            | Class::Month
            | Class::Season
            | Class::Open
            | Class::Pronoun
            | Class::Apostrophe
    );
    let counted = next.class == Class::Word
        && !next.capital
        && next.sense != Sense::NoPlural
        && ends_as(t.word(at + 1), WordEnding::Plural);
    let owned =
        matches!(before.class, Class::The | Class::Pronoun | Class::Apostrophe) || before.sense == Sense::Possessive;
    if counted && !owned && (year % 100 == 0 || !(1900..=2030).contains(&year) || before.class == Class::About) {
        return false;
    }
    let led = led
        || matches!(before.class, Class::And | Class::To | Class::Or | Class::Dash | Class::Comma | Class::Through)
            && (0..6).any(|n| {
                let earlier = t.before(at, n + 1);
                earlier.class == Class::Number && earlier.digits == 4 && (1000..=2100).contains(&earlier.value)
            });
    if (1900..=2030).contains(&year) {
        return !(before.class == Class::About && next.class == Class::Word && !next.capital);
    }
    let heading = matches!(before.class, Class::Break | Class::End)
        && matches!(next.class, Class::Break | Class::Dash | Class::Colon);
    let about = before.class == Class::About && next.class != Class::Word;
    led && !(before.class == Class::Of && next.class == Class::Word && !next.capital) || heading || about
}

/// "1915-16", "1914-1918", "2014/15", "149-146 BC": two years.
pub(crate) fn year_range(t: &Tokens<'_>, at: usize, many: &mut Vec<Expression>) -> bool {
    let (a, b) = (t.at(at), t.at(at + 2));
    if a.class != Class::Number || b.class != Class::Number || a.glued || b.glued {
        return false;
    }
    if !matches!(t.class(at + 1), Class::Dash | Class::Slash | Class::To | Class::And) {
        return false;
    }
    let push = |many: &mut Vec<Expression>, first: Year, last: Year, end: usize| {
        let meaning = |year| Meaning::Civil(Fields { year, ..Fields::NONE });
        many.push(Expression::new(at, at + 1, meaning(first), "year-range"));
        many.push(Expression::new(at + 2, end, meaning(last), "year-range"));
        true
    };
    if let Some((end, true)) = era_after(t, at + 3) {
        return a.value > 0 && b.value > 0 && push(many, Year::Bc(a.value), Year::Bc(b.value), end);
    }
    let touching = t.touches_next(at) && t.touches_next(at + 1);
    let short = b.digits == 2
        && a.digits == 4
        && matches!(t.class(at + 1), Class::Dash | Class::Slash)
        && touching
        && a.value % 100 < b.value;
    if short
        && (1000..=2100).contains(&a.value)
        && (looks_like_year(t, at) || looks_like_range(t, at))
        && !matches!(t.class(at + 3), Class::Percent | Class::Measure | Class::Units)
    {
        return push(many, Year::Given(a.value), Year::Given(a.value / 100 * 100 + b.value), at + 3);
    }
    false
}

/// Whether nothing around a pair of numbers speaks against years.
fn looks_like_range(t: &Tokens<'_>, at: usize) -> bool {
    let before = t.before(at, 1);
    let bad = matches!(before.class, Class::Currency | Class::Numbered)
        || !t.stands_free(at) && matches!(before.class, Class::Dash | Class::Dot | Class::Slash);
    let goes_on = matches!(t.class(at + 3), Class::Dash | Class::Slash) && t.touches_next(at + 2);
    !bad && !goes_on
}
