//! From a [`Question`] to what is looked up in the index: leaves to score by, and a tree of conditions to match by.

pub(crate) mod compound;
pub mod forms;
pub mod highlight;
pub mod leaf;
pub(crate) mod marks;
pub mod phrase;

use crate::geo::gazetteer::PlaceClass;
use crate::geo::{Gazetteer, Place};
use crate::model::error::QueryError;
use crate::model::question::{Expr, Filter, Matching, Question, TypedPhrase};
use crate::plan::compound::{apart, parts_of};
use crate::plan::forms::{FormMaker, TooLong, Vocabulary, profiles_of};
use crate::plan::leaf::{Alternative, Form, IN_TWO_WORTH, Leaf, Tree, Wanted};
use crate::plan::phrase::MOST_IN_ANY_ORDER;
use crate::words::{Analyser, LONGEST_TERM_BYTES, WORDY_QUERY_WORDS, is_common, is_stop_term, is_wordy_stop_word};

/// A query made ready.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What passages are scored by.
    pub leaves: Vec<Leaf>,
    /// What every answer must fulfil: filters, phrases, negations.
    pub required: Tree,
    /// Words of which a complete answer has all and a partial one some.
    pub wanted: Vec<Wanted>,
    /// Whether any of the wanted will do.
    pub any: bool,
}

/// How many words of a query may be looked up together as one name of a place.
const LONGEST_TOPONYM: usize = 5;
/// How many of a place's other spellings are named to people: a country has hundreds.
const VARIANTS_NAMED: usize = 5;
/// A lower-case word of a query is taken for a settlement's name from this many inhabitants on; smaller ones must be
/// written with a capital. Below it the gazetteer holds too many ordinary words ("of", "march", "lead").
const PLAINLY_KNOWN: u64 = 100_000;

struct Planner<'a> {
    forms: FormMaker<'a>,
    gazetteer: &'a Gazetteer,
    question: &'a Question,
    leaves: Vec<Leaf>,
    /// The words that wanted ones are put together of: evidence beside the word as it was written.
    parts: Vec<Wanted>,
    /// The first part of the query that the index cannot answer.
    fault: Option<QueryError>,
}

impl Plan {
    /// Makes a query ready for an index with articles in these languages and with these words.
    ///
    /// # Errors
    /// [`QueryError`] where a part of the query holds a word that no index keeps, or asks for spellings of what is several
    /// words to it.
    pub fn of(
        question: &Question,
        gazetteer: &Gazetteer,
        languages: &[String],
        analyser: &mut Analyser,
        vocabulary: &dyn Vocabulary,
    ) -> Result<Self, QueryError> {
        let in_capitals = crate::plan::forms::in_capitals(question);
        let mut planner = Planner {
            forms: FormMaker { analyser, profiles: profiles_of(languages), in_capitals, vocabulary },
            gazetteer,
            question,
            leaves: Vec::new(),
            parts: Vec::new(),
            fault: None,
        };
        let mut required: Vec<Tree> = Vec::new();
        let mut wanted = Vec::new();
        if let Some(expr) = &question.expr {
            let parts: Vec<Expr> = match expr {
                Expr::And(parts) => parts.clone(),
                other => vec![other.clone()],
            };
            let (words, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|p| matches!(p, Expr::Word(_)));
            let typed: Vec<String> = words
                .into_iter()
                .filter_map(|w| match w {
                    Expr::Word(word) => Some(word),
                    _ => None,
                })
                .collect();
            let typed = planner.telling(typed);
            wanted = planner.wanted_words(&typed, false);
            if question.matching == Matching::Any {
                wanted.append(&mut planner.parts);
            }
            required.push(planner.conjunction(rest, false));
        }
        if let Some(fault) = planner.fault {
            return Err(fault);
        }
        Ok(Plan {
            leaves: planner.leaves,
            required: Tree::And(required),
            wanted,
            any: question.matching == Matching::Any,
        })
    }

