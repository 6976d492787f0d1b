//! The shape of a table of calendar names, which [`crate::lang::months`] and [`crate::lang::weekdays`] fill.

use crate::lang::time::Sense;

/// The names of the `N` months or weekdays of one language, in the order of the calendar.
#[derive(Debug)]
pub(crate) struct CalendarNames<const N: usize> {
    /// ISO 639-1.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the row to its readers, and to the tests"))]
    pub language: &'static str,
    /// Full names in small letters, in every case that dates take. Forms are separated by spaces; `_` stands for the space
    /// in a name of two words.
    pub full: [&'static str; N],
    /// Short names without their dot; empty where there is none.
    pub short: [&'static str; N],
    /// Whether dates in the running text of an article are read with these names: what full and short names mean there
    /// besides. `None` where such dates are not read.
    pub in_text: Option<(Sense, Sense)>,
    /// Names in the text that mean something else besides than the rest of their row.
    pub exceptions: &'static [(&'static str, Sense)],
    /// Whether date fields and addresses are read with these names.
    pub in_fields: bool,
}

impl<const N: usize> CalendarNames<N> {
    /// Full names, read on pages only.
    pub(crate) const fn of(language: &'static str, full: [&'static str; N]) -> Self {
        CalendarNames { language, full, short: [""; N], in_text: None, exceptions: &[], in_fields: false }
    }

    pub(crate) const fn with_short(self, short: [&'static str; N]) -> Self {
        CalendarNames { short, ..self }
    }

    pub(crate) const fn read_in_text(
        self,
        full: Sense,
        short: Sense,
        exceptions: &'static [(&'static str, Sense)],
    ) -> Self {
        CalendarNames { in_text: Some((full, short)), exceptions, ..self }
    }

    pub(crate) const fn read_in_fields(self) -> Self {
        CalendarNames { in_fields: true, ..self }
    }

    /// All full names, each with its number from 1.
    pub(crate) fn full_names(&self) -> impl Iterator<Item = (i8, &'static str)> {
        numbered(&self.full)
    }

    /// All short names, each with its number from 1.
    pub(crate) fn short_names(&self) -> impl Iterator<Item = (i8, &'static str)> {
        numbered(&self.short)
    }

    /// Full and short names, each with its number from 1.
    pub(crate) fn names(&self) -> impl Iterator<Item = (i8, &'static str)> {
        self.full_names().chain(self.short_names())
    }

    /// What a name means in a text besides, where its row says `of_row`.
    pub(crate) fn sense_of(&self, name: &str, of_row: Sense) -> Sense {
        self.exceptions.iter().find(|(exception, _)| *exception == name).map_or(of_row, |(_, sense)| *sense)
    }
}

fn numbered(names: &[&'static str]) -> impl Iterator<Item = (i8, &'static str)> {
    (1..).zip(names).flat_map(|(n, forms)| forms.split_ascii_whitespace().map(move |form| (n, form)))
}
