//! From text to terms: the one analysis that indexing, queries and highlights share; also the folding of names, and the
//! language of a text.
//! Uses the tables of `lang` and the spans of `model`. Passages, places, queries, plans and the engine use it.
//!
//! A *token* is a word of the text with its span, its position and its *term*, the form under which the index knows it.
//! Rules, all of them here and none in the text itself:
//!
//! - Words are runs of letters with their marks, or numbers. A hyphen parts words ("al-Shabaab" is two terms), and so
//!   does the border between letters and digits ("T72", "T-72" and "T 72" are alike).
//! - Terms are in small letters, without accents, ligatures, soft hyphens and apostrophes: "Sana’a" and "Sanaa" meet.
//!   An English possessive loses its "s", a French or Italian word its elided article.
//! - Every word has a term, very common ones too ("of", "the"), so that a phrase stands where just its words do. Their terms
//!   are marked, since they score nothing and are no acronyms. On 10 MB of news they are 35 of 100 tokens.
//! - Acronyms lose their full stops. "U.S." and "US" become `us`; the pronoun has a marked term, so the two do not meet. In
//!   the same way "WHO" is an acronym and "who" a very common word, unless a word beside it is in capitals; and "A-10" and
//!   "An-26" keep their letters.
//! - Numbers lose their separators of thousands: "3,323" becomes `3323`. A day's "10th" becomes `10`.
//! - Words are reduced to their stem by the Snowball rules of the article's language.
//! - Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into overlapping pairs of characters (of syllables
//!   with their marks), so that a query finds any string of two or more. A dictionary would know fewer names, weigh more
//!   than the rest of the analysis (icu_segmenter's data is about 2 MB) and cut differently after each update, while an
//!   index must agree with its queries.

mod analyser;
pub(crate) mod bytes;
pub mod compound;
pub mod language;
pub mod letters;
mod prefix;
mod profile;
mod query;
mod scan;
mod stem;
mod tag;
#[cfg(test)]
mod tests;

pub use crate::words::analyser::{Analyser, Token, Tokens, is_stop_term};
pub use crate::words::letters::fold::folded;
pub use crate::words::letters::is_unspaced;
pub use crate::words::prefix::{PrefixTerms, prefix_terms};
pub use crate::words::profile::{Profile, Profiles};
pub use crate::words::query::{
    TypedWord, WORDY_QUERY_WORDS, acronym_meant, is_common, is_wordy_stop_word, typed_words, written_form,
};
pub use crate::words::stem::LONGEST_TERM_BYTES;
pub use crate::words::tag::{tagged, untagged};
