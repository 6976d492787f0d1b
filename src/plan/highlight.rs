//! What of a passage a query matched: exact byte spans for words, phrases, prefixes, fuzzy words and spellings of names.

use crate::model::article::ByteSpan;
use crate::plan::leaf::{Alternative, Form};
use crate::plan::phrase::{Phrase, Place, Stretch};
use crate::words::{Analyser, Profile, Token, folded, written_form};

/// What was found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlights {
    /// What to mark: ascending, apart, on character boundaries. Matches that touch, overlap or stand side by side are one.
    pub spans: Vec<ByteSpan>,
    /// For each form, in the order given, whether it was found.
    pub found: Vec<bool>,
}

/// Finds `forms` in `text`, which is in the language of `profile`; `more` are spans to be marked besides, such as the
/// toponyms that were resolved to the place asked for.
///
/// Of a phrase the whole is marked, from its first word to its last, and only where it stands complete: its loose words
/// are not.
pub fn highlights(
    text: &str,
    profile: Profile,
    forms: &[&Form],
    more: Vec<ByteSpan>,
    analyser: &mut Analyser,
) -> Highlights {
    let tokens = analyser.terms(text, profile);
    let mut spans: Vec<ByteSpan> =
        more.into_iter().filter(|s| text.get(s.start..s.end).is_some_and(|part| !part.is_empty())).collect();
    let mut found = Vec::with_capacity(forms.len());
    for form in forms {
        let before = spans.len();
        if form.profiles.contains(profile) {
            mark(text, &tokens, &form.alternative, &mut spans);
        }
        found.push(spans.len() > before);
    }
    Highlights { spans: joined(text, spans), found }
}

fn mark(text: &str, tokens: &[(Token, String)], wanted: &Alternative, spans: &mut Vec<ByteSpan>) {
    let mut mark_where = |is_one: &dyn Fn(&Token, &str) -> bool| {
        spans.extend(tokens.iter().filter(|(token, term)| is_one(token, term)).map(|(token, _)| token.span));
    };
    match wanted {
        Alternative::Term(wanted) => mark_where(&|_, term| term == wanted),
        Alternative::Prefix(terms) if terms.prefix.is_empty() => {}
        Alternative::Prefix(terms) => mark_where(&|token, term| !token.stop && terms.counts(token.span.of(text), term)),
        Alternative::Fuzzy { term: wanted, distance } => {
            let wanted: Vec<char> = wanted.chars().collect();
            let near = |form: &str| is_within(&wanted, form, usize::from(*distance));
            mark_where(&|token, term| !token.stop && (near(term) || near(&folded(token.span.of(text)))));
        }
        Alternative::Phrase(phrase) => {
            let stretches = phrase.stretches(&positions(text, tokens, phrase));
            // Of a repeated word the nearest is taken.
            let is_shortest = |one: &&Stretch| {
                stretches.iter().all(|other| other == *one || other.from < one.from || other.to > one.to)
            };
            let token_at = |position: u32| {
                let at = tokens.binary_search_by_key(&position, |(token, _)| token.position).ok()?;
                tokens.get(at).map(|(token, _)| token.span)
            };
            spans.extend(stretches.iter().filter(is_shortest).filter_map(|stretch| {
                let (first, last) = (token_at(stretch.from)?, token_at(stretch.to.checked_sub(1)?)?);
                Some(ByteSpan::new(first.start, first.end.max(last.end)))
            }));
        }
    }
}

/// Where the words of each place of a phrase stand among the tokens of a text: ascending positions.
fn positions(text: &str, tokens: &[(Token, String)], phrase: &Phrase) -> Vec<Vec<u32>> {
    let held = |place: &Place| {
        let held = tokens.iter().filter(|(token, term)| fills(place, text, token, term));
        held.map(|(token, _)| token.position).collect()
    };
    phrase.places().map(held).collect()
}

/// Whether a token of a text may stand at a place of a phrase.
pub fn fills(place: &Place, text: &str, token: &Token, term: &str) -> bool {
    let is_one = |terms: &[String]| terms.iter().any(|known| known == term);
    match place {
        Place::Terms(terms) => is_one(terms),
        Place::Written { terms, forms } => is_one(terms) && forms.contains(&written_form(token.span.of(text))),
        Place::Beginning(terms) => !token.stop && terms.counts(token.span.of(text), term),
    }
}

