//! From an article's text to its passages: three to six whole sentences, about 60 to 150 words.
//! Uses the tables of `lang` for what a full stop means, and the counting of bytes in `words`. Ingestion cuts articles with it.
//!
//! Lines become blocks (paragraphs, list items, headings), blocks become sentences, and sentences are joined again so
//! that the passages of a section are, taken together, as near as possible to the wanted size, with a price on every
//! cut within a paragraph. Four newswire paragraphs in five are a single sentence, so paragraphs alone will not do.
//!
//! **Why not a crate.** Of the crates for this, sentencex (0.1.33) cuts news best, and it was tried. On 9.8 MB of English
//! news it ran at 150 MB per CPU second; this module cuts sentences at 400 to 600 and chooses passages at 350 to 400. An opening
//! quotation mark that is never closed made sentencex's time grow with the square of the length (0.23 s for 100 kB,
//! 3.6 s for 400 kB), so one damaged file could stop a run. The two agree on 94 of 100 of this module's boundaries
//! (70,545 in common, 4,232 only here, 2,200 only there). In samples of 45 each, the former were sentences inside
//! quotations, which sentencex keeps together; the latter were ends put before a spaced closing quotation mark or after
//! the opening one of the next sentence, bullets, and questions within a sentence.
//!
//! Time is linear in the length of the text, whatever it holds.

use crate::model::article::ByteSpan;
use crate::passage::packer::{Packer, Sentence};
use crate::words::bytes::count;

mod abbreviation;
pub mod block;
mod packer;
mod sentence;
#[cfg(test)]
mod tests;

/// A sentence of more words than this, or of more bytes than [`LONGEST_SENTENCE_BYTES`], is no sentence but a table, a
/// list or text without full stops. It is cut at white space, the one exception to "a sentence is never split".
const LONGEST_SENTENCE_WORDS: u32 = 400;

/// See [`LONGEST_SENTENCE_WORDS`]; the bound that holds where there is no white space either.
const LONGEST_SENTENCE_BYTES: usize = 6_000;

/// The size of the pieces of such a sentence.
const PIECE_WORDS: u32 = 120;
const PIECE_BYTES: usize = 1_500;

/// The passages of `text` in order, not overlapping; between them lies only white space, and together they hold every
/// character that is none.
///
/// `language` is an ISO 639-1 code; it decides which full stops belong to abbreviations. Without one the rules of
/// English hold. A section with fewer than three sentences or 60 words is a smaller passage; a sentence longer than
/// 150 words a larger one. What is no sentence, beyond 400 words or 6,000 bytes, is cut at white space, and where
/// there is none, anywhere between two characters.
pub fn passages_of(text: &str, language: Option<&str>) -> Vec<ByteSpan> {
    let mut passages = Vec::with_capacity(text.len() / 600 + 1);
    let mut section: Vec<Sentence> = Vec::new();
    let mut packer = Packer::default();
    for_each_sentence(text, language, |sentence| {
        let opens = sentence.heading && section.last().is_some_and(|s| !s.heading);
        if opens {
            packer.pack(&section, &mut passages);
            section.clear();
        }
        section.push(sentence);
    });
    packer.pack(&section, &mut passages);
    passages
}

/// The sentences of `text` in order, headings and list items among them, without white space at their ends.
///
/// Bounds and `language` as with [`passages_of`].
pub fn sentences_of(text: &str, language: Option<&str>) -> Vec<ByteSpan> {
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    for_each_sentence(text, language, |s| sentences.push(ByteSpan::new(s.start, s.end)));
    sentences
}

fn for_each_sentence(text: &str, language: Option<&str>, mut found: impl FnMut(Sentence)) {
    let rules = sentence::Rules::of(language);
    for block in block::blocks_of(text) {
        let (heading, block_end) = (block.heading.is_some(), block.span.end);
        let mut emit = |start: usize, end: usize| {
            let words = words_in(&text.as_bytes()[start..end]);
            found(Sentence { start, end, words, ends_block: end == block_end, heading });
        };
        sentence::sentences(text, block.span.start, block_end, &rules, |start, end| {
            if end - start <= LONGEST_SENTENCE_BYTES
                && (end - start <= LONGEST_SENTENCE_WORDS as usize
                    || words_in(&text.as_bytes()[start..end]) <= LONGEST_SENTENCE_WORDS)
            {
                emit(start, end);
            } else {
                let lenient = rules.for_small_letters();
                sentence::sentences(text, start, end, &lenient, |start, end| cut_at_space(text, start, end, &mut emit));
            }
        });
    }
}

/// The words of a stretch of text: its runs of white space and one more, or, in scripts without spaces, as many as
/// that many characters usually make.
fn words_in(bytes: &[u8]) -> u32 {
    let spaces = count(bytes, |b| b <= b' ');
    let high = count(bytes, |b| b >= 0x80);
    // One word in 20 bytes is less than any language has; it bounds text without any white space.
    let mut words = (spaces + 1).max(bytes.len() / 20);
    if high * 2 > bytes.len() {
        // A Chinese or Japanese word has about 1.7 characters of three bytes, a Thai, Khmer or Burmese one about 4.5.
        let east_asian = count(bytes, |b| matches!(b, 0xE3..=0xE9));
        words = words.max(east_asian * 3 / 5).max(high / 18);
    }
    u32::try_from(words).unwrap_or(u32::MAX)
}

/// Cuts what is too long for a sentence into pieces at white space, or between characters where there is none.
fn cut_at_space(text: &str, start: usize, end: usize, emit: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    if end - start <= LONGEST_SENTENCE_BYTES && words_in(&bytes[start..end]) <= LONGEST_SENTENCE_WORDS {
        emit(start, end);
        return;
    }
    let mut from = start;
    while from < end {
        let mut words = 0;
        let mut cut = from;
        let mut last_space = None;
        while cut < end && words < PIECE_WORDS && cut - from < PIECE_BYTES {
            if bytes[cut].is_ascii_whitespace() {
                words += 1;
                last_space = Some(cut);
            }
            cut += 1;
        }
        if cut < end {
            match last_space {
                Some(space) => cut = space,
                None => {
                    while !text.is_char_boundary(cut) {
                        cut += 1;
                    }
                }
            }
        }
        let piece = &text[from..cut];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            emit(from + lead, from + lead + trimmed.len());
        }
        from = cut + usize::from(last_space.is_some_and(|s| s == cut));
    }
}
