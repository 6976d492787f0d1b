//! Counting the answers to filters by event, by what their days rest on.

use crate::engine::count::tally::{Tally, walk_known};
use crate::engine::matching::event::{EventColumns, FirstWithDays, answers};
use crate::engine::search::Search;
use crate::engine::segment::doc_set::DocumentSet;
use crate::index::record::unpack_days;
use crate::model::answer::EventCounts;
use crate::model::error::Result;
use crate::model::event::EventKind;

/// Counts those of these matches, by segment, that answer a filter by event which the question asks for.
pub(crate) fn count(search: &Search<'_>, matches: &[DocumentSet]) -> Result<EventCounts> {
    let question = search.question;
    let asked = question.wanted_events();
    let mut tally = Tally::default();
    walk_known(search, matches, |matches| {
        let columns = EventColumns::of(matches.segment, false).map_err(|e| matches.fail(e))?.into_columns();
        let mut first = FirstWithDays::default();
        matches.tally(matches.docs, columns, &mut tally, |kind, days, tally| {
            if !first.counts(*kind, days) {
                return;
            }
            let mut days = days.iter().map(|packed| unpack_days(*packed));
            let answered = days.any(|days| {
                let mut asked = asked.iter().filter(|(_, named)| !named || *kind == EventKind::Named);
                asked.any(|(asked, _)| answers(*kind, days, *asked, question.coarse))
            });
            if answered {
                tally.add(*kind as usize);
            }
        })
    })?;
    Ok(EventCounts::by(|kind| tally.counts(kind as usize)))
}
