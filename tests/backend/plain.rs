//! A plain engine: it keeps the articles of a folder as they were read and answers a question by looking at every passage.
//! There is no index, no posting and no cleverness in it, so that its answers can be held against those of an engine that has
//! all of these, and be believed.
//!
//! It shares with the other engines what lies below them: reading, the analysis of words, places and days, and
//! [`dateline::plan::Plan`], which says under which forms a word may stand and which conditions a question makes. It is blind
//! to errors there. Its own are the matching of forms, phrases, filters and negations, copies, and all counting.
//!
//! What is not in the contract it leaves out: it scores by the number of words that a passage holds, marks nothing, and does
//! not say how a score came about or that a name matched under another spelling.

pub mod counting;
pub mod matching;
pub mod reading;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;

use dateline::archive::freshness::is_stale;
use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::facet::place_paths;
use dateline::index::holdings::{Holdings, Status};
use dateline::index::store::manifest::Manifest;
use dateline::index::{Backend, HitSink};
use dateline::model::answer::{
    CopyInfo, Counts, FacetAsk, FacetCounts, FacetTable, Hit, Matched, PassageInfo, StoredArticle, Timeline, Totals,
};
use dateline::model::article::ArticleId;
use dateline::model::days::{DayRange, DayRangeBounds, TimeUnit};
use dateline::model::error::Result;
use dateline::model::event::EventKind;
use dateline::model::place::PlaceId;
use dateline::model::question::{DateKind, Filter, Page, Question, Sort};
use dateline::plan::forms::terms_of;
use dateline::words::{Analyser, folded, is_stop_term};

use self::matching::{Asked, At, Matches};
use self::reading::Stored;

/// The articles of a folder, searched one by one.
pub struct Plain {
    root: PathBuf,
    /// By id.
    articles: Vec<Stored>,
    /// Articles that are copies, by their places in the list; the first of a group that matches stands for it.
    groups: Vec<Vec<usize>>,
    holdings: Holdings,
    manifest: Manifest,
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plain").field("root", &self.root).field("articles", &self.articles.len()).finish()
    }
}

impl Plain {
    fn group_of(&self, article: usize) -> Option<&[usize]> {
        self.groups.iter().find(|group| group.contains(&article)).map(Vec::as_slice)
    }

    /// The first of the articles that are copies of this one, for counting them as one.
    fn report_of(&self, article: usize) -> usize {
        self.group_of(article).map_or(article, |group| group[0])
    }

    /// The same passages without those of which an equal one stands earlier in its group.
    fn without_copies(&self, found: Vec<At>) -> Vec<At> {
        let set: BTreeSet<At> = found.iter().copied().collect();
        let stands = |at: &At| {
            let earlier = self.group_of(at.article).unwrap_or(&[]).iter().take_while(|n| **n != at.article);
            earlier.into_iter().all(|n| !set.contains(&At { article: *n, number: at.number }))
        };
        found.into_iter().filter(stands).collect()
    }

    fn copies_of(&self, article: usize) -> Vec<CopyInfo> {
        let others = self.group_of(article).unwrap_or(&[]).iter().filter(|n| **n != article);
        let copy = |n: &usize| {
            let stored = &self.articles[*n];
            let info = &stored.article.info;
            CopyInfo {
                id: info.id,
                path: info.path.clone(),
                record: info.record.clone(),
                source: info.source.clone(),
                published: stored.published(),
            }
        };
        others.map(copy).collect()
    }

    fn is_stale(&self, stored: &Stored) -> bool {
        is_stale(&self.root, &stored.article.info.path, stored.file_size, stored.file_mtime)
    }
}

/// How many words of the question a passage holds.
fn score(asked: &Asked<'_>, at: At) -> f64 {
    let leaves = 0..asked.plan.leaves.len();
    leaves.filter(|leaf| asked.plan.leaves[*leaf].weight > 0.0 && asked.leaf(*leaf, at)).count() as f64
}

