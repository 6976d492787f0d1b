//! Civil days and inclusive ranges of them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A civil day as its number from 1970-01-01 (day 0) in the proleptic Gregorian calendar. No time zone is meant.
///
/// Days between the years -9999 and 9999 can be turned into dates and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The day of a calendar date, or `None` where there is no such day (31 June).
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Day::from)
    }

    /// The calendar date; `None` outside the years -9999 to 9999.
    pub fn date(self) -> Option<Date> {
        EPOCH.checked_add(jiff::Span::new().try_days(self.0).ok()?).ok()
    }

    /// The day `n` days later (earlier where negative), stopping at the ends of `i32`.
    pub const fn plus(self, n: i32) -> Self {
        Day(self.0.saturating_add(n))
    }
}

impl From<Date> for Day {
    fn from(d: Date) -> Self {
        let days = d.since((jiff::Unit::Day, EPOCH)).map(|s| s.get_days()).unwrap_or_default();
        Day(days)
    }
}

impl fmt::Display for Day {
    /// ISO 8601, as in `2025-05-10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(d) => write!(f, "{d}"),
            None => write!(f, "day {}", self.0),
        }
    }
}

/// An inclusive range of civil days; `from` never lies after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl DayRange {
    /// The range from one day to another in either order.
    pub fn new(a: Day, b: Day) -> Self {
        DayRange { from: a.min(b), to: a.max(b) }
    }

    /// A single day.
    pub const fn day(day: Day) -> Self {
        DayRange { from: day, to: day }
    }

    /// The days of a month, or `None` where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(DayRange { from: first.into(), to: first.last_of_month().into() })
    }

    /// The days of a year, or `None` outside -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(DayRange { from: first.into(), to: first.last_of_year().into() })
    }

    /// The number of days, at least 1.
    pub const fn days(self) -> i64 {
        self.to.0 as i64 - self.from.0 as i64 + 1
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: DayRange) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether `other` lies wholly within this range.
    pub fn contains(self, other: DayRange) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// How many days a range is given that is open at one end: more than a century, so that it answers for no unit of time
    /// and for no range asked for but those that are open too, or as long.
    pub const OPEN_DAYS: i32 = 40_000;

    /// The days from `first` on, without a last one.
    pub fn since(first: Day) -> Self {
        DayRange::new(first, first.plus(Self::OPEN_DAYS - 1))
    }

    /// The days up to `last`, without a first one. One day longer than those of [`DayRange::since`], which tells them apart.
    pub fn until(last: Day) -> Self {
        DayRange::new(last.plus(-Self::OPEN_DAYS), last)
    }

    /// Its ends as far as it has some: those of [`DayRange::since`] and [`DayRange::until`] lack one.
    pub fn bounds(self) -> DayRangeBounds {
        let open = i64::from(Self::OPEN_DAYS);
        DayRangeBounds {
            from: Some(self.from).filter(|_| self.days() != open + 1),
            to: Some(self.to).filter(|_| self.days() != open),
        }
    }

    /// Whether it lacks a first or a last day.
    pub fn is_open(self) -> bool {
        let bounds = self.bounds();
        bounds.from.is_none() || bounds.to.is_none()
    }

    /// The first day that is known of it: the first, or the last of days that have no first.
    pub fn first_known(self) -> Day {
        self.bounds().from.unwrap_or(self.to)
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: DayRange) -> Self {
        DayRange { from: self.from.min(other.from), to: self.to.max(other.to) }
    }
}

impl fmt::Display for DayRange {
    /// The shortest ISO form: `2025` for a whole year, `2025-05` for a whole month, else the day or `from..to`, without an
    /// end that is open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_open() {
            return write!(f, "{}", self.bounds());
        }
        if self.from == self.to {
            return write!(f, "{}", self.from);
        }
        if let Some(first) = self.from.date() {
            if DayRange::year(first.year()) == Some(*self) {
                return write!(f, "{:04}", first.year());
            }
            if DayRange::month(first.year(), first.month()) == Some(*self) {
                return write!(f, "{:04}-{:02}", first.year(), first.month());
            }
        }
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// Days asked for; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRangeBounds {
    /// The first day asked for.
    pub from: Option<Day>,
    /// The last day asked for.
    pub to: Option<Day>,
}

impl DayRangeBounds {
    /// The longest date expression, in days, that may answer for one asked day when the asked range is short: an
    /// expression for a whole month answers for each of its days, "in 2025" does not.
    pub const COARSEST_FOR_SHORT: i64 = 31;

    /// Whether an expression that denotes `days` answers for the asked range: it shares a day with it and, unless
    /// `coarse`, is no longer than it or than 31 days, whichever is more. An open asked range is longer than any.
    pub fn answered_by(&self, days: DayRange, coarse: bool) -> bool {
        let overlaps = self.from.is_none_or(|f| f <= days.to) && self.to.is_none_or(|t| days.from <= t);
        overlaps && (coarse || days.days() <= self.longest_answer())
    }

