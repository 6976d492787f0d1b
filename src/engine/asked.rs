//! From a plan to an ordered list of passages.

use std::cell::RefCell;
use std::collections::HashSet;

use tantivy::DocId;

use crate::engine::matching::filter::{FilterContext, FilterPlan};
use crate::engine::matching::postings::LeafPostings;
use crate::engine::matching::spellings;
use crate::engine::rank::accumulate::{Evidence, accumulate};
use crate::engine::rank::contenders::Contenders;
use crate::engine::rank::order;
use crate::engine::rank::order::Order;
use crate::engine::rank::refine::{ARTICLES_FOR_PAGES, ARTICLES_FOR_RUNS, Refinement, best_of_each_article};
use crate::engine::score::{Collection, Scored, Statistics};
use crate::engine::segment::Segment;
use crate::engine::segment::copies::Copies;
use crate::engine::segment::cursor::Cursor;
use crate::engine::snapshot::Reader;
use crate::index::Backend;
use crate::model::answer::Counts;
use crate::model::error::{Error, Result};
use crate::model::place::PlaceId;
use crate::model::question::{Filter, Matching, Page, Question};
use crate::plan::Plan;
use crate::plan::leaf::{Alternative, Leaf, Tree};

/// A query made ready for this index, with the segments it runs on.
pub struct Search<'r> {
    /// The index.
    pub reader: &'r Reader,
    /// What is asked.
    pub question: &'r Question,
    /// What is looked up.
    pub plan: Plan,
    /// Filters by their postings.
    pub filters: FilterPlan,
    /// The segments.
    pub segments: Vec<Segment<'r>>,
}

/// Passages in the order in which they answer.
#[derive(Debug)]
pub struct Ranking {
    /// Complete matches, best first. Where a page was asked for, those that it may need.
    pub complete: Vec<Scored>,
    /// Partial matches, best first; empty unless they were needed.
    pub partial: Vec<Scored>,
    /// How many passages and articles match completely.
    pub totals: Counts,
    /// Where the words of the query stand.
    pub found: Found,
    /// What the words of the query weigh.
    pub statistics: Statistics,
    /// How the scores of the best were corrected.
    pub refinement: Refinement,
}

/// Where the words of a query stand in the index.
#[derive(Debug)]
pub struct Found {
    /// By segment and leaf; empty for leaves that are neither scored nor wanted.
    pub postings: Vec<Vec<LeafPostings>>,
    /// How many words a complete match must hold.
    wanted: usize,
}

impl Found {
    fn of(search: &Search<'_>) -> Result<Self> {
        let wanted = search.plan.wanted_leaves();
        let in_segment = |segment| {
            let read = |(n, leaf): (usize, &Leaf)| match leaf.weight > 0.0 || wanted.contains(&n) {
                true => LeafPostings::of(segment, leaf),
                false => Ok(LeafPostings::default()),
            };
            search.plan.leaves.iter().enumerate().map(read).collect::<tantivy::Result<Vec<_>>>()
        };
        let postings = search.segments.iter().map(in_segment).collect::<tantivy::Result<_>>();
        let postings = postings.map_err(|e| search.reader.fail(e))?;
        Ok(Found { postings, wanted: search.plan.wanted.len() })
    }

    /// Whether a leaf stands in a hit's passage; titles count for the first one of an article.
    pub fn in_passage(&self, hit: &Scored, leaf: usize) -> bool {
        self.postings[hit.segment as usize][leaf].docs.binary_search(&hit.doc).is_ok()
    }

    /// Whether a leaf stands in a hit's article.
    pub fn in_article(&self, hit: &Scored, leaf: usize) -> bool {
        self.postings[hit.segment as usize][leaf].starts.binary_search(&hit.start).is_ok()
    }

    fn statistics(&self, search: &Search<'_>) -> Statistics {
        let leaves = search.plan.leaves.iter().enumerate().map(|(n, leaf)| {
            // Articles, not passages: a word that fills one long article is rare all the same, which the engine's own
            // count of passages does not tell.
            let articles = self.postings.iter().map(|segment| segment[n].articles()).sum();
            (articles, leaf.weight)
        });
        Statistics::new(leaves, search.collection())
    }
}

/// Passages that match.
struct Matches<'c> {
    complete: Contenders<'c>,
    partial: Contenders<'c>,
}

impl<'c> Matches<'c> {
    /// None yet; see [`Contenders::new`].
    fn none(copies: Option<&'c Copies>, most: Option<usize>, value: &'c dyn Fn(&Scored) -> f64) -> Self {
        let contenders = || Contenders::new(copies, most, value);
        Matches { complete: contenders(), partial: contenders() }
    }

