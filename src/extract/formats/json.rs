//! JSON records: a line of JSON Lines, an element of an array, or an answer that holds records.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::archive::columns::ColumnMap;
use crate::archive::field::Field;
use crate::extract::article::{article_of, complete_one_of_many, date_from_field};
use crate::extract::decode::decode;
use crate::extract::fields::{Values, field_of};
use crate::extract::record::{Extracted, Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::{Article, GivenFacts, Origin};

/// The members of an answer that hold its records, as the interfaces of news and document services name them.
const RECORD_LISTS: &[&str] =
    &["data", "articles", "results", "items", "docs", "documents", "records", "hits", "response"];

/// The members of a record that hold its fields: ReliefWeb, Elasticsearch.
const FIELD_HOLDERS: &[&str] = &["fields", "_source", "attributes"];

/// How deep an answer is searched for its list of records.
const MAX_LIST_DEPTH: u32 = 3;

pub(crate) fn read(record: &RawRecord, bytes: &[u8], settings: &ExtractSettings, out: &mut Outcomes) {
    let columns = settings.archive.columns_of(&record.path);
    let mut warning = None;
    let decoded;
    let mut json = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => match decode(bytes.to_vec(), None) {
            Ok(d) => {
                warning = d.warning;
                decoded = d.text;
                decoded.as_str()
            }
            Err(reason) => return out.push_problem(Problem::failure(&record.path, reason).at_line(record.line)),
        },
    };
    let mended;
    let mut top_level = top_level_of(json, &columns);
    if top_level.is_err()
        && let Some(better) = mend(json)
        && let Ok(values) = top_level_of(&better, &columns)
    {
        warning = Some("half a surrogate pair or NaN, which JSON does not allow, was replaced".into());
        mended = better;
        json = &mended;
        top_level = Ok(values);
    }
    match top_level {
        Ok(TopLevel::Values(mut values)) if !values.says_nothing() => {
            let mut article = article_of(record);
            article.warnings.extend(warning);
            finish(&mut values, article, record, settings, out);
        }
        Ok(_) => match serde_json::from_str::<Value>(json) {
            Ok(value) => nested(&value, record, &columns, warning, settings, out),
            Err(e) => out.push_problem(Problem::failure(&record.path, reason_of(&e)).at_line(record.line)),
        },
        Err(e) => {
            let mut line = record.line;
            // A record of one line has only this line; in a document the fault's own line is better.
            if e.line() > 1 {
                line = line.saturating_add(e.line() as u64 - 1);
            }
            out.push_problem(Problem::failure(&record.path, reason_of(&e)).at_line(line));
        }
    }
}

fn reason_of(e: &serde_json::Error) -> String {
    let text = e.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text).to_lowercase();
    if e.is_eof() {
        format!("not whole JSON: {what}")
    } else if e.column() > 0 {
        format!("not JSON: {what}, at column {}", e.column())
    } else {
        format!("not JSON: {what}")
    }
}

/// The fields at the top level of a record.
enum TopLevel {
    Values(Values),
    /// Not an object.
    NotObject,
}

fn top_level_of(json: &str, columns: &ColumnMap) -> Result<TopLevel, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let top_level = deserializer.deserialize_any(TopLevelVisitor(columns))?;
    deserializer.end()?;
    Ok(top_level)
}

/// Keeps the values of fields and passes over everything else without building it.
struct TopLevelVisitor<'a>(&'a ColumnMap);

impl<'de> Visitor<'de> for TopLevelVisitor<'_> {
    type Value = TopLevel;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TopLevel, A::Error> {
        let mut values = Values::default();
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match field_of(&name, self.0) {
                Some((field, rank)) => {
                    offer(&mut values, field, rank, map.next_value::<Value>()?);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(TopLevel::Values(values))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<TopLevel, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(TopLevel::NotObject)
    }

    fn visit_bool<E>(self, _: bool) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }

    fn visit_i64<E>(self, _: i64) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }

    fn visit_u64<E>(self, _: u64) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }

    fn visit_f64<E>(self, _: f64) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }

    fn visit_str<E>(self, _: &str) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }

    fn visit_unit<E>(self) -> Result<TopLevel, E> {
        Ok(TopLevel::NotObject)
    }
}

fn offer(values: &mut Values, field: Field, rank: usize, value: Value) {
    let text = match value {
        Value::String(text) => Some(text),
        Value::Array(parts) if field == Field::Text => {
            let parts: Vec<String> = parts.iter().filter_map(text_of_value).collect();
            Some(parts.join("\n\n"))
        }
        other => text_of_value(&other),
    };
    if let Some(text) = text {
        values.offer(field, rank, text);
    }
}

