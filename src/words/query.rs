//! From typed words and phrases to the terms under which the index may know them.

use crate::lang::affixes::ARABIC_ARTICLE;
use crate::lang::stop::{self, UNITED_STATES};
use crate::words::analyser::{Analyser, Tokens};
use crate::words::letters::fold::folded;
use crate::words::profile::Profile;

/// A term at its place within a word or phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryTerm {
    /// How many positions it stands after the first word of what was typed; stop words between count.
    pub position: u32,
    /// The term.
    pub term: String,
}

/// What a typed word or phrase may be called in the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryTerms {
    /// Different ways to say it, in the order of the languages given: each a row of terms that must stand at just these
    /// distances. Usually one row of one term; never an empty row.
    pub alternatives: Vec<Vec<QueryTerm>>,
}

impl QueryTerms {
    /// Whether nothing of it is indexed: stop words in every language, or punctuation.
    pub fn is_stop(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// The terms of those alternatives that are single terms.
    pub fn single_terms(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().filter_map(|row| match row.as_slice() {
            [one] => Some(one.term.as_str()),
            _ => None,
        })
    }
}

/// The terms of `typed`, a word or the words of a phrase, in each of the `languages` (ISO 639-1 codes; English where
/// there are none).
///
/// `in_capitals` tells that the whole query is written in capitals, so that "WHO" in it is no acronym. Typed by itself,
/// "us" stands for the acronym, since the pronoun is in no index. A hyphenated word is also sought as one word.
pub fn query_terms<'l>(
    analyser: &mut Analyser,
    typed: &str,
    languages: impl IntoIterator<Item = &'l str>,
    in_capitals: bool,
) -> QueryTerms {
    let typed = if typed.eq_ignore_ascii_case(UNITED_STATES) { UNITED_STATES } else { typed };
    let joined: Option<String> = (typed.contains(['-', '‐', '‑'])
        && !typed.contains(|c: char| c.is_whitespace() || c.is_ascii_digit()))
    .then(|| typed.chars().filter(|c| !matches!(c, '-' | '‐' | '‑')).collect());
    let mut profiles: Vec<Profile> = Vec::new();
    for language in languages {
        let profile = Profile::of(Some(language));
        if !profiles.contains(&profile) {
            profiles.push(profile);
        }
    }
    if profiles.is_empty() {
        profiles.push(Profile::ENGLISH);
    }
    let mut terms = QueryTerms::default();
    let articled = other_article_form(typed);
    let forms = [(Some(typed), None), (joined.as_deref(), None), (articled.as_deref(), Some(Profile::of(Some("ar"))))];
    for (form, only) in forms.into_iter().filter_map(|(form, only)| Some((form?, only))) {
        for profile in profiles.iter().filter(|p| only.is_none_or(|only| **p == only)) {
            let row = row_of(analyser.tokens(form, *profile).with_capitals_around(in_capitals));
            if !row.is_empty() && !terms.alternatives.contains(&row) {
                terms.alternatives.push(row);
            }
        }
    }
    terms
}

/// An Arabic word with the article that it was typed without, or without the one it was typed with: the stemmer takes
/// endings off "القوات" that it leaves on "قوات".
fn other_article_form(typed: &str) -> Option<String> {
    let is_arabic = typed.chars().all(|c| ('\u{621}'..='\u{652}').contains(&c));
    if !is_arabic || typed.chars().count() < 3 {
        return None;
    }
    Some(typed.strip_prefix(ARABIC_ARTICLE).map_or_else(|| format!("{ARABIC_ARTICLE}{typed}"), str::to_owned))
}

fn row_of(mut tokens: Tokens<'_, '_>) -> Vec<QueryTerm> {
    let mut row: Vec<QueryTerm> = Vec::new();
    let mut term = String::new();
    let mut first = None;
    while let Some(token) = tokens.next_into(&mut term) {
        if !token.stop {
            let first = *first.get_or_insert(token.position);
            row.push(QueryTerm { position: token.position - first, term: term.clone() });
        }
    }
    row
}