/// Whether `form` is at most `distance` edits away: insertions, deletions, substitutions, swaps of neighbours.
fn is_within(word: &[char], form: &str, distance: usize) -> bool {
    let form: Vec<char> = form.chars().collect();
    if word.is_empty() || word.len().abs_diff(form.len()) > distance {
        return false;
    }
    // Three rows of the table of optimal string alignment.
    let mut older: Vec<usize> = vec![0; word.len() + 1];
    let mut old: Vec<usize> = (0..=word.len()).collect();
    for (i, c) in form.iter().enumerate() {
        let mut new = Vec::with_capacity(word.len() + 1);
        let mut left = i + 1;
        new.push(left);
        for (j, w) in word.iter().enumerate() {
            let mut cost = (old[j] + usize::from(c != w)).min(old[j + 1] + 1).min(left + 1);
            if i > 0 && j > 0 && *c == word[j - 1] && form[i - 1] == *w {
                cost = cost.min(older[j - 1] + 1);
            }
            new.push(cost);
            left = cost;
        }
        older = std::mem::replace(&mut old, new);
    }
    old.last().is_some_and(|d| *d <= distance)
}

/// Sorts spans and makes one of those that overlap, touch or have only spaces or hyphens of one line between them.
fn joined(text: &str, mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
    spans.sort_unstable();
    let mut out: Vec<ByteSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        if let Some(last) = out.last_mut() {
            let side_by_side = span.start <= last.end
                || text.get(last.end..span.start).is_some_and(|gap| {
                    gap.len() <= 4
                        && gap.chars().all(|c| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '-' | '‐' | '‑'))
                });
            if side_by_side {
                last.end = last.end.max(span.end);
                continue;
            }
        }
        out.push(span);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::forms::{FormMaker, TooLong, Vocabulary, profiles_of};
    use crate::plan::phrase::Apart;

    const TEXT: &str = "Shelling of the town’s air bases went on. Officials ordered evacuations from Pahlgam; \
                        al-Shabaab denied it, and the U.S. air force watched the T-72s. The state of emergency held.";

    struct Anything;

    impl Vocabulary for Anything {
        fn holds(&self, _term: &str) -> bool {
            true
        }

        fn names_a_place(&self, _name: &str, _forms: &[Form]) -> bool {
            true
        }
    }

    fn forms(make: impl FnOnce(&mut FormMaker<'_>) -> Result<Vec<Form>, TooLong>) -> Vec<Form> {
        let profiles = profiles_of(&["zh".to_owned()]);
        let mut analyser = Analyser::new();
        make(&mut FormMaker { analyser: &mut analyser, profiles, in_capitals: false, vocabulary: &Anything }).unwrap()
    }

    fn word(typed: &str) -> Vec<Form> {
        forms(|maker| maker.word(typed))
    }

    fn phrase(typed: &str, most: u32) -> Vec<Form> {
        forms(|maker| maker.phrase(typed, Apart { most, any_order: false }))
    }

    fn prefix(typed: &str) -> Vec<Form> {
        forms(|maker| maker.prefix(typed))
    }

    fn fuzzy(term: &str, distance: u8) -> Vec<Form> {
        let alternative = Alternative::Fuzzy { term: term.to_owned(), distance };
        vec![Form { alternative, profiles: crate::words::Profiles::ALL }]
    }

    fn marked<'t>(text: &'t str, forms: &[Form]) -> Vec<&'t str> {
        let forms: Vec<&Form> = forms.iter().collect();
        let found = highlights(text, Profile::ENGLISH, &forms, Vec::new(), &mut Analyser::new());
        found.spans.iter().map(|s| s.of(text)).collect()
    }

    fn words(typed: &[&str]) -> Vec<Form> {
        typed.iter().flat_map(|typed| word(typed)).collect()
    }

    #[test]
    fn words_are_found_in_every_form() {
        assert_eq!(marked(TEXT, &words(&["shelled", "officials"])), ["Shelling", "Officials"]);
        assert_eq!(marked(TEXT, &words(&["us", "T72"])), ["U.S.", "T-72"]);
        assert_eq!(marked(TEXT, &words(&["absent"])), Vec::<&str>::new());
    }

    #[test]
    fn matches_side_by_side_are_one() {
        assert_eq!(marked(TEXT, &words(&["bases", "air"])), ["air bases", "air"]);
        assert_eq!(marked(TEXT, &words(&["shabaab", "al"])), ["al-Shabaab"]);
        assert_eq!(marked("air\nbase. air. base", &words(&["air", "base"])), ["air", "base", "air", "base"]);
    }

    #[test]
    fn a_phrase_is_marked_whole_and_only_where_it_is_complete() {
        assert_eq!(marked(TEXT, &phrase("air base", 0)), ["air bases"]);
        assert_eq!(marked(TEXT, &phrase("base air", 0)), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &phrase("state of emergency", 0)), ["state of emergency"]);
        assert_eq!(marked(TEXT, &phrase("state emergency", 0)), Vec::<&str>::new());
    }

    #[test]
    fn slop_is_the_sum_of_what_is_between() {
        assert_eq!(marked(TEXT, &phrase("shelling town bases", 2)), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &phrase("shelling town bases", 3)), ["Shelling of the town’s air bases"]);
    }

    #[test]
    fn words_in_another_order_are_no_phrase_however_near() {
        assert_eq!(marked("truce talks", &phrase("talks truce", 9)), Vec::<&str>::new());
        assert_eq!(marked("talks x truce talks", &phrase("talks truce", 9)), ["talks x truce"]);
    }

    #[test]
    fn of_a_repeated_word_the_nearest_is_taken() {
        let text = "talks a b c d talks now";
        assert_eq!(marked(text, &phrase("talks now", 9)), ["talks now"]);
        assert_eq!(marked("talks talks", &phrase("talks talks talks", 1)), Vec::<&str>::new());
    }

    #[test]
    fn prefixes_and_fuzzy_words_go_by_the_written_form_too() {
        assert_eq!(marked(TEXT, &prefix("evacuat")), ["evacuations"]);
        assert_eq!(marked(TEXT, &prefix("EVACU")), ["evacuations"]);
        assert_eq!(marked(TEXT, &prefix("")), Vec::<&str>::new());
        assert_eq!(marked("evacuees, evacuated", &prefix("evacuat")), ["evacuated"]);
        assert_eq!(marked(TEXT, &fuzzy("pahalgam", 1)), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &fuzzy("pahglam", 1)), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &fuzzy("pahlgarn", 1)), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &fuzzy("pahlgarn", 2)), ["Pahlgam"]);
    }

    #[test]
    fn the_last_word_of_an_open_phrase_is_marked_by_its_beginning() {
        assert_eq!(marked(TEXT, &prefix("al-Shab")), ["al-Shabaab"]);
        assert_eq!(marked(TEXT, &prefix("al-den")), Vec::<&str>::new());
    }

    #[test]
    fn words_in_one_piece_and_in_two_are_marked_alike() {
        assert_eq!(marked("A cease-fire, a ceasefire", &word("ceasefire")), ["cease-fire", "ceasefire"]);
        assert_eq!(marked("A cease-fire, a ceasefire", &word("cease-fire")), ["cease-fire", "ceasefire"]);
        assert_eq!(marked("the cease fire held", &phrase("ceasefire held", 0)), ["cease fire held"]);
    }

    #[test]
    fn given_spans_are_marked_where_there_is_text() {
        let bad = vec![ByteSpan::new(0, 8), ByteSpan::new(20, 21), ByteSpan::new(9, 900), ByteSpan::new(3, 3)];
        let found = highlights(TEXT, Profile::ENGLISH, &[], bad, &mut Analyser::new());
        assert!(found.spans.iter().all(|s| TEXT.get(s.start..s.end).is_some()));
        assert_eq!(found.spans[0].of(TEXT), "Shelling");
    }

    #[test]
    fn what_was_not_found_is_told_and_words_of_another_language_are_not() {
        let forms = words(&["town", "hamlet"]);
        let forms: Vec<&Form> = forms.iter().filter(|form| form.profiles.contains(Profile::ENGLISH)).collect();
        let found = highlights(TEXT, Profile::ENGLISH, &forms, Vec::new(), &mut Analyser::new());
        assert_eq!(found.found, [true, false]);
        let foreign = highlights(TEXT, Profile::of(Some("hu")), &forms, Vec::new(), &mut Analyser::new());
        assert_eq!(foreign.found, [false, false]);
    }

    #[test]
    fn scripts_without_spaces_are_marked_to_the_character() {
        let text = "双方同意停火协议。";
        let forms = word("停火协议");
        let forms: Vec<&Form> = forms.iter().collect();
        let found = highlights(text, Profile::of(Some("zh")), &forms, Vec::new(), &mut Analyser::new());
        assert_eq!(found.spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["停火协议"]);
    }

    proptest! {
        #[test]
        fn spans_ascend_apart_on_characters(text in "[a-c é停’.-]{0,60}|\\PC{0,40}", typed in "[a-c é停-]{1,8}", slop in 0_u32..9, distance in 0_u8..3) {
            let forms = [phrase(&typed, slop), prefix(&typed), fuzzy(&typed, distance)].concat();
            let forms: Vec<&Form> = forms.iter().collect();
            let spans = highlights(&text, Profile::ENGLISH, &forms, Vec::new(), &mut Analyser::new()).spans;
            for s in &spans {
                prop_assert!(text.get(s.start..s.end).is_some_and(|part| !part.is_empty()), "{s:?}");
            }
            prop_assert!(spans.windows(2).all(|w| w[0].end < w[1].start), "{spans:?}");
        }

        #[test]
        fn the_distance_is_symmetric(a in "[abé]{1,7}", b in "[abé]{1,7}", distance in 0_usize..3) {
            let letters = |s: &str| s.chars().collect::<Vec<char>>();
            prop_assert_eq!(is_within(&letters(&a), &b, distance), is_within(&letters(&b), &a, distance));
        }
    }
}
