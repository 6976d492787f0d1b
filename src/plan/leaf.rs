//! What a plan is made of: leaves that passages are scored by, and a tree of conditions over leaves and filters.

use crate::model::question::Filter;
use crate::words::PrefixTerms;

/// A word, phrase, prefix or the like that passages are scored by.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The words as typed, for saying which are missing.
    pub label: String,
    /// What it may be found as, any of them.
    pub alternatives: Vec<Alternative>,
    /// How many of the alternatives were typed; those after them are spellings that the gazetteer added.
    pub own: usize,
    /// Some of the other spellings that were added by the gazetteer, and how many more there are, for `--explain`.
    pub variants: Vec<String>,
    /// Whether only titles count.
    pub title_only: bool,
    /// Whether it is another way to write words of the query that have leaves of their own.
    pub beside: bool,
    /// Weight in the score, 0 for what is matched but not scored.
    pub weight: f32,
}

/// One form of a leaf.
#[derive(Debug, Clone, PartialEq)]
pub enum Alternative {
    /// Any of these terms.
    Terms(Vec<String>),
    /// Terms in order.
    Phrase {
        /// Position in the phrase, and the terms that may stand there.
        parts: Vec<(u32, Vec<String>)>,
        /// How many other words may stand between.
        slop: u32,
    },
    /// Any word that begins so.
    Prefix(PrefixTerms),
    /// Terms in order, and after them a word that begins so.
    OpenPhrase {
        /// Position in the phrase, and the term that stands there; the last word is not among them.
        parts: Vec<(u32, String)>,
        /// The position of the last word.
        position: u32,
        /// Its beginning.
        last: PrefixTerms,
    },
    /// Any term within a distance of this one.
    Fuzzy {
        /// The term.
        term: String,
        /// Levenshtein distance with transpositions.
        distance: u8,
    },
}

/// A tree of conditions over leaves and filters.
#[derive(Debug, Clone)]
pub enum Tree {
    /// Holds for every passage.
    All,
    /// The leaf of this number is in the passage (in the title of its article for a title leaf).
    Leaf(usize),
    /// A filter holds.
    Filter(Filter),
    /// All of these.
    And(Vec<Tree>),
    /// Any of these.
    Or(Vec<Tree>),
    /// Not this.
    Not(Box<Tree>),
}

/// A word of the query that a partial match may lack.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// As typed.
    pub label: String,
    /// What must hold for the passage to have it.
    pub tree: Tree,
}

impl Leaf {
    /// A leaf of a word or name under the forms in which the index may know it.
    pub fn of_forms(label: &str, alternatives: Vec<Alternative>) -> Self {
        let own = alternatives.len();
        let label = label.to_owned();
        Leaf { label, alternatives, own, variants: Vec::new(), title_only: false, beside: false, weight: 1.0 }
    }
}
