//! The analyser: a walk over a text that gives each token its term.

use crate::lang::stop::{ACRONYMS, UNITED_STATES};
use crate::model::article::ByteSpan;
use crate::words::letters::fold::fold_unspaced;
use crate::words::profile::Profile;
use crate::words::scan::{Scan, Shape, normalise_number};
use crate::words::stem::{LONGEST_TERM_BYTES, Memo};

/// A word of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text: bytes, without a possessive "s" or an elided article.
    pub span: ByteSpan,
    /// Its place among the words of the text, from 0.
    pub position: u32,
    /// Whether it is a very common word, which scores nothing; see [`is_stop_term`].
    pub stop: bool,
}

/// The term of a very common word begins with this, so that it stands apart from an acronym of the same letters, and from
/// all words in the order of terms.
pub const STOP_MARK: char = '\u{1}';

/// Whether a term is that of a very common word.
pub fn is_stop_term(term: &str) -> bool {
    term.starts_with(STOP_MARK)
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

    /// Calls `found` with each token of `text` and its term.
    pub fn analyse(&mut self, text: &str, profile: Profile, mut found: impl FnMut(Token, &str)) {
        let mut term = String::new();
        let mut tokens = self.tokens(text, profile);
        while let Some(token) = tokens.next_into(&mut term) {
            found(token, &term);
        }
    }

    /// The tokens of `text` with their terms.
    pub fn terms(&mut self, text: &str, profile: Profile) -> Vec<(Token, String)> {
        let mut terms = Vec::new();
        self.analyse(text, profile, |token, term| terms.push((token, term.to_owned())));
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

    /// The walk over a text that stands in capitals with what is around it, so that capitals make no acronym, or does not.
    pub(super) fn with_capitals_around(self, within_capitals: bool) -> Self {
        Tokens { within_capitals, ..self }
    }

    /// How many words were walked over so far, those too long to be kept among them.
    pub(super) fn walked(&self) -> usize {
        self.position as usize
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
                            && (!ACRONYMS.contains(&raw) || self.within_capitals());
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
                Shape::Number => normalise_number(self.scan.slice(word.span), self.profile, term),
                Shape::Unspaced => fold_unspaced(self.scan.slice(word.span), term),
            }
            if term.is_empty() {
                continue;
            }
            if stop {
                term.insert(0, STOP_MARK);
            }
            let position = self.position;
            self.position = self.position.saturating_add(1);
            if term.len() <= LONGEST_TERM_BYTES {
                return Some(Token { span: word.span, position, stop });
            }
        }
    }
}

/// Whether a word of at least two ASCII letters has no small one.
fn in_capitals(word: &str) -> bool {
    word.len() >= 2 && word.bytes().all(|b| !b.is_ascii_lowercase())
}
