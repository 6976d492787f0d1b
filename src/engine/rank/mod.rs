//! Ranking: the passages that match, scored and put in order.
//!
//! Uses [`crate::engine::search`], [`crate::engine::matching`] and the scores of [`crate::engine::score`].
//! Used by what makes hits of ranked passages.

pub(crate) mod accumulate;
pub(crate) mod collector;
pub(crate) mod feedback;
pub(crate) mod leaf_matches;
pub(crate) mod matches;
pub(crate) mod order;
pub(crate) mod proximity;
pub(crate) mod refine;

use crate::engine::count::events;
use crate::engine::rank::leaf_matches::LeafMatches;
use crate::engine::rank::matches::{Collectors, collect_matches};
use crate::engine::rank::order::Order;
use crate::engine::rank::refine::{ARTICLES_FOR_PAGES, ARTICLES_FOR_RUNS, Refinement, best_of_each_article};
use crate::engine::score::{Scored, Statistics};
use crate::engine::search::Search;
use crate::model::answer::{Counts, EventCounts};
use crate::model::error::Result;
use crate::model::question::Page;

/// Passages in the order in which they answer.
#[derive(Debug)]
pub(crate) struct Ranking {
    /// Complete matches, best first. Where a page was asked for, those that it may need.
    pub complete: Vec<Scored>,
    /// Partial matches, best first; empty unless they were needed.
    pub partial: Vec<Scored>,
    /// How many passages and articles match completely.
    pub totals: Counts,
    /// How many articles match and are not counted, as they are copies.
    pub copies: u64,
    /// Where days of events are asked for: the same by what these rest on.
    pub events: Option<EventCounts>,
    /// Where the leaves of the plan stand.
    pub leaves: LeafMatches,
    /// What they weigh.
    pub statistics: Statistics,
    /// How the scores of the best were corrected.
    pub refinement: Refinement,
}

/// All complete matches in order, and partial ones where the complete do not fill the page or there is no limit to it.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn rank(search: &Search<'_>, page: &Page) -> Result<Ranking> {
    let leaves = LeafMatches::of(search)?;
    let statistics = leaves.statistics(search);
    let needed = page.hits_to_its_end();
    let order = Order::of(search, page)?;
    // Each hit of a page is among those of as many of the best articles. Of words, the best by score are looked at again.
    let bounded = order.is_by_relevance() || search.plan.scored_words() == 0;
    let most = needed.filter(|_| bounded).map(|hits| hits.max(ARTICLES_FOR_PAGES));
    let value = |hit: &Scored| order.value(hit);
    let mut collectors = Collectors::new(Some(search.snapshot.copies()?), most, &value);
    if search.question.filters_events() {
        collectors = collectors.remembering(&search.segments);
    }
    collect_matches(search, &leaves, &statistics, &mut collectors)?;
    let events = collectors.all.take().map(|all| events::count(search, &all)).transpose()?;
    let (mut complete, totals, copies) = collectors.complete.finish(search)?;
    let (mut partial, ..) = collectors.partial.finish(search)?;
    // Whatever page is asked for: hits must not change places from one to the next.
    let enough = totals.articles as usize >= ARTICLES_FOR_PAGES;
    let lists: &[&[Scored]] = if enough { &[&complete] } else { &[&complete, &partial] };
    let refinement = Refinement::of(search, &leaves, &statistics, lists, ARTICLES_FOR_PAGES)?;
    refinement.apply(&mut complete);
    refinement.apply(&mut partial);
    // Without a limit, partial matches are of the answer as well: a limit shows a part of it and nothing else.
    if needed.is_some_and(|hits| order::shown_of(page, &complete, hits) >= hits) {
        partial.clear();
    }
    order::sort(search, &order, &mut complete, page)?;
    order::sort(search, &order, &mut partial, page)?;
    Ok(Ranking { complete, partial, totals, copies, events, leaves, statistics, refinement })
}

/// Articles by the mixture of their own score and that of their best matching passage, at most `depth`; for runs that
/// are judged by article. Each is given as its best passage.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn rank_articles(search: &Search<'_>, depth: usize) -> Result<Vec<Scored>> {
    let leaves = LeafMatches::of(search)?;
    let statistics = leaves.statistics(search);
    let value = |hit: &Scored| f64::from(hit.score());
    let mut collectors = Collectors::new(None, None, &value);
    collect_matches(search, &leaves, &statistics, &mut collectors)?;
    let (mut scored, ..) = collectors.complete.finish(search)?;
    Refinement::of(search, &leaves, &statistics, &[&scored], ARTICLES_FOR_RUNS)?.apply(&mut scored);
    let mut best = best_of_each_article(&scored);
    order::by_relevance(search, &mut best, &Page { limit: Some(depth), per_article: None, ..Page::default() })?;
    best.truncate(depth);
    Ok(best)
}
