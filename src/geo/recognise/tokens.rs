//! Words of a text with what stands between them, found in one pass.

use crate::words::bytes::small_letters;

/// What stood between a token and the one before it, as bits.
pub(crate) mod sep {
    pub(crate) const SPACE: u16 = 1;
    pub(crate) const HYPHEN: u16 = 2;
    pub(crate) const COMMA: u16 = 4;
    pub(crate) const STOP: u16 = 8;
    pub(crate) const OPEN: u16 = 16;
    pub(crate) const CLOSE: u16 = 32;
    pub(crate) const QUOTE: u16 = 64;
    pub(crate) const LINE: u16 = 128;
    pub(crate) const SLASH: u16 = 256;
    pub(crate) const COLON: u16 = 512;
    pub(crate) const DASH: u16 = 1024;
    pub(crate) const OTHER: u16 = 2048;
    pub(crate) const SILENT: u16 = 4096;
    /// A sentence sign that is no full stop.
    pub(crate) const BANG: u16 = 8192;
}

/// What a token looks like, as bits.
pub(crate) mod form {
    /// The first letter is a capital.
    pub(crate) const CAPITAL: u16 = 1;
    /// Two letters or more, all capitals.
    pub(crate) const CAPITALS: u16 = 2;
    /// Begins with a digit.
    pub(crate) const DIGIT: u16 = 4;
    /// Followed by a possessive ending, which is no part of it.
    pub(crate) const POSSESSIVE: u16 = 8;
    /// Letters parted by full stops ("U.S.").
    pub(crate) const DOTTED: u16 = 16;
    /// A full stop follows at once.
    pub(crate) const STOP_AFTER: u16 = 32;
    /// Begins a sentence, a line or a quotation.
    pub(crate) const OPENS: u16 = 64;
    /// A letter of a script without case.
    pub(crate) const UNCASED: u16 = 128;
    /// ASCII letters and digits only.
    pub(crate) const PLAIN: u16 = 256;
}

/// A word of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Byte offset of its first character.
    pub(crate) start: u32,
    /// Byte offset after its last character, the possessive ending and a closing full stop left out.
    pub(crate) end: u32,
    /// What stood before it ([`sep`]).
    pub(crate) sep: u16,
    /// What it looks like ([`form`]).
    pub(crate) form: u16,
}

impl Token {
    pub(crate) fn is(&self, bits: u16) -> bool {
        self.form & bits != 0
    }

    pub(crate) fn after(&self, bits: u16) -> bool {
        self.sep & bits != 0
    }

    /// Whether only blanks part it from the token before.
    pub(crate) fn adjoins(&self) -> bool {
        self.sep & !(sep::SPACE | sep::SILENT) == 0 && self.sep & sep::SPACE != 0
    }

    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Lower,
    Upper,
    Digit,
    /// A letter without case.
    Uncased,
    /// A combining mark or a sign inside a word.
    Mark,
    Apostrophe,
    Sep(u16),
}

const fn ascii_roles() -> [Role; 128] {
    let mut roles = [Role::Sep(sep::OTHER); 128];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        roles[i] = match b {
            b'a'..=b'z' => Role::Lower,
            b'A'..=b'Z' => Role::Upper,
            b'0'..=b'9' => Role::Digit,
            b'\'' | b'`' => Role::Apostrophe,
            b' ' | b'\t' => Role::Sep(sep::SPACE),
            b'\n' | b'\r' => Role::Sep(sep::LINE),
            b'-' => Role::Sep(sep::HYPHEN),
            b',' => Role::Sep(sep::COMMA),
            b'.' => Role::Sep(sep::STOP),
            b'!' | b'?' => Role::Sep(sep::BANG),
            b'(' | b'[' | b'{' => Role::Sep(sep::OPEN),
            b')' | b']' | b'}' => Role::Sep(sep::CLOSE),
            b'"' => Role::Sep(sep::QUOTE),
            b'/' => Role::Sep(sep::SLASH),
            b':' | b';' => Role::Sep(sep::COLON),
            _ => Role::Sep(sep::OTHER),
        };
        i += 1;
    }
    roles
}

static ASCII: [Role; 128] = ascii_roles();

