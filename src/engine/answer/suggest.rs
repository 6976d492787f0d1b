//! "Did you mean": words of the index that are spelt nearly like one that is not in it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tantivy::Term;

use crate::engine::snapshot::Snapshot;
use crate::index::record::PassageRecord;
use crate::model::error::Result;
use crate::plan::forms::terms_of;
use crate::plan::leaf::Alternative;
use crate::words::compound::HYPHENS;
use crate::words::{Profile, folded};

/// A word of this many letters or fewer is not compared: too many words are one letter away.
const SHORTEST: usize = 3;
/// A word of fewer letters may differ in one of them, longer ones in two.
const LONG: usize = 5;
/// How many letters a stemmer is taken to have cut off a word that is known, but not off the one that was mistyped:
/// "evacuatoin" has no stem but itself, "evacuation" is known as `evacu`.
const LONGEST_ENDING: usize = 5;
/// How many stems are looked at as words, those in most passages first.
const MOST_STEMS: usize = 60;
/// How many passages with a stem are read for the form that is nearest to what was typed.
const PASSAGES_READ: usize = 8;

/// Words of the index within two edits of this one (one for short words), the nearest first, then those in most passages;
/// none where the word itself is in the index. Words are given as a passage has them, in small letters; of "al-Shabab" the
/// part that is not known is replaced.
pub fn nearest_words(snapshot: &Snapshot, word: &str, limit: usize) -> Result<Vec<String>> {
    let fail = |e| snapshot.fail(e);
    let parts: Vec<&str> =
        word.split(|c| HYPHENS.contains(&c) || matches!(c, '/' | ' ')).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        for part in parts {
            let near = nearest_words(snapshot, part, limit)?;
            if !near.is_empty() {
                return Ok(near.iter().map(|other| word.replacen(part, other, 1)).collect());
            }
        }
        return Ok(Vec::new());
    }
    let languages = snapshot.languages();
    let terms = snapshot.with_analyser(|analyser| terms_of(analyser, word, languages));
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let body = snapshot.fields().body;
    let passages_with = |term: &str| snapshot.searcher().doc_freq(&Term::from_field_text(body, term)).map_err(fail);
    for known in &terms {
        if passages_with(known)? > 0 {
            return Ok(Vec::new());
        }
    }
    let typed = folded(word);
    let letters = typed.chars().count();
    if letters <= SHORTEST {
        return Ok(Vec::new());
    }
    let farthest = if letters >= LONG { 2 } else { 1 };
    let mut stems = BTreeSet::new();
    for segment in snapshot.segments()? {
        for near in spellings(&typed, &terms, farthest) {
            stems.extend(segment.expand(body, &near).map_err(fail)?);
        }
    }
    let mut counted = Vec::new();
    for stem in stems {
        counted.push((Reverse(passages_with(&stem)?), stem));
    }
    counted.sort();
    let mut near = BTreeSet::new();
    for (passages, stem) in counted.into_iter().take(MOST_STEMS) {
        if let Some((edits, word)) = nearest_form(snapshot, &stem, &typed)?
            && edits <= usize::from(farthest)
        {
            near.insert((edits, passages, word));
        }
    }
    // Of a short word what is two edits away is offered only for want of better.
    let nearest = near.first().map_or(0, |(edits, ..)| *edits);
    let enough = if letters > LONG + 1 { usize::from(farthest) } else { nearest };
    let mut words = Vec::new();
    for (_, _, word) in near.into_iter().filter(|(edits, ..)| *edits <= enough) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(limit);
    Ok(words)
}

/// What to look for among the stems: spellings of the word's own, and of what is left of it without an ending.
fn spellings(typed: &str, terms: &[String], farthest: u8) -> Vec<Alternative> {
    let mut wanted: Vec<Alternative> =
        terms.iter().map(|term| Alternative::Fuzzy { term: term.clone(), distance: farthest }).collect();
    let ends = typed.char_indices().rev().take(LONGEST_ENDING).map(|(end, _)| end);
    for shorter in ends.filter_map(|end| typed.get(..end)).filter(|s| s.chars().count() > SHORTEST) {
        wanted.push(Alternative::Fuzzy { term: shorter.to_owned(), distance: 1 });
    }
    wanted
}

/// A term as the word nearest to what was typed, among those of some passages that hold it, and how far that is: people do
/// not write stems.
fn nearest_form(snapshot: &Snapshot, term: &str, typed: &str) -> Result<Option<(usize, String)>> {
    let fail = |e| snapshot.fail(e);
    let terms = [term.to_owned()];
    let mut forms = BTreeSet::new();
    let mut read = 0;
    for segment in snapshot.segments()? {
        let mut cursor = segment.terms(snapshot.fields().body, &terms, false).map_err(fail)?;
        let mut doc = cursor.seek(0);
        while doc < segment.reader.max_doc() && read < PASSAGES_READ {
            read += 1;
            let head = snapshot.stored(segment.ordinal, segment.article_start(doc))?;
            let head = PassageRecord::unpack(&head).ok();
            let language = head.as_ref().and_then(|r| r.article.as_ref()?.language.as_deref());
            let bytes = snapshot.stored(segment.ordinal, doc)?;
            if let Ok(record) = PassageRecord::unpack(&bytes) {
                snapshot.with_analyser(|analyser| {
                    analyser.analyse(&record.text, Profile::of(language), |token, found| {
                        if found == term {
                            let written = token.span.of(&record.text);
                            forms.insert((strsim::osa_distance(typed, &folded(written)), written.to_lowercase()));
                        }
                    });
                });
            }
            doc = cursor.seek(doc + 1);
        }
    }
    Ok(forms.pop_first())
}
