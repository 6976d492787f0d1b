//! The raw syntax tree of a query: what was typed, with the place of every part, before any name is looked up.

use crate::model::article::ByteSpan;
use crate::model::error::QueryError;

/// Parentheses and negations may be nested this deep, so that no query can exhaust the stack.
pub const DEEPEST_NESTING: usize = 64;
/// The longest query, in bytes; a pasted article is refused before any work is done on it.
pub const LONGEST_QUERY_BYTES: usize = 65_536;
/// The largest number of words that may stand between the words of a phrase.
pub const WIDEST_SLOP: u32 = 100;

/// A field that can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `region:`
    Region,
    /// `country:`
    Country,
    /// `place:`
    Place,
    /// `near:`
    Near,
    /// `event:`
    Event,
    /// `pub:`
    Published,
    /// `date:`
    Date,
    /// `source:`
    Source,
    /// `lang:`
    Language,
    /// `title:`
    Title,
    /// `path:`
    Path,
}

impl Field {
    /// All fields in the order in which they are listed to people.
    pub const ALL: [Field; 11] = [
        Field::Region,
        Field::Country,
        Field::Place,
        Field::Near,
        Field::Date,
        Field::Event,
        Field::Published,
        Field::Source,
        Field::Language,
        Field::Title,
        Field::Path,
    ];

    /// The name as it is typed.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Region => "region",
            Field::Country => "country",
            Field::Place => "place",
            Field::Near => "near",
            Field::Event => "event",
            Field::Published => "pub",
            Field::Date => "date",
            Field::Source => "source",
            Field::Language => "lang",
            Field::Title => "title",
            Field::Path => "path",
        }
    }

    /// The field of this name in any case; `published` and `language` are read as `pub` and `lang`.
    pub fn named(name: &str) -> Option<Field> {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "published" => Some(Field::Published),
            "language" => Some(Field::Language),
            _ => Field::ALL.into_iter().find(|f| f.name() == lower),
        }
    }
}

/// A part of the query with its place in what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Syntax {
    /// Bytes of the query.
    pub span: ByteSpan,
    /// What stands there.
    pub node: Node,
}

/// What a part of a query is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A word without the punctuation around it.
    Word(String),
    /// `"these words"` or `"these words"~5`.
    Phrase {
        /// The words without the punctuation around them; never empty.
        words: Vec<String>,
        /// How many other words may stand between them in all.
        slop: u32,
    },
    /// `evacuat*`
    Prefix(String),
    /// `Pahlgm~1`
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
    /// `title:` before a term or a group.
    Title(Box<Syntax>),
    /// Any other field with its value.
    Filter(Field, Value),
    /// Clauses side by side (the inner lists), joined by `AND` (the outer).
    And(Vec<Vec<Syntax>>),
    /// Joined by `OR`.
    Or(Vec<Syntax>),
    /// Behind `-` or `NOT`.
    Not(Box<Syntax>),
    /// In parentheses.
    Group(Box<Syntax>),
}

/// The value of a field: bare and quoted stretches without a space between them, as in `"Bakhmut"/25km`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Where it stands, without the field and its colon.
    pub span: ByteSpan,
    /// The stretches; `true` for those that were quoted.
    pub parts: Vec<(String, bool)>,
}

impl Value {
    /// A value that did not stand in a query, as from a flag: all of it bare, so that `Punjab/PK` splits; spaces are
    /// part of it. One that begins with a quotation mark is read as in a query.
    pub fn from_flag(text: &str) -> Result<Value, QueryError> {
        if text.contains('"') {
            let mut scanner = Scanner::new(text);
            let value = scanner.value(0, true)?;
            return Ok(value);
        }
        Ok(Value { span: ByteSpan::new(0, text.len()), parts: vec![(text.to_owned(), false)] })
    }

    /// The value as one string, quoted or not.
    pub fn text(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect::<String>().trim().to_owned()
    }

    /// The value cut at the slashes that were not quoted, each piece without spaces around it.
    pub fn pieces(&self) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for (text, quoted) in &self.parts {
            if *quoted {
                if let Some(last) = pieces.last_mut() {
                    last.push_str(text);
                }
                continue;
            }
            for (n, piece) in text.split('/').enumerate() {
                if n > 0 {
                    pieces.push(String::new());
                }
                if let Some(last) = pieces.last_mut() {
                    last.push_str(piece);
                }
            }
        }
        pieces.into_iter().map(|p| p.trim().to_owned()).collect()
    }
}

