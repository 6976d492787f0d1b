//! From characters to words, phrases and values of fields.

use super::chars::{closes_quote, core_of, is_ideographic, looks_like_field, opens_quote, searchable};
use super::syntax::{Node, Stretch, Syntax, Value};
use crate::model::article::ByteSpan;
use crate::model::error::QueryError;
use crate::model::question::{Apart, TypedPhrase};

/// The largest number of other words that may stand between the words of a phrase.
const WIDEST_GAP: u32 = 100;

/// A walk over a query, which reads one word, phrase or value after the other.
pub(super) struct Scanner<'q> {
    query: &'q str,
    /// The byte at which the rest begins.
    pub at: usize,
}

impl<'q> Scanner<'q> {
    /// A walk that begins at the first byte.
    pub fn new(query: &'q str) -> Self {
        Scanner { query, at: 0 }
    }

    /// What is wrong with the character at the byte `at`.
    pub fn error(&self, at: usize, reason: impl Into<String>) -> QueryError {
        QueryError { query: self.query.to_owned(), at: at.min(self.query.len()), reason: reason.into() }
    }

    /// What has not been read.
    pub fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next character; moves past it.
    pub fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Moves past white space.
    pub fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The bare stretch that begins here: up to white space, a parenthesis or a quotation mark.
    pub fn chunk(&self) -> &'q str {
        let rest = self.rest();
        let end =
            rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')' || opens_quote(c)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Whether the bare stretch that begins here is this operator. One that touches a quotation mark or a parenthesis
    /// still is.
    pub fn sees(&self, operator: &str) -> bool {
        self.chunk() == operator
    }

    /// Whether what begins here follows white space or an opening parenthesis, so that a minus excludes.
    pub fn begins_a_clause(&self) -> bool {
        let before = self.query.get(..self.at).and_then(|b| b.chars().next_back());
        before.is_none_or(|c| c.is_whitespace() || c == '(')
    }

    /// Bare and quoted stretches up to white space or a parenthesis; with `to_end`, up to the end.
    pub fn value(&mut self, start: usize, to_end: bool) -> Result<Value, QueryError> {
        let mut stretches: Vec<Stretch> = Vec::new();
        while let Some(c) = self.peek() {
            if opens_quote(c) {
                stretches.push(Stretch { text: self.quoted()?, quoted: true });
            } else if !to_end && (c.is_whitespace() || c == '(' || c == ')') {
                break;
            } else {
                self.bump();
                match stretches.last_mut() {
                    Some(Stretch { text, quoted: false }) => text.push(c),
                    _ => stretches.push(Stretch { text: c.to_string(), quoted: false }),
                }
            }
        }
        Ok(Value { span: ByteSpan::new(start, self.at), stretches })
    }

