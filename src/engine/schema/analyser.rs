//! The analysis of [`crate::words`] as the engine's tokenizers.

use std::cell::Cell;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::words::{Analyser, Tokens, untagged};

/// Name of the tokenizer for passages and titles: words of the language that the value is tagged with
/// ([`crate::words::tagged`]).
pub const TEXT_TOKENIZER: &str = "dateline";

/// Makes the tokenizers known to an index. Both its writers and its readers need them.
pub fn register(manager: &TokenizerManager) {
    manager.register(TEXT_TOKENIZER, TextTokenizer::default());
}

thread_local! {
    /// A thread's memory of stems, while no stream has it: all fields and segments that the thread fills share it.
    static MEMORY: Cell<Option<Analyser>> = const { Cell::new(None) };
}

/// See [`TEXT_TOKENIZER`].
#[derive(Clone, Default)]
pub struct TextTokenizer {
    /// The thread's, while a stream is read.
    analyser: Analyser,
    token: Token,
}

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = TextTokens<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> TextTokens<'a> {
        let (profile, text) = untagged(value);
        self.token.reset();
        self.analyser = MEMORY.take().unwrap_or_default();
        TextTokens {
            tag_bytes: value.len() - text.len(),
            tokens: self.analyser.tokens(text, profile),
            token: &mut self.token,
        }
    }
}

/// The tokens of one value.
pub struct TextTokens<'a> {
    tag_bytes: usize,
    tokens: Tokens<'a, 'a>,
    token: &'a mut Token,
}

impl Drop for TextTokens<'_> {
    fn drop(&mut self) {
        MEMORY.set(Some(self.tokens.take_analyser()));
    }
}

impl TokenStream for TextTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(found) = self.tokens.next_into(&mut self.token.text) else { return false };
        self.token.position = found.position as usize;
        self.token.offset_from = found.span.start + self.tag_bytes;
        self.token.offset_to = found.span.end + self.tag_bytes;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tagged;

    #[test]
    fn the_engine_sees_the_terms_and_positions_of_the_analysis() {
        let manager = TokenizerManager::new();
        register(&manager);
        let mut tokenizer = manager.get(TEXT_TOKENIZER).expect("it was registered");
        let value = tagged("Die Angriffe auf Städte", Some("de"));
        let mut seen = Vec::new();
        tokenizer.token_stream(&value).process(&mut |token| {
            seen.push((token.position, token.text.clone(), value[token.offset_from..token.offset_to].to_owned()));
        });
        let word = |at, term: &str, written: &str| (at, term.to_owned(), written.to_owned());
        let common = [word(0, "\u{1}die", "Die"), word(2, "\u{1}auf", "auf")];
        let others = [word(1, "angriff", "Angriffe"), word(3, "stadt", "Städte")];
        assert_eq!(seen, [common[0].clone(), others[0].clone(), common[1].clone(), others[1].clone()]);
    }
}