/// Puts passages in the order of a page; they come by article and number.
fn sort(asked: &Asked<'_>, sort: Sort, passages: &mut [At]) {
    let has_words = asked.plan.leaves.iter().any(|leaf| leaf.weight > 0.0);
    let published = |at: &At| asked.plain.at(*at).0.published();
    match sort {
        Sort::Relevance if has_words => {
            passages.sort_by(|a, b| score(asked, *b).total_cmp(&score(asked, *a)));
        }
        Sort::Relevance | Sort::Newest => {
            passages.sort_by_key(|at| published(at).map_or((1, 0), |days| (0, -i64::from(days.to.0))));
        }
        Sort::Oldest => passages.sort_by_key(|at| published(at).map_or((1, 0), |days| (0, i64::from(days.from.0)))),
        Sort::Event => passages.sort_by_key(|at| {
            let days = asked.event_days(*at, asked.question.event_named).map_or(Vec::new(), |(_, days)| days);
            let first = days.iter().map(|days| days.first_known()).min();
            first.map_or((1, 0), |day| (0, i64::from(day.0)))
        }),
    }
}

/// The hits of a page with whether each is partial: complete ones, then the partial ones where these do not fill it. With them
/// what is counted whatever the page.
fn shown(asked: &Asked<'_>, page: &Page) -> (Vec<(At, bool)>, Totals) {
    let Matches { mut complete, mut partial } = asked.matches();
    let articles: BTreeSet<usize> = complete.iter().map(|at| asked.plain.report_of(at.article)).collect();
    let matching: BTreeSet<usize> = asked.complete().into_iter().map(|at| at.article).collect();
    let counts = Totals {
        passages: complete.len() as u64,
        articles: articles.len() as u64,
        copies: (matching.len() - articles.len()) as u64,
        events: (!asked.question.wanted_events().is_empty()).then(|| counting::events(asked)),
        ..Totals::default()
    };
    sort(asked, page.sort, &mut complete);
    sort(asked, page.sort, &mut partial);
    let mut of_article: HashMap<usize, usize> = HashMap::new();
    let mut may_show = |at: &At| {
        let count = of_article.entry(at.article).or_default();
        *count += 1;
        page.per_article.is_none_or(|most| *count <= most)
    };
    let mut hits: Vec<(At, bool)> = Vec::new();
    hits.extend(complete.into_iter().filter(&mut may_show).map(|at| (at, false)));
    hits.extend(partial.into_iter().filter(&mut may_show).map(|at| (at, true)));
    (hits.into_iter().skip(page.offset).take(page.limit.unwrap_or(usize::MAX)).collect(), counts)
}

fn hit(asked: &Asked<'_>, page: &Page, rank: usize, at: At, is_partial: bool) -> Hit {
    let (stored, _) = asked.plain.at(at);
    let passages = &stored.article.passages;
    let in_article = |leaf: usize| {
        let mut numbers = 0..passages.len();
        numbers.any(|number| asked.leaf(leaf, At { number, ..at }))
    };
    let missing = if is_partial { asked.plan.missing(&|leaf| asked.leaf(leaf, at)) } else { Vec::new() };
    let around = |from: usize, to: usize| -> Vec<PassageInfo> { passages[from..to].to_vec() };
    let after = (at.number + 1).min(passages.len());
    Hit {
        rank,
        score: score(asked, at),
        article: stored.article.info.clone(),
        passage: passages[at.number].clone(),
        title_highlights: Vec::new(),
        complete_in_article: !missing.is_empty() && asked.plan.missing(&in_article).is_empty(),
        missing,
        copies: asked.plain.copies_of(at.article),
        matched: matched(asked, at),
        before: around(at.number.saturating_sub(page.context), at.number),
        after: around(after, after.saturating_add(page.context).min(passages.len())),
        stale: asked.plain.is_stale(stored),
        explanation: Vec::new(),
    }
}

