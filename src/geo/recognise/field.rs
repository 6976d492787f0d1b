//! A title or a text made ready for recognition: tokens, their folded words and classes, and how the text is set.

use crate::geo::recognise::text::token::{TextToken, form, sep};
use crate::geo::recognise::text::tokenizer::tokens_of;
use crate::lang::names::{class, classes_of, hash_at, word_hash};
use crate::words::letters::name_fold::fold_into;

/// How the text around a token is set, as bits of its form.
pub(crate) mod setting {
    /// In a sentence that capitalises most words: a headline.
    pub(crate) const TITLE_CASE: u16 = 1 << 13;
    /// In a run of words all in capitals.
    pub(crate) const CAPITALS: u16 = 1 << 14;
    /// At the start of a paragraph or of the text, as a dateline stands.
    pub(crate) const HEAD: u16 = 1 << 15;
    /// All of them.
    pub(crate) const ALL: u16 = TITLE_CASE | CAPITALS | HEAD;
}

/// How many words at the start of a paragraph are its head.
const HEAD_WORDS: u32 = 8;

/// One text with its tokens.
#[derive(Debug, Default)]
pub(crate) struct Field {
    /// The tokens; their forms tell also how they are set ([`setting`]).
    pub(crate) tokens: Vec<TextToken>,
    /// The token numbers at which a name may begin as far as the writing goes: capitals, letters without case, and words
    /// that a hyphen parts from a capital ("al-Tanf").
    pub(crate) heads: Vec<u32>,
    /// The common words that the text has in small letters; now and then it says so of another word.
    pub(crate) common: WordSieve,
    /// For each token what is known of its word.
    words: Vec<WordFacts>,
    /// The text with ASCII letters made small. The folded form of a plain word stands here, at the offsets of its token.
    small: String,
    /// The folded forms of all other words, one after the other.
    folded: String,
    /// For each of these the number of its token and the end of its form in `folded`.
    folded_ends: Vec<(u32, u32)>,
}

/// What is known of a token's word.
#[derive(Debug, Clone, Copy)]
struct WordFacts {
    /// The hash of its folded form.
    hash: u64,
    /// Its classes.
    classes: u32,
}

/// A set of words that takes words with the same bits for one: 128 times 64 bits, and a word sets one by its hash.
#[derive(Debug)]
pub(crate) struct WordSieve([u64; 128]);

impl Default for WordSieve {
    fn default() -> Self {
        WordSieve([0; 128])
    }
}

impl WordSieve {
    fn slot(hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & 127, 1 << (hash & 63))
    }

    fn add(&mut self, hash: u64) {
        let (n, bit) = Self::slot(hash);
        self.0[n & 127] |= bit;
    }

    /// Whether a word with this hash may be in the set; certain where it is not.
    pub(crate) fn holds(&self, hash: u64) -> bool {
        let (n, bit) = Self::slot(hash);
        self.0[n & 127] & bit != 0
    }
}

/// What is counted in a sentence to tell whether it is a headline or in capitals.
#[derive(Debug, Clone, Copy, Default)]
struct Sentence {
    /// Its first token.
    from: usize,
    /// Words of three letters or more, the first and function words left out.
    long: u32,
    /// Those of them that have a capital.
    capital: u32,
    /// How many words right before here are in capitals.
    run: usize,
}

impl Field {
    pub(crate) fn new(text: &str) -> Field {
        Field::default().with_text(text)
    }

    /// The field of another text, in the memory of this one.
    pub(crate) fn with_text(self, text: &str) -> Field {
        let mut field = self;
        field.clear();
        field.small.push_str(text);
        field.small.make_ascii_lowercase();
        // English prose has a word for each six bytes.
        field.tokens.reserve(text.len() / 6 + 8);
        field.words.reserve(text.len() / 6 + 8);
        let mut sentence = Sentence::default();
        let mut since_line = 0;
        let mut word = String::new();
        for mut token in tokens_of(text) {
            let hash = if token.is(form::PLAIN) {
                hash_at(field.small.as_bytes(), token.start as usize, token.end as usize)
            } else {
                word.clear();
                fold_into(token.text(text), &mut word);
                field.folded.push_str(&word);
                field.folded_ends.push((field.tokens.len() as u32, field.folded.len() as u32));
                word_hash(&word)
            };
            if token.is(form::OPENS) {
                field.close(sentence);
                sentence = Sentence { from: field.tokens.len(), ..Sentence::default() };
            }
            if token.after(sep::LINE) {
                since_line = 0;
            }
            if since_line < HEAD_WORDS {
                token.form |= setting::HEAD;
            }
            since_line += 1;
            field.push(token, WordFacts { hash, classes: classes_of(hash) }, &mut sentence);
        }
        field.close(sentence);
        field
    }

