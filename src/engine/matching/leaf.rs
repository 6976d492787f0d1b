//! The leaves of a plan as cursors over a segment: words, phrases, and words that begin so.

use std::sync::Arc;

use tantivy::error::DataCorruption;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::engine::score::TITLE_WEIGHT;
use crate::engine::segment::Segment;
use crate::engine::segment::cursor::{Cursor, PhraseCursor, TermsCursor};
use crate::engine::segment::languages::SpokenTest;
use crate::engine::segment::occurrences::Occurrences;
use crate::index::record::PassageRecord;
use crate::plan::highlight::fills;
use crate::plan::leaf::{Alternative, Leaf};
use crate::plan::phrase::{Phrase, Place};
use crate::words::{PrefixTerms, Token};

/// Walks the documents that hold a leaf.
pub struct LeafCursor {
    parts: Vec<LeafPart>,
}

impl LeafCursor {
    /// A leaf's postings in the text and, on the first passage of an article, in the title; with positions where these are
    /// asked for.
    pub fn of(segment: &Segment<'_>, leaf: &Leaf, positions: bool) -> tantivy::Result<Self> {
        let mut parts = Vec::with_capacity(2 * leaf.forms.len());
        for form in &leaf.forms {
            let fields = [segment.fields().body, segment.fields().title];
            for field in fields.into_iter().skip(usize::from(leaf.title_only)) {
                let spoken = segment.languages()?.test(form.profiles);
                let walk = Walk::of(segment, field, &form.alternative, positions)?;
                parts.push(LeafPart { in_title: field == segment.fields().title, walk, spoken });
            }
        }
        parts.retain(|part| !part.walk.is_empty());
        Ok(LeafCursor { parts })
    }

    /// The first document at or after `target` that may hold the leaf.
    pub fn seek(&mut self, target: DocId) -> DocId {
        self.parts
            .iter_mut()
            .map(|part| match &mut part.walk {
                Walk::Terms(terms) => terms.seek(target),
                Walk::Phrase(phrase) => phrase.seek(target),
            })
            .min()
            .unwrap_or(TERMINATED)
    }

    /// How often it stands in `doc`, to which [`LeafCursor::seek`] has come: once for each time in the text,
    /// [`TITLE_WEIGHT`] for each time in the title.
    pub fn weight(&mut self, doc: DocId) -> f32 {
        let mut found = 0.0;
        for part in self.parts.iter_mut().filter(|part| part.is_spoken(doc)) {
            let count = match &mut part.walk {
                Walk::Terms(terms) => terms.frequency(doc),
                Walk::Phrase(phrase) if phrase.at() == doc => phrase.count(),
                Walk::Phrase(_) => 0,
            };
            found += count as f32 * if part.in_title { TITLE_WEIGHT } else { 1.0 };
        }
        found
    }

    /// The positions of its single words in the text of `doc`, ascending; empty for phrases.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut one = Vec::new();
        for part in self.parts.iter_mut().filter(|part| !part.in_title && part.is_spoken(doc)) {
            if let Walk::Terms(terms) = &mut part.walk {
                terms.positions(doc, &mut one);
                out.append(&mut one);
            }
        }
        out.sort_unstable();
        out.dedup();
    }

    /// The condition that a document holds the leaf.
    pub fn into_condition<'a>(self) -> Cursor<'a> {
        Cursor::or(self.parts.into_iter().map(LeafPart::into_condition).collect())
    }
}

/// One form of a leaf in one field.
struct LeafPart {
    in_title: bool,
    walk: Walk,
    /// Where the segment has passages in languages for which the form was not made.
    spoken: Option<SpokenTest>,
}

impl LeafPart {
    fn is_spoken(&self, doc: DocId) -> bool {
        self.spoken.as_ref().is_none_or(|test| test.passes(doc))
    }

    fn into_condition<'a>(self) -> Cursor<'a> {
        let walk = match self.walk {
            Walk::Terms(terms) => Cursor::Terms(terms),
            Walk::Phrase(phrase) => Cursor::Phrase(Box::new(phrase)),
        };
        match self.spoken {
            Some(test) => Cursor::and(vec![walk, Cursor::Test(Box::new(move |doc| test.passes(doc)))]),
            None => walk,
        }
    }
}

/// The documents that hold a form in one field.
enum Walk {
    Terms(TermsCursor),
    Phrase(PhraseCursor),
}

