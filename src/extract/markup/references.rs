//! Character references: `&amp;`, `&#233;`.

/// Text with numeric and the usual named character references resolved; others stay as they are.
pub(crate) fn unescape(raw: &str) -> std::borrow::Cow<'_, str> {
    /// The references of HTML 4 for the characters from U+00A0 on, in their order.
    const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
        acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
        Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc \
        Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
        eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    /// Others that occur in news pages; a parser knows all of them.
    #[rustfmt::skip]
    const OTHERS: &[(&str, char)] = &[
        ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''),
        ("rsquo", '’'), ("lsquo", '‘'), ("rdquo", '”'), ("ldquo", '“'), ("bdquo", '„'), ("sbquo", '‚'), ("lsaquo", '‹'), ("rsaquo", '›'),
        ("mdash", '—'), ("ndash", '–'), ("hellip", '…'), ("bull", '•'), ("euro", '€'), ("trade", '™'), ("minus", '−'), ("prime", '′'),
        ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'), ("lrm", '\u{200e}'), ("rlm", '\u{200f}'), ("ensp", ' '), ("emsp", ' '), ("thinsp", ' '),
        ("Scaron", 'Š'), ("scaron", 'š'), ("OElig", 'Œ'), ("oelig", 'œ'), ("ccaron", 'č'), ("Ccaron", 'Č'), ("zcaron", 'ž'),
        ("Zcaron", 'Ž'), ("cacute", 'ć'), ("rcaron", 'ř'), ("ecaron", 'ě'),
    ];
    const LONGEST: usize = 12;
    if memchr::memchr(b'&', raw.as_bytes()).is_none() {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let reference = from.as_bytes().iter().take(LONGEST).position(|&b| b == b';').and_then(|end| from.get(1..end));
        let resolved = reference.and_then(|name| {
            if let Some(number) = name.strip_prefix('#') {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                return char_of(code);
            }
            let of_latin_1 = (0xa0..).zip(LATIN_1.split(' ')).find(|(_, n)| *n == name);
            let named = of_latin_1.and_then(|(code, _)| char::from_u32(code));
            named.or_else(|| OTHERS.iter().find(|(n, _)| *n == name).map(|(_, c)| *c))
        });
        match (resolved, reference) {
            (Some(c), Some(name)) => {
                out.push(c);
                rest = from.get(name.len() + 2..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// The character of a numeric reference. Numbers between 128 and 159 mean Windows-1252, as browsers have it.
pub(crate) fn char_of(code: u32) -> Option<char> {
    if let Some(byte) = u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b)) {
        let byte = [byte];
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_by_name_and_by_number() {
        assert_eq!(unescape("&Eacute;t&eacute; &nbsp;&icirc;&yuml; &oelig; &amp;amp;"), "Été \u{a0}îÿ œ &amp;");
        assert_eq!(unescape("&#146;&#x201C;&#233;&#0;&#x110000;"), "’“é&#0;&#x110000;");
    }
}
