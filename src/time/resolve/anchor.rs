//! The publication date, and what it makes of a month or day without a year.

use crate::model::days::{Day, DayRange};
use crate::time::grammar::meaning::Which;
use crate::time::resolve::tense::Tense;

/// The publication date, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub days: DayRange,
    pub year: i32,
    /// `None` where only the year is known.
    pub month: Option<i8>,
    /// `None` where only the month is known.
    pub day: Option<Day>,
}

impl Anchor {
    /// The anchor that a range of days makes; `None` where it spans more than a year.
    pub(crate) fn of(days: DayRange) -> Option<Self> {
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

    /// Whether a month, or a day in it, would be about now: within twenty days, or this month or the last.
    pub(crate) fn is_recent(&self, month: i8, day: Option<i8>) -> bool {
        const NEAR_DAYS: i32 = 20;
        let Some(anchor_month) = self.month else { return false };
        match (day, self.day.and_then(Day::date)) {
            (Some(day), Some(date)) => {
                let months = i32::from(month) - i32::from(anchor_month);
                let distance = (months * 30 + i32::from(day) - i32::from(date.day())).abs();
                distance <= NEAR_DAYS || (distance - 360).abs() <= NEAR_DAYS
            }
            _ => (i32::from(anchor_month) - i32::from(month)).rem_euclid(12) <= 1,
        }
    }

    /// The year of a month, or of a day in it, that is said without one.
    pub(crate) fn year_of_month(&self, month: i8, day: Option<i8>, which: Which, tense: Tense) -> i32 {
        let Some(anchor_month) = self.month else { return self.year };
        let months = i32::from(month) - i32::from(anchor_month);
        let anchor_day = self.day.and_then(Day::date).map_or(15, |d| i32::from(d.day()));
        // Roughly in days, a month counting thirty.
        let ahead = months * 30 + day.map_or(0, |d| i32::from(d) - anchor_day);
        match which {
            Which::Last => return self.year - i32::from(ahead > 0 || day.is_none() && ahead == 0),
            Which::Next => return self.year + i32::from(ahead < 0 || day.is_none() && ahead == 0),
            Which::This => return self.year,
            Which::Plain | Which::That => {}
        }
        let (near_ahead, near_behind) = if day.is_some() { (75, 120) } else { (45, 200) };
        let nearest = if ahead > 183 {
            ahead - 365
        } else if ahead < -183 {
            ahead + 365
        } else {
            ahead
        };
        let shift = (nearest - ahead) / 365;
        self.year
            + match tense {
                Tense::Past if nearest > near_ahead => shift - 1,
                Tense::Future if nearest < -near_behind => shift + 1,
                Tense::Unknown if day.is_none() && nearest > near_ahead => shift - 1,
                _ => shift,
            }
    }
}
