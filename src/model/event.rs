//! What the days of an event rest on.

use crate::model::days::{Day, DayRange};

/// What the days of an event rest on. A passage has one kind, the first of these that it has any days of:
///
/// 1. [`EventKind::Named`]: days that it names itself and that are known. Where it names some, the others are not looked at.
/// 2. [`EventKind::Carried`]: the days of the heading or entry that it stands under, else the day that its text goes on from.
/// 3. [`EventKind::Published`]: the publication of its article, which answers for its own day and for the day before; where
///    only its month or year is known, for what holds all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Days in the passage.
    Named,
    /// Days that it takes over from what stands before it.
    Carried,
    /// The publication date.
    Published,
}

impl EventKind {
    /// All of them, in the order in which they are looked at.
    pub const ALL: [EventKind; 3] = [EventKind::Named, EventKind::Carried, EventKind::Published];

    /// The first day for which days of this kind answer: a publication on a day answers for the day before too.
    pub fn first_answered(self, days: DayRange) -> Day {
        if self == EventKind::Published && days.days() == 1 { days.from.plus(-1) } else { days.from }
    }

    /// The kind as outputs name it.
    pub const fn name(self) -> &'static str {
        match self {
            EventKind::Named => "named",
            EventKind::Carried => "carried",
            EventKind::Published => "published",
        }
    }
}
