//! Why nothing was found, as far as it can be told: words that no passage holds, filters that leave nothing.

use dateline::engine::snapshot::Reader;
use dateline::index::Backend;
use dateline::model::query::{Expr, Filter, Matching, Query};

use crate::cli::commands::Terminal;
use crate::cli::commands::ask::{described, plain_words};
use crate::cli::printer::layout::counted;

/// Spellings that are offered for a word.
const SPELLINGS: usize = 3;

/// Says that nothing was found, which filter is to blame and which words might have been meant.
pub fn explain(reader: &Reader, query: &Query, terminal: &Terminal) {
    let mut text = "nothing found".to_owned();
    let blamed = blamed_filters(reader, query);
    if blamed.is_empty() {
        if reader.sums().passages == 0 {
            text.push_str("; the index is empty");
        }
    } else {
        for (filters, passages) in blamed {
            text.push_str(&format!("; without {filters}, {} would match", counted(passages, "passage")));
        }
    }
    terminal.messages.note(&text);
    suggest(reader, query, terminal);
}

/// Offers other spellings of the words that no passage holds.
pub fn suggest(reader: &Reader, query: &Query, terminal: &Terminal) {
    for word in plain_words(query.expr.as_ref()) {
        // Suggestions are an extra; a failure here must not hide the answer.
        if !is_in_no_passage(reader, word) {
            continue;
        }
        let Ok(spellings) = reader.suggestions(word, SPELLINGS) else { continue };
        if !spellings.is_empty() {
            let list: Vec<String> = spellings.iter().map(|s| format!("“{s}”")).collect();
            terminal.messages.note(&format!("no passage holds “{word}”; did you mean {}?", list.join(", ")));
        }
    }
}

/// Whether the index has no passage with this word in any of its spellings.
fn is_in_no_passage(reader: &Reader, word: &str) -> bool {
    let alone = Query { expr: Some(Expr::Word(word.to_owned())), matching: Matching::All, ..Query::default() };
    reader.count(&alone).is_ok_and(|counts| counts.passages == 0)
}

/// The fields without whose filters something would match, and how many passages.
fn blamed_filters(reader: &Reader, query: &Query) -> Vec<(String, u64)> {
    let mut fields: Vec<&'static str> = query.filters.iter().map(Filter::field).collect();
    if let Some(Expr::And(parts)) = &query.expr {
        fields.extend(parts.iter().filter_map(filter_of).map(Filter::field));
    }
    fields.sort_unstable();
    fields.dedup();
    let mut blamed = Vec::new();
    for field in fields {
        let mut without = query.clone();
        let mut named: Vec<String> = Vec::new();
        without.filters.retain(|f| {
            let drop = f.field() == field;
            if drop {
                named.push(described(f, reader.gazetteer()));
            }
            !drop
        });
        if let Some(Expr::And(parts)) = &mut without.expr {
            parts.retain(|p| match filter_of(p) {
                Some(f) if f.field() == field => {
                    named.push(described(f, reader.gazetteer()));
                    false
                }
                _ => true,
            });
            if parts.is_empty() {
                without.expr = None;
            }
        }
        if let Ok(counts) = reader.count(&without)
            && counts.passages > 0
        {
            blamed.push((named.join(" "), counts.passages));
        }
    }
    blamed
}

fn filter_of(expr: &Expr) -> Option<&Filter> {
    match expr {
        Expr::Filter(filter) => Some(filter),
        Expr::And(parts) => match parts.as_slice() {
            [Expr::Filter(filter)] => Some(filter),
            _ => None,
        },
        _ => None,
    }
}
