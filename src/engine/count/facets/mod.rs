//! Facets: counting matches by the values of fields, in passages and in distinct articles.
//!
//! Uses the walk over matches of [`crate::engine::count::tally`] and the gazetteer for values and their names.
//! Used by the engine's face to [`crate::index::Backend`].
//!
//! The count of a value is the number of passages that match the question and a filter by that value. However many fields
//! are asked for, the matches are found once.

pub(crate) mod by_time;
mod counter;
mod days;
mod labels;
mod terms;
mod values;

use crate::engine::count::facets::counter::{Counted, Counter};
use crate::engine::count::facets::days::DayCounter;
use crate::engine::count::facets::labels::{named, path_of_days};
use crate::engine::count::facets::terms::TermCounter;
use crate::engine::count::facets::values::fields_of;
use crate::engine::count::tally::walk_matches;
use crate::engine::matching::event::Dates;
use crate::engine::search::Search;
use crate::geo::Gazetteer;
use crate::model::answer::{FacetAsk, FacetCount, FacetCounts, FacetField};
use crate::model::error::Result;
use crate::model::question::DateKind;

/// Counts the complete matches of a search by each of these fields.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn count(search: &Search<'_>, asked: &[FacetAsk]) -> Result<Vec<FacetCounts>> {
    let mut counters = asked.iter().map(|ask| counter_of(search, ask)).collect::<Result<Vec<_>>>()?;
    walk_matches(search, |matches| counters.iter_mut().try_for_each(|counter| counter.add(matches)))?;
    let gazetteer = search.snapshot.gazetteer();
    Ok(asked.iter().zip(counters).map(|(ask, counter)| answer_of(ask, counter.counts(), gazetteer)).collect())
}

fn counter_of<'a>(search: &'a Search<'_>, ask: &'a FacetAsk) -> Result<Box<dyn Counter + 'a>> {
    Ok(match ask.field {
        FacetField::Date | FacetField::Published => {
            let kind = if ask.field == FacetField::Date { DateKind::Event } else { DateKind::Published };
            Box::new(DayCounter::new(Dates::of(kind, search.question), ask, search.question.coarse))
        }
        _ => Box::new(TermCounter::new(fields_of(search, ask)?)),
    })
}

/// The counts in the order in which they answer, as many as were asked for, with the names of their values.
fn answer_of(ask: &FacetAsk, mut counted: Vec<Counted>, gazetteer: &Gazetteer) -> FacetCounts {
    counted.sort_by(|a, b| {
        let (in_a, in_b) = (a.counts, b.counts);
        in_b.articles.cmp(&in_a.articles).then(in_b.passages.cmp(&in_a.passages)).then_with(|| a.value.cmp(&b.value))
    });
    let all = counted.len();
    // Only what is shown needs a name.
    counted.truncate(ask.limit.unwrap_or(all));
    let labelled = counted.into_iter().map(|Counted { value, counts, events }| {
        let (label, path) = match ask.field {
            FacetField::Country | FacetField::Region | FacetField::Place => named(gazetteer, &value),
            FacetField::Source | FacetField::Language => (value.clone(), vec![value.clone()]),
            FacetField::Date | FacetField::Published => (value.clone(), path_of_days(&value)),
        };
        FacetCount { value, label, path, passages: counts.passages, articles: counts.articles, events }
    });
    FacetCounts { values: labelled.collect(), all }
}
