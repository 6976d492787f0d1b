//! Folding: the form in which names are compared, the same for the gazetteer's keys and for the text.
//!
//! Case, accents, apostrophes and full stops go; hyphens and other signs part words; `&` reads "and". So "Al-Ḩudaydah",
//! "al hudaydah" and "Al Hudaydah" are one name, and so are "U.S." and "US".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::letters::{is_dropped_mark, plain};

/// What a character is to folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharRole {
    /// Part of a word: letters, digits, marks.
    Word,
    /// Within a word without being part of its folded form: apostrophes, full stops, soft hyphens.
    Silent,
    /// `&`, a word of its own that folds to "and".
    And,
    /// All that parts words.
    Separator,
}

/// Whether a character belongs to a word, vanishes within one, or parts words.
pub fn role_of(c: char) -> CharRole {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => CharRole::Word,
        '.' | '\'' | '`' | '\u{b4}' | '\u{ad}' => CharRole::Silent,
        '&' => CharRole::And,
        '\0'..='\u{7f}' => CharRole::Separator,
        // Modifier apostrophes and half rings, quotation marks used as apostrophes, primes, zero-width signs.
        '\u{2b9}'..='\u{2bf}'
        | '\u{2c8}'
        | '\u{2cb}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{640}' => CharRole::Silent,
        _ if c.is_alphanumeric() || is_combining_mark(c) => CharRole::Word,
        _ => CharRole::Separator,
    }
}

/// The folded form of a name: words parted by single spaces.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    folded
}

/// Appends the folded form of `name` to `folded`, with a space before it where `folded` is not empty.
///
/// For one token of a text this allocates only when `folded` has to grow.
pub fn fold_into(name: &str, folded: &mut String) {
    let mut gap = !folded.is_empty();
    for c in name.chars() {
        match role_of(c) {
            CharRole::Word => {
                let before = folded.len();
                if gap {
                    folded.push(' ');
                }
                let word = folded.len();
                push_folded(c, folded);
                // A mark alone folds to nothing and takes no space.
                if folded.len() == word {
                    folded.truncate(before);
                } else {
                    gap = false;
                }
            }
            CharRole::Silent => {}
            CharRole::And => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
                folded.push_str("and");
                gap = true;
            }
            CharRole::Separator => gap = !folded.is_empty(),
        }
    }
}

fn push_folded(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for part in std::iter::once(c).nfkd().filter(|part| !is_dropped_mark(*part)) {
        for lower in part.to_lowercase().filter(|lower| !is_dropped_mark(*lower)) {
            match plain_in_names(lower) {
                Some(letters) => folded.push_str(letters),
                // Compatibility forms may decompose to spaces and brackets, which are not part of a word.
                None if role_of(lower) == CharRole::Word => folded.push(lower),
                None => {}
            }
        }
    }
}

/// The plain spelling of a letter in names. It differs from that in other text for two letters, whose names are known by
/// another spelling ("Gəncə" by "Ganca"), and for letters that text folds to meet other keyboards or older spellings, which
/// the gazetteer holds as they are written.
fn plain_in_names(c: char) -> Option<&'static str> {
    match c {
        'ŋ' => Some("ng"),
        'ə' => Some("a"),
        'ƚ' | 'ς' | 'ґ' | 'ې' | 'ڪ' | 'ە' | 'ہ' | 'ھ' | 'ٱ' => None,
        c => plain(c),
    }
}

/// Whether a folded name is written in Latin letters throughout.
pub fn is_latin(folded: &str) -> bool {
    folded.chars().all(|c| c.is_ascii() || matches!(c, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_apostrophes_and_hyphens_do_not_tell_names_apart() {
        assert_eq!(fold("Al-Ḩudaydah"), "al hudaydah");
        assert_eq!(fold("Sana’a"), "sanaa");
        assert_eq!(fold("Port-au-Prince"), "port au prince");
        assert_eq!(fold("Łódź"), "lodz");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("İzmir"), fold("Izmir"));
        assert_eq!(fold("Diyarbakır"), "diyarbakir");
    }

    #[test]
    fn full_stops_vanish_and_signs_part_words() {
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("St. Louis"), "st louis");
        assert_eq!(fold("  Jammu & Kashmir "), "jammu and kashmir");
        assert_eq!(fold("Jammu&Kashmir"), "jammu and kashmir");
        assert_eq!(fold("a/b"), "a b");
    }

    #[test]
    fn indic_vowel_signs_stay_and_arabic_points_go() {
        assert_eq!(fold("कीव"), "कीव");
        assert_eq!(fold("أَبُو"), "ابو");
    }

    #[test]
    fn appending_a_second_word_adds_one_space() {
        let mut buffer = String::new();
        fold_into("New", &mut buffer);
        fold_into("York", &mut buffer);
        assert_eq!(buffer, "new york");
        fold_into("’", &mut buffer);
        assert_eq!(buffer, "new york");
    }

    proptest! {
        #[test]
        fn folding_never_panics_and_is_stable(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn any_characters_can_be_folded(text in proptest::collection::vec(any::<char>(), 0..30)) {
            let text: String = text.into_iter().collect();
            let _ = fold(&text);
        }
    }
}
