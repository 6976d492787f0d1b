//! What dates are read against: the publication date, or the date that a narration has come to.

use super::lexicon::Unit;
use super::range::{Day, DayRange};
use super::tense::Tense;
use super::timex::{Base, Fields, Found, Meaning, Which, Year};
use super::token::Tokens;

/// The publication date, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub days: DayRange,
    pub year: i32,
    /// `None` where only the year is known.
    pub month: Option<i8>,
    /// `None` where only the month is known.
    pub day: Option<Day>,
}

impl Anchor {
    /// The anchor that a range of days makes; `None` where it spans more than a year.
    pub(super) fn of(days: DayRange) -> Option<Self> {
        let (from, to) = (days.from.date()?, days.to.date()?);
        if from.year() != to.year() {
            return None;
        }
        Some(Anchor {
            days,
            year: i32::from(from.year()),
            month: (from.month() == to.month()).then(|| from.month()),
            day: (days.from == days.to).then_some(days.from),
        })
    }

    /// The year of a month, or of a day in it, that is said without one.
    pub(super) fn year_of_month(&self, month: i8, day: Option<i8>, which: Which, tense: Tense) -> i32 {
        let Some(own) = self.month else { return self.year };
        let months = i32::from(month) - i32::from(own);
        // A day is compared as a day, a month as a month.
        let ahead = match (day, self.day) {
            (Some(day), Some(anchor)) if months == 0 => {
                i32::from(day) - anchor.date().map_or(15, |d| i32::from(d.day()))
            }
            _ => months * 31,
        };
        let nearest = if ahead > 183 {
            -1
        } else if ahead < -183 {
            1
        } else {
            0
        };
        self.year
            + match (which, tense) {
                (Which::Last, _) => -i32::from(ahead >= 0),
                (Which::Next, _) => i32::from(ahead <= 0),
                (Which::This, _) => 0,
                (_, Tense::Past) if ahead > 0 => -1,
                (_, Tense::Future) if ahead < 0 => 1,
                (_, Tense::Unknown) => nearest,
                _ => 0,
            }
    }
}

/// A date that the text has spoken of. Years before the common era are negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    pub year: i32,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// The token after the expression.
    pub token: usize,
}

impl Reference {
    pub(super) fn day(&self) -> Option<Day> {
        Day::from_ymd(i16::try_from(self.year).ok().filter(|y| *y > 0)?, self.month?, self.day?)
    }

    /// The year of the next mention of `month`: a narration goes on, so that January after October is in the next year.
    pub(super) fn year_of_next(&self, month: i8) -> i32 {
        match self.month {
            Some(own) if month < own - 6 => self.year + 1,
            _ => self.year,
        }
    }
}

/// How the text tells of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mode {
    /// Whether a running reference, and not the publication date, gives dates their year.
    pub running: bool,
}

impl Mode {
    /// Decides by the expressions themselves: a chronicle states many years, most of them long before its own date, and
    /// hardly ever counts from today.
    pub(super) fn of(_t: &Tokens<'_>, found: &[Found], anchor: Option<&Anchor>) -> Self {
        let Some(anchor) = anchor else { return Mode { running: true } };
        let (mut far, mut stated, mut deictic) = (0, 0, 0);
        for f in found {
            match &f.meaning {
                Meaning::Civil(Fields { year: Year::Given(y), .. }) => {
                    stated += 1;
                    far += i32::from(*y < anchor.year - 1);
                }
                Meaning::Civil(Fields { year: Year::Bc(_), .. }) => {
                    stated += 1;
                    far += 1;
                }
                Meaning::Civil(Fields { month: None, weekday: Some(_), .. }) => deictic += 1,
                Meaning::Step { base: Base::Anchor, unit: Unit::Day, .. } => deictic += 1,
                _ => {}
            }
        }
        Mode { running: far >= 5 && far * 2 > stated && far > deictic * 3 }
    }

    /// Whether in a report that does not narrate as a whole, a date just stated gives its year to this one.
    pub(super) fn carries(
        &self,
        _t: &Tokens<'_>,
        _reference: &Reference,
        _f: &Found,
        _anchor: Option<&Anchor>,
    ) -> bool {
        false
    }
}
