//! Words that some write as one and others as two: "ceasefire", "cease-fire", "cease fire".
//!
//! A hyphen parts words (see [`crate::words`]), so what has one is two words to the index. Nothing is said here on which
//! compounds exist: where the parts stand side by side in a text, they are one.

use crate::lang::affixes::DETACHED_PREFIXES;
use crate::lang::stop::{ENGLISH, JOINING};
use crate::words::letters::is_unspaced;

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
    fn words_that_join_others_and_short_words_make_none() {
        for (first, second) in [
            ("not", "able"),
            ("in", "form"),
            ("to", "day"),
            ("over", "night"),
            ("UN", "armed"),
            ("t", "72"),
            ("may", "be"),
        ] {
            let whole = format!("{first}{second}").to_lowercase();
            assert!(!parts(&whole).iter().any(|(a, _)| *a == first.to_lowercase()), "{whole}");
            assert!(!are_one(&first.to_lowercase(), second), "{whole}");
        }
        assert!(parts("停火协议停火协议").is_empty());
    }
}
