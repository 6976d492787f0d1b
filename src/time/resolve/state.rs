//! What a text has said so far, as the resolution of its next expression needs it.

use crate::model::days::{Day, DayRange};
use crate::time::grammar::meaning::{Expression, Year};
use crate::time::resolve::anchor::Anchor;
use crate::time::resolve::narrative::{Narration, Reference, Told};
use crate::time::resolve::numeric::DayMonthOrder;
use crate::time::words::tokens::Tokens;

/// Resolves the expressions of a text one after the other.
pub(crate) struct Resolver<'a> {
    pub t: &'a Tokens<'a>,
    pub anchor: Option<Anchor>,
    pub told: Narration,
    pub order: DayMonthOrder,
    /// The days at which a range begins that the expression in hand ends.
    pub begun: Option<DayRange>,
}

impl Resolver<'_> {
    /// Notes that the text now speaks of this date.
    pub(crate) fn speak(&mut self, f: &Expression, year: i32, month: Option<i8>, day: Option<i8>, told: Told) {
        self.told.note(self.t, f, Reference { year, month, day, token: f.end }, told);
    }

    pub(crate) fn speak_day(&mut self, f: &Expression, day: Day, told: Told) {
        if let Some(date) = day.date() {
            self.speak(f, i32::from(date.year()), Some(date.month()), Some(date.day()), told);
        }
    }

    pub(crate) fn spoken_day(&self) -> Option<Day> {
        self.told.spoken.and_then(|r| r.day())
    }

    /// The year that an expression gives itself, or that "that year" and "last year" give it.
    pub(crate) fn year_of(&self, year: Year) -> Option<i32> {
        match year {
            Year::Missing => None,
            Year::Given(y) => Some(y),
            Year::Bc(y) => Some(-y),
            Year::FromAnchor(n) => self.anchor.as_ref().map(|a| a.year + n),
            Year::FromReference(n) => match self.told.spoken {
                Some(r) => Some(r.year + n),
                // "the previous year" of a report that names none; "that year" needs one.
                None if n < 0 && !self.told.running => self.anchor.as_ref().map(|a| a.year + n),
                None => None,
            },
        }
    }
}
