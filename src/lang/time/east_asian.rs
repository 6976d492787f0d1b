//! The signs for year, month and day that Chinese and Japanese write behind numbers.

use crate::lang::time::class::{Class, Row, Sense, TimeWords};

pub(crate) const EAST_ASIAN: TimeWords = TimeWords {
    rows: &[
        Row::with(Class::Word, Sense::YearSign, "年"),
        Row::with(Class::Word, Sense::MonthSign, "月"),
        Row::with(Class::Word, Sense::DaySign, "日"),
    ],
    ..TimeWords::NONE
};
