//! The attributes of one tag.

use crate::extract::markup::references::unescape;

/// The attributes of a tag, values with references resolved, and how many there are; at most 64 are kept.
pub(crate) fn attributes_of(raw: &str) -> (Vec<(String, String)>, usize) {
    const KEPT: usize = 64;
    let mut out = Vec::new();
    let bytes = raw.as_bytes();
    let (mut at, mut count) = (0, 0);
    let skip_space = |mut at: usize| {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        at
    };
    loop {
        at = skip_space(at);
        let start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/')) {
            at += 1;
        }
        if at == start {
            if at >= bytes.len() {
                break;
            }
            at += 1;
            continue;
        }
        count += 1;
        let key = raw.get(start..at).unwrap_or("");
        let after = skip_space(at);
        let mut value = "";
        if bytes.get(after) == Some(&b'=') {
            let mut from = after + 1;
            while bytes.get(from).is_some_and(u8::is_ascii_whitespace) {
                from += 1;
            }
            let end = match bytes.get(from) {
                Some(q @ (b'"' | b'\'')) => {
                    from += 1;
                    bytes.get(from..).and_then(|r| memchr::memchr(*q, r)).map_or(bytes.len(), |e| from + e)
                }
                _ => bytes
                    .get(from..)
                    .and_then(|r| r.iter().position(u8::is_ascii_whitespace))
                    .map_or(bytes.len(), |e| from + e),
            };
            value = raw.get(from..end).unwrap_or("");
            at = end + 1;
        }
        if out.len() < KEPT {
            out.push((key.to_owned(), unescape(value).into_owned()));
        }
    }
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let (found, count) = attributes_of(" a=1 b='2 \"x' c = \"3&amp;4\" d /");
        let found: Vec<_> = found.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!((found, count), (vec![("a", "1"), ("b", "2 \"x"), ("c", "3&4"), ("d", "")], 4));
    }
}
