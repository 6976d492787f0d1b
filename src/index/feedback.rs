//! What the best articles have in common, and which others share it (relevance models, Lavrenko and Croft 2001).

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use super::leaf_postings::TITLE_WEIGHT;
use super::record::PassageRecord;
use super::score::{ArticleKey, Scored, Statistics};
use super::search::Search;
use crate::analysis::{Analyser, Profile};
use crate::error::Result;

/// The articles that are learnt from, and the terms that are taken from them. The textbook's ten terms of ten articles hurt
/// on every collection tried; many terms of few articles help on most.
pub const ARTICLES: usize = 4;
const TERMS: usize = 50;

/// Terms that the best articles have in common, heaviest first.
#[derive(Debug, Default)]
pub struct Common {
    terms: Vec<(String, f32)>,
}

impl Common {
    /// The heaviest terms.
    pub fn heaviest(&self, most: usize) -> Vec<String> {
        self.terms.iter().take(most).map(|(term, _)| term.clone()).collect()
    }
}

/// What is common to the first of these articles, best first: terms by their share of each article's words, each article
/// counting by its score. The weights add up to the number of the query's words, so that both kinds of score compare.
pub fn common_terms(search: &Search<'_>, ranked: &[Scored]) -> Result<Common> {
    let top = &ranked[..ranked.len().min(ARTICLES)];
    let total: f32 = top.iter().map(Scored::score).sum::<f32>().max(f32::MIN_POSITIVE);
    let mut analyser = search.reader.analyser();
    let mut weights: HashMap<String, f32> = HashMap::new();
    for hit in top {
        let counts = words_of(search, hit, &mut analyser)?;
        let words: f32 = counts.values().sum();
        for (term, count) in counts {
            *weights.entry(term).or_default() += hit.score() / total * count / words;
        }
    }
    let mut terms: Vec<(String, f32)> =
        weights.into_iter().filter(|(t, _)| t.len() > 1 && !t.bytes().all(|b| b.is_ascii_digit())).collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(TERMS);
    let mass = terms.iter().map(|(_, weight)| weight).sum::<f32>().max(f32::MIN_POSITIVE);
    let words = search.plan.leaves.iter().filter(|leaf| leaf.weight > 0.0).count() as f32;
    terms.iter_mut().for_each(|(_, weight)| *weight *= words / mass);
    Ok(Common { terms })
}

/// How often each term stands in the title and text of a hit's article.
fn words_of(search: &Search<'_>, hit: &Scored, analyser: &mut Analyser) -> Result<HashMap<String, f32>> {
    let segment = &search.segments[hit.segment as usize];
    let mut counts: HashMap<String, f32> = HashMap::new();
    let mut profile = Profile::of(None);
    for doc in hit.start..segment.article_end(hit.start) {
        let bytes = search.reader.stored(segment.ordinal, doc)?;
        let Ok(record) = PassageRecord::unpack(&bytes) else { continue };
        let mut count = |text: &str, profile: Profile| {
            analyser.analyse(text, profile, |token, term| {
                if !token.stop {
                    match counts.get_mut(term) {
                        Some(count) => *count += 1.0,
                        None => {
                            counts.insert(term.to_owned(), 1.0);
                        }
                    }
                }
            });
        };
        if let Some(article) = &record.article {
            profile = Profile::of(article.language.as_deref());
            count(&article.title, profile);
        }
        count(&record.text, profile);
    }
    Ok(counts)
}

/// Where a common term stands in the articles that are looked at.
struct Standing {
    /// How many articles of the index hold it, about.
    articles: u64,
    /// For each time: the place of the article among those looked at, the passage's number in it, how often.
    places: Vec<(usize, u32, f32)>,
}

/// What the common terms give each of these articles and each of its passages; articles are ascending.
pub fn scores(search: &Search<'_>, common: &Common, articles: &[ArticleKey]) -> Result<Vec<(f32, Vec<f32>)>> {
    let fail = |e| search.reader.fail(e);
    let mut spans = Vec::with_capacity(articles.len());
    let mut scores = Vec::with_capacity(articles.len());
    let mut lengths = Vec::with_capacity(articles.len());
    let mut passage_lengths: Vec<Vec<f32>> = Vec::with_capacity(articles.len());
    for &(ordinal, start) in articles {
        let segment = &search.segments[ordinal as usize];
        let end = segment.article_end(start);
        spans.push((ordinal as usize, start, end));
        scores.push((0.0, vec![0.0; (end - start) as usize]));
        lengths.push(segment.values("article_words").map_err(fail)?.get_val(start) as f32);
        let words = segment.values("words").map_err(fail)?;
        passage_lengths.push((start..end).map(|doc| words.get_val(doc) as f32).collect());
    }
    let mut standing = Vec::with_capacity(common.terms.len());
    for (term, _) in &common.terms {
        standing.push(standing_of(search, term, &spans).map_err(fail)?);
    }
    let rarities = standing.iter().zip(&common.terms).map(|(s, (_, weight))| (s.articles, *weight));
    let statistics = Statistics::new(rarities, search.collection());
    for (n, standing) in standing.iter().enumerate() {
        let weight = statistics.weight(n);
        for same in standing.places.chunk_by(|a, b| a.0 == b.0) {
            let article = same[0].0;
            let mut in_article = 0.0;
            for &(_, passage, frequency) in same {
                in_article += frequency;
                let words = passage_lengths[article][passage as usize];
                scores[article].1[passage as usize] += statistics.in_passage(weight, frequency, words);
            }
            scores[article].0 += statistics.in_article(weight, in_article, lengths[article]);
        }
    }
    Ok(scores)
}

/// Looks a term up in the articles that lie in these spans, which are ascending.
fn standing_of(search: &Search<'_>, term: &str, spans: &[(usize, DocId, DocId)]) -> tantivy::Result<Standing> {
    let mut standing = Standing { articles: 0, places: Vec::new() };
    let fields = search.reader.fields();
    for segment in &search.segments {
        for (field, weight) in [(fields.body, 1.0), (fields.title, TITLE_WEIGHT)] {
            let index = segment.reader.inverted_index(field)?;
            let term = Term::from_field_text(field, term);
            let Some(mut block) = index.read_block_postings(&term, IndexRecordOption::WithFreqs)? else { continue };
            if field == fields.body {
                // How many passages of an article hold a term, taken from its first hundred: the rest will not differ by
                // much, and a word so common weighs little.
                let starts = segment.article_starts(block.docs());
                let articles = starts.chunk_by(|a, b| a == b).count() as u64;
                standing.articles += (u64::from(block.doc_freq()) * articles).div_ceil(starts.len().max(1) as u64);
            }
            for (n, &(_, start, end)) in spans.iter().enumerate().filter(|(_, span)| span.0 == segment.ordinal) {
                let mut at = block.seek(start);
                while block.doc(at) < end {
                    let doc = block.doc(at);
                    standing.places.push((n, doc - start, weight * block.freq(at) as f32));
                    at = block.seek(doc + 1);
                }
            }
        }
    }
    // A title's words belong to the first passage, which may hold them too.
    standing.places.sort_by_key(|(article, passage, _)| (*article, *passage));
    standing.places.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        if same {
            kept.2 += later.2;
        }
        same
    });
    Ok(standing)
}
