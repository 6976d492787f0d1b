//! Words of a query as the index knows them.

use crate::model::question::{Expr, Question};
use crate::plan::leaf::Alternative;
pub use crate::words::folded;
use crate::words::{Analyser, Profile, is_unspaced, prefix_terms, query_terms};

/// The languages that articles of the index may have been analysed in: those that were recognised, and English, as which
/// all others are treated.
fn spoken(languages: &[String]) -> impl Iterator<Item = &str> {
    let english = languages.iter().all(|code| code != "en").then_some("en");
    languages.iter().map(String::as_str).chain(english)
}

/// What a piece of a query may be found as, analysed in each of these languages; empty where the index keeps none of
/// its words. `in_capitals` tells that the whole query is written in capitals.
pub fn alternatives(analyser: &mut Analyser, typed: &str, languages: &[String], in_capitals: bool) -> Vec<Alternative> {
    // What English does not keep is no word to be sought, though another language of the index may have one like it:
    // "the" is no stop word in French, and every query would want it.
    if query_terms(analyser, typed, ["en"], in_capitals).is_stop() {
        return Vec::new();
    }
    let found = query_terms(analyser, typed, spoken(languages), in_capitals);
    let mut singles: Vec<String> = Vec::new();
    let mut forms = Vec::new();
    for row in found.alternatives {
        match row.as_slice() {
            [one] => {
                if !singles.contains(&one.term) {
                    singles.push(one.term.clone());
                }
            }
            _ => forms.push(Alternative::Phrase {
                parts: row.into_iter().map(|t| (t.position, vec![t.term])).collect(),
                slop: 0,
            }),
        }
    }
    if !singles.is_empty() {
        forms.insert(0, Alternative::Terms(singles));
    }
    forms
}

/// What words that begin as `typed` does may be found as, in each of these languages. Of several words ("al-Shab*") the last
/// is open; in scripts without spaces everything is.
pub fn beginnings(analyser: &mut Analyser, typed: &str, languages: &[String]) -> Vec<Alternative> {
    if typed.chars().filter(|c| is_unspaced(*c)).count() > 1 {
        return alternatives(analyser, typed, languages, false);
    }
    let mut forms = Vec::new();
    for language in spoken(languages) {
        let mut tokens = Vec::new();
        analyser.analyse(typed, Profile::of(Some(language)), |token, term| tokens.push((token, term.to_owned())));
        let Some(((last, _), before)) = tokens.split_last() else { continue };
        // A final full stop belongs to what is sought ("U.N.*"), and no word begins with it.
        let open = typed.get(last.span.start..).unwrap_or_default().trim_end_matches('.');
        let last_terms = prefix_terms(analyser, open, spoken(languages));
        let kept: Vec<_> = before.iter().filter(|(token, _)| !token.stop).collect();
        let form = match kept.first() {
            None => Alternative::Prefix(last_terms),
            Some((first, _)) => Alternative::OpenPhrase {
                parts: kept.iter().map(|(t, term)| (t.position - first.position, term.clone())).collect(),
                position: last.position - first.position,
                last: last_terms,
            },
        };
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let joined: String = typed.chars().filter(|c| !matches!(c, '-' | '‐' | '‑')).collect();
    if joined.len() < typed.len() && joined.chars().all(char::is_alphabetic) {
        forms.push(Alternative::Prefix(prefix_terms(analyser, &joined, spoken(languages))));
    }
    forms
}

/// A name of the gazetteer, which is folded, with the apostrophes that it may have lost before a vowel: "cote divoire". In
/// French and Italian text the article before one is no part of the word.
pub fn with_apostrophes(name: &str) -> Option<String> {
    let elided = |word: &str| word.starts_with(['d', 'l']) && word[1..].starts_with(['a', 'e', 'h', 'i', 'o', 'u']);
    let (first, rest) = name.split_once(' ')?;
    if !rest.split(' ').any(elided) {
        return None;
    }
    let mut out = first.to_owned();
    for word in rest.split(' ') {
        out.push(' ');
        if elided(word) {
            out.extend([&word[..1], "'", &word[1..]]);
        } else {
            out.push_str(word);
        }
    }
    Some(out)
}

/// Whether all words of a query are written in capitals, and there are several.
pub fn in_capitals(question: &Question) -> bool {
    let mut typed: Vec<&str> = Vec::new();
    question.visit(&mut |expr, _| match expr {
        Expr::Word(word) | Expr::Prefix(word) | Expr::Fuzzy { word, .. } => typed.push(word),
        Expr::Phrase { words, .. } => typed.extend(words.iter().map(String::as_str)),
        _ => {}
    });
    typed.len() > 1 && typed.iter().all(|w| !w.chars().any(char::is_lowercase))
}