    /// Whether a publication answers for the asked range by itself, for what names no day: it lies in it, or on the day
    /// after its last, as what happens on a day is mostly reported on it or on the next. A publication of which only the
    /// month or year is known answers for ranges that hold it whole; with `coarse` for all that it overlaps.
    pub fn answered_by_publication(&self, published: DayRange, coarse: bool) -> bool {
        if published.days() == 1 {
            return self.with_day_after().answered_by(published, true);
        }
        let holds_it =
            self.from.is_none_or(|from| from <= published.from) && self.to.is_none_or(|to| published.to <= to);
        holds_it || coarse && self.answered_by(published, true)
    }

    /// The same days and the one after the last.
    pub fn with_day_after(self) -> Self {
        DayRangeBounds { to: self.to.map(|day| day.plus(1)), ..self }
    }

    /// The longest expression, in days, that answers without `--coarse`.
    pub fn longest_answer(&self) -> i64 {
        match (self.from, self.to) {
            (Some(f), Some(t)) => (i64::from(t.0) - i64::from(f.0) + 1).max(Self::COARSEST_FOR_SHORT),
            _ => i64::MAX,
        }
    }
}

impl fmt::Display for DayRangeBounds {
    /// The shortest form: `2025-05`, `2025-05-07..2025-05-10`, `2025-05-07..`, `..2025-05-10`; `..` where both ends are open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from <= to => write!(f, "{}", DayRange { from, to }),
            (from, to) => {
                if let Some(from) = from {
                    write!(f, "{from}")?;
                }
                f.write_str("..")?;
                if let Some(to) = to {
                    write!(f, "{to}")?;
                }
                Ok(())
            }
        }
    }
}

/// A unit of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// A civil day.
    Day,
    /// An ISO 8601 week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl TimeUnit {
    /// The bucket of this unit that holds `day`; the next one begins on the day after its last. `None` outside the
    /// years -9999 to 9999.
    pub fn bucket_of(self, day: Day) -> Option<DayRange> {
        match self {
            TimeUnit::Day => Some(DayRange::day(day)),
            TimeUnit::Week => Some(day.week()),
            TimeUnit::Month => day.month(),
            TimeUnit::Quarter => day.quarter(),
            TimeUnit::Year => day.year(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_go_to_dates_and_back_before_1677_and_after_2262() {
        for (y, m, d) in [(1, 1, 1), (1600, 2, 29), (1970, 1, 1), (2025, 5, 10), (9999, 12, 31)] {
            let day = Day::from_ymd(y, m, d).unwrap();
            let date = day.date().unwrap();
            assert_eq!((date.year(), date.month(), date.day()), (y, m, d));
        }
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_ymd(2025, 6, 31), None);
    }

    #[test]
    fn an_open_range_answers_for_no_unit_of_time_and_for_open_ranges() {
        let first = Day::from_ymd(2005, 1, 1).unwrap();
        let since = DayRange::since(first);
        let until = DayRange::until(first);
        assert_eq!((since.to_string().as_str(), until.to_string().as_str()), ("2005-01-01..", "..2005-01-01"));
        assert_eq!((since.first_known(), until.first_known()), (first, first));
        let asked = |from: Option<Day>, to: Option<Day>| DayRangeBounds { from, to };
        let year = asked(Some(first), Some(first.plus(364)));
        for range in [since, until] {
            assert!(range.is_open());
            assert!(!year.answered_by(range, false) && year.answered_by(range, true));
            assert!(asked(Some(first), None).answered_by(range, false));
            assert!(asked(None, Some(first)).answered_by(range, false));
        }
        assert!(!asked(None, Some(first.plus(-1))).answered_by(since, false));
        assert!(!DayRange::years(2000, 2099).unwrap().is_open());
    }

    #[test]
    fn a_publication_answers_for_its_day_and_the_day_before() {
        let day = Day::from_ymd(2025, 5, 10).unwrap();
        let asked = DayRangeBounds { from: Some(day), to: Some(day) };
        let answers = |n| asked.answered_by_publication(DayRange::day(day.plus(n)), false);
        assert_eq!([-1, 0, 1, 2].map(answers), [false, true, true, false]);
        let may = DayRange::month(2025, 5).unwrap();
        assert!(!asked.answered_by_publication(may, false), "a month is no day");
        assert!(DayRangeBounds { from: Some(may.from), to: Some(may.to) }.answered_by_publication(may, false));
        assert!(!asked.answered_by_publication(DayRange::year(2025).unwrap(), false));
        assert!(asked.answered_by_publication(DayRange::year(2025).unwrap(), true));
    }

    #[test]
    fn ranges_print_in_their_shortest_form() {
        assert_eq!(DayRange::year(2025).unwrap().to_string(), "2025");
        assert_eq!(DayRange::month(2025, 5).unwrap().to_string(), "2025-05");
        assert_eq!(DayRange::day(Day::from_ymd(2025, 5, 10).unwrap()).to_string(), "2025-05-10");
    }
}
