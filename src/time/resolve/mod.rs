//! From what an expression says to its value and days, read against the publication date and what was said before.

pub(crate) mod anchor;
pub(crate) mod narrative;
pub(crate) mod ranges;
pub(crate) mod tense;
pub(crate) mod value;

use crate::lang::time::{Class, Unit};
use crate::model::article::ByteSpan;
use crate::model::days::{Day, DayRange};
use crate::model::mention::TimexType;
use crate::time::grammar::meaning::{Base, Clock, Fields, Found, Meaning, Part, Which, Year, timexes_in};
use crate::time::grammar::named;
use crate::time::resolve::anchor::Anchor;
use crate::time::resolve::narrative::{Narration, Reference, Told};
use crate::time::resolve::tense::{Tense, ends_sentence, tense_at};
use crate::time::resolve::value::Resolved;
use crate::time::words::token::Tokens;
use crate::time::{Dates, Granularity, Timex};

/// The dates of `text`, read against `anchor`, the publication date, which may be a month or a year.
///
/// Words are recognised in English only; dates in digits in every language. Expressions that need a publication date and
/// have none keep an open value (`XXXX-05-10`) and no days.
pub fn dates_of(text: &str, anchor: Option<DayRange>) -> Dates {
    let tokens = Tokens::of(text);
    let mut found = timexes_in(&tokens);
    ranges::share_years(&tokens, &mut found);
    let anchor = anchor.and_then(Anchor::of);
    let told = Narration::of(&found, anchor.as_ref());
    let mut resolver = Resolver { t: &tokens, anchor, told, order: Order::of(&found), begun: None };
    let mut timexes: Vec<Timex> = Vec::with_capacity(found.len());
    for (n, f) in found.iter().enumerate() {
        let begin = n.checked_sub(1).and_then(|p| found.get(p).zip(timexes.get(p)));
        resolver.begun =
            begin.filter(|(p, _)| has_month(p) && ranges::ends_range(&tokens, p, f)).and_then(|(_, timex)| timex.days);
        timexes.push(resolver.timex(f));
    }
    let ranges = ranges::joined(&tokens, &found, &timexes, resolver.anchor.as_ref());
    Dates { timexes, ranges }
}

fn has_month(f: &Found) -> bool {
    matches!(f.meaning, Meaning::Civil(Fields { month: Some(_), .. }))
}

/// The order of day and month in dates like `05/10/2025`, as the article's own unambiguous ones show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl Order {
    fn of(found: &[Found]) -> Self {
        let has = |day_first: bool| {
            found.iter().any(|f| match f.meaning {
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
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => Order::Unknown,
        }
    }
}

struct Resolver<'a> {
    t: &'a Tokens<'a>,
    anchor: Option<Anchor>,
    told: Narration,
    order: Order,
    /// The days at which a range begins that the expression in hand ends.
    begun: Option<DayRange>,
}

