//! Dates in digits whose order of day and month is open.

use crate::time::grammar::meaning::{Expression, Meaning, Portion};
use crate::time::resolve::value;
use crate::time::resolve::value::Resolved;

/// The order of day and month in dates like `05/10/2025`, as the article's own unambiguous ones show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayMonthOrder {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl DayMonthOrder {
    pub(crate) fn of(expressions: &[Expression]) -> Self {
        let has = |day_first: bool| {
            expressions.iter().any(|f| match f.meaning {
                Meaning::Slashed(a, b, _) => {
                    if day_first {
                        a > 12
                    } else {
                        b > 12
                    }
                }
                _ => false,
            })
        };
        match (has(true), has(false)) {
            (true, false) => DayMonthOrder::DayFirst,
            (false, true) => DayMonthOrder::MonthFirst,
            _ => DayMonthOrder::Unknown,
        }
    }

    /// The value of two numbers of day and month and a year, with the name of the rule that gave it.
    pub(crate) fn resolve(self, a: i32, b: i32, year: i32) -> (Resolved, &'static str) {
        let date = |month: i32, day: i32| value::date(year, month as i8, day as i8);
        if a > 12 || b <= 12 && a != b && self == DayMonthOrder::DayFirst {
            (date(b, a), "numeric")
        } else if b > 12 || a == b || self == DayMonthOrder::MonthFirst {
            (date(a, b), "numeric")
        } else {
            let whole = value::year(year, Portion::Whole);
            (Resolved { value: format!("{}-XX-XX", whole.value), ..whole }, "numeric-ambiguous")
        }
    }
}
