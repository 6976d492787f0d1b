//! What a text has come to speak of: the running reference of a narration.

use crate::lang::time::{Class, Sense};
use crate::model::days::Day;
use crate::time::grammar::meaning::{Base, Expression, Fields, Meaning, Which, Year};
use crate::time::resolve::anchor::Anchor;
use crate::time::resolve::tense::{Tense, ends_sentence, pluperfect, tense_at};
use crate::time::words::tokens::Tokens;

/// A date that the text has spoken of. Years before the common era are negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub year: i32,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// The token after the expression.
    pub token: usize,
}

impl Reference {
    pub(crate) fn day(&self) -> Option<Day> {
        Day::from_ymd(i16::try_from(self.year).ok().filter(|y| *y > 0)?, self.month?, self.day?)
    }

    /// The year of the last or next such month before or after this date.
    pub(crate) fn year_before_or_after(&self, month: i8, which: Which) -> i32 {
        let reference_month = self.month.unwrap_or(if which == Which::Last { 12 } else { 1 });
        match which {
            Which::Last => self.year - i32::from(month >= reference_month),
            _ => self.year + i32::from(month <= reference_month),
        }
    }

    /// The year of the next mention of `month`: a narration goes on, so that January after October is in the next year.
    pub(crate) fn year_of_next(&self, month: i8) -> i32 {
        match self.month {
            Some(reference_month) if month < reference_month - 6 => self.year + 1,
            _ => self.year,
        }
    }
}

/// How an expression came to its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// With a year of its own.
    Stated,
    /// Onwards from the reference, or with the reference's year.
    Onwards,
    /// In passing: backwards from the reference, or from the publication date.
    InPassing,
}

/// The dates that "that day" and a month without a year may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Narration {
    /// Whether a running reference, and not the publication date, gives dates their year.
    pub running: bool,
    /// Whether the text is a chronicle. Another text without a publication date takes years from whole dates only.
    pub chronicle: bool,
    /// The last date that carries the narration.
    pub reference: Option<Reference>,
    /// The last date of any kind.
    pub spoken: Option<Reference>,
    /// The quarter that the text reports on, and its year.
    pub quarter: Option<(i32, i8)>,
}

/// Whether the expression that begins at `first` stands at the head of its sentence, a preposition and an article apart.
fn opens_sentence(t: &Tokens<'_>, first: usize) -> bool {
    (1..=3).any(|n| first < n || ends_sentence(t, first - n))
}

/// Whether a date in another year than the narration's looks back or ahead: after a pluperfect ("had invaded in 1943"), a
/// plan ("a campaign planned for 1976"), in parentheses, before a noun ("the May 2007 high"), or, where it is `earlier`,
/// after what it was followed by ("this followed the election in December 2005").
fn looks_elsewhere(t: &Tokens<'_>, f: &Expression, earlier: bool) -> bool {
    const REACH_TOKENS: usize = 8;
    let before = || (1..=REACH_TOKENS).map_while(|n| f.first.checked_sub(n).filter(|at| !ends_sentence(t, *at)));
    let next = t.at(f.end);
    let noun = t.before(f.first, 1).class == Class::The && next.class == Class::Word && !next.capital;
    let bracket = before().find(|at| matches!(t.class(*at), Class::Open | Class::Close));
    let followed = || {
        before().any(|at| {
            matches!(t.class(at), Class::After | Class::Following | Class::Since) || t.sense(at) == Sense::Followed
        })
    };
    noun || bracket.is_some_and(|at| t.class(at) == Class::Open)
        || pluperfect(t, f.first)
        || before().any(|at| t.class(at) == Class::Planned)
        || earlier && followed()
}

/// A year alone that lies so far from the narration is an aside ("declassified in 2005"), unless it opens a sentence.
const LONGEST_LEAP_YEARS: i32 = 5;

impl Narration {
    /// Decides by the expressions themselves: a chronicle states many years, most of them long before its own date, and
    /// hardly ever counts from today. Without a publication date nothing but a reference can give a year.
    pub(crate) fn of(expressions: &[Expression], anchor: Option<&Anchor>) -> Self {
        let (mut far, mut stated, mut deictic, mut whole) = (0, 0, 0, 0);
        // Months without a year, and those of them that would be about now.
        let (mut open, mut recent) = (0, 0);
        for f in expressions {
            match &f.meaning {
                Meaning::Civil(Fields { year: Year::Given(y), month, .. }) => {
                    stated += 1;
                    whole += i32::from(month.is_some());
                    far += i32::from(anchor.is_none_or(|a| *y < a.year));
                }
                Meaning::Civil(Fields { year: Year::Bc(_), .. }) => {
                    stated += 1;
                    far += 1;
                }
                Meaning::Civil(Fields { month: Some(month), day, year: Year::Missing, .. }) => {
                    open += 1;
                    recent += i32::from(anchor.is_some_and(|a| a.is_recent(*month, *day)));
                }
                Meaning::Civil(Fields { month: None, weekday: Some(_), .. }) => deictic += 1,
                Meaning::Step { base: Base::Anchor, .. } | Meaning::Weekend(_, Base::Anchor) => deictic += 1,
                _ => {}
            }
        }
        // A short one may state few, all of them past and one with its month or two more, and never counts from today.
        let short = anchor.is_some()
            && far == stated
            && deictic == 0
            && (recent == 0 || recent * 4 < open)
            && (whole > 0 || far >= 3);
        let chronicle = short || far >= 5 && far * 2 > stated && far > deictic * 10;
        Narration { running: chronicle || anchor.is_none(), chronicle, reference: None, spoken: None, quarter: None }
    }

    /// The year that a date stated shortly before in the same paragraph gives to a month of a report that is no chronicle:
    /// "The war began in February 2022. In April the troops withdrew."
    pub(crate) fn carried_year(&self, t: &Tokens<'_>, f: &Expression, month: i8, anchor: &Anchor) -> Option<i32> {
        const REACH_TOKENS: usize = 60;
        let reference = self.reference.filter(|r| r.year < anchor.year && r.token + REACH_TOKENS > f.first)?;
        let year = reference.year_of_next(month);
        let onwards = (year, month) >= (reference.year, reference.month?) && year < anchor.year;
        let opens = opens_sentence(t, f.first);
        let same_paragraph = (reference.token..f.first).all(|at| t.class(at) != Class::Break);
        (onwards && opens && same_paragraph && tense_at(t, f.first, f.end) != Tense::Future).then_some(year)
    }

    /// Notes that the text now speaks of this date.
    pub(crate) fn note(&mut self, t: &Tokens<'_>, f: &Expression, reference: Reference, told: Told) {
        self.spoken = Some(reference);
        // "on top since June 2002"
        if !self.chronicle && t.before(f.first, 1).class == Class::Since {
            return;
        }
        if told == Told::InPassing || told == Told::Onwards && !self.running {
            return;
        }
        if !self.chronicle && reference.month.is_none() {
            return;
        }
        if self.running
            && !opens_sentence(t, f.first)
            && let Some(current) = self.reference
        {
            let ending = matches!(t.before(f.first, 1).class, Class::By | Class::Until | Class::To | Class::Through);
            let leap = (reference.year - current.year).abs();
            let aside = ending && told == Told::Onwards
                || reference.month.is_none() && leap > LONGEST_LEAP_YEARS
                || leap > 0 && looks_elsewhere(t, f, reference.year < current.year);
            if aside {
                return;
            }
        }
        self.reference = Some(reference);
    }
}
