//! Words of a query as the texts of an index know them.

use crate::model::question::{Expr, Question};
use crate::plan::leaf::{Alternative, Form};
use crate::plan::phrase::{Apart, Link, Phrase, Place};
use crate::words::compound::HYPHENS;
pub use crate::words::folded;
use crate::words::{
    Analyser, Profile, Profiles, TypedWord, acronym_meant, compound, is_stop_term, is_unspaced, prefix_terms,
    typed_words,
};

/// What is known of the words of an index. Nothing that an article matches by depends on it but the spellings of places:
/// what is not in the index is left out because it finds nothing.
pub trait Vocabulary {
    /// Whether a passage or a title holds a term.
    fn holds(&self, term: &str) -> bool;

    /// Whether the index uses a spelling of a place's name, which it knows under these forms, as a name.
    fn names_a_place(&self, name: &str, forms: &[Form]) -> bool;
}

/// Makes the forms under which what is typed may stand in texts of each language of an index.
pub struct FormMaker<'a> {
    /// What texts are analysed with.
    pub analyser: &'a mut Analyser,
    /// How the texts of the index are analysed, each way once.
    pub profiles: Vec<Profile>,
    /// Whether the whole query is written in capitals, so that capitals in it mean nothing.
    pub in_capitals: bool,
    /// The words of the index.
    pub vocabulary: &'a dyn Vocabulary,
}

/// A word that is longer than those an index keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

/// How the articles of an index may have been analysed: by the languages that were recognised, and as English, as which
/// all others are treated.
pub fn profiles_of(languages: &[String]) -> Vec<Profile> {
    let mut profiles = Vec::with_capacity(languages.len() + 1);
    for profile in languages.iter().map(|code| Profile::of(Some(code))).chain([Profile::ENGLISH]) {
        if !profiles.contains(&profile) {
            profiles.push(profile);
        }
    }
    profiles
}

