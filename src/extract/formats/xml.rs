//! XML as a small tree, for the formats that are documents of it. Entities of a document's own are never expanded.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::extract::decode::{NotText, declared_encoding, decode};
use crate::extract::fields::one_line;
use crate::extract::markup::references::unescape;

/// How deep elements may lie in each other, and how many there may be: a book of a thousand pages has about 200,000, and
/// the tree of so many takes up to half a gigabyte.
const MAX_DEPTH: usize = 256;
const MAX_ELEMENTS: usize = 1_000_000;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// The name without its prefix.
    pub name: String,
    /// Attributes, names without prefixes.
    pub attributes: Vec<(String, String)>,
    /// Content in order.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements directly within.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|c| match c {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name directly within.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// All elements of this name at any depth, in order; those inside a found one are not looked for.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    fn gather<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for e in self.elements() {
            if e.name == name {
                found.push(e);
            } else {
                e.gather(name, found);
            }
        }
    }

    /// The first element of this name at any depth.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|e| if e.name == name { Some(e) } else { e.first(name) })
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All text within, as it stands.
    pub fn raw_text(&self) -> String {
        let mut out = String::new();
        self.gather_text(&mut out);
        out
    }

    fn gather_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(e) => e.gather_text(out),
            }
        }
    }

    /// All text within on one line; `None` where there is none.
    pub fn line(&self) -> Option<String> {
        Some(one_line(&self.raw_text())).filter(|t| !t.is_empty())
    }
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum XmlFault {
    /// Its bytes are no text.
    NotText(NotText),
    /// The parser gave up on this line, with these words.
    Syntax { words: String, line: usize },
    /// It ends before its elements do.
    Truncated,
    /// It is nested too deep, or has too many elements.
    TooMuch,
    /// It declares entities, by which a small document can grow without bounds.
    OwnEntities,
    /// It holds no element.
    NoElement,
}

impl fmt::Display for XmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XmlFault::NotText(fault) => fault.fmt(f),
            XmlFault::Syntax { words, line } => write!(f, "not whole XML: {words}, on line {line}"),
            XmlFault::Truncated => f.write_str("not whole XML: it ends before its elements do"),
            XmlFault::TooMuch => {
                write!(f, "XML nested more than {MAX_DEPTH} deep, or of more than {MAX_ELEMENTS} elements")
            }
            XmlFault::OwnEntities => f.write_str(
                "XML that declares entities of its own, which are never expanded; left out, as a bomb would do so",
            ),
            XmlFault::NoElement => f.write_str("XML without an element"),
        }
    }
}

/// The root element of a document.
///
/// # Errors
/// [`XmlFault`] where the document is damaged or must not be read.
pub(crate) fn parse(bytes: Vec<u8>) -> Result<Element, XmlFault> {
    let declared = declared_encoding(&bytes);
    let text = decode(bytes, declared.as_deref()).map_err(XmlFault::NotText)?.text;
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut stack: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    let push_text = |stack: &mut Vec<Element>, text: &str| {
        if let Some(Element { children, .. }) = stack.last_mut() {
            match children.last_mut() {
                Some(Node::Text(have)) => have.push_str(text),
                _ => children.push(Node::Text(text.to_owned())),
            }
        }
    };
    loop {
        let event = reader.read_event().map_err(|e| {
            let at = usize::try_from(reader.error_position()).unwrap_or(0);
            let line = 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
            XmlFault::Syntax { words: e.to_string(), line }
        })?;
        count += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)));
        match event {
            Event::Start(start) => {
                if stack.len() > MAX_DEPTH || count > MAX_ELEMENTS {
                    return Err(XmlFault::TooMuch);
                }
                stack.push(element_of(&start));
            }
            Event::Empty(_) if count > MAX_ELEMENTS => return Err(XmlFault::TooMuch),
            Event::Empty(start) => {
                let element = element_of(&start);
                if let Some(parent) = stack.last_mut() {
                    parent.children.push(Node::Element(element));
                }
            }
            Event::End(_) if stack.len() > 1 => {
                if let Some(done) = stack.pop()
                    && let Some(parent) = stack.last_mut()
                {
                    parent.children.push(Node::Element(done));
                }
            }
            Event::Text(t) => push_text(&mut stack, &t.xml10_content()),
            Event::CData(t) => push_text(&mut stack, &t.xml10_content()),
            Event::GeneralRef(reference) => {
                let whole = format!("&{};", reference.xml10_content());
                push_text(&mut stack, &unescape(&whole));
            }
            Event::DocType(doctype) if doctype.xml10_content().contains("<!ENTITY") => {
                return Err(XmlFault::OwnEntities);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if stack.len() > 1 {
        return Err(XmlFault::Truncated);
    }
    stack
        .pop()
        .and_then(|mut root| {
            root.children.drain(..).find_map(|c| match c {
                Node::Element(e) => Some(e),
                Node::Text(_) => None,
            })
        })
        .ok_or(XmlFault::NoElement)
}

fn element_of(start: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten().take(64) {
        attributes.push((attribute.key.local_name().as_ref().to_owned(), unescape(&attribute.value).into_owned()));
    }
    Element { name: start.local_name().as_ref().to_owned(), attributes, children: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let root = parse(
            b"<?xml version='1.0'?><a:r x='1&amp;2'><b>one &lt; <c>two</c><![CDATA[ & three]]></b></a:r>".to_vec(),
        )
        .unwrap();
        assert_eq!((root.name.as_str(), root.attribute("x")), ("r", Some("1&2")));
        assert_eq!(root.child("b").unwrap().raw_text(), "one < two & three");
        assert_eq!(root.first("c").unwrap().line().as_deref(), Some("two"));
    }

    #[test]
    fn an_entity_bomb_is_refused_and_named() {
        let bomb = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><r>&b;</r>";
        assert!(parse(bomb.as_bytes().to_vec()).unwrap_err().to_string().contains("entities of its own"));
    }

    #[test]
    fn broken_and_deep_documents_are_refused() {
        assert!(parse(b"<r><a>".to_vec()).unwrap_err().to_string().contains("not whole XML"));
        assert!(parse("<a>".repeat(200_000).into_bytes()).unwrap_err().to_string().contains("deep"));
        let empty = format!("<r>{}</r>", "<a/>".repeat(MAX_ELEMENTS));
        assert!(parse(empty.into_bytes()).unwrap_err().to_string().contains("more than 1000000 elements"));
        assert!(parse(b"no element".to_vec()).is_err());
    }
}
