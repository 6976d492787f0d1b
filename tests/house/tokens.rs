//! The words and signs of a Rust file, without its comments, its literals and its tests.

/// A word, `::`, or a sign of one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// From 1.
    pub line: usize,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_of_word)
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// All tokens of a file. Literals, lifetimes and comments give none.
pub fn tokens_of(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment(rest),
            '"' => string(rest),
            '\'' => quote(rest),
            _ if first.is_ascii_digit() => word(rest),
            _ if is_of_word(first) => match prefixed_literal(rest) {
                Some(length) => length,
                None => {
                    tokens.push(Token { text: rest[..word(rest)].to_owned(), line });
                    word(rest)
                }
            },
            _ if first.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            _ => {
                let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
                tokens.push(Token { text: rest[..length].to_owned(), line });
                length
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// Length of the word at the beginning.
fn word(rest: &str) -> usize {
    rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())
}

/// Length of the comment at the beginning; comments hold comments.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        let step = match rest.get(at..at + 2) {
            Some("/*") => {
                depth += 1;
                2
            }
            Some("*/") => {
                depth -= 1;
                2
            }
            _ => rest[at..].chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at.min(rest.len())
}

/// Length of the string at the beginning.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// Length of the character or the lifetime at the beginning.
fn quote(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            rest[from..].find('\'').map_or(rest.len(), |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1 + word(&rest[1..]),
    }
}

/// Length of a literal that begins with letters, as `b"a"`, `r#"a"#` and `b'a'`.
fn prefixed_literal(rest: &str) -> Option<usize> {
    let (prefix, literal) = rest.split_at(word(rest));
    if !matches!(prefix, "r" | "b" | "c" | "br" | "cr") {
        return None;
    }
    if prefix == "b" && literal.starts_with('\'') {
        return Some(1 + quote(literal));
    }
    if !prefix.contains('r') {
        return literal.starts_with('"').then(|| prefix.len() + string(literal));
    }
    let hashes = literal.len() - literal.trim_start_matches('#').len();
    // `r#word` is a word.
    if !literal[hashes..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let from = hashes + 1;
    let length = literal[from..].find(&end).map_or(literal.len(), |at| from + at + end.len());
    Some(prefix.len() + length)
}

/// The tokens of a file without what is only there for tests, and the modules that are.
pub fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        if let Some(from) = end_of_test_attribute(&tokens[at..]).map(|length| at + length) {
            let end = from + end_of_item(&tokens[from..]);
            if let Some(n) = tokens[from..end].iter().position(|t| t.text == "mod")
                && tokens.get(from + n + 2).is_some_and(|t| t.text == ";")
            {
                modules.push(tokens[from + n + 1].text.clone());
            }
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    (kept, modules)
}

/// Length of `#[cfg(test)]` or `#[cfg(all(test, …))]` at the beginning.
fn end_of_test_attribute(tokens: &[Token]) -> Option<usize> {
    let starts = |pattern: &[&str]| {
        tokens.len() >= pattern.len() && tokens.iter().zip(pattern).all(|(token, wanted)| token.text == *wanted)
    };
    let is_test = starts(&["#", "[", "cfg", "(", "test", ")"]) || starts(&["#", "[", "cfg", "(", "all", "(", "test"]);
    is_test.then(|| 1 + end_of_group(&tokens[1..]))
}

/// Number of tokens of the bracketed group at the beginning.
fn end_of_group(tokens: &[Token]) -> usize {
    let mut depth = 0usize;
    for (n, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return n + 1;
        }
    }
    tokens.len()
}

/// Number of tokens of the item at the beginning, with its attributes: as far as its braces or its semicolon.
fn end_of_item(tokens: &[Token]) -> usize {
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "(" | "[" => at += end_of_group(&tokens[at..]),
            "{" => return at + end_of_group(&tokens[at..]),
            ";" => return at + 1,
            "}" => return at,
            _ => at += 1,
        }
    }
    at
}
