//! From text to terms: the one analysis that indexing, queries and highlights share.
//!
//! A *token* is a word of the text with its span, its position and its *term*, the form under which the index knows it.
//! Rules, all of them here and none in the text itself:
//!
//! - Words are runs of letters with their marks, or numbers. A hyphen parts words ("al-Shabaab" is two terms), and so
//!   does the border between letters and digits ("T72", "T-72" and "T 72" are alike).
//! - Terms are in small letters, without accents, ligatures, soft hyphens and apostrophes: "Sana’a" and "Sanaa" meet.
//!   An English possessive loses its "s", a French or Italian word its elided article.
//! - Acronyms lose their full stops. "U.S." and "US" become `us`; the pronoun is a stop word and is not indexed, so the
//!   two never meet. In the same way "WHO" is an acronym and "who" a stop word, unless a word beside it is in capitals; and "A-10" and "An-26" keep their letters.
//! - Numbers lose their separators of thousands: "3,323" becomes `3323`. A day's "10th" becomes `10`.
//! - Stop words keep their place in the count of positions but get no term, so that a phrase matches with the right gap.
//!   On 10 MB of news they are 35 of 100 tokens.
//! - Words are reduced to their stem by the Snowball rules of the article's language.
//! - Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into overlapping pairs of characters (of syllables
//!   with their marks), so that a query finds any string of two or more. A dictionary would know fewer names, weigh more
//!   than the rest of the analysis (icu_segmenter's data is about 2 MB) and cut differently after each update, while an
//!   index must agree with its queries.

mod fold;
mod letters;
mod profile;
mod query;
mod scan;
mod stem;

pub use crate::words::profile::Profile;
pub use crate::words::query::{
    PrefixTerms, QueryTerm, QueryTerms, WORDY_QUERY_WORDS, is_wordy_stop_word, prefix_terms, query_terms,
};

use crate::lang::stop::{ACRONYMS, UNITED_STATES};
use crate::model::article::ByteSpan;
use crate::words::scan::{Scan, Shape};
use crate::words::stem::Memo;

/// The longest word that gets a term, in bytes of the term; longer ones are no words but encodings.
pub const LONGEST_TERM_BYTES: usize = 64;

/// A word of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text: bytes, without a possessive "s" or an elided article.
    pub span: ByteSpan,
    /// Its place among the words of the text, from 0; stop words count.
    pub position: u32,
    /// Whether it is too common to be indexed.
    pub stop: bool,
}

/// An analyser with its memory of stems; make one per thread and keep it.
///
/// The memory is bounded (2 MB) and grows with the words.
#[derive(Default)]
pub struct Analyser {
    memo: Memo,
}

impl Clone for Analyser {
    /// An analyser of its own, which has to learn its stems again.
    fn clone(&self) -> Self {
        Analyser::default()
    }
}

impl Analyser {
    /// An analyser that has seen nothing.
    pub fn new() -> Self {
        Analyser::default()
    }

    /// The tokens of `text`, one by one.
    pub fn tokens<'t>(&mut self, text: &'t str, profile: Profile) -> Tokens<'t, '_> {
        Tokens {
            scan: Scan::new(text, profile),
            memo: &mut self.memo,
            profile,
            position: 0,
            before: ByteSpan::new(0, 0),
            within_capitals: false,
        }
    }

    /// Calls `found` with each token of `text` and its term; stop words among them.
    pub fn analyse(&mut self, text: &str, profile: Profile, mut found: impl FnMut(Token, &str)) {
        let mut term = String::new();
        let mut tokens = self.tokens(text, profile);
        while let Some(token) = tokens.next_into(&mut term) {
            found(token, &term);
        }
    }

    /// The tokens of `text` with their terms, without the stop words.
    pub fn terms(&mut self, text: &str, profile: Profile) -> Vec<(Token, String)> {
        let mut terms = Vec::new();
        self.analyse(text, profile, |token, term| {
            if !token.stop {
                terms.push((token, term.to_owned()));
            }
        });
        terms
    }
}

