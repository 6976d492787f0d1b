//! The query language: text to [`crate::model::question::Expr`].
//!
//! ```text
//! query        = [ alternation ]
//! alternation  = conjunction { "OR" conjunction }
//! conjunction  = clauses { "AND" clauses }
//! clauses      = clause { clause }
//! clause       = ( "-" | "NOT" ) clause | group | filter | title | term
//! group        = "(" alternation ")"
//! title        = "title:" ( group | term )
//! filter       = field ":" value
//! term         = word | word "*" | word "~" [ "1" | "2" ] | [ "=" ] phrase [ "~" [ ">" ] number ] | "=" word
//! phrase       = '"' words '"'
//! field        = "region" | "country" | "place" | "near" | "date" | "event" | "event-named" | "pub" | "lag" | "source" | "lang"
//!              | "path"
//! value        = { bare | '"' text '"' }
//! ```
//!
//! - Clauses side by side are all wanted; `OR` binds less than that: `a b OR c` is `(a b) OR c`. `-` and `NOT` bind most.
//!   Operators are written in capitals; "or", "and" and "not" are words. `-` excludes only at the beginning of a clause.
//! - Filters of one field side by side are alternatives (`country:IN country:PK`: either). To want both, write
//!   `country:IN AND country:PK` or put each in parentheses.
//! - A word ends at white space, a quotation mark or a parenthesis. Punctuation within it stays (U.N., don't, T-72, al-Shabaab,
//!   10.5), punctuation around it is left out. A part without any letter or digit is an error, never dropped.
//! - `"a b"~5` lets five other words stand between, in either order; `"a b"~>5` in this order. `=word` and `="a phrase"` want
//!   the words as they are written, case and accents aside.
//! - `*` wants two letters before it (one in scripts where a character is a word); `~1` a word of three letters, `~2` one of five.
//! - To exclude what is excluded is to want it: `NOT NOT a` is `a`.
//! - `"…"`, `“…”` and `«…»` quote; within, `\"` and `\\` stand for the character.
//! - `place:` and `near:` take a name, a name with what tells it apart (`Punjab/PK`, `Springfield/Illinois/US`), or an id
//!   (`gn:1167710`); `near:` also `latitude,longitude`; its last part is the distance (`/25km`, `/10mi`).
//! - Days are `2025`, `2025-05`, `2025-05-10`, `2025-W19`, `2025-Q2`, a range of two of them joined by `..` with either end
//!   left out, or `unknown`.
//! - A lag is a number of days (`0`), a comparison (`>7`, `<=2`), a range of numbers (`3..10`), or `unknown`.

use super::atlas::Atlas;
use super::filter::filter_of;
use super::grammar::read;
use super::place_name::Notes;
use super::suggest;
use super::syntax::{Node, Syntax, Value};
use crate::model::error::QueryError;
use crate::model::field::Field;
use crate::model::question::{Expr, Filter};

/// A query as understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParsedQuery {
    /// The words and filters; `None` where the text holds nothing.
    pub expr: Option<Expr>,
    /// How names that could be read in more than one way were read, and which values no article has, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a query and looks up the names in its filters.
///
/// # Errors
/// [`QueryError`] with the byte at fault: what cannot be read, a name that is unknown or stands for several places alike. No part
/// of a query is ever left out.
pub fn parse<'a>(query: &str, atlas: impl Into<Atlas<'a>>) -> Result<ParsedQuery, QueryError> {
    let atlas = atlas.into();
    let mut notes = Notes::default();
    let expr = match read(query)? {
        None => None,
        Some(tree) => Some(expression_of(&tree, query, atlas, &mut notes)?),
    };
    Ok(ParsedQuery { expr, notes: notes.into_sentences() })
}

/// Reads the value of one filter as it is given by a flag; `notes` gains how an ambiguous name was read.
///
/// # Errors
/// [`QueryError`] about `value`; also for [`Field::Title`], which is no filter.
pub fn parse_filter<'a>(
    field: Field,
    value: &str,
    atlas: impl Into<Atlas<'a>>,
    notes: &mut Vec<String>,
) -> Result<Filter, QueryError> {
    let mut own_notes = Notes::default();
    let filter = filter_of(field, &Value::from_flag(value)?, atlas.into(), &mut own_notes)
        .map_err(|reason| QueryError { query: value.to_owned(), at: 0, reason })?;
    notes.extend(own_notes.into_sentences());
    Ok(filter)
}