    fn clear(&mut self) {
        let Field { tokens, heads, common, words, small, folded, folded_ends } = self;
        *common = WordSieve::default();
        tokens.clear();
        heads.clear();
        words.clear();
        small.clear();
        folded.clear();
        folded_ends.clear();
    }

    /// Bytes of text that its memory has room for.
    pub(crate) fn capacity(&self) -> usize {
        self.small.capacity()
    }

    /// Adds a token of a sentence.
    fn push(&mut self, token: TextToken, word: WordFacts, sentence: &mut Sentence) {
        let i = self.tokens.len();
        let length = token.end - token.start;
        let capital = token.is(form::CAPITAL);
        if i > sentence.from && length > 2 && !token.is(form::DIGIT) && word.classes & class::FUNCTION == 0 {
            sentence.long += 1;
            sentence.capital += u32::from(capital);
        }
        if capital || token.is(form::UNCASED) {
            if token.after(sep::HYPHEN)
                && let Some(before) = i.checked_sub(1).filter(|n| self.heads.last() != Some(&(*n as u32)))
            {
                self.heads.push(before as u32);
            }
            self.heads.push(i as u32);
        }
        if word.classes & (class::COMMON | class::COMMON_RARE) != 0 && !token.is(form::CAPITAL | form::DIGIT) {
            self.common.add(word.hash);
        }
        self.tokens.push(token);
        self.words.push(word);
        if token.is(form::CAPITALS) || (capital && length == 1) {
            sentence.run += 1;
            // The fourth word makes a run of the three before it.
            let from = if sentence.run == 4 { i - 3 } else { i };
            if sentence.run >= 4 {
                self.set(from, setting::CAPITALS);
            }
        } else {
            sentence.run = 0;
        }
    }

    /// Marks the tokens of a sentence that is a headline.
    fn close(&mut self, sentence: Sentence) {
        if sentence.long >= 3 && sentence.capital * 10 >= sentence.long * 7 {
            self.set(sentence.from, setting::TITLE_CASE);
        }
    }

    /// Marks the tokens from one on.
    fn set(&mut self, from: usize, setting: u16) {
        for token in self.tokens.get_mut(from..).unwrap_or_default() {
            token.form |= setting;
        }
    }

    /// The folded word of a token; empty where there is none.
    pub(crate) fn word(&self, i: usize) -> &str {
        let Some(token) = self.tokens.get(i) else { return "" };
        if token.is(form::PLAIN) {
            return token.text(&self.small);
        }
        let Ok(n) = self.folded_ends.binary_search_by_key(&(i as u32), |(number, _)| *number) else { return "" };
        let from = n.checked_sub(1).and_then(|before| self.folded_ends.get(before)).map_or(0, |(_, end)| *end);
        let to = self.folded_ends.get(n).map_or(from, |(_, end)| *end);
        self.folded.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn token(&self, i: usize) -> Option<&TextToken> {
        self.tokens.get(i)
    }

    pub(crate) fn class(&self, i: usize) -> u32 {
        self.words.get(i).map_or(0, |word| word.classes)
    }

    /// The hash of a token's folded word.
    pub(crate) fn hash(&self, i: usize) -> u64 {
        self.words.get(i).map_or(0, |word| word.hash)
    }

    pub(crate) fn setting(&self, i: usize) -> u16 {
        self.tokens.get(i).map_or(0, |token| token.form & setting::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_kept_apart() {
        let field = Field::new("São Tomé’s coast, U.S. forces");
        let words: Vec<_> = (0..field.tokens.len()).map(|i| field.word(i)).collect();
        assert_eq!(words, ["sao", "tome", "coast", "us", "forces"]);
    }

    #[test]
    fn a_text_read_in_the_memory_of_another_is_read_as_alone() {
        let texts =
            ["São Tomé’s coast was REACHED BY U.S. FORCES at al-Tanf", "", "The town", "Rebels Seize Town After Siege"];
        let mut again = Field::default();
        for text in texts {
            again = again.with_text(text);
            assert_eq!(format!("{again:?}"), format!("{:?}", Field::new(text)));
        }
    }

    #[test]
    fn headlines_and_runs_of_capitals_are_told_from_prose() {
        let field = Field::new("Rebels Seize Northern Town After Siege\nThey took it at dawn.");
        assert_ne!(field.setting(1) & setting::TITLE_CASE, 0);
        assert_eq!(field.setting(field.tokens.len() - 1) & setting::TITLE_CASE, 0);
        let field = Field::new("THE ARMY ENTERED THE CAPITAL AT DAWN");
        assert!((0..7).all(|i| field.setting(i) & setting::CAPITALS != 0));
    }
}
