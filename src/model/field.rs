//! The fields of the query language, which are also the flags of filters: their names, and what to type after them.

/// A field that can be asked for by name, in the order in which fields are listed to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `region:`
    Region,
    /// `country:`
    Country,
    /// `place:`
    Place,
    /// `near:`
    Near,
    /// `date:`
    Date,
    /// `event:`
    Event,
    /// `event-named:`
    EventNamed,
    /// `pub:`
    Published,
    /// `lag:`
    Lag,
    /// `source:`
    Source,
    /// `lang:`
    Language,
    /// `title:`, which is no filter: words follow it.
    Title,
    /// `path:`
    Path,
}

/// Every field with its name, another name that is read as it, and an example of how it is typed.
const FIELDS: [(Field, &str, Option<&str>, &str); 13] = [
    (Field::Region, "region", None, "region:\"Middle East\""),
    (Field::Country, "country", None, "country:IN or country:India"),
    (Field::Place, "place", None, "place:Udhampur or place:Punjab/PK"),
    (Field::Near, "near", None, "near:\"Bakhmut\"/25km"),
    (Field::Date, "date", None, "date:2025-05-10 or date:2025-05-07..2025-05-10"),
    (Field::Event, "event", None, "event:2025-05-07..2025-05-10"),
    (Field::EventNamed, "event-named", None, "event-named:2025-05-10"),
    (Field::Published, "pub", Some("published"), "pub:2025-05"),
    (Field::Lag, "lag", None, "lag:>7 or lag:0..2"),
    (Field::Source, "source", None, "source:\"The Daily Star\""),
    (Field::Language, "lang", Some("language"), "lang:en"),
    (Field::Title, "title", None, "title:ceasefire"),
    (Field::Path, "path", None, "path:2025/*.html"),
];

impl Field {
    /// All fields in the order in which they are listed to people.
    pub const ALL: [Field; 13] = {
        let mut all = [Field::Region; 13];
        let mut n = 0;
        while n < all.len() {
            all[n] = FIELDS[n].0;
            n += 1;
        }
        all
    };

    /// The name as it is typed.
    pub const fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// A value with its field as it may be typed, for messages.
    pub const fn example(self) -> &'static str {
        FIELDS[self as usize].3
    }

    /// The field of this name in any case; `published` and `language` are read as `pub` and `lang`.
    pub fn named(name: &str) -> Option<Field> {
        let lower = name.to_ascii_lowercase();
        let found = FIELDS.iter().find(|(_, name, other, _)| *name == lower || *other == Some(lower.as_str()));
        found.map(|(field, ..)| *field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_its_own_row() {
        for (n, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, n);
            assert_eq!(Field::named(field.name()), Some(field));
            assert!(field.example().starts_with(field.name()));
        }
    }
}
