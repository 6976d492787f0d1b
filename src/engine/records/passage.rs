//! TODO(doc)

use crate::index::entry::FacetPath;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

/// A passage as the engine takes it.
pub(crate) struct Passage {
    pub(crate) values: Vec<(Field, Content)>,
    pub(crate) record: Vec<u8>,
}

impl Passage {
    /// What an answer needs of it, which [`crate::engine::records::plugin`] keeps.
    pub(crate) fn record(&self) -> &[u8] {
        &self.record
    }
}

#[derive(Debug)]
pub(crate) enum Content {
    Text(Arc<str>),
    Number(u64),
    Facet(FacetPath),
}

/// A field's content, lent to the engine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lent<'a>(&'a Content);

impl<'a> Value<'a> for Lent<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
            Content::Facet(path) => ReferenceValueLeaf::Facet(&path.0),
        })
    }
}

impl Document for Passage {
    type Value<'a> = Lent<'a>;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Field, Content)>, fn(&'a (Field, Content)) -> (Field, Lent<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, content)| (*field, Lent(content)))
    }
}
