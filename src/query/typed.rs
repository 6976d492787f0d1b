//! What a face was given (words, filters by field, titles, exclusions) read into one question.

use std::fmt;

use crate::model::days::DayRangeBounds;
use crate::model::error::QueryError;
use crate::model::field::Field;
use crate::model::question::{DateKind, Expr, Filter, Matching, Question};
use crate::query::atlas::Atlas;
use crate::query::days::days_from_filter;
use crate::query::parse::{parse, parse_field_and_value, parse_filter};

/// A question as it was typed: in a query, in options, or in the fields of a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    /// The query.
    pub query: String,
    /// Filters with their values; those of one field are alternatives, different fields must all hold.
    pub filters: Vec<(Field, String)>,
    /// The first day that is wanted, of either kind.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// Words for the headline; those of one entry are all wanted, the entries are alternatives.
    pub titles: Vec<String>,
    /// Filters none of which may hold, as `field:value`.
    pub excludes: Vec<String>,
    /// Which passages answer.
    pub matching: Matching,
    /// See [`Question::exact`].
    pub exact: bool,
    /// See [`Question::claims`].
    pub claims: bool,
    /// See [`Question::coarse`].
    pub coarse: bool,
    /// See [`Question::event_named`].
    pub event_named: bool,
}

/// What was typed, as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// The question.
    pub question: Question,
    /// What of it came from the query and the titles.
    pub typed: Option<Expr>,
    /// What of it came as filters.
    pub filters: Vec<Filter>,
    /// What of it came as exclusions.
    pub excludes: Vec<Filter>,
    /// How names that could be read in more than one way were read, and which values no article has, a sentence each.
    pub notes: Vec<String>,
}

/// Why something typed could not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedError {
    /// The query.
    Query(QueryError),
    /// The value of an option or field of this name.
    Value {
        /// The name, as `region`, `title`, `exclude`.
        name: &'static str,
        /// What is wrong, and where in the value.
        error: QueryError,
    },
    /// An option of this name is used for what it is not.
    Misused {
        /// The name.
        name: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
    /// The first day lies after the last.
    NoDay {
        /// The first day that was asked for.
        from: String,
        /// The last day.
        to: String,
    },
}

impl fmt::Display for TypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypedError::Query(error) => write!(f, "{error}"),
            TypedError::Value { name, error } => write!(f, "{name}: {error}"),
            TypedError::Misused { name, reason } => write!(f, "{name}: {reason}"),
            TypedError::NoDay { from, to } => write!(f, "from {from} lies after to {to}; no day is both"),
        }
    }
}

impl std::error::Error for TypedError {}

impl Typed {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`TypedError`] for the first part that cannot be understood. No part is ever left out.
    pub fn understood<'a>(&self, atlas: impl Into<Atlas<'a>>) -> Result<Understood, TypedError> {
        let atlas = atlas.into();
        let parsed = parse(&self.query, atlas).map_err(TypedError::Query)?;
        let mut notes = parsed.notes;
        let filters = self.wanted(atlas, &mut notes)?;
        let excluded = |text: &String| {
            parse_field_and_value(text, atlas, &mut notes).map_err(|error| TypedError::Value { name: "exclude", error })
        };
        let excludes: Vec<Filter> = self.excludes.iter().map(excluded).collect::<Result<_, _>>()?;
        let mut words = Question {
            expr: parsed.expr,
            matching: self.matching,
            exact: self.exact,
            claims: self.claims,
            coarse: self.coarse,
            event_named: self.event_named,
        };
        if let Some(titles) = self.titles(atlas)? {
            // In one list with the words: a partial match may lack some of these, and not the titles.
            words = words.with(titles);
        }
        let typed = words.expr.clone();
        let question = words.narrowed(filters.clone()).excluding(excludes.clone());
        notes.dedup();
        Ok(Understood { question, typed, filters, excludes, notes })
    }

    fn wanted(&self, atlas: Atlas<'_>, notes: &mut Vec<String>) -> Result<Vec<Filter>, TypedError> {
        let mut filters = Vec::new();
        for (field, value) in &self.filters {
            let filter = parse_filter(*field, value, atlas, notes)
                .map_err(|error| TypedError::Value { name: field.name(), error })?;
            filters.push(filter);
        }
        if self.from.is_some() || self.to.is_some() {
            let day = |name: &'static str, text: &Option<String>| {
                let read = |text: &String| {
                    days_from_filter(text).map_err(|reason| TypedError::Value {
                        name,
                        error: QueryError { query: text.clone(), at: 0, reason },
                    })
                };
                text.as_ref().map(read).transpose()
            };
            let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
            let bounds = DayRangeBounds { from: from.map(|d| d.from), to: to.map(|d| d.to) };
            if let (Some(from), Some(to)) = (bounds.from, bounds.to)
                && from > to
            {
                return Err(TypedError::NoDay { from: from.to_string(), to: to.to_string() });
            }
            filters.push(Filter::Date(DateKind::Either, bounds));
        }
        Ok(filters)
    }

    fn titles(&self, atlas: Atlas<'_>) -> Result<Option<Expr>, TypedError> {
        let misused = |reason| TypedError::Misused { name: "title", reason };
        let mut branches = Vec::new();
        for text in &self.titles {
            let parsed = parse(text, atlas).map_err(|error| TypedError::Value { name: "title", error })?;
            let expr = parsed.expr.ok_or_else(|| misused("a word is wanted"))?;
            let mut words_only = true;
            expr.visit(&mut |part, _| words_only &= !matches!(part, Expr::Filter(_) | Expr::Title(_)));
            if !words_only {
                return Err(misused("takes words; give filters by their own options"));
            }
            branches.push(Expr::Title(Box::new(expr)));
        }
        Ok(match branches.len() {
            0 => None,
            1 => branches.pop(),
            _ => Some(Expr::Or(branches)),
        })
    }
}

/// Words of which none is an operator, all wanted: white space parts them, what has no letter or digit is left out.
pub fn plain_words(text: &str) -> Option<Expr> {
    let mut words: Vec<Expr> = text
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(|w| Expr::Word(w.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned()))
        .collect();
    match words.len() {
        0 => None,
        1 => words.pop(),
        _ => Some(Expr::And(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Gazetteer;

    #[test]
    fn plain_words_hold_no_operator() {
        let word = |w: &str| Expr::Word(w.to_owned());
        assert_eq!(
            plain_words("NOT (country:IN) OR -\"x\" — T-72"),
            Some(Expr::And(vec![word("NOT"), word("country:IN"), word("OR"), word("x"), word("T-72")]))
        );
        assert_eq!(plain_words(" — "), None);
    }

    #[test]
    fn what_came_in_several_ways_is_one_question() {
        let typed = Typed {
            query: "shelling country:UA".into(),
            filters: vec![(Field::Country, "RU".into())],
            titles: vec!["border".into()],
            excludes: vec!["lang:ru".into()],
            ..Typed::default()
        };
        let understood = typed.understood(Gazetteer::embedded()).expect("all of it can be read");
        assert_eq!(understood.question.wanted_filters().len(), 2);
        assert_eq!(understood.question.filters().len(), 3);
        assert_eq!(
            understood.question.expr.map(|e| e.to_string()).as_deref(),
            Some("shelling country:UA title:border (country:RU) -lang:ru")
        );
    }

    #[test]
    fn days_in_the_wrong_order_are_refused() {
        let typed = Typed { from: Some("2025-05-10".into()), to: Some("2025-05-07".into()), ..Typed::default() };
        assert!(matches!(typed.understood(Gazetteer::embedded()), Err(TypedError::NoDay { .. })));
    }
}
