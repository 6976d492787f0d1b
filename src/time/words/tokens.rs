//! The tokens of a text, by their place, with what lies beyond its ends.

use crate::lang::time::{Class, Sense, two_letters};
use crate::time::words::scan::tokens_of;
use crate::time::words::token::Token;

/// The tokens of a text.
pub(crate) struct Tokens<'a> {
    pub text: &'a str,
    list: Vec<Token>,
    /// How deep rules are within rules: "the end of the end of …" has no bottom of its own.
    depth: std::cell::Cell<u8>,
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`; what lies beyond its first 4 GiB is not looked at.
    pub(crate) fn of(text: &'a str) -> Self {
        let limit = u32::MAX as usize - 16;
        let end = (0..=limit.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let text = text.get(..end).unwrap_or("");
        let list = tokens_of(text);
        Tokens { text, list, depth: std::cell::Cell::new(0) }
    }

    /// What `rule` gives where it is not nested too deep in others.
    pub(crate) fn nested<T>(&self, rule: impl FnOnce() -> Option<T>) -> Option<T> {
        const DEEPEST: u8 = 4;
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = rule();
        self.depth.set(self.depth.get().saturating_sub(1));
        found
    }

    /// The number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `at`, or [`Token::END`] beyond the last.
    #[inline]
    pub(crate) fn at(&self, at: usize) -> Token {
        self.list.get(at).copied().unwrap_or(Token::END)
    }

    /// The token `n` before `at`, or [`Token::END`] before the first.
    #[inline]
    pub(crate) fn before(&self, at: usize, n: usize) -> Token {
        at.checked_sub(n).map_or(Token::END, |i| self.at(i))
    }

    /// The class of the token at `at`.
    #[inline]
    pub(crate) fn class(&self, at: usize) -> Class {
        self.at(at).class
    }

    /// The text of the token at `at`.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        let token = self.at(at);
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    /// What the token at `at` means besides its class.
    #[inline]
    pub(crate) fn sense(&self, at: usize) -> Sense {
        self.at(at).sense
    }

    /// Whether the token at `at` is this one ASCII letter, in any case.
    pub(crate) fn is_letter(&self, at: usize, letter: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(letter)
    }

    /// Class and value of the abbreviation of two letters that begins at `at`, its dot touching the first ("p.m").
    pub(crate) fn two_letters(&self, at: usize) -> Option<(Class, i16)> {
        let dotted = self.class(at + 1) == Class::Dot && self.touches_next(at);
        if dotted { two_letters(self.word(at), self.word(at + 2)) } else { None }
    }

    /// Whether the tokens at `at` and after it touch.
    pub(crate) fn touches_next(&self, at: usize) -> bool {
        at + 1 < self.list.len() && self.at(at).end == self.at(at + 1).start
    }

    /// Whether a blank or nothing stands before the token at `at`.
    pub(crate) fn stands_free(&self, at: usize) -> bool {
        at == 0 || self.before(at, 1).end != self.at(at).start
    }
}
