//! A text for the recognition of names: its letters, the words they make, and what each word is.
//! Uses `words` and the tables of `lang`; used by the rest of `recognise`.

pub(crate) mod characters;
pub(crate) mod token;
pub(crate) mod tokenizer;
pub(crate) mod word_scan;
