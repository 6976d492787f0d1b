//! Calendar expressions: days, months, years, decades, centuries, named days.

use crate::lang::time::{AUTUMN, Class, Sense};
use crate::time::grammar::meaning::{Clock, Expression, Fields, Meaning, Which, Year};
use crate::time::grammar::named;
use crate::time::grammar::numeric;
use crate::time::grammar::years;
use crate::time::grammar::years::{year_after, year_at};
use crate::time::words::token::Token;
use crate::time::words::tokens::Tokens;

/// The month named at `at`, with the dot of its abbreviation: (the token after it, the month).
pub(crate) fn month_at(t: &Tokens<'_>, at: usize) -> Option<(usize, i8)> {
    let token = t.at(at);
    let month = i8::try_from(token.value).ok()?;
    match token.class {
        Class::Month => Some((at + 1, month)),
        Class::MonthAbbr if t.class(at + 1) == Class::Dot => Some((at + 2, month)),
        Class::MonthAbbr if token.sense != Sense::Dotted => Some((at + 1, month)),
        _ => None,
    }
}

/// Whether a month without a capital is more often a verb.
fn is_verb(token: Token) -> bool {
    !token.capital && matches!(token.sense, Sense::Verb | Sense::ModalVerb)
}

/// A day of the month in digits or as an ordinal: (the token after it, the day). `ordinal_words` admits "tenth".
pub(crate) fn day_at(t: &Tokens<'_>, at: usize, ordinal_words: bool) -> Option<(usize, i8)> {
    let token = t.at(at);
    let day = i8::try_from(token.value).ok().filter(|d| (1..=31).contains(d))?;
    match token.class {
        Class::Number if token.digits <= 2 && !token.glued => Some((at + 1, day)),
        Class::NumberOrdinal if !token.glued => Some((at + 1, day)),
        Class::Ordinal if ordinal_words => Some((at + 1, day)),
        Class::Cardinal if ordinal_words && (day == 20 || day == 30) => {
            // "twenty-first"
            let dash = usize::from(t.class(at + 1) == Class::Dash);
            let unit = t.at(at + 1 + dash);
            (unit.class == Class::Ordinal && unit.value <= 9 && day + unit.value as i8 <= 31)
                .then_some((at + 2 + dash, day + unit.value as i8))
        }
        _ => None,
    }
}

/// Whether the number at `at` counts something, and so is no day and no year.
pub(crate) fn counts_something(t: &Tokens<'_>, at: usize) -> bool {
    let next = t.at(at + 1);
    match next.class {
        Class::Percent | Class::Measure | Class::Units | Class::Hundred | Class::Currency => !next.capital,
        Class::Unit => true,
        Class::Dot | Class::Comma | Class::Colon => {
            t.touches_next(at) && t.touches_next(at + 1) && matches!(t.class(at + 2), Class::Number)
        }
        Class::Dash => t.touches_next(at) && matches!(t.class(at + 2), Class::Unit | Class::Measure),
        Class::Slash => t.touches_next(at) && t.class(at + 2) == Class::Number,
        _ => false,
    }
}

/// A calendar date that begins at `at`: weekday, month, day, year, in English order or that of numbers first.
pub(crate) fn date_at(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let (end, fields, rule) = match t.class(at) {
        Class::Month | Class::MonthAbbr => month_first(t, at, true)?,
        Class::Weekday | Class::WeekdayAbbr => return weekday_first(t, at),
        Class::Number | Class::NumberOrdinal | Class::Ordinal | Class::Cardinal => match day_first(t, at) {
            Some(found) => found,
            None => return word_year(t, at),
        },
        Class::Season => season_at(t, at)?,
        Class::Holiday => return named::holiday_at(t, at),
        Class::Ad => {
            let token = t.at(at + 1);
            let ad =
                t.at(at).shouted && token.class == Class::Number && !token.glued && (1..=2100).contains(&token.value);
            (ad.then_some(at + 2)?, Fields { year: Year::Given(token.value), ..Fields::NONE }, "year-era")
        }
        _ => return None,
    };
    Some(Expression::new(at, end, Meaning::Civil(fields), rule))
}

/// "May 10, 2025", "May 2025", "May 10", "May". Where `alone`, a month by itself must look like one.
pub(crate) fn month_first(t: &Tokens<'_>, at: usize, alone: bool) -> Option<(usize, Fields, &'static str)> {
    let (after, month) = month_at(t, at)?;
    let token = t.at(at);
    let mut fields = Fields { month: Some(month), ..Fields::NONE };
    let day = match day_at(t, after, true) {
        // In languages that write months small, the number behind one counts something else.
        _ if token.is_small_name() => None,
        Some(day) if !counts_something(t, day.0 - 1) || two_days(t, day.0) => Some(day),
        _ if t.class(after) == Class::The => day_at(t, after + 1, true).filter(|d| t.class(d.0 - 1) != Class::Number),
        _ => None,
    };
    if let Some((end, day)) = day {
        // "march 10 miles" and "may 10 of them" are caught by what is counted; lower case needs a year or a full name.
        let (end, year) = match year_after(t, end) {
            Some(found) => found,
            None => (end, Year::Missing),
        };
        if year == Year::Missing && is_verb(token) {
            return None;
        }
        fields.day = Some(day);
        fields.year = year;
        return Some((end, fields, "month-day"));
    }
    if let Some((end, year)) = year_after(t, after) {
        if !token.is_written_as_name() && matches!(year, Year::FromAnchor(_) | Year::FromReference(_)) {
            return None;
        }
        fields.year = year;
        return Some((end, fields, "month-year"));
    }
    if alone && !month_stands_alone(t, at, after) {
        return None;
    }
    Some((after, fields, "month"))
}

