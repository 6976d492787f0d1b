//! Dates at the head of a text: its dateline, and a line that holds the date of publication.

use crate::lang::time::{Class, begins_update_line, belongs_to_date_line};
use crate::model::days::{Day, DayRange};
use crate::time::grammar::expressions_in;
use crate::time::grammar::meaning::{Expression, Fields, Meaning, Year};
use crate::time::words::token::is_word;
use crate::time::words::tokens::Tokens;

/// How much of a text may hold its dateline and the line with its date.
const HEAD_BYTES: usize = 1500;
/// How many lines with text are looked at.
const HEAD_LINES: usize = 8;

/// The head of a text, in which its dateline and the line with its date may stand.
pub(super) fn head_of(text: &str) -> &str {
    let end = (0..=HEAD_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// What a dateline says of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dateline {
    Whole(DayRange),
    WithoutYear(i8, i8),
}

fn dateline_of(expression: &Expression) -> Option<Dateline> {
    let Meaning::Civil(Fields { year, month: Some(month), day: Some(day), .. }) = expression.meaning else {
        return None;
    };
    match year {
        Year::Given(year) => {
            Day::from_ymd(i16::try_from(year).ok()?, month, day).map(|d| Dateline::Whole(DayRange::day(d)))
        }
        Year::Missing => Some(Dateline::WithoutYear(month, day)),
        _ => None,
    }
}

/// The day in a dateline that a record gives in a field of its own.
pub(super) fn date_of_dateline(dateline: &str) -> Option<Dateline> {
    expressions_in(&Tokens::of(head_of(dateline))).iter().find_map(dateline_of)
}

/// The day in a dateline at the head of the text: place names, a day, then a dash, a parenthesis or a colon.
pub(super) fn dateline_in(head: &str) -> Option<Dateline> {
    const LONGEST_PLACE_TOKENS: usize = 8;
    let tokens = Tokens::of(head);
    let expressions = expressions_in(&tokens);
    let date = expressions.iter().find_map(|f| Some((f, dateline_of(f)?)));
    let (f, dateline) = date?;
    let mut lead = f.first;
    while lead > 0
        && tokens.class(lead - 1) != Class::Break
        && f.first - lead < LONGEST_PLACE_TOKENS
        && !starts_line(&tokens, lead)
    {
        lead -= 1;
    }
    let names = (lead..f.first).all(|at| {
        let token = tokens.at(at);
        token.capital
            || matches!(
                token.class,
                Class::Comma | Class::Dot | Class::Dash | Class::Open | Class::Close | Class::Slash
            )
    });
    let named = (lead..f.first).any(|at| tokens.at(at).capital && tokens.class(at) == Class::Word);
    let follows = f.end + usize::from(matches!(tokens.class(f.end), Class::Comma | Class::Dot));
    let closed =
        matches!(tokens.class(follows), Class::Open | Class::Dash | Class::Colon) || tokens.word(follows) == "_";
    (names && named && closed && (lead == 0 || starts_line(&tokens, lead))).then_some(dateline)
}

fn starts_line(t: &Tokens<'_>, at: usize) -> bool {
    let from = t.before(at, 1).end as usize;
    at == 0
        || t.text.get(from..t.at(at).start as usize).is_some_and(|gap| gap.contains('\n'))
        || t.class(at - 1) == Class::Break
}

/// A day with its year in a line of its own among the first lines, alone or with what usually stands beside it
/// ("Published: Sunday, May 11, 2025, 10:15 p.m. IST", "By A. Writer | 11 May 2025").
pub(super) fn first_lines_date(head: &str) -> Option<DayRange> {
    const LONGEST_LINE_BYTES: usize = 120;
    // A line that the end of the head cuts off is none.
    let lines = head
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take(HEAD_LINES)
        .filter(|l| l.len() <= LONGEST_LINE_BYTES);
    let mut updated = None;
    for line in lines {
        let Some(range) = day_of_line(line) else { continue };
        if !begins_update_line(line) {
            return Some(range);
        }
        updated = updated.or(Some(range));
    }
    updated
}

fn day_of_line(line: &str) -> Option<DayRange> {
    let tokens = Tokens::of(line);
    let expressions = expressions_in(&tokens);
    let (f, dateline) = expressions.iter().find_map(|f| Some((f, dateline_of(f)?)))?;
    let Dateline::Whole(range) = dateline else { return None };
    const SEPARATORS: [char; 3] = ['|', '•', '·'];
    let date_at = tokens.at(f.first).start as usize;
    let start = line.get(..date_at)?.rfind(SEPARATORS).unwrap_or(0);
    let end = line.get(date_at..)?.find(SEPARATORS).map_or(line.len(), |at| date_at + at);
    let mut neighbours = (0..tokens.len())
        .filter(|at| !(f.first..f.end).contains(at) && (start..end).contains(&(tokens.at(*at).start as usize)));
    let usual = |at: usize| {
        let class = tokens.class(at);
        !is_word(class)
            || matches!(class, Class::Weekday | Class::WeekdayAbbr | Class::AmPm | Class::Zone)
            || belongs_to_date_line(tokens.word(at))
    };
    neighbours.all(usual).then_some(range)
}
