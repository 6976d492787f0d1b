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

    /// Whether `word`, in small letters and without accents, is a very common one.
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

/// A set of profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Profiles(u64);

const _: () = assert!(LANGUAGES.len() <= u64::BITS as usize, "a set of profiles has a bit for each");

impl Profiles {
    /// Every profile.
    pub const ALL: Profiles = Profiles(u64::MAX);

    /// The set with one more.
    #[must_use]
    pub fn with(self, profile: Profile) -> Self {
        Profiles(self.0 | 1 << profile.0)
    }

    /// The set with those of another.
    #[must_use]
    pub fn and(self, others: Profiles) -> Self {
        Profiles(self.0 | others.0)
    }

    /// Whether a profile is in it.
    pub fn contains(self, profile: Profile) -> bool {
        self.0 & 1 << profile.0 != 0
    }
}

impl FromIterator<Profile> for Profiles {
    fn from_iter<I: IntoIterator<Item = Profile>>(profiles: I) -> Self {
        profiles.into_iter().fold(Profiles::default(), Profiles::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_turn_a_sentence_are_no_stop_words() {
        for (language, words) in [
            ("en", "no not nor never none without against before after until till over under off out since except"),
            ("ar", "لا لم لن ليس بدون ضد قبل بعد حتي دون"),
            ("de", "nicht kein keine nie ohne gegen vor nach bis uber unter aus seit"),
            ("es", "no ni nunca sin contra antes despues hasta sobre bajo desde"),
            ("fr", "ne pas non ni jamais sans contre avant apres jusqu sous hors depuis plus"),
            ("it", "non ne mai senza contro prima dopo fino sotto"),
            ("nl", "niet geen nooit zonder tegen na tot over onder uit"),
            ("pl", "nie ani nigdy bez przeciw przed po pod"),
            ("pt", "nao nem nunca sem contra antes depois ate sob"),
            ("ru", "не ни никогда без против до после под над"),
            ("uk", "не ні ніколи без проти до після під над"),
            ("tr", "degil asla karsi once sonra kadar"),
            ("he", "לא אין בלי נגד לפני אחרי"),
        ] {
            for word in words.split(' ') {
                assert!(!Profile::of(Some(language)).is_stop_word(word), "{language} {word}");
            }
        }
    }

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
