//! What of a passage a query matched: exact byte spans for words, phrases, prefixes, fuzzy words and spellings of names.

use crate::model::article::ByteSpan;
use crate::words::{Analyser, PrefixTerms, Profile, QueryTerm, QueryTerms, Token, folded};

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
    /// Words that begin so.
    Prefix(PrefixTerms),
    /// Words in order of which the last begins so: `al-Shab*`.
    OpenPhrase {
        /// The words before the last.
        row: Vec<QueryTerm>,
        /// The position of the last.
        position: u32,
        /// The beginning of the last.
        last: PrefixTerms,
    },
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
                    find_row(&tokens, row.iter().map(|t| (t.position, places(&tokens, &t.term))), *slop, &mut spans);
                }
            }
            Matcher::Prefix(terms) if !terms.prefix.is_empty() => {
                spans
                    .extend(tokens.iter().filter(|(t, term)| terms.counts(t.span.of(text), term)).map(|(t, _)| t.span));
            }
            Matcher::Prefix(_) => {}
            Matcher::OpenPhrase { row, position, last } => {
                let counts = |(t, term): &(Token, String)| last.counts(t.span.of(text), term);
                let open = (0..tokens.len()).filter(|n| tokens.get(*n).is_some_and(counts)).collect();
                let row = row.iter().map(|t| (t.position, places(&tokens, &t.term)));
                find_row(&tokens, row.chain(std::iter::once((*position, open))), 0, &mut spans);
            }
            Matcher::Fuzzy { word, distance } => {
                let word: Vec<char> = word.chars().collect();
                let near = |form: &str| is_within(&word, form, usize::from(*distance));
                let words = tokens.iter().filter(|(t, term)| near(term) || near(&folded(t.span.of(text))));
                spans.extend(words.map(|(t, _)| t.span));
            }
            Matcher::Spans(given) => {
                spans.extend(given.iter().filter(|s| text.get(s.start..s.end).is_some_and(|part| !part.is_empty())));
            }
        }
        found.push(spans.len() > before);
    }
    Highlights { spans: joined(text, spans), found }
}

/// Where a term stands among the tokens.
fn places(tokens: &[(Token, String)], wanted: &str) -> Vec<usize> {
    tokens.iter().enumerate().filter(|(_, (_, term))| term == wanted).map(|(n, _)| n).collect()
}

/// Rows of words, each given by its position in the row and the tokens that it may be: for each place where the last can
/// stand, the row in order with the fewest other words between, if they are no more than `slop`. One pass over the pairs
/// of neighbours, so that repeated words cost no more than their square.
fn find_row(
    tokens: &[(Token, String)],
    row: impl Iterator<Item = (u32, Vec<usize>)>,
    slop: u32,
    spans: &mut Vec<ByteSpan>,
) {
    // Ways to stand so far: position of the last word, words between, the stretch.
    let mut ways: Vec<(u32, u32, ByteSpan)> = Vec::new();
    let mut before = None;
    for (position, places) in row {
        let standing = places.iter().filter_map(|n| tokens.get(*n)).map(|(t, _)| t);
        ways = match before {
            None => standing.map(|t| (t.position, 0, t.span)).collect(),
            Some(before) => standing
                .filter_map(|token| {
                    let best = ways.iter().filter_map(|(stood, between, span)| {
                        let gap = token.position.checked_sub(stood + (position - before))?;
                        (between + gap <= slop).then_some((between + gap, *span))
                    });
                    let (between, span) = best.min_by_key(|(between, span)| (*between, usize::MAX - span.start))?;
                    Some((token.position, between, ByteSpan::new(span.start, span.end.max(token.span.end))))
                })
                .collect(),
        };
        before = Some(position);
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
    use crate::words::{prefix_terms, query_terms};

    const TEXT: &str = "Shelling of the town’s air bases went on. Officials ordered evacuations from Pahlgam; \
                        al-Shabaab denied it, and the U.S. air force watched the T-72s. The state of emergency held.";

    fn terms(typed: &str) -> QueryTerms {
        query_terms(&mut Analyser::new(), typed, ["en"], false)
    }

    fn beginning(typed: &str) -> PrefixTerms {
        prefix_terms(&mut Analyser::new(), typed, ["en"])
    }

    fn prefix(typed: &str) -> Matcher {
        Matcher::Prefix(beginning(typed))
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
    fn words_in_another_order_are_no_phrase_however_near() {
        assert_eq!(marked("truce talks", &[Matcher::phrase(&terms("talks truce"), 9)]), Vec::<&str>::new());
        assert_eq!(marked("talks x truce talks", &[Matcher::phrase(&terms("talks truce"), 9)]), ["talks x truce"]);
    }

    #[test]
    fn of_a_repeated_word_the_nearest_is_taken() {
        let text = "talks a b c d talks now";
        assert_eq!(marked(text, &[Matcher::phrase(&terms("talks now"), 9)]), ["talks now"]);
        assert_eq!(marked("talks talks", &[Matcher::phrase(&terms("talks talks talks"), 1)]), Vec::<&str>::new());
    }

    #[test]
    fn prefixes_and_fuzzy_words_go_by_the_written_form_too() {
        assert_eq!(marked(TEXT, &[prefix("evacuat")]), ["evacuations"]);
        assert_eq!(marked(TEXT, &[prefix("EVACU")]), ["evacuations"]);
        assert_eq!(marked(TEXT, &[prefix("")]), Vec::<&str>::new());
        assert_eq!(marked("evacuees, evacuated", &[prefix("evacuat")]), ["evacuated"]);
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahalgam", 1)]), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahglam", 1)]), ["Pahlgam"]);
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahlgarn", 1)]), Vec::<&str>::new());
        assert_eq!(marked(TEXT, &[Matcher::fuzzy("Pahlgarn", 2)]), ["Pahlgam"]);
    }

    #[test]
    fn the_last_word_of_an_open_phrase_is_marked_by_its_beginning() {
        let row = vec![QueryTerm { position: 0, term: "al".to_owned() }];
        let open = |typed| Matcher::OpenPhrase { row: row.clone(), position: 1, last: beginning(typed) };
        assert_eq!(marked(TEXT, &[open("Shab")]), ["al-Shabaab"]);
        assert_eq!(marked(TEXT, &[open("den")]), Vec::<&str>::new());
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
                prefix(&typed),
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
