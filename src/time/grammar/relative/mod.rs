//! Expressions that count from the publication date or from the date last spoken of.

pub(crate) mod definite;
pub(crate) mod deictic;
pub(crate) mod pointing;

use crate::lang::time::{Class, Sense, Unit};
use crate::time::grammar::absolute;
use crate::time::grammar::absolute::{date_or_year, with};
use crate::time::grammar::decades;
use crate::time::grammar::duration;
use crate::time::grammar::duration::{Count, unit_at};
use crate::time::grammar::meaning::{Base, Clock, Expression, Fields, Meaning, Portion, Which, Year};
use crate::time::grammar::ordinals::{LAST, ordinal_at, ordinal_unit};
use crate::time::grammar::relative::definite::{the_day, the_unit, unit_first};
use crate::time::grammar::relative::deictic::deictic;
use crate::time::grammar::relative::pointing::{counted_run, pointing};
use crate::time::grammar::{clock, years};
use crate::time::words::tokens::Tokens;

/// The part that a word before a time or behind "the" and before "of" leaves of it.
fn portion_of(class: Class) -> Portion {
    match class {
        Class::Early | Class::Beginning => Portion::Early,
        Class::Mid | Class::Middle => Portion::Mid,
        Class::Late | Class::Ending => Portion::Late,
        _ => Portion::Whole,
    }
}

/// "early 2019", "mid-March", "late last week", "the end of May", "earlier this year", "later that day"; `first` is where
/// the span begins.
pub(crate) fn modified(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let class = t.class(at);
    let portion = portion_of(class);
    let bound = matches!(class, Class::Beginning | Class::Middle | Class::Ending);
    let mut next = at + 1;
    if t.sense(at) == Sense::Eve {
        return None;
    }
    next += usize::from(t.class(next) == Class::Dash);
    let mut linked = false;
    if matches!(t.class(next), Class::Of | Class::In | Class::On) {
        linked = t.class(next) == Class::Of || t.class(next) == Class::In;
        if t.class(next) == Class::On && bound {
            return None;
        }
        next += 1;
    }
    if bound && !(linked && t.class(next - 1) == Class::Of) {
        return None;
    }
    let relative = matches!(class, Class::Earlier | Class::Later);
    // "the early hours of Thursday", "the early morning hours of 30 April"
    next += usize::from(t.class(next) == Class::PartOfDay && t.class(next + 1) == Class::Units);
    if t.class(next) == Class::Units && t.at(next).value == Unit::Hour as i32 && t.class(next + 1) == Class::Of {
        let (end, meaning) = date_or_year(t, next + 2)?;
        let meaning = with(meaning, |f| f.clock = Clock::PartOfDay(0));
        return Some(Expression::new(first, end, meaning, "part-of"));
    }
    let (end, meaning, rule) = inner(t, next, portion)?;
    if relative {
        let fits = match &meaning {
            Meaning::Step { .. } | Meaning::Weekend(..) => true,
            Meaning::Civil(f) => f.weekday.is_some() && !linked && f.which == Which::Plain || f.which != Which::Plain,
            _ => false,
        };
        return fits.then(|| Expression::new(first, end, meaning, rule));
    }
    let meaning = meaning.with_portion(portion).unwrap_or(meaning);
    Some(Expression::new(first, end, meaning, rule))
}

/// What a modifier may stand before.
pub(crate) fn inner(t: &Tokens<'_>, at: usize, portion: Portion) -> Option<(usize, Meaning, &'static str)> {
    t.nested(|| inner_at(t, at, portion))
}

