//! Decades, and years and decades written short.

use crate::lang::time::{Class, Sense};
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Portion, Year};
use crate::time::words::tokens::Tokens;

/// 1900 for 30 to 99, 2000 below.
pub(crate) fn century_of_short(year: i32) -> i32 {
    if year < 30 { 2000 } else { 1900 }
}

/// "'99".
pub(crate) fn short_year(t: &Tokens<'_>, at: usize) -> Option<Expression> {
    let token = t.at(at + 1);
    let year = t.class(at) == Class::Apostrophe
        && t.touches_next(at)
        && t.stands_free(at)
        && token.class == Class::Number
        && token.digits == 2
        && !token.glued
        && !matches!(t.class(at + 2), Class::Apostrophe | Class::Percent | Class::Measure | Class::Units);
    let led = matches!(
        t.before(at, 1).class,
        Class::In | Class::Since | Class::Of | Class::The | Class::Month | Class::Season | Class::Late | Class::Early
    );
    (year && led).then(|| {
        let fields = Fields { year: Year::Given(century_of_short(token.value) + token.value), ..Fields::NONE };
        Expression::new(at, at + 2, Meaning::Civil(fields), "year-short")
    })
}

/// "1990s", "'90s"; `first` is where the span begins.
pub(crate) fn decade(t: &Tokens<'_>, first: usize, at: usize, portion: Portion) -> Option<Expression> {
    // "in her early 30s"
    let owner = (1..=3)
        .map(|n| t.before(at, n).class)
        .find(|c| !matches!(c, Class::Early | Class::Mid | Class::Late | Class::Dash));
    if owner == Some(Class::Pronoun) {
        return None;
    }
    let short = t.class(at) == Class::Apostrophe;
    if short && !(t.touches_next(at) && t.stands_free(at)) {
        return None;
    }
    let token = t.at(at + usize::from(short));
    if token.class != Class::NumberPlural || token.glued || token.value % 10 != 0 {
        return None;
    }
    let decade = match token.digits {
        4 if (1000..=2100).contains(&token.value) && !short => token.value,
        2 if short => century_of_short(token.value) + token.value,
        // "the 90s" without an apostrophe needs its article.
        2 if t.before(at, 1).class == Class::The
            || matches!(t.before(at, 1).class, Class::Early | Class::Mid | Class::Late) =>
        {
            century_of_short(token.value) + token.value
        }
        _ => return None,
    };
    let meaning = if decade % 100 == 0 && token.digits == 4 {
        Meaning::Century(decade / 100 + 1, false, portion)
    } else {
        Meaning::Decade(decade, portion)
    };
    Some(Expression::new(first, at + 1 + usize::from(short), meaning, "decade"))
}

/// "the nineties"; `first` is where the span begins.
pub(crate) fn nineties(t: &Tokens<'_>, first: usize, at: usize, portion: Portion) -> Option<Expression> {
    let token = t.at(at);
    if token.sense != Sense::Decade {
        return None;
    }
    // "in his nineties" is an age.
    (t.class(at.wrapping_sub(1)) != Class::Pronoun)
        .then(|| Expression::new(first, at + 1, Meaning::Decade(token.value, portion), "decade"))
}
