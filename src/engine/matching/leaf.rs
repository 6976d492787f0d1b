//! The leaves of a plan as cursors over a segment: words, phrases, and words that begin so.

use std::sync::Arc;

use tantivy::error::DataCorruption;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::engine::score::TITLE_WEIGHT;
use crate::engine::segment::Segment;
use crate::engine::segment::cursor::{Cursor, PhraseCursor, TermsCursor};
use crate::engine::segment::occurrences::Occurrences;
use crate::index::record::PassageRecord;
use crate::plan::leaf::{Alternative, Leaf};
use crate::words::{Analyser, PrefixTerms};

/// Walks the documents that hold a leaf.
pub struct LeafCursor {
    /// Whether the part looks at titles, and the part.
    parts: Vec<(bool, LeafPart)>,
}

impl LeafCursor {
    /// A leaf's postings in the text and, on the first passage of an article, in the title; with positions where these are
    /// asked for.
    pub fn of(segment: &Segment<'_>, leaf: &Leaf, positions: bool) -> tantivy::Result<Self> {
        let mut parts = Vec::with_capacity(2 * leaf.alternatives.len());
        for alternative in &leaf.alternatives {
            if !leaf.title_only {
                parts.push((false, LeafPart::of(segment, segment.fields().body, alternative, positions)?));
            }
            parts.push((true, LeafPart::of(segment, segment.fields().title, alternative, positions)?));
        }
        parts.retain(|(_, part)| !part.is_empty());
        Ok(LeafCursor { parts })
    }

    /// The first document at or after `target` that may hold the leaf.
    pub fn seek(&mut self, target: DocId) -> DocId {
        self.parts
            .iter_mut()
            .map(|(_, part)| match part {
                LeafPart::Terms(terms) => terms.seek(target),
                LeafPart::Phrase(phrase) => phrase.seek(target),
            })
            .min()
            .unwrap_or(TERMINATED)
    }

    /// How often it stands in `doc`, to which [`LeafCursor::seek`] has come: once for each time in the text,
    /// [`TITLE_WEIGHT`] for each time in the title.
    pub fn weight(&mut self, doc: DocId) -> f32 {
        let mut found = 0.0;
        for (title, part) in &mut self.parts {
            let count = match part {
                LeafPart::Terms(terms) => terms.frequency(doc),
                LeafPart::Phrase(phrase) if phrase.at() == doc => phrase.count(),
                LeafPart::Phrase(_) => 0,
            };
            found += count as f32 * if *title { TITLE_WEIGHT } else { 1.0 };
        }
        found
    }

    /// The positions of its single words in the text of `doc`, ascending; empty for phrases.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut one = Vec::new();
        for (title, part) in &mut self.parts {
            if let (false, LeafPart::Terms(terms)) = (*title, part) {
                terms.positions(doc, &mut one);
                out.append(&mut one);
            }
        }
        out.sort_unstable();
        out.dedup();
    }

    /// The condition that a document holds the leaf.
    pub fn into_condition<'a>(self) -> Cursor<'a> {
        Cursor::or(self.parts.into_iter().map(|(_, part)| part.into_condition()).collect())
    }
}

/// One form of a leaf in one field.
enum LeafPart {
    Terms(TermsCursor),
    Phrase(PhraseCursor),
}

impl LeafPart {
    fn of(segment: &Segment<'_>, field: Field, alternative: &Alternative, positions: bool) -> tantivy::Result<Self> {
        Ok(match alternative {
            Alternative::Terms(terms) => LeafPart::Terms(segment.terms(field, terms, positions)?),
            Alternative::Phrase { .. } | Alternative::OpenPhrase { .. } => {
                LeafPart::Phrase(phrase_cursor(segment, field, alternative)?)
            }
            Alternative::Prefix(last) => {
                let terms = segment.expand(field, alternative)?;
                let words = words_beginning(segment, field, last)?;
                LeafPart::Terms(segment.terms(field, &terms, positions)?.and_looked_up(words))
            }
            Alternative::Fuzzy { .. } => {
                let terms = segment.expand(field, alternative)?;
                LeafPart::Terms(segment.terms(field, &terms, positions)?)
            }
        })
    }

