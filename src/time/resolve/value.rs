//! TIMEX3 values and the days that they denote.

use crate::lang::time::{MIDNIGHT, NIGHT, PARTS_OF_DAY, SEASONS, Unit};
use crate::model::days::{Day, DayRange};
use crate::time::grammar::meaning::{Clock, Portion};

/// A value and the days that it denotes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resolved {
    pub value: String,
    pub days: Option<DayRange>,
}

impl Resolved {
    pub(crate) fn new(value: impl Into<String>, days: Option<DayRange>) -> Self {
        Resolved { value: value.into(), days }
    }
}

/// A year as TIMEX3 writes it; negative before the common era.
pub(crate) fn year_value(year: i32) -> String {
    match year {
        ..0 => format!("BC{:04}", -year),
        0..=9999 => {
            // Room for month and day.
            let mut value = String::with_capacity("2025-05-10".len());
            push_two_digits(&mut value, year / 100);
            push_two_digits(&mut value, year % 100);
            value
        }
        _ => year.to_string(),
    }
}

/// Appends a number below 100. Dates are written for every other sentence of an archive, and formatting them took longer
/// than finding them.
fn push_two_digits(value: &mut String, number: i32) {
    for digit in [number / 10, number % 10] {
        value.push(char::from(b'0' + digit.rem_euclid(10) as u8));
    }
}

fn month_value(year: i32, month: i8) -> String {
    let mut value = year_value(year);
    value.push('-');
    push_two_digits(&mut value, i32::from(month));
    value
}

fn date_value(year: i32, month: i8, day: i8) -> String {
    let mut value = month_value(year, month);
    value.push('-');
    push_two_digits(&mut value, i32::from(day));
    value
}

fn calendar_year(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|y| *y > 0)
}

pub(crate) fn year(year: i32, portion: Portion) -> Resolved {
    let days = calendar_year(year).and_then(DayRange::year).map(|d| portion_of(d, portion));
    Resolved::new(year_value(year), days)
}

pub(crate) fn month(year: i32, month: i8, portion: Portion) -> Resolved {
    let days = calendar_year(year).and_then(|y| DayRange::month(y, month)).map(|d| portion_of(d, portion));
    Resolved::new(month_value(year, month), days)
}

pub(crate) fn date(year: i32, month: i8, day: i8) -> Resolved {
    let days = calendar_year(year).and_then(|y| Day::from_ymd(y, month, day)).map(DayRange::day);
    Resolved::new(date_value(year, month, day), days)
}

pub(crate) fn day(day: Day) -> Resolved {
    let value = match day.date() {
        Some(date) if date.year() > 0 => date_value(i32::from(date.year()), date.month(), date.day()),
        _ => day.to_string(),
    };
    Resolved::new(value, Some(DayRange::day(day)))
}

/// The ISO 8601 week that holds `day`.
pub(crate) fn week(day: Day, portion: Portion) -> Option<Resolved> {
    let (year, week) = day.iso_week()?;
    Some(Resolved::new(format!("{year:04}-W{week:02}"), Some(portion_of(day.week(), portion))))
}

/// Saturday and Sunday of the week that holds `day`.
pub(crate) fn weekend(day: Day) -> Option<Resolved> {
    let (year, week) = day.iso_week()?;
    let days = DayRange { from: day.week().to.plus(-1), to: day.week().to };
    Some(Resolved::new(format!("{year:04}-W{week:02}-WE"), Some(days)))
}

pub(crate) fn quarter(year: i32, quarter: i8) -> Resolved {
    let days = calendar_year(year).and_then(|y| DayRange::quarter(y, quarter));
    Resolved::new(format!("{}-Q{quarter}", year_value(year)), days)
}

/// A season of the northern hemisphere, where months are whole: spring from March, winter from December of the year to
/// February of the next, as war chronicles count it.
pub(crate) fn season(year: i32, index: i16) -> Resolved {
    let name = usize::try_from(index).ok().and_then(|i| SEASONS.get(i)).copied().unwrap_or("");
    let days = calendar_year(year).and_then(|y| {
        let first = i8::try_from(index * 3 + 3).ok()?;
        let from = DayRange::month(y, first)?.from;
        let to = from.plus_months(3)?.plus(-1);
        Some(DayRange::new(from, to))
    });
    Resolved::new(format!("{}-{name}", year_value(year)), days)
}

pub(crate) fn decade(first: i32, portion: Portion) -> Resolved {
    let days = calendar_year(first).and_then(|y| DayRange::years(y, y.checked_add(9)?)).map(|d| portion_of(d, portion));
    Resolved::new(format!("{:03}", first / 10), days)
}

