//! Names that are spelt nearly like one that is not known: what somebody may have meant who mistyped it.

use fst::Automaton;

use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::layer::Layer;
use crate::words::letters::name_fold::fold;

/// A name of fewer letters may differ in one of them, longer ones in two.
const LONG: usize = 5;
/// Of a name of fewer letters nearly every short name is one letter away.
const SHORTEST: usize = 3;
/// A longer name is nobody's slip of the finger, and each letter of it costs.
const LONGEST: usize = 60;

/// A name of the gazetteer that is spelt nearly like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearName {
    /// The name, folded.
    pub name: String,
    /// How many letters differ, two that changed places counting once; 1 or 2.
    pub edits: usize,
    /// Whether nothing differs but that a letter is written once or twice.
    pub doubled: bool,
}

impl Gazetteer {
    /// The names that differ from this one in a letter or two, in no order. None for a name of fewer than three letters.
    pub fn names_near(&self, name: &str) -> Vec<NearName> {
        let folded = fold(name);
        let typed: Vec<char> = folded.chars().collect();
        if !(SHORTEST..=LONGEST).contains(&typed.len()) {
            return Vec::new();
        }
        let most = if typed.len() < LONG { 1 } else { 2 };
        let single = squeezed(&folded);
        let near = |layer: &Layer| {
            let taken = layer.names_taken(Near { typed: &typed, most });
            let name = |(name, state): (String, Option<Row>)| {
                let edits = usize::from(state?.edits.last().copied()?);
                let doubled = squeezed(&name) == single;
                (edits > 0).then_some(NearName { name, edits, doubled })
            };
            taken.into_iter().filter_map(name).collect::<Vec<_>>()
        };
        let mut names = near(&self.base);
        for name in self.user.iter().flat_map(near) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// A name without the second of two equal letters.
fn squeezed(name: &str) -> String {
    let mut single = String::with_capacity(name.len());
    for c in name.chars() {
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}

/// Takes the names within some edits of one.
struct Near<'n> {
    typed: &'n [char],
    most: u8,
}

/// What is known after some letters of a name: the rows of the table of edits.
#[derive(Debug, Clone)]
struct Row {
    /// Edits to each beginning of what was typed.
    edits: Vec<u8>,
    /// The row before this, and the letter that this one is for; for letters that changed places.
    before: Option<(Vec<u8>, char)>,
    /// The first bytes of a letter that is not whole.
    begun: Vec<u8>,
}

impl Near<'_> {
    /// The row after one more letter.
    fn after(&self, row: &Row, letter: char) -> Row {
        let mut edits = Vec::with_capacity(row.edits.len());
        edits.push(row.edits.first().map_or(1, |n| n.saturating_add(1)));
        for (n, typed) in self.typed.iter().enumerate() {
            let at = |row: &[u8], n: usize| row.get(n).copied().unwrap_or(u8::MAX);
            let replaced = at(&row.edits, n).saturating_add(u8::from(*typed != letter));
            let inserted = at(&row.edits, n + 1).saturating_add(1);
            let left_out = at(&edits, n).saturating_add(1);
            let mut fewest = replaced.min(inserted).min(left_out);
            if let Some((before, last)) = &row.before
                && n > 0
                && typed == last
                && self.typed.get(n - 1) == Some(&letter)
            {
                fewest = fewest.min(at(before, n - 1).saturating_add(1));
            }
            edits.push(fewest);
        }
        Row { edits, before: Some((row.edits.clone(), letter)), begun: Vec::new() }
    }
}

impl Automaton for Near<'_> {
    type State = Option<Row>;

    fn start(&self) -> Option<Row> {
        let edits = (0..=self.typed.len()).map(|n| u8::try_from(n).unwrap_or(u8::MAX)).collect();
        Some(Row { edits, before: None, begun: Vec::new() })
    }

    fn is_match(&self, state: &Option<Row>) -> bool {
        state.as_ref().is_some_and(|row| row.begun.is_empty() && row.edits.last().is_some_and(|n| *n <= self.most))
    }

    fn can_match(&self, state: &Option<Row>) -> bool {
        state.as_ref().is_some_and(|row| row.edits.iter().any(|n| *n <= self.most))
    }

    fn accept(&self, state: &Option<Row>, byte: u8) -> Option<Row> {
        let row = state.as_ref()?;
        if row.begun.is_empty() && byte.is_ascii() {
            return Some(self.after(row, char::from(byte)));
        }
        let mut begun = row.begun.clone();
        begun.push(byte);
        match std::str::from_utf8(&begun) {
            Ok(letter) => Some(self.after(row, letter.chars().next()?)),
            Err(e) if e.error_len().is_none() => Some(Row { begun, ..row.clone() }),
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(name: &str) -> Vec<(String, usize)> {
        Gazetteer::embedded().names_near(name).into_iter().map(|near| (near.name, near.edits)).collect()
    }

    #[test]
    fn names_a_letter_or_two_away_are_found_in_any_script() {
        for (typed, meant, edits) in [
            ("Bakmut", "bakhmut", 1),
            ("Mariopol", "mariupol", 1),
            ("Raqa", "raqqa", 1),
            ("Kharkvi", "kharkiv", 1),
            ("Damsacsu", "damascus", 2),
            ("Харкв", "харків", 1),
        ] {
            assert!(near(typed).contains(&(meant.to_owned(), edits)), "{typed}: {:?}", near(typed));
        }
        assert!(!near("Bakhmut").iter().any(|(name, _)| name == "bakhmut"), "it is known");
    }

    #[test]
    fn the_edits_are_those_of_optimal_string_alignment() {
        for typed in ["Raqa", "Aleppo", "Sevedonetsk", "Khan Yunes"] {
            for (name, edits) in near(typed) {
                assert_eq!(strsim::osa_distance(&fold(typed), &name), edits, "{typed} {name}");
            }
        }
    }

    #[test]
    fn what_is_too_short_or_too_long_has_none() {
        assert!(near("ab").is_empty() && near("").is_empty() && near(&"long ".repeat(40)).is_empty());
    }
}
