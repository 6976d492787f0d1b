//! Beginnings and endings that words get, as far as the analysis of text knows them.

/// Endings that the stemmers for languages in Latin script take away.
pub(crate) const STEMMED: [&str; 52] = [
    "able", "ables", "adas", "ados", "ais", "ally", "ance", "ando", "ants", "ational", "ations", "ative", "ator", "e",
    "ed", "en", "ences", "ency", "ente", "ern", "ers", "es", "est", "eur", "ful", "fulness", "ibility", "ies", "ing",
    "ional", "ions", "ique", "isation", "isms", "ists", "iveness", "ization", "ized", "less", "ly", "mente", "ments",
    "ness", "os", "ously", "r", "sion", "ungen", "y", "zed", "ée", "és",
];

/// English: endings of a day or rank written in digits ("10th"), in small letters. They belong to no term.
pub(crate) const ORDINAL: [&[u8; 2]; 4] = [b"st", b"nd", b"rd", b"th"];

/// English: what follows the apostrophe of a possessive, and the digits of a plural ("the 1990s").
pub(crate) const S: u8 = b's';

/// The Arabic article, written as one with its word.
pub(crate) const ARABIC_ARTICLE: &str = "ال";

/// Prefixes of two letters that are also written apart from their word or with a hyphen ("co-operation", "re-election").
pub(crate) const DETACHED_PREFIXES: &[&str] = &["co", "de", "ex", "re"];
