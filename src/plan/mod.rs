//! From a [`Question`] to what is looked up in the index: leaves to score by, and a tree of conditions to match by.

pub(crate) mod compound;
pub(crate) mod forms;
pub mod highlight;
pub mod leaf;
pub(crate) mod marks;

use crate::geo::gazetteer::PlaceClass;
use crate::geo::{Gazetteer, Place};
use crate::model::error::QueryError;
use crate::model::question::{Expr, Filter, Matching, Question};
use crate::plan::compound::{apart, parts_of};
use crate::plan::leaf::{Alternative, Leaf, Tree, Wanted};
use crate::words::{Analyser, WORDY_QUERY_WORDS, is_wordy_stop_word};

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
    uses: UsesSpelling<'a>,
    analyser: &'a mut Analyser,
    gazetteer: &'a Gazetteer,
    languages: &'a [String],
    question: &'a Question,
    /// Whether the whole query is written in capitals, so that capitals in it mean nothing.
    in_capitals: bool,
    leaves: Vec<Leaf>,
    /// The words that wanted ones are put together of: evidence beside the word as it was written.
    parts: Vec<Wanted>,
    /// The first part of the query that the index cannot answer.
    fault: Option<QueryError>,
}

/// Tells whether an index uses a spelling of a place's name, which it knows under these forms.
pub type UsesSpelling<'a> = &'a dyn Fn(&str, Vec<Alternative>) -> bool;

