//! A second look at the best articles: words that stand together, and what the best have in common.
//!
//! Both looks read more than the first (positions, texts), so they are taken at the best articles of the first only.

use std::collections::HashMap;

use tantivy::DocId;

use super::plan::{Alternative, Leaf};
use super::record::PassageRecord;
use super::score::{self, Scored, Statistics};
use super::search::Search;
use crate::analysis::{Analyser, Profile};
use crate::error::Result;

/// How many articles feedback looks at again, best first. Below them the order of the first look stands.
const FEEDBACK_ARTICLES: usize = 1000;
/// How many articles have their words' positions read, best first.
const PROXIMITY_ARTICLES: usize = 200;
/// What a word directly after its neighbour in the query is worth against a word by itself, and what one within eight words
/// of it is. Both are shared among the pairs of a long query, where chance neighbours are many: unshared, they helped
/// queries of two to four words and hurt questions of a dozen.
const NEXT_SHARE: f32 = 0.15;
const NEAR_SHARE: f32 = 0.05;
/// As many pairs have their full worth.
const FULL_PAIRS: f32 = 2.0;
/// How many words of either order count as near (Metzler and Croft 2005).
const WINDOW: u32 = 8;
/// The articles that feedback learns from, the terms it takes, and the share of the score that stays the query's own. The
/// textbook's ten terms and one half hurt on every collection tried; many terms with little weight help on most.
const FEEDBACK_FROM: usize = 4;
const FEEDBACK_TERMS: usize = 50;
const OWN_SHARE: f32 = 0.8;

/// An article by its segment and first document.
type ArticleKey = (u32, DocId);

/// Looks again at the best of `scored` and corrects their scores.
pub fn refine(search: &Search<'_>, statistics: &Statistics, scored: &mut [Scored]) -> Result<()> {
    let mut best = best_by_article(search, scored);
    if best.len() < 2 {
        return Ok(());
    }
    best.truncate(FEEDBACK_ARTICLES);
    let mut gains: HashMap<ArticleKey, f32> = HashMap::new();
    proximity(search, statistics, &best[..best.len().min(PROXIMITY_ARTICLES)], &mut gains)?;
    for (key, hit) in &mut best {
        hit.article_score += gains.get(key).copied().unwrap_or(0.0);
    }
    best.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
    let common = feedback(search, &best)?;
    for hit in scored.iter_mut() {
        let key = key_of(search, hit);
        let (article, passage) = common.get(&key).copied().unwrap_or_default();
        let own = hit.article_score + gains.get(&key).copied().unwrap_or(0.0);
        hit.article_score = OWN_SHARE * own + (1.0 - OWN_SHARE) * article;
        hit.passage_score = OWN_SHARE * hit.passage_score + (1.0 - OWN_SHARE) * passage;
    }
    Ok(())
}

fn key_of(search: &Search<'_>, hit: &Scored) -> ArticleKey {
    (hit.segment, search.segments[hit.segment as usize].article_start(hit.doc))
}

/// The best passage of each article, best article first.
pub fn best_by_article(search: &Search<'_>, scored: &[Scored]) -> Vec<(ArticleKey, Scored)> {
    let mut best: HashMap<ArticleKey, Scored> = HashMap::new();
    for hit in scored {
        best.entry(key_of(search, hit))
            .and_modify(|kept| {
                if hit.passage_score > kept.passage_score {
                    *kept = *hit;
                }
            })
            .or_insert(*hit);
    }
    let mut best: Vec<_> = best.into_iter().collect();
    best.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
    best
}

/// Adds to `gains` what neighbouring words of the query are worth where they stand next to or near each other.
fn proximity(
    search: &Search<'_>,
    statistics: &Statistics,
    best: &[(ArticleKey, Scored)],
    gains: &mut HashMap<ArticleKey, f32>,
) -> Result<()> {
    let single = |leaf: &&(usize, &Leaf)| {
        leaf.1.weight > 0.0 && !leaf.1.title_only && matches!(leaf.1.alternatives.first(), Some(Alternative::Terms(_)))
    };
    let words: Vec<(usize, &Leaf)> = search.plan.leaves.iter().enumerate().collect();
    let words: Vec<(usize, &Leaf)> = words.iter().filter(single).copied().collect();
    if words.len() < 2 {
        return Ok(());
    }
    let shared = (FULL_PAIRS / (words.len() - 1) as f32).min(1.0);
    let mut by_segment: HashMap<u32, Vec<DocId>> = HashMap::new();
    for ((segment, start), _) in best {
        by_segment.entry(*segment).or_default().push(*start);
    }
    for (ordinal, mut starts) in by_segment {
        starts.sort_unstable();
        let segment = &search.segments[ordinal as usize];
        let fail = |e| search.reader.fail(e);
        let article_words = segment.values("article_words").map_err(fail)?;
        // For each article and passage, the positions of each word.
        let mut found: HashMap<DocId, Vec<(usize, Vec<u32>)>> = HashMap::new();
        for (n, (_, leaf)) in words.iter().enumerate() {
            let mut cursor = segment.leaf(leaf, true).map_err(fail)?;
            for &start in &starts {
                let end = segment.article_end(start);
                let mut doc = cursor.seek(start);
                while doc < end {
                    let mut positions = Vec::new();
                    cursor.positions(doc, &mut positions);
                    if !positions.is_empty() {
                        found.entry(doc).or_default().push((n, positions));
                    }
                    doc = cursor.seek(doc + 1);
                }
            }
        }
        for &start in &starts {
            let mut pairs: HashMap<usize, (f32, f32)> = HashMap::new();
            for doc in start..segment.article_end(start) {
                let Some(lists) = found.get(&doc) else { continue };
                for pair in lists.windows(2) {
                    let [(a, left), (b, right)] = pair else { continue };
                    if *b != a + 1 {
                        continue;
                    }
                    let (next, near) = together(left, right);
                    let entry = pairs.entry(*a).or_default();
                    entry.0 += next as f32;
                    entry.1 += near as f32;
                }
            }
            let length = article_words.get_val(start) as f32;
            let gain: f32 = pairs
                .iter()
                .map(|(a, (next, near))| {
                    let weight = statistics.weight(words[*a].0) + statistics.weight(words[a + 1].0);
                    NEXT_SHARE * statistics.in_article(weight, *next, length)
                        + NEAR_SHARE * statistics.in_article(weight, *near, length)
                })
                .sum();
            *gains.entry((ordinal, start)).or_default() += shared * gain;
        }
    }
    Ok(())
}