impl Walk {
    fn of(segment: &Segment<'_>, field: Field, form: &Alternative, positions: bool) -> tantivy::Result<Self> {
        Ok(match form {
            Alternative::Term(term) => Walk::Terms(segment.terms(field, std::slice::from_ref(term), positions)?),
            Alternative::Phrase(phrase) if phrase.is_of_written_forms() => {
                let words = words_written(segment, field, form, phrase)?;
                Walk::Terms(TermsCursor::new(Vec::new()).and_looked_up(words))
            }
            Alternative::Phrase(phrase) => Walk::Phrase(phrase_cursor(segment, field, phrase)?),
            Alternative::Prefix(beginning) => Walk::Terms(words_beginning(segment, field, beginning, positions)?),
            Alternative::Fuzzy { .. } => {
                let terms = segment.expand(field, form)?;
                Walk::Terms(segment.terms(field, &terms, positions)?)
            }
        })
    }

    fn is_empty(&self) -> bool {
        matches!(self, Walk::Terms(terms) if terms.is_empty())
    }
}

/// The passages that hold a phrase, written forms aside.
pub(crate) fn phrase_cursor(segment: &Segment<'_>, field: Field, phrase: &Phrase) -> tantivy::Result<PhraseCursor> {
    let mut places = Vec::new();
    for place in phrase.places() {
        places.push(match place {
            Place::Terms(terms) | Place::Written { terms, .. } => segment.terms(field, terms, true)?,
            Place::Beginning(beginning) => words_beginning(segment, field, beginning, true)?,
        });
    }
    Ok(PhraseCursor::new(phrase, places))
}

/// The passages that hold words which begin so.
fn words_beginning(
    segment: &Segment<'_>,
    field: Field,
    beginning: &PrefixTerms,
    positions: bool,
) -> tantivy::Result<TermsCursor> {
    let terms = segment.expand(field, &Alternative::Prefix(beginning.clone()))?;
    Ok(segment.terms(field, &terms, positions)?.and_looked_up(unsure_words(segment, field, beginning)?))
}

/// Where a phrase stands as it is written: at its first word.
pub(crate) fn words_written(
    segment: &Segment<'_>,
    field: Field,
    form: &Alternative,
    phrase: &Phrase,
) -> tantivy::Result<Arc<Occurrences>> {
    segment.looked_up(field, form, || {
        let mut cursor = phrase_cursor(segment, field, phrase)?;
        let mut positions: Vec<Vec<u32>> = phrase.places().map(|_| Vec::new()).collect();
        let mut found = Occurrences::default();
        let mut doc = cursor.seek(0);
        while doc != TERMINATED {
            if cursor.count() > 0 && segment.is_alive(doc) {
                positions.iter_mut().for_each(Vec::clear);
                each_word(segment, field, doc, |text, token, term| {
                    for (place, positions) in phrase.places().zip(&mut positions) {
                        if fills(place, text, &token, term) {
                            positions.push(token.position);
                        }
                    }
                })?;
                phrase.stretches(&positions).iter().for_each(|stretch| found.push(stretch.from));
                found.end_document(doc);
            }
            doc = cursor.seek(doc + 1);
        }
        Ok(found)
    })
}

/// Where those words stand in a segment that are known under terms of which it is not sure that they begin so.
pub(crate) fn unsure_words(
    segment: &Segment<'_>,
    field: Field,
    beginning: &PrefixTerms,
) -> tantivy::Result<Arc<Occurrences>> {
    segment.looked_up(field, &Alternative::Prefix(beginning.clone()), || {
        let known = unsure_terms(segment, field, beginning)?;
        let mut found = Occurrences::default();
        if known.is_empty() {
            return Ok(found);
        }
        let mut cursor = segment.terms(field, &known, false)?;
        let mut doc = cursor.seek(0);
        while doc != TERMINATED {
            if segment.is_alive(doc) {
                each_word(segment, field, doc, |text, token, term| {
                    if beginning.is_unsure(term) && beginning.counts(token.span.of(text), term) {
                        found.push(token.position);
                    }
                })?;
                found.end_document(doc);
            }
            doc = cursor.seek(doc + 1);
        }
        Ok(found)
    })
}

/// Reads the words of a document in a field: calls `see` with the text, each token and its term.
fn each_word(
    segment: &Segment<'_>,
    field: Field,
    doc: DocId,
    mut see: impl FnMut(&str, Token, &str),
) -> tantivy::Result<()> {
    let bytes = segment.record(doc)?;
    let record = PassageRecord::unpack(&bytes).map_err(|e| DataCorruption::comment_only(e.to_string()))?;
    let text = match &record.article {
        Some(article) if field == segment.fields().title => &article.title,
        _ => &record.text,
    };
    let profile = segment.profile(doc)?;
    segment.with_analyser(|analyser| analyser.analyse(text, profile, |token, term| see(text, token, term)));
    Ok(())
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
