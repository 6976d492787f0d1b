//! The grammar: from words, phrases and values to the syntax tree.

use super::chars::opens_quote;
use super::scanner::Scanner;
use super::suggest;
use super::syntax::{Node, Syntax};
use crate::model::article::ByteSpan;
use crate::model::error::QueryError;
use crate::model::field::Field;

/// Parentheses and negations may be nested this deep, so that no query can exhaust the stack.
const DEEPEST_NESTING: usize = 64;
/// The longest query, in bytes; a pasted article is refused before any work is done on it.
const LONGEST_QUERY_BYTES: usize = 65_536;

/// Reads a query; `None` where it holds nothing but white space.
///
/// # Errors
/// [`QueryError`] with the byte at fault.
pub(super) fn read(query: &str) -> Result<Option<Syntax>, QueryError> {
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

impl Scanner<'_> {
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

    fn operand(&mut self, depth: usize, in_title: bool) -> Result<Syntax, QueryError> {
        let start = self.at;
        match self.peek() {
            None => Err(self.error(start, "something is missing here")),
            Some(')') => Err(self.error(start, "this `)` closes nothing; put a `(` before it or quote it")),
            Some('(') => self.group(depth, in_title),
            Some(c) if opens_quote(c) => self.phrase(),
            Some('=') => self.as_written(),
            Some(_) => {
                let chunk = self.chunk();
                if let Some((name, after)) = chunk.split_once(':')
                    && !name.is_empty()
                    && (Field::named(name).is_some() || name.bytes().all(|b| b.is_ascii_alphabetic()))
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
            None => return Err(self.error(value_at, format!("`{name}:` wants a value, as in {}", field.example()))),
            Some(c) if c.is_whitespace() || c == ')' => {
                return Err(self.error(
                    value_at,
                    format!(
                        "`{name}:` wants a value right after the colon, without a space, as in {}",
                        field.example()
                    ),
                ));
            }
            Some(_) => {}
        }
        if field == Field::Title {
            let inner = match self.peek() {
                Some('(') => self.group(depth, true)?,
                Some(c) if opens_quote(c) => self.phrase()?,
                Some('=') => self.as_written()?,
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
                self.error(value_at, format!("`{name}:` has an empty value; write it as in {}", field.example()))
            );
        }
        Ok(Syntax { span: ByteSpan::new(start, self.at), node: Node::Filter(field, value) })
    }
}

fn unknown_field(name: &str) -> String {
    let quoted = format!("to search for these words, quote them: \"{name}:…\"");
    match suggest::field(name) {
        Some(known) => format!("there is no field `{name}:`; did you mean `{known}:`? {quoted}"),
        None => {
            let all: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
            format!("there is no field `{name}:`; the fields are {}; {quoted}", all.join(", "))
        }
    }
}
