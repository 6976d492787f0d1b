//! The text of a page without a parser: one pass over the bytes that leaves the tags out.

use crate::extract::markup::references::unescape;
use crate::extract::markup::tag::{end_of_declaration, end_of_raw, tag_at};

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

/// The text of a page by leaving its tags out, paragraphs divided by an empty line; linear in its length, whatever its nesting.
pub(crate) fn strip(html: &str) -> String {
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
    fn it_is_linear_on_pages_made_to_be_slow() {
        let start = std::time::Instant::now();
        for part in ["<div>", "<a ", "<", "<!--", "</", "<script>", "<p a=\"", "&", "</nav>", "<nav>"] {
            strip(&part.repeat(300_000));
            strip(&format!("{}>", part.repeat(300_000)));
        }
        // Reading to the end from each part would take hours.
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
    }
}
