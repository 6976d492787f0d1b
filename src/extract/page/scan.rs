//! One pass over a page for what it says about itself: meta elements, links, JSON-LD, and elements that look like dates,
//! headlines and bylines. No tree is built, so that no page can make it slow.
//!
//! The tags are found by hand (`markup`), after a comparison with the tokenizers of html5gum 0.9 and html5ever 0.39 on 60
//! news pages (13.7 MB, 88,000 tags; release build, best of four rounds on a shared machine). By hand it took 20 ms
//! (693 MB/s, 4.4 million tags a second), with html5gum 88 ms (155 MB/s), with html5ever 76 ms (179 MB/s). All three gave
//! the same tags and attributes but for 12 tags in 87,639. Either crate could feed this pass, but it would be four times
//! slower there, and of the code here only `markup`'s `tag` and `attributes`, some 140 lines, would go.

use crate::extract::fields::one_line;
use crate::extract::markup::attributes::attributes_of;
use crate::extract::markup::references::unescape;
use crate::extract::markup::tag::{end_of_declaration, end_of_raw, tag_at};
use crate::extract::page::ends::head_of;
use crate::extract::page::pieces::DatePieces;
use crate::extract::page::signs::{DateSign, date_sign_of, names_aside, names_author, names_of};

/// What a page says about itself, in the order of the page.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// `<meta>`: name, property, itemprop or http-equiv in lower case, and content.
    pub metas: Vec<(String, String)>,
    /// `<link rel="canonical">`.
    pub canonical: Option<String>,
    /// `lang` of `<html>`.
    pub language: Option<String>,
    /// `<title>`.
    pub title: String,
    /// The first `<h1>` with text.
    pub heading: String,
    /// Bodies of `<script type="application/ld+json">`.
    pub json_ld: Vec<String>,
    /// Byte ranges of other scripts that hold data.
    pub scripts: Vec<std::ops::Range<usize>>,
    /// Elements that may hold a date.
    pub date_elements: Vec<DateElement>,
    /// Pieces of text outside these that may hold one.
    pub pieces: DatePieces,
    /// Texts of elements that name the author.
    pub authors: Vec<String>,
    /// The visible text from the first heading on, furniture left out; bounded by [`HEAD_TEXT_BYTES`].
    pub head_text: String,
    /// Whether its text lies in frames or in their place.
    pub has_frames: bool,
    /// How the page would burden a parser.
    pub burden: Burden,
}

/// What makes extraction slow.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Burden {
    /// Elements.
    pub elements: usize,
    /// The deepest nesting, as far as closing tags tell.
    pub depth: usize,
    /// The most attributes of one element.
    pub attributes: usize,
}

/// An element that may hold a date.
#[derive(Debug)]
pub(crate) struct DateElement {
    /// What speaks for it.
    pub sign: DateSign,
    /// A `datetime`, `content`, `title` or data attribute that holds the date, where there is one.
    pub attribute: Option<String>,
    /// The element's text, its first [`CAPTURE_BYTES`].
    pub text: String,
    /// Whether its class or id speaks of a change and not of publication.
    pub is_update: bool,
    /// Whether it lies in a sidebar, in comments, among related articles or in the footer.
    pub is_aside: bool,
    /// Whether the headline came before it.
    pub after_heading: bool,
}

const CAPTURE_BYTES: usize = 400;
const HEAD_TEXT_BYTES: usize = 4000;
/// Elements that may hold a date; a page with more is a list, and its first ones count.
const MAX_DATED: usize = 400;
const MAX_STACK: usize = 2000;

/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that an opening tag of their own kind closes.
const CLOSED_BY_OWN_KIND: &[&str] = &["p", "li", "td", "th", "tr", "dt", "dd", "option"];

/// Elements of facts in a table or list, whose dates are those of what the page tells of.
const CELLS: [&str; 3] = ["td", "th", "dd"];

/// An element whose end has not come yet.
struct OpenElement {
    /// Of its name.
    hash: u64,
    is_aside: bool,
    capture: Option<Capture>,
}

/// What the text of an open element is kept for; the number is its place in the list.
#[derive(Clone, Copy)]
enum Capture {
    Date(usize),
    Author(usize),
    Title,
    Heading,
}

