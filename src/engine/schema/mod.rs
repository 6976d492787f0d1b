//! The engine's schema, built from `schema/index.json`, and the terms and tokens that its fields are filled with.
//!
//! Uses the analysis of [`crate::words`].
//! Used by all of the engine's folders: fields are named here and nowhere else.

pub mod analyser;
pub(crate) mod terms;

use serde::Deserialize;
use tantivy::schema::{FacetOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};

use crate::engine::schema::analyser::TEXT_TOKENIZER;

/// The text of the contract that the schema is built from.
pub const CONTRACT: &str = include_str!("../../../schema/index.json");

#[derive(Deserialize)]
struct Contract {
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds it against the format that the code writes"))]
    format: u32,
    fields: Vec<FieldEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    analyser: Option<String>,
    record: Option<String>,
    #[serde(default)]
    indexed: bool,
    #[serde(default)]
    fast: bool,
    #[allow(dead_code, reason = "documents the field; the engine's columns take several values anyway")]
    #[serde(default)]
    multi: bool,
    #[allow(dead_code, reason = "for the reader of the contract")]
    about: String,
}

/// The index fields by name.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub body: Field,
    pub title: Field,
    pub place: Field,
    pub country: Field,
    pub source: Field,
    pub language: Field,
    pub file: Field,
    pub article: Field,
    pub words: Field,
    pub article_words: Field,
    pub copy_key: Field,
    pub event: Field,
    pub carried: Field,
    pub published: Field,
}

/// Builds the schema of the contract that is compiled into this program.
///
/// # Errors
/// A sentence on what the contract holds that the engine does not know; a test holds that the compiled one has nothing
/// of the kind.
pub fn schema() -> Result<(Schema, Fields), String> {
    schema_from(CONTRACT)
}

fn parse(contract: &str) -> Result<Contract, String> {
    serde_json::from_str(contract).map_err(|e| format!("schema/index.json: {e}"))
}

fn schema_from(contract: &str) -> Result<(Schema, Fields), String> {
    let contract = parse(contract)?;
    let mut builder = Schema::builder();
    for field in &contract.fields {
        match field.kind.as_str() {
            "text" => builder.add_text_field(&field.name, text_options(field)?),
            "facet" => builder.add_facet_field(&field.name, FacetOptions::default()),
            "u64" => {
                let mut options = NumericOptions::default();
                if field.indexed {
                    options = options.set_indexed();
                }
                if field.fast {
                    options = options.set_fast();
                }
                builder.add_u64_field(&field.name, options)
            }
            // Of no type that the engine knows: kept by a part of the segments of our own.
            "record" => builder.add_custom_field(&field.name, &field.kind, serde_json::Value::Null),
            other => return Err(format!("schema/index.json: field `{}` has the unknown type `{other}`", field.name)),
        };
    }
    let schema = builder.build();
    let field = |name: &str| schema.get_field(name).map_err(|_| format!("schema/index.json lacks the field `{name}`"));
    let fields = Fields {
        body: field("body")?,
        title: field("title")?,
        place: field("place")?,
        country: field("country")?,
        source: field("source")?,
        language: field("language")?,
        file: field("file")?,
        article: field("article")?,
        words: field("words")?,
        article_words: field("article_words")?,
        copy_key: field("copy_key")?,
        event: field("event")?,
        carried: field("carried")?,
        published: field("published")?,
    };
    if contract.fields.len() != 15 {
        return Err("schema/index.json holds a field that the program does not fill".to_owned());
    }
    Ok((schema, fields))
}

fn unknown(field: &FieldEntry, what: &str, given: Option<&str>) -> String {
    match given {
        Some(given) => format!("schema/index.json: field `{}` has the unknown {what} `{given}`", field.name),
        None => format!("schema/index.json: field `{}` has no {what}", field.name),
    }
}

fn text_options(field: &FieldEntry) -> Result<TextOptions, String> {
    let analyser = match field.analyser.as_deref() {
        Some("dateline") => TEXT_TOKENIZER,
        Some("raw") => "raw",
        other => return Err(unknown(field, "analyser", other)),
    };
    let record = match field.record.as_deref() {
        Some("basic") => IndexRecordOption::Basic,
        Some("freq") => IndexRecordOption::WithFreqs,
        Some("position") => IndexRecordOption::WithFreqsAndPositions,
        other => return Err(unknown(field, "record", other)),
    };
    // Lengths are kept exactly in columns of their own; fieldnorms would be a second, rounded copy of them.
    let indexing = TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(record).set_fieldnorms(false);
    let mut options = TextOptions::default().set_indexing_options(indexing);
    if field.fast {
        options = options.set_fast("raw");
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_and_the_code_name_the_same_fields() {
        let (schema, _) = schema().unwrap();
        let in_code: Vec<String> = schema.fields().map(|(_, entry)| entry.name().to_owned()).collect();
        let in_contract: Vec<String> = parse(CONTRACT).unwrap().fields.into_iter().map(|f| f.name).collect();
        assert_eq!(in_code, in_contract);
        assert_eq!(parse(CONTRACT).unwrap().format, crate::index::store::format::FORMAT);
    }

    #[test]
    fn a_contract_with_an_unknown_type_or_a_missing_field_is_refused() {
        let odd = CONTRACT.replacen("\"facet\"", "\"fascet\"", 1);
        assert!(schema_from(&odd).unwrap_err().contains("fascet"));
        let lacking = CONTRACT.replacen("\"name\": \"words\"", "\"name\": \"count\"", 1);
        assert!(schema_from(&lacking).unwrap_err().contains("words"));
    }
}
