//! Recognition of expressions of time: what each says by itself, before anything else is known.

use crate::lang::time::{Class, Unit};
use crate::time::grammar::{absolute, clock, decades, duration, lists, numeric, relative, years};
use crate::time::ordinals;
use crate::time::words::token::Tokens;

/// The year of a calendar expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// Not said.
    Missing,
    /// In the common era.
    Given(i32),
    /// Before it.
    Bc(i32),
    /// So many years from the publication date's ("last year").
    FromAnchor(i32),
    /// So many years from the one last spoken of ("of that year").
    FromReference(i32),
}

/// Which of several an expression without a year means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Plain,
    Last,
    Next,
    This,
    That,
}

/// The part of a longer time that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Early,
    Mid,
    Late,
    FirstHalf,
    SecondHalf,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    None,
    /// A part of the day: index into `PARTS_OF_DAY`.
    Part(i16),
    /// Hour, and minute where it is said.
    At(u8, Option<u8>),
}

/// A calendar expression as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fields {
    pub year: Year,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// 1 for Monday to 7 for Sunday.
    pub weekday: Option<u8>,
    /// Index into `SEASONS`.
    pub season: Option<i16>,
    pub part: Part,
    pub clock: Clock,
    pub which: Which,
    /// A year that only names something ("the 2019 attack", "(1962)"): it never becomes the reference.
    pub aside: bool,
}

impl Fields {
    pub(crate) const NONE: Fields = Fields {
        year: Year::Missing,
        month: None,
        day: None,
        weekday: None,
        season: None,
        part: Part::Whole,
        clock: Clock::None,
        which: Which::Plain,
        aside: false,
    };
}

/// What a relative expression counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// The publication date.
    Anchor,
    /// The date last spoken of.
    Reference,
}

/// What an expression says by itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    /// A calendar date with or without a year.
    Civil(Fields),
    /// Two numbers of day and month in either order, and a year.
    Slashed(i32, i32, i32),
    /// So many units from a base, and the part of that.
    Step { unit: Unit, count: i32, base: Base, part: Part, clock: Clock },
    /// A weekend so many weeks from a base.
    Weekend(i32, Base),
    /// A quarter (1 to 4; 0 where the one spoken of is meant) or a half (5 and 6) of a year.
    Quarter(u8, Year, Which),
    /// A decade by its first year.
    Decade(i32, Part),
    /// A century by the number that it has in words, and whether it is before the common era.
    Century(i32, bool, Part),
    /// A named day: (month × 100 + day), or one of the `HOLIDAY_` rules.
    Holiday(i16, Year, i8),
    /// `PRESENT_REF`, `PAST_REF` or `FUTURE_REF`.
    Vague(&'static str),
    /// A duration's TIMEX3 value, and the days back from (negative) or ahead of the publication date that it covers.
    Duration(String, Option<i32>),
    /// A set's TIMEX3 value.
    Set(String),
    /// A time of day alone.
    Clock(Clock),
}

/// An expression in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub end: usize,
    pub meaning: Meaning,
    pub rule: &'static str,
}

impl Found {
    pub(crate) fn new(first: usize, end: usize, meaning: Meaning, rule: &'static str) -> Self {
        Found { first, end, meaning, rule }
    }
}

/// The expressions of a text, in order and not overlapping. At each token that may begin one, the longest wins.
pub(crate) fn timexes_in(t: &Tokens<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < t.len() {
        let class = t.class(at);
        if class as u8 <= Class::Word as u8
            && !matches!(class, Class::Number | Class::NumberOrdinal | Class::NumberPlural | Class::Apostrophe)
        {
            at += 1;
            continue;
        }
        let before = found.len();
        begin_at(t, at, &mut found);
        match found.get(before..).and_then(|new| new.last()) {
            Some(last) if last.end > at => at = last.end,
            _ => {
                found.truncate(before);
                at += 1;
            }
        }
    }
    found
}

/// Adds to `many` what begins at `at`: usually nothing or one, several for lists of days ("7 and 8 May").
fn begin_at(t: &Tokens<'_>, at: usize, many: &mut Vec<Found>) {
    let mut best: Option<Found> = None;
    let mut offer = |f: Option<Found>| {
        if let Some(f) = f
            && best.as_ref().is_none_or(|b| f.end > b.end)
        {
            best = Some(f);
        }
    };
    match t.class(at) {
        Class::Number | Class::NumberOrdinal | Class::Ordinal => {
            if lists::days_before_month(t, at, many) {
                return;
            }
            offer(clock::time_at(t, at));
            offer(numeric::numeric(t, at));
            offer(absolute::date_at(t, at));
            offer(ordinals::ordinal_unit(t, at, at));
            offer(duration::counted(t, at, at));
            if best.is_none() && years::year_range(t, at, many) {
                return;
            }
            offer_year(t, at, &mut best);
        }
        Class::NumberPlural | Class::Apostrophe => {
            offer(decades::decade(t, at, at, Part::Whole));
            offer(decades::short_year(t, at));
        }
        Class::Month | Class::MonthAbbr | Class::Weekday | Class::WeekdayAbbr | Class::Season | Class::Holiday => {
            offer(absolute::date_at(t, at));
        }
        Class::Cardinal | Class::Few | Class::Half | Class::Units | Class::Article | Class::About | Class::Hundred => {
            offer(duration::counted(t, at, at));
            offer(absolute::date_at(t, at));
            offer(clock::time_at(t, at));
        }
        Class::PartOfDay => {
            offer(clock::part_of_day(t, at, at));
        }
        Class::Today => offer(relative::deictic(t, at)),
        Class::Present | Class::PastRef | Class::Future | Class::Recent => offer(relative::vague(t, at)),
        Class::Each | Class::SetWord | Class::Once => offer(duration::set_at(t, at)),
        Class::Early
        | Class::Mid
        | Class::Late
        | Class::Earlier
        | Class::Later
        | Class::Beginning
        | Class::Middle
        | Class::Ending => {
            offer(relative::modified(t, at, at));
        }
        Class::The
        | Class::This
        | Class::That
        | Class::Last
        | Class::Next
        | Class::Past
        | Class::Previous
        | Class::Following
        | Class::Coming
        | Class::Current
        | Class::Same
        | Class::Fiscal
        | Class::Unit
        | Class::Weekend
        | Class::Pronoun => {
            offer(relative::determined(t, at));
        }
        Class::Ad => offer(absolute::date_at(t, at)),
        _ => return,
    }
    if let Some(f) = best {
        let end = f.end;
        let open = matches!(f.meaning, Meaning::Civil(Fields { month: Some(_), day: Some(_), .. }));
        many.push(f);
        if open {
            lists::days_after_month(t, end, many);
        }
    }
}

fn offer_year(t: &Tokens<'_>, at: usize, best: &mut Option<Found>) {
    if best.is_none() {
        *best = years::lone_year(t, at);
    }
}