    fn is_empty(&self) -> bool {
        matches!(self, LeafPart::Terms(terms) if terms.is_empty())
    }

    fn into_condition<'a>(self) -> Cursor<'a> {
        match self {
            LeafPart::Terms(terms) => Cursor::Terms(terms),
            LeafPart::Phrase(phrase) => Cursor::Phrase(Box::new(phrase)),
        }
    }
}

/// The passages that hold a phrase; none for what is no phrase.
pub(crate) fn phrase_cursor(
    segment: &Segment<'_>,
    field: Field,
    phrase: &Alternative,
) -> tantivy::Result<PhraseCursor> {
    let mut lists = Vec::new();
    let mut most_between = 0;
    match phrase {
        Alternative::Phrase { parts, slop } => {
            for (offset, terms) in parts {
                lists.push((*offset, segment.terms(field, terms, true)?));
            }
            most_between = *slop;
        }
        Alternative::OpenPhrase { parts, position, last } => {
            for (offset, term) in parts {
                lists.push((*offset, segment.terms(field, std::slice::from_ref(term), true)?));
            }
            let terms = segment.expand(field, phrase)?;
            let words = words_beginning(segment, field, last)?;
            lists.push((*position, segment.terms(field, &terms, true)?.and_looked_up(words)));
        }
        _ => lists.push((0, segment.terms(field, &[], true)?)),
    }
    Ok(PhraseCursor::new(lists, most_between))
}

/// Where those words of `terms` stand in a segment that are known under terms of which it is not sure.
pub(crate) fn words_beginning(
    segment: &Segment<'_>,
    field: Field,
    terms: &PrefixTerms,
) -> tantivy::Result<Arc<Occurrences>> {
    segment.looked_up(field, terms, || {
        let known = unsure_terms(segment, field, terms)?;
        let mut found = Occurrences::default();
        if known.is_empty() {
            return Ok(found);
        }
        let alive = segment.reader.alive_bitset();
        let mut analyser = Analyser::new();
        let mut cursor = segment.terms(field, &known, false)?;
        let mut doc = cursor.seek(0);
        while doc != TERMINATED {
            if alive.is_none_or(|bits| bits.is_alive(doc)) {
                let bytes = segment.record(doc)?;
                let record = PassageRecord::unpack(&bytes).map_err(|e| DataCorruption::comment_only(e.to_string()))?;
                let text = match &record.article {
                    Some(article) if field == segment.fields().title => &article.title,
                    _ => &record.text,
                };
                analyser.analyse(text, segment.profile(doc)?, |token, term| {
                    if !token.stop && terms.is_unsure(term) && terms.counts(token.span.of(text), term) {
                        found.push(token.position);
                    }
                });
                found.end_document(doc);
            }
            doc = cursor.seek(doc + 1);
        }
        Ok(found)
    })
}

/// The terms of a segment under which some words count and others do not.
fn unsure_terms(segment: &Segment<'_>, field: Field, terms: &PrefixTerms) -> tantivy::Result<Vec<String>> {
    let index = segment.reader.inverted_index(field)?;
    let dictionary = index.terms();
    let mut known = Vec::new();
    for term in &terms.unsure {
        if dictionary.get(term.as_bytes())?.is_some() {
            known.push(term.clone());
        }
    }
    for beginning in &terms.unsure_beginnings {
        let mut stream = dictionary.range().ge(beginning.as_bytes()).into_stream()?;
        while let Some((term, _)) = stream.next() {
            let Some(term) = std::str::from_utf8(term).ok().filter(|t| t.starts_with(beginning.as_str())) else {
                break;
            };
            if terms.is_unsure(term) && !known.iter().any(|k| k == term) {
                known.push(term.to_owned());
            }
        }
    }
    Ok(known)
}
