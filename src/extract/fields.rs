//! The values that records, columns and front matter give for the fields of an article, each under its best name.

use std::collections::BTreeMap;

use crate::archive::columns::ColumnMap;
use crate::archive::field::Field;
use crate::lang::languages::code_named;
use crate::model::article::{Article, Origin};

/// The values that a record gives, each under its best name.
#[derive(Debug, Default)]
pub(crate) struct Values {
    held: BTreeMap<Field, (usize, String)>,
}

impl Values {
    /// Keeps a value unless it is empty or a better name has given one.
    pub fn offer(&mut self, field: Field, rank: usize, value: String) {
        let is_better = self.held.get(&field).is_none_or(|(have, _)| rank < *have);
        if is_better && !value.trim().is_empty() {
            self.held.insert(field, (rank, value));
        }
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.held.get(&field).map(|(_, value)| value.as_str())
    }

    pub fn take(&mut self, field: Field) -> Option<String> {
        self.held.remove(&field).map(|(_, value)| value)
    }

    /// Whether there is neither text nor title.
    pub fn says_nothing(&self) -> bool {
        self.get(Field::Text).is_none() && self.get(Field::Title).is_none()
    }

    /// Moves the values into `article`, save for the date, which [`date_from_field`](super::article::date_from_field) needs.
    pub fn fill(&mut self, article: &mut Article, origin: Origin) -> Option<String> {
        let line = |v: String| one_line(&v);
        if let Some(text) = self.take(Field::Text) {
            article.text = text;
        }
        if let Some(id) = self.take(Field::Id) {
            article.record = Some(id.trim().to_owned());
        }
        if let Some(title) = self.take(Field::Title) {
            article.title = line(title);
            article.origins.push(("title", origin));
        }
        for (field, name, slot) in [
            (Field::Source, "source", &mut article.source),
            (Field::Url, "url", &mut article.url),
            (Field::Byline, "byline", &mut article.byline),
            (Field::Dateline, "dateline", &mut article.dateline),
        ] {
            if let Some(value) = self.take(field) {
                *slot = Some(line(value));
                article.origins.push((name, origin));
            }
        }
        if let Some(given) = self.take(Field::Language) {
            article.language = language_code(&given);
            match article.language {
                Some(_) => article.origins.push(("language", origin)),
                None => article.warnings.push(format!("the language {:?} is no code that is known", one_line(&given))),
            }
        }
        self.take(Field::Date)
    }
}

/// A byline without its first word where that is "by".
pub(crate) fn without_by(byline: &str) -> &str {
    let byline = byline.trim();
    match byline.split_once(char::is_whitespace) {
        // In small letters all but "by" begin names too, as in "von Braun".
        Some(("by" | "By" | "BY" | "Von" | "Por" | "Par" | "Door", rest)) => rest.trim(),
        _ => byline,
    }
}

/// A value on one line: ends trimmed, runs of white space made one space.
pub(crate) fn one_line(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The ISO 639-1 code in a language tag such as `en-US`, `EN` or `eng`, or in a name of a language. Other languages are known by
/// two letters.
pub(crate) fn language_code(given: &str) -> Option<String> {
    let lower = given.trim().to_lowercase();
    let tag = lower.split(['-', '_', ';', ',', ' ']).next()?;
    if let Some(code) = code_named(tag).or_else(|| code_named(&lower)) {
        return Some(code.to_owned());
    }
    (tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase())).then(|| tag.to_owned())
}

/// The field that a name stands for: by the archive's map, where that names the field at all, else by its own or usual names.
pub(crate) fn field_of(name: &str, columns: &ColumnMap) -> Option<(Field, usize)> {
    if !columns.is_empty() {
        let mapped =
            columns.iter().find_map(|(field, names)| names.iter().position(|n| n == name).map(|rank| (*field, rank)));
        if mapped.is_some() {
            return mapped;
        }
    }
    Field::of_any_name(name).filter(|(field, _)| !columns.contains_key(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fields_own_name_goes_before_its_other_names() {
        let mut values = Values::default();
        for (name, value) in [("Body", "second"), ("text", "first"), ("CONTENT", "third")] {
            let (field, rank) = Field::of_any_name(name).unwrap();
            values.offer(field, rank, value.to_owned());
        }
        assert_eq!(values.get(Field::Text), Some("first"));
        assert_eq!(Field::of_any_name("published_at").map(|f| f.0), Some(Field::Date));
        assert_eq!(Field::of_any_name("countries"), None);
    }

    #[test]
    fn language_tags_and_names_become_codes() {
        for (given, code) in [
            ("en-GB", Some("en")),
            ("Arabic", Some("ar")),
            ("rus", Some("ru")),
            ("uk_UA", Some("uk")),
            ("klingon!", None),
        ] {
            assert_eq!(language_code(given).as_deref(), code, "{given}");
        }
    }
}
