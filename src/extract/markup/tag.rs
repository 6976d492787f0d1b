//! Tags, comments and raw elements, found by their first byte in a page.

/// A tag of a page.
pub(crate) struct Tag<'a> {
    /// The name as written.
    pub name: &'a str,
    /// Whether it closes an element.
    pub closes: bool,
    /// What stands between the name and the end of the tag.
    pub attributes: &'a str,
    /// The byte after the tag.
    pub end: usize,
}

/// The tag that begins at `at`, where there is one: a name must follow `<` or `</`. Quoted values may hold `>`.
pub(crate) fn tag_at(html: &str, at: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let mut start = at + 1;
    let closes = bytes.get(start) == Some(&b'/');
    start += usize::from(closes);
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end =
        bytes.get(start..)?.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')))? + start;
    let mut quote = None;
    let mut after_equals = false;
    let mut here = name_end;
    loop {
        match (quote, bytes.get(here)) {
            // A quote that is never closed: the tag ends at the next `>`, as if there were no quotes.
            (Some(_), None) => {
                here = name_end + memchr::memchr(b'>', bytes.get(name_end..)?)?;
                break;
            }
            (None, None) => return None,
            (Some(q), Some(&byte)) if byte == q => quote = None,
            (Some(_), Some(_)) => {}
            (None, Some(b'>')) => break,
            (None, Some(&byte)) => {
                if after_equals && matches!(byte, b'"' | b'\'') {
                    quote = Some(byte);
                }
                if !byte.is_ascii_whitespace() {
                    after_equals = byte == b'=';
                }
            }
        }
        here += 1;
    }
    Some(Tag { name: html.get(start..name_end)?, closes, attributes: html.get(name_end..here)?, end: here + 1 })
}

/// The byte after the comment, declaration or processing instruction that begins at `at`.
pub(crate) fn end_of_declaration(html: &str, at: usize) -> Option<usize> {
    let rest = html.get(at..)?;
    if rest.starts_with("<!--") {
        return Some(rest.get(4..)?.find("-->").map_or(html.len(), |end| at + 4 + end + 3));
    }
    (rest.starts_with("<!") || rest.starts_with("<?")).then(|| rest.find('>').map_or(html.len(), |end| at + end + 1))
}

/// The byte at which the closing tag of a raw element (`script`, `style`) begins.
pub(crate) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, b"</")) {
        let start = at + next;
        let after = start + 2 + name.len();
        if bytes.get(start + 2..after).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            && !bytes.get(after).is_some_and(u8::is_ascii_alphanumeric)
        {
            return start;
        }
        at = start + 2;
    }
    html.len()
}