/// Reads a query; `None` where it holds nothing but white space.
///
/// # Errors
/// [`QueryError`] with the byte at fault.
pub fn read(query: &str) -> Result<Option<Syntax>, QueryError> {
    let mut scanner = Scanner::new(query);
    if query.len() > LONGEST_QUERY_BYTES {
        let mut at = LONGEST_QUERY_BYTES;
        while !query.is_char_boundary(at) {
            at -= 1;
        }
        return Err(
            scanner.error(at, format!("a query may hold {LONGEST_QUERY_BYTES} bytes, this one has {}", query.len()))
        );
    }
    scanner.skip_space();
    if scanner.peek().is_none() {
        return Ok(None);
    }
    let tree = scanner.alternation(0, false)?;
    match scanner.peek() {
        None => Ok(Some(tree)),
        Some(_) => Err(scanner.error(scanner.at, "this `)` closes nothing; put a `(` before it or quote it")),
    }
}

/// Whether a character is punctuation that a word may be wrapped in. Marks that belong to a letter (accents, vowel
/// signs, a final virama) are not.
fn wraps_words(c: char) -> bool {
    !c.is_alphanumeric()
        && (c.is_ascii()
            || matches!(c, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}'
                | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{feff}' | '\u{fffd}'))
}

/// A word without the punctuation around it; a final full stop stays where the word has another ("U.N.").
fn unwrapped(word: &str) -> &str {
    let core = word.trim_matches(wraps_words);
    if !core.contains('.') {
        return core;
    }
    let start = word.len() - word.trim_start_matches(wraps_words).len();
    match word.get(start + core.len()..) {
        Some(rest) if rest.starts_with('.') => word.get(start..start + core.len() + 1).unwrap_or(core),
        _ => core,
    }
}

/// Whether a word would be read as a field with a value if it stood alone.
fn looks_like_field(word: &str) -> bool {
    word.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()))
}

fn searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Scripts in which one character may be a word.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«')
}

fn closes_quote(open: char, c: char) -> bool {
    match open {
        '"' => c == '"',
        '«' => matches!(c, '»' | '"'),
        _ => matches!(c, '”' | '“' | '"'),
    }
}

struct Scanner<'q> {
    query: &'q str,
    at: usize,
}

impl<'q> Scanner<'q> {
    fn new(query: &'q str) -> Self {
        Scanner { query, at: 0 }
    }

    fn error(&self, at: usize, reason: impl Into<String>) -> QueryError {
        QueryError { query: self.query.to_owned(), at: at.min(self.query.len()), reason: reason.into() }
    }

    fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The bare stretch that begins here: up to white space, a parenthesis or a quotation mark.
    fn chunk(&self) -> &'q str {
        let rest = self.rest();
        let end =
            rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')' || opens_quote(c)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Whether the bare stretch that begins here is this operator. One that touches a quotation mark or a parenthesis
    /// still is.
    fn sees(&self, operator: &str) -> bool {
        self.chunk() == operator
    }

    fn alternation(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        let mut branches = vec![self.conjunction(depth, in_title)?];
        while self.sees("OR") {
            let operator = self.at;
            self.at += 2;
            self.skip_space();
            if self.peek().is_none_or(|c| c == ')') {
                return Err(
                    self.error(operator, "OR wants something after it; to search for the word, quote it: \"OR\"")
                );
            }
            branches.push(self.conjunction(depth, in_title)?);
        }
        match branches.pop() {
            Some(only) if branches.is_empty() => Ok(only),
            last => {
                branches.extend(last);
                let end = branches.last().map_or(self.at, |b| b.span.end);
                Ok(Syntax { span: ByteSpan::new(start, end), node: Node::Or(branches) })
            }
        }
    }

    fn conjunction(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        for (operator, example) in [("OR", "this OR that"), ("AND", "this AND that")] {
            if self.sees(operator) {
                return Err(self.error(
                    self.at,
                    format!(
                        "{operator} wants something before it, as in `{example}`; to search for the word, quote it"
                    ),
                ));
            }
        }
        let mut groups = vec![vec![self.clause(depth, in_title)?]];
        loop {
            self.skip_space();
            if self.peek().is_none_or(|c| c == ')') || self.sees("OR") {
                break;
            }
            if self.sees("AND") {
                let operator = self.at;
                self.at += 3;
                self.skip_space();
                if self.peek().is_none_or(|c| c == ')') || self.sees("OR") || self.sees("AND") {
                    return Err(
                        self.error(operator, "AND wants something after it; to search for the word, quote it: \"AND\"")
                    );
                }
                groups.push(Vec::new());
            }
            let clause = self.clause(depth, in_title)?;
            if let Some(group) = groups.last_mut() {
                group.push(clause);
            }
        }
        if groups.len() == 1
            && let Some(group) = groups.last_mut()
            && group.len() == 1
            && let Some(only) = group.pop()
        {
            return Ok(only);
        }
        let end = groups.last().and_then(|g| g.last()).map_or(self.at, |c| c.span.end);
        Ok(Syntax { span: ByteSpan::new(start, end), node: Node::And(groups) })
    }

