//! From text to raw words: where each begins and ends, and of which kind it is.

use unicode_normalization::char::is_combining_mark;

use crate::lang::affixes;
use crate::model::article::ByteSpan;
use crate::words::letters::{is_apostrophe, is_ignorable, is_unspaced};
use crate::words::profile::Profile;

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
/// A byte of a character that is not ASCII.
const HIGH: u8 = 3;

const CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            0x80.. => HIGH,
            _ => OTHER,
        };
        b += 1;
    }
    class
};

/// What kind of word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Word,
    /// Single letters, each but perhaps the last with a full stop.
    Acronym,
    Number,
    /// One or two characters of a script without spaces.
    Unspaced,
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Letters {
    /// Nothing but ASCII letters.
    Plain,
    /// ASCII letters, apostrophes and characters that are not seen.
    Joined,
    /// Any letters.
    Any,
}

/// A raw word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw {
    pub span: ByteSpan,
    pub shape: Shape,
    pub letters: Letters,
}

/// A walk over the raw words of a text.
pub(crate) struct Scan<'t> {
    text: &'t str,
    profile: Profile,
    at: usize,
    /// The last character of a run without spaces, and whether it already stands in a pair.
    pending: Option<(ByteSpan, bool)>,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str, profile: Profile) -> Self {
        Scan { text, profile, at: 0, pending: None }
    }

    pub fn slice(&self, span: ByteSpan) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn class_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).map_or(OTHER, |b| CLASS[usize::from(*b)])
    }

    /// Whether a word goes on, or begins, at `at`.
    fn letter_at(&self, at: usize) -> bool {
        match self.class_at(at) {
            LETTER => true,
            HIGH => self.char_at(at).is_some_and(|c| c.is_alphabetic() && !is_unspaced(c) && !is_apostrophe(c)),
            _ => false,
        }
    }

    /// Whether the next word has at least two letters and no small one among its first letters.
    pub fn capitals_follow(&self) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let word: Vec<u8> = rest
            .iter()
            .take(40)
            .skip_while(|b| !b.is_ascii_alphabetic())
            .take_while(|b| b.is_ascii_alphabetic())
            .take(3)
            .copied()
            .collect();
        word.len() >= 2 && word.iter().all(u8::is_ascii_uppercase)
    }

    /// Whether a digit follows at once or after a hyphen, as in "A10" and "An-26".
    pub fn number_follows(&self) -> bool {
        self.class_at(self.at) == DIGIT
            || self.text.as_bytes().get(self.at) == Some(&b'-') && self.class_at(self.at + 1) == DIGIT
    }

    /// The next raw word.
    pub fn next(&mut self) -> Option<Raw> {
        if let Some(raw) = self.continue_unspaced() {
            return Some(raw);
        }
        let bytes = self.text.as_bytes();
        loop {
            match CLASS[usize::from(*bytes.get(self.at)?)] {
                LETTER => return Some(self.word()),
                DIGIT => return Some(self.number()),
                OTHER => self.at += 1,
                _ => {
                    let c = self.char_at(self.at)?;
                    if is_unspaced(c) {
                        let span = self.cluster();
                        self.pending = Some((span, false));
                        if let Some(raw) = self.continue_unspaced() {
                            return Some(raw);
                        }
                    } else if (c.is_alphabetic() && !is_apostrophe(c)) || c.is_numeric() {
                        return Some(self.word());
                    } else {
                        self.at += c.len_utf8();
                    }
                }
            }
        }
    }

    /// The character at hand with its marks; moves past it.
    fn cluster(&mut self) -> ByteSpan {
        let start = self.at;
        let mut chars = self.text.get(start..).unwrap_or_default().char_indices().skip(1);
        let len = chars
            .find(|(_, c)| !is_combining_mark(*c) && !is_ignorable(*c))
            .map_or(self.text.len() - start, |(n, _)| n);
        self.at = start + len;
        ByteSpan::new(start, self.at)
    }

    /// The next pair of a run without spaces; its only character where it has but one.
    fn continue_unspaced(&mut self) -> Option<Raw> {
        let (last, paired) = self.pending.take()?;
        let raw = |start, end| Raw { span: ByteSpan::new(start, end), shape: Shape::Unspaced, letters: Letters::Any };
        if self.char_at(self.at).is_some_and(is_unspaced) {
            let next = self.cluster();
            self.pending = Some((next, true));
            return Some(raw(last.start, next.end));
        }
        (!paired).then(|| raw(last.start, last.end))
    }

    /// A word or an acronym that begins at hand; moves past it and past a possessive "s".
    fn word(&mut self) -> Raw {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        let mut at = start;
        let mut letters = Letters::Plain;
        loop {
            while at < bytes.len() && CLASS[usize::from(bytes[at])] == LETTER {
                at += 1;
            }
            let Some(b) = bytes.get(at) else { break };
            match *b {
                b'.' if at == start + 1
                    && self.letter_at(at + 1)
                    && self.class_at(at + 1) == LETTER
                    && !self.letter_at(at + 2) =>
                {
                    return self.acronym(start);
                }
                b'\'' => match self.apostrophe(start, at, 1) {
                    Apostrophe::Within => {
                        letters = letters.max(Letters::Joined);
                        at += 1;
                    }
                    Apostrophe::Elided => {
                        start = at + 1;
                        at = start;
                    }
                    Apostrophe::Possessive => return self.finish(start, at, at + 2, letters),
                    Apostrophe::End => break,
                },
                0x80.. => {
                    let Some(c) = self.char_at(at) else { break };
                    let width = c.len_utf8();
                    if is_apostrophe(c) {
                        match self.apostrophe(start, at, width) {
                            Apostrophe::Within => {
                                letters = letters.max(Letters::Joined);
                                at += width;
                            }
                            Apostrophe::Elided => {
                                start = at + width;
                                at = start;
                            }
                            Apostrophe::Possessive => return self.finish(start, at, at + width + 1, letters),
                            Apostrophe::End => break,
                        }
                    } else if is_ignorable(c) {
                        letters = letters.max(Letters::Joined);
                        at += width;
                    } else if is_unspaced(c) {
                        break;
                    } else if c.is_alphabetic() || c.is_numeric() || is_combining_mark(c) {
                        letters = Letters::Any;
                        at += width;
                    } else {
                        break;
                    }
                }
                _ => break,
            }
        }
        self.finish(start, at, at, letters)
    }

    /// Ends a word; ignorable characters at its end do not belong to it.
    fn finish(&mut self, start: usize, end: usize, resume: usize, letters: Letters) -> Raw {
        self.at = resume;
        let mut end = end;
        if letters != Letters::Plain {
            let word = self.text.get(start..end).unwrap_or_default();
            end = start + word.trim_end_matches(is_ignorable).len();
        }
        Raw { span: ByteSpan::new(start, end), shape: Shape::Word, letters }
    }

    /// What an apostrophe of `width` bytes at `at` does to the word that began at `start`.
    fn apostrophe(&self, start: usize, at: usize, width: usize) -> Apostrophe {
        let next = at + width;
        if !self.letter_at(next) {
            return Apostrophe::End;
        }
        let possessive = self.profile.has_possessive()
            && self.text.as_bytes().get(next).is_some_and(|b| b.eq_ignore_ascii_case(&affixes::S))
            && !self.letter_at(next + 1)
            && self.class_at(next + 1) != DIGIT
            && !self.char_at(next + 1).is_some_and(is_apostrophe);
        if possessive {
            Apostrophe::Possessive
        } else if self.text.get(start..at).is_some_and(|prefix| self.profile.elides(prefix)) {
            Apostrophe::Elided
        } else {
            Apostrophe::Within
        }
    }

    /// An acronym that begins at `start` with a letter, a full stop and a letter.
    fn acronym(&mut self, start: usize) -> Raw {
        let bytes = self.text.as_bytes();
        let mut at = start + 2;
        // At a letter that follows a full stop.
        loop {
            at += 1;
            let goes_on = bytes.get(at) == Some(&b'.') && self.class_at(at + 1) == LETTER && !self.letter_at(at + 2);
            if !goes_on {
                break;
            }
            at += 1;
        }
        let end = at + usize::from(bytes.get(at) == Some(&b'.'));
        self.at = end;
        // "the U.S.’s": the possessive is no word.
        if let Some(c) = self.char_at(end).filter(|c| is_apostrophe(*c)) {
            let next = end + c.len_utf8();
            if bytes.get(next).is_some_and(|b| b.eq_ignore_ascii_case(&affixes::S)) && !self.letter_at(next + 1) {
                self.at = next + 1;
            }
        }
        Raw { span: ByteSpan::new(start, end), shape: Shape::Acronym, letters: Letters::Joined }
    }

    /// A number that begins at hand, with thousands and decimals; moves past it and past "st", "th" and the like.
    fn number(&mut self) -> Raw {
        let start = self.at;
        let mut end = self.digits(start);
        let (thousands, decimal) = if self.profile.has_decimal_point() { (b',', b'.') } else { (b'.', b',') };
        let bytes = self.text.as_bytes();
        if end - start <= 3 {
            let first = end;
            while bytes.get(end) == Some(&thousands) && self.digits(end + 1) == end + 4 {
                end += 4;
            }
            // "10.5.2025" is a date and "1.234" between other marks no number: only whole groups count.
            if bytes.get(end) == Some(&thousands) && self.class_at(end + 1) == DIGIT {
                end = first;
            }
        }
        if bytes.get(end) == Some(&decimal) && self.class_at(end + 1) == DIGIT {
            let after = self.digits(end + 1);
            let date = bytes.get(after) == Some(&decimal) && self.class_at(after + 1) == DIGIT;
            let within_date = start > 1 && bytes.get(start - 1) == Some(&decimal) && self.class_at(start - 2) == DIGIT;
            if !date && !within_date {
                end = after;
            }
        }
        self.at = end;
        if let Some([a, b]) = bytes.get(end..end + 2)
            && affixes::ORDINAL.contains(&&[a.to_ascii_lowercase(), b.to_ascii_lowercase()])
            && !self.letter_at(end + 2)
        {
            self.at = end + 2;
        } else if bytes.get(end) == Some(&affixes::S) && !self.letter_at(end + 1) && end - start >= 2 {
            // "the 1990s", "F-16s".
            self.at = end + 1;
        }
        Raw { span: ByteSpan::new(start, end), shape: Shape::Number, letters: Letters::Any }
    }

    fn digits(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    }
}

enum Apostrophe {
    Within,
    /// What stands before it is an article that is not part of the word.
    Elided,
    /// It and the "s" after it are no part of the word.
    Possessive,
    End,
}

/// Writes a number without its separators of thousands, and with a point before its decimals.
pub(crate) fn normalise_number(raw: &str, profile: Profile, out: &mut String) {
    let decimal = if profile.has_decimal_point() { '.' } else { ',' };
    for c in raw.chars() {
        if c.is_ascii_digit() {
            out.push(c);
        } else if c == decimal {
            out.push('.');
        }
    }
}