/// Whether a day is followed by the next one, as in "the night of May 6/7"; `at` is the token after it.
fn two_days(t: &Tokens<'_>, at: usize) -> bool {
    let next = t.at(at + 1);
    let one_more = next.class == Class::Number && next.value == t.before(at, 1).value + 1;
    t.class(at) == Class::Slash && one_more && t.class(at + 2) != Class::Slash
}

/// Whether a month's name without day and year is a month, and not a verb, a name or a surname.
fn month_stands_alone(t: &Tokens<'_>, at: usize, after: usize) -> bool {
    let token = t.at(at);
    if !token.capital || token.is_small_name() {
        return false;
    }
    let before = t.before(at, 1);
    let led = matches!(
        before.class,
        Class::In
            | Class::Of
            | Class::Since
            | Class::Until
            | Class::Last
            | Class::Next
            | Class::This
            | Class::Early
            | Class::Mid
            | Class::Late
            | Class::By
            | Class::From
            | Class::Through
            | Class::During
            | Class::Between
            | Class::Each
            | Class::Before
            | Class::After
            | Class::Previous
            | Class::Following
            | Class::Coming
    ) || before.class == Class::Dash && t.before(at, 2).class == Class::Mid
        || matches!(before.class, Class::To | Class::And | Class::Or | Class::Dash | Class::Comma)
            && (t.before(at, 2).class == Class::Month || t.before(at, 2).class == Class::Number);
    match token.class {
        Class::MonthAbbr => led && (t.class(after - 1) == Class::Dot || token.value == 9),
        Class::Month if matches!(token.sense, Sense::Verb | Sense::ModalVerb) => {
            let surname = t.class(after) == Class::Word && t.at(after).capital && before.class != Class::In;
            led && (!surname || matches!(before.class, Class::Last | Class::This | Class::Next))
                || before.class == Class::The && t.class(after) == Class::Word && !t.at(after).capital && !token.shouted
        }
        // "June said", "April Jones", "August Wilson": names of people stand before a capital or after one.
        Class::Month => {
            let after_name = before.class == Class::Word && before.capital && !before.shouted && at > 0;
            let before_name = token.sense == Sense::GivenName && t.class(after) == Class::Word && t.at(after).capital;
            led || !(after_name || before_name)
        }
        _ => false,
    }
}

/// "10 May 2025", "10th of May", "the tenth of May" (from its ordinal on).
fn day_first(t: &Tokens<'_>, at: usize) -> Option<(usize, Fields, &'static str)> {
    let (after, day) = day_at(t, at, true)?;
    if t.before(at, 1).class == Class::Currency && !t.stands_free(at) {
        return None;
    }
    let month_at_token = match t.class(after) {
        Class::Of if t.class(at) != Class::Number => after + 1,
        Class::Dash if t.touches_next(after) => after + 1,
        _ => after,
    };
    let (end, month) = month_at(t, month_at_token)?;
    let token = t.at(month_at_token);
    let fields = Fields { month: Some(month), day: Some(day), ..Fields::NONE };
    // "10-May-2025"
    let end_of_year =
        if t.class(end) == Class::Dash { year_at(t, end + 1).map(|(e, y)| (e, Year::Given(y))) } else { None };
    if let Some((end, year)) = end_of_year.or_else(|| year_after(t, end)) {
        return Some((end, Fields { year, ..fields }, "day-month"));
    }
    // "five 20 mar": a month in lower case without year is none; "the first May" is a month of its own.
    if is_verb(token) || t.class(at) == Class::Ordinal && t.class(after) != Class::Of {
        return None;
    }
    // "on 10 May 12 people were killed": the month belongs to the day before it, never to the count after.
    Some((end, fields, "day-month"))
}

