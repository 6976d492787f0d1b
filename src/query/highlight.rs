//! What of a passage a query matched: exact byte spans for words, phrases, prefixes, fuzzy words and spellings of names.

use crate::analysis::{Analyser, Profile, QueryTerm, QueryTerms, Token, folded};
use crate::article::ByteSpan;

/// One part of a query, made ready to be found in tokens.
#[derive(Debug, Clone, PartialEq)]
pub enum Matcher {
    /// A word or phrase, or several ways to say it: rows of terms at given distances.
    Rows {
        /// Each row by itself is a match.
        alternatives: Vec<Vec<QueryTerm>>,
        /// How many positions the terms of a row may be moved in all; 0 for the exact phrase.
        slop: u32,
    },
    /// Words that begin so, in their written or in their indexed form; folded.
    Prefix(String),
    /// Words within so many edits, in their written or in their indexed form.
    Fuzzy {
        /// The word, folded.
        word: String,
        /// Levenshtein distance in which a transposition of neighbours is one edit.
        distance: u8,
    },
    /// What was found by other means, such as the toponyms that were resolved to the place asked for.
    Spans(Vec<ByteSpan>),
}

impl Matcher {
    /// A matcher for a word, with all terms that it may have.
    pub fn word(terms: &QueryTerms) -> Self {
        Matcher::phrase(terms, 0)
    }

    /// A matcher for a phrase.
    pub fn phrase(terms: &QueryTerms, slop: u32) -> Self {
        Matcher::Rows { alternatives: terms.alternatives.clone(), slop }
    }

    /// A matcher for a name in several spellings.
    pub fn variants<'a>(spellings: impl IntoIterator<Item = &'a QueryTerms>) -> Self {
        let alternatives = spellings.into_iter().flat_map(|s| s.alternatives.iter().cloned()).collect();
        Matcher::Rows { alternatives, slop: 0 }
    }

    /// A matcher for words that begin as `typed` does.
    pub fn prefix(typed: &str) -> Self {
        Matcher::Prefix(folded(typed))
    }

    /// A matcher for words within `distance` edits of `typed`.
    pub fn fuzzy(typed: &str, distance: u8) -> Self {
        Matcher::Fuzzy { word: folded(typed), distance }
    }
}

/// What was found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlights {
    /// What to mark: ascending, apart, on character boundaries. Matches that touch, overlap or stand side by side are one.
    pub spans: Vec<ByteSpan>,
    /// For each matcher, in the order given, whether it was found.
    pub found: Vec<bool>,
}

/// Finds `matchers` in `text`, which is in the language of `profile`.
///
/// Of a phrase the whole is marked, from its first word to its last, and only where it stands complete: its loose words
/// are not.
pub fn highlights(text: &str, profile: Profile, matchers: &[Matcher], analyser: &mut Analyser) -> Highlights {
    let tokens = analyser.terms(text, profile);
    let mut spans = Vec::new();
    let mut found = Vec::with_capacity(matchers.len());
    for matcher in matchers {
        let before = spans.len();
        match matcher {
            Matcher::Rows { alternatives, slop } => {
                for row in alternatives {
                    find_row(&tokens, row, *slop, &mut spans);
                }
            }
            Matcher::Prefix(prefix) if !prefix.is_empty() => {
                find_words(text, &tokens, &mut spans, |form| form.starts_with(prefix.as_str()));
            }
            Matcher::Prefix(_) => {}
            Matcher::Fuzzy { word, distance } => {
                let word: Vec<char> = word.chars().collect();
                find_words(text, &tokens, &mut spans, |form| is_within(&word, form, usize::from(*distance)));
            }
            Matcher::Spans(given) => {
                spans.extend(given.iter().filter(|s| text.get(s.start..s.end).is_some_and(|part| !part.is_empty())));
            }
        }
        found.push(spans.len() > before);
    }
    Highlights { spans: joined(text, spans), found }
}

/// Words one of whose forms, the term or the written one, is wanted.
fn find_words(text: &str, tokens: &[(Token, String)], spans: &mut Vec<ByteSpan>, wanted: impl Fn(&str) -> bool) {
    for (token, term) in tokens {
        if wanted(term) || wanted(&folded(token.span.of(text))) {
            spans.push(token.span);
        }
    }
}