/// Looks through a page.
pub(crate) fn scan(html: &str) -> Scan {
    let mut scan = Scan::default();
    let mut stack: Vec<OpenElement> = Vec::new();
    let mut captures = 0usize;
    let mut asides = 0usize;
    let mut heading_begun = false;
    let cells = CELLS.map(|name| xxhash_rust::xxh3::xxh3_64(name.as_bytes()));
    let last_end = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    let mut at = 0;
    while at < html.len() {
        let rest = html.get(at..).unwrap_or("");
        let next = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let text = rest.get(..next).unwrap_or("");
        scan.pieces.take(text, asides > 0, stack.last().is_some_and(|o| cells.contains(&o.hash)));
        if !text.is_empty()
            && (captures > 0 || (heading_begun && asides == 0 && scan.head_text.len() < HEAD_TEXT_BYTES))
        {
            take_text(&mut scan, &stack, text, heading_begun && asides == 0, captures > 0);
        }
        at += next;
        if at >= html.len() {
            break;
        }
        if let Some(end) = end_of_declaration(html, at) {
            at = end;
            continue;
        }
        let Some(tag) = (if at > last_end { None } else { tag_at(html, at) }) else {
            at += 1;
            continue;
        };
        at = tag.end;
        let name = tag.name.to_ascii_lowercase();
        let name = name.as_str();
        let hash = xxhash_rust::xxh3::xxh3_64(name.as_bytes());
        if tag.closes {
            // Only near misses are looked for: a stray closing tag closes nothing.
            let reach = stack.len().saturating_sub(64);
            if let Some(found) = stack.get(reach..).and_then(|top| top.iter().rposition(|o| o.hash == hash)) {
                for open in stack.drain(reach + found..) {
                    asides -= usize::from(open.is_aside);
                    captures -= usize::from(open.capture.is_some());
                }
            }
            continue;
        }
        scan.burden.elements += 1;
        let (attributes, count) = attributes_of(tag.attributes);
        scan.burden.attributes = scan.burden.attributes.max(count);
        let get = |key: &str| attributes.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, v)| v.as_str());
        match name {
            "meta" => meta(&mut scan, &get),
            "link" if get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) && scan.canonical.is_none() => {
                scan.canonical = get("href").map(str::to_owned);
            }
            "frameset" => scan.has_frames = true,
            "html" => scan.language = get("lang").or_else(|| get("xml:lang")).map(str::to_owned),
            "script" | "style" | "noscript" | "template" | "textarea" if !tag.attributes.ends_with('/') => {
                let end = end_of_raw(html, at, name);
                if name == "script" {
                    let body = html.get(at..end).unwrap_or("");
                    if get("type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json")) {
                        scan.json_ld.push(body.to_owned());
                    } else if body.len() > 40 {
                        scan.scripts.push(at..end);
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        if VOID.contains(&name) || tag.attributes.ends_with('/') {
            if name == "br" {
                take_text(&mut scan, &stack, " ", heading_begun && asides == 0, captures > 0);
            }
            continue;
        }
        if CLOSED_BY_OWN_KIND.contains(&name)
            && stack.last().is_some_and(|o| o.hash == hash)
            && let Some(open) = stack.pop()
        {
            asides -= usize::from(open.is_aside);
            captures -= usize::from(open.capture.is_some());
        }
        let class = names_of(get("class"), get("id"));
        let is_own_footer = ["article-", "entry-", "post-", "story-"].iter().any(|n| class.contains(n));
        let is_aside = matches!(name, "nav" | "aside" | "figcaption")
            || (name == "footer" && !is_own_footer)
            || names_aside(&class);
        // The body's and the article's own classes say too much about the rest of the page.
        let is_aside = is_aside && !matches!(name, "body" | "html" | "main" | "article" | "h1");
        let heading_now = name == "h1" && scan.heading.is_empty();
        let capture = if name == "title" && scan.title.is_empty() && stack.len() < 8 {
            Some(Capture::Title)
        } else if heading_now {
            heading_begun = true;
            scan.pieces.heading();
            // What holds the headline is no aside, whatever its class says ("content-sidebar-wrap").
            stack.iter_mut().for_each(|open| open.is_aside = false);
            asides = 0;
            Some(Capture::Heading)
        } else if let Some(sign) = date_sign_of(name, &class, &get)
            && scan.date_elements.len() < MAX_DATED
        {
            let attribute = [
                "datetime",
                "content",
                "data-datetime",
                "data-date",
                "data-timestamp",
                "data-time",
                "data-utime",
                "title",
            ]
            .iter()
            .find_map(|key| get(key).filter(|v| v.bytes().any(|b| b.is_ascii_digit())));
            scan.date_elements.push(DateElement {
                sign,
                attribute: attribute.map(str::to_owned),
                text: String::new(),
                is_update: ["updat", "modif", "aktualis", "edited", "actualiz"].iter().any(|n| class.contains(n))
                    || get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("dateModified")),
                is_aside: asides > 0 || is_aside,
                after_heading: heading_begun,
            });
            Some(Capture::Date(scan.date_elements.len() - 1))
        } else if asides == 0 && scan.authors.len() < 8 && names_author(name, &class, &get) {
            scan.authors.push(String::new());
            Some(Capture::Author(scan.authors.len() - 1))
        } else {
            None
        };
        take_text(&mut scan, &stack, " ", heading_begun && asides == 0, captures > 0);
        asides += usize::from(is_aside);
        captures += usize::from(capture.is_some());
        if stack.len() < MAX_STACK {
            stack.push(OpenElement { hash, is_aside, capture });
        } else {
            asides -= usize::from(is_aside);
            captures -= usize::from(capture.is_some());
        }
        scan.burden.depth = scan.burden.depth.max(stack.len());
    }
    scan.title = one_line(&scan.title);
    scan.heading = one_line(&scan.heading);
    scan
}

