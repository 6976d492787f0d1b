//! What of a query stands where in a passage.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::article::ByteSpan;
use crate::geo::PlaceId;
use crate::query::PassageInfo;

/// Finds the leaves of a plan in texts.
pub struct Highlighter {}

/// What was found in a passage.
#[derive(Debug, Default)]
pub struct Found {
    /// Spans, ascending and apart.
    pub spans: Vec<ByteSpan>,
    /// Leaves that stand in it.
    pub leaves: BTreeSet<usize>,
    /// Whether a place was found under another spelling than the one asked for.
    pub variant: bool,
}

impl Highlighter {
    /// A highlighter for a plan.
    pub fn of(_plan: &Plan) -> Self {
        Highlighter {}
    }

    /// What stands in a passage.
    pub fn in_passage(&mut self, _passage: &PassageInfo, _language: Option<&str>, _places: &[&PlaceId]) -> Found {
        Found::default()
    }

    /// The leaves that stand in a text.
    pub fn found_in(&mut self, _text: &str, _language: Option<&str>) -> BTreeSet<usize> {
        BTreeSet::new()
    }
}
