//! What the words around a full stop are, by the tables of [`crate::lang`]. All words are in lower case.

use std::sync::LazyLock;

use crate::lang::abbreviations::{DOTTED_ORDINALS, ENGLISH, OTHERS, Writing};
use crate::lang::sentences::{AFTER_HOUR, OPENERS, Opener, SPEECH_VERBS};
use crate::lang::table::WordTable;

pub(super) use crate::lang::abbreviations::Abbreviation;

/// No abbreviation of [`OTHERS`] is longer, in bytes.
pub(super) const LONGEST_ABBREVIATION_BYTES: usize = 12;

/// What `word`, without its full stop, is in English, and for titles in every language; `capital` tells whether it was
/// written with a capital.
pub(super) fn english(word: &[u8], capital: bool) -> Option<Abbreviation> {
    static TABLE: LazyLock<WordTable<(Abbreviation, Writing)>> =
        LazyLock::new(|| WordTable::new(ENGLISH.iter().copied()));
    let (abbreviation, writing) = TABLE.get(word)?;
    (capital || writing == Writing::Any).then_some(abbreviation)
}

/// Whether something always follows `word`, without its full stop, in a language other than English.
pub(super) fn in_other_language(language: &str, word: &str) -> bool {
    OTHERS.iter().find(|(l, _)| *l == language).is_some_and(|(_, words)| words.contains(&word))
}

/// Whether ordinal numbers are written with a full stop ("10. Mai").
pub(super) fn has_dotted_ordinals(language: &str) -> bool {
    DOTTED_ORDINALS.contains(&language)
}

/// Whether a word begins a sentence after an abbreviation that could have ended one. In running text its capital already
/// tells something; in text that is `all_capitals` only the surest words count.
pub(super) fn begins_sentence(word: &[u8], all_capitals: bool) -> bool {
    static TABLE: LazyLock<WordTable<Opener>> = LazyLock::new(|| WordTable::new(OPENERS.iter().copied()));
    TABLE.get(word).is_some_and(|opener| opener == Opener::Sure || !all_capitals)
}

/// Whether a sentence goes on with this word after "10 p.m.".
pub(super) fn follows_hour(word: &[u8]) -> bool {
    static TABLE: LazyLock<WordTable<()>> = LazyLock::new(|| WordTable::new([((), AFTER_HOUR)]));
    TABLE.get(word).is_some()
}

/// Whether this is a verb after a quoted question: "“What now?” Khan asked."
pub(super) fn reports_speech(word: &[u8]) -> bool {
    static TABLE: LazyLock<WordTable<()>> = LazyLock::new(|| WordTable::new([((), SPEECH_VERBS)]));
    TABLE.get(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_in_two_rows() {
        let abbreviations = ENGLISH.iter().map(|(_, row)| *row);
        for rows in [abbreviations.collect::<Vec<_>>(), OPENERS.iter().map(|(_, row)| *row).collect()] {
            let mut words: Vec<&str> = rows.iter().flat_map(|row| row.split_ascii_whitespace()).collect();
            words.sort_unstable();
            for pair in words.windows(2) {
                assert_ne!(pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn no_abbreviation_is_longer_than_the_bound() {
        for word in OTHERS.iter().flat_map(|(_, words)| *words) {
            assert!(word.len() <= LONGEST_ABBREVIATION_BYTES, "{word}");
        }
    }
}
