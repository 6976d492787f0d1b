//! What tells languages apart before their trigrams are counted: function words, and letters of their own.

/// English: function words that hardly any other language has.
pub(crate) const ENGLISH_TELLING: &[&str] = &[
    "the", "and", "that", "said", "with", "which", "would", "their", "they", "this", "from", "were", "there", "should",
    "could", "these", "those", "because", "after",
];

/// English: function words that other languages have too, as function words or as other words.
pub(crate) const ENGLISH_COMMON: &str = "\
     of to was for is are by has have had his her it its been who not be on at as he she in an but a or will we you \
     about more than one two";

/// Function words of other languages of news in Latin script, in small letters. They need not be of one language alone.
pub(crate) const FOREIGN: &[(&str, &str)] = &[
    ("da", "den det og"),
    ("de", "das dem den der des ein eine ist mit und"),
    ("es", "con de del el en la las los para por que son una"),
    ("fr", "au aux avec dans de des du en est et la le les que son sur"),
    ("it", "che con del della di la le nel una"),
    ("nl", "de den der een en het van"),
    ("pt", "dos das de para por que um"),
];

/// Arabic letters that only one language has, among those that trigrams do not know: Pashto and Sorani Kurdish.
pub(crate) const ARABIC_LETTERS: &[(&str, &[char])] =
    &[("ps", &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ګ', 'ڼ', 'ۍ', 'ځ', 'څ']), ("ku", &['ڕ', 'ڵ', 'ۆ', 'ێ'])];

/// ISO 639-3 codes, by which the detector names its languages, and those of ISO 639-1. Chinese,
/// Persian and Norwegian have the code of the macrolanguage, by which articles say their language.
pub(crate) const CODES: &[(&str, &str)] = &[
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "no"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];
