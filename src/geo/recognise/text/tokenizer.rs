//! Parts a text into words, in one pass.

use crate::geo::recognise::text::characters::{BETWEEN, beyond_ascii};
use crate::geo::recognise::text::token::{TextToken, form, sep};
use crate::geo::recognise::text::word_scan::{ScannedWord, small_word, word};
use crate::lang::names::TITLE_ABBREVIATIONS;

/// The tokens of a text in order. Offsets are bytes of `text` at character boundaries; a text of 4 GiB or more has none.
pub(crate) fn tokens_of(text: &str) -> Tokens<'_> {
    let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
    Tokens { text, at: 0, before: sep::LINE, last: ScannedWord::default(), last_start: 0 }
}

/// See [`tokens_of`].
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// What stood between the last token and here.
    before: u16,
    /// The last token; empty before the first.
    last: ScannedWord,
    last_start: usize,
}

impl Iterator for Tokens<'_> {
    type Item = TextToken;

    #[inline]
    fn next(&mut self) -> Option<TextToken> {
        let bytes = self.text.as_bytes();
        let (mut at, mut before) = (self.at, self.before);
        loop {
            let byte = *bytes.get(at)?;
            let bits = BETWEEN[usize::from(byte)];
            if bits != 0 {
                before |= bits;
                at += 1;
                continue;
            }
            if byte < 128 {
                break;
            }
            let (bits, len) = beyond_ascii(self.text, at)?;
            if bits == 0 {
                break;
            }
            before |= bits;
            at += len;
        }
        let read = small_word(bytes, at).unwrap_or_else(|| word(self.text, at));
        let opens = before & ENDS_SENTENCE != 0
            && opens(self.text.get(self.last_start..self.last.end as usize), self.last.form, before);
        let form = read.form | if opens { form::OPENS } else { 0 };
        (self.at, self.before) = (read.next as usize, 0);
        (self.last, self.last_start) = (read, at);
        Some(TextToken { start: at as u32, end: read.end, sep: before, form })
    }
}

/// What may stand between two sentences.
const ENDS_SENTENCE: u16 = sep::LINE | sep::BANG | sep::QUOTE | sep::STOP;

/// Whether a token with some of [`ENDS_SENTENCE`] before it begins a sentence. A full stop after a capital letter, an
/// abbreviated title or a dotted abbreviation ends none for certain, so it is held not to.
fn opens(last: Option<&str>, last_form: u16, before: u16) -> bool {
    if before & (ENDS_SENTENCE & !sep::STOP) != 0 {
        return true;
    }
    last.is_none_or(|word| !(last_form & form::DOTTED != 0 || word.len() == 1 || TITLE_ABBREVIATIONS.holds(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens_of(text).map(|t| t.text(text)).collect()
    }

    #[test]
    fn possessives_and_hyphens_part_words() {
        assert_eq!(words("Ghana's Accra-based daily"), ["Ghana", "Accra", "based", "daily"]);
        assert_eq!(words("the Philippines’ navy"), ["the", "Philippines", "navy"]);
        assert_eq!(words("in Sana'a, Xi’an"), ["in", "Sana'a", "Xi’an"]);
    }

    #[test]
    fn dotted_abbreviations_are_one_word() {
        assert_eq!(words("the U.S. and W.Va."), ["the", "U.S", "and", "W.Va"]);
        assert_eq!(words("S.Ossetia"), ["S", "Ossetia"]);
        assert_eq!(words("They met. Paris fell."), ["They", "met", "Paris", "fell"]);
    }

    #[test]
    fn a_stop_after_a_title_opens_no_sentence() {
        let text = "He left. Later Dr. Ames came";
        let opening: Vec<_> = tokens_of(text).filter(|t| t.is(form::OPENS)).map(|t| t.text(text)).collect();
        assert_eq!(opening, ["He", "Later"]);
    }

    proptest! {
        #[test]
        fn tokens_lie_on_character_boundaries_in_order(text in proptest::collection::vec(any::<char>(), 0..60)) {
            let text: String = text.into_iter().collect();
            let mut at = 0;
            for t in tokens_of(&text) {
                prop_assert!(t.start as usize >= at && t.start < t.end);
                prop_assert!(text.is_char_boundary(t.start as usize) && text.is_char_boundary(t.end as usize));
                at = t.end as usize;
            }
        }
    }
}
