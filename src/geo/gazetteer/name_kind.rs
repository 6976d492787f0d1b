//! In what way a name names its place.

/// In what way a name names its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// The name shown, or the official one.
    Preferred = 0,
    /// Another spelling or another language's name.
    Alternate = 1,
    /// Derived by rule: without the Arabic article, without "Province", "St" for "Saint".
    Variant = 2,
    /// No longer in use ("Burma").
    Historic = 3,
    /// An abbreviation that may stand anywhere; case counts ("DRC").
    Abbreviation = 4,
    /// An abbreviation only when written with full stops ("U.S.").
    AbbreviationDotted = 5,
    /// An abbreviation only after a place's name and a comma ("Wheeling, W.Va.").
    AbbreviationAfterComma = 6,
    /// A word for the people or things of the place ("Indian").
    Demonym = 7,
    /// A word that names a people or a language more than a place: evidence only.
    Ethnic = 8,
    /// A name in another script than Latin.
    OtherScript = 9,
}

impl NameKind {
    /// The kind of this number in a posting; the lowest four bits count.
    pub(crate) fn from_bits(bits: u32) -> NameKind {
        match bits & 15 {
            0 => NameKind::Preferred,
            2 => NameKind::Variant,
            3 => NameKind::Historic,
            4 => NameKind::Abbreviation,
            5 => NameKind::AbbreviationDotted,
            6 => NameKind::AbbreviationAfterComma,
            7 => NameKind::Demonym,
            8 => NameKind::Ethnic,
            9 => NameKind::OtherScript,
            _ => NameKind::Alternate,
        }
    }

    /// Whether the word is for people and things rather than for the place.
    pub fn is_demonym(self) -> bool {
        matches!(self, NameKind::Demonym | NameKind::Ethnic)
    }

    /// Whether the name is an abbreviation of one of the three sorts.
    pub fn is_abbreviation(self) -> bool {
        matches!(self, NameKind::Abbreviation | NameKind::AbbreviationDotted | NameKind::AbbreviationAfterComma)
    }
}