/// The terms that a plain word may stand under in texts of these languages, where it is one word to them; empty for very
/// common words.
pub fn terms_of(analyser: &mut Analyser, word: &str, languages: &[String]) -> Vec<String> {
    let mut terms = Vec::new();
    for profile in profiles_of(languages) {
        if let Some([one]) = typed_words(analyser, acronym_meant(word), profile, false).as_deref() {
            terms.extend(one.terms.iter().filter(|term| !is_stop_term(term)).cloned());
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

impl FormMaker<'_> {
    /// What a plain word may be found as: itself, and where it may be written as two words or is typed as such, both ways.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn word(&mut self, typed: &str) -> Result<Vec<Form>, TooLong> {
        let typed = acronym_meant(typed);
        let mut forms = self.phrase(typed, Apart::default())?;
        let is_hyphenated =
            typed.contains(HYPHENS) && !typed.contains(|c: char| c.is_whitespace() || c.is_ascii_digit());
        if is_hyphenated {
            let joined = without_hyphens(typed);
            let (singles, rows): (Vec<_>, Vec<_>) =
                forms.into_iter().partition(|form| matches!(form.alternative, Alternative::Term(_)));
            forms = singles;
            for profile in self.profiles.clone() {
                if let [one] = self.typed(&joined, profile)?.as_slice() {
                    add_terms(&mut forms, one.terms.clone(), profile);
                }
            }
            forms.extend(rows);
        }
        Ok(forms)
    }

    /// What a phrase may be found as.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn phrase(&mut self, typed: &str, apart: Apart) -> Result<Vec<Form>, TooLong> {
        let mut forms = Vec::new();
        for profile in self.profiles.clone() {
            let words = self.typed(typed, profile)?;
            if let [one] = words.as_slice() {
                add_terms(&mut forms, one.terms.clone(), profile);
                let links = self.in_two(one, 0, profile);
                if !links.is_empty() {
                    add(&mut forms, Alternative::Phrase(Phrase { links, words: 1, apart }), profile);
                }
            } else if !words.is_empty() {
                let links = self.lattice(typed, &words, profile);
                add(&mut forms, Alternative::Phrase(Phrase { links, words: words.len(), apart }), profile);
            }
        }
        // Single words first: they are what a leaf is known by.
        forms.sort_by_key(|form| !matches!(form.alternative, Alternative::Term(_)));
        Ok(forms)
    }

    /// What words are found as that must stand as they are written.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn as_written(&mut self, typed: &str, apart: Apart) -> Result<Vec<Form>, TooLong> {
        let mut forms = Vec::new();
        for profile in self.profiles.clone() {
            let words = self.typed(typed, profile)?;
            if words.is_empty() {
                continue;
            }
            let links =
                row(&words, |word| Place::Written { terms: word.terms.clone(), forms: vec![word.form.clone()] });
            add(&mut forms, Alternative::Phrase(Phrase { links, words: words.len(), apart }), profile);
        }
        Ok(forms)
    }

    /// What a name of the gazetteer may be found as.
    pub fn name(&mut self, name: &str) -> Vec<Form> {
        let mut forms = Vec::new();
        for spelling in std::iter::once(name.to_owned()).chain(with_apostrophes(name)) {
            for profile in self.profiles.clone() {
                let Ok(words) = self.typed(&spelling, profile) else { continue };
                match words.as_slice() {
                    [] => {}
                    [one] => add_terms(&mut forms, one.terms.clone(), profile),
                    several => {
                        let links = row(several, any_form);
                        let phrase = Phrase { links, words: several.len(), apart: Apart::default() };
                        add(&mut forms, Alternative::Phrase(phrase), profile);
                    }
                }
            }
        }
        forms
    }

    /// What words that begin as `typed` does may be found as. Of several words ("al-Shab*") the last is open; in scripts
    /// without spaces everything is.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn prefix(&mut self, typed: &str) -> Result<Vec<Form>, TooLong> {
        if typed.chars().filter(|c| is_unspaced(*c)).count() > 1 {
            return self.word(typed);
        }
        let profiles = self.profiles.clone();
        let mut forms = Vec::new();
        for profile in &profiles {
            let words = self.typed(typed, *profile)?;
            let Some((last, before)) = words.split_last() else { continue };
            // A final full stop belongs to what is sought ("U.N.*"), and no word begins with it.
            let open = typed.get(last.span.start..).unwrap_or_default().trim_end_matches('.');
            let beginning = prefix_terms(self.analyser, open, &profiles);
            if before.is_empty() {
                // The rule for beginnings is the same in every language.
                add_to(&mut forms, Alternative::Prefix(beginning), Profiles::ALL);
                continue;
            }
            let mut links = row(before, any_form);
            links.push(Link { from: before.len(), to: words.len(), places: vec![Place::Beginning(beginning)] });
            add(
                &mut forms,
                Alternative::Phrase(Phrase { links, words: words.len(), apart: Apart::default() }),
                *profile,
            );
        }
        let joined = without_hyphens(typed);
        if joined.len() < typed.len() && joined.chars().all(char::is_alphabetic) {
            let beginning = prefix_terms(self.analyser, &joined, &profiles);
            add_to(&mut forms, Alternative::Prefix(beginning), Profiles::ALL);
        }
        Ok(forms)
    }

    /// Two neighbouring words of a query as one, where the index has it and it may be written so.
    pub fn in_one(&mut self, first: &str, second: &str) -> Vec<Form> {
        let (first, second) = (folded(first), folded(second));
        let mut forms = Vec::new();
        if compound::are_one(&first, &second) {
            for profile in self.profiles.clone() {
                add_terms(&mut forms, self.known_as_one(&first, &second, profile), profile);
            }
        }
        forms
    }

    fn typed(&mut self, typed: &str, profile: Profile) -> Result<Vec<TypedWord>, TooLong> {
        typed_words(self.analyser, typed, profile, self.in_capitals).ok_or(TooLong)
    }

    /// The terms of a word that the index holds; none for several words.
    fn known(&mut self, word: &str, profile: Profile) -> Vec<String> {
        match self.typed(word, profile).unwrap_or_default().as_mut_slice() {
            [one] => std::mem::take(&mut one.terms).into_iter().filter(|term| self.vocabulary.holds(term)).collect(),
            _ => Vec::new(),
        }
    }

    /// The terms that the index holds of two words that are written as one.
    fn known_as_one(&mut self, first: &str, second: &str, profile: Profile) -> Vec<String> {
        let of_second = match self.typed(second, profile).unwrap_or_default().as_slice() {
            [one] => one.terms.clone(),
            _ => Vec::new(),
        };
        let mut terms = self.known(&format!("{first}{second}"), profile);
        terms.retain(|term| of_second.iter().any(|of_second| compound::is_whole(term, first, second, of_second)));
        terms
    }

    /// The links of a typed phrase: each word, the words that it may be written as, and those that may be written as one.
    fn lattice(&mut self, typed: &str, words: &[TypedWord], profile: Profile) -> Vec<Link> {
        let mut links = Vec::with_capacity(words.len());
        for (n, word) in words.iter().enumerate() {
            links.push(Link { from: n, to: n + 1, places: vec![any_form(word)] });
            links.extend(self.in_two(word, n, profile));
            let mut joined = word.form.clone();
            for (end, next) in words.iter().enumerate().skip(n + 1) {
                let before = &words[end - 1];
                let between = typed.get(before.span.end..next.span.start).unwrap_or_default();
                let is_hyphenated = !between.is_empty() && between.chars().all(|c| HYPHENS.contains(&c));
                let is_compound = end == n + 1 && compound::are_one(&word.form, &next.form);
                if !(is_compound || is_hyphenated && next.form.chars().all(char::is_alphabetic)) {
                    break;
                }
                let terms = self.known_as_one(&joined, &next.form, profile);
                joined.push_str(&next.form);
                if !terms.is_empty() {
                    links.push(Link { from: n, to: end + 1, places: vec![Place::Terms(terms)] });
                }
                if !is_hyphenated {
                    break;
                }
            }
        }
        links
    }

    /// The pairs of words that a typed one may be written as, where the index has both.
    fn in_two(&mut self, word: &TypedWord, at: usize, profile: Profile) -> Vec<Link> {
        let mut links = Vec::new();
        for (first, second) in compound::parts(&word.form) {
            // Texts are looked at: a part must be written as it is here, or in the plural.
            let mut part = |part: &str| {
                let terms = self.known(part, profile);
                (!terms.is_empty()).then(|| Place::Written { terms, forms: compound::numbers_of(part) })
            };
            let Some(first) = part(first) else { continue };
            if let Some(second) = part(second) {
                links.push(Link { from: at, to: at + 1, places: vec![first, second] });
            }
        }
        links
    }
}

