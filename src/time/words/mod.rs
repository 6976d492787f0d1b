//! The tokens of a text, and the class and sense that the tables of languages give each word. Uses the tables of `lang` and
//! the letters of `words`; read by the rules in `time/grammar`, and by those parts of `time/resolve` and `time/publication`
//! that look at what stands around an expression.

pub(crate) mod lexicon;
pub(crate) mod scan;
pub(crate) mod token;
pub(crate) mod tokens;
