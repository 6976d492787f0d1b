//! Calendar expressions: days, months, years, decades, centuries, named days.

use super::lexicon::{BOXING_DAY, Class, HOLIDAY_EASTER, HOLIDAY_THANKSGIVING, Unit};
use super::timex::{Clock, Fields, Found, Meaning, Part, Which, Year};
use super::token::Tokens;
use super::years::{year_after, year_at};

/// The month named at `at`, with the dot of its abbreviation: (the token after it, the month).
pub(super) fn month_at(t: &Tokens<'_>, at: usize) -> Option<(usize, i8)> {
    let token = t.at(at);
    let month = i8::try_from(token.value).ok()?;
    match token.class {
        Class::Month => Some((at + 1, month)),
        Class::MonthAbbr => Some((if t.class(at + 1) == Class::Dot { at + 2 } else { at + 1 }, month)),
        _ => None,
    }
}

/// A day of the month in digits or as an ordinal: (the token after it, the day). `ordinal_words` admits "tenth".
pub(super) fn day_at(t: &Tokens<'_>, at: usize, ordinal_words: bool) -> Option<(usize, i8)> {
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
pub(super) fn counts_something(t: &Tokens<'_>, at: usize) -> bool {
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
pub(super) fn date_at(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let (end, fields, rule) = match t.class(at) {
        Class::Month | Class::MonthAbbr => month_first(t, at, true)?,
        Class::Weekday | Class::WeekdayAbbr => return weekday_first(t, at),
        Class::Number | Class::NumberOrdinal | Class::Ordinal | Class::Cardinal => match day_first(t, at) {
            Some(found) => found,
            None => return word_year(t, at),
        },
        Class::Season => season_at(t, at)?,
        Class::Holiday => return holiday_at(t, at),
        Class::Ad => {
            let token = t.at(at + 1);
            let ad =
                t.at(at).shouted && token.class == Class::Number && !token.glued && (1..=2100).contains(&token.value);
            (ad.then_some(at + 2)?, Fields { year: Year::Given(token.value), ..Fields::NONE }, "year-era")
        }
        _ => return None,
    };
    Some(Found::new(at, end, Meaning::Civil(fields), rule))
}

/// "May 10, 2025", "May 2025", "May 10", "May". Where `alone`, a month by itself must look like one.
pub(super) fn month_first(t: &Tokens<'_>, at: usize, alone: bool) -> Option<(usize, Fields, &'static str)> {
    let (after, month) = month_at(t, at)?;
    let token = t.at(at);
    let mut fields = Fields { month: Some(month), ..Fields::NONE };
    let day = match day_at(t, after, true) {
        Some(day) if !counts_something(t, day.0 - 1) => Some(day),
        _ if t.class(after) == Class::The => day_at(t, after + 1, true).filter(|d| t.class(d.0 - 1) != Class::Number),
        _ => None,
    };
    if let Some((end, day)) = day {
        // "march 10 miles" and "may 10 of them" are caught by what is counted; lower case needs a year or a full name.
        let (end, year) = match year_after(t, end) {
            Some(found) => found,
            None => (end, Year::Missing),
        };
        if !token.capital && year == Year::Missing && matches!(month, 3 | 5) {
            return None;
        }
        fields.day = Some(day);
        fields.year = year;
        return Some((end, fields, "month-day"));
    }
    if let Some((end, year)) = year_after(t, after) {
        if !token.capital && matches!(year, Year::FromAnchor(_) | Year::FromReference(_)) {
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

/// Whether a month's name without day and year is a month, and not a verb, a name or a surname.
fn month_stands_alone(t: &Tokens<'_>, at: usize, after: usize) -> bool {
    let token = t.at(at);
    if !token.capital {
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
        Class::Month if matches!(token.value, 3 | 5) => {
            let surname = t.class(after) == Class::Word && t.at(after).capital && before.class != Class::In;
            led && (!surname || matches!(before.class, Class::Last | Class::This | Class::Next))
                || before.class == Class::The && t.class(after) == Class::Word && !t.at(after).capital && !token.shouted
        }
        // "June said", "April Jones", "August Wilson": names of people stand before a capital or after one.
        Class::Month => {
            let after_name = before.class == Class::Word && before.capital && !before.shouted && at > 0;
            let before_name = matches!(token.value, 4 | 6 | 8) && t.class(after) == Class::Word && t.at(after).capital;
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
    if !token.capital && matches!(month, 3 | 5) || t.class(at) == Class::Ordinal && t.class(after) != Class::Of {
        return None;
    }
    // "on 10 May 12 people were killed": the month belongs to the day before it, never to the count after.
    Some((end, fields, "day-month"))
}

/// "Friday", "Friday, May 9, 2025", "Friday 9 May", "Friday morning", "Friday the 13th".
fn weekday_first(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at);
    let weekday = u8::try_from(token.value).ok()?;
    let abbreviated = token.class == Class::WeekdayAbbr;
    if !token.capital {
        return None;
    }
    let mut next = at + 1;
    if abbreviated && t.class(next) == Class::Dot {
        next += 1;
    }
    let mut date = next + usize::from(t.class(next) == Class::Comma);
    let mut clock = Clock::None;
    if t.class(date) == Class::PartOfDay {
        clock = Clock::Part(t.at(date).value as i16);
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
        return Some(Found::new(at, end, Meaning::Civil(fields), "weekday-date"));
    }
    if abbreviated
        && !(t.class(at + 1) == Class::Dot && matches!(t.before(at, 1).class, Class::On | Class::Last | Class::Next))
    {
        return None;
    }
    // Names: newspapers, "Black Friday", "Bloody Sunday".
    let follows = t.at(next);
    if follows.class == Class::Newspaper && follows.capital && !token.shouted {
        return None;
    }
    let before = t.before(at, 1);
    if !token.shouted
        && before.capital
        && ["bloody", "black", "good", "ash", "holy", "palm", "super", "cyber"].iter().any(|w| t.is(at - 1, w))
    {
        return None;
    }
    let fields = Fields { weekday: Some(weekday), ..Fields::NONE };
    if follows.class == Class::PartOfDay && matches!(follows.value, 0..=4 | 7) {
        let fields = Fields { clock: Clock::Part(follows.value as i16), ..fields };
        return Some(Found::new(at, next + 1, Meaning::Civil(fields), "weekday-part"));
    }
    Some(Found::new(at, next, Meaning::Civil(fields), "weekday"))
}

/// "spring 2019", "the summer of 1943", "winter of that year"; a season alone only where something leads to it.
fn season_at(t: &Tokens<'_>, at: usize) -> Option<(usize, Fields, &'static str)> {
    let token = t.at(at);
    let fields = Fields { season: Some(token.value as i16), ..Fields::NONE };
    if let Some((end, year)) = year_after(t, at + 1) {
        return Some((end, Fields { year, ..fields }, "season-year"));
    }
    let before = t.before(at, 1).class;
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
    ) || before == Class::The && !matches!(token.value, 2) && t.is(at, t.word(at));
    // "in fall" is rare, "fall of Berlin" and "fall in prices" are not.
    let fall = t.is(at, "fall") && matches!(t.class(at + 1), Class::Of | Class::In | Class::Word);
    (led && !fall).then_some((at + 1, fields, "season"))
}

/// "Christmas 1941", "Christmas Eve", "Thanksgiving Day", "Easter Sunday".
fn holiday_at(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at);
    if !token.capital {
        return None;
    }
    let value = token.value as i16;
    let mut end = at + 1;
    let mut shift = 0;
    if value == BOXING_DAY && !t.is(end, "day") {
        return None;
    }
    if t.class(end) == Class::Ending && t.is(end, "eve") || t.class(end) == Class::Eve {
        shift = -1;
        end += 1;
    } else if t.class(end) == Class::Unit && t.at(end).value == Unit::Day as i32 && t.at(end).capital {
        end += 1;
    } else if value == HOLIDAY_EASTER && t.class(end) == Class::Weekday {
        shift = i8::from(t.at(end).value == 1);
        end += 1;
    } else if t.class(end) == Class::Unit || t.at(end).capital && t.class(end) == Class::Word {
        // "Easter week", "Easter Rising", "Christmas Island".
        return None;
    } else if value == HOLIDAY_THANKSGIVING
        && !matches!(t.before(at, 1).class, Class::On | Class::Last | Class::Before | Class::After | Class::Since)
    {
        return None;
    }
    let (end, year) = year_after(t, end).unwrap_or((end, Year::Missing));
    Some(Found::new(at, end, Meaning::Holiday(value, year, shift), "named-day"))
}

/// "New Year's Eve 2023", "New Year's Day", from its second word on.
pub(super) fn new_year(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let named = t.at(at).capital && at > 0 && t.is(at - 1, "new") && t.before(at, 1).capital;
    if !named || t.class(at + 1) != Class::Apostrophe || !t.is(at + 2, "s") {
        return None;
    }
    let day = if t.is(at + 3, "eve") {
        1231
    } else if t.is(at + 3, "day") {
        101
    } else {
        return None;
    };
    let (end, year) = year_after(t, at + 4).unwrap_or((at + 4, Year::Missing));
    Some(Found::new(at - 1, end, Meaning::Holiday(day, year, 0), "named-day"))
}

/// "nineteen ninety-six", "two thousand and one".
fn word_year(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let (end, year) = super::years::year_in_words(t, at)?;
    Some(Found::new(at, end, Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }), "year-words"))
}

/// A year by itself, where it is not a count, a number of something, a price or a time.
pub(super) fn lone_year(t: &Tokens<'_>, at: usize) -> Option<Found> {
    super::years::lone_year(t, at)
}

/// "1915-16", "1914-1918", "2014/15": two years.
pub(super) fn year_range(t: &Tokens<'_>, at: usize, many: &mut Vec<Found>) -> bool {
    super::years::year_range(t, at, many)
}

/// "'99".
pub(super) fn short_year(t: &Tokens<'_>, at: usize) -> Option<Found> {
    let token = t.at(at + 1);
    let year = t.class(at) == Class::Apostrophe
        && t.touches_next(at)
        && t.stands_free(at)
        && token.class == Class::Number
        && token.digits == 2
        && !token.glued
        && !matches!(t.class(at + 2), Class::Apostrophe | Class::Percent | Class::Measure | Class::Units);
    let led = matches!(
        t.before(at, 1).class,
        Class::In | Class::Since | Class::Of | Class::The | Class::Month | Class::Season | Class::Late | Class::Early
    );
    (year && led).then(|| {
        let fields = Fields { year: Year::Given(century_of_short(token.value) + token.value), ..Fields::NONE };
        Found::new(at, at + 2, Meaning::Civil(fields), "year-short")
    })
}

/// 1900 for 30 to 99, 2000 below.
pub(super) fn century_of_short(year: i32) -> i32 {
    if year < 30 { 2000 } else { 1900 }
}

/// "1990s", "'90s"; `first` is where the span begins.
pub(super) fn decade(t: &Tokens<'_>, first: usize, at: usize, part: Part) -> Option<Found> {
    let short = t.class(at) == Class::Apostrophe;
    if short && !(t.touches_next(at) && t.stands_free(at)) {
        return None;
    }
    let token = t.at(at + usize::from(short));
    if token.class != Class::NumberPlural || token.glued || token.value % 10 != 0 {
        return None;
    }
    let decade = match token.digits {
        4 if (1000..=2100).contains(&token.value) && !short => token.value,
        2 if short => century_of_short(token.value) + token.value,
        // "the 90s" without an apostrophe needs its article.
        2 if t.before(at, 1).class == Class::The
            || matches!(t.before(at, 1).class, Class::Early | Class::Mid | Class::Late) =>
        {
            century_of_short(token.value) + token.value
        }
        _ => return None,
    };
    let meaning = if decade % 100 == 0 && token.digits == 4 {
        Meaning::Century(decade / 100 + 1, false, part)
    } else {
        Meaning::Decade(decade, part)
    };
    Some(Found::new(first, at + 1 + usize::from(short), meaning, "decade"))
}

/// Dates in digits: `2025-05-10`, `2025/05/10`, `05/10/2025`, `10.05.2025`, `20250510`, `2025-05-10T14:30Z`, `9/11`.
pub(super) fn numeric(t: &Tokens<'_>, at: usize) -> Option<Found> {
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
            return Some(super::clock::iso_time(t, at, at + 5, fields));
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

/// Days that share the month after them: "7-10 May", "7 and 8 May 2025", "5, 6 and 7 May".
pub(super) fn days_before_month(t: &Tokens<'_>, at: usize, many: &mut Vec<Found>) -> bool {
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
    if !t.at(month_token).capital {
        return false;
    }
    let (end, year) = year_after(t, after).unwrap_or((after, Year::Missing));
    for (n, &(first, day_end, day)) in days.iter().take(count).enumerate() {
        let end = if n + 1 == count { end } else { day_end };
        let fields = Fields { year, month: Some(month), day: Some(day), ..Fields::NONE };
        many.push(Found::new(first, end, Meaning::Civil(fields), "day-list"));
    }
    true
}

/// Days that share the month before them: "May 7-10", "from May 7 to 10", "April 24 and 25, 2025". `many` ends with the
/// first; a year at the end is that of all.
pub(super) fn days_after_month(t: &Tokens<'_>, mut at: usize, many: &mut Vec<Found>) {
    let Some(Found { meaning: Meaning::Civil(shared), first: first_token, .. }) = many.last().cloned() else { return };
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
        many.push(Found::new(
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

/// A calendar date for which a modifier or a part of the day asks ("early", "the night of"): anything that [`date_at`]
/// reads, or a lone year.
pub(super) fn date_or_year(t: &Tokens<'_>, at: usize) -> Option<(usize, Meaning)> {
    let found = match t.class(at) {
        Class::Month | Class::MonthAbbr => {
            let (end, fields, rule) = month_first(t, at, false)?;
            t.at(at).capital.then(|| Found::new(at, end, Meaning::Civil(fields), rule))
        }
        Class::Season => {
            let (end, year) = year_after(t, at + 1).unwrap_or((at + 1, Year::Missing));
            let fields = Fields { season: Some(t.at(at).value as i16), year, ..Fields::NONE };
            Some(Found::new(at, end, Meaning::Civil(fields), "season"))
        }
        Class::Number if t.at(at).digits >= 3 => numeric(t, at).or_else(|| super::years::plain_year(t, at)),
        _ => date_at(t, at).or_else(|| numeric(t, at)),
    }?;
    Some((found.end, found.meaning))
}

/// The same with something set in its fields.
pub(super) fn with(meaning: Meaning, change: impl FnOnce(&mut Fields)) -> Meaning {
    match meaning {
        Meaning::Civil(mut fields) => {
            change(&mut fields);
            Meaning::Civil(fields)
        }
        other => other,
    }
}

/// A month or weekday that "last", "next", "this" or "that" stands before.
pub(super) fn pointed(meaning: Meaning, which: Which) -> Meaning {
    with(meaning, |f| f.which = which)
}