fn inner_at(t: &Tokens<'_>, at: usize, portion: Portion) -> Option<(usize, Meaning, &'static str)> {
    let the = usize::from(t.class(at) == Class::The);
    if let Some(found) =
        decades::decade(t, at, at + the, portion).or_else(|| decades::nineties(t, at, at + the, portion))
    {
        return Some((found.end, found.meaning, "decade"));
    }
    if let Some(found) = counted_by_ordinal(t, at, at + the) {
        return Some((found.end, found.meaning, found.rule));
    }
    if let Some((end, meaning)) = date_or_year(t, at + the) {
        return Some((end, meaning, "modified"));
    }
    if the == 1 && t.class(at + 1) == Class::Unit {
        let unit = unit_at(t, at + 1)?;
        return (unit >= Unit::Day).then_some((at + 2, Meaning::step(unit, 0, Base::Reference), "modified"));
    }
    match t.class(at) {
        Class::Today => deictic(t, at).map(|f| (f.end, f.meaning, f.rule)),
        Class::The
        | Class::This
        | Class::That
        | Class::Last
        | Class::Next
        | Class::Previous
        | Class::Following
        | Class::Same => determined(t, at).map(|f| (f.end, f.meaning, f.rule)),
        _ => None,
    }
}

/// Expressions that begin with an article, a demonstrative, "last", "next" and their like.
pub(crate) fn determined(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let class = t.class(at);
    let next = t.class(at + 1);
    let plural = t.sense(at) == Sense::Plural;
    match class {
        Class::The | Class::Pronoun => the(t, at, next),
        Class::This => match next {
            Class::Coming | Class::Past | Class::Same | Class::Current => pointing(
                t,
                at,
                at + 2,
                if next == Class::Coming {
                    Class::Next
                } else if next == Class::Past {
                    Class::Last
                } else {
                    Class::This
                },
                false,
            ),
            Class::Units if t.at(at + 1).value == Unit::Day as i32 && plural => {
                Some(Expression::new(at, at + 2, Meaning::Vague("PRESENT_REF"), "vague"))
            }
            _ if plural => None,
            _ => pointing(t, at, at + 1, Class::This, false),
        },
        Class::That => {
            let same = usize::from(next == Class::Same);
            if plural { None } else { pointing(t, at, at + 1 + same, Class::That, false) }
        }
        Class::Last | Class::Past => counted_run(t, at, at, -1)
            .or_else(|| if class == Class::Last { pointing(t, at, at + 1, Class::Last, false) } else { None }),
        Class::Next | Class::Coming => counted_run(t, at, at, 1).or_else(|| {
            if class == Class::Coming && next == Class::Units {
                let unit = unit_at(t, at + 1)?;
                return Some(Expression::new(
                    at,
                    at + 2,
                    Meaning::Duration(duration::duration_value(Count::Some, unit), None),
                    "duration",
                ));
            }
            if class == Class::Next { pointing(t, at, at + 1, Class::Next, false) } else { None }
        }),
        Class::Previous | Class::Following => pointing(t, at, at + 1, class, true),
        Class::Current => {
            let sense = t.sense(at);
            if sense == Sense::Latest || sense == Sense::AtPresent && t.class(at + 1) != Class::Unit {
                return None;
            }
            pointing(t, at, at + 1, Class::This, false).or_else(|| {
                (sense == Sense::Plain).then(|| Expression::new(at, at + 1, Meaning::Vague("PRESENT_REF"), "vague"))
            })
        }
        Class::Same if t.sense(at) != Sense::Emphatic => pointing(t, at, at + 1, Class::That, true),
        Class::Fiscal => fiscal(t, at, at),
        Class::Weekend => None,
        Class::Unit => unit_first(t, at),
        _ => None,
    }
}