/// Rows of terms: for each place where the last term can stand, the row that is moved least, if it is moved no more than
/// `slop` in all. One pass over the pairs of neighbouring terms, so that repeated words cost no more than their square.
fn find_row(tokens: &[(Token, String)], row: &[QueryTerm], slop: u32, spans: &mut Vec<ByteSpan>) {
    let places = |wanted: &QueryTerm| -> Vec<usize> {
        tokens.iter().enumerate().filter(|(_, (_, term))| *term == wanted.term).map(|(n, _)| n).collect()
    };
    let Some((first, rest)) = row.split_first() else { return };
    // Ways to stand so far: token, least cost, first byte and last byte of the stretch.
    let mut ways: Vec<(usize, u32, ByteSpan)> =
        places(first).into_iter().filter_map(|n| tokens.get(n).map(|(t, _)| (n, 0, t.span))).collect();
    let mut before = first;
    for wanted in rest {
        let step = i64::from(wanted.position) - i64::from(before.position);
        let mut next_ways = Vec::new();
        for place in places(wanted) {
            let Some((token, _)) = tokens.get(place) else { continue };
            let best = ways
                .iter()
                .filter(|(n, ..)| *n != place)
                .filter_map(|(n, cost, span)| {
                    let stood = i64::from(token.position) - i64::from(tokens.get(*n)?.0.position);
                    let cost = u32::try_from(i64::from(*cost) + (stood - step).abs()).ok()?;
                    (cost <= slop).then_some((cost, *span))
                })
                .min_by_key(|(cost, span)| (*cost, usize::MAX - span.start));
            if let Some((cost, span)) = best {
                let stretch = ByteSpan::new(span.start.min(token.span.start), span.end.max(token.span.end));
                next_ways.push((place, cost, stretch));
            }
        }
        ways = next_ways;
        before = wanted;
    }
    spans.extend(ways.into_iter().map(|(_, _, span)| span));
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
    use crate::analysis::query_terms;

    const TEXT: &str = "Shelling of the town’s air bases went on. Officials ordered evacuations from Pahlgam; \
                        al-Shabaab denied it, and the U.S. air force watched the T-72s. The state of emergency held.";

    fn terms(typed: &str) -> QueryTerms {
        query_terms(&mut Analyser::new(), typed, ["en"], false)
    }

    fn marked<'t>(text: &'t str, matchers: &[Matcher]) -> Vec<&'t str> {
        highlights(text, Profile::ENGLISH, matchers, &mut Analyser::new()).spans.iter().map(|s| s.of(text)).collect()
    }

    fn words(typed: &[&str]) -> Vec<Matcher> {
        typed.iter().map(|w| Matcher::word(&terms(w))).collect()
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
        assert_eq!(marked(TEXT, &[Matcher::phrase(&terms("air base"), 0)]), ["air bases"]);
        assert_eq!(marked(TEXT, &[Matcher::phrase(&terms("base air"), 0)]), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &[Matcher::phrase(&terms("state of emergency"), 0)]), ["state of emergency"]);
        assert_eq!(marked(TEXT, &[Matcher::phrase(&terms("state emergency"), 0)]), Vec::<&str>::new());
    }

    #[test]
    fn slop_is_the_sum_of_what_is_between() {
        let phrase = terms("shelling town bases");
        assert_eq!(marked(TEXT, &[Matcher::phrase(&phrase, 2)]), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &[Matcher::phrase(&phrase, 3)]), ["Shelling of the town’s air bases"]);
    }

    #[test]
    fn of_a_repeated_word_the_nearest_is_taken() {
        let text = "talks a b c d talks now";
        assert_eq!(marked(text, &[Matcher::phrase(&terms("talks now"), 9)]), ["talks now"]);
        assert_eq!(marked("talks talks", &[Matcher::phrase(&terms("talks talks talks"), 1)]), Vec::<&str>::new());
    }

    #[test]
    fn prefixes_and_fuzzy_words_go_by_the_written_form_too() {
        assert_eq!(marked(TEXT, &[Matcher::prefix("evacuat")]), ["evacuations"]);
        assert_eq!(marked(TEXT, &[Matcher::prefix("EVACU")]), ["evacuations"]);
        assert_eq!(marked(TEXT, &[Matcher::prefix("")]), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahalgam", 1)]), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahglam", 1)]), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahlgarn", 1)]), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahlgarn", 2)]), ["Pahlgam"]);
    }

    #[test]
    fn variants_of_a_name_and_given_spans_are_marked() {
        let spellings = [terms("Pahalgam"), terms("Pahlgam")];
        assert_eq!(marked(TEXT, &[Matcher::variants(&spellings)]), ["Pahlgam"]);
        let bad = vec![ByteSpan::new(0, 8), ByteSpan::new(20, 21), ByteSpan::new(9, 900), ByteSpan::new(3, 3)];
        let found = highlights(TEXT, Profile::ENGLISH, &[Matcher::Spans(bad)], &mut Analyser::new());
        assert!(found.spans.iter().all(|s| TEXT.get(s.start..s.end).is_some()));
        assert_eq!(found.spans[0].of(TEXT), "Shelling");
    }

    #[test]
    fn what_was_not_found_is_told() {
        let found = highlights(TEXT, Profile::ENGLISH, &words(&["town", "village"]), &mut Analyser::new());
        assert_eq!(found.found, [true, false]);
    }

    #[test]
    fn scripts_without_spaces_are_marked_to_the_character() {
        let text = "双方同意停火协议。";
        let zh = query_terms(&mut Analyser::new(), "停火协议", ["zh"], false);
        let found = highlights(text, Profile::of(Some("zh")), &[Matcher::word(&zh)], &mut Analyser::new());
        assert_eq!(found.spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["停火协议"]);
    }

    proptest! {
        #[test]
        fn spans_ascend_apart_on_characters(text in "[a-c é停’.-]{0,60}|\\PC{0,40}", typed in "[a-c é停-]{1,8}", slop in 0_u32..9, distance in 0_u8..3) {
            let matchers = [
                Matcher::phrase(&terms(&typed), slop),
                Matcher::prefix(&typed),
                Matcher::fuzzy(&typed, distance),
            ];
            let spans = highlights(&text, Profile::ENGLISH, &matchers, &mut Analyser::new()).spans;
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
