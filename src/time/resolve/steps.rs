//! Steps from the publication date or the date last spoken of, weekends, quarters and times of day.

use crate::lang::time::{Class, Sense, Unit};
use crate::time::grammar::meaning::{Base, Clock, Expression, Portion, Which, Year};
use crate::time::resolve::narrative::Told;
use crate::time::resolve::state::Resolver;
use crate::time::resolve::tense::{Tense, ends_sentence, tense_at};
use crate::time::resolve::value;
use crate::time::resolve::value::Resolved;
use crate::time::words::tokens::Tokens;

impl Resolver<'_> {
    pub(crate) fn step(
        &mut self,
        f: &Expression,
        unit: Unit,
        count: i32,
        base: Base,
        portion: Portion,
    ) -> Option<Resolved> {
        // A chronicle's "this year" is the year it tells of, in what it quotes; its "today" is not known.
        let told_of = base == Base::Reference || self.told.running && self.anchor.is_some() && unit >= Unit::Month;
        if self.told.running && !told_of {
            return None;
        }
        let (year, month, day) = match self.told.spoken {
            Some(r) if told_of && (self.told.running || unit != Unit::Day || count != 0 || r.day().is_some()) => {
                (r.year, r.month, r.day())
            }
            _ if told_of && (self.told.running || (unit < Unit::Month) != (count == 0) || count > 0) => return None,
            _ => self.anchor.as_ref().map(|a| (a.year, a.month, a.day))?,
        };
        let told = match base {
            Base::Reference if count >= 0 => Told::Onwards,
            _ => Told::InPassing,
        };
        let resolved = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => {
                let day = day?.plus(count);
                self.speak_day(f, day, told);
                value::day(day)
            }
            Unit::Week | Unit::Fortnight => {
                let each = if unit == Unit::Week { 7 } else { 14 };
                let day = day?.plus(count.saturating_mul(each));
                // One or two weeks are counted to the day, more are not.
                if f.rule == "later" || f.rule == "ago" && count >= -2 {
                    self.speak_day(f, day, told);
                    value::day(day)
                } else {
                    value::week(day, portion)?
                }
            }
            Unit::Month => {
                let months = year.checked_mul(12)?.checked_add(i32::from(month?) - 1)?.checked_add(count)?;
                let (year, month) = (months.div_euclid(12), (months.rem_euclid(12) + 1) as i8);
                self.speak(f, year, Some(month), None, told);
                value::month(year, month, portion)
            }
            Unit::Quarter => {
                let quarters = year.checked_mul(4)?.checked_add((i32::from(month?) - 1) / 3)?.checked_add(count)?;
                value::quarter(quarters.div_euclid(4), (quarters.rem_euclid(4) + 1) as i8)
            }
            Unit::Year => {
                if !self.told.running
                    && count == -1
                    && matches!(f.rule, "ago" | "later")
                    && let Some((year, quarter)) = self.told.quarter.filter(|_| compares_money(self.t, f.first))
                {
                    return Some(value::quarter(year - 1, quarter));
                }
                let year = year.checked_add(count)?;
                // "a year earlier" compares; what follows it is again of the year that is compared.
                if self.told.running || !matches!(f.rule, "ago" | "later") {
                    self.speak(f, year, None, None, told);
                }
                value::year(year, portion)
            }
            Unit::Decade if base == Base::Anchor && f.rule == "ago" => {
                value::year(year.checked_add(count.checked_mul(10)?)?, portion)
            }
            Unit::Decade => value::decade(year.div_euclid(10).checked_add(count)?.checked_mul(10)?, portion),
            Unit::Century if f.rule == "relative" || f.rule == "narrative" => {
                value::century((year - 1).div_euclid(100).checked_add(count)?.checked_add(1)?, false, portion)
            }
            Unit::Century => value::year(year.checked_add(count.checked_mul(100)?)?, portion),
            Unit::Millennium => return None,
        };
        Some(resolved)
    }

    pub(crate) fn quarter(&mut self, f: &Expression, number: u8, year: Year) -> Resolved {
        // "the quarter" is the one that the text reports on.
        if number == 0 {
            return match self.told.quarter {
                Some((year, quarter)) => value::quarter(year, quarter),
                None => Resolved::new("XXXX-QX", None),
            };
        }
        let number = number as i8;
        let year = self.year_of(year).or_else(|| {
            if self.told.running
                && let Some(r) = self.told.reference
            {
                return Some(r.year);
            }
            let anchor = self.anchor.as_ref()?;
            let tense = tense_at(self.t, f.first, f.end);
            Some(anchor.year_of_month(number * 3 - 1, None, Which::Plain, tense))
        });
        match year {
            Some(year) => {
                self.told.quarter = Some((year, number));
                value::quarter(year, number)
            }
            None => Resolved::new(format!("XXXX-Q{number}"), None),
        }
    }

    /// A time of day as such: its value has the day last spoken of, or that of publication, but it denotes no days.
    pub(crate) fn clock(&self, f: &Expression, clock: Clock) -> Resolved {
        const REACH_TOKENS: usize = 40;
        let spoken = self.told.spoken.filter(|r| r.token + REACH_TOKENS > f.first).and_then(|r| r.day());
        let day = match spoken {
            None if self.told.running => None,
            spoken => spoken.or(self.anchor.as_ref().and_then(|a| a.day)),
        };
        let day = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
        Resolved::new(day + &value::clock_value(clock), None)
    }

    /// A weekend so many weeks from a base.
    pub(crate) fn weekend(&self, f: &Expression, weeks: i32, base: Base) -> Resolved {
        let day = match base {
            Base::Anchor => self.anchor.as_ref().and_then(|a| a.day),
            Base::Reference => self.spoken_day(),
        };
        let resolved = day.and_then(|day| {
            let weekday = day.weekday();
            let past = f.rule == "weekend" && weekday < 6 && tense_at(self.t, f.first, f.end) != Tense::Future;
            value::weekend(day.plus(7 * (weeks - i32::from(past))))
        });
        resolved.unwrap_or_else(|| Resolved::new("XXXX-WXX-WE", None))
    }
}

/// Whether the sentence before the expression at `first` speaks of sums and shares, so that "a year ago" compares the
/// quarter reported with the same one.
fn compares_money(t: &Tokens<'_>, first: usize) -> bool {
    const REACH_TOKENS: usize = 40;
    (1..=REACH_TOKENS)
        .map_while(|n| first.checked_sub(n).filter(|at| !ends_sentence(t, *at)))
        .chain(first..first + REACH_TOKENS / 2)
        .any(|at| matches!(t.class(at), Class::Currency | Class::Percent) || t.sense(at) == Sense::Money)
}