    fn clause(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        let negated = if self.sees("NOT") {
            self.at += 3;
            self.skip_space();
            true
        } else if self.peek() == Some('-') && self.begins_a_clause() {
            self.at += 1;
            if self.peek() == Some('-') {
                return Err(
                    self.error(start, "one minus excludes; options such as --country stand outside of the query")
                );
            }
            if self.peek().is_none_or(char::is_whitespace) {
                return Err(self.error(
                    start,
                    "this minus stands alone; to exclude something put it right before it, as in -word, else leave it out",
                ));
            }
            true
        } else {
            false
        };
        if !negated {
            return self.operand(depth, in_title);
        }
        if self.peek().is_none_or(|c| c == ')') || self.sees("OR") || self.sees("AND") {
            return Err(self.error(start, "there is nothing after this to exclude; write -word or NOT (these words)"));
        }
        self.check_depth(start, depth)?;
        let inner = self.clause(depth + 1, in_title)?;
        Ok(Syntax { span: ByteSpan::new(start, inner.span.end), node: Node::Not(Box::new(inner)) })
    }

    /// Refuses what would be nested deeper than [`DEEPEST_NESTING`] by what stands at `start`.
    fn check_depth(&self, start: usize, depth: usize) -> Result<(), QueryError> {
        if depth < DEEPEST_NESTING {
            return Ok(());
        }
        Err(self.error(start, format!("parentheses and negations may be nested {DEEPEST_NESTING} deep")))
    }

    /// Whether what begins here follows white space or an opening parenthesis, so that a minus excludes.
    fn begins_a_clause(&self) -> bool {
        let before = self.query.get(..self.at).and_then(|b| b.chars().next_back());
        before.is_none_or(|c| c.is_whitespace() || c == '(')
    }