/// How often a word of `right` directly follows one of `left`, and how often the two stand within [`WINDOW`] words in
/// either order.
fn together(left: &[u32], right: &[u32]) -> (u32, u32) {
    let (mut next, mut near) = (0, 0);
    for &at in left {
        let from = right.partition_point(|r| *r + WINDOW <= at);
        for &r in &right[from..] {
            if r >= at + WINDOW {
                break;
            }
            next += u32::from(r == at + 1);
            near += 1;
        }
    }
    (next, near)
}

/// Scores articles by the words that the best of them have in common (relevance model, Lavrenko and Croft 2001).
fn feedback(search: &Search<'_>, best: &[(ArticleKey, Scored)]) -> Result<HashMap<ArticleKey, (f32, f32)>> {
    let mut analyser = Analyser::new();
    let mut weights: HashMap<String, f32> = HashMap::new();
    let top = &best[..best.len().min(FEEDBACK_FROM)];
    let total: f32 = top.iter().map(|(_, hit)| hit.score()).sum::<f32>().max(f32::MIN_POSITIVE);
    for ((ordinal, start), hit) in top {
        let segment = &search.segments[*ordinal as usize];
        let mut counts: HashMap<String, f32> = HashMap::new();
        let mut sum = 0.0;
        let mut profile = Profile::of(None);
        for doc in *start..segment.article_end(*start) {
            let bytes = search.reader.stored(segment.ordinal, doc)?;
            let Ok(record) = PassageRecord::unpack(&bytes) else { continue };
            if let Some(article) = &record.article {
                profile = Profile::of(article.language.as_deref());
                analyser.analyse(&article.title, profile, |token, term| {
                    if !token.stop {
                        *counts.entry(term.to_owned()).or_default() += 1.0;
                        sum += 1.0;
                    }
                });
            }
            analyser.analyse(&record.text, profile, |token, term| {
                if !token.stop {
                    *counts.entry(term.to_owned()).or_default() += 1.0;
                    sum += 1.0;
                }
            });
        }
        for (term, count) in counts {
            *weights.entry(term).or_default() += hit.score() / total * count / sum;
        }
    }
    let mut common: Vec<(String, f32)> =
        weights.into_iter().filter(|(t, _)| t.len() > 1 && !t.bytes().all(|b| b.is_ascii_digit())).collect();
    common.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    common.truncate(FEEDBACK_TERMS);
    let mass: f32 = common.iter().map(|(_, w)| w).sum::<f32>().max(f32::MIN_POSITIVE);
    let words = search.plan.leaves.iter().filter(|l| l.weight > 0.0).count() as f32;
    let leaves: Vec<Leaf> = common
        .into_iter()
        .map(|(term, weight)| Leaf {
            label: term.clone(),
            alternatives: vec![Alternative::Terms(vec![term])],
            own: 1,
            variants: Vec::new(),
            title_only: false,
            weight: weight / mass * words,
        })
        .collect();
    let statistics = search.statistics(&leaves)?;
    let mut by_segment: HashMap<u32, Vec<DocId>> = HashMap::new();
    for ((segment, _), hit) in best {
        by_segment.entry(*segment).or_default().push(hit.doc);
    }
    let mut scores = HashMap::new();
    for (ordinal, mut docs) in by_segment {
        docs.sort_unstable();
        let segment = &search.segments[ordinal as usize];
        let mut out = Vec::new();
        score::score_segment(segment, &leaves, &statistics, &docs, &mut out).map_err(|e| search.reader.fail(e))?;
        for hit in out {
            scores.insert((ordinal, segment.article_start(hit.doc)), (hit.article_score, hit.passage_score));
        }
    }
    Ok(scores)
}
