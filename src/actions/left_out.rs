//! What a filter by event leaves out that was published in its days.

use crate::index::Backend;
use crate::model::question::{DateKind, Expr, Filter, Question, Standing};

/// Passages that a filter by event leaves out, though they were published in its days or on the day after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// They name no day, and only named days are asked for.
    NamingNone {
        /// How many.
        passages: u64,
        /// The filter that lets them in where one in the query leaves them out; `None` where the option does.
        by: Option<String>,
    },
    /// They name other days.
    NamingOthers {
        /// How many.
        passages: u64,
        /// What lets them in, written in place of the filter.
        by: String,
    },
}

/// What the filters by event of a question leave out; `None` where it has none, or these leave nothing out. `found` is how
/// many passages match the question. Where only named days are asked for, passages that name none come before others.
///
/// A failure of the backend is not told: this is an extra, and must not hide the answer.
pub fn left_out(backend: &dyn Backend, question: &Question, found: u64) -> Option<LeftOut> {
    let events = question.wanted_events();
    let (first, named) = events.first()?;
    let counted = |other: Question| backend.count(&other).ok()?.passages.checked_sub(found).filter(|more| *more > 0);
    if events.iter().any(|(_, named)| *named) {
        let any_kind = |filter: &Filter| match filter {
            Filter::Date(DateKind::Event | DateKind::Named, days) => vec![Filter::Date(DateKind::Event, *days)],
            other => vec![other.clone()],
        };
        let by = (!question.event_named).then(|| Filter::Date(DateKind::Event, *first).to_string());
        let all = Question { event_named: false, ..replaced(question, &any_kind) };
        if let Some(passages) = counted(all) {
            return Some(LeftOut::NamingNone { passages, by });
        }
    }
    let or_published = |filter: &Filter| match filter {
        Filter::Date(DateKind::Event | DateKind::Named, days) => {
            vec![filter.clone(), Filter::Date(DateKind::Published, days.with_day_after())]
        }
        other => vec![other.clone()],
    };
    let passages = counted(replaced(question, &or_published))?;
    let event = if *named { DateKind::Named } else { DateKind::Event };
    let (event, published) = (Filter::Date(event, *first), Filter::Date(DateKind::Published, first.with_day_after()));
    Some(LeftOut::NamingOthers { passages, by: format!("({event} OR {published})") })
}

/// The question with other filters in place of those that are wanted; several in place of one are alternatives.
fn replaced(question: &Question, by: &dyn Fn(&Filter) -> Vec<Filter>) -> Question {
    let expr = question.expr.as_ref().map(|expr| replaced_in(expr, Standing::default(), by));
    Question { expr, ..question.clone() }
}

fn replaced_in(expr: &Expr, standing: Standing, by: &dyn Fn(&Filter) -> Vec<Filter>) -> Expr {
    let inner = |part: &Expr| replaced_in(part, standing, by);
    match expr {
        Expr::Filter(filter) if standing.negations == 0 => alternatives(by(filter)),
        Expr::And(parts) => Expr::And(listed(parts, standing, by)),
        Expr::Or(parts) => Expr::Or(parts.iter().map(inner).collect()),
        Expr::Not(part) => {
            let standing = Standing { negations: standing.negations + 1, ..standing };
            Expr::Not(Box::new(replaced_in(part, standing, by)))
        }
        other => other.clone(),
    }
}

/// The parts of a list. Filters of one field that stand side by side are alternatives and stay so.
fn listed(parts: &[Expr], standing: Standing, by: &dyn Fn(&Filter) -> Vec<Filter>) -> Vec<Expr> {
    let mut fields: Vec<(&'static str, Vec<Filter>)> = Vec::new();
    let mut others = Vec::new();
    for part in parts {
        match part {
            Expr::Filter(filter) if standing.negations == 0 => {
                let field = filter.field();
                match fields.iter_mut().find(|(name, _)| *name == field) {
                    Some((_, filters)) => filters.extend(by(filter)),
                    None => fields.push((field, by(filter))),
                }
            }
            other => others.push(replaced_in(other, standing, by)),
        }
    }
    others.extend(fields.into_iter().map(|(_, filters)| alternatives(filters)));
    others
}

fn alternatives(mut filters: Vec<Filter>) -> Expr {
    match filters.len() {
        1 => filters.pop().map_or(Expr::Or(Vec::new()), |only| Expr::And(vec![Expr::Filter(only)])),
        _ => Expr::Or(filters.into_iter().map(Expr::Filter).collect()),
    }
}