/// "Friday", "Friday, May 9, 2025", "Friday 9 May", "Friday morning", "Friday the 13th".
fn weekday_first(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at);
    let weekday = u8::try_from(token.value).ok()?;
    let abbreviated = token.class == Class::WeekdayAbbr;
    if !token.is_written_as_name() {
        return None;
    }
    let mut next = at + 1;
    if abbreviated && t.class(next) == Class::Dot {
        next += 1;
    }
    let mut date = next + usize::from(t.class(next) == Class::Comma);
    let mut clock = Clock::None;
    if t.class(date) == Class::PartOfDay {
        clock = Clock::PartOfDay(t.at(date).value as i16);
        date += 1 + usize::from(t.class(date + 1) == Class::Comma);
    }
    date += usize::from(t.class(date) == Class::The || t.class(date) == Class::On);
    let dated = match t.class(date) {
        Class::Month | Class::MonthAbbr => month_first(t, date, false).filter(|(_, f, _)| f.day.is_some()),
        Class::Number | Class::NumberOrdinal => day_first(t, date),
        _ => None,
    };
    if let Some((end, fields, _)) = dated {
        let fields = Fields { weekday: Some(weekday), clock, ..fields };
        return Some(Expression::new(at, end, Meaning::Civil(fields), "weekday-date"));
    }
    if token.is_small_name()
        || abbreviated
            && !(t.class(at + 1) == Class::Dot
                && matches!(t.before(at, 1).class, Class::On | Class::Last | Class::Next))
    {
        return None;
    }
    // Names: newspapers, "Black Friday", "Bloody Sunday".
    let follows = t.at(next);
    if follows.class == Class::Newspaper && follows.capital && !token.shouted {
        return None;
    }
    let before = t.before(at, 1);
    if !token.shouted && before.capital && before.sense == Sense::NamesWeekday {
        return None;
    }
    let fields = Fields { weekday: Some(weekday), ..Fields::NONE };
    if follows.class == Class::PartOfDay && matches!(follows.value, 0..=4 | 7) {
        // "Saturday Night Live"
        if follows.capital && !follows.shouted && t.class(next + 1) == Class::Word && t.at(next + 1).capital {
            return None;
        }
        let fields = Fields { clock: Clock::PartOfDay(follows.value as i16), ..fields };
        return Some(Expression::new(at, next + 1, Meaning::Civil(fields), "weekday-part"));
    }
    Some(Expression::new(at, next, Meaning::Civil(fields), "weekday"))
}

/// "spring 2019", "the summer of 1943", "winter of that year"; a season alone only where something leads to it.
fn season_at(t: &Tokens<'_>, at: usize) -> Option<(usize, Fields, &'static str)> {
    let token = t.at(at);
    let fields = Fields { season: Some(token.value as i16), ..Fields::NONE };
    let before = t.before(at, 1).class;
    let may_be_verb = token.sense == Sense::SeasonVerb;
    let verb = may_be_verb && t.class(at + 1) == Class::In && before != Class::The;
    if let Some((end, year)) = year_after(t, at + 1).filter(|_| !verb) {
        return Some((end, Fields { year, ..fields }, "season-year"));
    }
    let led = matches!(
        before,
        Class::In
            | Class::Last
            | Class::Next
            | Class::This
            | Class::Until
            | Class::Since
            | Class::During
            | Class::By
            | Class::Early
            | Class::Mid
            | Class::Late
            | Class::Before
            | Class::Coming
            | Class::Following
            | Class::That
    ) || before == Class::The && token.value != AUTUMN;
    // "in fall" is rare; "fall of Berlin", "fall in prices" and "prices fall in 1987" are not.
    let verb = may_be_verb && matches!(t.class(at + 1), Class::Of | Class::In | Class::Word);
    (led && !verb).then_some((at + 1, fields, "season"))
}

/// "nineteen ninety-six", "two thousand and one".
fn word_year(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let (end, year) = years::year_in_words(t, at)?;
    Some(Expression::new(at, end, Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }), "year-words"))
}

/// A calendar date for which a modifier or a part of the day asks ("early", "the night of"): anything that [`date_at`]
/// reads, or a lone year.
pub(crate) fn date_or_year(t: &Tokens<'_>, at: usize) -> Option<(usize, Meaning)> {
    let found = match t.class(at) {
        Class::Month | Class::MonthAbbr => {
            let (end, fields, rule) = month_first(t, at, false)?;
            t.at(at).is_written_as_name().then(|| Expression::new(at, end, Meaning::Civil(fields), rule))
        }
        Class::Season => {
            let (end, year) = year_after(t, at + 1).unwrap_or((at + 1, Year::Missing));
            let fields = Fields { season: Some(t.at(at).value as i16), year, ..Fields::NONE };
            Some(Expression::new(at, end, Meaning::Civil(fields), "season"))
        }
        Class::Number if t.at(at).digits >= 3 => numeric::numeric(t, at).or_else(|| years::plain_year(t, at)),
        _ => date_at(t, at).or_else(|| numeric::numeric(t, at)),
    }?;
    Some((found.end, found.meaning))
}

/// The same with something set in its fields.
pub(crate) fn with(meaning: Meaning, change: impl FnOnce(&mut Fields)) -> Meaning {
    match meaning {
        Meaning::Civil(mut fields) => {
            change(&mut fields);
            Meaning::Civil(fields)
        }
        other => other,
    }
}

/// A month or weekday that "last", "next", "this" or "that" stands before.
pub(crate) fn pointed(meaning: Meaning, which: Which) -> Meaning {
    with(meaning, |f| f.which = which)
}
