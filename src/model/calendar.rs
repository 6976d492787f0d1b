//! Weeks, months, quarters and years as ranges of days, and steps from one to the next.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::days::{Day, DayRange};

impl Day {
    /// Today, in the time zone where the day begins first (UTC+14): no report of today, wherever it was written, lies
    /// after it.
    pub fn latest_today() -> Self {
        const EARLIEST_ZONE_SECONDS: u64 = 14 * 3600;
        let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
        Day(i32::try_from((seconds + EARLIEST_ZONE_SECONDS) / 86_400).unwrap_or(i32::MAX))
    }

    /// The weekday, from 1 for Monday to 7 for Sunday (ISO 8601).
    pub const fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        ((self.0 as i64 + 3).rem_euclid(7) + 1) as u8
    }

    /// The week from Monday to Sunday that the day is in (ISO 8601).
    pub const fn week(self) -> DayRange {
        let monday = self.plus(1 - self.weekday() as i32);
        DayRange { from: monday, to: monday.plus(6) }
    }

    /// The calendar month that the day is in; `None` outside the years -9999 to 9999.
    pub fn month(self) -> Option<DayRange> {
        let date = self.date()?;
        DayRange::month(date.year(), date.month())
    }

    /// The quarter of the calendar year that the day is in; `None` outside the years -9999 to 9999.
    pub fn quarter(self) -> Option<DayRange> {
        let date = self.date()?;
        DayRange::quarter(date.year(), (date.month() + 2) / 3)
    }

    /// The calendar year that the day is in; `None` outside the years -9999 to 9999.
    pub fn year(self) -> Option<DayRange> {
        DayRange::year(self.date()?.year())
    }

    /// The same day of the month so many months later (earlier where negative), or the month's last day where it is
    /// shorter; `None` outside the years -9999 to 9999.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        self.date()?.checked_add(months.months()).ok().map(Day::from)
    }

    /// The week of the ISO 8601 year, as (year, week).
    pub fn iso_week(self) -> Option<(i16, i8)> {
        let week = self.date()?.iso_week_date();
        Some((week.year(), week.week()))
    }
}

impl DayRange {
    /// The days of a quarter of a calendar year, or `None` where there is no such quarter (1 to 4).
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let first = DayRange::month(year, quarter * 3 - 2)?;
        let last = DayRange::month(year, quarter * 3)?;
        Some(first.hull(last))
    }

    /// The days of a decade, named by its first year, or of any other run of whole years; `None` outside -9999 to 9999.
    pub fn years(first: i16, last: i16) -> Option<Self> {
        Some(DayRange::year(first)?.hull(DayRange::year(last)?))
    }

    /// The days of a week of the ISO 8601 year, Monday to Sunday, or `None` where the year has no such week.
    pub fn iso_week(year: i16, week: i8) -> Option<Self> {
        let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?;
        Some(Day::from(Date::from(monday)).week())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i16, m: i8, d: i8) -> Day {
        Day::from_ymd(y, m, d).unwrap()
    }

    #[test]
    fn weeks_begin_on_monday_also_before_1970() {
        assert_eq!(day(2025, 5, 10).weekday(), 6);
        assert_eq!(day(2025, 5, 10).week(), DayRange { from: day(2025, 5, 5), to: day(2025, 5, 11) });
        assert_eq!(day(1914, 7, 28).weekday(), 2);
        assert_eq!(Day(i32::MIN).week().from, Day(i32::MIN));
    }

    #[test]
    fn iso_weeks_go_to_days_and_back_around_new_year() {
        assert_eq!(day(2021, 1, 3).iso_week(), Some((2020, 53)));
        assert_eq!(DayRange::iso_week(2020, 53), Some(day(2021, 1, 3).week()));
        assert_eq!(DayRange::iso_week(2021, 53), None);
    }

    #[test]
    fn quarters_are_three_calendar_months() {
        assert_eq!(day(2025, 5, 10).quarter(), Some(DayRange { from: day(2025, 4, 1), to: day(2025, 6, 30) }));
        assert_eq!(DayRange::quarter(2025, 5), None);
    }

    #[test]
    fn a_month_later_stays_within_the_shorter_month() {
        assert_eq!(day(2025, 1, 31).plus_months(1), Some(day(2025, 2, 28)));
        assert_eq!(day(2025, 3, 10).plus_months(-12), Some(day(2024, 3, 10)));
        assert_eq!(Day(i32::MAX).plus_months(1), None);
    }
}
