//! The first or the last bytes of a text, never cutting a character in two.

/// The last bytes of a text, cut on a character's boundary.
pub(crate) fn tail_of(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or(text)
}

/// The first bytes of a text, cut on a character's boundary.
pub(crate) fn head_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}
