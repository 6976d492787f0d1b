//! Control and bidirectional characters out of anything printed to a terminal.
//!
//! An article, a file name or a query may hold characters that move the cursor, change colours or the title, answer on
//! the terminal's own input, or reorder what is read (CVE-2021-42574). None of them may reach a terminal.

use std::borrow::Cow;

/// What stands in place of a character that was taken out.
pub const REPLACEMENT: char = '\u{fffd}';

/// What becomes of a character.
enum Fate {
    Keep,
    /// It shows nothing and orders nothing on its own account.
    LeaveOut,
    Space,
    Replace,
}

fn fate(c: char) -> Fate {
    match c {
        '\t' | '\n' | '\u{0b}' | '\u{0c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Space,
        // Soft hyphen, directional marks as they stand in Arabic and Hebrew text, byte order mark.
        '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => Fate::LeaveOut,
        // Embeddings, overrides and isolates that reorder text; annotations, deprecated format and tag characters.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            Fate::Replace
        }
        c if c.is_control() => Fate::Replace,
        _ => Fate::Keep,
    }
}

/// The text as one line: line ends and tabs become a space, unsafe characters [`REPLACEMENT`]; marks that show nothing
/// (soft hyphen, directional marks, byte order mark) are left out.
pub fn line(text: &str) -> Cow<'_, str> {
    cleaned(text, false)
}

/// As [`line()`], but line ends stay, as line feeds.
pub fn lines(text: &str) -> Cow<'_, str> {
    cleaned(text, true)
}

fn cleaned(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if text.chars().all(|c| matches!(fate(c), Fate::Keep) || (keep_lines && c == '\n')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match fate(c) {
            Fate::Keep => out.push(c),
            Fate::LeaveOut => {}
            Fate::Replace => out.push(REPLACEMENT),
            Fate::Space if keep_lines && !matches!(c, '\t' | '\u{0b}' | '\u{0c}') => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    continue;
                }
                out.push('\n');
            }
            Fate::Space => out.push(' '),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_overrides_do_not_pass() {
        assert_eq!(line("a\u{1b}[31mred\u{202e}txt\u{7}"), "a\u{fffd}[31mred\u{fffd}txt\u{fffd}");
        assert_eq!(line("\u{9b}31m"), "\u{fffd}31m");
    }

    #[test]
    fn line_ends_become_spaces_in_a_line_and_stay_in_lines() {
        assert_eq!(line("a\nb\tc"), "a b c");
        assert_eq!(lines("a\r\nb\tc\u{1b}"), "a\nb c\u{fffd}");
        assert!(matches!(lines("plain\ntext"), Cow::Borrowed(_)));
    }

    #[test]
    fn ordinary_text_of_any_script_is_left_alone() {
        for text in ["Kyiv’s “talks” — naïve", "الخرطوم", "北京", "क्षेत्र", "👩\u{200d}👧"]
        {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
