//! "Did you mean": words of the index that are spelt nearly like one that is not in it.

use tantivy::Term;

use super::plan::Alternative;
use super::reader::Reader;
use super::record::PassageRecord;
use super::words;
use crate::analysis::{Analyser, Profile};
use crate::error::Result;

/// A word of this many letters or fewer is not compared: too many words are one letter away.
const SHORTEST: usize = 3;

/// Words of the index within two edits of this one (one for short words), the nearest first, then those in most passages;
/// none where the word itself is in the index. Words are given as a passage has them, in small letters.
pub fn nearest_words(reader: &Reader, word: &str, limit: usize) -> Result<Vec<String>> {
    let fail = |e| reader.fail(e);
    let tokens = words::alternatives(word, reader.languages(), false);
    let Some(Alternative::Terms(terms)) = tokens.first() else { return Ok(Vec::new()) };
    let Some(term) = terms.first() else { return Ok(Vec::new()) };
    let body = reader.fields().body;
    let passages_with =
        |term: &str| reader.searcher().doc_freq(&Term::from_field_text(body, term)).map_err(|e| reader.fail(e));
    for known in terms {
        if passages_with(known)? > 0 {
            return Ok(Vec::new());
        }
    }
    let letters = term.chars().count();
    if letters <= SHORTEST {
        return Ok(Vec::new());
    }
    let distance = if letters > 6 { 2 } else { 1 };
    let fuzzy = Alternative::Fuzzy { term: term.clone(), distance };
    let mut found: Vec<String> = Vec::new();
    for segment in reader.segments()? {
        found.extend(segment.expand(body, &fuzzy).map_err(fail)?);
    }
    found.sort();
    found.dedup();
    let mut counted = Vec::new();
    for near in found {
        let edits = strsim::osa_distance(term, &near);
        counted.push((edits, std::cmp::Reverse(passages_with(&near)?), near));
    }
    counted.sort();
    let mut words = Vec::new();
    for (_, _, near) in counted.into_iter().take(limit) {
        let word = written(reader, &near)?.unwrap_or(near);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Ok(words)
}

/// A term as a word of a passage that holds it: people do not write stems.
fn written(reader: &Reader, term: &str) -> Result<Option<String>> {
    let fail = |e| reader.fail(e);
    let terms = [term.to_owned()];
    for segment in reader.segments()? {
        let mut cursor = segment.terms(reader.fields().body, &terms, false).map_err(fail)?;
        let doc = cursor.seek(0);
        if doc >= segment.reader.max_doc() {
            continue;
        }
        let start = segment.article_start(doc);
        let head = reader.stored(segment.ordinal, start)?;
        let language =
            PassageRecord::unpack(&head).ok().and_then(|r| r.article.and_then(|a| a.language.map(|l| l.to_string())));
        let bytes = reader.stored(segment.ordinal, doc)?;
        let Ok(record) = PassageRecord::unpack(&bytes) else { continue };
        let mut word = None;
        Analyser::new().analyse(&record.text, Profile::of(language.as_deref()), |token, found| {
            if found == term && word.is_none() {
                word = Some(token.span.of(&record.text).to_lowercase());
            }
        });
        if word.is_some() {
            return Ok(word);
        }
    }
    Ok(None)
}