    /// What a complete match fulfils.
    pub fn complete(&self) -> Tree {
        let words: Vec<Tree> = self.wanted.iter().map(|w| w.tree.clone()).collect();
        let words = if self.any && !words.is_empty() { Tree::Or(words) } else { Tree::And(words) };
        Tree::And(vec![self.required.clone(), words])
    }

    /// The wanted words that a passage lacks which holds just the leaves that `has` says.
    pub fn missing(&self, has: &dyn Fn(usize) -> bool) -> Vec<String> {
        self.wanted.iter().filter(|w| !holds(&w.tree, has)).map(|w| w.label.clone()).collect()
    }

    /// How many words the score is made of; other ways to write them are not counted again.
    pub fn scored_words(&self) -> usize {
        self.leaves.iter().filter(|leaf| leaf.weight > 0.0 && !leaf.beside).count()
    }

    /// The leaves that tell whether a wanted word is there.
    pub fn wanted_leaves(&self) -> Vec<usize> {
        fn leaves(tree: &Tree, out: &mut Vec<usize>) {
            match tree {
                Tree::Leaf(leaf) => out.push(*leaf),
                Tree::And(parts) | Tree::Or(parts) => parts.iter().for_each(|part| leaves(part, out)),
                Tree::Not(part) => leaves(part, out),
                Tree::All | Tree::Filter(_) => {}
            }
        }
        let mut found = Vec::new();
        self.wanted.iter().for_each(|wanted| leaves(&wanted.tree, &mut found));
        found
    }

    /// For each leaf whether it is one of the wanted words by itself, and not a part of one.
    pub fn wanted_by_themselves(&self) -> Vec<bool> {
        let mut alone = vec![false; self.leaves.len()];
        for wanted in &self.wanted {
            if let Tree::Leaf(leaf) = wanted.tree {
                alone[leaf] = true;
            }
        }
        alone
    }
}

/// Whether a tree of leaves holds for a passage with just these leaves.
fn holds(tree: &Tree, has: &dyn Fn(usize) -> bool) -> bool {
    match tree {
        Tree::All | Tree::Filter(_) => true,
        Tree::Leaf(leaf) => has(*leaf),
        Tree::And(parts) => parts.iter().all(|p| holds(p, has)),
        Tree::Or(parts) => parts.is_empty() || parts.iter().any(|p| holds(p, has)),
        Tree::Not(part) => !holds(part, has),
    }
}

