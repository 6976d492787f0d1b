//! The form of `dateline.toml`: its tables and keys, before anything in them is understood.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::model::days::{Day, DayRange};
use crate::time::published_from_field;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TomlFile {
    #[serde(default)]
    pub files: Vec<TomlRule>,
    #[serde(default)]
    pub map: BTreeMap<Spanned<String>, OneOrMany>,
}

/// A rule for the files that match a path.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TomlRule {
    pub path: Spanned<String>,
    pub skip: Option<bool>,
    pub date: Option<Spanned<TomlDate>>,
    pub source: Option<String>,
    pub language: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub byline: Option<String>,
    pub dateline: Option<String>,
    pub encoding: Option<Spanned<String>>,
    #[serde(default)]
    pub map: BTreeMap<Spanned<String>, OneOrMany>,
}

/// A date: text, a bare year, or TOML's own dates.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum TomlDate {
    Text(String),
    Year(i64),
    Date(toml::value::Datetime),
}

/// The name of a column, or several in order of preference.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The names in order.
    pub fn into_names(self) -> Vec<String> {
        match self {
            OneOrMany::One(name) => vec![name],
            OneOrMany::Many(names) => names,
        }
    }
}

impl TomlDate {
    /// The days that are meant.
    pub fn days(&self) -> Result<DayRange, String> {
        let text = match self {
            TomlDate::Text(text) => text.clone(),
            TomlDate::Year(year) => year.to_string(),
            TomlDate::Date(at) => at.to_string(),
        };
        published_from_field(&text, Day::latest_today()).map_err(|e| e.to_string())
    }
}
