//! A passage on its way into a segment: the values of its fields, and the record that is kept of it.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use crate::index::entry::FacetPath;

/// A passage as the engine takes it.
pub(crate) struct Passage {
    /// What is indexed of it, in the order of the schema.
    pub(crate) values: Vec<(Field, Content)>,
    /// What an answer needs of it, which [`crate::engine::records::plugin`] keeps.
    pub(crate) record: Vec<u8>,
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// A text or a word; passages of one article share what they have in common.
    Text(Arc<str>),
    /// A number, or days as [`crate::index::record::pack_days`] makes one of them.
    Number(u64),
    /// A path of codes.
    Facet(FacetPath),
}

/// A field's content, lent to the engine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContentRef<'a>(&'a Content);

impl<'a> Value<'a> for ContentRef<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
            Content::Facet(path) => ReferenceValueLeaf::Facet(path.encoded()),
        })
    }
}

impl Document for Passage {
    type Value<'a> = ContentRef<'a>;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Field, Content)>, fn(&'a (Field, Content)) -> (Field, ContentRef<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, content)| (*field, ContentRef(content)))
    }
}
