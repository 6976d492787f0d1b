//! What is asked: words and neighbouring words of the indexed text itself.

use std::collections::HashSet;

use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use super::Outcome;
use super::engine::Engine;

/// Queries of each kind.
pub const QUERIES: usize = 200;

/// A word, another of the same document, and two that stand side by side there.
pub struct Asked {
    pub one: String,
    pub other: String,
    pub phrase: (String, String),
}

/// Takes from documents spread over the index words that stand in one document in 10 to one in 500.
pub fn asked(engine: &Engine) -> Outcome<Vec<Asked>> {
    let documents = engine.searcher.num_docs();
    let often = documents / 500..=documents / 10;
    let segment = engine.searcher.segment_readers().first().ok_or("the index is empty")?;
    let mut asked = Vec::with_capacity(QUERIES);
    let mut used = HashSet::new();
    for doc in (0..segment.max_doc()).step_by((segment.max_doc() as usize / (4 * QUERIES)).max(1)) {
        let document: TantivyDocument = engine.searcher.doc(DocAddress::new(0, doc))?;
        let body = document.get_first(engine.body).and_then(|v| v.as_str()).unwrap_or_default();
        let mut found: Vec<(usize, String)> = Vec::new();
        for (n, (term, at)) in engine.terms(body)?.into_iter().enumerate() {
            let word = &body[at];
            // Long enough to be no stop word of any language, and no number or name's initials.
            if word.len() >= 6
                && word.bytes().all(|b| b.is_ascii_lowercase())
                && often.contains(&engine.searcher.doc_freq(&term)?)
            {
                found.push((n, word.to_owned()));
            }
        }
        let side_by_side = found.windows(2).find(|pair| pair[0].0 + 1 == pair[1].0);
        let Some([(_, first), (_, second)]) = side_by_side else { continue };
        let phrase = (first.clone(), second.clone());
        let (Some((_, one)), Some((_, other))) = (found.first(), found.last()) else { continue };
        if one != other && used.insert(one.clone()) {
            asked.push(Asked { one: one.clone(), other: other.clone(), phrase });
            if asked.len() == QUERIES {
                break;
            }
        }
    }
    if asked.is_empty() { Err("the index is too small to take queries from".into()) } else { Ok(asked) }
}

/// Places that have changed their name or are spelt in several ways.
pub const NAMES: [&str; 20] = [
    "Kiev",
    "Kyiv",
    "Peking",
    "Bombay",
    "Burma",
    "Saigon",
    "Calcutta",
    "Leningrad",
    "Madras",
    "Rangoon",
    "Teheran",
    "Tripoli",
    "Benghazi",
    "Cairo",
    "Damascus",
    "Kabul",
    "Baghdad",
    "Beirut",
    "Khartoum",
    "Mogadishu",
];
