//! Words that some write as one and others as two: "ceasefire", "cease-fire", "cease fire".
//!
//! A hyphen parts words (see [`crate::words`]), so what has one is two words to the index. Nothing is said here on which
//! compounds exist: where the parts stand side by side in a text, they are one.

use crate::lang::affixes::DETACHED_PREFIXES;
use crate::lang::stop::{ENGLISH, JOINING};
use crate::words::letters::is_unspaced;

/// Signs that part the words of a compound.
pub const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// The fewest letters of a word that may be two: shorter ones fall into pieces that mean something else ("in form").
const SHORTEST_WHOLE: usize = 7;
/// The fewest letters of a part, but for prefixes that are written apart.
const SHORTEST_PART: usize = 3;

/// The pairs of words that a word may be written as. `word` is folded, as [`crate::words::folded`] gives it.
pub fn parts(word: &str) -> Vec<(&str, &str)> {
    if word.chars().count() < SHORTEST_WHOLE || !is_of_letters(word) {
        return Vec::new();
    }
    word.char_indices()
        .skip(1)
        .map(|(at, _)| word.split_at(at))
        .filter(|(first, second)| may_join(first, second))
        .collect()
}

/// Whether two neighbouring words, folded, may be written as one.
pub fn are_one(first: &str, second: &str) -> bool {
    first.chars().count() + second.chars().count() >= SHORTEST_WHOLE
        && is_of_letters(first)
        && is_of_letters(second)
        && may_join(first, second)
}

fn may_join(first: &str, second: &str) -> bool {
    let is_part = |word: &str| word.chars().count() >= SHORTEST_PART && !is_joining(word);
    (is_part(first) || DETACHED_PREFIXES.contains(&first)) && is_part(second)
}

/// Whether `term`, that of two words written as one, is the whole of them and no other word: a stemmer takes endings off that
/// are a word here ("European allies" is no `european`). `second` is the term of the second word, which must be no inflected
/// form but a plural ("week ended" is no `weekend`).
pub fn is_whole(term: &str, first: &str, second: &str, second_term: &str) -> bool {
    let is_plain = second.strip_prefix(second_term).is_some_and(|ending| matches!(ending, "" | "e" | "s" | "es"));
    let rest = term.strip_prefix(first).unwrap_or_default();
    is_plain && second.starts_with(rest) && rest.chars().count() + 1 >= second_term.chars().count() && rest.len() > 1
}

/// The ways to write a part of a compound: with or without the ending of a plural.
pub fn numbers_of(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), format!("{word}s")];
    forms.extend(word.strip_suffix('s').map(str::to_owned));
    forms
}

/// Whether a word joins others to a sentence, so that it says nothing to stand beside it.
fn is_joining(word: &str) -> bool {
    ENGLISH.binary_search(&word).is_ok() || JOINING.contains(&word)
}

fn is_of_letters(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_fall_into_words_and_these_make_one() {
        for (whole, first, second) in [
            ("ceasefire", "cease", "fire"),
            ("airstrikes", "air", "strikes"),
            ("gunfire", "gun", "fire"),
            ("reelection", "re", "election"),
            ("cooperation", "co", "operation"),
            ("безпілотник", "безпі", "лотник"),
        ] {
            assert!(parts(whole).contains(&(first, second)), "{whole}: {:?}", parts(whole));
            assert!(are_one(first, second), "{whole}");
        }
    }

    #[test]
    fn what_a_stemmer_makes_of_two_words_is_not_always_their_compound() {
        assert!(is_whole("ceasefir", "cease", "fire", "fire") && is_whole("ceasefir", "cease", "fires", "fire"));
        assert!(is_whole("airstrik", "air", "strikes", "strike") && is_whole("gunfight", "gun", "fights", "fight"));
        for (term, first, second, second_term) in [
            ("european", "european", "allies", "alli"),
            ("form", "former", "ally", "alli"),
            ("primer", "prime", "rate", "rate"),
            ("weekend", "week", "ended", "end"),
            ("ant", "antes", "ate", "ate"),
        ] {
            assert!(!is_whole(term, first, second, second_term), "{first} {second}");
        }
    }

    #[test]
    fn words_that_join_others_and_short_words_make_none() {
        for (first, second) in [
            ("not", "able"),
            ("in", "form"),
            ("to", "day"),
            ("over", "night"),
            ("UN", "armed"),
            ("t", "72"),
            ("may", "be"),
            ("long", "time"),
        ] {
            let whole = format!("{first}{second}").to_lowercase();
            assert!(!parts(&whole).iter().any(|(a, _)| *a == first.to_lowercase()), "{whole}");
            assert!(!are_one(&first.to_lowercase(), second), "{whole}");
        }
        assert!(parts("停火协议停火协议").is_empty());
    }
}
