//! From typed words and phrases to the terms under which texts know them.

use crate::lang::affixes::ARABIC_ARTICLE;
use crate::lang::stop::{self, ACRONYMS, UNITED_STATES};
use crate::model::article::ByteSpan;
use crate::words::analyser::{Analyser, STOP_MARK};
use crate::words::letters::fold::folded;
use crate::words::profile::Profile;

/// A word of what was typed, as texts of one language know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWord {
    /// The terms that it may stand under, mostly one.
    pub terms: Vec<String>,
    /// As it is written, see [`written_form`].
    pub form: String,
    /// Where it stands in what was typed.
    pub span: ByteSpan,
}

/// The words of `typed` in order, as texts of a profile know them; `None` where one is longer than the index keeps.
///
/// `in_capitals` tells that the whole query is written in capitals, so that "WHO" in it is no acronym. A common word that
/// looks like an acronym in small letters may be either ("told us", "us troops"). An Arabic word may stand with or without
/// the article: the stemmer takes endings off "القوات" that it leaves on "قوات".
pub fn typed_words(
    analyser: &mut Analyser,
    typed: &str,
    profile: Profile,
    in_capitals: bool,
) -> Option<Vec<TypedWord>> {
    let mut words = Vec::new();
    let mut term = String::new();
    let mut tokens = analyser.tokens(typed, profile).with_capitals_around(in_capitals);
    while let Some(token) = tokens.next_into(&mut term) {
        let form = written_form(token.span.of(typed));
        let mut terms = vec![term.clone()];
        let acronym = term.strip_prefix(STOP_MARK).filter(|word| is_acronym(word));
        terms.extend(acronym.map(str::to_owned));
        words.push(TypedWord { terms, form, span: token.span });
    }
    if tokens.walked() != words.len() {
        return None;
    }
    if profile == Profile::of(Some("ar")) {
        for word in &mut words {
            let Some(other) = other_article_form(word.span.of(typed)) else { continue };
            let found = analyser.terms(&other, profile);
            if let [(_, term)] = found.as_slice()
                && !word.terms.contains(term)
            {
                word.terms.push(term.clone());
            }
        }
    }
    Some(words)
}

/// How a word is written, case, accents and punctuation aside: what `=word` compares.
pub fn written_form(word: &str) -> String {
    let mut form = folded(word);
    form.retain(char::is_alphanumeric);
    form
}

/// Whether a common word, in small letters, is also an acronym.
fn is_acronym(word: &str) -> bool {
    let capitals = word.to_ascii_uppercase();
    capitals == UNITED_STATES || ACRONYMS.contains(&capitals.as_str())
}

/// Whether a plain word of a query is so common in English that it is not sought beside others. Typed by itself, "us"
/// stands for the acronym.
pub fn is_common(analyser: &mut Analyser, word: &str, in_capitals: bool) -> bool {
    let typed = acronym_meant(word);
    let mut term = String::new();
    let mut tokens = analyser.tokens(typed, Profile::ENGLISH).with_capitals_around(in_capitals);
    let mut words = 0;
    while let Some(token) = tokens.next_into(&mut term) {
        if !token.stop {
            return false;
        }
        words += 1;
    }
    words > 0
}

/// A plain word of a query, "us" as the acronym that is meant.
pub fn acronym_meant(word: &str) -> &str {
    if word.eq_ignore_ascii_case(UNITED_STATES) { UNITED_STATES } else { word }
}

/// An Arabic word with the article that it was typed without, or without the one it was typed with.
fn other_article_form(typed: &str) -> Option<String> {
    let is_arabic = typed.chars().all(|c| ('\u{621}'..='\u{652}').contains(&c));
    if !is_arabic || typed.chars().count() < 3 {
        return None;
    }
    Some(typed.strip_prefix(ARABIC_ARTICLE).map_or_else(|| format!("{ARABIC_ARTICLE}{typed}"), str::to_owned))
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

    fn terms(typed: &str, language: &str) -> Vec<Vec<String>> {
        let words = typed_words(&mut Analyser::new(), typed, Profile::of(Some(language)), false).unwrap();
        words.into_iter().map(|word| word.terms).collect()
    }

    #[test]
    fn every_word_has_the_terms_of_the_language() {
        assert_eq!(terms("nations", "en"), [["nation"]]);
        assert_eq!(terms("Angriffe", "de"), [["angriff"]]);
        assert_eq!(terms("T-72", "en"), [["t"], ["72"]]);
        assert_eq!(terms("U.N.", "en"), [["un"]]);
        assert_eq!(terms("state of emergency", "en"), [["state"], ["\u{1}of"], ["emergenc"]]);
        assert_eq!(terms("no casualties", "pt")[0], ["\u{1}no"], "the preposition of Portuguese");
    }

    #[test]
    fn an_arabic_word_meets_itself_with_and_without_its_article() {
        for (one, other) in [("قوات", "القوات"), ("القوات", "قوات")] {
            let known = &terms(other, "ar")[0][0];
            assert!(terms(one, "ar")[0].contains(known), "{one} {other} {known}");
        }
    }

    #[test]
    fn common_words_that_look_like_acronyms_may_be_either_unless_written_as_one() {
        assert_eq!(terms("told us", "en")[1], ["\u{1}us", "us"]);
        assert_eq!(terms("US troops", "en")[0], ["us"]);
        assert_eq!(terms("WHO said", "en")[0], ["who"]);
        assert_eq!(terms("who said", "en")[0], ["\u{1}who", "who"]);
        let common = |word, in_capitals| is_common(&mut Analyser::new(), word, in_capitals);
        assert!(common("the", false) && common("who", false) && common("WHO", true) && common("of-the", false));
        assert!(!common("WHO", false) && !common("us", false) && !common("US", true) && !common("no", false));
    }

    #[test]
    fn a_word_that_is_too_long_to_be_kept_is_told() {
        let long = "x".repeat(300);
        assert!(typed_words(&mut Analyser::new(), &format!("of {long}"), Profile::ENGLISH, false).is_none());
    }

    #[test]
    fn the_written_form_is_without_case_accents_and_signs() {
        assert_eq!(written_form("Évacués"), "evacues");
        assert_eq!(written_form("U.N."), "un");
        assert_eq!(written_form("3,323"), "3323");
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
