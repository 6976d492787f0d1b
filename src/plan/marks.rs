//! What of a query stands where in a passage.

use std::collections::BTreeSet;

use crate::model::article::ByteSpan;
use crate::plan::Plan;
use crate::plan::highlight::{Highlights, highlights};
use crate::plan::leaf::{Form, Leaf};
use crate::words::{Analyser, Profile};

/// Finds the leaves of a plan in texts.
pub struct Highlighter<'p> {
    /// The forms of all leaves, those that are sought in texts before those that are sought in titles only.
    forms: Vec<&'p Form>,
    /// For each form its leaf, and whether it is a spelling that was added.
    of: Vec<(usize, bool)>,
    /// As many of these as are sought in the text.
    in_text: usize,
}

/// What was found in a passage or a title.
#[derive(Debug, Default)]
pub struct Found {
    /// Spans, ascending and apart.
    pub spans: Vec<ByteSpan>,
    /// Leaves that stand in it.
    pub leaves: BTreeSet<usize>,
    /// Whether a name was found only under another spelling than the one typed.
    pub variant: bool,
}

impl<'p> Highlighter<'p> {
    /// A highlighter for a plan.
    pub fn of(plan: &'p Plan) -> Self {
        let mut highlighter = Highlighter { forms: Vec::new(), of: Vec::new(), in_text: 0 };
        let scored = plan.leaves.iter().enumerate().filter(|(_, leaf)| leaf.weight > 0.0);
        let (titles, texts): (Vec<_>, Vec<_>) = scored.partition(|(_, leaf)| leaf.title_only);
        highlighter.add(texts);
        highlighter.in_text = highlighter.forms.len();
        highlighter.add(titles);
        highlighter
    }

    fn add(&mut self, leaves: Vec<(usize, &'p Leaf)>) {
        for (number, leaf) in leaves {
            self.forms.extend(&leaf.forms);
            self.of.extend((0..leaf.forms.len()).map(|n| (number, n >= leaf.own)));
        }
    }

    /// What of the plan stands in a text; `more` are spans to be marked besides.
    pub fn in_text(&self, analyser: &mut Analyser, text: &str, language: Option<&str>, more: Vec<ByteSpan>) -> Found {
        self.found(highlights(text, Profile::of(language), &self.forms[..self.in_text], more, analyser))
    }

    /// What of the plan stands in a title.
    pub fn in_title(&self, analyser: &mut Analyser, title: &str, language: Option<&str>) -> Found {
        self.found(highlights(title, Profile::of(language), &self.forms, Vec::new(), analyser))
    }

    fn found(&self, marked: Highlights) -> Found {
        let mut found = Found { spans: marked.spans, ..Found::default() };
        let mut typed = BTreeSet::new();
        for (is_found, (leaf, is_variant)) in marked.found.iter().zip(&self.of) {
            if *is_found {
                found.leaves.insert(*leaf);
                if !is_variant {
                    typed.insert(*leaf);
                }
            }
        }
        found.variant = found.leaves.iter().any(|leaf| !typed.contains(leaf));
        found
    }
}