fn role_of(c: char) -> Role {
    match c {
        '\0'..='\u{7f}' => ASCII[c as usize & 127],
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{b4}' | '\u{2b9}'..='\u{2bf}' | '\u{2032}' => Role::Apostrophe,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Role::Sep(sep::SPACE),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Role::Sep(sep::LINE),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{640}' => Role::Mark,
        '\u{2010}' | '\u{2011}' => Role::Sep(sep::HYPHEN),
        '\u{2012}'..='\u{2015}' => Role::Sep(sep::DASH),
        '\u{201a}' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' => Role::Sep(sep::QUOTE),
        '\u{3002}' | '\u{6d4}' | '\u{964}' => Role::Sep(sep::STOP | sep::BANG),
        '\u{60c}' | '\u{3001}' | '\u{ff0c}' => Role::Sep(sep::COMMA),
        _ if c.is_uppercase() => Role::Upper,
        _ if c.is_lowercase() => Role::Lower,
        _ if c.is_alphabetic() => Role::Uncased,
        _ if c.is_numeric() => Role::Digit,
        _ if unicode_normalization::char::is_combining_mark(c) => Role::Mark,
        _ => Role::Sep(sep::OTHER),
    }
}

/// The bits that a byte between words adds to [`Token::sep`]; 0 for those that may begin a word and for all beyond ASCII.
static BETWEEN: [u16; 256] = {
    let mut bits = [0; 256];
    let mut i = 0;
    while i < 128 {
        bits[i] = match ASCII[i] {
            Role::Sep(sep) => sep,
            Role::Apostrophe => sep::QUOTE,
            _ => 0,
        };
        i += 1;
    }
    bits
};

/// The bytes that end a word in any case.
static ENDS_WORD: [bool; 256] = {
    let mut ends = [false; 256];
    let mut i = 0;
    while i < 128 {
        ends[i] = matches!(ASCII[i], Role::Sep(_));
        i += 1;
    }
    ends
};

/// The tokens of a text in order. Offsets are bytes of `text` at character boundaries; a text of 4 GiB or more has none.
pub(crate) fn tokens_of(text: &str) -> Tokens<'_> {
    let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
    Tokens { text, at: 0, before: sep::LINE, last: Read::default(), last_start: 0 }
}

/// See [`tokens_of`].
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// What stood between the last token and here.
    before: u16,
    /// The last token; empty before the first.
    last: Read,
    last_start: usize,
}

/// A word as it was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Read {
    /// Where it ends.
    end: u32,
    /// Where the text goes on: after a possessive ending.
    next: u32,
    /// What it looks like ([`form`]).
    form: u16,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let (mut at, mut before) = (self.at, self.before);
        loop {
            let byte = *bytes.get(at)?;
            let bits = BETWEEN[usize::from(byte)];
            if bits != 0 {
                before |= bits;
                at += 1;
                continue;
            }
            if byte < 128 {
                break;
            }
            let (bits, len) = beyond_ascii(self.text, at)?;
            if bits == 0 {
                break;
            }
            before |= bits;
            at += len;
        }
        let read = small_word(bytes, at).unwrap_or_else(|| word(self.text, at));
        let opens = before & ENDS_SENTENCE != 0
            && opens(self.text.get(self.last_start..self.last.end as usize), self.last.form, before);
        let form = read.form | if opens { form::OPENS } else { 0 };
        (self.at, self.before) = (read.next as usize, 0);
        (self.last, self.last_start) = (read, at);
        Some(Token { start: at as u32, end: read.end, sep: before, form })
    }
}

/// What a character beyond ASCII adds to [`Token::sep`], 0 where it belongs to a word; and its length.
fn beyond_ascii(text: &str, at: usize) -> Option<(u16, usize)> {
    let c = text.get(at..)?.chars().next()?;
    let bits = match role_of(c) {
        Role::Sep(bits) => bits,
        Role::Apostrophe => sep::QUOTE,
        Role::Mark => sep::SILENT,
        Role::Lower | Role::Upper | Role::Digit | Role::Uncased => 0,
    };
    Some((bits, c.len_utf8()))
}

/// Reads the word that begins here if it is a letter and up to seven small ones, and then something else than a letter, a
/// digit or an apostrophe, as nine words in ten are; `None` where it is not or the text ends too soon to tell.
#[inline]
fn small_word(bytes: &[u8], start: usize) -> Option<Read> {
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
    Some(Read { end, next: end, form })
}

/// Reads the word that begins here.
#[inline(never)]
fn word(text: &str, at: usize) -> Read {
    Scanner { text, bytes: text.as_bytes(), at }.word()
}