    fn operand(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        match self.peek() {
            None => Err(self.error(start, "something is missing here")),
            Some(')') => Err(self.error(start, "this `)` closes nothing; put a `(` before it or quote it")),
            Some('(') => self.group(depth, in_title),
            Some(c) if opens_quote(c) => self.phrase(),
            Some(_) => {
                let chunk = self.chunk();
                if let Some((name, after)) = chunk.split_once(':')
                    && !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphabetic())
                {
                    if let Some(field) = Field::named(name) {
                        return self.field(field, name.len() + 1, depth, in_title);
                    }
                    let value_follows = !after.is_empty()
                        || self.rest().get(chunk.len()..).and_then(|r| r.chars().next()).is_some_and(opens_quote);
                    if value_follows {
                        return Err(self.error(start, unknown_field(name)));
                    }
                }
                self.word()
            }
        }
    }

    fn group(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        self.check_depth(start, depth)?;
        self.at += 1;
        self.skip_space();
        match self.peek() {
            Some(')') => return Err(self.error(self.at, "there is nothing between these parentheses")),
            None => return Err(self.error(start, "this `(` is never closed")),
            Some(_) => {}
        }
        let inner = self.alternation(depth + 1, in_title)?;
        self.skip_space();
        if self.peek() != Some(')') {
            return Err(self.error(start, "this `(` is never closed"));
        }
        self.at += 1;
        Ok(Syntax { span: ByteSpan::new(start, self.at), node: Node::Group(Box::new(inner)) })
    }

    fn field(&mut self, field: Field, prefix: usize, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        let name = field.name();
        if in_title {
            return Err(self.error(start, format!("`{name}:` cannot stand within `title:( )`; put it outside")));
        }
        self.at += prefix;
        let value_at = self.at;
        match self.peek() {
            None => return Err(self.error(value_at, format!("`{name}:` wants a value, as in {}", example(field)))),
            Some(c) if c.is_whitespace() || c == ')' => {
                return Err(self.error(
                    value_at,
                    format!("`{name}:` wants a value right after the colon, without a space, as in {}", example(field)),
                ));
            }
            Some(_) => {}
        }
        if field == Field::Title {
            let inner = match self.peek() {
                Some('(') => self.group(depth, true)?,
                Some(c) if opens_quote(c) => self.phrase()?,
                Some('-') => {
                    return Err(self.error(start, "to exclude by title put the minus before the field: -title:word"));
                }
                _ => self.word()?,
            };
            let span = ByteSpan::new(start, self.at);
            return Ok(Syntax { span, node: Node::Title(Box::new(inner)) });
        }
        if self.peek() == Some('(') {
            return Err(self.error(
                value_at,
                format!("`{name}:` takes one value: quote it if it has spaces, repeat the filter for several ({name}:A {name}:B)"),
            ));
        }
        let value = self.value(value_at, false)?;
        if value.text().is_empty() {
            return Err(
                self.error(value_at, format!("`{name}:` has an empty value; write it as in {}", example(field)))
            );
        }
        Ok(Syntax { span: ByteSpan::new(start, self.at), node: Node::Filter(field, value) })
    }

    /// Bare and quoted stretches up to white space or a parenthesis; with `to_end`, up to the end.
    fn value(&mut self, start: usize, to_end: bool) -> Result<Value, QueryError> {
        let mut parts: Vec<(String, bool)> = Vec::new();
        while let Some(c) = self.peek() {
            if opens_quote(c) {
                parts.push((self.quoted()?, true));
            } else if !to_end && (c.is_whitespace() || c == '(' || c == ')') {
                break;
            } else {
                self.bump();
                match parts.last_mut() {
                    Some((text, false)) => text.push(c),
                    _ => parts.push((c.to_string(), false)),
                }
            }
        }
        Ok(Value { span: ByteSpan::new(start, self.at), parts })
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

    fn phrase(&mut self) -> Result<Syntax, QueryError> {
        let start = self.at;
        let text = self.quoted()?;
        if text.match_indices('*').any(|(n, _)| text.get(..n).is_some_and(|t| t.ends_with(char::is_alphanumeric))) {
            return Err(
                self.error(start, "`*` does not work within a phrase; write the word outside of it, or in full")
            );
        }
        let words: Vec<String> =
            text.split_whitespace().map(unwrapped).filter(|w| searchable(w)).map(str::to_owned).collect();
        if words.is_empty() {
            return Err(self.error(start, "this phrase has no letter or digit to search for"));
        }
        let mut slop = 0;
        if self.peek() == Some('~') {
            let tilde = self.at;
            self.at += 1;
            let digits = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number = self.rest().get(..digits).unwrap_or("");
            slop = match number.parse::<u32>() {
                Ok(n) if n <= WIDEST_SLOP => n,
                _ => {
                    return Err(self.error(
                        tilde,
                        format!("`~` after a phrase wants the number of words that may stand between, 0 to {WIDEST_SLOP}, as in \"direct talks\"~5"),
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
        Ok(Syntax { span: ByteSpan::new(start, self.at), node: Node::Phrase { words, slop } })
    }

    fn word(&mut self) -> Result<Syntax, QueryError> {
        let start = self.at;
        let chunk = self.chunk();
        if !searchable(chunk) {
            return Err(self.error(start, nothing_to_search_for(chunk)));
        }
        self.at += chunk.len();
        let span = ByteSpan::new(start, self.at);
        let node = self.term(start, chunk)?;
        Ok(Syntax { span, node })
    }

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
            let word = unwrapped(word);
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
            let word = unwrapped(chunk.get(..star).unwrap_or(""));
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
        let word = unwrapped(chunk);
        // What would be read as an operator or a field without the punctuation that it was typed in is kept literal.
        let literal = matches!(word, "OR" | "AND" | "NOT") || looks_like_field(word);
        Ok(if literal { Node::Phrase { words: vec![word.to_owned()], slop: 0 } } else { Node::Word(word.to_owned()) })
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

/// A value of the field as it may be typed, for messages.
pub fn example(field: Field) -> &'static str {
    match field {
        Field::Region => "region:\"Middle East\"",
        Field::Country => "country:IN or country:India",
        Field::Place => "place:Udhampur or place:Punjab/PK",
        Field::Near => "near:\"Bakhmut\"/25km",
        Field::Event => "event:2025-05-07..2025-05-10",
        Field::Published => "pub:2025-05",
        Field::Date => "date:2025-05-10 or date:2025-05-07..2025-05-10",
        Field::Source => "source:\"The Daily Star\"",
        Field::Language => "lang:en",
        Field::Title => "title:ceasefire",
        Field::Path => "path:2025/*.html",
    }
}

fn unknown_field(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let nearest = Field::ALL
        .into_iter()
        .map(|f| (edits(&lower, f.name()), f.name()))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .min();
    let quoted = format!("to search for these words, quote them: \"{name}:…\"");
    match nearest {
        Some((_, known)) => format!("there is no field `{name}:`; did you mean `{known}:`? {quoted}"),
        None => {
            let all: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
            format!("there is no field `{name}:`; the fields are {}; {quoted}", all.join(", "))
        }
    }
}

/// The number of insertions, deletions and substitutions that lead from one text to the other.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, cb) in row.iter_mut().skip(1).zip(&b) {
            let up = *slot;
            let best = (diagonal + usize::from(ca != *cb)).min(up + 1).min(left + 1);
            diagonal = up;
            left = best;
            *slot = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