/// By what a passage passed the filters.
fn matched(asked: &Asked<'_>, at: At) -> Matched {
    let (stored, passage) = asked.plain.at(at);
    let filters = asked.question.wanted_filters();
    let dates: Vec<_> = filters
        .iter()
        .filter_map(|filter| match filter {
            Filter::Date(kind, days) => Some((*kind, *days)),
            _ => None,
        })
        .collect();
    let events = asked.question.wanted_events();
    let event = events.iter().filter_map(|(days, named)| asked.event_answer(at, *days, *named)).min();
    let coarse = asked.question.coarse;
    let either = || dates.iter().filter(|(kind, _)| *kind == DateKind::Either);
    let answered = |days: &DayRangeBounds, all: &[DayRange]| all.iter().any(|one| days.answered_by(*one, coarse));
    let by_event = event.is_some_and(|(kind, _)| kind != EventKind::Published)
        || either().any(|(_, days)| answered(days, &passage.events));
    let published: Vec<DayRange> = stored.published().into_iter().collect();
    let by_publication = event.is_some_and(|(kind, _)| kind == EventKind::Published)
        || either().any(|(_, days)| answered(days, &published))
        || dates.iter().any(|(kind, days)| *kind == DateKind::Published && answered(days, &published));
    let asks_country = filters.iter().any(|filter| matches!(filter, Filter::Country(_) | Filter::Region(_)));
    let gazetteer = asked.plain.gazetteer();
    let mut named = stored.article.passages[at.number].places.iter().filter_map(|mention| mention.place.as_ref());
    let in_a_country = |id: &PlaceId| gazetteer.place(id).is_some_and(|place| !place.countries.is_empty());
    let asked_lags: Vec<_> = filters
        .iter()
        .filter_map(|filter| match filter {
            Filter::Lag(asked) => Some(*asked),
            _ => None,
        })
        .collect();
    let lags = asked.lags(at).into_iter().map(|lag| i32::try_from(lag).unwrap());
    Matched {
        lag: lags.filter(|lag| asked_lags.iter().any(|asked| asked.holds(*lag))).min_by_key(|lag| lag.abs()),
        date: match (by_event, by_publication) {
            (true, _) => Some(DateKind::Event),
            (false, true) => Some(DateKind::Published),
            (false, false) => None,
        },
        event,
        country_in_passage: asks_country.then(|| named.any(in_a_country)),
        place_variant: false,
    }
}

