//! Why nothing was found, as far as it can be told: filters that leave nothing, words that no passage holds.

use std::collections::BTreeSet;

use crate::index::Backend;
use crate::model::question::{Expr, Filter, Matching, Question};

/// Words that are looked at, each of which costs a search.
const MOST_WORDS: usize = 24;
/// Spellings that are offered for a word.
const MOST_SPELLINGS: usize = 3;

/// Filters of one field that alone keep everything from matching.
#[derive(Debug, Clone, PartialEq)]
pub struct Blamed {
    /// The filters.
    pub filters: Vec<Filter>,
    /// How many passages would match without them.
    pub passages: u64,
}

/// A word that no passage holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord<'q> {
    /// As typed.
    pub word: &'q str,
    /// Words of the index that are spelt nearly like it, the most frequent first.
    pub spellings: Vec<String>,
}

/// The filters without which something would match, by field.
pub fn blamed_filters(backend: &dyn Backend, question: &Question) -> Vec<Blamed> {
    let without = |field| {
        let (question, filters) = question.without_field(field);
        // This is an extra; a failure here must not hide the answer.
        let passages = backend.count(&question).map_or(0, |counts| counts.passages);
        (passages > 0).then_some(Blamed { filters, passages })
    };
    question.filtered_fields().into_iter().filter_map(without).collect()
}

/// The words of a question that no passage holds and that another spelling is known for; of a long question the first few.
pub fn unknown_words<'q>(backend: &dyn Backend, question: &'q Question) -> Vec<UnknownWord<'q>> {
    let unknown = |word: &'q str| {
        let spellings =
            if is_in_no_passage(backend, word) { backend.suggestions(word, MOST_SPELLINGS).ok()? } else { Vec::new() };
        (!spellings.is_empty()).then_some(UnknownWord { word, spellings })
    };
    let mut words = question.plain_words();
    let mut seen = BTreeSet::new();
    words.retain(|word| seen.insert(*word));
    words.into_iter().take(MOST_WORDS).filter_map(unknown).collect()
}

/// Whether the index has no passage with this word in any of its spellings.
fn is_in_no_passage(backend: &dyn Backend, word: &str) -> bool {
    let alone = Question { matching: Matching::All, ..Question::of(Some(Expr::Word(word.to_owned()))) };
    backend.count(&alone).is_ok_and(|counts| counts.passages == 0)
}
