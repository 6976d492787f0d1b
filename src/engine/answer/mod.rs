//! From ranked passages to hits that can be printed.

pub(crate) mod explain;
pub(crate) mod suggest;

use std::collections::HashMap;

use tantivy::DocId;

use crate::engine::asked::{Ranking, Search};
use crate::engine::score::Scored;
use crate::engine::snapshot::Reader;
use crate::geo::gazetteer::facet::place_paths;
use crate::index::HitSink;
use crate::index::record::{ArticleRecord, PassageRecord, PlaceRecord, unpack_days};
use crate::model::answer::StoredArticle;
use crate::model::answer::{ArticleInfo, CopyInfo, Hit, Matched, PassageInfo, Totals};
use crate::model::article::{ArticleId, ByteSpan};
use crate::model::days::DayRange;
use crate::model::days::DayRangeBounds;
use crate::model::error::Result;
use crate::model::mention::CountryMentions;
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::{DateKind, Filter, Page};
use crate::plan::marks::Highlighter;

/// Makes hits of ranked passages.
pub struct Answers<'s, 'r> {
    search: &'s Search<'r>,
    page: &'s Page,
    highlighter: Highlighter,
    dates: Vec<(DateKind, DayRangeBounds)>,
    asks_country: bool,
}

/// An article's head as an answer needs it.
struct Head {
    info: ArticleInfo,
    passages: u32,
    stale: bool,
}

impl<'s, 'r> Answers<'s, 'r> {
    /// Makes ready to answer a search.
    pub fn new(search: &'s Search<'r>, page: &'s Page) -> Result<Self> {
        let mut dates = Vec::new();
        let mut asks_country = false;
        for filter in search.question.wanted_filters() {
            match filter {
                Filter::Date(kind, asked) => dates.push((*kind, *asked)),
                Filter::Country(_) | Filter::Region(_) => asks_country = true,
                _ => {}
            }
        }
        let highlighter = Highlighter::of(&search.plan);
        Ok(Answers { search, page, highlighter, dates, asks_country })
    }

    /// Hands on the hits of a page, best first, until the sink breaks or fails.
    pub fn give(&self, ranking: &Ranking, sink: &mut dyn HitSink) -> Result<Totals> {
        let page = self.page;
        let mut totals =
            Totals { passages: ranking.totals.passages, articles: ranking.totals.articles, ..Totals::default() };
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

    fn segment(&self, hit: &Scored) -> &crate::engine::segment::Segment<'r> {
        &self.search.segments[hit.segment as usize]
    }

    fn reader(&self) -> &'r Reader {
        self.search.reader
    }

    fn hit(&self, ranking: &Ranking, scored: &Scored, rank: usize, is_partial: bool) -> Result<Hit> {
        let segment = self.segment(scored);
        let reader = self.reader();
        let number = segment.number(scored.doc);
        let start = segment.article_start(scored.doc);
        let id = ArticleId(reader.article_of(segment, scored.doc)?);
        let bytes = reader.stored(segment.ordinal, scored.doc)?;
        let record = unpack(reader, &bytes)?;
        let head_bytes = if number == 0 { None } else { Some(reader.stored(segment.ordinal, start)?) };
        let head = match &head_bytes {
            Some(bytes) => head_of(reader, id, &unpack(reader, bytes)?)?,
            None => head_of(reader, id, &record)?,
        };
        let highlighter = &self.highlighter;
        let mut analyser = reader.analyser();
        let mut passage = record.info(number);
        let language = head.info.language.as_deref();
        let found = highlighter.in_text(&mut analyser, &passage.text, language, self.asked_spans(&passage));
        passage.highlights = found.spans;
        let title = highlighter.in_title(&mut analyser, &head.info.title, language);
        let missing = if is_partial {
            self.search.plan.missing(&|leaf| ranking.found.in_passage(scored, leaf))
        } else {
            Vec::new()
        };
        // Its words may all stand in the article, only not together.
        let complete_in_article =
            !missing.is_empty() && self.search.plan.missing(&|leaf| ranking.found.in_article(scored, leaf)).is_empty();
        let around = |from: u32, to: u32| -> Result<Vec<PassageInfo>> {
            (from..to)
                .map(|n| {
                    let bytes = reader.stored(segment.ordinal, start + n)?;
                    Ok(unpack(reader, &bytes)?.info(n))
                })
                .collect()
        };
        let context = u32::try_from(self.page.context).unwrap_or(u32::MAX);
        let before = around(number.saturating_sub(context), number)?;
        let after = around(number + 1, number.saturating_add(context).saturating_add(1).min(head.passages))?;
        Ok(Hit {
            rank,
            score: f64::from(scored.score()),
            matched: self.matched(
                scored,
                &record,
                found.variant || number == 0 && title.variant && found.leaves.is_empty(),
            )?,
            title_highlights: title.spans,
            missing,
            complete_in_article,
            copies: self.copies(id)?,
            article: head.info,
            passage,
            before,
            after,
            stale: head.stale,
            explanation: if self.page.explain { explain::explain(self.search, ranking, scored)? } else { Vec::new() },
        })
    }

    /// Where the passage names a place that was asked for, or one that lies in it.
    fn asked_spans(&self, passage: &PassageInfo) -> Vec<ByteSpan> {
        let asked = self.search.asked_places();
        if asked.is_empty() {
            return Vec::new();
        }
        let gazetteer = crate::index::Backend::gazetteer(self.reader());
        let answers = |id: &PlaceId| {
            let mut paths = place_paths(gazetteer, id).into_iter().flatten();
            asked.contains(&id) || paths.any(|code| code.parse::<PlaceId>().is_ok_and(|above| asked.contains(&&above)))
        };
        passage.places.iter().filter(|p| p.place.as_ref().is_some_and(answers)).map(|p| p.span).collect()
    }

    fn matched(&self, scored: &Scored, record: &PassageRecord<'_>, variant: bool) -> Result<Matched> {
        let mut matched = Matched { place_variant: variant, ..Matched::default() };
        let reader = self.reader();
        if !self.dates.is_empty() {
            let segment = self.segment(scored);
            let coarse = self.search.question.coarse;
            let event = segment.column("event").map_err(|e| reader.fail(e))?;
            let by_event = self.dates.iter().any(|(kind, asked)| {
                *kind != DateKind::Published
                    && event.values_for_doc(scored.doc).any(|days| asked.answered_by(unpack_days(days), coarse))
            });
            matched.date = Some(if by_event { DateKind::Event } else { DateKind::Published });
        }
        if self.asks_country {
            let gazetteer = crate::index::Backend::gazetteer(reader);
            let named = record.places.iter().filter_map(PlaceRecord::place_id);
            let in_passage = named.into_iter().any(|id| gazetteer.place(&id).is_some_and(|p| !p.countries.is_empty()));
            matched.country_in_passage = Some(in_passage);
        }
        Ok(matched)
    }

    fn copies(&self, id: ArticleId) -> Result<Vec<CopyInfo>> {
        copies_of(self.reader(), id)
    }

    /// The document id of a hit's article in a TREC run.
    pub fn document_id(&self, hit: &Scored) -> Result<String> {
        let segment = self.segment(hit);
        let reader = self.reader();
        let bytes = reader.stored(segment.ordinal, segment.article_start(hit.doc))?;
        let record = unpack(reader, &bytes)?;
        let own = record.article.as_ref().and_then(|a| a.record.as_deref()).map(str::to_owned);
        match own {
            Some(own) => Ok(own),
            None => Ok(ArticleId(reader.article_of(segment, hit.doc)?).to_string()),
        }
    }
}

