//! Small letters without accents: the form in which words meet.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::words::letters::{digit, is_apostrophe, is_dropped_mark, is_ignorable, plain};

/// Writes `word` in small letters, marks kept, without ignorable characters and apostrophes.
pub(crate) fn lower_into(word: &str, out: &mut String) {
    let keep = |c: &char| !is_ignorable(*c) && !is_apostrophe(*c);
    if word.chars().any(is_combining_mark) {
        // Stemmers know letters with their accents as one character.
        out.extend(word.nfc().filter(keep).flat_map(char::to_lowercase));
    } else {
        out.extend(word.chars().filter(keep).flat_map(char::to_lowercase));
    }
}

/// `word` in small letters without accents, ligatures and apostrophes: the form in which prefixes and fuzzy words are
/// compared. Nothing is stemmed.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Appends `word` in small letters without accents, ligatures and the like.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            if c != '\'' {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        for lower in c.to_lowercase() {
            fold_char(lower, out);
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    if is_ignorable(c) || is_apostrophe(c) {
        return;
    }
    match c {
        // Hangul and kana would fall apart into parts that mean nothing by themselves.
        '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => out.push(c),
        _ => decompose_compatible(c, |part| {
            if is_dropped_mark(part) {
                return;
            }
            match plain(part).filter(|_| !is_kept(part)) {
                Some(letters) => out.push_str(letters),
                None => out.push(digit(part).unwrap_or(part)),
            }
        }),
    }
}

/// Letters that fold in names only, most of them of African languages: a name is often written without them in another
/// language's text, a word is not.
fn is_kept(c: char) -> bool {
    matches!(c, 'ɓ' | 'ɔ' | 'ɗ' | 'ɛ' | 'ɨ' | 'ƙ' | 'ƴ' | 'ʉ')
}

/// A character of a script without spaces; half-width forms become full, all else stays.
pub(crate) fn fold_unspaced(cluster: &str, out: &mut String) {
    for c in cluster.chars() {
        match c {
            '\u{FF66}'..='\u{FF9F}' => decompose_compatible(c, |part| out.push(part)),
            '\u{F900}'..='\u{FAFF}' | '\u{2F00}'..='\u{2FDF}' => decompose_compatible(c, |part| out.push(part)),
            c if is_ignorable(c) => {}
            c => out.push(c),
        }
    }
}
