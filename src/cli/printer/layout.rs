//! Text laid out for a terminal: made safe, wrapped to a width, with marked stretches.

use std::io::{self, Write};

use dateline::ByteSpan;
use dateline::wire::sanitize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::printer::{Out, Role};

/// Safe text with the role of each of its bytes.
#[derive(Debug, Default)]
pub struct Marked {
    text: String,
    roles: Vec<Role>,
}

impl Marked {
    /// The text made safe and with white space reduced: within a paragraph to single spaces, between paragraphs to a line
    /// feed. Of marks that overlap the first in the list wins.
    pub fn new(text: &str, marks: &[(ByteSpan, Role)]) -> Self {
        let mut role_at = vec![Role::Plain; text.len()];
        for (span, role) in marks.iter().rev() {
            if let Some(bytes) = role_at.get_mut(span.start..span.end) {
                bytes.fill(*role);
            }
        }
        let mut out = Marked::default();
        let mut line_ends = 0;
        let mut space = false;
        for (at, c) in text.char_indices() {
            let role = role_at.get(at).copied().unwrap_or(Role::Plain);
            if c.is_whitespace() || c.is_control() && c == '\t' {
                space = true;
                line_ends += usize::from(c == '\n' || c == '\u{2029}');
                continue;
            }
            if space && !out.text.is_empty() {
                // A mark that goes on over white space colours it too.
                let before = out.roles.last().copied().unwrap_or(Role::Plain);
                let gap = if before == role { role } else { Role::Plain };
                if line_ends > 1 { out.push('\n', Role::Plain) } else { out.push(' ', gap) }
            }
            (space, line_ends) = (false, 0);
            let mut bytes = [0; 4];
            for safe in sanitize::line(c.encode_utf8(&mut bytes)).chars() {
                out.push(safe, role);
            }
        }
        out
    }

    fn push(&mut self, c: char, role: Role) {
        self.text.push(c);
        self.roles.extend(std::iter::repeat_n(role, c.len_utf8()));
    }

    /// Writes the text, each line behind `indent`, filling the width of `out`; `unmarked` is the role of what is not marked.
    pub fn write(&self, out: &mut Out, indent: &str, unmarked: Role) -> io::Result<()> {
        self.write_behind(out, indent, indent, unmarked)
    }

    /// The same with `first` before the first line, which is as wide as `indent`.
    pub fn write_behind(&self, out: &mut Out, first: &str, indent: &str, unmarked: Role) -> io::Result<()> {
        let mut margin = first;
        let width = out.width.saturating_sub(indent.width()).max(20);
        let options = textwrap::Options::new(width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(true)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        let mut paragraph_at = 0;
        for paragraph in self.text.split('\n') {
            let mut at = paragraph_at;
            for line in textwrap::wrap(paragraph, &options) {
                // Lines are stretches of the paragraph, apart from the spaces at their ends.
                let rest = self.text.get(at..).unwrap_or("");
                at += rest.len() - rest.trim_start_matches(' ').len();
                out.write_all(margin.as_bytes())?;
                margin = indent;
                self.write_stretch(out, at, line.len(), unmarked)?;
                out.write_all(b"\n")?;
                at += line.len();
            }
            paragraph_at += paragraph.len() + 1;
        }
        Ok(())
    }

    /// Writes the text in one line of at most so many columns; what is cut ends in `…`.
    pub fn write_cut(mut self, out: &mut Out, columns: usize, unmarked: Role) -> io::Result<()> {
        self.text = self.text.replace('\n', " ");
        let cut = cut(&self.text, columns);
        let kept = cut.strip_suffix('…').unwrap_or(&cut);
        self.write_stretch(out, 0, kept.len(), unmarked)?;
        out.paint(unmarked, cut.get(kept.len()..).unwrap_or(""))
    }

    fn write_stretch(&self, out: &mut Out, start: usize, len: usize, unmarked: Role) -> io::Result<()> {
        let end = (start + len).min(self.text.len());
        let mut at = start;
        while at < end {
            let role = self.roles.get(at).copied().unwrap_or(Role::Plain);
            let same = self.roles.get(at..end).unwrap_or(&[]).iter().take_while(|r| **r == role).count().max(1);
            let text = self.text.get(at..at + same).unwrap_or("");
            out.paint(if role == Role::Plain { unmarked } else { role }, text)?;
            at += same;
        }
        Ok(())
    }
}

/// Writes plain text, made safe, wrapped behind `first` (on the first line) and as many spaces (on the others).
pub fn write_wrapped(out: &mut Out, first: &str, role: Role, text: &str) -> io::Result<()> {
    let indent = " ".repeat(first.width());
    let width = out.width.saturating_sub(indent.width()).max(20);
    let safe = sanitize::line(text);
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    for (n, line) in textwrap::wrap(&safe, &options).iter().enumerate() {
        out.paint(Role::Dim, if n == 0 { first } else { &indent })?;
        out.paint(role, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The text, made safe, cut to so many columns; what is cut ends in `…`.
pub fn cut(text: &str, columns: usize) -> String {
    let safe = sanitize::line(text);
    if safe.width() <= columns {
        return safe.into_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in safe.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > columns {
            break;
        }
        out.push(c);
        used += w;
    }
    out.push('…');
    out
}

/// The text with spaces behind it up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// A number with a space between thousands, as SI asks: 12 345.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    out
}

/// "1 passage", "2 passages".
pub fn counted(n: u64, one: &str) -> String {
    format!("{} {one}{}", number(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_keep_their_place_when_white_space_and_unsafe_characters_change() {
        let text = "In\tthe \u{1b}[1m\n\n  night of\nMay 10";
        let start = text.find("night").unwrap();
        let marked = Marked::new(text, &[(ByteSpan::new(start, text.len()), Role::Date)]);
        assert_eq!(marked.text, "In the \u{fffd}[1m\nnight of May 10");
        let at = marked.text.find("night").unwrap();
        assert!(marked.roles[at..].iter().all(|r| *r == Role::Date));
        assert!(marked.roles[..at].iter().all(|r| *r == Role::Plain));
    }

    #[test]
    fn cutting_counts_columns_and_never_splits_a_character() {
        assert_eq!(cut("Kyiv", 4), "Kyiv");
        assert_eq!(cut("Kharkiv", 4), "Kha…");
        assert_eq!(cut("北京上海", 5), "北京…");
        assert_eq!(cut("北京上海", 4), "北…");
    }

    #[test]
    fn numbers_are_grouped_from_five_digits() {
        assert_eq!(number(1234), "1234");
        assert_eq!(number(1_234_567), "1\u{a0}234\u{a0}567");
    }
}