/// A century by its number in words: the 19th is `18` in TIMEX3, and its years are those that begin so.
pub(crate) fn century(number: i32, bc: bool, portion: Portion) -> Resolved {
    let first = (number - 1).saturating_mul(100);
    if bc {
        return Resolved::new(format!("BC{:02}", number - 1), None);
    }
    let days = i16::try_from(first.max(1))
        .ok()
        .and_then(|y| DayRange::years(y, i16::try_from(first + 99).ok()?))
        .map(|d| portion_of(d, portion));
    Resolved::new(format!("{:02}", number - 1), days)
}

/// The part of a range that "early", "mid-", "late" or "the first half of" leaves: whole months of a year (four each),
/// ten days of a month, four years of a decade, else a third, rounded outwards.
pub(crate) fn portion_of(days: DayRange, portion: Portion) -> DayRange {
    let length = i32::try_from(days.days()).unwrap_or(i32::MAX);
    let DayRange { from, to } = days;
    let month = |n: i32| from.plus_months(n).unwrap_or(from);
    let (first, middle_from, middle_to, last, half) = match length {
        28..=31 => (from.plus(9), from.plus(10), from.plus(19), from.plus(20), from.plus(14)),
        365 | 366 => (month(4).plus(-1), month(4), month(8).plus(-1), month(8), month(6).plus(-1)),
        3652 | 3653 => (month(48).plus(-1), month(36), month(84).plus(-1), month(72), month(60).plus(-1)),
        _ => {
            let third = length / 3 + i32::from(length % 3 > 0);
            let middle = length / 3;
            (from.plus(third - 1), from.plus(middle), to.plus(-middle), to.plus(1 - third), from.plus((length - 1) / 2))
        }
    };
    match portion {
        Portion::Whole => days,
        Portion::Early => DayRange { from, to: first },
        Portion::Mid => DayRange { from: middle_from, to: middle_to },
        Portion::Late => DayRange { from: last, to },
        Portion::FirstHalf => DayRange { from, to: half },
        Portion::SecondHalf => DayRange { from: half.plus(1).min(to), to },
    }
}

/// A day's value with a time of day behind it. A night also reaches into the day after it.
pub(crate) fn at_clock(resolved: Resolved, clock: Clock) -> Resolved {
    let suffix = clock_value(clock);
    if suffix.is_empty() {
        return resolved;
    }
    let into_next = matches!(clock, Clock::PartOfDay(NIGHT | MIDNIGHT));
    let days = resolved.days.map(|d| if into_next { DayRange { from: d.from, to: d.to.plus(1) } } else { d });
    Resolved { value: resolved.value + &suffix, days }
}

/// `TNI`, `T22:00`, or nothing.
pub(crate) fn clock_value(clock: Clock) -> String {
    match clock {
        Clock::None => String::new(),
        Clock::PartOfDay(n) => {
            usize::try_from(n).ok().and_then(|n| PARTS_OF_DAY.get(n)).copied().unwrap_or("").to_owned()
        }
        Clock::At(h, Some(m)) => format!("T{h:02}:{m:02}"),
        Clock::At(h, None) => format!("T{h:02}:00"),
    }
}

pub(crate) fn season_name(season: i16) -> &'static str {
    usize::try_from(season).ok().and_then(|s| SEASONS.get(s)).copied().unwrap_or("XX")
}

/// The value of a step whose base is not known.
pub(crate) fn open_step(unit: Unit) -> Resolved {
    let value = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX:XX",
        Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
    };
    Resolved::new(value, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_their_format_says() {
        for year in [-400, -1, 0, 7, 800, 1914, 2025, 9999, 10_000] {
            let written = if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") };
            assert_eq!(year_value(year), written);
            for n in [1_i8, 9, 10, 12, 31] {
                assert_eq!(month(year, n, Portion::Whole).value, format!("{written}-{n:02}"));
                assert_eq!(date(year, 5, n).value, format!("{written}-05-{n:02}"));
            }
        }
        for (y, m, d) in [(1, 1, 1), (1600, 2, 29), (2025, 5, 10), (9999, 12, 31)] {
            let found = Day::from_ymd(y, m, d).map(day);
            assert_eq!(found.map(|f| f.value), Some(format!("{y:04}-{m:02}-{d:02}")));
        }
        let before = Day::from_ymd(-5, 3, 1);
        assert_eq!(before.map(|b| day(b).value), before.map(|b| b.to_string()));
    }
}
