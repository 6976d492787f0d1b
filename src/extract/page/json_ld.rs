//! The article that a page describes in JSON-LD.

use serde_json::Value;

use crate::extract::fields::one_line;
use crate::extract::markup::references::unescape;

/// What JSON-LD says of the page's article.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// The article's text, which some pages give only here.
    pub body: Option<String>,
}

/// How deep and how far objects are looked through.
const MAX_DEPTH: u32 = 6;
const MAX_OBJECTS: usize = 500;

/// Reads all scripts of a page; an article goes before a page, and what comes first before what comes later.
pub(crate) fn read(scripts: &[String]) -> JsonLd {
    let mut objects: Vec<(u8, Value)> = Vec::new();
    let mut loose = Vec::new();
    for script in scripts.iter().take(40) {
        let body =
            script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let body =
            body.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
        match serde_json::from_str::<Value>(body) {
            Ok(value) => gather(value, 0, &mut objects),
            Err(_) => match serde_json::from_str::<Value>(&without_raw_controls(body)) {
                Ok(value) => gather(value, 0, &mut objects),
                Err(_) => loose.push(body),
            },
        }
    }
    // A stable sort: the first of the best kind leads.
    objects.sort_by_key(|(kind, _)| *kind);
    let mut found = JsonLd::default();
    for (kind, object) in &objects {
        let get = |key: &str| object.get(key).and_then(text_of);
        let fill = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value.filter(|v| !v.is_empty());
            }
        };
        fill(&mut found.published, get("datePublished"));
        if *kind == OTHER {
            continue;
        }
        fill(&mut found.created, get("dateCreated").or_else(|| get("uploadDate")));
        fill(&mut found.modified, get("dateModified"));
        fill(
            &mut found.headline,
            if *kind == ARTICLE { get("headline").or_else(|| get("name")) } else { get("headline") },
        );
        fill(&mut found.author, object.get("author").or_else(|| object.get("creator")).and_then(names_of));
        fill(&mut found.publisher, object.get("publisher").and_then(names_of));
        fill(&mut found.url, get("url").or_else(|| object.get("mainEntityOfPage").and_then(text_of)));
        fill(&mut found.language, get("inLanguage"));
        if *kind == ARTICLE && found.body.is_none() {
            found.body = object.get("articleBody").and_then(Value::as_str).map(|b| unescape(b).into_owned());
        }
    }
    for body in loose {
        let value = |key: &str| value_after(body, key);
        found.published = found.published.or_else(|| value("datePublished"));
        found.modified = found.modified.or_else(|| value("dateModified"));
        found.headline = found.headline.or_else(|| value("headline"));
    }
    found
}

const ARTICLE: u8 = 0;
const PAGE: u8 = 1;
const OTHER: u8 = 2;

fn gather(value: Value, depth: u32, out: &mut Vec<(u8, Value)>) {
    if depth > MAX_DEPTH || out.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|v| gather(v, depth + 1, out)),
        Value::Object(mut map) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = map.get(key).cloned() {
                    gather(inner, depth + 1, out);
                    if key == "@graph" {
                        map.remove(key);
                    }
                }
            }
            let kind = map.get("@type").map_or(OTHER, kind_of);
            out.push((kind, Value::Object(map)));
        }
        _ => {}
    }
}

fn kind_of(kind: &Value) -> u8 {
    match kind {
        Value::String(name) if name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report" => {
            ARTICLE
        }
        Value::String(name) if name.ends_with("WebPage") || name == "ItemPage" || name == "CreativeWork" => PAGE,
        Value::Array(kinds) => kinds.iter().map(kind_of).min().unwrap_or(OTHER),
        _ => OTHER,
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(&unescape(text))),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(list) => list.first().and_then(text_of),
        Value::Object(map) => {
            ["@value", "@id", "url", "name", "alternateName"].iter().find_map(|key| map.get(*key).and_then(text_of))
        }
        _ => None,
    }
}

/// The names of one or several people or organisations.
fn names_of(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(names_of).collect(),
        Value::Object(map) => map.get("name").and_then(text_of).into_iter().collect(),
        Value::String(_) => text_of(value).filter(|t| !t.starts_with("http")).into_iter().collect(),
        _ => Vec::new(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}

/// JSON with raw line breaks in its strings, which JSON forbids and pages hold.
fn without_raw_controls(json: &str) -> String {
    json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The string after `"key":` in text that is nearly JSON.
pub(crate) fn value_after(text: &str, key: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(key)) {
        let after = text.get(from + at + key.len()..)?;
        from += at + key.len();
        let Some(rest) = after.trim_start_matches(['"', '\'', '\\']).trim_start().strip_prefix(':') else { continue };
        let rest = rest.trim_start().trim_start_matches('\\');
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let rest = rest.get(1..)?;
        let end = rest.find([quote, '\n', '\\']).unwrap_or(rest.len());
        let value = rest.get(..end)?;
        if !value.is_empty() && value.len() < 400 {
            return Some(unescape(value).into_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_goes_before_the_page_and_other_things() {
        let script = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"WebPage","datePublished":"2023-01-01","url":"https://example.org/"},
            {"@type":"VideoObject","uploadDate":"2020-01-01","name":"clip"},
            {"@type":["NewsArticle"],"headline":"Bridge &amp; road","datePublished":"2024-03-04T10:00:00Z",
             "author":[{"name":"A. One"},{"name":"B. Two"}],"publisher":{"@type":"Organization","name":"Example Desk"}}]}"#;
        let found = read(&[script.to_owned()]);
        assert_eq!(found.published.as_deref(), Some("2024-03-04T10:00:00Z"));
        assert_eq!(found.headline.as_deref(), Some("Bridge & road"));
        assert_eq!(found.author.as_deref(), Some("A. One, B. Two"));
        assert_eq!(found.publisher.as_deref(), Some("Example Desk"));
    }

    #[test]
    fn broken_json_still_gives_its_dates() {
        let found = read(&["{\"@type\":\"NewsArticle\",\"datePublished\": \"2024-03-04\", oops".to_owned()]);
        assert_eq!(found.published.as_deref(), Some("2024-03-04"));
        let found = read(&[
            "{\"@type\":\"NewsArticle\",\"headline\":\"two\nlines\",\"datePublished\":\"2024-03-04\"}".to_owned()
        ]);
        assert_eq!(found.headline.as_deref(), Some("two lines"));
    }
}
