//! What a plan is made of: leaves that passages are scored by, and a tree of conditions over leaves and filters.

use crate::model::question::Filter;
use crate::plan::phrase::{Phrase, Place};
use crate::words::{PrefixTerms, Profiles};

/// A word, phrase, prefix or the like that passages are scored by.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The words as typed, for saying which are missing.
    pub label: String,
    /// What it may be found as, any of them.
    pub forms: Vec<Form>,
    /// How many of the forms were typed; those after them are spellings that the gazetteer added.
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

/// What a leaf may be found as in texts of some languages. In texts of others it may be a form of another word, so that it
/// counts for nothing there.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What is looked up.
    pub alternative: Alternative,
    /// How the words of a text must have been treated.
    pub profiles: Profiles,
}

impl Form {
    /// The words of it that may stand for many terms of an index.
    pub fn open_words(&self) -> Vec<Alternative> {
        match &self.alternative {
            Alternative::Term(_) => Vec::new(),
            Alternative::Prefix(_) | Alternative::Fuzzy { .. } => vec![self.alternative.clone()],
            Alternative::Phrase(phrase) => {
                let beginning = |place: &Place| match place {
                    Place::Beginning(beginning) => Some(Alternative::Prefix(beginning.clone())),
                    Place::Terms(_) | Place::Written { .. } => None,
                };
                phrase.places().filter_map(beginning).collect()
            }
        }
    }
}

/// What a word is worth that is written as two, or two that are written as one, beside what was typed.
pub const IN_TWO_WORTH: f32 = 0.5;

/// What is looked up for a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Alternative {
    /// A term.
    Term(String),
    /// Words side by side or near each other.
    Phrase(Phrase),
    /// Any word that begins so.
    Prefix(PrefixTerms),
    /// Any term within a distance of this one, but those of very common words.
    Fuzzy {
        /// The term.
        term: String,
        /// Levenshtein distance with transpositions.
        distance: u8,
    },
}

impl Alternative {
    /// What a term that was found is worth beside one that is written as it was asked for: half for each letter that
    /// differs, so that an exact word ranks above a fuzzy one.
    pub fn worth_of(&self, found: &str) -> f32 {
        match self {
            Alternative::Fuzzy { term, .. } => 0.5_f32.powi(strsim::osa_distance(term, found).min(8) as i32),
            _ => 1.0,
        }
    }

    /// What it is worth where it stands: half for one word that is written as two.
    pub fn worth(&self) -> f32 {
        match self {
            Alternative::Phrase(phrase)
                if phrase.words == 1 && phrase.links.iter().all(|link| link.places.len() > 1) =>
            {
                IN_TWO_WORTH
            }
            _ => 1.0,
        }
    }
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
    pub fn of_forms(label: &str, forms: Vec<Form>) -> Self {
        let own = forms.len();
        let label = label.to_owned();
        Leaf { label, forms, own, variants: Vec::new(), title_only: false, beside: false, weight: 1.0 }
    }
}
