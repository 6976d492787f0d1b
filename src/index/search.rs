//! From a plan to an ordered list of passages.

use std::collections::{HashMap, HashSet};

use tantivy::DocId;

use super::Backend;
use super::filter::{FilterContext, FilterPlan};
use super::plan::{Leaf, Plan, Tree};
use super::reader::Reader;
use super::record::unpack_days;
use super::score::{self, Collection, Scored, Statistics};
use super::segment::Segment;
use crate::error::{Error, Result};
use crate::geo::PlaceId;
use crate::query::{Counts, Filter, Query, Sort};

/// A query made ready for this index, with the segments it runs on.
pub struct Search<'r> {
    /// The index.
    pub reader: &'r Reader,
    /// The query.
    pub query: &'r Query,
    /// What is looked up.
    pub plan: Plan,
    /// Filters by their postings.
    pub filters: FilterPlan,
    /// The segments.
    pub segments: Vec<Segment<'r>>,
}

/// Passages in the order in which they answer.
#[derive(Debug, Default)]
pub struct Ranking {
    /// Complete matches, best first.
    pub complete: Vec<Scored>,
    /// Partial matches, best first; empty unless they were needed.
    pub partial: Vec<Scored>,
    /// How many passages and articles match completely.
    pub totals: Counts,
}

impl<'r> Search<'r> {
    /// Makes a query ready.
    ///
    /// # Errors
    /// [`Error::Query`] where it cannot be answered as it stands.
    pub fn new(reader: &'r Reader, query: &'r Query) -> Result<Self> {
        let plan = Plan::of(query, reader.gazetteer(), reader.languages())?;
        let mut filters = Vec::new();
        collect_filters(&plan.required, &mut filters);
        let files_matching = |pattern: &str| reader.files_matching(pattern);
        let places_in_index = || reader.place_codes();
        let context = FilterContext {
            gazetteer: reader.gazetteer(),
            claims: query.claims,
            coarse: query.coarse,
            files_matching: &files_matching,
            places_in_index: &places_in_index,
        };
        let filters = FilterPlan::of(filters.into_iter(), reader.fields(), &context)?;
        let segments = reader.segments()?;
        let search = Search { reader, query, plan, filters, segments };
        search.refuse_wide_words()?;
        Ok(search)
    }

    /// A prefix or fuzzy word that stands for too many terms is refused with the number, not cut.
    fn refuse_wide_words(&self) -> Result<()> {
        use super::plan::Alternative;
        for leaf in &self.plan.leaves {
            for alternative in &leaf.alternatives {
                if !matches!(alternative, Alternative::Prefix(_) | Alternative::Fuzzy { .. }) {
                    continue;
                }
                let mut terms = HashSet::new();
                for segment in &self.segments {
                    let found = segment.expand(self.reader.fields().body, alternative);
                    terms.extend(found.map_err(|e| self.reader.fail(e))?);
                }
                if terms.len() > super::segment::MOST_EXPANSIONS {
                    return Err(Error::Usage(format!(
                        "`{}` stands for more than {} words of this index; write more letters of it",
                        leaf.label,
                        super::segment::MOST_EXPANSIONS
                    )));
                }
            }
        }
        Ok(())
    }

