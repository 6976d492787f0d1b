//! A word of a text: where it stands, what it looks like, and what parts it from the word before.

/// What stood between a token and the one before it, as bits.
pub(crate) mod sep {
    pub(crate) const SPACE: u16 = 1;
    pub(crate) const HYPHEN: u16 = 2;
    pub(crate) const COMMA: u16 = 4;
    /// A full stop.
    pub(crate) const STOP: u16 = 8;
    /// An opening bracket.
    pub(crate) const OPEN: u16 = 16;
    /// A closing bracket.
    pub(crate) const CLOSE: u16 = 32;
    /// A quotation mark, or an apostrophe outside a word.
    pub(crate) const QUOTE: u16 = 64;
    /// The end of a line, or the start of the text.
    pub(crate) const LINE: u16 = 128;
    pub(crate) const SLASH: u16 = 256;
    /// A colon or semicolon.
    pub(crate) const COLON: u16 = 512;
    pub(crate) const DASH: u16 = 1024;
    pub(crate) const OTHER: u16 = 2048;
    /// A mark that prints nothing, such as a soft hyphen.
    pub(crate) const SILENT: u16 = 4096;
    /// A mark that ends a sentence and is no full stop.
    pub(crate) const BANG: u16 = 8192;
}

/// What a token looks like, as bits.
pub(crate) mod form {
    /// The first letter is a capital.
    pub(crate) const CAPITAL: u16 = 1;
    /// Two letters or more, all capitals.
    pub(crate) const CAPITALS: u16 = 2;
    /// Begins with a digit.
    pub(crate) const DIGIT: u16 = 4;
    /// Followed by a possessive ending, which is no part of it.
    pub(crate) const POSSESSIVE: u16 = 8;
    /// Letters parted by full stops ("U.S.").
    pub(crate) const DOTTED: u16 = 16;
    /// A full stop follows at once.
    pub(crate) const STOP_AFTER: u16 = 32;
    /// Begins a sentence, a line or a quotation.
    pub(crate) const OPENS: u16 = 64;
    /// A letter of a script without case.
    pub(crate) const UNCASED: u16 = 128;
    /// ASCII letters and digits only.
    pub(crate) const PLAIN: u16 = 256;
}

/// A word of the text and what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextToken {
    /// Byte offset of its first character.
    pub(crate) start: u32,
    /// Byte offset after its last character, the possessive ending and a closing full stop left out.
    pub(crate) end: u32,
    /// What stood before it ([`sep`]).
    pub(crate) sep: u16,
    /// What it looks like ([`form`]).
    pub(crate) form: u16,
}

impl TextToken {
    /// Whether it looks in any of these ways ([`form`]).
    pub(crate) fn is(&self, bits: u16) -> bool {
        self.form & bits != 0
    }

    /// Whether any of these stood before it ([`sep`]).
    pub(crate) fn after(&self, bits: u16) -> bool {
        self.sep & bits != 0
    }

    /// Whether only blanks part it from the token before.
    pub(crate) fn adjoins(&self) -> bool {
        self.sep & !(sep::SPACE | sep::SILENT) == 0 && self.sep & sep::SPACE != 0
    }

    /// The token in the text that it was found in.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}
