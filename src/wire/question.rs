//! A question as understood, as JSON.

use serde::Serialize;

use crate::model::question::{Matching, Page, Question, Sort};

/// A question and the page of its answer, as `--dry-run --json` prints them (`schema/output.schema.json`).
#[derive(Debug, Serialize)]
pub struct QuestionOut {
    /// What was typed as a query, in the form that is understood; `None` for everything.
    pub query: Option<String>,
    /// Filters given beside it, with the names behind their codes.
    pub filters: Vec<String>,
    /// Filters that exclude.
    pub excludes: Vec<String>,
    /// Which passages answer.
    pub r#match: &'static str,
    /// See [`Question::exact`].
    pub exact: bool,
    /// See [`Question::claims`].
    pub claims: bool,
    /// See [`Question::coarse`].
    pub coarse: bool,
    /// See [`Question::event_named`].
    pub event_named: bool,
    /// The order of the hits.
    pub sort: &'static str,
    /// How many hits are skipped.
    pub offset: usize,
    /// How many are given.
    pub limit: Option<usize>,
    /// How many of one article.
    pub per_article: Option<usize>,
}

impl QuestionOut {
    /// The shape of a question whose words and filters are named by the caller.
    pub fn of(
        question: &Question,
        page: &Page,
        query: Option<String>,
        filters: Vec<String>,
        excludes: Vec<String>,
    ) -> Self {
        QuestionOut {
            query,
            filters,
            excludes,
            r#match: match question.matching {
                Matching::AllFirst => "first",
                Matching::All => "all",
                Matching::Any => "any",
            },
            exact: question.exact,
            claims: question.claims,
            coarse: question.coarse,
            event_named: question.event_named,
            sort: match page.sort {
                Sort::Relevance => "relevance",
                Sort::Newest => "newest",
                Sort::Oldest => "oldest",
                Sort::Event => "event",
            },
            offset: page.offset,
            limit: page.limit,
            per_article: page.per_article,
        }
    }
}
