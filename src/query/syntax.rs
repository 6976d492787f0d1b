//! The syntax tree of a query: what was typed, with the place of every part, before any name is looked up.

use crate::model::article::ByteSpan;
use crate::model::field::Field;
use crate::model::question::TypedPhrase;

/// A part of the query with its place in what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Syntax {
    /// Bytes of the query.
    pub span: ByteSpan,
    /// What stands there.
    pub node: Node,
}

/// What a part of a query is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A word without the punctuation around it.
    Word(String),
    /// `"these words"`, `"these words"~5`, `="these words"` or `=word`; the words are without the punctuation around them.
    Phrase(TypedPhrase),
    /// `evacuat*`
    Prefix(String),
    /// `Pahlgm~1`
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
    /// `title:` before a term or a group.
    Title(Box<Syntax>),
    /// Any other field with its value.
    Filter(Field, Value),
    /// Clauses side by side (the inner lists), joined by `AND` (the outer).
    And(Vec<Vec<Syntax>>),
    /// Joined by `OR`.
    Or(Vec<Syntax>),
    /// Behind `-` or `NOT`.
    Not(Box<Syntax>),
    /// In parentheses.
    Group(Box<Syntax>),
}

/// The value of a field: bare and quoted stretches without a space between them, as in `"Bakhmut"/25km`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Where it stands, without the field and its colon.
    pub span: ByteSpan,
    /// The stretches in order.
    pub stretches: Vec<Stretch>,
}

/// A piece of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Its text, without quotation marks.
    pub text: String,
    /// Whether it was quoted, so that a slash in it cuts nothing.
    pub quoted: bool,
}

impl Value {
    /// The value as one string, quoted or not.
    pub fn text(&self) -> String {
        self.stretches.iter().map(|stretch| stretch.text.as_str()).collect::<String>().trim().to_owned()
    }

    /// The value cut at the slashes that were not quoted, each piece without spaces around it.
    pub fn pieces(&self) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for Stretch { text, quoted } in &self.stretches {
            if *quoted {
                if let Some(last) = pieces.last_mut() {
                    last.push_str(text);
                }
                continue;
            }
            for (n, piece) in text.split('/').enumerate() {
                if n > 0 {
                    pieces.push(String::new());
                }
                if let Some(last) = pieces.last_mut() {
                    last.push_str(piece);
                }
            }
        }
        pieces.into_iter().map(|p| p.trim().to_owned()).collect()
    }
}