impl Plan {
    /// Makes a query ready for an index with articles in these languages.
    ///
    /// # Errors
    /// [`QueryError`] where a part of the query holds only words that the index does not keep, or asks for spellings of
    /// what is several words to it.
    pub fn of(
        question: &Question,
        gazetteer: &Gazetteer,
        languages: &[String],
        analyser: &mut Analyser,
        uses: UsesSpelling<'_>,
    ) -> Result<Self, QueryError> {
        let in_capitals = crate::plan::forms::in_capitals(question);
        let mut planner = Planner {
            analyser,
            uses,
            gazetteer,
            languages,
            question,
            in_capitals,
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
            if wanted.is_empty() && !typed.is_empty() {
                planner.refuse_common(&typed.join(" "));
            }
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
        if wanted.is_empty() && !words.is_empty() {
            self.refuse_common(&words.join(" "));
        }
        trees.extend(wanted.into_iter().map(|w| w.tree));
        trees.push(any_of_each_field(&filters));
        Tree::And(trees)
    }

    fn tree(&mut self, expr: &Expr, title: bool) -> Tree {
        match expr {
            Expr::Word(_) => self.conjunction(vec![expr.clone()], title),
            Expr::Phrase { words, slop } => {
                let typed = words.join(" ");
                let mut forms = self.forms(&typed);
                for form in &mut forms {
                    if let Alternative::Phrase { slop: spare, .. } = form {
                        *spare = *slop;
                    }
                }
                if forms.is_empty() {
                    self.refuse_common(&typed);
                }
                self.leaf(&typed, forms, title)
            }
            Expr::Prefix(stem) => {
                let forms = crate::plan::forms::beginnings(self.analyser, stem, self.languages);
                self.leaf(&format!("{stem}*"), forms, title)
            }
            Expr::Fuzzy { word, distance } => {
                let forms = self.forms(word);
                if forms.is_empty() {
                    self.refuse_common(word);
                }
                if forms.iter().any(|form| !matches!(form, Alternative::Terms(_))) {
                    let reason = format!(
                        "`~{distance}` compares single words, and the index parts this into several; write it after one of them"
                    );
                    self.refuse(format!("{word}~{distance}"), reason);
                }
                let terms = forms.iter().flat_map(|form| match form {
                    Alternative::Terms(terms) => terms.as_slice(),
                    _ => &[],
                });
                let alternatives =
                    terms.map(|term| Alternative::Fuzzy { term: term.clone(), distance: *distance }).collect();
                self.leaf(&format!("{word}~{distance}"), alternatives, title)
            }
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

    /// Refuses the query for a part of it that no passage could be tested for: nothing that was typed is ever left out, but
    /// for common words beside others.
    fn refuse_common(&mut self, typed: &str) {
        let (words, are) = if typed.contains(' ') { ("these words", "are") } else { ("this word", "is") };
        self.refuse(typed.to_owned(), format!("{words} {are} too common to be kept in the index; leave out what asks for nothing else, or add a rarer word"));
    }

    fn refuse(&mut self, query: String, reason: String) {
        self.fault.get_or_insert(QueryError { query, at: 0, reason });
    }

    /// A leaf of what was typed.
    fn leaf(&mut self, label: &str, alternatives: Vec<Alternative>, title_only: bool) -> Tree {
        self.leaf_with_variants(label, alternatives, Vec::new(), &[], title_only)
    }

    /// A leaf of what was typed, and of the other names of the place that it names.
    fn leaf_with_variants(
        &mut self,
        label: &str,
        typed: Vec<Alternative>,
        names: Vec<Alternative>,
        variants: &[String],
        title_only: bool,
    ) -> Tree {
        let own = typed.len();
        let mut alternatives = typed;
        for form in names {
            if !alternatives.contains(&form) {
                alternatives.push(form);
            }
        }
        let mut variants = variants.to_vec();
        if variants.len() > VARIANTS_NAMED {
            let more = variants.len() - VARIANTS_NAMED;
            variants.truncate(VARIANTS_NAMED);
            variants.push(format!("{more} more"));
        }
        self.leaves.push(Leaf { own, variants, title_only, ..Leaf::of_forms(label, alternatives) });
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

    /// What a piece of the query may be found as; empty where the index keeps none of its words.
    fn forms(&mut self, typed: &str) -> Vec<Alternative> {
        crate::plan::forms::alternatives(self.analyser, typed, self.languages, self.in_capitals)
    }

    /// What another name of a place may be found as.
    fn spellings(&mut self, name: &str) -> Vec<Alternative> {
        let mut forms = self.forms(name);
        if let Some(other) = crate::plan::forms::with_apostrophes(name) {
            forms.extend(self.forms(&other));
        }
        forms
    }

    /// Plain words side by side: each is wanted; where several together, or one alone, are the name of a place, its
    /// other spellings will do as well.
    fn wanted_words(&mut self, typed: &[String], title: bool) -> Vec<Wanted> {
        let typed: Vec<String> = typed.iter().flat_map(|word| apart(word)).map(str::to_owned).collect();
        let mut wanted = Vec::new();
        let mut at = 0;
        while at < typed.len() {
            let (length, mut variants) = self.toponym_at(&typed[at..]);
            variants.retain(|name| {
                let forms = self.spellings(name);
                (self.uses)(name, forms)
            });
            let words = &typed[at..at + length];
            at += length;
            let label = words.join(" ");
            let alternatives: Vec<Alternative> = variants.iter().flat_map(|v| self.spellings(v)).collect();
            if let [word] = words {
                let typed = self.forms(word);
                if typed.is_empty() {
                    continue;
                }
                let parts = if variants.is_empty() { parts_of(word, &typed) } else { Vec::new() };
                let tree = if parts.is_empty() {
                    self.leaf_with_variants(&label, typed, alternatives, &variants, title)
                } else {
                    self.put_together(word, typed, &parts, title)
                };
                wanted.push(Wanted { label, tree });
            } else {
                let mut own = Vec::new();
                for word in words {
                    let forms = self.forms(word);
                    if !forms.is_empty() {
                        own.push(self.leaf(word, forms, title));
                    }
                }
                let tree = if alternatives.is_empty() {
                    Tree::And(own)
                } else {
                    let other = self.beside(|planner| {
                        planner.leaf_with_variants(&label, Vec::new(), alternatives, &variants, title)
                    });
                    Tree::Or(vec![Tree::And(own), other])
                };
                wanted.push(Wanted { label, tree });
            }
        }
        wanted
    }

    /// A word that is put together of others: it has to stand as it was written, in one word or in several side by side,
    /// but what counts in the score are its parts, wherever they stand. An article on Iran and Iraq is one for
    /// "Iran-Iraq", and neighbours count more in any case.
    fn put_together(&mut self, word: &str, forms: Vec<Alternative>, parts: &[&str], title: bool) -> Tree {
        let (whole, side_by_side): (Vec<_>, Vec<_>) =
            forms.into_iter().partition(|form| matches!(form, Alternative::Terms(_)));
        let mut ways = Vec::new();
        for (form, weight) in [(whole, 1.0), (side_by_side, 0.0)] {
            if !form.is_empty() {
                ways.push(self.beside(|planner| planner.leaf(word, form, title)));
                self.leaves.last_mut().into_iter().for_each(|leaf| leaf.weight = weight);
            }
        }
        for part in parts {
            let forms = self.forms(part);
            if !forms.is_empty() {
                let tree = self.leaf(part, forms, title);
                self.parts.push(Wanted { label: (*part).to_owned(), tree });
            }
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
