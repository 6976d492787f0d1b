//! Text of a page without a parser: one pass over the bytes, for pages that a parser must not be given.

/// Elements whose content is never shown as text.
const UNSEEN: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select", "title"];

/// Elements inside which navigation, forms and other furniture stand.
const FURNITURE: &[&str] = &["nav", "footer", "aside", "form", "button"];

/// Elements that divide paragraphs.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "blockquote",
    "section",
    "article",
    "header",
    "main",
    "pre",
    "figure",
    "figcaption",
    "address",
    "body",
    "html",
    "title",
    "td",
    "th",
];

/// A tag of a page.
pub(in crate::extract) struct Tag<'a> {
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
pub(in crate::extract) fn tag_at(html: &str, at: usize) -> Option<Tag<'_>> {
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
pub(in crate::extract) fn end_of_declaration(html: &str, at: usize) -> Option<usize> {
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

/// The text of a page by leaving its tags out, paragraphs divided by an empty line; linear in its length, whatever its nesting.
pub(in crate::extract) fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let mut furniture = 0usize;
    let mut at = 0;
    // After the last `>` no tag begins: without this, "<a <a <a" would be read to its end each time.
    let last_end = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    while at < html.len() {
        let rest = html.get(at..).unwrap_or("");
        let next = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if furniture == 0 {
            push_text(&mut text, rest.get(..next).unwrap_or(""));
        }
        at += next;
        if at >= html.len() {
            break;
        }
        if let Some(end) = end_of_declaration(html, at) {
            at = end;
            continue;
        }
        let tag = if at > last_end { None } else { tag_at(html, at) };
        let Some(tag) = tag else {
            if furniture == 0 {
                push_text(&mut text, "<");
            }
            at += 1;
            continue;
        };
        at = tag.end;
        let name = tag.name.to_ascii_lowercase();
        let name = name.as_str();
        if UNSEEN.contains(&name) {
            if !tag.closes && !tag.attributes.ends_with('/') {
                at = end_of_raw(html, at, name);
            }
        } else if FURNITURE.contains(&name) {
            if tag.closes {
                furniture = furniture.saturating_sub(1);
            } else {
                furniture += 1;
            }
            break_paragraph(&mut text);
        } else if matches!(name, "article" | "main" | "body") {
            // Furniture that was never closed ends here at the latest.
            furniture = 0;
            break_paragraph(&mut text);
        } else if BLOCKS.contains(&name) {
            break_paragraph(&mut text);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The paragraphs of a page that are long enough to be text and no furniture.
pub(crate) fn long_paragraphs(html: &str) -> String {
    const LONG_CHARS: usize = 80;
    let text = strip(html);
    let long: Vec<&str> = text.split("\n\n").filter(|p| p.chars().count() >= LONG_CHARS).collect();
    long.join("\n\n")
}

/// Appends text with runs of white space made one space and character references resolved.
fn push_text(out: &mut String, raw: &str) {
    if raw.is_empty() {
        return;
    }
    let text = unescape(raw);
    let mut space = text.starts_with(|c: char| c.is_ascii_whitespace());
    for word in text.split_ascii_whitespace() {
        if space && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        out.push_str(word);
        space = true;
    }
    if text.ends_with(|c: char| c.is_ascii_whitespace()) && !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn break_paragraph(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push_str("\n\n");
    }
}

/// Text with numeric and the usual named character references resolved; others stay as they are.
pub(in crate::extract) fn unescape(raw: &str) -> std::borrow::Cow<'_, str> {
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
fn char_of(code: u32) -> Option<char> {
    if let Some(byte) = u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b)) {
        let byte = [byte];
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

/// The encoding that a page declares in its first kilobytes, in `<meta charset>`, `http-equiv` or an XML declaration.
pub(in crate::extract) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let at = head.match_indices("charset").chain(head.match_indices("encoding")).find_map(|(at, name)| {
        let rest = head.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let label: String = rest
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
            .collect();
        (!label.is_empty()).then_some(label)
    });
    at.filter(|label| encoding_rs::Encoding::for_label(label.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_scripts_and_furniture_go_and_paragraphs_stay() {
        let page = "<html><head><title>Talks\n resume</title><style>p{}</style></head><body><nav><a href='/'>Home</a></nav>\
                    <script>if (a<b) { document.write('<p>no</p>') }</script><p title=\"a>b\">One &amp; <b>two</b>.</p>\
                    <div>Three&#8217;s&nbsp;company<br>four</div><!-- <p>no</p> --></body></html>";
        assert_eq!(strip(page), "One & two.\n\nThree’s\u{a0}company\n\nfour");
    }

    #[test]
    fn what_is_no_tag_stays_text() {
        assert_eq!(strip("a < b, c <3 and <"), "a < b, c <3 and <");
        assert_eq!(strip("&unknown; &#xZZ; &"), "&unknown; &#xZZ; &");
    }

    #[test]
    fn references_are_resolved_by_name_and_by_number() {
        assert_eq!(unescape("&Eacute;t&eacute; &nbsp;&icirc;&yuml; &oelig; &amp;amp;"), "Été \u{a0}îÿ œ &amp;");
        assert_eq!(unescape("&#146;&#x201C;&#233;&#0;&#x110000;"), "’“é&#0;&#x110000;");
    }

    #[test]
    fn it_is_linear_on_pages_made_to_be_slow() {
        let start = std::time::Instant::now();
        for part in ["<div>", "<a ", "<", "<!--", "</", "<script>", "<p a=\"", "&", "</nav>", "<nav>"] {
            strip(&part.repeat(300_000));
            strip(&format!("{}>", part.repeat(300_000)));
        }
        // Reading to the end from each part would take hours.
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
    }

    #[test]
    fn a_declared_encoding_is_found_where_it_is_known() {
        assert_eq!(declared_encoding(b"<meta charset=\"Windows-1251\">").as_deref(), Some("windows-1251"));
        let http = b"<meta http-equiv=content-type content='text/html; charset=koi8-r'>";
        assert_eq!(declared_encoding(http).as_deref(), Some("koi8-r"));
        assert_eq!(declared_encoding(b"<meta charset=klingon>"), None);
    }
}