/// The text that a value of a field amounts to: a list is joined with commas, an object speaks by its name.
pub(crate) fn text_of_value(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(_) => None,
        Value::Number(n) => Some(n.to_string()),
        Value::String(s) => Some(s.clone()),
        Value::Array(values) => {
            let parts: Vec<String> = values.iter().filter_map(text_of_value).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Object(map) => {
            ["name", "original", "code", "value", "title", "text", "#text", "rendered", "$oid", "$date", "created"]
                .iter()
                .find_map(|key| map.get(*key).and_then(text_of_value))
        }
    }
}

/// Reads what has no fields of its own: an answer with a list of records, or a record that keeps its fields further in.
fn nested(
    value: &Value,
    record: &RawRecord,
    columns: &ColumnMap,
    warning: Option<String>,
    settings: &ExtractSettings,
    out: &mut Outcomes,
) {
    let before = out.len();
    if let Some(list) = list_of_records(value, 0) {
        for (ordinal, element) in (record.ordinal..).zip(list) {
            let inner = RawRecord { ordinal, ..record.clone() };
            one_record(element, &inner, columns, settings, out);
        }
    } else {
        one_record(value, record, columns, settings, out);
    }
    if let (Some(warning), Some(Extracted::Article(article))) = (warning, out.tail_mut(before).first_mut()) {
        article.warnings.push(warning);
    }
}

fn list_of_records(value: &Value, depth: u32) -> Option<&[Value]> {
    match value {
        Value::Array(list) if depth > 0 => Some(list),
        Value::Object(map) if depth < MAX_LIST_DEPTH => RECORD_LISTS.iter().find_map(|name| {
            let inner = map.get(*name)?;
            list_of_records(inner, depth + 1).filter(|list| list.iter().all(Value::is_object))
        }),
        _ => None,
    }
}

fn one_record(value: &Value, record: &RawRecord, columns: &ColumnMap, settings: &ExtractSettings, out: &mut Outcomes) {
    let Value::Object(map) = value else {
        return out.push_problem(
            Problem::failure(&record.path, "not a JSON object, which a record must be").at_line(record.line),
        );
    };
    let holder = FIELD_HOLDERS.iter().find_map(|name| map.get(*name).and_then(Value::as_object));
    let mut values = Values::default();
    for (depth, object) in [Some(map), holder].into_iter().flatten().enumerate() {
        for (name, value) in object {
            // A value further in is the better one, save for the id, which stands outside.
            if let Some((field, rank)) = field_of(name, columns) {
                let rank = if depth == 0 && field != Field::Id { rank + 100 } else { rank };
                offer(&mut values, field, rank, value.clone());
            }
        }
    }
    if values.says_nothing() {
        return out
            .push_problem(Problem::skip(&record.path, "a record with neither text nor title").at_line(record.line));
    }
    let mut article = article_of(record);
    let country = holder.and_then(|h| h.get("primary_country").or_else(|| h.get("country"))).and_then(|c| match c {
        Value::Array(list) => list.first().and_then(text_of_value),
        other => text_of_value(other),
    });
    if country.is_some() {
        article.given = Some(GivenFacts { country, ..GivenFacts::default() });
    }
    // ReliefWeb writes the language as an object with a code beside its name.
    if let Some(code) = holder.and_then(|h| h.get("language")).and_then(|l| l.get(0).unwrap_or(l).get("code"))
        && let Some(code) = code.as_str()
    {
        values.take(Field::Language);
        values.offer(Field::Language, 0, code.to_owned());
    }
    finish(&mut values, article, record, settings, out);
}

fn finish(
    values: &mut Values,
    mut article: Article,
    record: &RawRecord,
    settings: &ExtractSettings,
    out: &mut Outcomes,
) {
    if let Some(date) = values.fill(&mut article, Origin::Record) {
        date_from_field(&mut article, &date, Origin::Record, settings);
    }
    complete_one_of_many(&mut article, record, settings);
    out.push_article(article);
}

