//! Rules that recognise expressions of time. They ask for the classes and senses of tokens and hold no word of a language.
//! Uses `time/words`; `time/resolve` and `time/publication` use what the rules yield, the types of [`meaning`].
//! A rule is a function from a place among the tokens to an [`Expression`] that begins there.

pub(crate) mod absolute;
pub(crate) mod clock;
pub(crate) mod decades;
pub(crate) mod duration;
pub(crate) mod lists;
pub(crate) mod meaning;
pub(crate) mod named;
pub(crate) mod numeric;
pub(crate) mod ordinals;
pub(crate) mod relative;
pub(crate) mod years;

use crate::lang::time::Class;
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Portion};
use crate::time::words::tokens::Tokens;

/// The expressions of a text, in order and not overlapping. At each token that may begin one, the longest wins.
pub(crate) fn expressions_in(t: &Tokens<'_>) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < t.len() {
        let class = t.class(at);
        if class as u8 <= Class::Word as u8
            && !matches!(class, Class::Number | Class::NumberOrdinal | Class::NumberPlural | Class::Apostrophe)
        {
            at += 1;
            continue;
        }
        let before = found.len();
        begin_at(t, at, &mut found);
        match found.get(before..).and_then(|new| new.last()) {
            Some(last) if last.end > at => at = last.end,
            _ => {
                found.truncate(before);
                at += 1;
            }
        }
    }
    found
}

/// Adds to `many` what begins at `at`: usually nothing or one, several for lists of days ("7 and 8 May").
fn begin_at(t: &Tokens<'_>, at: usize, many: &mut Vec<Expression>) {
    let mut best: Option<Expression> = None;
    let mut offer = |f: Option<Expression>| {
        if let Some(f) = f
            && best.as_ref().is_none_or(|b| f.end > b.end)
        {
            best = Some(f);
        }
    };
    match t.class(at) {
        Class::Number | Class::NumberOrdinal | Class::Ordinal => {
            if lists::days_before_month(t, at, many) {
                return;
            }
            offer(clock::time_at(t, at));
            offer(numeric::numeric(t, at));
            offer(absolute::date_at(t, at));
            offer(relative::counted_by_ordinal(t, at, at));
            offer(duration::counted(t, at, at));
            if best.is_none() && years::year_range(t, at, many) {
                return;
            }
            offer_year(t, at, &mut best);
        }
        Class::NumberPlural | Class::Apostrophe => {
            offer(decades::decade(t, at, at, Portion::Whole));
            offer(decades::short_year(t, at));
        }
        Class::Month | Class::MonthAbbr | Class::Weekday | Class::WeekdayAbbr | Class::Season | Class::Holiday => {
            offer(absolute::date_at(t, at));
        }
        Class::Cardinal | Class::Few | Class::Half | Class::Units | Class::Article | Class::About | Class::Hundred => {
            offer(duration::counted(t, at, at));
            offer(absolute::date_at(t, at));
            offer(clock::time_at(t, at));
        }
        Class::PartOfDay => {
            offer(clock::part_of_day(t, at, at));
        }
        Class::Today => offer(crate::time::grammar::relative::deictic::deictic(t, at)),
        Class::Present | Class::PastRef | Class::Future | Class::Recent => {
            offer(crate::time::grammar::relative::deictic::vague(t, at))
        }
        Class::Each | Class::SetWord | Class::Once => offer(duration::set_at(t, at)),
        Class::Early
        | Class::Mid
        | Class::Late
        | Class::Earlier
        | Class::Later
        | Class::Beginning
        | Class::Middle
        | Class::Ending => {
            offer(relative::modified(t, at, at));
        }
        Class::The
        | Class::This
        | Class::That
        | Class::Last
        | Class::Next
        | Class::Past
        | Class::Previous
        | Class::Following
        | Class::Coming
        | Class::Current
        | Class::Same
        | Class::Fiscal
        | Class::Unit
        | Class::Weekend
        | Class::Pronoun => {
            offer(relative::determined(t, at));
        }
        Class::Ad => offer(absolute::date_at(t, at)),
        _ => return,
    }
    if let Some(f) = best {
        let end = f.end;
        let open = matches!(f.meaning, Meaning::Civil(Fields { month: Some(_), day: Some(_), .. }));
        many.push(f);
        if open {
            lists::days_after_month(t, end, many);
        }
    }
}

fn offer_year(t: &Tokens<'_>, at: usize, best: &mut Option<Expression>) {
    if best.is_none() {
        *best = years::lone_year(t, at);
    }
}
