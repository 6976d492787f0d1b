//! Finding the passages that match: what holds some of what is wanted and meets all that is required.

use tantivy::DocId;

use crate::engine::matching::postings::LeafPostings;
use crate::engine::rank::accumulate::{Evidence, accumulate};
use crate::engine::rank::collector::Collector;
use crate::engine::rank::leaf_matches::LeafMatches;
use crate::engine::score::{Scored, Statistics};
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::engine::segment::copies::Copies;
use crate::engine::segment::cursor::Cursor;
use crate::engine::segment::doc_set::DocumentSet;
use crate::model::error::Result;
use crate::model::question::Matching;
use crate::plan::leaf::Tree;

/// What collects the passages that match completely, and those that match in part.
pub(crate) struct Collectors<'c> {
    /// Complete matches.
    pub complete: Collector<'c>,
    /// Partial matches.
    pub partial: Collector<'c>,
    /// All complete matches by segment, where they are asked for.
    pub all: Option<Vec<DocumentSet>>,
}

impl<'c> Collectors<'c> {
    /// Collectors that have nothing yet; see [`Collector::new`].
    pub fn new(copies: Option<&'c Copies>, most: Option<usize>, value: &'c dyn Fn(&Scored) -> f64) -> Self {
        let collector = || Collector::new(copies, most, value);
        Collectors { complete: collector(), partial: collector(), all: None }
    }

    /// The same, which also remember all complete matches in these segments.
    pub fn remembering(self, segments: &[Segment<'_>]) -> Self {
        let none = segments.iter().map(|segment| DocumentSet::none(segment.reader.max_doc()));
        Collectors { all: Some(none.collect()), ..self }
    }

    fn take_complete(&mut self, hit: Scored) {
        if let Some(docs) = self.all.as_mut().and_then(|all| all.get_mut(hit.segment as usize)) {
            docs.add(hit.doc);
        }
        self.complete.push(hit);
    }

    /// Takes a match; they come ascending by segment and document.
    fn push(&mut self, hit: Scored, is_complete: bool) {
        if !is_complete {
            return self.partial.push(hit);
        }
        // A second look may raise all that the article has. Where more articles match than are looked at or shown, no partial
        // match is.
        if self.complete.all_may_show() {
            self.partial.pin(hit.article());
        }
        self.take_complete(hit);
    }
}

/// Finds the passages that match, scored by their own words.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn collect_matches(
    search: &Search<'_>,
    leaves: &LeafMatches,
    statistics: &Statistics,
    collectors: &mut Collectors<'_>,
) -> Result<()> {
    let plan = &search.plan;
    let wanted_alone = plan.wanted_by_themselves();
    let wants_partial = search.question.matching == Matching::AllFirst;
    let needed = if plan.any { 1 } else { leaves.wanted.max(1) };
    for (segment, postings) in search.segments.iter().zip(&leaves.postings) {
        let ordinal = segment.ordinal as u32;
        // Without words of which some may be lacking, the conditions alone say what matches.
        let no_scores = (0..postings.len()).all(|leaf| statistics.weight(leaf) == 0.0);
        if leaves.wanted == 0 && no_scores {
            let mut cursor = search.cursor(&plan.required, segment)?;
            segment.for_each_match(&mut cursor, |doc| {
                let start = segment.article_start(doc);
                collectors.take_complete(Scored {
                    segment: ordinal,
                    doc,
                    start,
                    article_score: 0.0,
                    passage_score: 0.0,
                });
            });
            continue;
        }
        let (groups, mut required) = if leaves.wanted == 0 {
            (vec![passages_meeting(&plan.required, search, segment)?], Cursor::All)
        } else {
            let groups = plan.wanted.iter().filter(|wanted| !matches!(wanted.tree, Tree::Leaf(_)));
            let groups = groups.map(|wanted| match docs_of(&wanted.tree, postings) {
                Some(docs) => Ok(LeafPostings::in_docs(segment, docs)),
                None => passages_meeting(&wanted.tree, search, segment),
            });
            let groups = groups.collect::<Result<_>>()?;
            (groups, search.cursor(&plan.required, segment)?)
        };
        let mut evidence: Vec<Evidence<'_>> = Vec::with_capacity(postings.len() + groups.len());
        evidence.extend(postings.iter().enumerate().map(|(leaf, postings)| Evidence {
            postings,
            weight: statistics.weight(leaf),
            wanted: wanted_alone[leaf],
        }));
        evidence.extend(groups.iter().map(|postings| Evidence { postings, weight: 0.0, wanted: true }));
        accumulate(segment, &evidence, statistics, |candidate| {
            let is_complete = usize::from(candidate.held) >= needed;
            if (is_complete || wants_partial)
                && (matches!(required, Cursor::All)
                    || (required.seek(candidate.doc) == candidate.doc && required.matches(candidate.doc)))
            {
                let hit = Scored {
                    segment: ordinal,
                    doc: candidate.doc,
                    start: candidate.start,
                    article_score: candidate.article_score,
                    passage_score: candidate.passage_score,
                };
                collectors.push(hit, is_complete);
            }
        })
        .map_err(|e| search.snapshot.fail(e))?;
    }
    Ok(())
}

/// The passages of a segment that meet a condition.
fn passages_meeting(tree: &Tree, search: &Search<'_>, segment: &Segment<'_>) -> Result<LeafPostings> {
    let mut cursor = search.cursor(tree, segment)?;
    Ok(LeafPostings::in_docs(segment, segment.matches(&mut cursor)))
}

/// The passages that match a tree of leaves whose postings were read; `None` for a tree with anything else in it.
fn docs_of(tree: &Tree, postings: &[LeafPostings]) -> Option<Vec<DocId>> {
    match tree {
        Tree::Leaf(leaf) => Some(postings.get(*leaf)?.docs.clone()),
        Tree::And(parts) => {
            let mut lists = parts.iter().map(|part| docs_of(part, postings)).collect::<Option<Vec<_>>>()?;
            lists.sort_by_key(Vec::len);
            let mut lists = lists.into_iter();
            let first = lists.next()?;
            Some(lists.fold(first, |kept, list| {
                let mut rest = list.as_slice();
                let held = |doc: &DocId| {
                    rest = &rest[rest.partition_point(|other| other < doc)..];
                    rest.first() == Some(doc)
                };
                kept.into_iter().filter(held).collect()
            }))
        }
        Tree::Or(parts) => {
            let lists = parts.iter().map(|part| docs_of(part, postings)).collect::<Option<Vec<_>>>()?;
            let mut docs = lists.concat();
            docs.sort();
            docs.dedup();
            Some(docs)
        }
        Tree::All | Tree::Filter(_) | Tree::Not(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_of_leaves_is_matched_by_their_postings() {
        let list = |docs: &[DocId]| LeafPostings { docs: docs.to_vec(), ..LeafPostings::default() };
        let postings = [list(&[1, 2, 5, 9]), list(&[2, 5, 7]), list(&[0, 9])];
        let and = Tree::And(vec![Tree::Leaf(0), Tree::Leaf(1)]);
        assert_eq!(docs_of(&and, &postings), Some(vec![2, 5]));
        assert_eq!(docs_of(&Tree::Or(vec![and, Tree::Leaf(2)]), &postings), Some(vec![0, 2, 5, 9]));
        assert_eq!(docs_of(&Tree::And(vec![]), &postings), None);
        assert_eq!(docs_of(&Tree::Or(vec![Tree::Leaf(0), Tree::All]), &postings), None);
    }
}
