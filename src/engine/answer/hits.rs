//! From ranked passages to hits: what an answer shows of each, with what it lacks and how it matched.

use std::collections::HashMap;

use tantivy::DocId;

use crate::engine::answer::article::{copies_of, head_of, unpack};
use crate::engine::answer::explain::explain;
use crate::engine::matching::event::EventColumns;
use crate::engine::rank::Ranking;
use crate::engine::score::Scored;
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::engine::snapshot::Snapshot;
use crate::geo::gazetteer::facet::place_paths;
use crate::index::HitSink;
use crate::index::record::{PassageRecord, PlaceRecord, unpack_days};
use crate::model::answer::{Counts, Hit, Matched, PassageInfo, Totals};
use crate::model::article::{ArticleId, ByteSpan};
use crate::model::days::DayRangeBounds;
use crate::model::error::Result;
use crate::model::event::EventKind;
use crate::model::lag::{LagBounds, lag_of};
use crate::model::place::PlaceId;
use crate::model::question::{DateKind, Filter, Page};
use crate::plan::marks::Highlighter;

/// Makes hits of ranked passages.
pub(crate) struct Answers<'s, 'r> {
    search: &'s Search<'r>,
    page: &'s Page,
    highlighter: Highlighter<'s>,
    dates: Vec<(DateKind, DayRangeBounds)>,
    lags: Vec<LagBounds>,
    /// The days of events that are asked for, with whether only named ones count.
    events: Vec<(DayRangeBounds, bool)>,
    asks_country: bool,
}

impl<'s, 'r> Answers<'s, 'r> {
    /// Makes ready to answer a search.
    pub fn new(search: &'s Search<'r>, page: &'s Page) -> Result<Self> {
        let mut dates = Vec::new();
        let (mut lags, mut asks_country) = (Vec::new(), false);
        for filter in search.question.wanted_filters() {
            match filter {
                Filter::Date(kind, asked) => dates.push((*kind, *asked)),
                Filter::Lag(asked) => lags.push(*asked),
                Filter::Country(_) | Filter::Region(_) => asks_country = true,
                _ => {}
            }
        }
        let highlighter = Highlighter::of(&search.plan);
        let events = search.question.wanted_events();
        Ok(Answers { search, page, highlighter, dates, lags, events, asks_country })
    }

    /// Hands on the hits of a page, best first, until the sink breaks or fails.
    pub fn give(&self, ranking: &Ranking, sink: &mut dyn HitSink) -> Result<Totals> {
        let page = self.page;
        let Counts { passages, articles } = ranking.totals;
        let (copies, events) = (ranking.copies, ranking.events);
        let mut totals = Totals { passages, articles, copies, events, ..Totals::default() };
        let limit = page.limit.unwrap_or(usize::MAX);
        let mut seen: HashMap<(u32, DocId), usize> = HashMap::new();
        let mut position = 0;
        let complete = ranking.complete.iter().map(|hit| (hit, false));
        let partial = ranking.partial.iter().map(|hit| (hit, true));
        for (hit, is_partial) in complete.chain(partial) {
            if totals.hits >= limit {
                break;
            }
            let start = self.segment(hit).article_start(hit.doc);
            if let Some(most) = page.per_article {
                let count = seen.entry((hit.segment, start)).or_default();
                if *count >= most {
                    continue;
                }
                *count += 1;
            }
            position += 1;
            if position <= page.offset {
                continue;
            }
            let answer = self.hit(ranking, hit, position, is_partial)?;
            totals.hits += 1;
            totals.partial += usize::from(is_partial);
            totals.stale += usize::from(answer.stale);
            if sink.hit(answer)?.is_break() {
                break;
            }
        }
        Ok(totals)
    }

