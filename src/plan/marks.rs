//! What of a query stands where in a passage.

use std::collections::BTreeSet;

use crate::model::article::ByteSpan;
use crate::plan::Plan;
use crate::plan::highlight::{Matcher, highlights};
use crate::plan::leaf::Alternative;
use crate::words::{Analyser, Profile, QueryTerm};

/// Finds the leaves of a plan in texts.
pub struct Highlighter {
    matchers: Vec<Matcher>,
    /// For each matcher its leaf, and whether it is a spelling that was added.
    of: Vec<(usize, bool)>,
    /// As many of these as are sought in the text; those after are sought in titles only.
    in_text: usize,
}

/// What was found in a passage or a title.
#[derive(Debug, Default)]
pub struct Found {
    /// Spans, ascending and apart.
    pub spans: Vec<ByteSpan>,
    /// Leaves that stand in it.
    pub leaves: BTreeSet<usize>,
    /// Whether a name was found only under another spelling than the one typed.
    pub variant: bool,
}

impl Highlighter {
    /// A highlighter for a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut matchers = Vec::new();
        let mut of = Vec::new();
        let mut in_text = 0;
        let scored = plan.leaves.iter().enumerate().filter(|(_, leaf)| leaf.weight > 0.0);
        let (titles, texts): (Vec<_>, Vec<_>) = scored.partition(|(_, leaf)| leaf.title_only);
        for (title, (number, leaf)) in
            texts.into_iter().map(|l| (false, l)).chain(titles.into_iter().map(|l| (true, l)))
        {
            for (n, alternative) in leaf.alternatives.iter().enumerate() {
                matchers.push(matcher_of(alternative));
                of.push((number, n >= leaf.own));
            }
            if !title {
                in_text = matchers.len();
            }
        }
        Highlighter { matchers, of, in_text }
    }

    /// What of the plan stands in a text; `more` are spans to be marked besides.
    pub fn in_text(&self, analyser: &mut Analyser, text: &str, language: Option<&str>, more: Vec<ByteSpan>) -> Found {
        let mut matchers = self.matchers[..self.in_text].to_vec();
        matchers.push(Matcher::Spans(more));
        self.found(analyser, text, language, &matchers)
    }

    /// What of the plan stands in a title.
    pub fn in_title(&self, analyser: &mut Analyser, title: &str, language: Option<&str>) -> Found {
        self.found(analyser, title, language, &self.matchers)
    }

    fn found(&self, analyser: &mut Analyser, text: &str, language: Option<&str>, matchers: &[Matcher]) -> Found {
        let marked = highlights(text, Profile::of(language), matchers, analyser);
        let mut found = Found { spans: marked.spans, ..Found::default() };
        let mut typed = BTreeSet::new();
        for (is_found, (leaf, is_variant)) in marked.found.iter().zip(&self.of) {
            if *is_found {
                found.leaves.insert(*leaf);
                if !is_variant {
                    typed.insert(*leaf);
                }
            }
        }
        found.variant = found.leaves.iter().any(|leaf| !typed.contains(leaf));
        found
    }
}

fn matcher_of(alternative: &Alternative) -> Matcher {
    match alternative {
        Alternative::Terms(terms) => Matcher::Rows {
            alternatives: terms.iter().map(|t| vec![QueryTerm { position: 0, term: t.clone() }]).collect(),
            slop: 0,
        },
        Alternative::Phrase { parts, slop } => {
            // A row for each way to choose one term at each place; a place has as many as a word has stems, seldom two.
            let mut rows: Vec<Vec<QueryTerm>> = vec![Vec::new()];
            for (position, terms) in parts {
                rows = rows
                    .iter()
                    .flat_map(|row| {
                        terms.iter().map(|term| {
                            let mut longer = row.clone();
                            longer.push(QueryTerm { position: *position, term: term.clone() });
                            longer
                        })
                    })
                    .collect();
            }
            Matcher::Rows { alternatives: rows, slop: *slop }
        }
        Alternative::Prefix(terms) => Matcher::Prefix(terms.clone()),
        Alternative::OpenPhrase { parts, position, last } => Matcher::OpenPhrase {
            row: parts.iter().map(|(position, term)| QueryTerm { position: *position, term: term.clone() }).collect(),
            position: *position,
            last: last.clone(),
        },
        Alternative::Fuzzy { term, distance } => Matcher::Fuzzy { word: term.clone(), distance: *distance },
    }
}
