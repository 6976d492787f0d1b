//! A title or a text made ready for recognition: tokens, their folded words, classes and surroundings.

use crate::geo::recognise::lexicon::{class, classes_of, hash_at, word_hash};
use crate::geo::recognise::tokens::{Token, form, sep, tokens_of};
use crate::words::name_fold::fold_into;

/// In what sort of writing a token stands, as bits of its form.
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
    pub(crate) tokens: Vec<Token>,
    /// The token numbers at which a name may begin as far as the writing goes: capitals, letters without case, and words
    /// that a hyphen parts from a capital ("al-Tanf").
    pub(crate) heads: Vec<u32>,
    /// The common words in small letters, roughly.
    pub(crate) common: WordSieve,
    /// For each token its word.
    words: Vec<Word>,
    /// The text with ASCII letters made small: plain words are read here, at their own offsets.
    small: String,
    /// The folded forms of the words that are not plain, with the tokens' numbers and where the forms end.
    folded: String,
    odd: Vec<(u32, u32)>,
}

/// What is known of a token's word.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// The hash of its folded form.
    hash: u64,
    /// Its classes.
    classes: u32,
}

/// Words, roughly: a bit for each hash.
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

    pub(crate) fn holds(&self, hash: u64) -> bool {
        let (n, bit) = Self::slot(hash);
        self.0[n & 127] & bit != 0
    }
}

/// What is counted in a sentence to tell how it is set.
#[derive(Debug, Clone, Copy, Default)]
struct Sentence {
    /// Its first token.
    from: usize,
    /// Words of three letters or more but the first and function words, and those of them that have a capital.
    long: u32,
    capital: u32,
    /// Words in capitals right before here.
    run: usize,
}

impl Field {
    pub(crate) fn new(text: &str) -> Field {
        Field::default().of(text)
    }

    /// The field of another text, in the memory of this one.
    pub(crate) fn of(self, text: &str) -> Field {
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
                field.odd.push((field.tokens.len() as u32, field.folded.len() as u32));
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
            field.push(token, Word { hash, classes: classes_of(hash) }, &mut sentence);
        }
        field.close(sentence);
        field
    }

    fn clear(&mut self) {
        let Field { tokens, heads, common, words, small, folded, odd } = self;
        *common = WordSieve::default();
        tokens.clear();
        heads.clear();
        words.clear();
        small.clear();
        folded.clear();
        odd.clear();
    }

    /// Bytes of text that its memory has room for.
    pub(crate) fn room(&self) -> usize {
        self.small.capacity()
    }

    /// Adds a token of a sentence.
    fn push(&mut self, token: Token, word: Word, sentence: &mut Sentence) {
        const FUNCTION: u32 =
            class::IN | class::AT | class::FROM | class::TO | class::OF | class::THE | class::AND | class::BY;
        let i = self.tokens.len();
        let length = token.end - token.start;
        let capital = token.is(form::CAPITAL);
        if i > sentence.from && length > 2 && !token.is(form::DIGIT) && word.classes & FUNCTION == 0 {
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
        let Ok(n) = self.odd.binary_search_by_key(&(i as u32), |(number, _)| *number) else { return "" };
        let from = n.checked_sub(1).and_then(|before| self.odd.get(before)).map_or(0, |(_, end)| *end);
        let to = self.odd.get(n).map_or(from, |(_, end)| *end);
        self.folded.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn token(&self, i: usize) -> Option<&Token> {
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
            again = again.of(text);
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