    /// The text between the quotation mark that stands here and the one that closes it. A backslash makes a following
    /// quotation mark or backslash part of the text.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let open = self.bump().unwrap_or('"');
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match c {
                '\\' if matches!(self.peek(), Some('"' | '\\')) => text.extend(self.bump()),
                c if closes_quote(open, c) => return Ok(text),
                c => text.push(c),
            }
        }
        Err(self.error(start, "this quotation mark is never closed"))
    }

    /// The word or phrase that begins here with `=`: what must stand as it is written.
    pub fn as_written(&mut self) -> Result<Syntax, QueryError> {
        let start = self.at;
        self.at += 1;
        let Syntax { span, node } = match self.peek() {
            Some(c) if opens_quote(c) => self.phrase()?,
            Some(c) if c.is_alphanumeric() => self.word()?,
            _ => {
                return Err(self.error(
                    start,
                    "`=` wants a word or a phrase right after it, as in =attack or =\"air base\"; it finds this form alone",
                ));
            }
        };
        let phrase = match node {
            Node::Word(word) => TypedPhrase::of(vec![word]),
            Node::Phrase(phrase) => phrase,
            _ => {
                return Err(self.error(
                    start,
                    "`=` wants the word as it is written, `*` and `~` other words beside it; write one of them",
                ));
            }
        };
        let span = ByteSpan::new(start, span.end);
        Ok(Syntax { span, node: Node::Phrase(TypedPhrase { as_written: true, ..phrase }) })
    }

    /// The phrase that begins here with its quotation mark, and how many words may stand between its words.
    pub fn phrase(&mut self) -> Result<Syntax, QueryError> {
        let start = self.at;
        let text = self.quoted()?;
        if text.match_indices('*').any(|(n, _)| text.get(..n).is_some_and(|t| t.ends_with(char::is_alphanumeric))) {
            return Err(
                self.error(start, "`*` does not work within a phrase; write the word outside of it, or in full")
            );
        }
        let words: Vec<String> =
            text.split_whitespace().map(core_of).filter(|w| searchable(w)).map(str::to_owned).collect();
        if words.is_empty() {
            return Err(self.error(start, "this phrase has no letter or digit to search for"));
        }
        let mut apart = Apart::default();
        if self.peek() == Some('~') {
            let tilde = self.at;
            self.at += 1;
            apart.any_order = self.peek() != Some('>');
            if !apart.any_order {
                self.at += 1;
            }
            let digits = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number = self.rest().get(..digits).unwrap_or("");
            apart.most = match number.parse::<u32>() {
                Ok(n) if n <= WIDEST_GAP => n,
                _ => {
                    return Err(self.error(
                        tilde,
                        format!("`~` after a phrase wants the number of other words that may stand between, 0 to {WIDEST_GAP}: \"talks ceasefire\"~5 in either order, \"talks ceasefire\"~>5 in this one"),
                    ));
                }
            };
            if words.len() == 1 {
                return Err(self.error(
                    tilde,
                    "`~` after a quoted word says nothing; for other spellings write the word without quotation marks",
                ));
            }
            self.at += digits;
        }
        Ok(Syntax {
            span: ByteSpan::new(start, self.at),
            node: Node::Phrase(TypedPhrase { apart, ..TypedPhrase::of(words) }),
        })
    }

    /// The word, prefix or fuzzy word that begins here.
    pub fn word(&mut self) -> Result<Syntax, QueryError> {
        let start = self.at;
        let chunk = self.chunk();
        if !searchable(chunk) {
            return Err(self.error(start, nothing_to_search_for(chunk)));
        }
        if let Some(reason) = foreign_syntax(chunk) {
            return Err(self.error(start, reason));
        }
        self.at += chunk.len();
        let span = ByteSpan::new(start, self.at);
        let node = self.term(start, chunk)?;
        Ok(Syntax { span, node })
    }

    /// What a stretch that begins at the byte `start` asks for.
    fn term(&self, start: usize, chunk: &str) -> Result<Node, QueryError> {
        if let Some(tilde) = chunk.find('~') {
            let word = chunk.get(..tilde).unwrap_or("");
            let distance = match chunk.get(tilde + 1..).unwrap_or("") {
                "" | "1" => 1,
                "2" => 2,
                _ => {
                    return Err(self
                        .error(start + tilde, "`~` after a word wants 1 or 2, the number of letters that may differ"));
                }
            };
            if !searchable(word) {
                return Err(self.error(start + tilde, "`~` wants a word before it, as in Pahlgm~1"));
            }
            if let Some(star) = word.find('*') {
                return Err(self.error(start + star, "a word can end in `*` or in `~1`, not in both"));
            }
            let word = core_of(word);
            if looks_like_field(word) {
                return Err(self.error(start, "quote this to search for it as it stands"));
            }
            let least = if distance == 1 { 3 } else { 5 };
            if word.chars().filter(|c| c.is_alphanumeric()).count() < least {
                return Err(self.error(
                    start,
                    format!("`~{distance}` wants a word of at least {least} letters; nearly any shorter word is that close to another"),
                ));
            }
            return Ok(Node::Fuzzy { word: word.to_owned(), distance });
        }
        if let Some(star) = chunk.find('*') {
            let word = core_of(chunk.get(..star).unwrap_or(""));
            let after = chunk.get(star + 1..).unwrap_or("");
            if !searchable(word) || searchable(after) || after.contains('*') {
                return Err(self.error(start + star, "`*` stands only at the end of a word, as in evacuat*"));
            }
            if looks_like_field(word) {
                return Err(self.error(start, "quote this to search for it as it stands"));
            }
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            if letters < 2 && !word.chars().any(is_ideographic) {
                return Err(self.error(start, "`*` wants at least two letters or digits before it"));
            }
            return Ok(Node::Prefix(word.to_owned()));
        }
        for (n, c) in chunk.char_indices() {
            let inside =
                || chunk.get(..n).is_some_and(searchable) && chunk.get(n + c.len_utf8()..).is_some_and(searchable);
            if c == '?' && inside() {
                return Err(
                    self.error(start + n, "`?` stands for no letter here; write wom* or wom~1, or quote the word")
                );
            }
            if c == '^' && inside() {
                return Err(self.error(
                    start + n,
                    "`^` has no meaning here: words are weighed by how rare they are; quote the word to keep it",
                ));
            }
        }
        let word = core_of(chunk);
        // What would be read as an operator or a field without the punctuation that it was typed in is kept literal.
        let literal = matches!(word, "OR" | "AND" | "NOT") || looks_like_field(word) || foreign_syntax(word).is_some();
        Ok(if literal { Node::Phrase(TypedPhrase::of(vec![word.to_owned()])) } else { Node::Word(word.to_owned()) })
    }
}

impl Value {
    /// A value that did not stand in a query, as from a flag: all of it bare, so that `Punjab/PK` splits; spaces are
    /// part of it. One that begins with a quotation mark is read as in a query.
    pub fn from_flag(text: &str) -> Result<Value, QueryError> {
        if text.contains('"') {
            return Scanner::new(text).value(0, true);
        }
        Ok(Value {
            span: ByteSpan::new(0, text.len()),
            stretches: vec![Stretch { text: text.to_owned(), quoted: false }],
        })
    }
}

/// What to write in place of an operator that other query languages have and this one does not.
fn foreign_syntax(chunk: &str) -> Option<String> {
    let rest = chunk.get(1..).unwrap_or_default();
    match chunk.chars().next()? {
        '!' => Some(format!("`!` does not exclude here; write -{}", core_of(rest))),
        '[' | '{' => Some(
            "brackets mean nothing here; for days write date:2024-03..2024-05, for alternatives (this OR that), or quote the words"
                .to_owned(),
        ),
        _ => {
            let (operator, number) = chunk.split_once('/')?;
            let is_operator = matches!(operator, "NEAR" | "ONEAR" | "WITHIN" | "PRE" | "W" | "w" | "n" | "N");
            let number: u32 = number.parse().ok().filter(|_| is_operator)?;
            Some(format!("`{operator}/` is no operator here; write \"this that\"~{number} for words near each other"))
        }
    }
}

fn nothing_to_search_for(chunk: &str) -> String {
    match chunk {
        "|" | "||" => "for alternatives write OR between them".to_owned(),
        "&" | "&&" => "all words are wanted as it is; leave this out, or write AND".to_owned(),
        "*" => "`*` stands only at the end of a word, as in evacuat*; without a query everything is found".to_owned(),
        _ => "there is no letter or digit here to search for; leave this out".to_owned(),
    }
}
