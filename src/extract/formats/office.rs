//! DOCX and ODT: XML in a zip.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::extract::article::{article_of, complete};
use crate::extract::formats::xml::{Element, Node, parse};
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::extract::zip::{DOCX_PART, ODT_PART, reason_of_zip};
use crate::model::article::Origin;

/// The longest part of a document that is unpacked. Bytes; a book of a thousand pages takes about 10 MB.
const MAX_PART_BYTES: u64 = 64 << 20;

pub(crate) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Outcomes) {
    let failed = |reason: String| Problem::failure(&record.path, reason);
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(e) => return out.push_problem(failed(reason_of_zip(&e))),
    };
    let is_docx = archive.index_for_name(DOCX_PART).is_some();
    let main = if is_docx { DOCX_PART } else { ODT_PART };
    let root = match part(&mut archive, main) {
        Ok(root) => root,
        Err(reason) => return out.push_problem(failed(format!("{main}: {reason}"))),
    };
    let mut paragraphs = Vec::new();
    if is_docx {
        gather_docx(&root, &mut paragraphs);
    } else {
        gather_odt(root.first("text").unwrap_or(&root), &mut paragraphs);
    }
    let mut article = article_of(record);
    article.text = paragraphs.join("\n\n");
    let core = part(&mut archive, if is_docx { "docProps/core.xml" } else { "meta.xml" }).ok();
    if let Some(core) = core {
        if let Some(title) = core.first("title").and_then(Element::line) {
            article.title = title;
            article.origins.push(("title", Origin::Header));
        }
        if let Some(author) = core.first("creator").and_then(Element::line) {
            article.byline = Some(author);
            article.origins.push(("byline", Origin::Header));
        }
    }
    if article.text.trim().is_empty() && article.title.is_empty() {
        return out.push_problem(Problem::skip(&record.path, "empty: no text in this document"));
    }
    complete(&mut article, record, settings);
    out.push_article(article);
}

/// One part of the document, parsed; the error is for the user.
fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Element, String> {
    let file = archive.by_name(name).map_err(|e| reason_of_zip(&e))?;
    let mut bytes = Vec::new();
    file.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(|e| format!("damaged: {e}"))?;
    if bytes.len() as u64 > MAX_PART_BYTES {
        return Err(format!("unpacks to more than {} MB, which is past the limit", MAX_PART_BYTES >> 20));
    }
    parse(bytes).map_err(|fault| fault.to_string())
}

fn gather_docx(e: &Element, out: &mut Vec<String>) {
    for inner in e.elements() {
        match inner.name.as_str() {
            "p" => {
                let mut text = String::new();
                docx_text(inner, &mut text);
                push(text, out);
                // Text boxes hold paragraphs of their own within a paragraph.
                for text_box in inner.all("txbxContent") {
                    gather_docx(text_box, out);
                }
            }
            // The same content once more, for old readers.
            "Fallback" => {}
            _ => gather_docx(inner, out),
        }
    }
}

fn docx_text(e: &Element, out: &mut String) {
    for inner in e.elements() {
        match inner.name.as_str() {
            "t" => out.push_str(&inner.raw_text()),
            "tab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "noBreakHyphen" => out.push('\u{2011}'),
            // Taken back, instructions of fields, and what has paragraphs of its own.
            "del" | "moveFrom" | "instrText" | "txbxContent" | "Fallback" => {}
            _ => docx_text(inner, out),
        }
    }
}

fn gather_odt(e: &Element, out: &mut Vec<String>) {
    for inner in e.elements() {
        match inner.name.as_str() {
            "p" | "h" => {
                let mut text = String::new();
                odt_text(inner, &mut text);
                push(text, out);
            }
            "tracked-changes" | "annotation" | "sequence-decls" | "table-of-content" => {}
            _ => gather_odt(inner, out),
        }
    }
}

fn odt_text(e: &Element, out: &mut String) {
    for child in &e.children {
        match child {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => match inner.name.as_str() {
                "s" => {
                    // Few enough that a document of nothing else stays near its own size.
                    let count = inner.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                    out.push_str(&" ".repeat(count.min(16)));
                }
                "tab" => out.push('\t'),
                "line-break" => out.push('\n'),
                "annotation" | "note" | "tracked-changes" => {}
                _ => odt_text(inner, out),
            },
        }
    }
}

fn push(text: String, out: &mut Vec<String>) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(text.to_owned());
    }
}
