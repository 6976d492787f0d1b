//! Finding one article or passage by what people write for it, and what a query matches in it.

use std::ops::ControlFlow;

use crate::actions::names::Holding;
use crate::index::Backend;
use crate::model::answer::{Hit, StoredArticle};
use crate::model::article::{ArticleId, ByteSpan};
use crate::model::error::{Error, Result};
use crate::model::question::{Filter, Matching, Page, Question};
use crate::query::parse::parse;
use crate::wire::view::Matches;

/// The article and, for the id of a passage, its number. A path below the archive stands for its article where it has just
/// one. `None` where nothing is meant by it; whether the index has an article of the id is not looked up.
///
/// # Errors
/// Those of the backend.
pub fn find(backend: &dyn Backend, asked: &str) -> Result<Option<(ArticleId, Option<u32>)>> {
    let (article, number) = match asked.rsplit_once('#') {
        Some((article, number)) => (article, number.parse::<u32>().ok()),
        None => (asked, None),
    };
    if let Ok(id) = article.parse::<ArticleId>()
        && (number.is_some() || !asked.contains('#'))
    {
        return Ok(Some((id, number)));
    }
    let mut ids = backend.articles_at(file_of(asked))?;
    if file_of(asked) != asked {
        let articles = backend.articles(&ids)?;
        let is_meant = |article: &Option<StoredArticle>| article.as_ref().is_some_and(|a| a.info.path == asked);
        ids = ids.into_iter().zip(&articles).filter(|(_, article)| is_meant(article)).map(|(id, _)| id).collect();
    }
    Ok(match ids.as_slice() {
        [only] => Some((*only, None)),
        _ => None,
    })
}

/// The path of the file that an article lies in, which may be a member of it ("2024.zip!/a.txt").
fn file_of(path: &str) -> &str {
    path.split_once("!/").map_or(path, |(file, _)| file)
}

/// An article that was asked for, with the passage that was meant.
///
/// # Errors
/// [`Error::NotFound`] with what was asked, where there is no such article or passage; those of the backend.
pub fn article(backend: &dyn Backend, asked: &str) -> Result<(StoredArticle, Option<u32>)> {
    let Some((id, number)) = find(backend, asked)? else {
        let reason = format!("`{asked}`: no article or passage has this id; `dateline search` prints them");
        return Err(Error::NotFound(reason));
    };
    let article = backend.article(id)?;
    match number {
        Some(n) if n as usize >= article.passages.len() => {
            let last = article.passages.len().saturating_sub(1);
            Err(Error::NotFound(format!("`{asked}`: article {id} has the passages #0 to #{last}")))
        }
        number => Ok((article, number)),
    }
}

/// What a query matches in an article: any of its words counts. `notes` gains how ambiguous names in it were read.
///
/// # Errors
/// [`Error::Query`], and those of the backend.
pub fn matches(
    backend: &dyn Backend,
    query: &str,
    article: &StoredArticle,
    notes: &mut Vec<String>,
) -> Result<Matches> {
    let parsed = parse(query, Holding::of(backend).atlas())?;
    notes.extend(parsed.notes);
    let mut question = Question { matching: Matching::Any, ..Question::of(parsed.expr) };
    // A path with the signs of a pattern cannot be asked for literally; all articles are gone through then.
    let file = file_of(&article.info.path);
    if !file.contains(['*', '?', '[', '{']) {
        question = question.narrowed(vec![Filter::Path(file.to_owned())]);
    }
    let mut found = Matches::default();
    let mut take = |hit: Hit| {
        // Of articles with the same text one is given, for all.
        if hit.article.id == article.info.id || hit.copies.iter().any(|copy| copy.id == article.info.id) {
            let start = hit.passage.span.start;
            found.spans.extend(hit.passage.highlights.iter().map(|s| ByteSpan::new(start + s.start, start + s.end)));
            found.passages.insert(hit.passage.number);
        }
        Ok(ControlFlow::Continue(()))
    };
    backend.search(&question, &Page::all(), &mut take)?;
    found.spans.sort_unstable();
    found.spans.dedup();
    Ok(found)
}
