//! NITF, NewsML-G2 and NewsML 1: the agencies' own formats.

use crate::archive::field::Field;
use crate::extract::article::{article_of, complete, date_from_field};
use crate::extract::fields::{Values, without_by};
use crate::extract::formats::xml::{Element, parse};
use crate::extract::markup::strip::strip;
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::Origin;

/// Elements that hold one article, the inner ones first.
const ARTICLES: &[&str] = &["newsItem", "NewsItem", "nitf"];

pub(crate) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Outcomes) {
    let root = match parse(bytes) {
        Ok(root) => root,
        Err(reason) => return out.push_problem(Problem::failure(&record.path, reason)),
    };
    let mut items: Vec<&Element> = Vec::new();
    if ARTICLES.contains(&root.name.as_str()) {
        items.push(&root);
    } else {
        for name in ARTICLES {
            items = root.all(name);
            if !items.is_empty() {
                break;
            }
        }
    }
    let before = out.len();
    for (ordinal, item) in (0..).zip(items) {
        let mut values = values_of(item);
        if values.says_nothing() {
            continue;
        }
        let record = RawRecord { ordinal, ..record.clone() };
        let mut article = article_of(&record);
        if let Some(date) = values.fill(&mut article, Origin::Header) {
            date_from_field(&mut article, &date, Origin::Header, settings);
        }
        complete(&mut article, &record, settings);
        out.push_article(article);
    }
    if out.len() == before {
        out.push_problem(Problem::skip(&record.path, "empty: no article with text or title in it"));
    }
}

fn values_of(item: &Element) -> Values {
    let mut values = Values::default();
    let mut offer = |field: Field, rank: usize, value: Option<String>| {
        values.offer(field, rank, value.unwrap_or_default());
    };
    let first = |name: &str| item.first(name).and_then(Element::line);
    for (rank, name) in ["headline", "hl1", "HeadLine", "title"].into_iter().enumerate() {
        offer(Field::Title, rank, first(name));
    }
    offer(Field::Byline, 0, item.first("byline").and_then(|b| b.child("person").and_then(Element::line)));
    for (rank, name) in ["by", "byline", "ByLine"].into_iter().enumerate() {
        offer(Field::Byline, rank + 1, first(name).map(|b| without_by(&b).to_owned()));
    }
    for (rank, name) in ["dateline", "DateLine"].into_iter().enumerate() {
        offer(Field::Dateline, rank, first(name));
    }
    offer(Field::Id, 0, item.first("doc-id").and_then(|d| d.attribute("id-string")).map(str::to_owned));
    offer(Field::Id, 1, item.attribute("guid").map(str::to_owned));
    offer(Field::Id, 2, first("PublicIdentifier"));
    let norm = |name: &str| item.first(name).and_then(|d| d.attribute("norm").map(str::to_owned).or_else(|| d.line()));
    offer(Field::Date, 0, norm("date.issue"));
    for (rank, name) in ["contentCreated", "firstCreated", "versionCreated", "FirstCreated", "ThisRevisionCreated"]
        .into_iter()
        .enumerate()
    {
        offer(Field::Date, rank + 1, first(name));
    }
    offer(Field::Date, 8, norm("date.release"));
    offer(Field::Date, 9, item.first("story.date").and_then(|d| d.attribute("norm")).map(str::to_owned));
    offer(Field::Source, 0, item.first("pubdata").and_then(|p| p.attribute("name")).map(str::to_owned));
    offer(Field::Source, 1, item.first("doc.copyright").and_then(|p| p.attribute("holder")).map(str::to_owned));
    let named =
        |e: &Element| e.child("name").and_then(Element::line).or_else(|| e.attribute("literal").map(str::to_owned));
    offer(Field::Source, 2, item.first("infoSource").and_then(named));
    offer(Field::Source, 3, item.first("provider").and_then(named));
    offer(
        Field::Source,
        4,
        item.first("Provider")
            .and_then(|p| p.first("Party"))
            .and_then(|p| p.attribute("FormalName"))
            .map(str::to_owned),
    );
    offer(Field::Language, 0, item.first("language").and_then(|l| l.attribute("tag")).map(str::to_owned));
    offer(Field::Language, 1, item.attribute("lang").map(str::to_owned));
    let body = ["body.content", "DataContent", "inlineXML", "inlineData"].into_iter().find_map(|name| item.first(name));
    offer(Field::Text, 0, body.map(paragraphs_of));
    values
}

/// The paragraphs of a body: its block elements where there are any, else its text by empty lines, or as HTML.
fn paragraphs_of(body: &Element) -> String {
    let mut paragraphs = Vec::new();
    gather(body, &mut paragraphs);
    if paragraphs.is_empty() {
        let raw = body.raw_text();
        return if raw.contains("</") { strip(&raw) } else { raw.trim().to_owned() };
    }
    paragraphs.join("\n\n")
}

fn gather(e: &Element, out: &mut Vec<String>) {
    for inner in e.elements() {
        match inner.name.as_str() {
            "p" | "hl2" | "h1" | "h2" | "h3" | "h4" | "li" | "td" | "pre" | "bq-source" => out.extend(inner.line()),
            "head" | "docdata" | "media-metadata" | "media-caption" | "hedline" | "byline" | "dateline" => {}
            _ => gather(inner, out),
        }
    }
}
