//! From a text to its blocks: paragraphs, list items and headings.

use memchr::memchr;

use crate::model::article::ByteSpan;

/// A line longer than this was not wrapped by hand or by a mail program, whose widths end near 130 columns; each of
/// its line ends is then meant.
const WIDEST_WRAPPED_LINE_BYTES: usize = 160;

/// The longest line that may be a heading. Newspaper headlines stay below 100 bytes; the rest is for two-byte scripts.
const LONGEST_HEADING_BYTES: usize = 140;

/// The most words of a heading without a mark of its own.
const LONGEST_HEADING_WORDS: usize = 14;

/// A run of lines that belong together, without white space at its ends; no sentence crosses its borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the text.
    pub span: ByteSpan,
    /// Of a heading, which begins a new passage, its level: 1 for the highest, [`PLAIN_LEVEL`] where no mark tells it.
    pub heading: Option<u8>,
}

/// The level of a heading without a mark: below those of Markdown.
pub const PLAIN_LEVEL: u8 = 7;

/// One line without its white space.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
    indent: usize,
}

impl<'a> Line<'a> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn first_word_len(&self) -> usize {
        self.text.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(self.text.len())
    }

    /// `# Heading` of Markdown.
    fn is_marked_heading(&self) -> bool {
        self.marked_level().is_some()
    }

    /// The level of a heading of Markdown.
    fn marked_level(&self) -> Option<u8> {
        let hashes = self.text.bytes().take_while(|b| *b == b'#').count();
        let level = u8::try_from(hashes).ok().filter(|level| (1..=6).contains(level))?;
        self.text.as_bytes().get(hashes).is_some_and(u8::is_ascii_whitespace).then_some(level)
    }

    /// The level of what the line underlines.
    fn underlined_level(&self) -> u8 {
        if self.text.starts_with('=') { 1 } else { 2 }
    }

    /// The line of `=` or `-` below a heading.
    fn is_underline(&self) -> bool {
        self.text.len() >= 3 && (self.text.bytes().all(|b| b == b'=') || self.text.bytes().all(|b| b == b'-'))
    }

    /// `- item`, `* item`, `• item`, `3) item`, `3. Item`.
    fn is_list_item(&self) -> bool {
        let b = self.text.as_bytes();
        let digits = b.iter().take_while(|b| b.is_ascii_digit()).count();
        let mark = match b.first() {
            Some(b'-' | b'*' | b'+') => 1,
            Some(0xE2) if self.text.starts_with(['•', '‣', '◦', '▪', '–', '—']) => 3,
            _ if (1..=2).contains(&digits) && matches!(b.get(digits), Some(b'.' | b')')) => digits + 1,
            _ => return false,
        };
        b.get(mark).is_some_and(u8::is_ascii_whitespace)
    }

    /// Short, and not closed as a sentence is.
    fn may_be_heading(&self) -> bool {
        self.text.len() <= LONGEST_HEADING_BYTES
            && self.text.bytes().filter(|b| *b == b' ').count() < LONGEST_HEADING_WORDS
            && !self.is_list_item()
            && !self.text.starts_with(char::is_lowercase)
            && self.text.contains(char::is_alphabetic)
            && !ends_like_a_sentence(self.text)
    }

    /// At least two letters, none of them in lower case.
    fn is_in_capitals(&self) -> bool {
        let mut capitals = 0;
        for c in self.text.chars() {
            if c.is_lowercase() {
                return false;
            }
            capitals += usize::from(c.is_uppercase());
        }
        capitals >= 2
    }
}

/// Whether the last mark, but for quotation marks and brackets, is one that closes a sentence or a clause.
fn ends_like_a_sentence(text: &str) -> bool {
    let closers = ['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』', '“', '*', '_'];
    text.trim_end_matches(closers).ends_with([
        '.', '!', '?', '…', ',', ';', '。', '！', '？', '，', '؟', '۔', '،', '।', '॥', '።', '။', '។', '։', '｡',
    ])
}

/// The blocks of `text` in order; together they hold every character that is no white space.
pub fn blocks_of(text: &str) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(text.len() / 300 + 1);
    let mut group: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let raw = &text[at..end];
        let left = raw.trim_start();
        let line = Line { start: at + raw.len() - left.len(), text: left.trim_end(), indent: raw.len() - left.len() };
        at = end + 1;
        if line.text.is_empty() {
            close_group(&mut group, &mut blocks, false);
        } else {
            group.push(line);
        }
    }
    close_group(&mut group, &mut blocks, true);
    blocks
}

/// Turns lines between two blank lines into blocks; `last` where no more text follows.
fn close_group(group: &mut Vec<Line<'_>>, blocks: &mut Vec<Block>, last: bool) {
    let Some(first) = group.first().copied() else { return };
    if group.len() == 1 {
        let plain = (!last && first.may_be_heading()).then_some(PLAIN_LEVEL);
        let heading = first.marked_level().or(plain);
        blocks.push(Block { span: ByteSpan::new(first.start, first.end()), heading });
        group.clear();
        return;
    }
    let width = group.iter().map(|l| l.indent + l.text.len()).max().unwrap_or(0);
    let mut start = first.start;
    let mut begins = true;
    let mut lines = group.iter().peekable();
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek() else {
            let heading = line.marked_level().filter(|_| begins);
            blocks.push(Block { span: ByteSpan::new(start, line.end()), heading });
            break;
        };
        let underlined = begins && next.is_underline() && line.text.len() <= LONGEST_HEADING_BYTES;
        let in_capitals = || line.may_be_heading() && line.is_in_capitals() && !next.is_in_capitals();
        let heading = match begins {
            false => None,
            true if underlined => Some(line.marked_level().unwrap_or_else(|| next.underlined_level())),
            true => line.marked_level().or_else(|| in_capitals().then_some(PLAIN_LEVEL)),
        };
        let mut end = line.end();
        if underlined && let Some(rule) = lines.next() {
            end = rule.end();
        }
        let ends = heading.is_some()
            || lines.peek().is_none_or(|next| {
                next.is_list_item() || next.is_marked_heading() || break_was_meant(line, next, width)
            });
        if ends {
            blocks.push(Block { span: ByteSpan::new(start, end), heading });
            let Some(next) = lines.peek() else { break };
            start = next.start;
        }
        begins = ends;
    }
    group.clear();
}

/// Whether somebody ended the line on purpose: the next word would still have fitted, or the next line is indented as
/// the first line of a paragraph.
fn break_was_meant(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    width > WIDEST_WRAPPED_LINE_BYTES
        || line.indent + line.text.len() + 1 + next.first_word_len() <= width
        || (next.indent >= 2 && line.indent + 2 <= next.indent)
}
