//! From the beginning of a word to the terms of the words that begin so.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::lang::affixes;
use crate::words::analyser::{Analyser, is_stop_term};
use crate::words::letters::fold::folded;
use crate::words::profile::Profile;

/// Under what terms words with a common beginning are found.
///
/// A word begins so if its written form does, or if its term does and has another first letter, since a stemmer took a
/// beginning off ("القوات" for "قو*"). The index knows terms only; [`PrefixTerms::counts`] is the rule where both are at
/// hand. Very common words are not sought by their beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrefixTerms {
    /// What was typed, folded: terms that begin so are those of words that do.
    pub prefix: String,
    /// Terms of which only some words begin so: "evacuation*" is to find "evacuations", which is indexed as `evacu`, and
    /// not "evacuated", which is too. Their words have to be looked at.
    pub unsure: Vec<String>,
    /// Beginnings of further such terms, for languages whose stemmers take off beginnings (Arabic "القو*": `قو`).
    pub unsure_beginnings: Vec<String>,
}

impl PrefixTerms {
    /// Whether all words under a term begin as was typed: no stemmer may have made up its ending.
    pub fn is_sure(&self, term: &str) -> bool {
        term.starts_with(self.prefix.as_str()) && !self.unsure.iter().any(|t| t == term)
    }

    /// Whether some words under a term may begin as was typed, and others not.
    pub fn is_unsure(&self, term: &str) -> bool {
        self.unsure.iter().any(|t| t == term)
            || !term.starts_with(self.prefix.as_str())
                && self.unsure_beginnings.iter().any(|b| term.starts_with(b.as_str()))
    }

    /// Whether a word of a text counts: `written` as it stands there, `term` as it is known.
    pub fn counts(&self, written: &str, term: &str) -> bool {
        let written = folded(written);
        let beginning_taken_off =
            || term.starts_with(&self.prefix) && !written.starts_with(term.chars().next().unwrap_or(' '));
        written.starts_with(self.prefix.as_str()) || beginning_taken_off()
    }
}

/// The endings and their own endings, with which it is tried under what terms words that begin as was typed may be known:
/// what was typed may end within an ending. The first is empty.
static REMAINDERS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let ends = |ending: &'static str| ending.char_indices().map(move |(at, _)| ending.get(at..).unwrap_or_default());
    std::iter::once("").chain(affixes::STEMMED.into_iter().flat_map(ends)).collect()
});

/// The shortest stem, in letters, that a word in another script than Latin is tried under.
const SHORTEST_STEM: usize = 3;

/// Under what terms the words that begin as `typed` does are known in texts of these profiles. `typed` is one word or the
/// beginning of one.
pub fn prefix_terms(analyser: &mut Analyser, typed: &str, profiles: &[Profile]) -> PrefixTerms {
    let mut terms = PrefixTerms { prefix: folded(typed), ..PrefixTerms::default() };
    let prefix = terms.prefix.clone();
    let add = |list: &mut Vec<String>, term: &str| {
        if !term.starts_with(prefix.as_str()) && !is_stop_term(term) && !list.iter().any(|t| t == term) {
            list.push(term.to_owned());
        }
    };
    let mut ends_otherwise = false;
    for &profile in profiles {
        ends_otherwise |= profile.may_change_the_end_of(&prefix);
        if prefix.is_ascii() || prefix.chars().all(|c| c < '\u{250}') {
            for ending in REMAINDERS.iter() {
                for (_, term) in analyser.terms(&format!("{typed}{ending}"), profile) {
                    add(&mut terms.unsure, &term);
                }
            }
        } else {
            for (_, term) in analyser.terms(typed, profile) {
                let same_start = term.chars().next() == prefix.chars().next();
                add(if same_start { &mut terms.unsure } else { &mut terms.unsure_beginnings }, &term);
            }
            for (end, _) in prefix.char_indices().skip(SHORTEST_STEM) {
                add(&mut terms.unsure, prefix.get(..end).unwrap_or_default());
            }
        }
    }
    if ends_otherwise {
        terms.unsure.push(prefix);
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_longer_than_the_stem_still_finds_its_words() {
        let of = |typed| prefix_terms(&mut Analyser::new(), typed, &[Profile::ENGLISH]);
        assert_eq!(of("evacuat").unsure, ["evacu"]);
        assert!(of("army").unsure.contains(&"armi".to_owned()));
        assert!(of("dyin").unsure.contains(&"die".to_owned()));
        assert_eq!((of("Bomb").prefix.as_str(), of("Bomb").unsure.len()), ("bomb", 0));
    }

    #[test]
    fn words_count_by_what_is_written_where_the_term_leaves_it_open() {
        let counts = |typed, written: &str| {
            let term = Analyser::new().terms(written, Profile::ENGLISH).remove(0).1;
            prefix_terms(&mut Analyser::new(), typed, &[Profile::ENGLISH]).counts(written, &term)
        };
        for (typed, written) in [
            ("nationali", "nationality"),
            ("evacuat", "Evacuations"),
            ("evacuation", "evacuations"),
            ("army", "army"),
            ("fire", "fires"),
            ("bomb", "bombed"),
        ] {
            assert!(counts(typed, written), "{typed}* {written}");
        }
        for (typed, written) in [
            ("evacuation", "evacuated"),
            ("evacuat", "evacuees"),
            ("army", "armies"),
            ("fire", "firing"),
            ("happi", "happy"),
        ] {
            assert!(!counts(typed, written), "{typed}* {written}");
        }
    }

    #[test]
    fn an_article_written_before_an_arabic_word_is_part_of_its_beginning() {
        let terms = prefix_terms(&mut Analyser::new(), "القوا", &[Profile::of(Some("ar"))]);
        let term = Analyser::new().terms("القوات", Profile::of(Some("ar"))).remove(0).1;
        assert!(terms.is_unsure(&term) && terms.counts("القوات", &term), "{terms:?} {term}");
        assert!(!terms.counts("قوات", &term));
    }
}
