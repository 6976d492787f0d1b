//! The days of events, passage by passage: those that it names, else those that it carries, else its publication.

use tantivy::DocId;
use tantivy::columnar::Column;

use crate::engine::segment::Segment;
use crate::index::record::unpack_days;
use crate::model::days::{Day, DayRange, DayRangeBounds};
use crate::model::event::EventKind;
use crate::model::question::{DateKind, Question};

/// The columns of a segment in which the days of events stand, with what each rests on, in the order in which they are
/// looked at.
pub(crate) struct EventColumns(Vec<(Column<u64>, EventKind)>);

impl EventColumns {
    /// Opens them; `named` leaves out all but the days that passages name.
    pub fn of(segment: &Segment<'_>, named: bool) -> tantivy::Result<Self> {
        let all = [("event", EventKind::Named), ("carried", EventKind::Carried), ("published", EventKind::Published)];
        let wanted = all.into_iter().take(if named { 1 } else { 3 });
        wanted.map(|(name, kind)| Ok((segment.column(name)?, kind))).collect::<tantivy::Result<_>>().map(EventColumns)
    }

    /// The columns, for reading in bulk: of a passage, the first that has values counts.
    pub fn into_columns(self) -> Vec<(Column<u64>, EventKind)> {
        self.0
    }

    /// What the days of a passage rest on, and the first of them that answers for those asked for.
    pub fn answer(&self, doc: DocId, asked: DayRangeBounds, coarse: bool) -> Option<(EventKind, DayRange)> {
        for (column, kind) in &self.0 {
            let mut has_days = false;
            for days in column.values_for_doc(doc).map(unpack_days) {
                if answers(*kind, days, asked, coarse) {
                    return Some((*kind, days));
                }
                has_days = true;
            }
            if has_days {
                return None;
            }
        }
        None
    }

    /// Whether nothing is known of the days of a passage.
    pub fn are_unknown(&self, doc: DocId) -> bool {
        self.0.iter().all(|(column, _)| column.first(doc).is_none())
    }

    /// The first day of a passage.
    pub fn first_day(&self, doc: DocId) -> Option<Day> {
        let (column, _) = self.0.iter().find(|(column, _)| column.first(doc).is_some())?;
        column.values_for_doc(doc).map(|days| unpack_days(days).first_known()).min()
    }
}

/// Which dates are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    /// The days of events, of all kinds or of named ones only.
    Event {
        /// Whether only days count that passages name.
        named: bool,
    },
    /// Publication.
    Published,
}

impl Dates {
    /// The dates of a kind, for a question that may leave all but named days out.
    pub fn of(kind: DateKind, question: &Question) -> Self {
        match kind {
            DateKind::Published => Dates::Published,
            DateKind::Named => Dates::Event { named: true },
            DateKind::Event | DateKind::Either => Dates::Event { named: question.event_named },
        }
    }

    /// The columns in which they stand, of which the first that has days of a passage counts, with what these rest on; never
    /// none.
    pub fn columns(self, segment: &Segment<'_>) -> tantivy::Result<Vec<(Column<u64>, EventKind)>> {
        match self {
            Dates::Event { named } => EventColumns::of(segment, named).map(EventColumns::into_columns),
            // They stand for themselves alone, not for the day before.
            Dates::Published => Ok(vec![(segment.column("published")?, EventKind::Named)]),
        }
    }
}

/// Tells which column of a passage counts where these are read one after the other: the first that has days.
#[derive(Debug, Default)]
pub(crate) struct FirstWithDays {
    seen: bool,
}

impl FirstWithDays {
    /// Whether the next column counts; named days come first in each passage.
    pub fn counts(&mut self, kind: EventKind, days: &[u64]) -> bool {
        self.seen &= kind != EventKind::Named;
        let counts = !self.seen && !days.is_empty();
        self.seen |= counts;
        counts
    }

    /// Whether no column of the passage had days so far.
    pub fn none_so_far(&self) -> bool {
        !self.seen
    }
}

/// Whether days of a kind answer for those asked for.
pub(crate) fn answers(kind: EventKind, days: DayRange, asked: DayRangeBounds, coarse: bool) -> bool {
    match kind {
        EventKind::Published => asked.answered_by_publication(days, coarse),
        EventKind::Named | EventKind::Carried => asked.answered_by(days, coarse),
    }
}
