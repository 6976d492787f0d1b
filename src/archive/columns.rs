//! Columns: what the fields of an article are called in tables and records, as their owner says.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::archive::field::Field;

/// Which column or field of the input holds which field of an article: names by field, in order of preference.
pub type ColumnMap = BTreeMap<Field, Vec<String>>;

/// One entry of a [`ColumnMap`], written `FIELD=COLUMN` as after `--map`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    field: Field,
    name: String,
}

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, name) = text.split_once('=').ok_or("write FIELD=COLUMN, as in text=story")?;
        let field = field_named(field.trim())?;
        match name.trim() {
            "" => Err("write the column's name after the =, as in text=story".to_owned()),
            name => Ok(Column { field, name: name.to_owned() }),
        }
    }
}

/// The map of these columns; of several for one field the first that a record has is taken.
pub fn map_of(columns: &[Column]) -> ColumnMap {
    let mut map = ColumnMap::new();
    for Column { field, name } in columns {
        map.entry(*field).or_default().push(name.clone());
    }
    map
}

/// The field with this name; the reason where there is none.
pub(super) fn field_named(name: &str) -> Result<Field, String> {
    Field::of_own_name(name)
        .ok_or_else(|| format!("`{name}` is no field of an article; there are {}", Field::own_names().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_written_as_field_and_name() {
        let columns: Vec<Column> =
            ["text=story", "date = released on", "text=lead=in"].iter().map(|c| c.parse().unwrap()).collect();
        let map = map_of(&columns);
        assert_eq!(map[&Field::Text], ["story", "lead=in"]);
        assert_eq!(map[&Field::Date], ["released on"]);
        for (text, part) in [("story", "FIELD=COLUMN"), ("body=story", "no field"), ("text=", "column's name")] {
            let reason = text.parse::<Column>().unwrap_err();
            assert!(reason.contains(part), "{text}: {reason}");
        }
    }
}