fn without_hyphens(typed: &str) -> String {
    typed.chars().filter(|c| !HYPHENS.contains(c)).collect()
}

/// Words one after the other.
fn row(words: &[TypedWord], place: impl Fn(&TypedWord) -> Place) -> Vec<Link> {
    words.iter().enumerate().map(|(n, word)| Link { from: n, to: n + 1, places: vec![place(word)] }).collect()
}

/// Any word under the terms of one that was typed.
fn any_form(word: &TypedWord) -> Place {
    Place::Terms(word.terms.clone())
}

/// Adds single terms for texts of one more profile.
fn add_terms(forms: &mut Vec<Form>, terms: Vec<String>, profile: Profile) {
    terms.into_iter().for_each(|term| add(forms, Alternative::Term(term), profile));
}

/// Adds a form for texts of one more profile. English ones count in every text: short texts are at times told as another
/// language (NPL's abstracts: nDCG@10 .453 without), and English is sought in every index.
fn add(forms: &mut Vec<Form>, alternative: Alternative, profile: Profile) {
    let profiles = if profile == Profile::ENGLISH { Profiles::ALL } else { Profiles::default().with(profile) };
    add_to(forms, alternative, profiles);
}

fn add_to(forms: &mut Vec<Form>, alternative: Alternative, profiles: Profiles) {
    match forms.iter_mut().find(|form| form.alternative == alternative) {
        Some(form) => form.profiles = form.profiles.and(profiles),
        None => forms.push(Form { alternative, profiles }),
    }
}

/// A name of the gazetteer, which is folded, with the apostrophes that it may have lost before a vowel: "cote divoire". In
/// French and Italian text the article before one is no part of the word.
fn with_apostrophes(name: &str) -> Option<String> {
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
        Expr::Phrase(phrase) => typed.extend(phrase.words.iter().map(String::as_str)),
        _ => {}
    });
    typed.len() > 1 && typed.iter().all(|w| !w.chars().any(char::is_lowercase))
}