/// How many words make a query wordy, a question or a description rather than key words.
pub const WORDY_QUERY_WORDS: usize = 6;

/// Whether `word` says nothing in an English question or description; meant for queries of at least
/// [`WORDY_QUERY_WORDS`] words, in which such words stand for grammar. In short queries they are sought.
pub fn is_wordy_stop_word(word: &str) -> bool {
    stop::WORDY.contains(folded(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(typed: &str, languages: &[&str]) -> Vec<Vec<(u32, String)>> {
        query_terms(&mut Analyser::new(), typed, languages.iter().copied(), false)
            .alternatives
            .into_iter()
            .map(|row| row.into_iter().map(|t| (t.position, t.term)).collect())
            .collect()
    }

    fn row(terms: &[(u32, &str)]) -> Vec<(u32, String)> {
        terms.iter().map(|(p, t)| (*p, (*t).to_owned())).collect()
    }

    #[test]
    fn a_word_has_the_stems_of_every_language_in_the_index() {
        assert_eq!(rows("nations", &["en"]), [row(&[(0, "nation")])]);
        assert_eq!(rows("Angriffe", &["en", "de"]), [row(&[(0, "angriff")])]);
        assert_eq!(rows("villages", &["en", "fr", "en"]), [row(&[(0, "villag")])]);
        assert_eq!(rows("armies", &["en", "fr"]), [row(&[(0, "armi")])]);
    }

    #[test]
    fn a_word_with_punctuation_is_a_row_of_terms() {
        assert_eq!(rows("T-72", &["en"]), [row(&[(0, "t"), (1, "72")])]);
        assert_eq!(rows("al-Shabaab", &["en"]), [row(&[(0, "al"), (1, "shabaab")]), row(&[(0, "alshabaab")])]);
        assert_eq!(rows("U.N.", &["en"]), [row(&[(0, "un")])]);
    }

    #[test]
    fn an_arabic_word_meets_itself_with_and_without_its_article() {
        let terms =
            |typed| -> Vec<String> { rows(typed, &["en", "ar"]).into_iter().flatten().map(|(_, t)| t).collect() };
        for (one, other) in [("قوات", "القوات"), ("القوات", "قوات")] {
            let known = Analyser::new().terms(other, Profile::of(Some("ar"))).remove(0).1;
            assert!(terms(one).contains(&known), "{one} {other} {known}");
        }
    }

    #[test]
    fn stop_words_in_a_phrase_leave_a_gap() {
        assert_eq!(rows("state of emergency", &["en"]), [row(&[(0, "state"), (2, "emergenc")])]);
        assert_eq!(rows("the state", &["en"]), [row(&[(0, "state")])]);
    }

    #[test]
    fn a_stop_word_of_one_language_is_a_word_in_another() {
        assert_eq!(rows("die", &["de"]).len(), 0);
        assert_eq!(rows("die", &["en", "de"]), [row(&[(0, "die")])]);
        assert!(query_terms(&mut Analyser::new(), "the", ["en"], false).is_stop());
    }

    #[test]
    fn us_and_who_are_sought_as_acronyms_unless_all_is_in_capitals() {
        for typed in ["us", "US", "U.S."] {
            assert_eq!(rows(typed, &["en"]), [row(&[(0, "us")])]);
        }
        assert_eq!(rows("WHO", &["en"]), [row(&[(0, "who")])]);
        assert!(rows("who", &["en"]).is_empty());
        assert!(query_terms(&mut Analyser::new(), "WHO", ["en"], true).is_stop());
    }

    #[test]
    fn words_of_questions_are_known_and_words_of_war_are_not() {
        for word in ["What", "how", "concerning", "the"] {
            assert!(is_wordy_stop_word(word), "{word}");
        }
        for word in ["mine", "against", "report", "strike", "us"] {
            assert!(!is_wordy_stop_word(word), "{word}");
        }
    }
}
