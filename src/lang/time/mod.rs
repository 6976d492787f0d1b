//! The words that speak of time, a table a language, with what each may mean. Uses nothing but the names of months and
//! weekdays beside it; read by the rules for dates, which ask for classes and senses and hold no word themselves.
//! A language is added by a file of rows like `english.rs` and a line in [`LANGUAGES`]; names of months and weekdays have
//! tables of their own beside this folder.

mod class;
mod east_asian;
mod english;

pub(crate) use class::{
    AUTUMN, Class, HOLIDAY_EASTER, HOLIDAY_THANKSGIVING, MIDNIGHT, NIGHT, NumberEnding, OVERNIGHT, PARTS_OF_DAY,
    SEASONS, Sense, TONIGHT, TimeWords, Unit, WordEnding,
};

/// The tables of all languages.
pub(crate) const LANGUAGES: [&TimeWords; 3] = [&english::ENGLISH, &east_asian::EAST_ASIAN, &SPANISH];

/// Spanish, in date fields only.
const SPANISH: TimeWords = TimeWords { field_links: &["de"], ..TimeWords::NONE };

/// What the letters are that touch the number before them; `None` where they make it no number of its own.
pub(crate) fn number_ending(letters: &[u8]) -> Option<NumberEnding> {
    let rows = LANGUAGES.iter().flat_map(|language| language.number_endings);
    rows.flat_map(|(ending, all)| all.split(' ').map(|one| (*ending, one)))
        .find(|(_, one)| one.as_bytes() == letters)
        .map(|(ending, _)| ending)
}

/// Whether letters that touch a number make it an ordinal, in any case.
pub(crate) fn is_ordinal_ending(letters: &str) -> bool {
    let rows = LANGUAGES.iter().flat_map(|language| language.number_endings);
    rows.filter(|(ending, _)| *ending == NumberEnding::Ordinal)
        .any(|(_, all)| all.split(' ').any(|one| one.eq_ignore_ascii_case(letters)))
}

/// Class and value of an abbreviation of two letters with a dot between, in any case.
pub(crate) fn two_letters(first: &str, second: &str) -> Option<(Class, i16)> {
    let mut rows = LANGUAGES.iter().flat_map(|language| language.two_letters);
    rows.find(|(a, b, ..)| a.eq_ignore_ascii_case(first) && b.eq_ignore_ascii_case(second))
        .map(|&(_, _, class, value)| (class, value))
}

/// Whether a word ends as one of a kind does.
pub(crate) fn ends_as(word: &str, kind: WordEnding) -> bool {
    let mut rows = LANGUAGES.iter().flat_map(|language| language.word_endings);
    rows.any(|&(ending, with, without, least)| {
        ending == kind && word.len() >= least && word.ends_with(with) && !word.ends_with(without)
    })
}

/// Whether a word of a date field links day and month, in any case.
pub(crate) fn links_in_field(word: &str) -> bool {
    LANGUAGES.iter().flat_map(|language| language.field_links).any(|link| word.eq_ignore_ascii_case(link))
}

/// Whether a word may stand in a line with the publication date, in any case.
pub(crate) fn belongs_to_date_line(word: &str) -> bool {
    LANGUAGES.iter().flat_map(|language| language.date_line).any(|usual| word.eq_ignore_ascii_case(usual))
}

/// Whether a line begins as one with the date of a change does, in any case.
pub(crate) fn begins_update_line(line: &str) -> bool {
    let mut words = LANGUAGES.iter().flat_map(|language| language.update_line);
    words.any(|word| line.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_word_stands_in_one_row() {
        let rows = LANGUAGES.iter().flat_map(|language| language.rows);
        let mut seen = HashSet::new();
        for word in rows.flat_map(|row| row.words.split(' ')).filter(|word| *word != "-") {
            assert_eq!(word, word.to_lowercase());
            assert!(!word.is_empty() && seen.insert(word), "{word}");
        }
    }

    #[test]
    fn endings_and_abbreviations_are_told_by_their_rows() {
        assert_eq!(number_ending(b"th"), Some(NumberEnding::Ordinal));
        assert_eq!(number_ending(b"Th"), None);
        assert!(is_ordinal_ending("Th") && !is_ordinal_ending("s"));
        assert_eq!(two_letters("P", "m"), Some((Class::AmPm, 12)));
        assert!(ends_as("attacked", WordEnding::Past) && !ends_as("exceed", WordEnding::Past));
        assert!(!ends_as("used", WordEnding::Past), "too short to tell");
        assert!(ends_as("guns", WordEnding::Plural) && !ends_as("mass", WordEnding::Plural));
    }
}
