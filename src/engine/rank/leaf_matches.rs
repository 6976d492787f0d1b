//! Where the leaves of a plan stand in all segments, read once for matching, scoring and explaining.

use crate::engine::matching::postings::LeafPostings;
use crate::engine::score::{Scored, Statistics};
use crate::engine::search::Search;
use crate::model::error::Result;
use crate::plan::leaf::Leaf;

/// Where the leaves of a plan stand in a snapshot.
#[derive(Debug)]
pub(crate) struct LeafMatches {
    /// By segment and leaf; empty for leaves that are neither scored nor wanted.
    pub postings: Vec<Vec<LeafPostings>>,
    /// How many words a complete match must hold.
    pub wanted: usize,
}

impl LeafMatches {
    /// Reads where they stand.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn of(search: &Search<'_>) -> Result<Self> {
        let wanted = search.plan.wanted_leaves();
        let in_segment = |segment| {
            let read = |(n, leaf): (usize, &Leaf)| match leaf.weight > 0.0 || wanted.contains(&n) {
                true => LeafPostings::of(segment, leaf),
                false => Ok(LeafPostings::default()),
            };
            search.plan.leaves.iter().enumerate().map(read).collect::<tantivy::Result<Vec<_>>>()
        };
        let postings = search.segments.iter().map(in_segment).collect::<tantivy::Result<_>>();
        let postings = postings.map_err(|e| search.snapshot.fail(e))?;
        Ok(LeafMatches { postings, wanted: search.plan.wanted.len() })
    }

    /// Whether a leaf stands in a hit's passage; titles count for the first one of an article.
    pub fn in_passage(&self, hit: &Scored, leaf: usize) -> bool {
        self.postings[hit.segment as usize][leaf].docs.binary_search(&hit.doc).is_ok()
    }

    /// Whether a leaf stands in a hit's article.
    pub fn in_article(&self, hit: &Scored, leaf: usize) -> bool {
        self.postings[hit.segment as usize][leaf].starts.binary_search(&hit.start).is_ok()
    }

    /// What the leaves weigh, by the articles that hold them.
    pub fn statistics(&self, search: &Search<'_>) -> Statistics {
        let leaves = search.plan.leaves.iter().enumerate().map(|(n, leaf)| {
            // Articles, not passages: a word that fills one long article is rare all the same, which the engine's own
            // count of passages does not tell.
            let articles = self.postings.iter().map(|segment| segment[n].articles()).sum();
            (articles, leaf.weight)
        });
        Statistics::new(leaves, search.collection())
    }
}
