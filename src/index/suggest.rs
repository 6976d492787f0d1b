//! "Did you mean": words of the index that are spelt nearly like one that is not in it.

use tantivy::Term;

use super::plan::Alternative;
use super::reader::Reader;
use super::words;
use crate::error::Result;

/// A word of this many letters or fewer is not compared: too many words are one letter away.
const SHORTEST: usize = 3;

/// Words of the index within two edits of this one (one for short words), those in most passages first. Words are given
/// as the index keeps them, in small letters and stemmed.
pub fn nearest_words(reader: &Reader, word: &str, limit: usize) -> Result<Vec<String>> {
    let fail = |e| reader.fail(e);
    let tokens = words::alternatives(word, reader.languages(), false);
    let Some(Alternative::Terms(terms)) = tokens.first() else { return Ok(Vec::new()) };
    let Some(term) = terms.first() else { return Ok(Vec::new()) };
    let letters = term.chars().count();
    if letters <= SHORTEST {
        return Ok(Vec::new());
    }
    let distance = if letters > 6 { 2 } else { 1 };
    let body = reader.fields().body;
    let fuzzy = Alternative::Fuzzy { term: term.clone(), distance };
    let mut found: Vec<String> = Vec::new();
    for segment in reader.segments()? {
        found.extend(segment.expand(body, &fuzzy).map_err(fail)?);
    }
    found.sort();
    found.dedup();
    let mut counted = Vec::new();
    for near in found {
        let passages = reader.searcher().doc_freq(&Term::from_field_text(body, &near)).map_err(fail)?;
        let edits = strsim::osa_distance(term, &near);
        counted.push((edits, std::cmp::Reverse(passages), near));
    }
    counted.sort();
    Ok(counted.into_iter().take(limit).map(|(_, _, near)| near).collect())
}
