//! What characters are to words: letters, marks within words, and what parts them.

use crate::geo::recognise::text::token::sep;

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Lower,
    Upper,
    Digit,
    /// A letter without case.
    Uncased,
    /// A combining mark or a sign inside a word.
    Mark,
    Apostrophe,
    /// What parts words, with the bits that it adds to [`TextToken::sep`](crate::geo::recognise::text::token::TextToken::sep).
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

/// The roles of the ASCII characters.
pub(crate) static ASCII: [Role; 128] = ascii_roles();

/// The role of a character.
pub(crate) fn role_of(c: char) -> Role {
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

/// The bits that a byte between words adds to `TextToken::sep`; 0 for those that may begin a word and for all beyond ASCII.
pub(crate) static BETWEEN: [u16; 256] = {
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
pub(crate) static ENDS_WORD: [bool; 256] = {
    let mut ends = [false; 256];
    let mut i = 0;
    while i < 128 {
        ends[i] = matches!(ASCII[i], Role::Sep(_));
        i += 1;
    }
    ends
};

/// What a character beyond ASCII adds to `TextToken::sep`, 0 where it belongs to a word; and its length.
pub(crate) fn beyond_ascii(text: &str, at: usize) -> Option<(u16, usize)> {
    let c = text.get(at..)?.chars().next()?;
    let bits = match role_of(c) {
        Role::Sep(bits) => bits,
        Role::Apostrophe => sep::QUOTE,
        Role::Mark => sep::SILENT,
        Role::Lower | Role::Upper | Role::Digit | Role::Uncased => 0,
    };
    Some((bits, c.len_utf8()))
}
