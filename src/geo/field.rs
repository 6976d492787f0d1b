//! A title or a text made ready for recognition: tokens, their folded words, classes and surroundings.

use super::fold::fold_into;
use super::lexicon::{class, classes_of, hash_at, word_hash};
use super::tokens::{Token, form, sep, tokens_of};

/// In what sort of writing a token stands, as bits.
pub(crate) mod setting {
    /// In a sentence that capitalises most words: a headline.
    pub(crate) const TITLE_CASE: u8 = 1;
    /// In a run of words all in capitals.
    pub(crate) const CAPITALS: u8 = 2;
    /// At the start of a paragraph or of the text, as a dateline stands.
    pub(crate) const HEAD: u8 = 4;
}

/// One text with its tokens.
#[derive(Debug, Default)]
pub(crate) struct Field {
    pub(crate) tokens: Vec<Token>,
    /// For each token the classes of its word.
    pub(crate) classes: Vec<u32>,
    /// For each token the hash of its folded word.
    pub(crate) hashes: Vec<u64>,
    /// For each token how it is set ([`setting`]).
    pub(crate) settings: Vec<u8>,
    /// The text with ASCII letters made small: plain words are read here, at their own offsets.
    small: String,
    /// The folded forms of the words that are not plain, with the tokens' numbers and where the forms end.
    folded: String,
    odd: Vec<(u32, u32)>,
}

impl Field {
    pub(crate) fn new(text: &str) -> Field {
        let mut field = Field { small: text.to_ascii_lowercase(), ..Field::default() };
        tokens_of(text, &mut field.tokens);
        let n = field.tokens.len();
        field.classes.reserve_exact(n);
        field.hashes.reserve_exact(n);
        let mut word = String::new();
        for (i, token) in field.tokens.iter().enumerate() {
            let plain = token.is(form::PLAIN);
            if !plain {
                word.clear();
                fold_into(token.text(text), &mut word);
                field.folded.push_str(&word);
                field.odd.push((i as u32, field.folded.len() as u32));
            }
            let hash = if plain {
                hash_at(field.small.as_bytes(), token.start as usize, token.end as usize)
            } else {
                word_hash(&word)
            };
            field.hashes.push(hash);
            field.classes.push(classes_of(hash));
        }
        field.set();
        field
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
        self.classes.get(i).copied().unwrap_or(0)
    }

    /// The hash of a token's folded word.
    pub(crate) fn hash(&self, i: usize) -> u64 {
        self.hashes.get(i).copied().unwrap_or(0)
    }

    pub(crate) fn setting(&self, i: usize) -> u8 {
        self.settings.get(i).copied().unwrap_or(0)
    }

    /// Marks headlines, runs of capitals and paragraph heads.
    fn set(&mut self) {
        let n = self.tokens.len();
        self.settings = vec![0; n];
        let mut from = 0;
        while from < n {
            let mut to = from + 1;
            while to < n && !self.tokens[to].is(form::OPENS) {
                to += 1;
            }
            self.set_sentence(from, to);
            from = to;
        }
        let mut since_line = 0;
        for i in 0..n {
            if self.tokens[i].after(sep::LINE) {
                since_line = 0;
            }
            if since_line < 8 {
                self.settings[i] |= setting::HEAD;
            }
            since_line += 1;
        }
    }

    fn set_sentence(&mut self, from: usize, to: usize) {
        let (mut long, mut capital) = (0, 0);
        let mut run = 0;
        for i in from..to {
            let token = self.tokens[i];
            let function =
                class::IN | class::AT | class::FROM | class::TO | class::OF | class::THE | class::AND | class::BY;
            if i > from && !token.is(form::DIGIT) && self.classes[i] & function == 0 && token.end - token.start > 2 {
                long += 1;
                capital += i32::from(token.is(form::CAPITAL));
            }
            let capitals = token.is(form::CAPITALS) || (token.is(form::CAPITAL) && token.end - token.start == 1);
            run = if capitals { run + 1 } else { 0 };
            if run == 4 {
                for setting in &mut self.settings[i + 1 - run..=i] {
                    *setting |= setting::CAPITALS;
                }
            } else if run > 4 {
                self.settings[i] |= setting::CAPITALS;
            }
        }
        if long >= 3 && capital * 10 >= long * 7 {
            for setting in &mut self.settings[from..to] {
                *setting |= setting::TITLE_CASE;
            }
        }
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
    fn headlines_and_runs_of_capitals_are_told_from_prose() {
        let field = Field::new("Rebels Seize Northern Town After Siege\nThey took it at dawn.");
        assert_ne!(field.setting(1) & setting::TITLE_CASE, 0);
        assert_eq!(field.setting(field.tokens.len() - 1) & setting::TITLE_CASE, 0);
        let field = Field::new("THE ARMY ENTERED THE CAPITAL AT DAWN");
        assert!((0..7).all(|i| field.setting(i) & setting::CAPITALS != 0));
    }
}