fn unpack<'b>(reader: &Reader, bytes: &'b [u8]) -> Result<PassageRecord<'b>> {
    PassageRecord::unpack(bytes).map_err(|e| reader.damaged(format!("a passage's record cannot be read: {e}")))
}

fn head_of(reader: &Reader, id: ArticleId, record: &PassageRecord<'_>) -> Result<Head> {
    let article = record.article.as_deref().ok_or_else(|| reader.damaged(format!("article {id} has no head")))?;
    Ok(Head {
        info: info_of(id, article),
        passages: article.passages,
        stale: reader.is_stale(&article.root, &article.path, article.file_size, article.file_mtime),
    })
}

fn info_of(id: ArticleId, article: &ArticleRecord<'_>) -> ArticleInfo {
    let owned = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
    ArticleInfo {
        id,
        record: owned(&article.record),
        title: article.title.to_string(),
        path: article.path.to_string(),
        root: article.root.to_string(),
        url: owned(&article.url),
        source: owned(&article.source),
        byline: owned(&article.byline),
        published: article.published,
        language: owned(&article.language),
        given: article.given.clone(),
    }
}

/// The other articles with the same text.
fn copies_of(reader: &Reader, id: ArticleId) -> Result<Vec<CopyInfo>> {
    let copies = reader.copies()?;
    let Some(group) = copies.group(id.0) else { return Ok(Vec::new()) };
    let mut others = Vec::new();
    for other in copies.members(group).into_iter().filter(|other| other.article != id.0) {
        let bytes = reader.stored(other.segment as usize, other.doc)?;
        let record = unpack(reader, &bytes)?;
        let Some(article) = record.article.as_deref() else { continue };
        let published: Option<DayRange> = article.published.map(|(days, _)| days);
        others.push(CopyInfo {
            id: ArticleId(other.article),
            path: article.path.to_string(),
            record: article.record.as_deref().map(str::to_owned),
            source: article.source.as_deref().map(str::to_owned),
            published,
        });
    }
    Ok(others)
}

/// The whole article whose first passage is `doc`.
pub fn stored_article(reader: &Reader, ordinal: usize, doc: DocId) -> Result<StoredArticle> {
    let segments = reader.segments()?;
    let segment = &segments[ordinal];
    let start = segment.article_start(doc);
    let id = ArticleId(reader.article_of(segment, start)?);
    let bytes = reader.stored(ordinal, start)?;
    let first = unpack(reader, &bytes)?;
    let head = head_of(reader, id, &first)?;
    let article = first.article.as_deref().ok_or_else(|| reader.damaged(format!("article {id} has no head")))?;
    let mut text = String::new();
    let mut passages = Vec::with_capacity(head.passages as usize);
    for number in 0..head.passages {
        let bytes = reader.stored(ordinal, start + number)?;
        let record = unpack(reader, &bytes)?;
        text.push_str(&record.gap);
        text.push_str(&record.text);
        text.push_str(&record.tail);
        passages.push(record.info(number));
    }
    Ok(StoredArticle {
        text,
        passages,
        title_places: article.title_places.iter().map(PlaceRecord::mention).collect(),
        countries: article
            .countries
            .iter()
            .map(|(code, mentions, focus)| CountryMentions {
                code: CountryCode(*code),
                mentions: *mentions,
                focus: *focus,
            })
            .collect(),
        warnings: article.warnings.iter().map(|w| w.to_string()).collect(),
        copies: copies_of(reader, id)?,
        stale: head.stale,
        info: head.info,
    })
}
