//! What a rule yields: what an expression of time says by itself, before anything else is known.

use crate::lang::time::Unit;

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
pub(crate) enum Portion {
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
    PartOfDay(i16),
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
    pub portion: Portion,
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
        portion: Portion::Whole,
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
    Step { unit: Unit, count: i32, base: Base, portion: Portion, clock: Clock },
    /// A weekend so many weeks from a base.
    Weekend(i32, Base),
    /// A quarter (1 to 4; 0 where the one spoken of is meant) or a half (5 and 6) of a year.
    Quarter(u8, Year),
    /// A decade by its first year.
    Decade(i32, Portion),
    /// A century by the number that it has in words, and whether it is before the common era.
    Century(i32, bool, Portion),
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

impl Meaning {
    /// A step of whole units.
    pub(crate) const fn step(unit: Unit, count: i32, base: Base) -> Self {
        Meaning::Step { unit, count, base, portion: Portion::Whole, clock: Clock::None }
    }

    /// A part of what is meant; `None` where the meaning has no parts.
    pub(crate) fn with_portion(&self, portion: Portion) -> Option<Self> {
        Some(match *self {
            Meaning::Civil(fields) => Meaning::Civil(Fields { portion, ..fields }),
            Meaning::Step { unit, count, base, clock, .. } => Meaning::Step { unit, count, base, portion, clock },
            Meaning::Decade(first, _) => Meaning::Decade(first, portion),
            Meaning::Century(number, bc, _) => Meaning::Century(number, bc, portion),
            _ => return None,
        })
    }

    /// A time of day on what is meant; `None` where that is no day.
    pub(crate) fn with_clock(&self, clock: Clock) -> Option<Self> {
        Some(match *self {
            Meaning::Civil(fields) => Meaning::Civil(Fields { clock, ..fields }),
            Meaning::Step { unit, count, base, portion, .. } => Meaning::Step { unit, count, base, portion, clock },
            _ => return None,
        })
    }
}

/// An expression in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub end: usize,
    pub meaning: Meaning,
    pub rule: &'static str,
}

impl Expression {
    pub(crate) fn new(first: usize, end: usize, meaning: Meaning, rule: &'static str) -> Self {
        Expression { first, end, meaning, rule }
    }
}