    fn segment(&self, hit: &Scored) -> &Segment<'r> {
        &self.search.segments[hit.segment as usize]
    }

    fn snapshot(&self) -> &'r Snapshot {
        self.search.snapshot
    }

    fn hit(&self, ranking: &Ranking, scored: &Scored, rank: usize, is_partial: bool) -> Result<Hit> {
        let segment = self.segment(scored);
        let snapshot = self.snapshot();
        let number = segment.number(scored.doc);
        let start = segment.article_start(scored.doc);
        let id = ArticleId(snapshot.article_of(segment, scored.doc)?);
        let bytes = snapshot.stored(segment.ordinal, scored.doc)?;
        let record = unpack(snapshot, &bytes)?;
        let head_bytes = if number == 0 { None } else { Some(snapshot.stored(segment.ordinal, start)?) };
        let head = match &head_bytes {
            Some(bytes) => head_of(snapshot, id, &unpack(snapshot, bytes)?)?,
            None => head_of(snapshot, id, &record)?,
        };
        let highlighter = &self.highlighter;
        let mut passage = record.info(number);
        let language = head.info.language.as_deref();
        let asked = self.asked_spans(&passage);
        let (found, title) = snapshot.with_analyser(|analyser| {
            let found = highlighter.in_text(analyser, &passage.text, language, asked);
            (found, highlighter.in_title(analyser, &head.info.title, language))
        });
        passage.highlights = found.spans;
        let missing = if is_partial {
            self.search.plan.missing(&|leaf| ranking.leaves.in_passage(scored, leaf))
        } else {
            Vec::new()
        };
        // Its words may all stand in the article, only not together.
        let complete_in_article =
            !missing.is_empty() && self.search.plan.missing(&|leaf| ranking.leaves.in_article(scored, leaf)).is_empty();
        let around = |from: u32, to: u32| -> Result<Vec<PassageInfo>> {
            (from..to)
                .map(|n| {
                    let bytes = snapshot.stored(segment.ordinal, start + n)?;
                    Ok(unpack(snapshot, &bytes)?.info(n))
                })
                .collect()
        };
        let context = u32::try_from(self.page.context).unwrap_or(u32::MAX);
        let before = around(number.saturating_sub(context), number)?;
        let after = around(number + 1, number.saturating_add(context).saturating_add(1).min(head.passages))?;
        let variant = found.variant || number == 0 && title.variant && found.leaves.is_empty();
        let matched = self.matched(scored, &record, variant)?;
        let explanation = if self.page.explain { explain(self.search, ranking, scored, &matched)? } else { Vec::new() };
        Ok(Hit {
            rank,
            score: f64::from(scored.score()),
            matched,
            title_highlights: title.spans,
            missing,
            complete_in_article,
            copies: copies_of(snapshot, id)?,
            article: head.info,
            passage,
            before,
            after,
            stale: head.stale,
            explanation,
        })
    }

    /// Where the passage names a place that was asked for, or one that lies in it.
    fn asked_spans(&self, passage: &PassageInfo) -> Vec<ByteSpan> {
        let asked = self.search.asked_places();
        if asked.is_empty() {
            return Vec::new();
        }
        let gazetteer = self.snapshot().gazetteer();
        let answers = |id: &PlaceId| {
            let mut paths = place_paths(gazetteer, id).into_iter().flatten();
            asked.contains(&id) || paths.any(|code| code.parse::<PlaceId>().is_ok_and(|above| asked.contains(&&above)))
        };
        passage.places.iter().filter(|p| p.place.as_ref().is_some_and(answers)).map(|p| p.span).collect()
    }

    fn matched(&self, scored: &Scored, record: &PassageRecord<'_>, variant: bool) -> Result<Matched> {
        let mut matched = Matched { place_variant: variant, ..Matched::default() };
        let snapshot = self.snapshot();
        let segment = self.segment(scored);
        let coarse = self.search.question.coarse;
        if !self.events.is_empty() {
            let columns = EventColumns::of(segment, false).map_err(|e| snapshot.fail(e))?;
            let found = self.events.iter().filter_map(|(asked, named)| {
                let answer = columns.answer(scored.doc, *asked, coarse);
                answer.filter(|(kind, _)| !named || *kind == EventKind::Named)
            });
            matched.event = found.min();
        }
        if !self.dates.is_empty() {
            let event = segment.column("event").map_err(|e| snapshot.fail(e))?;
            let published = segment.column("published").map_err(|e| snapshot.fail(e))?;
            let answers = |asked: &DayRangeBounds, packed: u64| asked.answered_by(unpack_days(packed), coarse);
            let of = |kinds: [DateKind; 2]| self.dates.iter().filter(move |(kind, _)| kinds.contains(kind));
            let rests_on =
                |published: bool| matched.event.is_some_and(|(kind, _)| (kind == EventKind::Published) == published);
            let by_event = rests_on(false)
                || of([DateKind::Either; 2])
                    .any(|(_, asked)| event.values_for_doc(scored.doc).any(|packed| answers(asked, packed)));
            let by_publication = || {
                rests_on(true)
                    || of([DateKind::Either, DateKind::Published])
                        .any(|(_, asked)| published.first(scored.doc).is_some_and(|packed| answers(asked, packed)))
            };
            matched.date =
                if by_event { Some(DateKind::Event) } else { by_publication().then_some(DateKind::Published) };
        }
        if !self.lags.is_empty() {
            let (segment, coarse) = (self.segment(scored), self.search.question.coarse);
            let column = |name| segment.column(name).map_err(|e| snapshot.fail(e));
            let (event, published) = (column("event")?, column("published")?.first(scored.doc).map(unpack_days));
            let lags =
                event.values_for_doc(scored.doc).filter_map(|days| lag_of(unpack_days(days), published?, coarse));
            matched.lag =
                lags.filter(|lag| self.lags.iter().any(|asked| asked.holds(*lag))).min_by_key(|lag| lag.unsigned_abs());
        }
        if self.asks_country {
            let gazetteer = snapshot.gazetteer();
            let named = record.places.iter().filter_map(PlaceRecord::place_id);
            let in_passage = named.into_iter().any(|id| gazetteer.place(&id).is_some_and(|p| !p.countries.is_empty()));
            matched.country_in_passage = Some(in_passage);
        }
        Ok(matched)
    }

    /// The document id of a hit's article in a TREC run.
    pub fn document_id(&self, hit: &Scored) -> Result<String> {
        let segment = self.segment(hit);
        let snapshot = self.snapshot();
        let bytes = snapshot.stored(segment.ordinal, segment.article_start(hit.doc))?;
        let record = unpack(snapshot, &bytes)?;
        let own = record.article.as_ref().and_then(|a| a.record.as_deref()).map(str::to_owned);
        match own {
            Some(own) => Ok(own),
            None => Ok(ArticleId(snapshot.article_of(segment, hit.doc)?).to_string()),
        }
    }
}