/// What follows "the" (or "its", "his").
fn the(t: &Tokens<'_>, at: usize, next: Class) -> Option<Expression> {
    let pronoun = t.class(at) == Class::Pronoun;
    let one = at + 1;
    match next {
        Class::NumberPlural | Class::Apostrophe if !pronoun => decades::decade(t, at, one, Portion::Whole),
        Class::Word if !pronoun => {
            decades::nineties(t, at, one, Portion::Whole).or_else(|| counted_by_ordinal(t, at, one))
        }
        Class::Ordinal | Class::NumberOrdinal => {
            counted_by_ordinal(t, at, one).or_else(|| if pronoun { None } else { the_day(t, at) })
        }
        Class::Cardinal | Class::Few | Class::Number if !pronoun => {
            // "the two days": the span takes the article only where a unit follows.
            duration::counted(t, at, one)
        }
        Class::Fiscal => fiscal(t, at, one),
        Class::Early | Class::Mid | Class::Late | Class::Beginning | Class::Middle | Class::Ending => {
            modified(t, at, one)
        }
        Class::PartOfDay => clock::part_of_day(t, at, one),
        Class::Last | Class::Past => counted_run(t, at, one, -1)
            .or_else(|| counted_by_ordinal(t, at, one))
            .or_else(|| if next == Class::Last { pointing(t, at, at + 2, Class::Last, false) } else { None })
            .or_else(|| {
                (next == Class::Past && !pronoun && matches!(t.class(at + 2), Class::Dot | Class::Comma | Class::Stop))
                    .then(|| Expression::new(at, at + 2, Meaning::Vague("PAST_REF"), "vague"))
            }),
        Class::Next | Class::Coming => counted_run(t, at, one, 1).or_else(|| {
            pointing(t, at, at + 2, if next == Class::Next { Class::Following } else { Class::Next }, true)
        }),
        Class::Following | Class::Previous => {
            counted_run(t, at, one, 0).or_else(|| pointing(t, at, at + 2, next, true))
        }
        Class::Same => pointing(t, at, at + 2, Class::That, true),
        Class::Current if t.sense(one) == Sense::Latest && unit_at(t, at + 2) == Some(Unit::Quarter) => {
            Some(Expression::new(at, at + 3, Meaning::Quarter(0, Year::Missing), "quarter"))
        }
        Class::Current => {
            if t.sense(one) == Sense::Plain {
                pointing(t, at, at + 2, Class::This, false)
            } else {
                None
            }
        }
        Class::Future if !pronoun => Some(Expression::new(at, at + 2, Meaning::Vague("FUTURE_REF"), "vague")),
        Class::Weekend if !pronoun => Some(Expression::new(at, at + 2, Meaning::Weekend(0, Base::Anchor), "weekend")),
        Class::Season if !pronoun => {
            let inner = absolute::date_at(t, one)?;
            Some(Expression::new(at, inner.end, inner.meaning, inner.rule))
        }
        Class::Unit if !pronoun => the_unit(t, at),
        _ => None,
    }
}

/// "third quarter of 1998", "first half of May", "19th century", "second week of May"; `first` is where the span begins.
pub(crate) fn counted_by_ordinal(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let (thing, number) = ordinal_at(t, first, at)?;
    if t.class(thing) != Class::Half {
        return ordinal_unit(t, first, at);
    }
    let portion = match number {
        1 => Portion::FirstHalf,
        2 | LAST => Portion::SecondHalf,
        _ => return None,
    };
    if t.class(thing + 1) != Class::Of {
        return None;
    }
    let (end, meaning, _) = inner(t, thing + 2, Portion::Whole)?;
    Some(Expression::new(first, end, meaning.with_portion(portion)?, "half"))
}

/// "fiscal 1990", "fiscal third quarter".
fn fiscal(t: &Tokens<'_>, first: usize, at: usize) -> Option<Expression> {
    let next = at + 1 + usize::from(t.class(at + 1) == Class::Unit && t.at(at + 1).value == Unit::Year as i32);
    if let Some((end, year)) = years::year_at(t, next)
        && t.class(next) == Class::Number
    {
        return Some(Expression::new(
            first,
            end,
            Meaning::Civil(Fields { year: Year::Given(year), ..Fields::NONE }),
            "fiscal-year",
        ));
    }
    counted_by_ordinal(t, first, at)
}
