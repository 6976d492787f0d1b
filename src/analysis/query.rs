//! From typed words to the terms under which the index may know them.

use super::{Analyser, Profile, Tokens, stop};

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
    let typed = if typed.eq_ignore_ascii_case("us") { "US" } else { typed };
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
    let mut found = QueryTerms::default();
    let forms = [Some(typed), joined.as_deref()];
    for form in forms.into_iter().flatten() {
        for profile in &profiles {
            let tokens = Tokens { within_capitals: in_capitals, ..analyser.tokens(form, *profile) };
            let row = row_of(tokens);
            if !row.is_empty() && !found.alternatives.contains(&row) {
                found.alternatives.push(row);
            }
        }
    }
    found
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

/// Under what terms words with a common beginning are found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrefixTerms {
    /// Terms that begin so.
    pub prefix: String,
    /// Terms that are shorter than what was typed, since their words lost an ending by stemming: "evacuat*" is to find
    /// "evacuation", which is indexed as `evacu`.
    pub stems: Vec<String>,
}

/// Endings that stemmers take away, for each of which it is tried whether the typed beginning with it is a known stem.
const ENDINGS: [&str; 24] = [
    "e", "s", "es", "ed", "ing", "ion", "ions", "ation", "ations", "ly", "y", "ies", "al", "en", "er", "ers", "a", "o",
    "i", "n", "r", "t", "nt", "ent",
];

/// The terms of all words that begin as `typed` does, in the `languages` of the index; `None` where `typed` holds more than
/// one word ("al-Shab*"), of which the last alone is a beginning.
///
/// A few other words of the same stems are found too, since the index does not tell them apart.
pub fn prefix_terms<'l>(
    analyser: &mut Analyser,
    typed: &str,
    languages: impl IntoIterator<Item = &'l str>,
) -> Option<PrefixTerms> {
    let prefix = super::folded(typed);
    if prefix.is_empty() || prefix.chars().any(|c| !c.is_alphanumeric()) {
        return None;
    }
    let mut stems: Vec<String> = Vec::new();
    for language in languages {
        let profile = Profile::of(Some(language));
        for ending in ENDINGS {
            let word = format!("{prefix}{ending}");
            for (_, term) in analyser.terms(&word, profile) {
                // A beginning that a stemmer leaves alone is found by the prefix itself.
                let shorter =
                    prefix.starts_with(term.as_str()) && term.len() < prefix.len() && term.chars().count() > 2;
                if shorter && !stems.contains(&term) {
                    stems.push(term);
                }
            }
        }
    }
    Some(PrefixTerms { prefix, stems })
}

/// How many words make a query wordy, a question or a description rather than key words.
pub const WORDY_QUERY_WORDS: usize = 6;

/// Whether `word` says nothing in an English question or description; meant for queries of at least
/// [`WORDY_QUERY_WORDS`] words, in which such words stand for grammar. In short queries they are sought.
pub fn is_wordy_stop_word(word: &str) -> bool {
    let mut lower = String::with_capacity(word.len());
    super::fold::fold_into(word.trim_matches(|c: char| !c.is_alphanumeric()), &mut lower);
    stop::WORDY.contains(lower.as_str())
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
    fn a_beginning_longer_than_the_stem_still_finds_its_words() {
        let of = |typed| prefix_terms(&mut Analyser::new(), typed, ["en"]);
        assert_eq!(of("evacuat").map(|p| p.stems), Some(vec!["evacu".to_owned()]));
        assert_eq!(of("Bomb").map(|p| (p.prefix, p.stems)), Some(("bomb".to_owned(), vec![])));
        assert_eq!(of("al-Shab"), None);
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
