//! One scan of a text into words, numbers and marks.

use crate::lang::time::{Class, NumberEnding, Sense, number_ending};
use crate::time::words::lexicon::{
    Entry, LONGEST_WORD_BYTES, LettersKey, Lexicon, ascii_key, is_apostrophe, letters_key,
};
use crate::time::words::token::{Token, is_word};
use crate::words::bytes::small_letters;

/// Scripts from here on put no blanks between words, so that letters may touch a number.
const FIRST_OF_EAST_ASIA: char = '\u{2e80}';

/// The tokens of a text below 4 GiB, in order.
pub(crate) fn tokens_of(text: &str) -> Vec<Token> {
    Scan { text, bytes: text.as_bytes(), at: 0, lexicon: Lexicon::shared() }.run()
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    lexicon: &'static Lexicon,
}

impl Scan<'_> {
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn run(mut self) -> Vec<Token> {
        let lexicon = self.lexicon;
        // English prose has a token for each five to six bytes.
        let mut list = Vec::with_capacity(self.bytes.len() / 5 + 8);
        while self.at < self.bytes.len() {
            let b = self.byte(self.at);
            // A blank parts most words.
            if b == b' ' {
                self.at += 1;
                continue;
            }
            match b {
                b'\t' | b'\r' => self.at += 1,
                b'\n' => self.newline(&mut list),
                b'a'..=b'z' | b'A'..=b'Z' => {
                    if self.plain_word(lexicon, &mut list).is_none() {
                        let word = self.word();
                        list.push(word);
                    }
                }
                b'0'..=b'9' => list.push(self.number(&list)),
                0x80.. => self.beyond_ascii(&mut list),
                _ => {
                    let class = mark(b);
                    list.push(self.token(self.at + 1, class, 0));
                }
            }
        }
        list
    }

    fn token(&mut self, end: usize, class: Class, value: i32) -> Token {
        let start = self.at;
        self.at = end;
        Token { start: start as u32, end: end as u32, class, value, ..Token::END }
    }

    /// A blank line ends a paragraph; a single line break is a blank.
    fn newline(&mut self, list: &mut Vec<Token>) {
        let start = self.at;
        let mut breaks = 0;
        while let b @ (b'\n' | b' ' | b'\t' | b'\r') = self.byte(self.at) {
            breaks += u32::from(b == b'\n');
            self.at += 1;
        }
        if breaks > 1 && list.last().is_some_and(|t| t.class != Class::Break) {
            list.push(Token { start: start as u32, end: self.at as u32, class: Class::Break, ..Token::END });
        }
    }

    /// Adds the word that begins here if it is one of up to 15 ASCII letters with something else in ASCII after it, as nearly
    /// all are; `None` where it is not or the text ends too soon to tell.
    #[inline]
    fn plain_word(&mut self, lexicon: &Lexicon, list: &mut Vec<Token>) -> Option<()> {
        const SMALL: u64 = u64::from_ne_bytes([b' '; 8]);
        let start = self.at;
        let (bytes, _) = self.bytes.get(start..)?.split_first_chunk::<16>()?;
        let word = u128::from_be_bytes(*bytes);
        let half = |at: u32| small_letters(((word >> at) as u64 | SMALL).swap_bytes());
        let mut length = half(64);
        if length == 8 {
            length += half(0);
        }
        if *bytes.get(length)? >= 0x80 {
            return None;
        }
        // The letters of the key are small, see `ascii_key`.
        let key = (word | u128::from(SMALL) << 64 | u128::from(SMALL)) >> (8 * (16 - length));
        let Entry { class, sense, value } = lexicon.get(key);
        let capital = bytes[0].is_ascii_uppercase();
        let shouted =
            capital && length > 1 && bytes.get(..length).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase));
        self.at = start + length;
        // Made where it stays: to be handed on, it would be written and read once more.
        list.push(Token {
            start: start as u32,
            end: self.at as u32,
            class,
            sense,
            capital,
            shouted,
            value: i32::from(value),
            ..Token::END
        });
        Some(())
    }

    /// Reads the word that begins here.
    fn word(&mut self) -> Token {
        let start = self.at;
        let mut at = start;
        while self.byte(at).is_ascii_alphabetic() {
            at += 1;
        }
        let ascii = at;
        let mut foreign = false;
        while self.byte(at) >= 0x80 {
            let Some(c) = self.text.get(at..).and_then(|t| t.chars().next()) else { break };
            if !c.is_alphabetic() {
                break;
            }
            foreign = true;
            at += c.len_utf8();
            while self.byte(at).is_ascii_alphabetic() {
                at += 1;
            }
        }
        let length = at - start;
        let letters = self.text.get(start..at).unwrap_or_default();
        let Entry { class, sense, value } = if foreign {
            self.lexicon.get(letters_key(letters.chars()))
        } else if length >= LONGEST_WORD_BYTES {
            Entry::NONE
        } else {
            self.lexicon.get(ascii_key(letters))
        };
        let capital = self.byte(start).is_ascii_uppercase();
        let shouted = capital
            && length > 1
            && !foreign
            && self.bytes.get(start..ascii).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase));
        // A word that ends in digits ("B52") keeps them from being a number of their own.
        self.at = at;
        Token {
            start: start as u32,
            end: at as u32,
            class,
            sense,
            capital,
            shouted,
            value: i32::from(value),
            ..Token::END
        }
    }

    fn number(&mut self, list: &[Token]) -> Token {
        let start = self.at;
        let mut at = start;
        let mut value = 0_i32;
        while let b @ b'0'..=b'9' = self.byte(at) {
            value = value.saturating_mul(10).saturating_add(i32::from(b - b'0'));
            at += 1;
        }
        let digits = at - start;
        let mut class = Class::Number;
        if digits <= 3 {
            while self.byte(at) == b','
                && (1..=3).all(|n| self.byte(at + n).is_ascii_digit())
                && !self.byte(at + 4).is_ascii_digit()
            {
                class = Class::Grouped;
                at += 4;
            }
        }
        let spaced =
            || self.text.get(..start).and_then(|t| t.chars().next_back()).is_some_and(|c| c < FIRST_OF_EAST_ASIA);
        let mut glued =
            digits > 8 || list.last().is_some_and(|t| t.end as usize == start && is_word(t.class) && spaced());
        if class == Class::Number && self.byte(at).is_ascii_alphabetic() {
            let mut end = at;
            while self.byte(end).is_ascii_alphanumeric() {
                end += 1;
            }
            let letters = self.bytes.get(at..end).unwrap_or_default();
            match number_ending(letters) {
                Some(NumberEnding::Ordinal) => {
                    class = Class::NumberOrdinal;
                    at = end;
                }
                Some(NumberEnding::Plural) => {
                    class = Class::NumberPlural;
                    at = end;
                }
                Some(NumberEnding::Word) => {}
                // The time of day of ISO 8601: "10T14:30".
                None => glued |= !matches!(letters, [b'T', b'0'..=b'2', ..]),
            }
        } else if self.byte(at) >= 0x80 {
            glued |= self
                .text
                .get(at..)
                .and_then(|t| t.chars().next())
                .is_some_and(|c| c.is_alphabetic() && c < FIRST_OF_EAST_ASIA);
        }
        self.at = at;
        Token {
            start: start as u32,
            end: at as u32,
            class,
            value,
            glued,
            digits: u8::try_from(digits).unwrap_or(u8::MAX),
            ..Token::END
        }
    }

    fn beyond_ascii(&mut self, list: &mut Vec<Token>) {
        let Some(c) = self.text.get(self.at..).and_then(|t| t.chars().next()) else {
            self.at += 1;
            return;
        };
        let end = self.at + c.len_utf8();
        let class = match c {
            c if is_apostrophe(c) => Class::Apostrophe,
            '“' | '”' | '«' | '»' | '„' => Class::Quote,
            '–' | '—' | '‐' | '‑' | '−' | '―' => Class::Dash,
            '£' | '€' | '¥' | '₹' | '₽' | '₴' => Class::Currency,
            '…' => Class::Stop,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {
                self.at = end;
                return;
            }
            c if c.is_whitespace() => {
                self.at = end;
                return;
            }
            c if c.is_alphabetic() => {
                let token = self.word_beyond_ascii(c, end);
                list.push(token);
                return;
            }
            _ => Class::Other,
        };
        list.push(self.token(end, class, 0));
    }

    /// Reads the word that begins here with the letter `first`, which ends at `end`.
    fn word_beyond_ascii(&mut self, first: char, end: usize) -> Token {
        let capital = first.is_uppercase();
        let mut key = LettersKey::EMPTY;
        key.push(first);
        // Signs behind digits are no part of the word after them: "2025年5月".
        if self.at > 0 && self.byte(self.at - 1).is_ascii_digit() {
            let entry = self.lexicon.get(key.finish());
            if matches!(entry.sense, Sense::YearSign | Sense::MonthSign | Sense::DaySign) {
                return self.entry_token(end, entry);
            }
        }
        let mut at = self.letters(end, &mut key);
        let mut entry = self.lexicon.get(key.finish());
        // An apostrophe parts words, unless the lexicon holds what it joins.
        let rest = self.text.get(at..).unwrap_or_default();
        if let Some(mark) = rest.chars().next().filter(|c| is_apostrophe(*c)) {
            let whole_end = self.letters(at + mark.len_utf8(), &mut key);
            let whole = self.lexicon.get(key.finish());
            if whole != Entry::NONE && whole_end > at + mark.len_utf8() {
                (at, entry) = (whole_end, whole);
            }
        }
        Token { capital, ..self.entry_token(at, entry) }
    }

    /// Adds the letters from `at` on to a key: the byte after the last.
    fn letters(&self, mut at: usize, key: &mut LettersKey) -> usize {
        while let Some(c) = self.text.get(at..).and_then(|t| t.chars().next()).filter(|c| c.is_alphabetic()) {
            key.push(c);
            at += c.len_utf8();
        }
        at
    }

    fn entry_token(&mut self, end: usize, entry: Entry) -> Token {
        let token = self.token(end, entry.class, i32::from(entry.value));
        Token { sense: entry.sense, ..token }
    }
}