    /// Takes a match; they come ascending by segment and document.
    fn push(&mut self, hit: Scored, is_complete: bool) {
        if !is_complete {
            return self.partial.push(hit);
        }
        // A second look may raise all that the article has. Where more articles match than are looked at or shown, no partial
        // match is.
        if self.complete.all_may_show() {
            self.partial.spare(hit.article());
        }
        self.complete.push(hit);
    }
}

impl<'r> Search<'r> {
    /// Makes a query ready.
    ///
    /// # Errors
    /// [`Error::Query`] where it cannot be answered as it stands.
    pub fn new(reader: &'r Reader, question: &'r Question) -> Result<Self> {
        let segments = reader.segments()?;
        let failed = RefCell::new(None);
        let uses = |name: &str, forms: Vec<Alternative>| {
            spellings::is_used(reader, &segments, name, forms).unwrap_or_else(|error| {
                failed.replace(Some(error));
                false
            })
        };
        let plan = Plan::of(question, reader.gazetteer(), reader.languages(), &mut reader.analyser(), &uses)?;
        if let Some(error) = failed.take() {
            return Err(error);
        }
        let filters = question.filters().into_iter().map(|(_, filter)| filter);
        let files_matching = |pattern: &str| reader.files_matching(pattern);
        let places_in_index = || reader.place_codes();
        let context = FilterContext {
            gazetteer: reader.gazetteer(),
            claims: question.claims,
            coarse: question.coarse,
            files_matching: &files_matching,
            places_in_index: &places_in_index,
        };
        let filters = FilterPlan::of(filters, reader.fields(), &context)?;
        let search = Search { reader, question, plan, filters, segments };
        search.refuse_wide_words()?;
        Ok(search)
    }

    /// A prefix or fuzzy word that stands for too many terms is refused with the number, not cut.
    fn refuse_wide_words(&self) -> Result<()> {
        for leaf in &self.plan.leaves {
            for alternative in &leaf.alternatives {
                match alternative {
                    Alternative::Prefix(_) | Alternative::OpenPhrase { .. } | Alternative::Fuzzy { .. } => {}
                    Alternative::Terms(_) | Alternative::Phrase { .. } => continue,
                }
                let mut terms = HashSet::new();
                for segment in &self.segments {
                    let found = segment.expand(self.reader.fields().body, alternative);
                    terms.extend(found.map_err(|e| self.reader.fail(e))?);
                }
                if terms.len() > crate::engine::segment::MOST_EXPANSIONS {
                    return Err(Error::Usage(format!(
                        "`{}` stands for more than {} words of this index; write more letters of it",
                        leaf.label,
                        crate::engine::segment::MOST_EXPANSIONS
                    )));
                }
            }
        }
        Ok(())
    }

    /// All complete matches in order, and partial ones where the complete do not fill the page.
    pub fn ranking(&self, page: &Page) -> Result<Ranking> {
        let found = Found::of(self)?;
        let statistics = found.statistics(self);
        let needed = page.limit.map(|limit| limit.saturating_add(page.offset));
        let order = Order::of(self, page)?;
        // Each hit of a page is among those of as many of the best articles. Of words, the best by score are looked at again.
        let bounded = order.is_by_relevance() || self.plan.scored_words() == 0;
        let most = needed.filter(|_| bounded).map(|hits| hits.max(ARTICLES_FOR_PAGES));
        let copies = Some(self.reader.copies()?);
        let value = |hit: &Scored| order.value(hit);
        let mut matches = Matches::none(copies, most, &value);
        self.find_matches(&found, &statistics, &mut matches)?;
        let (mut complete, totals) = matches.complete.finish(self)?;
        let (mut partial, _) = matches.partial.finish(self)?;
        // Whatever page is asked for: hits must not change places from one to the next.
        let enough = totals.articles as usize >= ARTICLES_FOR_PAGES;
        let lists: &[&[Scored]] = if enough { &[&complete] } else { &[&complete, &partial] };
        let refinement = Refinement::of(self, &found, &statistics, lists, ARTICLES_FOR_PAGES)?;
        refinement.apply(&mut complete);
        refinement.apply(&mut partial);
        if needed.is_none_or(|hits| order::shown_of(page, &complete, hits) >= hits) {
            partial.clear();
        }
        order::sort(self, &order, &mut complete, page)?;
        order::sort(self, &order, &mut partial, page)?;
        Ok(Ranking { complete, partial, totals, found, statistics, refinement })
    }