    /// Calls `visit` with each segment's matches of a tree, ascending.
    pub fn matches_of(&self, tree: &Tree, mut visit: impl FnMut(&Segment<'r>, Vec<DocId>) -> Result<()>) -> Result<()> {
        for segment in &self.segments {
            let mut docs = Vec::new();
            let mut cursor = segment.cursor(tree, &self.plan.leaves, &self.filters).map_err(|e| self.reader.fail(e))?;
            segment.for_each_match(&mut cursor, |doc| {
                docs.push(doc);
                true
            });
            drop(cursor);
            visit(segment, docs)?;
        }
        Ok(())
    }

    /// All complete matches in order, and partial ones where the complete do not fill the page.
    pub fn ranking(&self) -> Result<Ranking> {
        let statistics = self.statistics(&self.plan.leaves)?;
        let complete_tree = self.plan.complete();
        let mut complete = self.scored(&complete_tree, &statistics)?;
        // Taken before copies are folded: a copy of a complete match is no partial one.
        let complete_ones: HashSet<(u32, DocId)> = complete.iter().map(|s| (s.segment, s.doc)).collect();
        let totals = self.fold_copies(&mut complete)?;
        self.sort(&mut complete)?;
        let mut partial = Vec::new();
        let page = self.query.limit.map(|limit| limit.saturating_add(self.query.offset));
        let wants_partial = self.query.matching == crate::query::Matching::AllFirst
            && self.query.limit != Some(0)
            && page.is_some_and(|page| self.shown_of(&complete, page) < page);
        if wants_partial && let Some(tree) = self.plan.partial() {
            partial = self.scored(&tree, &statistics)?;
            partial.retain(|s| !complete_ones.contains(&(s.segment, s.doc)));
            self.fold_copies(&mut partial)?;
            self.sort(&mut partial)?;
        }
        Ok(Ranking { complete, partial, totals })
    }

    /// How many of these would be shown on a page under the limit of passages per article.
    fn shown_of(&self, scored: &[Scored], page: usize) -> usize {
        let Some(most) = self.query.per_article else { return scored.len() };
        let mut shown: HashMap<(u32, DocId), usize> = HashMap::new();
        let mut sum = 0;
        for hit in scored {
            let segment = &self.segments[hit.segment as usize];
            let count = shown.entry((hit.segment, segment.article_start(hit.doc))).or_default();
            if *count < most {
                *count += 1;
                sum += 1;
                if sum >= page {
                    break;
                }
            }
        }
        sum
    }

    /// The statistics of these leaves over the whole index.
    pub fn statistics(&self, leaves: &[Leaf]) -> Result<Statistics> {
        let sums = self.reader.sums();
        let collection = Collection { articles: sums.articles, passages: sums.passages, words: sums.words };
        Statistics::of(leaves, &self.segments, collection).map_err(|e| self.reader.fail(e))
    }

    fn scored(&self, tree: &Tree, statistics: &Statistics) -> Result<Vec<Scored>> {
        let mut scored = Vec::new();
        self.matches_of(tree, |segment, docs| {
            score::score_segment(segment, &self.plan.leaves, statistics, &docs, &mut scored)
                .map_err(|e| self.reader.fail(e))
        })?;
        super::refine::refine(self, statistics, &mut scored)?;
        Ok(scored)
    }

    /// Leaves one of each group of equal passages, and counts what remains.
    fn fold_copies(&self, scored: &mut Vec<Scored>) -> Result<Counts> {
        let copies = self.reader.copies()?;
        if !copies.is_empty() {
            let mut best: HashMap<(u32, u32), (usize, usize)> = HashMap::new();
            let mut drop = vec![false; scored.len()];
            for (n, hit) in scored.iter().enumerate() {
                let segment = &self.segments[hit.segment as usize];
                let article = self.reader.article_of(segment, hit.doc)?;
                let Some(group) = copies.group(article) else { continue };
                let order = copies.order(article);
                match best.entry((group, segment.number(hit.doc))) {
                    std::collections::hash_map::Entry::Vacant(slot) => {
                        slot.insert((order, n));
                    }
                    std::collections::hash_map::Entry::Occupied(mut slot) => {
                        let (kept_order, kept) = *slot.get();
                        if order < kept_order {
                            drop[kept] = true;
                            slot.insert((order, n));
                        } else {
                            drop[n] = true;
                        }
                    }
                }
            }
            let mut at = 0;
            scored.retain(|_| {
                at += 1;
                !drop[at - 1]
            });
        }
        let mut articles = 0;
        let mut last = None;
        let mut groups = HashSet::new();
        for hit in scored.iter() {
            let segment = &self.segments[hit.segment as usize];
            let article = (hit.segment, segment.article_start(hit.doc));
            if last != Some(article) {
                last = Some(article);
                let group =
                    if copies.is_empty() { None } else { copies.group(self.reader.article_of(segment, hit.doc)?) };
                if group.is_none_or(|group| groups.insert(group)) {
                    articles += 1;
                }
            }
        }
        Ok(Counts { passages: scored.len() as u64, articles })
    }

    /// Sorts hits as the query asks; equal ones by article and passage.
    fn sort(&self, scored: &mut Vec<Scored>) -> Result<()> {
        let fail = |e| self.reader.fail(e);
        let no_words = self.plan.leaves.iter().all(|l| l.weight == 0.0);
        let by = if no_words && self.query.sort == Sort::Relevance { Sort::Newest } else { self.query.sort };
        let name = match by {
            Sort::Relevance => None,
            Sort::Newest | Sort::Oldest => Some("published"),
            Sort::Event => Some("event"),
        };
        let columns = match name {
            Some(name) => {
                self.segments.iter().map(|s| s.column(name)).collect::<tantivy::Result<Vec<_>>>().map_err(fail)?
            }
            None => Vec::new(),
        };
        let day = |hit: &Scored| -> Option<i32> {
            let column = columns.get(hit.segment as usize)?;
            match by {
                Sort::Event => column.values_for_doc(hit.doc).min().map(|p| unpack_days(p).from.0),
                Sort::Newest => column.first(hit.doc).map(|p| unpack_days(p).to.0),
                _ => column.first(hit.doc).map(|p| unpack_days(p).from.0),
            }
        };
        // (Ascending key, article, passage): unknown days last in every order.
        let mut keyed = Vec::with_capacity(scored.len());
        for hit in scored.iter() {
            let segment = &self.segments[hit.segment as usize];
            let key = match by {
                Sort::Relevance => -f64::from(hit.score()),
                Sort::Newest => day(hit).map_or(f64::INFINITY, |d| -f64::from(d)),
                Sort::Oldest | Sort::Event => day(hit).map_or(f64::INFINITY, f64::from),
            };
            keyed.push((key, self.reader.article_of(segment, hit.doc)?, segment.number(hit.doc), *hit));
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        *scored = keyed.into_iter().map(|(_, _, _, hit)| hit).collect();
        Ok(())
    }

    /// Articles by the mixture of their own score and that of their best matching passage, at most `depth`; for runs that
    /// are judged by article. Each is given as its best passage.
    pub fn ranked_articles(&self, depth: usize) -> Result<Vec<Scored>> {
        let statistics = self.statistics(&self.plan.leaves)?;
        let scored = self.scored(&self.plan.complete(), &statistics)?;
        let best = super::refine::best_by_article(self, &scored);
        let mut keyed = Vec::with_capacity(best.len());
        for (_, hit) in best {
            keyed.push((hit, self.reader.article_of(&self.segments[hit.segment as usize], hit.doc)?));
        }
        keyed.sort_by(|(a, a_id), (b, b_id)| b.score().total_cmp(&a.score()).then(a_id.cmp(b_id)));
        keyed.truncate(depth);
        Ok(keyed.into_iter().map(|(hit, _)| hit).collect())
    }

    /// How a hit's score came about, a line each part.
    pub fn explain(&self, hit: &Scored) -> Result<Vec<String>> {
        let statistics = self.statistics(&self.plan.leaves)?;
        let segment = &self.segments[hit.segment as usize];
        score::explain(segment, &self.plan.leaves, &statistics, hit).map_err(|e| self.reader.fail(e))
    }

    /// The filters of a kind that a passage was required to pass, for saying how it did.
    pub fn required_filters(&self) -> Vec<&Filter> {
        let mut filters = Vec::new();
        collect_positive_filters(&self.plan.required, &mut filters);
        filters
    }

    /// Places that the query asks for, for marking them in a passage.
    pub fn asked_places(&self) -> Vec<&PlaceId> {
        self.required_filters()
            .into_iter()
            .filter_map(|f| match f {
                Filter::Place(id) => Some(id),
                _ => None,
            })
            .collect()
    }
}

fn collect_filters<'t>(tree: &'t Tree, out: &mut Vec<&'t Filter>) {
    match tree {
        Tree::Filter(filter) => out.push(filter),
        Tree::And(parts) | Tree::Or(parts) => parts.iter().for_each(|p| collect_filters(p, out)),
        Tree::Not(part) => collect_filters(part, out),
        Tree::All | Tree::Leaf(_) => {}
    }
}

fn collect_positive_filters<'t>(tree: &'t Tree, out: &mut Vec<&'t Filter>) {
    match tree {
        Tree::Filter(filter) => out.push(filter),
        Tree::And(parts) | Tree::Or(parts) => parts.iter().for_each(|p| collect_positive_filters(p, out)),
        Tree::Not(_) | Tree::All | Tree::Leaf(_) => {}
    }
}