impl Resolver<'_> {
    fn timex(&mut self, f: &Found) -> Timex {
        let first = self.t.at(f.first);
        let last = self.t.at(f.end.saturating_sub(1));
        let (resolved, kind, rule) = self.resolve(f);
        Timex {
            span: ByteSpan::new(first.start as usize, last.end as usize),
            kind,
            value: resolved.value,
            days: resolved.days,
            granularity: resolved.granularity,
            rule,
        }
    }

    fn resolve(&mut self, f: &Found) -> (Resolved, TimexType, &'static str) {
        let open = |value: &str| Resolved::new(value, None, Granularity::Longer);
        match &f.meaning {
            Meaning::Civil(fields) => {
                let (resolved, rule) = self.civil(f, fields);
                let resolved = value::at_clock(resolved, fields.clock);
                let kind = if fields.clock == Clock::None { TimexType::Date } else { TimexType::Time };
                (resolved, kind, rule)
            }
            &Meaning::Slashed(a, b, year) => {
                let (resolved, rule) = self.slashed(a, b, year);
                (resolved, TimexType::Date, rule)
            }
            &Meaning::Step { unit, count, base, part, clock } => {
                let resolved = self.step(f, unit, count, base, part).unwrap_or_else(|| value::open_step(unit));
                let kind = if clock == Clock::None { TimexType::Date } else { TimexType::Time };
                (value::at_clock(resolved, clock), kind, f.rule)
            }
            &Meaning::Weekend(weeks, base) => {
                let day = match base {
                    Base::Anchor => self.anchor.as_ref().and_then(|a| a.day),
                    Base::Reference => self.spoken_day(),
                };
                let resolved = day.and_then(|day| {
                    let weekday = day.weekday();
                    let past = f.rule == "weekend" && weekday < 6 && tense_at(self.t, f.first, f.end) != Tense::Future;
                    value::weekend(day.plus(7 * (weeks - i32::from(past))))
                });
                (resolved.unwrap_or_else(|| open("XXXX-WXX-WE")), TimexType::Date, f.rule)
            }
            &Meaning::Quarter(number, year, which) => (self.quarter(f, number, year, which), TimexType::Date, f.rule),
            &Meaning::Decade(first, part) => (value::decade(first, part), TimexType::Date, f.rule),
            &Meaning::Century(number, bc, part) => (value::century(number, bc, part), TimexType::Date, f.rule),
            &Meaning::Holiday(day, year, shift) => (self.holiday(f, day, year, shift), TimexType::Date, f.rule),
            Meaning::Vague(value) => (open(value), TimexType::Date, f.rule),
            Meaning::Duration(value, _) => (open(value), TimexType::Duration, f.rule),
            Meaning::Set(value) => (open(value), TimexType::Set, f.rule),
            Meaning::Clock(clock) => (self.clock(f, *clock), TimexType::Time, f.rule),
        }
    }

    /// Notes that the text now speaks of this date.
    fn speak(&mut self, f: &Found, year: i32, month: Option<i8>, day: Option<i8>, told: Told) {
        self.told.note(self.t, f, Reference { year, month, day, token: f.end }, told);
    }

    fn spoken_day(&self) -> Option<Day> {
        self.told.spoken.and_then(|r| r.day())
    }

    /// The year that an expression gives itself, or that "that year" and "last year" give it.
    fn year_of(&self, year: Year) -> Option<i32> {
        match year {
            Year::Missing => None,
            Year::Given(y) => Some(y),
            Year::Bc(y) => Some(-y),
            Year::FromAnchor(n) => self.anchor.as_ref().map(|a| a.year + n),
            Year::FromReference(n) => match self.told.spoken {
                Some(r) => Some(r.year + n),
                // "the previous year" of a report that names none; "that year" needs one.
                None if n < 0 && !self.told.running => self.anchor.as_ref().map(|a| a.year + n),
                None => None,
            },
        }
    }

    fn civil(&mut self, f: &Found, fields: &Fields) -> (Resolved, &'static str) {
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
                (value::month(year, month, fields.part), rule)
            }
            (Some(year), None, None) => {
                note(self, None, None);
                (value::year(year, fields.part), rule)
            }
            (None, Some(month), Some(day)) => {
                (Resolved::new(format!("XXXX-{month:02}-{day:02}"), None, Granularity::Day), rule)
            }
            (None, Some(month), None) => (Resolved::new(format!("XXXX-{month:02}"), None, Granularity::Month), rule),
            (_, None, Some(day)) => (self.day_only(f, day), rule),
            (None, None, None) => match fields.weekday {
                Some(weekday) => (self.weekday(f, fields, weekday), rule),
                None => (Resolved::new("XXXX", None, Granularity::Year), rule),
            },
        }
    }

    /// The year of a month or day that has none: from "last" and "next", from the running reference where the text
    /// narrates, else the nearest to the publication date, as the verb's tense allows.
    fn year_for(&self, f: &Found, fields: &Fields, month: i8) -> (Option<i32>, Option<&'static str>) {
        if fields.which == Which::Plain
            && let Some(begin) = self.begun.and_then(|d| d.from.date())
        {
            let own = (month, fields.day.unwrap_or(31));
            let next = own < (begin.month(), begin.day());
            return (Some(i32::from(begin.year()) + i32::from(next)), Some("range-year"));
        }
        // "the Sept. 11 attacks"
        let attacks = ["attack", "attacks", "terror", "terrorist", "hijackings"].iter().any(|w| self.t.is(f.end, w));
        if (month, fields.day) == (9, Some(11)) && attacks && self.anchor.as_ref().is_none_or(|a| a.year > 2001) {
            return (Some(2001), Some("named-day"));
        }
        // "the previous April"; in a chronicle also "last April"
        if matches!(fields.which, Which::Last | Which::Next)
            && (self.told.running || f.rule == "narrative")
            && let Some(r) = self.told.spoken
        {
            return (Some(r.year_beside(month, fields.which)), None);
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

    fn weekday(&mut self, f: &Found, fields: &Fields, weekday: u8) -> Resolved {
        let base = if self.told.running { self.spoken_day() } else { self.anchor.as_ref().and_then(|a| a.day) };
        let Some(base) = base else {
            return Resolved::new(format!("XXXX-WXX-{weekday}"), None, Granularity::Day);
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
            Which::Plain if self.t.class(f.end) == Class::Apostrophe && self.t.is(f.end + 1, "s") => -back,
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

    /// A time of day as such: its value has the day last spoken of, or that of publication, but it denotes no days.
    fn clock(&self, f: &Found, clock: Clock) -> Resolved {
        const REACH_TOKENS: usize = 40;
        let spoken = self.told.spoken.filter(|r| r.token + REACH_TOKENS > f.first).and_then(|r| r.day());
        let day = match spoken {
            None if self.told.running => None,
            spoken => spoken.or(self.anchor.as_ref().and_then(|a| a.day)),
        };
        let day = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
        Resolved::new(day + &value::clock_value(clock), None, Granularity::Time)
    }

    fn speak_day(&mut self, f: &Found, day: Day, told: Told) {
        if let Some(date) = day.date() {
            self.speak(f, i32::from(date.year()), Some(date.month()), Some(date.day()), told);
        }
    }

    /// "the 22nd": in the month last spoken of, else the nearest to the publication date.
    fn day_only(&mut self, f: &Found, day: i8) -> Resolved {
        let spoken = self.told.spoken.filter(|r| r.month.is_some() && (self.told.running || r.token + 60 > f.first));
        if let Some((year, month)) = spoken.and_then(|r| Some((r.year, r.month?))) {
            self.speak(f, year, Some(month), Some(day), Told::Onwards);
            return value::date(year, month, day);
        }
        let Some(anchor) = self.anchor.as_ref().and_then(|a| a.day) else {
            return Resolved::new(format!("XXXX-XX-{day:02}"), None, Granularity::Day);
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
            None => Resolved::new(format!("XXXX-XX-{day:02}"), None, Granularity::Day),
        }
    }

    fn season(&mut self, f: &Found, fields: &Fields, season: i16, year: Option<i32>) -> (Resolved, &'static str) {
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
                None => {
                    (Resolved::new(format!("XXXX-{}", value::season_name(season)), None, Granularity::Quarter), f.rule)
                }
            };
        }
        let Some(anchor) = self.anchor.as_ref() else {
            return (Resolved::new(format!("XXXX-{}", value::season_name(season)), None, Granularity::Quarter), f.rule);
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

    fn slashed(&mut self, a: i32, b: i32, year: i32) -> (Resolved, &'static str) {
        let date = |month: i32, day: i32| value::date(year, month as i8, day as i8);
        if a > 12 || b <= 12 && a != b && self.order == Order::DayFirst {
            (date(b, a), "numeric")
        } else if b > 12 || a == b || self.order == Order::MonthFirst {
            (date(a, b), "numeric")
        } else {
            let whole = value::year(year, Part::Whole);
            (Resolved { value: format!("{}-XX-XX", whole.value), ..whole }, "numeric-ambiguous")
        }
    }

    fn step(&mut self, f: &Found, unit: Unit, count: i32, base: Base, part: Part) -> Option<Resolved> {
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
                    value::week(day, part)?
                }
            }
            Unit::Month => {
                let months = year.checked_mul(12)?.checked_add(i32::from(month?) - 1)?.checked_add(count)?;
                let (year, month) = (months.div_euclid(12), (months.rem_euclid(12) + 1) as i8);
                self.speak(f, year, Some(month), None, told);
                value::month(year, month, part)
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
                value::year(year, part)
            }
            Unit::Decade if base == Base::Anchor && f.rule == "ago" => {
                value::year(year.checked_add(count.checked_mul(10)?)?, part)
            }
            Unit::Decade => value::decade(year.div_euclid(10).checked_add(count)?.checked_mul(10)?, part),
            Unit::Century if f.rule == "relative" || f.rule == "narrative" => {
                value::century((year - 1).div_euclid(100).checked_add(count)?.checked_add(1)?, false, part)
            }
            Unit::Century => value::year(year.checked_add(count.checked_mul(100)?)?, part),
            Unit::Millennium => return None,
        };
        Some(resolved)
    }

    fn quarter(&mut self, f: &Found, number: u8, year: Year, _which: Which) -> Resolved {
        // "the quarter" is the one that the text reports on.
        if number == 0 {
            return match self.told.quarter {
                Some((year, quarter)) => value::quarter(year, quarter),
                None => Resolved::new("XXXX-QX", None, Granularity::Quarter),
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
            None => Resolved::new(format!("XXXX-Q{number}"), None, Granularity::Quarter),
        }
    }

    fn holiday(&mut self, f: &Found, named: i16, year: Year, shift: i8) -> Resolved {
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
            None if named > 0 => Resolved::new(
                format!("XXXX-{:02}-{:02}", named / 100, i32::from(named % 100) + i32::from(shift)),
                None,
                Granularity::Day,
            ),
            None => Resolved::new("XXXX-XX-XX", None, Granularity::Day),
        }
    }
}

/// Whether the sentence before the expression at `first` speaks of sums and shares, so that "a year ago" compares the
/// quarter reported with the same one.
fn compares_money(t: &Tokens<'_>, first: usize) -> bool {
    const REACH_TOKENS: usize = 40;
    (1..=REACH_TOKENS)
        .map_while(|n| first.checked_sub(n).filter(|at| !ends_sentence(t, *at)))
        .chain(first..first + REACH_TOKENS / 2)
        .any(|at| matches!(t.class(at), Class::Currency | Class::Percent) || t.is(at, "profit") || t.is(at, "percent"))
}