/// A walk over the tokens of a text.
pub struct Tokens<'t, 'a> {
    scan: Scan<'t>,
    memo: &'a mut Memo,
    profile: Profile,
    position: u32,
    /// The word before.
    before: ByteSpan,
    /// Whether the text stands in capitals with what is around it.
    within_capitals: bool,
}

impl Tokens<'_, '_> {
    /// The analyser with all that it remembers, before the walk is dropped; what follows would start from nothing.
    pub(crate) fn take_analyser(&mut self) -> Analyser {
        Analyser { memo: std::mem::take(self.memo) }
    }

    /// Whether one of the neighbours of the word at hand is written in capitals too.
    fn within_capitals(&self) -> bool {
        self.within_capitals || in_capitals(self.scan.slice(self.before)) || self.scan.capitals_follow()
    }

    /// The next token; its term replaces what `term` holds. A term is never empty.
    pub fn next_into(&mut self, term: &mut String) -> Option<Token> {
        loop {
            let word = self.scan.next()?;
            term.clear();
            let mut stop = false;
            match word.shape {
                Shape::Word => {
                    let raw = self.scan.slice(word.span);
                    stop = self.memo.stem_into(raw, word.letters, self.profile, term);
                    if stop {
                        stop = !self.scan.number_follows()
                            && raw != UNITED_STATES
                            && !(ACRONYMS.contains(&raw) && !self.within_capitals());
                    }
                    self.before = word.span;
                }
                Shape::Acronym => term.extend(
                    self.scan
                        .slice(word.span)
                        .bytes()
                        .filter(u8::is_ascii_alphabetic)
                        .map(|b| b.to_ascii_lowercase() as char),
                ),
                Shape::Number => crate::words::scan::normalise_number(self.scan.slice(word.span), self.profile, term),
                Shape::Unspaced => crate::words::fold::fold_unspaced(self.scan.slice(word.span), term),
            }
            if term.is_empty() {
                continue;
            }
            let position = self.position;
            self.position = self.position.saturating_add(1);
            if term.len() <= LONGEST_TERM_BYTES {
                return Some(Token { span: word.span, position, stop });
            }
        }
    }
}

/// `word` in small letters without accents, ligatures and apostrophes: the form in which prefixes and fuzzy words are
/// compared. Nothing is stemmed.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    crate::words::fold::fold_into(word, &mut out);
    out
}

/// Whether a character belongs to a script that is written without spaces, of which pairs are indexed.
pub use crate::words::letters::is_unspaced;

/// Whether a word of at least two ASCII letters has no small one.
fn in_capitals(word: &str) -> bool {
    word.len() >= 2 && word.bytes().all(|b| !b.is_ascii_lowercase())
}

/// What stands before a text whose language is not English, so that the language reaches the index's tokenizer with the
/// value itself.
const TAG: char = '\u{1}';

/// `text` with its language in front, as the index's tokenizer expects it: nothing for English and unknown languages, a
/// control character and the two letters of the code otherwise. Such a value is for indexing only, never for storing.
pub fn tagged<'t>(text: &'t str, language: Option<&str>) -> std::borrow::Cow<'t, str> {
    match language {
        Some(code) if code != "en" && is_code(code) => format!("{TAG}{code}{text}").into(),
        // The tag's own character at the head of a text must not be taken for a tag.
        _ if text.starts_with(TAG) => format!("{TAG}en{text}").into(),
        _ => text.into(),
    }
}

/// The profile that a value was tagged with, and its text.
pub fn untagged(value: &str) -> (Profile, &str) {
    match value.strip_prefix(TAG) {
        Some(rest) if rest.get(..2).is_some_and(is_code) => {
            (Profile::of(rest.get(..2)), rest.get(2..).unwrap_or_default())
        }
        _ => (Profile::of(None), value),
    }
}

fn is_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
}

pub(crate) mod bytes;
pub mod language;
pub mod name_fold;
#[cfg(test)]
mod tests;
