//! RSS (0.9x, 1.0, 2.0) and Atom: an article an entry.
//!
//! Read over the same small tree as the other XML formats. The crate feed-rs was looked at: it brings chrono, regex, url, uuid
//! and mediatype for what are a few elements here, and refuses whole feeds for one bad entry.

use crate::archive::field::Field;
use crate::extract::article::{article_of, complete_one_of_many, date_from_field};
use crate::extract::fields::Values;
use crate::extract::formats::xml::{Element, Node, parse};
use crate::extract::markup::strip::strip;
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::Origin;

pub(crate) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Outcomes) {
    let root = match parse(bytes) {
        Ok(root) => root,
        Err(reason) => return out.push_problem(Problem::failure(&record.path, reason)),
    };
    let channel = root.child("channel").unwrap_or(&root);
    let title = channel.child("title").and_then(Element::line);
    let language = channel.child("language").and_then(Element::line);
    let language = language.or_else(|| root.attribute("lang").map(str::to_owned));
    let mut entries = root.all("item");
    entries.extend(root.all("entry"));
    if entries.is_empty() {
        return out.push_problem(Problem::skip(&record.path, "empty: a feed without entries"));
    }
    for (ordinal, entry) in (0..).zip(entries) {
        let record = RawRecord { ordinal, ..record.clone() };
        let mut values = values_of(entry);
        if values.says_nothing() {
            out.push_problem(Problem::skip(&record.path, "an entry with neither text nor title"));
            continue;
        }
        values.offer(Field::Source, 9, title.clone().unwrap_or_default());
        values.offer(Field::Language, 9, language.clone().unwrap_or_default());
        let mut article = article_of(&record);
        if let Some(date) = values.fill(&mut article, Origin::Header) {
            date_from_field(&mut article, &date, Origin::Header, settings);
        }
        complete_one_of_many(&mut article, &record, settings);
        out.push_article(article);
    }
}

fn values_of(entry: &Element) -> Values {
    let mut values = Values::default();
    for e in entry.elements() {
        let line = || e.line().unwrap_or_default();
        match e.name.as_str() {
            "title" => values.offer(Field::Title, 0, text_of_markup(e).replace("\n\n", " ")),
            // The whole text goes before a summary.
            "encoded" => values.offer(Field::Text, 0, text_of_markup(e)),
            "content" if e.attribute("url").is_none() => values.offer(Field::Text, 1, text_of_markup(e)),
            "description" | "summary" => values.offer(Field::Text, 2, text_of_markup(e)),
            "link" => match (e.attribute("href"), e.attribute("rel").unwrap_or("alternate")) {
                (Some(href), "alternate") => values.offer(Field::Url, 0, href.to_owned()),
                (Some(_), _) => {}
                (None, _) => values.offer(Field::Url, 0, line()),
            },
            "pubDate" | "published" | "issued" => values.offer(Field::Date, 0, line()),
            "date" | "created" => values.offer(Field::Date, 1, line()),
            "updated" | "modified" => values.offer(Field::Date, 2, line()),
            "guid" | "id" => values.offer(Field::Id, 0, line()),
            "creator" => values.offer(Field::Byline, 0, line()),
            "author" => values.offer(Field::Byline, 1, e.child("name").and_then(Element::line).unwrap_or_else(line)),
            "source" => values.offer(Field::Source, 0, e.child("title").and_then(Element::line).unwrap_or_else(line)),
            "language" => values.offer(Field::Language, 0, line()),
            _ => {}
        }
    }
    values
}

/// The text of an element that holds HTML as text or as elements.
fn text_of_markup(e: &Element) -> String {
    let mut html = String::new();
    write_markup(e, &mut html);
    strip(&html)
}

fn write_markup(e: &Element, out: &mut String) {
    for child in &e.children {
        match child {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => {
                out.push_str(&format!("<{}>", inner.name));
                write_markup(inner, out);
                out.push_str(&format!("</{}>", inner.name));
            }
        }
    }
}
