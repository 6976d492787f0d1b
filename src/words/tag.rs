//! The language that a value is tagged with, so that it reaches the index's tokenizer with the value itself.

use std::borrow::Cow;

use crate::words::profile::Profile;

/// What stands before a text whose language is not English.
const TAG: char = '\u{1}';

/// `text` with its language in front, as the index's tokenizer expects it: nothing for English and unknown languages, a
/// control character and the two letters of the code otherwise. Such a value is for indexing only, never for storing.
pub fn tagged<'t>(text: &'t str, language: Option<&str>) -> Cow<'t, str> {
    match language {
        Some(code) if code != "en" && is_code(code) => format!("{TAG}{code}{text}").into(),
        // The tag's own character at the head of a text must not be taken for a tag.
        _ if text.starts_with(TAG) => format!("{TAG}en{text}").into(),
        _ => text.into(),
    }
}

/// The profile that a value was tagged with, and its text.
pub fn untagged(value: &str) -> (Profile, &str) {
    match value.strip_prefix(TAG) {
        Some(rest) if rest.get(..2).is_some_and(is_code) => {
            (Profile::of(rest.get(..2)), rest.get(2..).unwrap_or_default())
        }
        _ => (Profile::of(None), value),
    }
}

fn is_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
}
