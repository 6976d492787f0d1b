//! How the words of each language are treated.

use frostem::Stemmer;

use crate::lang::analysis::{Analysis, LANGUAGES, StemEnds};

/// How one language is analysed: its stemmer, its stop words, its way of writing numbers and of eliding vowels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Profile(u8);

impl Profile {
    /// The profile of English, which also stands for texts whose language is not known.
    pub const ENGLISH: Profile = Profile(0);

    /// The profile of a language by its ISO 639-1 code.
    pub fn of(language: Option<&str>) -> Self {
        match language {
            None | Some("en") => Profile::ENGLISH,
            Some(code) => Profile(LANGUAGES.iter().position(|p| p.code == code).unwrap_or(1) as u8),
        }
    }

    fn analysis(self) -> &'static Analysis {
        LANGUAGES.get(usize::from(self.0)).unwrap_or(&LANGUAGES[0])
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    pub(crate) fn stemmer(self) -> Option<Stemmer> {
        self.analysis().stemmer.map(Stemmer::new)
    }

    /// Whether the stemmer may give a word a stem that is `term` though the word does not begin so, having put another
    /// letter at its end. Where it is not known what a stemmer puts there, it may.
    pub(crate) fn may_change_the_end_of(self, term: &str) -> bool {
        match self.analysis().stem_ends {
            StemEnds::Cut => false,
            StemEnds::Letters(letters) => term.ends_with(letters),
            StemEnds::Unknown => true,
        }
    }

    /// Whether words are folded before they are stemmed.
    pub(crate) fn folds_before_stemming(self) -> bool {
        !self.analysis().accents
    }

    /// Whether `word`, in small letters and without accents, is a stop word.
    pub(crate) fn is_stop_word(self, word: &str) -> bool {
        self.analysis().stop_words.binary_search(&word).is_ok()
    }

    pub(crate) fn has_decimal_point(self) -> bool {
        self.analysis().decimal_point
    }

    /// Whether `prefix`, before an apostrophe, is an article or a particle that is not part of the word.
    pub(crate) fn elides(self, prefix: &str) -> bool {
        self.analysis().elided.iter().any(|e| e.eq_ignore_ascii_case(prefix))
    }

    /// Whether "'s" at the end of a word is a possessive.
    pub(crate) fn has_possessive(self) -> bool {
        self.analysis().possessive
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_folded_and_in_small_letters() {
        for analysis in LANGUAGES {
            assert!(analysis.stop_words.is_sorted(), "{}", analysis.code);
            for word in analysis.stop_words {
                assert_eq!(&crate::words::folded(word), word, "{}", analysis.code);
            }
        }
    }

    #[test]
    fn an_unknown_code_is_analysed_without_rules_and_no_code_as_english() {
        assert_eq!(Profile::of(None), Profile::ENGLISH);
        assert!(Profile::of(Some("so")).stemmer().is_none());
        assert_ne!(Profile::of(Some("so")), Profile::ENGLISH);
    }
}
