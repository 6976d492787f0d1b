//! From what an expression says to its value and days, read against the publication date and what was said before.
//! Uses `time/grammar` for the expressions and `time/words` for what stands around them; called when an article is indexed
//! or inspected, through [`dates_of`].

pub(crate) mod anchor;
pub(crate) mod calendar;
pub(crate) mod continuation;
pub(crate) mod narrative;
pub(crate) mod numeric;
pub(crate) mod ranges;
pub(crate) mod state;
pub(crate) mod steps;
pub(crate) mod tense;
pub(crate) mod value;

use crate::model::article::ByteSpan;
use crate::model::days::DayRange;
use crate::model::mention::TimexType;
use crate::time::grammar::expressions_in;
use crate::time::grammar::meaning::{Clock, Expression, Fields, Meaning};
use crate::time::resolve::anchor::Anchor;
use crate::time::resolve::continuation::Continuations;
use crate::time::resolve::narrative::Narration;
use crate::time::resolve::numeric::DayMonthOrder;
use crate::time::resolve::state::Resolver;
use crate::time::resolve::value::Resolved;
use crate::time::timex::{Dates, Timex};
use crate::time::words::tokens::Tokens;

/// The dates of `text`, read against `anchor`, the publication date, which may be a month or a year.
///
/// Words are recognised in English, dates with the name of a month in Ukrainian too, dates in digits in every language.
/// Expressions that need a publication date and have none keep an open value (`XXXX-05-10`) and no days.
pub fn dates_of(text: &str, anchor: Option<DayRange>) -> Dates {
    let tokens = Tokens::of(text);
    let mut expressions = expressions_in(&tokens);
    ranges::share_years(&tokens, &mut expressions);
    let anchor = anchor.and_then(Anchor::of);
    let told = Narration::of(&expressions, anchor.as_ref());
    let mut resolver = Resolver { t: &tokens, anchor, told, order: DayMonthOrder::of(&expressions), begun: None };
    let mut timexes: Vec<Timex> = Vec::with_capacity(expressions.len());
    let mut continuations = Continuations::default();
    let mut seen = 0;
    for (n, f) in expressions.iter().enumerate() {
        let spoken = resolver.spoken_day();
        continuations.in_words(&tokens, seen..f.first, spoken);
        seen = f.end;
        let begin = n.checked_sub(1).and_then(|p| expressions.get(p).zip(timexes.get(p)));
        resolver.begun =
            begin.filter(|(p, _)| has_month(p) && ranges::ends_range(&tokens, p, f)).and_then(|(_, timex)| timex.days);
        let timex = resolver.timex(f);
        if timex.days.is_none() {
            continuations.by_expression(&tokens, f, spoken);
        }
        timexes.push(timex);
    }
    continuations.in_words(&tokens, seen..tokens.len(), resolver.spoken_day());
    let ranges = ranges::joined(&tokens, &expressions, &timexes, resolver.anchor.as_ref());
    Dates { timexes, ranges, continuations: continuations.0 }
}

fn has_month(f: &Expression) -> bool {
    matches!(f.meaning, Meaning::Civil(Fields { month: Some(_), .. }))
}

impl Resolver<'_> {
    fn timex(&mut self, f: &Expression) -> Timex {
        let first = self.t.at(f.first);
        let last = self.t.at(f.end.saturating_sub(1));
        let (resolved, kind, rule) = self.resolve(f);
        Timex {
            span: ByteSpan::new(first.start as usize, last.end as usize),
            kind,
            value: resolved.value,
            days: resolved.days,
            rule,
        }
    }

    fn resolve(&mut self, f: &Expression) -> (Resolved, TimexType, &'static str) {
        let open = |value: &str| Resolved::new(value, None);
        match &f.meaning {
            Meaning::Civil(fields) => {
                let (resolved, rule) = self.civil(f, fields);
                let resolved = value::at_clock(resolved, fields.clock);
                let kind = if fields.clock == Clock::None { TimexType::Date } else { TimexType::Time };
                (resolved, kind, rule)
            }
            &Meaning::Slashed(a, b, year) => {
                let (resolved, rule) = self.order.resolve(a, b, year);
                (resolved, TimexType::Date, rule)
            }
            &Meaning::Step { unit, count, base, portion, clock } => {
                let resolved = self.step(f, unit, count, base, portion).unwrap_or_else(|| value::open_step(unit));
                let kind = if clock == Clock::None { TimexType::Date } else { TimexType::Time };
                (value::at_clock(resolved, clock), kind, f.rule)
            }
            &Meaning::Weekend(weeks, base) => (self.weekend(f, weeks, base), TimexType::Date, f.rule),
            &Meaning::Quarter(number, year) => (self.quarter(f, number, year), TimexType::Date, f.rule),
            &Meaning::Decade(first, portion) => (value::decade(first, portion), TimexType::Date, f.rule),
            &Meaning::Century(number, bc, portion) => (value::century(number, bc, portion), TimexType::Date, f.rule),
            &Meaning::Holiday(day, year, shift) => (self.holiday(f, day, year, shift), TimexType::Date, f.rule),
            Meaning::Vague(value) => (open(value), TimexType::Date, f.rule),
            Meaning::Duration(value, _) => (open(value), TimexType::Duration, f.rule),
            Meaning::Set(value) => (open(value), TimexType::Set, f.rule),
            Meaning::Clock(clock) => (self.clock(f, *clock), TimexType::Time, f.rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let anchor = DayRange::month(2025, 5).map(|may| DayRange::day(may.from));
        let dates = dates_of(text, anchor);
        let shown = dates.timexes.iter().map(|t| format!("{} = {} ({})", t.span.of(text), t.value, t.rule));
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn dates_with_the_name_of_a_month_are_read_in_ukrainian() {
        for (text, expected) in [
            ("Міст підірвали 3 березня 2022.", "3 березня 2022 = 2022-03-03 (day-month)"),
            ("Міст підірвали 3 березня 2022 року.", "3 березня 2022 = 2022-03-03 (day-month)"),
            ("Селище звільнили у березні 2022.", "березні 2022 = 2022-03 (month-year)"),
            ("СІЧЕНЬ 2023 року", "СІЧЕНЬ 2023 = 2023-01 (month-year)"),
            ("У вівторок, 4 лютого 2025 року, тривога", "вівторок, 4 лютого 2025 = 2025-02-04 (weekday-date)"),
            ("У п'ятницю, 7 лютого 2025 року", "п'ятницю, 7 лютого 2025 = 2025-02-07 (weekday-date)"),
            ("П’ятниця, 7 лютого 2025 року", "П’ятниця, 7 лютого 2025 = 2025-02-07 (weekday-date)"),
            ("Архів за 24 лют. 2022", "24 лют. 2022 = 2022-02-24 (day-month)"),
            ("Склад горів 9 квітня.", "9 квітня = 2025-04-09 (day-month)"),
            ("Бої тривали 7–10 жовтня 2022 року.", "7 = 2022-10-07 (day-list); 10 жовтня 2022 = 2022-10-10 (day-list)"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn ukrainian_names_that_are_other_words_too_are_no_dates_by_themselves() {
        for text in [
            "Лютий ворог відступив.",
            "Володимир Середа мовчав.",
            "У березні 20 родин виїхали.",
            "Лист 15 не дійшов.",
            "Скосили трав чимало.",
            "У середу все стихло.",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
