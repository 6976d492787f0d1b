//! Where a word of the text ends and what it looks like.

use crate::geo::recognise::text::characters::{ASCII, ENDS_WORD, Role, role_of};
use crate::geo::recognise::text::token::{form, sep};
use crate::lang::names::{CONTRACTION_ENDINGS, POSSESSIVE_ENDINGS};
use crate::words::bytes::small_letters;

/// A word as the scanner finds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ScannedWord {
    /// Byte offset of its end.
    pub(crate) end: u32,
    /// Byte offset at which the text goes on: after a possessive ending.
    pub(crate) next: u32,
    /// What it looks like ([`form`]).
    pub(crate) form: u16,
}

/// Reads the word that begins here if it is a letter and up to seven small ones, and then something else than a letter, a
/// digit or an apostrophe, as nine words in ten are; `None` where it is not or the text ends too soon to tell.
#[inline]
pub(crate) fn small_word(bytes: &[u8], start: usize) -> Option<ScannedWord> {
    let [head, rest @ ..] = *bytes.get(start..)?.first_chunk::<9>()?;
    if !head.is_ascii_alphabetic() {
        return None;
    }
    let rest = u64::from_le_bytes(rest);
    let small = small_letters(rest);
    // The byte after the word: a letter where the word is longer.
    let next = (rest >> (small * 8).min(56)) as u8;
    let capital = head.is_ascii_uppercase();
    // "U.S."
    let dotted = small == 0 && capital && next == b'.';
    if dotted || !ENDS_WORD[usize::from(next)] {
        return None;
    }
    let end = (start + 1 + small) as u32;
    let mut form = form::PLAIN;
    if capital {
        form |= form::CAPITAL;
    }
    if next == b'.' {
        form |= form::STOP_AFTER;
    }
    Some(ScannedWord { end, next: end, form })
}

/// Reads the word that begins here.
#[inline(never)]
pub(crate) fn word(text: &str, at: usize) -> ScannedWord {
    Scanner { text, bytes: text.as_bytes(), at }.word()
}

/// How many small ASCII letters `bytes` begins with.
fn small_run(bytes: &[u8]) -> usize {
    let (eights, _) = bytes.as_chunks::<8>();
    let whole = eights.iter().take_while(|eight| small_letters(u64::from_le_bytes(**eight)) == 8).count() * 8;
    let rest = bytes.get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|b| b.is_ascii_lowercase()).count()
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    fn role_at(&self, at: usize) -> Option<(Role, usize)> {
        match self.bytes.get(at) {
            None => None,
            Some(&b) if b < 128 => Some((ASCII[usize::from(b) & 127], 1)),
            Some(_) => self.text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (role_of(c), c.len_utf8())),
        }
    }

    fn peek(&self) -> Option<(Role, usize)> {
        self.role_at(self.at)
    }

    /// Reads the word that begins here.
    fn word(&mut self) -> ScannedWord {
        let start = self.at;
        let (mut letters, mut lower, mut upper, mut marks) = (0u32, 0u32, 0u32, 0u16);
        let mut end = start;
        let mut tail = None;
        // Bytes since the start or the last full stop inside the word.
        let mut segment = start;
        // Most words begin with a letter and small letters.
        if let Some((&head, rest)) = self.bytes.get(start..).and_then(<[u8]>::split_first)
            && head.is_ascii_alphabetic()
        {
            let small = small_run(rest);
            self.at = start + 1 + small;
            end = self.at;
            letters = 1 + small as u32;
            lower = small as u32;
            if head.is_ascii_uppercase() {
                (upper, marks) = (1, form::CAPITAL);
            } else {
                lower += 1;
            }
        }
        // Whether all that belongs to the word so far is an ASCII letter or digit.
        let mut all_plain = true;
        while let Some((role, len)) = self.peek() {
            match role {
                Role::Lower => (letters, lower) = (letters + 1, lower + 1),
                Role::Upper => {
                    if letters == 0 && end == start {
                        marks |= form::CAPITAL;
                    }
                    (letters, upper) = (letters + 1, upper + 1);
                }
                Role::Uncased => {
                    if end == start {
                        marks |= form::UNCASED;
                    }
                    letters += 1;
                }
                Role::Digit => {
                    if end == start {
                        marks |= form::DIGIT;
                    }
                }
                Role::Mark => {}
                Role::Apostrophe => {
                    let Some(stop) = self.apostrophe(len, &mut tail, &mut marks) else {
                        all_plain = false;
                        self.at += len;
                        continue;
                    };
                    if stop {
                        break;
                    }
                }
                Role::Sep(bits) => {
                    let single = self.at - segment == 1 && upper > 0 && lower == 0;
                    if bits == sep::STOP && (single || marks & form::DOTTED != 0) && self.short_segment(self.at + 1) {
                        marks |= form::DOTTED;
                        all_plain = false;
                        self.at += 1;
                        segment = self.at;
                        continue;
                    }
                    break;
                }
            }
            all_plain &= len == 1 && role != Role::Mark;
            self.at += len;
            end = self.at;
        }
        if upper >= 2 && lower == 0 {
            marks |= form::CAPITALS;
        }
        if self.bytes.get(end) == Some(&b'.') {
            marks |= form::STOP_AFTER;
        }
        if all_plain {
            marks |= form::PLAIN;
        }
        let next = self.at.max(tail.unwrap_or(end));
        ScannedWord { end: end as u32, next: next as u32, form: marks }
    }

    /// At an apostrophe: `None` to read on over it, else whether the word ends before it.
    fn apostrophe(&self, len: usize, tail: &mut Option<usize>, marks: &mut u16) -> Option<bool> {
        let after = self.at + len;
        let rest = self.bytes.get(after..).unwrap_or_default();
        // Whether an ending stands here and no letter after it.
        let stands = |ending: &str| {
            let end = after + ending.len();
            rest.starts_with(ending.as_bytes())
                && !matches!(self.role_at(end), Some((Role::Lower | Role::Upper | Role::Uncased, _)))
        };
        if let Some(ending) = POSSESSIVE_ENDINGS.iter().find(|ending| stands(ending)) {
            *tail = Some(after + ending.len());
            *marks |= form::POSSESSIVE;
            return Some(true);
        }
        if let Some(ending) = CONTRACTION_ENDINGS.iter().find(|ending| stands(ending)) {
            *tail = Some(after + ending.len());
            return Some(true);
        }
        match self.role_at(after) {
            Some((Role::Lower | Role::Upper | Role::Uncased, _)) => None,
            _ => Some(true),
        }
    }

    /// Whether one to three letters stand here, the first a capital, and then something that is no letter.
    fn short_segment(&self, at: usize) -> bool {
        let mut n = 0;
        let mut at = at;
        while let Some((role, len)) = self.role_at(at) {
            match role {
                Role::Upper if n == 0 => {}
                Role::Lower | Role::Upper if n > 0 && n < 3 => {}
                Role::Lower | Role::Upper | Role::Digit | Role::Uncased => return false,
                _ => break,
            }
            n += 1;
            at += len;
        }
        n > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_read_at_once_is_the_word_read_letter_by_letter(
            parts in proptest::collection::vec(prop_oneof!["[A-Za-z]{1,10}", "[ .,'`0-9\n-]", "[é’ʼ“]"], 0..12),
        ) {
            let text = parts.concat();
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                if let Some(read) = small_word(text.as_bytes(), at) {
                    prop_assert_eq!(read, word(&text, at), "{:?} at {}", c, at);
                }
            }
        }
    }
}