/// The text with what Python's `json` writes and JSON does not allow made valid: half surrogate pairs become U+FFFD, NaN
/// becomes null. `None` where there is neither.
fn mend(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let unit_at = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut out = String::with_capacity(json.len());
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while let Some(&byte) = bytes.get(at) {
        let (len, new) = match byte {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => match unit_at(at) {
                Some(0xD800..=0xDBFF) if matches!(unit_at(at + 6), Some(0xDC00..=0xDFFF)) => (12, None),
                Some(0xD800..=0xDFFF) => (6, Some("\\ufffd")),
                _ => (2, None),
            },
            b'N' if !in_string && bytes.get(at..at + 3) == Some(b"NaN") => (3, Some("null")),
            _ => (1, None),
        };
        if let Some(new) = new {
            out.push_str(json.get(copied..at)?);
            out.push_str(new);
            copied = at + len;
        }
        at += len;
    }
    (copied > 0).then(|| {
        out.push_str(json.get(copied..).unwrap_or(""));
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::record::{Content, Format};

    fn read_one(json: &str) -> Vec<Extracted> {
        let record = RawRecord {
            path: "a.jsonl".into(),
            ordinal: 3,
            line: 4,
            read_to: 0,
            content: Content::Bytes(Format::JsonRecord, Vec::new()),
        };
        let mut out = Outcomes::default();
        read(&record, json.as_bytes(), &ExtractSettings::default(), &mut out);
        out.into_vec()
    }

    fn article(json: &str) -> Article {
        match read_one(json).remove(0) {
            Extracted::Article(a) => *a,
            Extracted::Problem(p) => panic!("{p:?}"),
        }
    }

    #[test]
    fn a_record_keeps_its_text_to_the_byte_and_its_id() {
        let a = article(
            r#"{"id":17,"text":" Two\r\nlines \u00e9 ","title":"A  title","date":"2025-05-11","unknown":{"a":[1]}}"#,
        );
        assert_eq!(a.text, " Two\r\nlines é ");
        assert_eq!((a.record.as_deref(), a.title.as_str(), a.ordinal, a.first_line), (Some("17"), "A title", 3, 4));
        assert_eq!(a.published.unwrap().range.to_string(), "2025-05-11");
        assert!(!a.lines_are_files);
    }

    #[test]
    fn a_record_with_only_a_title_is_an_article() {
        let a = article(r#"{"title":"Talks resume","text":null,"source":""}"#);
        assert_eq!((a.title.as_str(), a.text.as_str(), a.source), ("Talks resume", "", None));
    }

    #[test]
    fn a_date_that_cannot_be_read_leaves_the_article_undated_with_a_warning() {
        for date in ["\"soonish\"", "\"1889-01-01\"", "\"2999-01-01\"", "0", "\"1970-01-01T00:00:00Z\""] {
            let a = article(&format!(r#"{{"text":"Nothing here.","date":{date}}}"#));
            assert!(a.published.is_none() && !a.warnings.is_empty(), "{date}");
        }
    }

    #[test]
    fn a_bad_record_is_a_failure_with_its_line() {
        for json in ["{\"text\":\"a", "{\"text\":}", "[1]", "17"] {
            match read_one(json).as_slice() {
                [Extracted::Problem(p)] => {
                    assert_eq!((p.line, p.kind), (Some(4), crate::extract::record::ProblemKind::Failure));
                }
                other => panic!("{json}: {other:?}"),
            }
        }
    }

    #[test]
    fn half_a_surrogate_pair_and_nan_are_mended() {
        let a = article(r#"{"text":"one \ud83d two \ud83d\ude00 \\ud83d NaN","score":NaN}"#);
        assert_eq!(a.text, "one \u{fffd} two 😀 \\ud83d NaN");
        assert_eq!(a.warnings.len(), 1);
    }

    #[test]
    fn an_answer_of_reliefweb_gives_its_reports() {
        let found = read_one(
            r#"{"time":3,"totalCount":1,"data":[{"id":"41","score":1,"href":"https://api.example/41","fields":{
            "title":"Flash update","body":"People left.\n\nWater is short.",
            "date":{"created":"2024-02-03T00:00:00+00:00","original":"2024-02-01T00:00:00+00:00"},
            "primary_country":{"name":"Sudan","iso3":"sdn"},"source":[{"name":"Agency A"},{"name":"Agency B"}],
            "language":[{"name":"English","code":"en"}],"url":"https://example.org/41"}}]}"#,
        );
        let [Extracted::Article(a)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(a.record.as_deref(), Some("41"));
        assert_eq!(a.text, "People left.\n\nWater is short.");
        assert_eq!(a.published.unwrap().range.to_string(), "2024-02-01");
        assert_eq!(a.given.as_ref().unwrap().country.as_deref(), Some("Sudan"));
        assert_eq!((a.source.as_deref(), a.language.as_deref()), (Some("Agency A, Agency B"), Some("en")));
    }
}