/// Filters as a condition: those of one field are alternatives, different fields must all hold.
fn any_of_each_field(filters: &[Filter]) -> Tree {
    if filters.is_empty() {
        return Tree::All;
    }
    let mut fields: Vec<(&'static str, Vec<Tree>)> = Vec::new();
    for filter in filters {
        let leaf = Tree::Filter(filter.clone());
        match fields.iter_mut().find(|(field, _)| *field == filter.field()) {
            Some((_, alternatives)) => alternatives.push(leaf),
            None => fields.push((filter.field(), vec![leaf])),
        }
    }
    Tree::And(fields.into_iter().map(|(_, alternatives)| Tree::Or(alternatives)).collect())
}

impl Planner<'_> {
    fn conjunction(&mut self, parts: Vec<Expr>, title: bool) -> Tree {
        let mut filters = Vec::new();
        let mut trees = Vec::new();
        let mut words = Vec::new();
        for part in parts {
            match part {
                Expr::Filter(filter) => filters.push(filter),
                Expr::Word(word) => words.push(word),
                other => trees.push(self.tree(&other, title)),
            }
        }
        let wanted = self.wanted_words(&words, title);
        trees.extend(wanted.into_iter().map(|w| w.tree));
        trees.push(any_of_each_field(&filters));
        Tree::And(trees)
    }

    fn tree(&mut self, expr: &Expr, title: bool) -> Tree {
        match expr {
            Expr::Word(_) => self.conjunction(vec![expr.clone()], title),
            Expr::Phrase(phrase) => self.phrase(expr, phrase, title),
            Expr::Prefix(stem) => {
                let forms = self.forms.prefix(stem);
                let forms = self.kept(stem, forms);
                self.leaf(&format!("{stem}*"), forms, title)
            }
            Expr::Fuzzy { word, distance } => self.fuzzy(word, *distance, title),
            Expr::Title(inner) => self.tree(inner, true),
            Expr::Filter(filter) => Tree::Filter(filter.clone()),
            Expr::And(parts) => self.conjunction(parts.clone(), title),
            Expr::Or(parts) => Tree::Or(parts.iter().map(|p| self.tree(p, title)).collect()),
            Expr::Not(inner) => {
                // What must not be there is no evidence: its leaves are matched but not scored.
                let scored = self.leaves.len();
                let tree = self.tree(inner, title);
                for leaf in &mut self.leaves[scored..] {
                    leaf.weight = 0.0;
                }
                Tree::Not(Box::new(tree))
            }
        }
    }

    /// A leaf of words side by side or near each other.
    fn phrase(&mut self, expr: &Expr, phrase: &TypedPhrase, title: bool) -> Tree {
        let typed = phrase.words.join(" ");
        let forms = match phrase.as_written {
            true => self.forms.as_written(&typed, phrase.apart),
            false => self.forms.phrase(&typed, phrase.apart),
        };
        let forms = self.kept(&typed, forms);
        let words = forms.iter().map(|form| match &form.alternative {
            Alternative::Phrase(phrase) => phrase.words,
            _ => 1,
        });
        if phrase.apart.any_order && words.max() > Some(MOST_IN_ANY_ORDER) {
            let reason = format!(
                "at most {MOST_IN_ANY_ORDER} words may stand in any order; write `~>{}` to find them in this order",
                phrase.apart.most
            );
            self.refuse(expr.to_string(), reason);
        }
        let label = if phrase.as_written { format!("={typed}") } else { typed };
        self.leaf(&label, forms, title)
    }

    /// A leaf of words that are spelt nearly so.
    fn fuzzy(&mut self, word: &str, distance: u8, title: bool) -> Tree {
        let forms = self.forms.word(word);
        let mut near = Vec::new();
        let forms = if self.is_common(word) { Vec::new() } else { self.kept(word, forms) };
        for form in forms {
            match form.alternative {
                Alternative::Term(term) if is_stop_term(&term) => {}
                Alternative::Term(term) => {
                    near.push(Form { alternative: Alternative::Fuzzy { term, distance }, ..form })
                }
                // Written in two words it is no word to be compared.
                Alternative::Phrase(phrase) if phrase.words == 1 => {}
                _ => {
                    near.clear();
                    let reason = format!(
                        "`~{distance}` compares single words, and the index parts this into several; write it after one of them"
                    );
                    self.refuse(format!("{word}~{distance}"), reason);
                    break;
                }
            }
        }
        if near.is_empty() {
            let reason = format!(
                "very common words are not compared with others; write \"{word}\" in quotation marks to find just this word"
            );
            self.refuse(format!("{word}~{distance}"), reason);
        }
        self.leaf(&format!("{word}~{distance}"), near, title)
    }

    /// The forms of what was typed; the query is refused where no index keeps it.
    fn kept(&mut self, typed: &str, forms: Result<Vec<Form>, TooLong>) -> Vec<Form> {
        let reason = match forms {
            Ok(forms) if !forms.is_empty() => return forms,
            Ok(_) => "there is nothing in this that an index keeps; leave it out".to_owned(),
            Err(TooLong) => format!(
                "a word of more than {LONGEST_TERM_BYTES} bytes is not indexed; search for its beginning, as in {}*",
                typed.chars().filter(|c| c.is_alphanumeric()).take(12).collect::<String>()
            ),
        };
        self.refuse(typed.to_owned(), reason);
        Vec::new()
    }

    fn refuse(&mut self, query: String, reason: String) {
        self.fault.get_or_insert(QueryError { query, at: 0, reason });
    }

    /// A leaf of what was typed.
    fn leaf(&mut self, label: &str, forms: Vec<Form>, title_only: bool) -> Tree {
        self.leaf_with_variants(label, forms, Vec::new(), &[], title_only)
    }

    /// A leaf of what was typed, and of the other names of the place that it names.
    fn leaf_with_variants(
        &mut self,
        label: &str,
        typed: Vec<Form>,
        names: Vec<Form>,
        variants: &[String],
        title_only: bool,
    ) -> Tree {
        let own = typed.len();
        let mut forms = typed;
        for form in names {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let mut variants = variants.to_vec();
        if variants.len() > VARIANTS_NAMED {
            let more = variants.len() - VARIANTS_NAMED;
            variants.truncate(VARIANTS_NAMED);
            variants.push(format!("{more} more"));
        }
        self.leaves.push(Leaf { own, variants, title_only, ..Leaf::of_forms(label, forms) });
        Tree::Leaf(self.leaves.len() - 1)
    }

    /// Makes leaves that are other ways to write words which have leaves of their own.
    fn beside(&mut self, make: impl FnOnce(&mut Self) -> Tree) -> Tree {
        let from = self.leaves.len();
        let tree = make(self);
        self.leaves[from..].iter_mut().for_each(|leaf| leaf.beside = true);
        tree
    }

    /// The words that tell what is sought: in a question or description of many words, those that only make it a sentence
    /// are left out, unless nothing else is there.
    fn telling(&self, typed: Vec<String>) -> Vec<String> {
        if typed.len() < WORDY_QUERY_WORDS {
            return typed;
        }
        let telling: Vec<String> = typed.iter().filter(|w| !is_wordy_stop_word(w)).cloned().collect();
        if telling.is_empty() { typed } else { telling }
    }

    /// Plain words side by side: each is wanted, but for very common ones beside others; where several together, or one
    /// alone, are the name of a place, its other spellings will do as well.
    fn wanted_words(&mut self, typed: &[String], title: bool) -> Vec<Wanted> {
        let typed: Vec<String> = typed.iter().flat_map(|word| apart(word)).map(str::to_owned).collect();
        let all_common = typed.iter().all(|word| self.is_common(word));
        let mut wanted: Vec<Wanted> = Vec::new();
        // The word before, where it is no name and has the last of the leaves.
        let mut before: Option<String> = None;
        let mut at = 0;
        while at < typed.len() {
            let (length, mut variants) = self.toponym_at(&typed[at..]);
            variants.retain(|name| {
                let forms = self.forms.name(name);
                self.forms.vocabulary.names_a_place(name, &forms)
            });
            let words = &typed[at..at + length];
            at += length;
            let label = words.join(" ");
            let names: Vec<Form> = variants.iter().flat_map(|v| self.forms.name(v)).collect();
            if let [word] = words {
                if !all_common && self.is_common(word) {
                    before = None;
                    continue;
                }
                let forms = self.forms.word(word);
                let forms = self.kept(word, forms);
                let parts = if variants.is_empty() { parts_of(word, &forms) } else { Vec::new() };
                let is_plain = variants.is_empty() && parts.is_empty();
                let tree = if parts.is_empty() {
                    self.leaf_with_variants(&label, forms, names, &variants, title)
                } else {
                    self.put_together(word, forms, &parts, title)
                };
                wanted.push(Wanted { label, tree });
                if let Some(first) = before.take().filter(|_| is_plain) {
                    self.in_one(&first, word, &mut wanted, title);
                }
                before = is_plain.then(|| word.clone());
            } else {
                before = None;
                let mut own = Vec::new();
                for word in words {
                    if !self.is_common(word) {
                        let forms = self.forms.word(word);
                        let forms = self.kept(word, forms);
                        own.push(self.leaf(word, forms, title));
                    }
                }
                let tree = if names.is_empty() {
                    Tree::And(own)
                } else {
                    let other =
                        self.beside(|planner| planner.leaf_with_variants(&label, Vec::new(), names, &variants, title));
                    Tree::Or(vec![Tree::And(own), other])
                };
                wanted.push(Wanted { label, tree });
            }
        }
        wanted
    }

    fn is_common(&mut self, word: &str) -> bool {
        is_common(self.forms.analyser, word, self.forms.in_capitals)
    }

    /// Two words side by side that are also written as one: where that stands, neither of the last two wanted is lacking.
    fn in_one(&mut self, first: &str, second: &str, wanted: &mut [Wanted], title: bool) {
        let forms = self.forms.in_one(first, second);
        if forms.is_empty() {
            return;
        }
        let one = self.beside(|planner| planner.leaf(&format!("{first}{second}"), forms, title));
        self.leaves.last_mut().into_iter().for_each(|leaf| leaf.weight = IN_TWO_WORTH);
        for wanted in wanted.iter_mut().rev().take(2) {
            let own = std::mem::replace(&mut wanted.tree, Tree::All);
            wanted.tree = Tree::Or(vec![own, one.clone()]);
        }
    }

    /// A word that is put together of others: it has to stand as it was written, in one word or in several side by side,
    /// but what counts in the score are its parts, wherever they stand. An article on Iran and Iraq is one for
    /// "Iran-Iraq", and neighbours count more in any case.
    fn put_together(&mut self, word: &str, forms: Vec<Form>, parts: &[&str], title: bool) -> Tree {
        let (whole, side_by_side): (Vec<_>, Vec<_>) =
            forms.into_iter().partition(|form| matches!(form.alternative, Alternative::Term(_)));
        let mut ways = Vec::new();
        for (form, weight) in [(whole, 1.0), (side_by_side, 0.0)] {
            if !form.is_empty() {
                ways.push(self.beside(|planner| planner.leaf(word, form, title)));
                self.leaves.last_mut().into_iter().for_each(|leaf| leaf.weight = weight);
            }
        }
        for part in parts {
            if self.is_common(part) {
                continue;
            }
            let forms = self.forms.word(part);
            let forms = self.kept(part, forms);
            let tree = self.leaf(part, forms, title);
            self.parts.push(Wanted { label: (*part).to_owned(), tree });
        }
        Tree::Or(ways)
    }

    /// How many of the words at the head of `typed` make up the name of a place (1 where none does), and its other names.
    fn toponym_at(&self, typed: &[String]) -> (usize, Vec<String>) {
        if self.question.exact {
            return (1, Vec::new());
        }
        for length in (1..=typed.len().min(LONGEST_TOPONYM)).rev() {
            let name = typed[..length].join(" ");
            let Some(place) = self.gazetteer.named(&name).into_iter().next() else { continue };
            if !plainly_a_place(&place, &name, length) {
                continue;
            }
            let variants = self.gazetteer.names_of(&place.id);
            if variants.is_empty() && length > 1 {
                continue;
            }
            let folded = crate::plan::forms::folded(&name);
            return (length, variants.into_iter().filter(|v| crate::plan::forms::folded(v) != folded).collect());
        }
        (1, Vec::new())
    }
}

/// Whether a user who typed `name` can be taken to mean the place: it is large, or the name is written like one.
fn plainly_a_place(place: &Place, name: &str, words: usize) -> bool {
    let capitalised = name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let known = match place.class {
        PlaceClass::Country | PlaceClass::Division1 | PlaceClass::Region | PlaceClass::Area | PlaceClass::Line => true,
        PlaceClass::Settlement => place.population >= PLAINLY_KNOWN || place.geonames_id.is_none(),
        _ => words > 1,
    };
    known || capitalised
}