    /// Finds the passages that match, scored by their own words.
    fn find_matches(&self, found: &Found, statistics: &Statistics, matches: &mut Matches<'_>) -> Result<()> {
        let fail = |e| self.reader.fail(e);
        let wanted_alone = self.plan.wanted_by_themselves();
        let wants_partial = self.question.matching == Matching::AllFirst;
        let needed = if self.plan.any { 1 } else { found.wanted.max(1) };
        for (segment, postings) in self.segments.iter().zip(&found.postings) {
            let ordinal = segment.ordinal as u32;
            // Without words of which some may be lacking, the conditions alone say what matches.
            let no_scores = (0..postings.len()).all(|leaf| statistics.weight(leaf) == 0.0);
            if found.wanted == 0 && no_scores {
                let mut cursor = segment.cursor(&self.plan.required, &self.plan.leaves, &self.filters).map_err(fail)?;
                segment.for_each_match(&mut cursor, |doc| {
                    let start = segment.article_start(doc);
                    matches.complete.push(Scored {
                        segment: ordinal,
                        doc,
                        start,
                        article_score: 0.0,
                        passage_score: 0.0,
                    });
                });
                continue;
            }
            let (groups, mut required) = if found.wanted == 0 {
                (vec![self.in_segment(&self.plan.required, segment)?], Cursor::All)
            } else {
                let groups = self.plan.wanted.iter().filter(|wanted| !matches!(wanted.tree, Tree::Leaf(_)));
                let groups = groups.map(|wanted| match docs_of(&wanted.tree, postings) {
                    Some(docs) => Ok(LeafPostings::in_docs(segment, docs)),
                    None => self.in_segment(&wanted.tree, segment),
                });
                let groups = groups.collect::<Result<_>>()?;
                (groups, segment.cursor(&self.plan.required, &self.plan.leaves, &self.filters).map_err(fail)?)
            };
            let mut evidence: Vec<Evidence<'_>> = Vec::with_capacity(postings.len() + groups.len());
            evidence.extend(postings.iter().enumerate().map(|(leaf, found)| Evidence {
                found,
                weight: statistics.weight(leaf),
                wanted: wanted_alone[leaf],
            }));
            evidence.extend(groups.iter().map(|found| Evidence { found, weight: 0.0, wanted: true }));
            accumulate(segment, &evidence, statistics, |holder| {
                let is_complete = usize::from(holder.held) >= needed;
                if (is_complete || wants_partial)
                    && (matches!(required, Cursor::All)
                        || (required.seek(holder.doc) == holder.doc && required.matches(holder.doc)))
                {
                    let hit = Scored {
                        segment: ordinal,
                        doc: holder.doc,
                        start: holder.start,
                        article_score: holder.article_score,
                        passage_score: holder.passage_score,
                    };
                    matches.push(hit, is_complete);
                }
            })
            .map_err(fail)?;
        }
        Ok(())
    }

    /// The passages of a segment that match a tree.
    fn in_segment(&self, tree: &Tree, segment: &Segment<'r>) -> Result<LeafPostings> {
        let mut cursor = segment.cursor(tree, &self.plan.leaves, &self.filters).map_err(|e| self.reader.fail(e))?;
        Ok(LeafPostings::in_docs(segment, segment.matches(&mut cursor)))
    }

    /// Sums of the whole index.
    pub fn collection(&self) -> Collection {
        let sums = self.reader.sums();
        Collection { articles: sums.articles, passages: sums.passages, words: sums.words }
    }

    /// Articles by the mixture of their own score and that of their best matching passage, at most `depth`; for runs that
    /// are judged by article. Each is given as its best passage.
    pub fn ranked_articles(&self, depth: usize) -> Result<Vec<Scored>> {
        let found = Found::of(self)?;
        let statistics = found.statistics(self);
        let value = |hit: &Scored| f64::from(hit.score());
        let mut matches = Matches::none(None, None, &value);
        self.find_matches(&found, &statistics, &mut matches)?;
        let (mut scored, _) = matches.complete.finish(self)?;
        Refinement::of(self, &found, &statistics, &[&scored], ARTICLES_FOR_RUNS)?.apply(&mut scored);
        let mut best = best_of_each_article(&scored);
        order::by_relevance(self, &mut best, &Page { limit: Some(depth), per_article: None, ..Page::default() })?;
        best.truncate(depth);
        Ok(best)
    }

    /// Places that the query asks for, for marking them in a passage.
    pub fn asked_places(&self) -> Vec<&PlaceId> {
        self.question
            .wanted_filters()
            .into_iter()
            .filter_map(|f| match f {
                Filter::Place(id) => Some(id),
                _ => None,
            })
            .collect()
    }
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