/// Reads `field:value`, as `--exclude` takes it. The whole rest is the value, with or without quotation marks.
///
/// # Errors
/// [`QueryError`] about `text`.
pub fn parse_field_and_value<'a>(
    text: &str,
    atlas: impl Into<Atlas<'a>>,
    notes: &mut Vec<String>,
) -> Result<Filter, QueryError> {
    let fail = |at, reason: String| QueryError { query: text.to_owned(), at, reason };
    let Some((name, value)) = text.split_once(':') else {
        return Err(fail(
            0,
            "a filter is wanted, as in country:RU; to exclude a word write -word in the query".to_owned(),
        ));
    };
    let Some(field) = Field::named(name.trim()) else {
        let known: Vec<&str> = Field::ALL.into_iter().filter(|f| *f != Field::Title).map(|f| f.name()).collect();
        let near = suggest::field(name.trim()).map_or_else(String::new, |near| format!("did you mean `{near}:`? "));
        return Err(fail(0, format!("there is no filter `{name}:`; {near}the filters are {}", known.join(", "))));
    };
    if field == Field::Title {
        return Err(fail(0, "`title:` is no filter; write -title:word in the query".to_owned()));
    }
    if value.trim().is_empty() {
        return Err(fail(text.len(), format!("`{name}:` has an empty value; write it as in {}", field.example())));
    }
    parse_filter(field, value, atlas, notes).map_err(|e| {
        let at = (name.len() + 1 + e.at).min(text.len());
        fail(at, e.reason)
    })
}

/// The expression of a tree: names looked up, parentheses that change nothing left out.
fn expression_of(tree: &Syntax, query: &str, atlas: Atlas<'_>, notes: &mut Notes) -> Result<Expr, QueryError> {
    Ok(match &tree.node {
        Node::Word(word) => Expr::Word(word.clone()),
        Node::Phrase(phrase) => Expr::Phrase(phrase.clone()),
        Node::Prefix(word) => Expr::Prefix(word.clone()),
        Node::Fuzzy { word, distance } => Expr::Fuzzy { word: word.clone(), distance: *distance },
        Node::Title(inner) => Expr::Title(Box::new(expression_of(inner, query, atlas, notes)?)),
        Node::Filter(field, value) => {
            let filter = filter_of(*field, value, atlas, notes).map_err(|reason| QueryError {
                query: query.to_owned(),
                at: value.span.start,
                reason,
            })?;
            Expr::Filter(filter)
        }
        Node::Group(inner) => expression_of(inner, query, atlas, notes)?,
        Node::Not(inner) => match expression_of(inner, query, atlas, notes)? {
            // Not to exclude is to want.
            Expr::Not(wanted) => *wanted,
            other => Expr::Not(Box::new(other)),
        },
        Node::Or(branches) => {
            let mut flat = Vec::with_capacity(branches.len());
            for branch in branches {
                match expression_of(branch, query, atlas, notes)? {
                    Expr::Or(inner) => flat.extend(inner),
                    other => flat.push(other),
                }
            }
            Expr::Or(flat)
        }
        Node::And(groups) => {
            let mut conjuncts = Vec::with_capacity(groups.len());
            for group in groups {
                let mut clauses = Vec::with_capacity(group.len());
                for clause in group {
                    let by_itself = matches!(clause.node, Node::Group(_) | Node::Not(_));
                    match expression_of(clause, query, atlas, notes)? {
                        // A filter in parentheses of its own is wanted as such, not as an alternative to its neighbours.
                        filter @ Expr::Filter(_) if by_itself => clauses.push(Expr::And(vec![filter])),
                        Expr::And(inner) if !inner.iter().any(|e| matches!(e, Expr::Filter(_))) => {
                            clauses.extend(inner)
                        }
                        other => clauses.push(other),
                    }
                }
                conjuncts.push(clauses);
            }
            Expr::And(conjunction_of(conjuncts))
        }
    })
}

/// The clauses of groups joined by `AND` as one list, in which filters of one field from different groups are kept apart.
fn conjunction_of(groups: Vec<Vec<Expr>>) -> Vec<Expr> {
    let field_of = |e: &Expr| match e {
        Expr::Filter(f) => Some(f.field()),
        _ => None,
    };
    let mut fields: Vec<&'static str> = Vec::new();
    for group in &groups {
        let mut here: Vec<&'static str> = group.iter().filter_map(field_of).collect();
        here.sort_unstable();
        here.dedup();
        fields.extend(here);
    }
    let repeated = |field: &str| fields.iter().filter(|f| **f == field).count() > 1;
    let mut all = Vec::new();
    for group in groups {
        let mut lists: Vec<(&'static str, Vec<Expr>)> = Vec::new();
        for clause in group {
            match field_of(&clause) {
                Some(field) if repeated(field) => match lists.iter_mut().find(|(f, _)| *f == field) {
                    Some((_, list)) => list.push(clause),
                    None => lists.push((field, vec![clause])),
                },
                _ => all.push(clause),
            }
        }
        all.extend(lists.into_iter().map(|(_, list)| Expr::And(list)));
    }
    all
}
