//! The lag of a report: the days between the day that is spoken of and publication.

use std::fmt;

use crate::model::days::{DayRange, DayRangeBounds};

/// The lag of an expression that denotes `days` in an article published in `published`: how many days lie between, negative
/// where the article was published before the days spoken of.
///
/// The day that counts is the one nearest to publication: the last of days that are over, the first of days to come; a time
/// that publication falls in has the lag 0. What is told of "3 to 5 May" or of "the night of May 10" can be told only when it
/// is over, so that the first day would make every report of it late.
///
/// `None` where it cannot be told: the article's day of publication is not known (a month is no day), or the expression is
/// longer than [`DayRangeBounds::COARSEST_FOR_SHORT`] days, of which any may be meant. `coarse` lifts the latter.
pub fn lag_of(days: DayRange, published: DayRange, coarse: bool) -> Option<i32> {
    let is_told = published.days() == 1 && (coarse || days.days() <= DayRangeBounds::COARSEST_FOR_SHORT);
    let day = published.from;
    is_told.then(|| day.0.saturating_sub(day.clamp(days.from, days.to).0))
}

/// Lags asked for, in days, both ends included; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LagBounds {
    /// The smallest lag asked for.
    pub from: Option<i32>,
    /// The largest.
    pub to: Option<i32>,
}

impl LagBounds {
    /// The largest number that may be asked for, in either direction: twice as many days as there are between the years -9999
    /// and 9999.
    pub const FARTHEST: i32 = 14_610_000;

    /// Whether a lag is among those asked for.
    pub fn holds(self, lag: i32) -> bool {
        self.from.is_none_or(|from| from <= lag) && self.to.is_none_or(|to| lag <= to)
    }
}

impl fmt::Display for LagBounds {
    /// The shortest form that is read as the same: `0`, `3..10`, `>=8`, `<=2`; `..` where both ends are open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from}..{to}"),
            (Some(from), None) => write!(f, ">={from}"),
            (None, Some(to)) => write!(f, "<={to}"),
            (None, None) => f.write_str(".."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::days::Day;

    fn days(from: i32, to: i32) -> DayRange {
        DayRange { from: Day(from), to: Day(to) }
    }

    #[test]
    fn the_day_nearest_to_publication_counts() {
        let lag = |from, to| lag_of(days(from, to), days(100, 100), false);
        assert_eq!(lag(100, 100), Some(0));
        assert_eq!(lag(90, 90), Some(10));
        assert_eq!(lag(90, 97), Some(3), "over since its last day");
        assert_eq!(lag(95, 120), Some(0), "going on");
        assert_eq!(lag(104, 110), Some(-4), "to come on its first day");
    }

    #[test]
    fn what_cannot_be_told_to_the_day_has_no_lag() {
        assert_eq!(lag_of(days(1, 31), days(100, 100), false), Some(69));
        assert_eq!(lag_of(days(1, 32), days(100, 100), false), None);
        assert_eq!(lag_of(days(1, 32), days(100, 100), true), Some(68));
        assert_eq!(lag_of(days(90, 90), days(100, 101), true), None);
        assert_eq!(lag_of(days(i32::MIN, i32::MIN), days(i32::MAX, i32::MAX), false), Some(i32::MAX));
    }
}