/// Gives a piece of text to the elements that are being captured and to the page's head.
fn take_text(scan: &mut Scan, stack: &[OpenElement], raw: &str, for_head: bool, captured: bool) {
    let text = unescape(raw);
    if captured {
        for open in stack.iter().rev().take(64) {
            let slot = match open.capture {
                Some(Capture::Date(n)) => scan.date_elements.get_mut(n).map(|d| &mut d.text),
                Some(Capture::Author(n)) => scan.authors.get_mut(n),
                Some(Capture::Title) => Some(&mut scan.title),
                Some(Capture::Heading) => Some(&mut scan.heading),
                None => None,
            };
            if let Some(slot) = slot.filter(|s| s.len() < CAPTURE_BYTES) {
                slot.push_str(head_of(&text, CAPTURE_BYTES));
            }
        }
    }
    if for_head && scan.head_text.len() < HEAD_TEXT_BYTES {
        scan.head_text.push_str(head_of(&text, HEAD_TEXT_BYTES));
    }
}

fn meta<'a>(scan: &mut Scan, get: &impl Fn(&str) -> Option<&'a str>) {
    if let Some(charset) = get("charset") {
        scan.metas.push(("charset".into(), charset.to_owned()));
        return;
    }
    let Some(content) = get("content").or_else(|| get("datetime")).or_else(|| get("value")) else { return };
    for key in ["property", "name", "itemprop", "http-equiv", "pubdate"] {
        if let Some(name) = get(key) {
            let name = if key == "pubdate" { "pubdate".to_owned() } else { name.trim().to_lowercase() };
            scan.metas.push((name, content.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is() {
        let page = r#"<html lang=en-GB><head><title>Bridge &amp; road</title><meta property="og:title" content='Bridge "open"'>
            <link rel=canonical href=https://example.org/a><script type="application/ld+json">{"a":1}</script></head><body>
            <aside class="related"><time datetime="2011-01-01">old</time></aside><h1>Bridge <em>open</em></h1>
            <p class="byline">By <a rel=author href="/x">A. Writer</a></p><span id=postDate>4 March 2024</span>
            <p>First line.</p></body></html>"#;
        let s = scan(page);
        assert_eq!(
            (s.title.as_str(), s.heading.as_str(), s.language.as_deref()),
            ("Bridge & road", "Bridge open", Some("en-GB"))
        );
        assert_eq!(s.metas, [("og:title".to_owned(), "Bridge \"open\"".to_owned())]);
        assert_eq!((s.canonical.as_deref(), s.json_ld.len()), (Some("https://example.org/a"), 1));
        assert!(
            s.date_elements
                .iter()
                .any(|d| d.sign == DateSign::Time && d.is_aside && d.attribute.as_deref() == Some("2011-01-01"))
        );
        assert!(
            s.date_elements
                .iter()
                .any(|d| d.sign == DateSign::Class && d.text == "4 March 2024" && d.after_heading && !d.is_aside)
        );
        assert!(s.authors.contains(&"A. Writer".to_owned()));
        assert!(s.head_text.contains("First line."));
    }

    #[test]
    fn what_holds_the_headline_is_no_aside() {
        let page = "<div class='content-sidebar comments-open'><div class='my-sidebar'><h1>Bridge</h1><p class=date>4 March 2024</p></div></div>";
        assert!(scan(page).date_elements.iter().any(|d| !d.is_aside && d.text == "4 March 2024"));
    }

    #[test]
    fn the_burden_of_a_page_is_counted() {
        let deep = scan(&"<div>".repeat(5000));
        assert!(deep.burden.depth >= 1000 && deep.burden.elements == 5000);
        let wide: String = (0..5000).map(|n| format!("a{n}=1 ")).collect();
        assert_eq!(scan(&format!("<p {wide}>")).burden.attributes, 5000);
        assert_eq!(scan(&"<p>a".repeat(5000)).burden.depth, 1);
    }

    #[test]
    fn it_is_linear_on_pages_made_to_be_slow() {
        let start = std::time::Instant::now();
        for part in
            ["<div>", "<div class=date>", "<a ", "<", "<!--", "<script>", "<p a=\"", "&", "</nav>", "<nav>", "<h1>x"]
        {
            scan(&part.repeat(100_000));
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