impl Backend for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn search(&self, question: &Question, page: &Page, sink: &mut dyn HitSink) -> Result<Totals> {
        let asked = Asked::new(self, question)?;
        let (hits, mut totals) = shown(&asked, page);
        for (n, (at, is_partial)) in hits.into_iter().enumerate() {
            let hit = hit(&asked, page, page.offset + n + 1, at, is_partial);
            totals.hits += 1;
            totals.partial += usize::from(is_partial);
            totals.stale += usize::from(hit.stale);
            if sink.hit(hit)?.is_break() {
                break;
            }
        }
        Ok(totals)
    }

    fn rank_articles(&self, question: &Question, depth: usize) -> Result<Vec<(String, f64)>> {
        let asked = Asked::new(self, question)?;
        let mut best: BTreeMap<usize, f64> = BTreeMap::new();
        for at in asked.complete() {
            let known = best.entry(at.article).or_default();
            *known = known.max(score(&asked, at));
        }
        let mut ranked: Vec<(usize, f64)> = best.into_iter().collect();
        ranked.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        ranked.truncate(depth);
        let id = |article: usize| {
            let info = &self.articles[article].article.info;
            info.record.clone().unwrap_or_else(|| info.id.to_string())
        };
        Ok(ranked.into_iter().map(|(article, score)| (id(article), score)).collect())
    }

    fn count(&self, question: &Question) -> Result<Counts> {
        Ok(counting::count(&Asked::new(self, question)?))
    }

    fn facets(&self, question: &Question, asked: &[FacetAsk]) -> Result<Vec<FacetCounts>> {
        let question = Asked::new(self, question)?;
        Ok(asked.iter().map(|ask| counting::facet(&question, ask)).collect())
    }

    fn facet_by_time(&self, question: &Question, ask: &FacetAsk, kind: DateKind, unit: TimeUnit) -> Result<FacetTable> {
        counting::facet_by_time(&Asked::new(self, question)?, ask, kind, unit)
    }

    fn timeline(&self, question: &Question, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
        counting::timeline(&Asked::new(self, question)?, kind, unit)
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Option<StoredArticle>>> {
        let article = |id: &ArticleId| {
            let n = self.articles.iter().position(|stored| stored.id() == *id)?;
            let stored = &self.articles[n];
            let (copies, stale) = (self.copies_of(n), self.is_stale(stored));
            Some(StoredArticle { copies, stale, ..stored.article.clone() })
        };
        Ok(ids.iter().map(article).collect())
    }

    fn articles_at(&self, path: &str) -> Result<Vec<ArticleId>> {
        Ok(self.articles.iter().filter(|stored| stored.file == path).map(Stored::id).collect())
    }

    fn suggestions(&self, word: &str, most: usize) -> Result<Vec<String>> {
        let parts: Vec<&str> = word.split(['-', '‐', '‑', '/', ' ']).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            for part in parts {
                let near = self.suggestions(part, most)?;
                if !near.is_empty() {
                    return Ok(near.iter().map(|other| word.replacen(part, other, 1)).collect());
                }
            }
            return Ok(Vec::new());
        }
        let terms = terms_of(&mut Analyser::new(), word, &self.holdings.languages);
        let typed = folded(word);
        let letters = typed.chars().count();
        let farthest = if letters < 5 { 1 } else { 2 };
        let mut near: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for word in self.articles.iter().flat_map(|stored| &stored.passages).flat_map(|passage| &passage.words) {
            if terms.contains(&word.term) {
                return Ok(Vec::new());
            }
            let edits = strsim::osa_distance(&typed, &folded(&word.written));
            if letters > 3 && edits <= farthest && !is_stop_term(&word.term) {
                *near.entry((edits, word.written.to_lowercase())).or_default() += 1;
            }
        }
        let mut near: Vec<_> = near.into_iter().collect();
        near.sort_by_key(|((edits, _), times)| (*edits, usize::MAX - times));
        Ok(near.into_iter().map(|((_, word), _)| word).take(most).collect())
    }

    fn passages_naming(&self, places: &[PlaceId]) -> Result<Vec<u64>> {
        let naming = |place: &PlaceId| {
            let paths = place_paths(self.gazetteer(), place);
            let passages = self.articles.iter().flat_map(|stored| &stored.passages);
            passages.filter(|passage| passage.places.iter().any(|path| paths.contains(path))).count() as u64
        };
        Ok(places.iter().map(naming).collect())
    }

    fn sources(&self) -> Result<Vec<String>> {
        let mut passages: BTreeMap<String, usize> = BTreeMap::new();
        for stored in &self.articles {
            if let Some(source) = &stored.article.info.source {
                *passages.entry(source.trim().to_lowercase()).or_default() += stored.passages.len();
            }
        }
        let mut sources: Vec<(String, usize)> = passages.into_iter().collect();
        sources.sort_by_key(|(name, passages)| (usize::MAX - passages, name.clone()));
        Ok(sources.into_iter().map(|(name, _)| name).collect())
    }

    fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    fn status(&self) -> Result<Status> {
        Ok(Status {
            location: self.root.clone(),
            format: 0,
            holdings: self.holdings.clone(),
            segments: 1,
            bytes: 0,
            copies: self.groups.len(),
            manifest: self.manifest.clone(),
        })
    }

    fn gazetteer(&self) -> &Gazetteer {
        Gazetteer::embedded()
    }
}
