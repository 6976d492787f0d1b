//! Passages that are about the same.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::index::Backend;
use crate::model::answer::{Hit, StoredArticle};
use crate::model::article::ArticleId;
use crate::model::error::Result;
use crate::model::question::{Expr, Matching, Page, Question};

/// Words taken from a passage to ask with. Those that are rare in the index weigh most in the ranking, so more of them
/// only cost time.
const MOST_WORDS: usize = 40;
/// Shorter words say little of what a passage is about.
const SHORTEST_WORD: usize = 4;

/// The passages of other articles that share the most telling words with an article, or with its passage of this number; one
/// for each article, best first, at most `most` where it is given.
///
/// # Errors
/// Those of the backend.
pub fn similar(
    backend: &dyn Backend,
    article: &StoredArticle,
    number: Option<u32>,
    most: Option<usize>,
) -> Result<Vec<Hit>> {
    let passage = number.and_then(|n| article.passages.get(n as usize));
    let text = passage.map_or(article.text.as_str(), |passage| passage.text.as_str());
    let words: Vec<Expr> = telling_words(text).into_iter().map(Expr::Word).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut known: Vec<ArticleId> = article.copies.iter().map(|c| c.id).collect();
    known.push(article.info.id);
    let question = Question { matching: Matching::Any, exact: true, ..Question::of(Some(Expr::And(words))) };
    let limit = most.map_or(usize::MAX, |most| most.saturating_add(known.len()));
    let page = Page { limit: Some(limit), per_article: Some(1), ..Page::default() };
    let mut hits: Vec<Hit> = Vec::new();
    let mut take = |mut hit: Hit| {
        if known.contains(&hit.article.id) || hit.copies.iter().any(|c| known.contains(&c.id)) {
            return Ok(ControlFlow::Continue(()));
        }
        hit.rank = hits.len() + 1;
        hit.missing.clear();
        hits.push(hit);
        let enough = most.is_some_and(|most| hits.len() >= most);
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    backend.search(&question, &page, &mut take)?;
    Ok(hits)
}

/// The words that a text says most often, then those that it says first; short ones are left out.
fn telling_words(text: &str) -> Vec<String> {
    let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
    for (n, word) in text.split(|c: char| !c.is_alphanumeric()).enumerate() {
        if word.chars().count() >= SHORTEST_WORD || word.chars().any(|c| c as u32 >= 0x2e80) {
            seen.entry(word.to_lowercase()).or_insert((0, n)).0 += 1;
        }
    }
    let mut words: Vec<(String, (usize, usize))> = seen.into_iter().collect();
    words.sort_by(|(_, a), (_, b)| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    words.truncate(MOST_WORDS);
    words.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_frequent_then_early_and_never_short() {
        assert_eq!(telling_words("The dam. Water in the dam; water, Tigris valley."), ["water", "tigris", "valley"]);
        assert!(telling_words(&"word ".repeat(3)).len() == 1);
    }
}
