//! A word, number or mark of a text, as the rules see it.

use crate::lang::time::{Class, Sense};

/// A word, a number, a mark or the end of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is.
    pub class: Class,
    /// What else it means.
    pub sense: Sense,
    /// Begins with an upper-case letter.
    pub capital: bool,
    /// All letters are upper case, and there are at least two.
    pub shouted: bool,
    /// A number that touches letters or digits that are no part of it ("24km", "B52"), or that is too long to be a date.
    pub glued: bool,
    /// Digits of a number.
    pub digits: u8,
    /// The number, or the word's value in the lexicon.
    pub value: i32,
}

impl Token {
    /// What stands beyond both ends of the text.
    pub(crate) const END: Token = Token {
        start: u32::MAX,
        end: u32::MAX,
        class: Class::End,
        sense: Sense::Plain,
        capital: false,
        shouted: false,
        glued: false,
        digits: 0,
        value: 0,
    };

    /// Whether it is written as a name of the calendar is in its language: with a capital, or small where that is usual.
    pub(crate) fn is_written_as_name(&self) -> bool {
        self.capital || self.is_small_name()
    }

    /// Whether it is a month or weekday that is written small and needs a day or year beside it.
    pub(crate) fn is_small_name(&self) -> bool {
        matches!(self.sense, Sense::SmallName | Sense::Dotted)
    }
}

/// Whether the class is one of words.
pub(crate) fn is_word(class: Class) -> bool {
    class as u8 >= Class::Word as u8
}
