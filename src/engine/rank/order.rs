//! The order in which matches answer.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;

use crate::engine::matching::event::EventColumns;
use crate::engine::score::{ArticleKey, Scored};
use crate::engine::search::Search;
use crate::index::record::unpack_days;
use crate::model::error::Result;
use crate::model::question::{Page, Sort};

/// How many hits are put in order for each that a page shows, before the limit of passages per article may ask for more.
const SORTED_A_HIT: usize = 4;

/// How many of these would be shown on a page under the limit of passages per article, at most `hits`.
pub fn shown_of<'h>(page: &Page, scored: impl IntoIterator<Item = &'h Scored>, hits: usize) -> usize {
    let mut scored = scored.into_iter();
    let Some(most) = page.per_article else { return scored.take(hits).count() };
    let mut shown: FxHashMap<ArticleKey, usize> = FxHashMap::default();
    let mut takes = |hit: &&Scored| {
        let count = shown.entry(hit.article()).or_default();
        *count += 1;
        *count <= most
    };
    scored.by_ref().filter(|hit| takes(hit)).take(hits).count()
}

/// What the order of a query goes by.
pub struct Order {
    by: Sort,
    /// The publication dates that it goes by, of each segment; none for other orders.
    published: Vec<Column<u64>>,
    /// The days of events that it goes by, of each segment; none for other orders.
    events: Vec<EventColumns>,
}

impl Order {
    /// The order that a query asks for; without words there is no relevance.
    pub fn of(search: &Search<'_>, page: &Page) -> Result<Self> {
        let no_words = search.plan.leaves.iter().all(|l| l.weight == 0.0);
        let by = if no_words && page.sort == Sort::Relevance { Sort::Newest } else { page.sort };
        let mut order = Order { by, published: Vec::new(), events: Vec::new() };
        let fail = |e| search.snapshot.fail(e);
        let segments = search.segments.iter();
        match by {
            Sort::Relevance => {}
            Sort::Newest | Sort::Oldest => {
                let published = segments.map(|s| s.column("published")).collect::<tantivy::Result<_>>();
                order.published = published.map_err(fail)?;
            }
            Sort::Event => {
                let named = search.question.event_named;
                let events = segments.map(|s| EventColumns::of(s, named)).collect::<tantivy::Result<_>>();
                order.events = events.map_err(fail)?;
            }
        }
        Ok(order)
    }

    /// Whether it is that of the scores.
    pub fn is_by_relevance(&self) -> bool {
        self.by == Sort::Relevance
    }

    /// What of a hit the order goes by, the highest first. Unknown days are last in every order.
    pub fn value(&self, hit: &Scored) -> f64 {
        let published = || self.published.get(hit.segment as usize)?.first(hit.doc).map(unpack_days);
        let value = match self.by {
            Sort::Relevance => return f64::from(hit.score()),
            Sort::Newest => published().map(|days| f64::from(days.to.0)),
            Sort::Oldest => published().map(|days| -f64::from(days.from.0)),
            Sort::Event => {
                let events = self.events.get(hit.segment as usize);
                events.and_then(|events| events.first_day(hit.doc)).map(|day| -f64::from(day.0))
            }
        };
        value.unwrap_or(f64::NEG_INFINITY)
    }
}

/// Sorts hits as the query asks, equal ones by article and passage. Of more than a page needs, the rest is dropped.
pub fn sort(search: &Search<'_>, by: &Order, scored: &mut Vec<Scored>, page: &Page) -> Result<()> {
    if by.is_by_relevance() {
        return by_relevance(search, scored, page);
    }
    let identity = identities(search)?;
    let mut keyed: Vec<(f64, Scored)> = scored.iter().map(|hit| (by.value(hit), *hit)).collect();
    let order = |(a_value, a): &(f64, Scored), (b_value, b): &(f64, Scored)| {
        b_value.total_cmp(a_value).then_with(|| identity(a).cmp(&identity(b)))
    };
    arrange(&mut keyed, page, |(_, hit)| hit, order);
    scored.clear();
    scored.extend(keyed.into_iter().map(|(_, hit)| hit));
    Ok(())
}

/// Sorts hits by their scores, equal ones by article and passage; see [`sort`].
pub fn by_relevance(search: &Search<'_>, scored: &mut Vec<Scored>, page: &Page) -> Result<()> {
    let identity = identities(search)?;
    let order = |a: &Scored, b: &Scored| b.score().total_cmp(&a.score()).then_with(|| identity(a).cmp(&identity(b)));
    arrange(scored, page, |hit| hit, order);
    Ok(())
}

/// What tells hits apart whose keys are equal, and is looked up only for these: the article's id and the passage's number.
fn identities<'s>(search: &'s Search<'_>) -> Result<impl Fn(&Scored) -> (u64, u32) + 's> {
    let columns = search.segments.iter().map(|s| s.values("article"));
    let columns = columns.collect::<tantivy::Result<Vec<_>>>().map_err(|e| search.snapshot.fail(e))?;
    Ok(move |hit: &Scored| (columns[hit.segment as usize].get_val(hit.start), hit.doc - hit.start))
}

/// Puts in order what a page needs and drops the rest; without a page, all.
fn arrange<T>(items: &mut Vec<T>, page: &Page, hit: impl Fn(&T) -> &Scored, order: impl Fn(&T, &T) -> Ordering) {
    let needed = page.hits_to_its_end();
    let most = needed.map_or(items.len(), |hits| hits.saturating_mul(SORTED_A_HIT)).min(items.len());
    if most > 0 && most < items.len() {
        items.select_nth_unstable_by(most - 1, &order);
        items[..most].sort_by(&order);
        if needed.is_some_and(|hits| shown_of(page, items[..most].iter().map(&hit), hits) >= hits) {
            items.truncate(most);
        } else {
            items[most..].sort_by(&order);
        }
    } else {
        items.sort_by(order);
    }
}
