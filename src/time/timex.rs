//! The dates of a text as they are handed on: expressions with their values, and the ranges that some make together.

use crate::model::article::ByteSpan;
use crate::model::days::DayRange;
use crate::model::mention::TimexType;

/// An expression of time in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands in the text.
    pub span: ByteSpan,
    /// Its type.
    pub kind: TimexType,
    /// Its TIMEX3 value: `2025-05-10`, `2025-05-10TNI`, `2025-W19`, `P3D`, `XXXX-05-10`, `BC0146`.
    pub value: String,
    /// The days that it denotes, widened where it is vague and cut where it is open; `None` where they are not known,
    /// and for durations and sets.
    pub days: Option<DayRange>,
    /// The name of the rule that gave the value, for `inspect --explain`.
    pub rule: &'static str,
}

/// Two or more expressions that together denote one range ("from May 7 to 10").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedRange {
    /// The whole range.
    pub days: DayRange,
    /// Indices into [`Dates::timexes`], ascending.
    pub timexes: Vec<usize>,
}

/// A place where a text goes on from a day that it has named, without naming one: "hours later", "meanwhile".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Continuation {
    /// Byte of the text.
    pub at: usize,
    /// The day that it goes on from.
    pub days: DayRange,
}

/// The dates of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// Expressions in order, not overlapping.
    pub timexes: Vec<Timex>,
    /// The ranges that some of them make together, by their first expression.
    pub ranges: Vec<JoinedRange>,
    /// Where it goes on from a day, in order.
    pub continuations: Vec<Continuation>,
}

impl Dates {
    /// The ranges of days that the expressions within `span` denote, sorted and without repeats: the whole of a joined
    /// range for its members, else each expression's own days.
    pub fn event_ranges_in(&self, span: ByteSpan) -> Vec<DayRange> {
        let mut found: Vec<DayRange> = Vec::new();
        // Both lists are in the order of the text, so that a passage looks at its own part of them only.
        let first = self.timexes.partition_point(|t| t.span.start < span.start);
        let inside = self.timexes.iter().enumerate().skip(first).take_while(|(_, t)| t.span.start < span.end);
        for (n, timex) in inside.filter(|(_, t)| span.contains(t.span)) {
            let from = self.ranges.partition_point(|r| r.timexes.last().is_some_and(|last| *last < n));
            let near = self.ranges.get(from..).unwrap_or_default().iter();
            let mut joined = near
                .take_while(|r| r.timexes.first().is_some_and(|first| *first <= n))
                .filter(|r| r.timexes.contains(&n))
                .peekable();
            if joined.peek().is_some() {
                found.extend(joined.map(|r| r.days));
            } else {
                found.extend(timex.days);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