fn mark(b: u8) -> Class {
    match b {
        b',' => Class::Comma,
        b'.' => Class::Dot,
        b'-' => Class::Dash,
        b'/' => Class::Slash,
        b':' => Class::Colon,
        b'\'' | b'`' => Class::Apostrophe,
        b'"' => Class::Quote,
        b'(' | b'[' => Class::Open,
        b')' | b']' => Class::Close,
        b'%' => Class::Percent,
        b'$' | b'#' => Class::Currency,
        b'!' | b'?' | b';' => Class::Stop,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scan(text: &str, at: usize) -> Scan<'_> {
        Scan { text, bytes: text.as_bytes(), at, lexicon: Lexicon::shared() }
    }

    proptest! {
        #[test]
        fn a_word_read_at_once_is_the_word_read_letter_by_letter(
            parts in proptest::collection::vec(
                prop_oneof!["[A-Za-z]{1,18}", "[ .,'0-9-]", "[é’年]", Just("Wednesday".to_owned()), Just("ago ".to_owned())],
                1..8,
            ),
        ) {
            let text = parts.concat();
            let lexicon = Lexicon::shared();
            for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
                let (mut quick, mut slow) = (scan(&text, at), scan(&text, at));
                let mut list = Vec::new();
                if quick.plain_word(lexicon, &mut list).is_some() {
                    prop_assert_eq!(format!("{list:?}"), format!("{:?}", [slow.word()]));
                    prop_assert_eq!(quick.at, slow.at);
                }
            }
        }
    }

    #[test]
    fn words_are_read_at_once_unless_the_text_ends() {
        let text = "On WEDNESDAY the responsibilities began after a while";
        let read = |at| {
            let mut list = Vec::new();
            scan(text, at).plain_word(Lexicon::shared(), &mut list);
            list.first().map(|t| (t.end as usize - at, t.class, t.shouted))
        };
        assert_eq!(read(3), Some((9, Class::Weekday, true)));
        assert_eq!(read(17), None, "sixteen letters");
        assert_eq!(read(0).map(|(length, ..)| length), Some(2));
        assert_eq!(read(text.len() - 5), None);
    }
}
