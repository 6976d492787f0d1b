//! `dateline similar`

use std::collections::HashMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::time::Instant;

use dateline::engine::snapshot::Reader;
use dateline::index::Backend;
use dateline::model::answer::StoredArticle;
use dateline::model::answer::{Hit, Totals};
use dateline::model::article::ArticleId;
use dateline::model::query::{Expr, Matching, Query};

use crate::cli::args::{Format, SimilarArgs};
use crate::cli::commands::facets::table_format;
use crate::cli::commands::show::find;
use crate::cli::commands::{Outcome, Terminal, open};
use crate::cli::printer::text::HitContext;
use crate::cli::printer::{csv, json, text};

/// Words taken from a passage to ask with. Those that are rare in the index weigh most in the ranking, so more of them
/// only cost time.
const MOST_WORDS: usize = 40;
/// Shorter words say little of what a passage is about.
const SHORTEST_WORD: usize = 4;

/// Runs the verb.
pub fn run(args: &SimilarArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let format = table_format(&args.table)?;
    let reader = open(&args.at)?;
    let Some((id, number)) = find(&reader, &args.id)? else {
        terminal
            .messages
            .error(&format!("`{}`: no article or passage has this id; `dateline search` prints them", args.id));
        return Ok(Outcome::Nothing);
    };
    let article = reader.article(id)?;
    let text = match number {
        None => article.text.as_str(),
        Some(n) => match article.passages.get(n as usize) {
            Some(passage) => passage.text.as_str(),
            None => {
                let last = article.passages.len().saturating_sub(1);
                terminal.messages.error(&format!("`{}`: article {id} has the passages #0 to #{last}", args.id));
                return Ok(Outcome::Nothing);
            }
        },
    };
    let started = Instant::now();
    let hits = like(text, &article, args.limit, &reader)?;
    let elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    let mut out = terminal.out();
    match format {
        Format::Json => {
            for hit in &hits {
                json::hit(&mut out, hit, reader.gazetteer())?;
            }
            let n = hits.len() as u64;
            let totals = Totals {
                hits: hits.len(),
                passages: n,
                articles: n,
                partial: 0,
                stale: hits.iter().filter(|h| h.stale).count(),
            };
            json::summary(&mut out, &totals, elapsed_ms, reader.sums().failed)?;
        }
        Format::Csv => {
            let mut rows = csv::Rows::new(&mut out, &csv::HIT_HEADER)?;
            for hit in &hits {
                csv::hit(&mut rows, hit, reader.gazetteer())?;
            }
            rows.finish()?;
        }
        Format::Text | Format::Trec => {
            let context = HitContext {
                gazetteer: reader.gazetteer(),
                asked_days: Vec::new(),
                coarse: false,
                current_folder: std::env::current_dir().ok(),
            };
            for hit in &hits {
                text::hit(&mut out, hit, &context)?;
            }
        }
    }
    out.flush()?;
    if hits.is_empty() {
        terminal.messages.note("no other article shares words with this one");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// The passages of other articles that share the most telling words with a text, one for each article.
fn like(text: &str, article: &StoredArticle, limit: usize, reader: &Reader) -> dateline::Result<Vec<Hit>> {
    let words = telling_words(text);
    let mut known: Vec<ArticleId> = article.copies.iter().map(|c| c.id).collect();
    known.push(article.info.id);
    let query = Query {
        expr: Some(Expr::And(words.into_iter().map(Expr::Word).collect())),
        matching: Matching::Any,
        exact: true,
        limit: Some(if limit == 0 { usize::MAX } else { limit.saturating_add(known.len()) }),
        per_article: Some(1),
        ..Query::default()
    };
    let mut hits = Vec::new();
    reader.search(&query, &mut |mut hit| {
        if known.contains(&hit.article.id) || hit.copies.iter().any(|c| known.contains(&c.id)) {
            return ControlFlow::Continue(());
        }
        hit.rank = hits.len() + 1;
        hit.missing.clear();
        hits.push(hit);
        if limit > 0 && hits.len() >= limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
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
