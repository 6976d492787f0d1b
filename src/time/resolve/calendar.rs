//! Calendar dates, seasons, weekdays and named days, and the year of those that have none.

use crate::lang::time::{Class, Sense};
use crate::model::days::Day;
use crate::time::grammar::meaning::{Expression, Fields, Which, Year};
use crate::time::grammar::named;
use crate::time::resolve::narrative::Told;
use crate::time::resolve::state::Resolver;
use crate::time::resolve::tense::{Tense, tense_at};
use crate::time::resolve::value;
use crate::time::resolve::value::Resolved;

impl Resolver<'_> {
    pub(crate) fn civil(&mut self, f: &Expression, fields: &Fields) -> (Resolved, &'static str) {
        let explicit = matches!(fields.year, Year::Given(_) | Year::Bc(_));
        let mut rule = f.rule;
        let year = match self.year_of(fields.year) {
            Some(year) => Some(year),
            None if fields.year != Year::Missing => None,
            None => match fields.month {
                Some(month) => {
                    let (year, why) = self.year_for(f, fields, month);
                    rule = why.unwrap_or(rule);
                    year
                }
                None => None,
            },
        };
        if let Some(season) = fields.season {
            return self.season(f, fields, season, year);
        }
        let note = |resolver: &mut Self, month: Option<i8>, day: Option<i8>| {
            if let Some(year) = year
                && !fields.aside
            {
                let told = if explicit {
                    Told::Stated
                } else if month.is_some() {
                    Told::Onwards
                } else {
                    Told::InPassing
                };
                resolver.speak(f, year, month, day, told);
            }
        };
        match (year, fields.month, fields.day) {
            (Some(year), Some(month), Some(day)) => {
                note(self, Some(month), Some(day));
                (value::date(year, month, day), rule)
            }
            (Some(year), Some(month), None) => {
                note(self, Some(month), None);
                (value::month(year, month, fields.portion), rule)
            }
            (Some(year), None, None) => {
                note(self, None, None);
                (value::year(year, fields.portion), rule)
            }
            (None, Some(month), Some(day)) => (Resolved::new(format!("XXXX-{month:02}-{day:02}"), None), rule),
            (None, Some(month), None) => (Resolved::new(format!("XXXX-{month:02}"), None), rule),
            (_, None, Some(day)) => (self.day_only(f, day), rule),
            (None, None, None) => match fields.weekday {
                Some(weekday) => (self.weekday(f, fields, weekday), rule),
                None => (Resolved::new("XXXX", None), rule),
            },
        }
    }

    /// The year of a month or day that has none: from "last" and "next", from the running reference where the text
    /// narrates, else the nearest to the publication date, as the verb's tense allows.
    fn year_for(&self, f: &Expression, fields: &Fields, month: i8) -> (Option<i32>, Option<&'static str>) {
        if fields.which == Which::Plain
            && let Some(begin) = self.begun.and_then(|d| d.from.date())
        {
            let this = (month, fields.day.unwrap_or(31));
            let next = this < (begin.month(), begin.day());
            return (Some(i32::from(begin.year()) + i32::from(next)), Some("range-year"));
        }
        // "the Sept. 11 attacks"
        let attacks = self.t.sense(f.end) == Sense::SeptemberAttacks;
        if (month, fields.day) == (9, Some(11)) && attacks && self.anchor.as_ref().is_none_or(|a| a.year > 2001) {
            return (Some(2001), Some("named-day"));
        }
        // "the previous April"; in a chronicle also "last April"
        if matches!(fields.which, Which::Last | Which::Next)
            && (self.told.running || f.rule == "narrative")
            && let Some(r) = self.told.spoken
        {
            return (Some(r.year_before_or_after(month, fields.which)), None);
        }
        if fields.which == Which::That || self.told.running && fields.which == Which::Plain {
            if let Some(r) = self.told.reference {
                return (Some(r.year_of_next(month)), Some("narrative-year"));
            }
            if fields.which == Which::That
                && let Some(r) = self.told.spoken
            {
                return (Some(r.year_of_next(month)), Some("narrative-year"));
            }
        }
        let Some(anchor) = self.anchor.as_ref() else { return (None, None) };
        if fields.which == Which::Plain
            && let Some(year) = self.told.carried_year(self.t, f, month, anchor)
        {
            return (Some(year), Some("narrative-year"));
        }
        // "the quarter ended Oct. 31"
        let over = matches!(self.t.before(f.first, 1).class, Class::Ended | Class::Since);
        let which = if over && fields.which == Which::Plain { Which::Last } else { fields.which };
        let tense = tense_at(self.t, f.first, f.end);
        (Some(anchor.year_of_month(month, fields.day, which, tense)), None)
    }

    fn weekday(&mut self, f: &Expression, fields: &Fields, weekday: u8) -> Resolved {
        let base = if self.told.running { self.spoken_day() } else { self.anchor.as_ref().and_then(|a| a.day) };
        let Some(base) = base else {
            return Resolved::new(format!("XXXX-WXX-{weekday}"), None);
        };
        let back = (i32::from(base.weekday()) - i32::from(weekday)).rem_euclid(7);
        let ahead = (7 - back) % 7;
        let shift = match fields.which {
            Which::Last => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Which::Next => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Which::That => -back,
            Which::This => {
                if tense_at(self.t, f.first, f.end) == Tense::Past {
                    -back
                } else {
                    ahead
                }
            }
            Which::Plain if self.told.running => ahead,
            // "Wednesday's ruling"
            Which::Plain
                if self.t.class(f.end) == Class::Apostrophe && self.t.sense(f.end + 1) == Sense::Possessive =>
            {
                -back
            }
            Which::Plain => {
                if tense_at(self.t, f.first, f.end) == Tense::Future {
                    ahead
                } else {
                    -back
                }
            }
        };
        let day = base.plus(shift);
        self.speak_day(f, day, Told::Onwards);
        value::day(day)
    }

    /// "the 22nd": in the month last spoken of, else the nearest to the publication date.
    fn day_only(&mut self, f: &Expression, day: i8) -> Resolved {
        let spoken = self.told.spoken.filter(|r| r.month.is_some() && (self.told.running || r.token + 60 > f.first));
        if let Some((year, month)) = spoken.and_then(|r| Some((r.year, r.month?))) {
            self.speak(f, year, Some(month), Some(day), Told::Onwards);
            return value::date(year, month, day);
        }
        let Some(anchor) = self.anchor.as_ref().and_then(|a| a.day) else {
            return Resolved::new(format!("XXXX-XX-{day:02}"), None);
        };
        let future = tense_at(self.t, f.first, f.end) == Tense::Future;
        let nearest = (-1..=1)
            .filter_map(|n| anchor.plus_months(n)?.date())
            .filter_map(|d| Day::from_ymd(d.year(), d.month(), day))
            .filter(|d| if future { *d >= anchor } else { *d <= anchor })
            .min_by_key(|d| (d.0 - anchor.0).abs());
        match nearest {
            Some(day) => {
                self.speak_day(f, day, Told::Onwards);
                value::day(day)
            }
            None => Resolved::new(format!("XXXX-XX-{day:02}"), None),
        }
    }

    fn season(&mut self, f: &Expression, fields: &Fields, season: i16, year: Option<i32>) -> (Resolved, &'static str) {
        let explicit = matches!(fields.year, Year::Given(_) | Year::Bc(_));
        if let Some(year) = year {
            let shift = match (fields.year, fields.which) {
                (Year::FromReference(_), Which::Next) => {
                    i32::from(self.told.spoken.is_some_and(|r| r.month.is_none_or(|m| i16::from(m) > season * 3 + 3)))
                }
                _ => 0,
            };
            let told = if explicit { Told::Stated } else { Told::InPassing };
            self.speak(f, year + shift, None, None, told);
            return (value::season(year + shift, season), f.rule);
        }
        if self.told.running && fields.which == Which::Plain || fields.year != Year::Missing {
            return match self.told.reference {
                Some(r) => (value::season(r.year, season), "narrative-year"),
                None => (Resolved::new(format!("XXXX-{}", value::season_name(season)), None), f.rule),
            };
        }
        let Some(anchor) = self.anchor.as_ref() else {
            return (Resolved::new(format!("XXXX-{}", value::season_name(season)), None), f.rule);
        };
        let tense = tense_at(self.t, f.first, f.end);
        let month = anchor.month.map_or(6, i32::from);
        let (first, last) = (i32::from(season) * 3 + 3, i32::from(season) * 3 + 5);
        let year = anchor.year
            + match fields.which {
                Which::Last => -i32::from(last >= month),
                Which::Next => i32::from(first <= month),
                Which::This => 0,
                _ if tense == Tense::Future => i32::from(last < month),
                _ => -i32::from(first > month),
            };
        (value::season(year, season), f.rule)
    }

    pub(crate) fn holiday(&mut self, f: &Expression, named: i16, year: Year, shift: i8) -> Resolved {
        let explicit = matches!(year, Year::Given(_));
        let on = |year: i32| named::holiday_in(named, i16::try_from(year).ok()?).map(|d| d.plus(i32::from(shift)));
        let year = self.year_of(year).or_else(|| {
            if self.told.running
                && let Some(r) = self.told.reference
            {
                return Some(r.year);
            }
            let anchor = self.anchor.as_ref()?;
            let date = on(anchor.year)?.date()?;
            let tense = tense_at(self.t, f.first, f.end);
            Some(anchor.year_of_month(date.month(), Some(date.day()), Which::Plain, tense))
        });
        match year.and_then(on) {
            Some(day) => {
                if let Some(d) = day.date() {
                    let told = if explicit { Told::Stated } else { Told::Onwards };
                    self.speak(f, i32::from(d.year()), Some(d.month()), Some(d.day()), told);
                }
                value::day(day)
            }
            None if named > 0 => {
                Resolved::new(format!("XXXX-{:02}-{:02}", named / 100, i32::from(named % 100) + i32::from(shift)), None)
            }
            None => Resolved::new("XXXX-XX-XX", None),
        }
    }
}
