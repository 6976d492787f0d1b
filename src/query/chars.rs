//! What characters and words are to the query language: punctuation around words, quotation marks, letters to search for.

/// Whether a character is punctuation that a word may be wrapped in. Marks that belong to a letter (accents, vowel
/// signs, a final virama) are not.
fn wraps_words(c: char) -> bool {
    !c.is_alphanumeric()
        && (c.is_ascii()
            || matches!(c, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}'
                | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{feff}' | '\u{fffd}'))
}

/// A word without the punctuation around it; a final full stop stays where the word has another ("U.N.").
pub(super) fn core_of(word: &str) -> &str {
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
pub(super) fn looks_like_field(word: &str) -> bool {
    word.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Whether there is something to search for.
pub(super) fn searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Scripts in which one character may be a word.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a quotation begins with this character.
pub(super) fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«')
}

/// Whether a quotation that began with `open` ends with this character.
pub(super) fn closes_quote(open: char, c: char) -> bool {
    match open {
        '"' => c == '"',
        '«' => matches!(c, '»' | '"'),
        _ => matches!(c, '”' | '“' | '"'),
    }
}
