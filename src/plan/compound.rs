//! Typed words that are put together of others.

use crate::plan::leaf::{Alternative, Form};
use crate::words::compound::HYPHENS;

/// The fewest letters of a part of a word that says something by itself: "al-" and "T-72" have none.
const SHORTEST_PART: usize = 3;

/// A typed word as the words that it names side by side ("food/drug"); numbers with a stroke ("9/11") stay whole.
pub fn apart(word: &str) -> Vec<&str> {
    let words: Vec<&str> = word.split('/').collect();
    let are_words = words.iter().all(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic));
    if are_words { words } else { vec![word] }
}

/// The words that a typed one is put together of ("Iran-Iraq"), where it is sought as a phrase of them and each says
/// something by itself: those of three letters and more.
pub fn parts_of<'w>(word: &'w str, forms: &[Form]) -> Vec<&'w str> {
    let parts: Vec<&str> = word.split(HYPHENS).collect();
    let is_word = |part: &&str| part.chars().count() >= SHORTEST_PART && part.chars().all(char::is_alphabetic);
    let is_phrase = forms.iter().any(|form| matches!(form.alternative, Alternative::Phrase(_)));
    if parts.len() > 1 && is_phrase && parts.iter().all(is_word) { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::phrase::{Apart, Phrase};
    use crate::words::Profiles;

    fn of(alternative: Alternative) -> Vec<Form> {
        vec![Form { alternative, profiles: Profiles::ALL }]
    }

    fn phrase() -> Vec<Form> {
        of(Alternative::Phrase(Phrase { links: Vec::new(), words: 2, apart: Apart::default() }))
    }

    #[test]
    fn words_with_a_stroke_are_two_and_numbers_one() {
        assert_eq!(apart("food/drug"), ["food", "drug"]);
        assert_eq!(apart("9/11"), ["9/11"]);
        assert_eq!(apart("and/or/"), ["and/or/"]);
        assert_eq!(apart("strike"), ["strike"]);
    }

    #[test]
    fn a_word_put_together_of_words_has_parts_and_a_name_with_an_article_has_none() {
        assert_eq!(parts_of("Iran-Iraq", &phrase()), ["Iran", "Iraq"]);
        assert_eq!(parts_of("Iran-Iraq", &of(Alternative::Term("iraniraq".into()))), [""; 0]);
        assert_eq!(parts_of("al-Shabaab", &phrase()), [""; 0]);
        assert_eq!(parts_of("T-72", &phrase()), [""; 0]);
    }
}
