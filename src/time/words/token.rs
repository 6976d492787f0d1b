//! One scan of the text into words, numbers and marks.

use crate::lang::time::Class;
use crate::time::words::lexicon::{LONGEST_WORD_BYTES, Lexicon, key_of};
use crate::words::bytes::small_letters;

/// A word, a number, a mark or the end of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is.
    pub class: Class,
    /// Begins with an upper-case letter.
    pub capital: bool,
    /// All letters are upper case, and there are at least two.
    pub shouted: bool,
    /// A number that touches letters or digits that are no part of it ("24km", "B52"), or that is too long to be a date.
    pub glued: bool,
    /// Digits of a number.
    pub digits: u8,
    /// The number, or the word's value in the lexicon.
    pub value: i32,
}

impl Token {
    /// What stands beyond both ends of the text.
    pub(crate) const END: Token = Token {
        start: u32::MAX,
        end: u32::MAX,
        class: Class::End,
        capital: false,
        shouted: false,
        glued: false,
        digits: 0,
        value: 0,
    };
}

/// Scripts from here on put no blanks between words, so that letters may touch a number.
const FIRST_OF_EAST_ASIA: char = '\u{2e80}';

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
        let list = Scan { text, bytes: text.as_bytes(), at: 0 }.run();
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

    /// Whether the token at `at` is this word, in any case.
    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
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

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn run(mut self) -> Vec<Token> {
        let lexicon = Lexicon::shared();
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
                        let word = self.word(lexicon);
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
        // The letters of the key are small, see `key_of`.
        let key = (word | u128::from(SMALL) << 64 | u128::from(SMALL)) >> (8 * (16 - length));
        let (class, value) = lexicon.get(key);
        let capital = bytes[0].is_ascii_uppercase();
        let shouted =
            capital && length > 1 && bytes.get(..length).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase));
        self.at = start + length;
        // Made where it stays: to be handed on, it would be written and read once more.
        list.push(Token {
            start: start as u32,
            end: self.at as u32,
            class,
            capital,
            shouted,
            value: i32::from(value),
            ..Token::END
        });
        Some(())
    }

    /// Reads the word that begins here.
    fn word(&mut self, lexicon: &Lexicon) -> Token {
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
        let (class, value) = if foreign || length >= LONGEST_WORD_BYTES {
            (Class::Word, 0)
        } else {
            lexicon.get(key_of(self.text.get(start..ascii).unwrap_or_default()))
        };
        let capital = self.byte(start).is_ascii_uppercase();
        let shouted = capital
            && length > 1
            && !foreign
            && self.bytes.get(start..ascii).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase));
        // A word that ends in digits ("B52") keeps them from being a number of their own.
        self.at = at;
        Token { start: start as u32, end: at as u32, class, capital, shouted, value: i32::from(value), ..Token::END }
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
            match self.bytes.get(at..end) {
                Some(b"st" | b"nd" | b"rd" | b"th" | b"ST" | b"ND" | b"RD" | b"TH") => {
                    class = Class::NumberOrdinal;
                    at = end;
                }
                Some(b"s" | b"S") => {
                    class = Class::NumberPlural;
                    at = end;
                }
                Some(
                    b"am" | b"pm" | b"AM" | b"PM" | b"hrs" | b"GMT" | b"UTC" | b"BC" | b"AD" | b"BCE" | b"a" | b"p",
                ) => {}
                Some([b'T', b'0'..=b'2', ..]) => {}
                _ => glued = true,
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
            '’' | '‘' | 'ʼ' | '´' => Class::Apostrophe,
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
            '年' | '月' | '日' if self.at > 0 && self.byte(self.at - 1).is_ascii_digit() => Class::Word,
            c if c.is_alphabetic() => {
                let mut at = end;
                while let Some(d) = self.text.get(at..).and_then(|t| t.chars().next()) {
                    if !d.is_alphabetic() {
                        break;
                    }
                    at += d.len_utf8();
                }
                let capital = c.is_uppercase();
                let token = self.token(at, Class::Word, 0);
                list.push(Token { capital, ..token });
                return;
            }
            _ => Class::Other,
        };
        list.push(self.token(end, class, 0));
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

/// Whether the class is one of words.
pub(crate) fn is_word(class: Class) -> bool {
    class as u8 >= Class::Word as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scan(text: &str, at: usize) -> Scan<'_> {
        Scan { text, bytes: text.as_bytes(), at }
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
                    prop_assert_eq!(format!("{list:?}"), format!("{:?}", [slow.word(lexicon)]));
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
