//! Names of the seven weekdays, from Monday, by language.

use crate::lang::calendar::CalendarNames;
use crate::lang::time::Sense;

/// A language a row.
#[rustfmt::skip]
pub(crate) const WEEKDAYS: &[CalendarNames<7>] = &[
    // English.
    CalendarNames::of("en", [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ])
    .with_short(["mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"])
    .read_in_text(Sense::Plain, Sense::Plain, &[]),
    // Ukrainian. Nominative, accusative. "Середа" and "Субота" are surnames too.
    CalendarNames::of("uk", [
        "понеділок", "вівторок", "середа середу", "четвер", "п'ятниця п'ятницю", "субота суботу", "неділя неділю",
    ])
    .read_in_text(Sense::SmallName, Sense::Dotted, &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_seven_days() {
        for row in WEEKDAYS {
            for day in 1..=7 {
                assert!(row.full_names().any(|(d, _)| d == day), "{}: day {day}", row.language);
            }
        }
    }
}
