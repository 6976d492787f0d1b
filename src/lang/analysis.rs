//! How the words of each language become terms, a row a language.

use frostem::Algorithm;

use crate::lang::stop;

/// How one language is analysed.
pub(crate) struct Analysis {
    /// ISO 639-1 code; empty in the row for languages without rules of their own.
    pub code: &'static str,
    /// The Snowball rules that reduce words to stems.
    pub stemmer: Option<Algorithm>,
    /// Very common words, folded and sorted.
    pub stop_words: &'static [&'static str],
    /// What the stemmer may put at the end of a stem.
    pub stem_ends: StemEnds,
    /// Whether a comma parts the thousands and a full stop the decimals; else it is the other way round.
    pub decimal_point: bool,
    /// Whether "'s" at the end of a word is a possessive.
    pub possessive: bool,
    /// Whether the stemmer wants words with their accents. That for English knows none, and people leave them out.
    pub accents: bool,
    /// Articles and particles that lose their vowel before another and are written as one with the word, in small letters,
    /// without the apostrophe.
    pub elided: &'static [&'static str],
}

/// What a stemmer may put at the end of a stem in place of what the word has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StemEnds {
    /// Nothing: it only cuts.
    Cut,
    /// One of these letters. English makes "fire" of "firing", "armi" of "army" and "possibl" of "possibility".
    Letters(&'static [char]),
    /// It is not known what.
    Unknown,
}

const fn analysis(code: &'static str, stemmer: Option<Algorithm>, stop_words: &'static [&'static str]) -> Analysis {
    let stem_ends = if stemmer.is_some() { StemEnds::Unknown } else { StemEnds::Cut };
    Analysis {
        code,
        stemmer,
        stop_words,
        stem_ends,
        decimal_point: false,
        possessive: false,
        accents: true,
        elided: &[],
    }
}

const FRENCH_ELIDED: &[&str] =
    &["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"];
const ITALIAN_ELIDED: &[&str] = &[
    "l", "un", "d", "dell", "all", "nell", "sull", "dall", "coll", "quell", "quest", "bell", "sant", "c", "s", "m",
    "t", "v",
];

/// The first row is English, which also stands for an unknown language; the second all languages without a row. frostem
/// offers more than tantivy's own filter (Hindi, Persian, Polish, Indonesian and others), which is why it is used directly.
pub(crate) const LANGUAGES: &[Analysis] = &[
    Analysis {
        code: "en",
        stemmer: Some(Algorithm::English),
        stop_words: stop::ENGLISH,
        stem_ends: StemEnds::Letters(&['e', 'i', 'l']),
        decimal_point: true,
        possessive: true,
        accents: false,
        elided: &[],
    },
    // Any language without rules of its own.
    analysis("", None, &[]),
    Analysis { stem_ends: StemEnds::Cut, ..analysis("ar", Some(Algorithm::Arabic), stop::ARABIC) },
    Analysis { elided: FRENCH_ELIDED, ..analysis("ca", Some(Algorithm::Catalan), &[]) },
    analysis("cs", Some(Algorithm::Czech), &[]),
    Analysis { stem_ends: StemEnds::Cut, ..analysis("da", Some(Algorithm::Danish), stop::DANISH) },
    Analysis { stem_ends: StemEnds::Cut, ..analysis("de", Some(Algorithm::German), stop::GERMAN) },
    analysis("el", Some(Algorithm::Greek), &[]),
    analysis("es", Some(Algorithm::Spanish), stop::SPANISH),
    analysis("et", Some(Algorithm::Estonian), &[]),
    analysis("eu", Some(Algorithm::Basque), &[]),
    analysis("fa", Some(Algorithm::Persian), stop::PERSIAN),
    analysis("fi", Some(Algorithm::Finnish), &[]),
    Analysis { elided: FRENCH_ELIDED, ..analysis("fr", Some(Algorithm::French), stop::FRENCH) },
    analysis("ga", Some(Algorithm::Irish), &[]),
    Analysis { decimal_point: true, ..analysis("hi", Some(Algorithm::Hindi), stop::HINDI) },
    analysis("hu", Some(Algorithm::Hungarian), &[]),
    analysis("hy", Some(Algorithm::Armenian), &[]),
    analysis("id", Some(Algorithm::Indonesian), &[]),
    Analysis { elided: ITALIAN_ELIDED, ..analysis("it", Some(Algorithm::Italian), stop::ITALIAN) },
    analysis("lt", Some(Algorithm::Lithuanian), &[]),
    Analysis { decimal_point: true, ..analysis("ne", Some(Algorithm::Nepali), &[]) },
    analysis("nl", Some(Algorithm::Dutch), stop::DUTCH),
    Analysis { stem_ends: StemEnds::Cut, ..analysis("no", Some(Algorithm::Norwegian), stop::NORWEGIAN) },
    Analysis { stem_ends: StemEnds::Cut, ..analysis("nb", Some(Algorithm::Norwegian), stop::NORWEGIAN) },
    analysis("pl", Some(Algorithm::Polish), stop::POLISH),
    analysis("pt", Some(Algorithm::Portuguese), stop::PORTUGUESE),
    analysis("ro", Some(Algorithm::Romanian), &[]),
    Analysis { stem_ends: StemEnds::Cut, ..analysis("ru", Some(Algorithm::Russian), stop::RUSSIAN) },
    analysis("sr", Some(Algorithm::Serbian), &[]),
    Analysis { stem_ends: StemEnds::Cut, ..analysis("sv", Some(Algorithm::Swedish), stop::SWEDISH) },
    Analysis { decimal_point: true, ..analysis("ta", Some(Algorithm::Tamil), &[]) },
    analysis("tr", Some(Algorithm::Turkish), stop::TURKISH),
    analysis("uk", None, stop::UKRAINIAN),
    analysis("yi", Some(Algorithm::Yiddish), &[]),
    Analysis { decimal_point: true, ..analysis("zh", None, &[]) },
    Analysis { decimal_point: true, ..analysis("ja", None, &[]) },
    Analysis { decimal_point: true, ..analysis("ko", None, &[]) },
    Analysis { decimal_point: true, ..analysis("th", None, &[]) },
    Analysis { decimal_point: true, ..analysis("he", None, stop::HEBREW) },
];
