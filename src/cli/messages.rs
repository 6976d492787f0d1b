//! What is said beside the answer, on standard error: errors, warnings, notes and progress.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use dateline::Error;
use dateline::model::error::QueryError;
use dateline::wire::sanitize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::args::ColorWhen;
use crate::cli::printer::use_color;

/// Columns of a query that are shown around the one at fault.
const QUERY_SHOWN: usize = 70;

/// Standard error with what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    color: bool,
    /// Whether progress is drawn.
    pub terminal: bool,
}

impl Messages {
    /// Standard error, with colour as asked.
    pub fn new(when: ColorWhen) -> Self {
        let terminal = io::stderr().is_terminal();
        Messages { color: use_color(when, terminal), terminal }
    }

    /// Says what went wrong.
    pub fn error(&self, text: &str) {
        self.say(AnsiColor::Red, text);
    }

    /// Says what the user should know though the run goes on.
    pub fn warning(&self, text: &str) {
        self.say(AnsiColor::Yellow, text);
    }

    /// Says how something was understood, or what to try.
    pub fn note(&self, text: &str) {
        self.say(AnsiColor::Cyan, text);
    }

    fn say(&self, color: AnsiColor, text: &str) {
        let safe = sanitize::lines(text);
        let style = if self.color { Style::new().fg_color(Some(color.into())).bold() } else { Style::new() };
        // Nothing can be done where standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{style}dateline:{style:#} {safe}");
    }

    /// Says what is wrong with the library's words.
    pub fn library_error(&self, error: &Error) {
        match error {
            Error::Query(e) => self.error(&pointed_out("query", e)),
            other => self.error(&other.to_string()),
        }
    }
}

/// An error in a query: what is wrong, the query with a caret under the column, and further lines of the reason after it.
/// `what` is where it was typed: "query" or a flag.
pub fn pointed_out(what: &str, error: &QueryError) -> String {
    let at = error.at.min(error.query.len());
    let before = error.query.get(..at).unwrap_or("");
    let column = before.chars().count() + 1;
    // Made safe character by character, so that the caret stands under the right one.
    let shown = |text: &str| -> String {
        text.chars().map(|c| if c.is_control() || c.width().is_none() { ' ' } else { c }).collect::<String>()
    };
    let safe = |text: &str| sanitize::line(&shown(text)).into_owned();
    let (head, tail) = (safe(before), safe(error.query.get(at..).unwrap_or("")));
    let mut start = String::new();
    let mut kept = head.as_str();
    while kept.width() > QUERY_SHOWN / 2 {
        start = "…".to_owned();
        kept = kept.get(kept.chars().next().map_or(0, char::len_utf8)..).unwrap_or("");
    }
    let tail = crate::cli::printer::layout::cut(&tail, QUERY_SHOWN - kept.width().min(QUERY_SHOWN / 2));
    let (first, rest) = error.reason.split_once('\n').unwrap_or((&error.reason, ""));
    let caret = " ".repeat(start.width() + kept.width());
    let mut text = format!("{what}, column {column}: {first}\n  {start}{kept}{tail}\n  {caret}^");
    if !rest.is_empty() {
        text.push('\n');
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(query: &str, at: usize, reason: &str) -> String {
        pointed_out("query", &QueryError { query: query.to_owned(), at, reason: reason.to_owned() })
    }

    #[test]
    fn the_caret_stands_under_the_column_also_after_wide_characters() {
        assert_eq!(fault("a )", 2, "no"), "query, column 3: no\n  a )\n    ^");
        assert_eq!(fault("北京 )", 7, "no\n  more"), "query, column 4: no\n  北京 )\n       ^\n  more");
    }

    #[test]
    fn a_long_query_is_cut_around_the_column() {
        let text = fault(&format!("{} ) {}", "word ".repeat(50), "word ".repeat(50)), 251, "no");
        let lines: Vec<&str> = text.lines().collect();
        let caret = lines[2].width() - 1;
        assert!(lines[1].width() < 80 && lines[1].starts_with("  …") && lines[1].ends_with('…'));
        assert_eq!(lines[1].chars().nth(caret), Some(')'));
    }
}