/// What may stand between two sentences.
const ENDS_SENTENCE: u16 = sep::LINE | sep::BANG | sep::QUOTE | sep::STOP;

/// Whether a token with some of [`ENDS_SENTENCE`] before it begins a sentence. A full stop after a capital letter, an
/// abbreviated title or a dotted abbreviation ends none for certain, so it is held not to.
fn opens(last: Option<&str>, last_form: u16, before: u16) -> bool {
    if before & (ENDS_SENTENCE & !sep::STOP) != 0 {
        return true;
    }
    last.is_none_or(|word| {
        !(last_form & form::DOTTED != 0
            || word.len() == 1
            || matches!(
                word,
                "Mr" | "Mrs"
                    | "Ms"
                    | "Dr"
                    | "St"
                    | "Gov"
                    | "Sen"
                    | "Rep"
                    | "Gen"
                    | "Lt"
                    | "Col"
                    | "Sgt"
                    | "Capt"
                    | "Maj"
                    | "Rev"
                    | "Prof"
                    | "Ft"
                    | "Mt"
                    | "Cpl"
                    | "Adm"
                    | "Cmdr"
                    | "Pvt"
                    | "Hon"
                    | "Fr"
                    | "Jr"
                    | "Sr"
                    | "No"
                    | "vs"
                    | "Det"
                    | "Supt"
                    | "Insp"
                    | "Atty"
            ))
    })
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
    fn word(&mut self) -> Read {
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
        Read { end: end as u32, next: next as u32, form: marks }
    }

    /// At an apostrophe: `None` to read on over it, else whether the word ends before it.
    fn apostrophe(&self, len: usize, tail: &mut Option<usize>, marks: &mut u16) -> Option<bool> {
        let after = self.at + len;
        let next = self.role_at(after);
        let rest = self.bytes.get(after..).unwrap_or_default();
        let ends = |n: usize| !matches!(self.role_at(after + n), Some((Role::Lower | Role::Upper | Role::Uncased, _)));
        match rest {
            [b's' | b'S', ..] if ends(1) => {
                *tail = Some(after + 1);
                *marks |= form::POSSESSIVE;
                Some(true)
            }
            [b'd' | b'm' | b't', ..] if ends(1) => {
                *tail = Some(after + 1);
                Some(true)
            }
            [b'l', b'l', ..] | [b'r', b'e', ..] | [b'v', b'e', ..] if ends(2) => {
                *tail = Some(after + 2);
                Some(true)
            }
            _ => match next {
                Some((Role::Lower | Role::Upper | Role::Uncased, _)) => None,
                _ => Some(true),
            },
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

    fn words(text: &str) -> Vec<&str> {
        tokens_of(text).map(|t| t.text(text)).collect()
    }

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

    #[test]
    fn possessives_and_hyphens_part_words() {
        assert_eq!(words("Ghana's Accra-based daily"), ["Ghana", "Accra", "based", "daily"]);
        assert_eq!(words("the Philippines’ navy"), ["the", "Philippines", "navy"]);
        assert_eq!(words("in Sana'a, Xi’an"), ["in", "Sana'a", "Xi’an"]);
    }

    #[test]
    fn dotted_abbreviations_are_one_word() {
        assert_eq!(words("the U.S. and W.Va."), ["the", "U.S", "and", "W.Va"]);
        assert_eq!(words("S.Ossetia"), ["S", "Ossetia"]);
        assert_eq!(words("They met. Paris fell."), ["They", "met", "Paris", "fell"]);
    }

    #[test]
    fn a_stop_after_a_title_opens_no_sentence() {
        let text = "He left. Later Dr. Ames came";
        let opening: Vec<_> = tokens_of(text).filter(|t| t.is(form::OPENS)).map(|t| t.text(text)).collect();
        assert_eq!(opening, ["He", "Later"]);
    }

    proptest! {
        #[test]
        fn tokens_lie_on_character_boundaries_in_order(text in proptest::collection::vec(any::<char>(), 0..60)) {
            let text: String = text.into_iter().collect();
            let mut at = 0;
            for t in tokens_of(&text) {
                prop_assert!(t.start as usize >= at && t.start < t.end);
                prop_assert!(text.is_char_boundary(t.start as usize) && text.is_char_boundary(t.end as usize));
                at = t.end as usize;
            }
        }
    }
}
