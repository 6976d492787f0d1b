//! How the words of each language are treated.

use frostem::{Algorithm, Stemmer};

use crate::lang::stop;

/// How one language is analysed: its stemmer, its stop words, its way of writing numbers and of eliding vowels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Profile(u8);

struct Traits {
    code: &'static str,
    stemmer: Option<Algorithm>,
    stop_words: &'static [&'static str],
    /// Whether a comma parts the thousands and a full stop the decimals.
    decimal_point: bool,
    elided: &'static [&'static str],
}

const fn traits(code: &'static str, stemmer: Option<Algorithm>, stop_words: &'static [&'static str]) -> Traits {
    Traits { code, stemmer, stop_words, decimal_point: false, elided: &[] }
}

const FRENCH_ELIDED: &[&str] =
    &["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"];
const ITALIAN_ELIDED: &[&str] = &[
    "l", "un", "d", "dell", "all", "nell", "sull", "dall", "coll", "quell", "quest", "bell", "sant", "c", "s", "m",
    "t", "v",
];

/// All profiles; the first is that of English, which also stands for an unknown language. frostem offers more than
/// tantivy's own filter (Hindi, Persian, Polish, Indonesian and others), which is why it is used directly.
const PROFILES: &[Traits] = &[
    Traits {
        code: "en",
        stemmer: Some(Algorithm::English),
        stop_words: stop::ENGLISH,
        decimal_point: true,
        elided: &[],
    },
    // Any language without rules of its own.
    traits("", None, &[]),
    traits("ar", Some(Algorithm::Arabic), stop::ARABIC),
    Traits { elided: FRENCH_ELIDED, ..traits("ca", Some(Algorithm::Catalan), &[]) },
    traits("cs", Some(Algorithm::Czech), &[]),
    traits("da", Some(Algorithm::Danish), stop::DANISH),
    traits("de", Some(Algorithm::German), stop::GERMAN),
    traits("el", Some(Algorithm::Greek), &[]),
    traits("es", Some(Algorithm::Spanish), stop::SPANISH),
    traits("et", Some(Algorithm::Estonian), &[]),
    traits("eu", Some(Algorithm::Basque), &[]),
    traits("fa", Some(Algorithm::Persian), stop::PERSIAN),
    traits("fi", Some(Algorithm::Finnish), &[]),
    Traits { elided: FRENCH_ELIDED, ..traits("fr", Some(Algorithm::French), stop::FRENCH) },
    traits("ga", Some(Algorithm::Irish), &[]),
    Traits { decimal_point: true, ..traits("hi", Some(Algorithm::Hindi), stop::HINDI) },
    traits("hu", Some(Algorithm::Hungarian), &[]),
    traits("hy", Some(Algorithm::Armenian), &[]),
    traits("id", Some(Algorithm::Indonesian), &[]),
    Traits { elided: ITALIAN_ELIDED, ..traits("it", Some(Algorithm::Italian), stop::ITALIAN) },
    traits("lt", Some(Algorithm::Lithuanian), &[]),
    Traits { decimal_point: true, ..traits("ne", Some(Algorithm::Nepali), &[]) },
    traits("nl", Some(Algorithm::Dutch), stop::DUTCH),
    traits("no", Some(Algorithm::Norwegian), stop::NORWEGIAN),
    traits("nb", Some(Algorithm::Norwegian), stop::NORWEGIAN),
    traits("pl", Some(Algorithm::Polish), stop::POLISH),
    traits("pt", Some(Algorithm::Portuguese), stop::PORTUGUESE),
    traits("ro", Some(Algorithm::Romanian), &[]),
    traits("ru", Some(Algorithm::Russian), stop::RUSSIAN),
    traits("sr", Some(Algorithm::Serbian), &[]),
    traits("sv", Some(Algorithm::Swedish), stop::SWEDISH),
    Traits { decimal_point: true, ..traits("ta", Some(Algorithm::Tamil), &[]) },
    traits("tr", Some(Algorithm::Turkish), stop::TURKISH),
    traits("uk", None, stop::UKRAINIAN),
    traits("yi", Some(Algorithm::Yiddish), &[]),
    Traits { decimal_point: true, ..traits("zh", None, &[]) },
    Traits { decimal_point: true, ..traits("ja", None, &[]) },
    Traits { decimal_point: true, ..traits("ko", None, &[]) },
    Traits { decimal_point: true, ..traits("th", None, &[]) },
    Traits { decimal_point: true, ..traits("he", None, stop::HEBREW) },
];

impl Profile {
    /// The profile of English, which also stands for texts whose language is not known.
    pub const ENGLISH: Profile = Profile(0);

    /// The profile of a language by its ISO 639-1 code.
    pub fn of(language: Option<&str>) -> Self {
        match language {
            None | Some("en") => Profile::ENGLISH,
            Some(code) => Profile(PROFILES.iter().position(|p| p.code == code).unwrap_or(1) as u8),
        }
    }

    fn traits(self) -> &'static Traits {
        PROFILES.get(usize::from(self.0)).unwrap_or(&PROFILES[0])
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    pub(crate) fn stemmer(self) -> Option<Stemmer> {
        self.traits().stemmer.map(Stemmer::new)
    }

    /// Whether the stemmer may give a word a stem that is `term` though the word does not begin so, having put another
    /// letter at its end: English makes "fire" of "firing", "armi" of "army" and "possibl" of "possibility". The stemmers
    /// of languages named here only cut; of the others it is not known.
    pub(crate) fn may_change_the_end_of(self, term: &str) -> bool {
        match self.traits().code {
            "en" => term.ends_with(['e', 'i', 'l']),
            "ar" | "da" | "de" | "nb" | "no" | "ru" | "sv" => false,
            _ => self.traits().stemmer.is_some(),
        }
    }

    /// Whether the stemmer wants its words without accents: English knows none, and people leave them out.
    pub(crate) fn folds_before_stemming(self) -> bool {
        self == Profile::ENGLISH
    }

    /// Whether `word`, in small letters and without accents, is a stop word.
    pub(crate) fn is_stop_word(self, word: &str) -> bool {
        self.traits().stop_words.binary_search(&word).is_ok()
    }

    pub(crate) fn has_decimal_point(self) -> bool {
        self.traits().decimal_point
    }

    /// Whether `prefix`, before an apostrophe, is an article or a particle that is not part of the word.
    pub(crate) fn elides(self, prefix: &str) -> bool {
        self.traits().elided.iter().any(|e| e.eq_ignore_ascii_case(prefix))
    }

    /// Whether "'s" at the end of a word is the English possessive.
    pub(crate) fn has_possessive(self) -> bool {
        self == Profile::ENGLISH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_folded_and_in_small_letters() {
        for traits in PROFILES {
            assert!(traits.stop_words.is_sorted(), "{}", traits.code);
            for word in traits.stop_words {
                let mut folded = String::new();
                crate::words::fold::fold_into(word, &mut folded);
                assert_eq!(&folded, word, "{}", traits.code);
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
