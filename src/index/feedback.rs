//! What the best articles have in common, and which others share it (relevance models, Lavrenko and Croft 2001).

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use super::leaf_postings::TITLE_WEIGHT;
use super::record::PassageRecord;
use super::score::{ArticleKey, Scored, Statistics, idf};
use super::search::Search;
use super::segment::Segment;
use crate::analysis::Analyser;
use crate::error::Result;

/// The articles that are learnt from, how many passages of each, and the terms that are taken from them. The textbook's ten
/// terms of ten articles hurt on every collection tried; many terms of few articles help on most. The two best passages of an
/// article do as well as all of it, for a third of the time.
pub const ARTICLES: usize = 4;
const PASSAGES: usize = 2;
const TERMS: usize = 50;
/// The most frequent terms, of which those are taken that are also rare in the index.
const CANDIDATES: usize = 80;
/// How many passages that hold a term are looked at to tell how many of them an article has.
const SAMPLE: usize = 32;

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

/// What the best passages of some articles have in common: terms by their share of each article's words, each article
/// counting by its score, and by their rarity. The weights add up to the number of the query's words, so that both kinds of
/// score compare. The passages are sought in lists of hits that are ascending by article.
pub fn common_terms(search: &Search<'_>, articles: &[Scored], lists: &[&[Scored]]) -> Result<Common> {
    let total = articles.iter().map(Scored::score).sum::<f32>().max(f32::MIN_POSITIVE);
    let mut analyser = search.reader.analyser();
    let mut weights: HashMap<String, f32> = HashMap::new();
    for hit in articles {
        let counts = words_of(search, &best_passages(hit.article(), lists), &mut analyser)?;
        let words: f32 = counts.values().sum();
        for (term, count) in counts {
            *weights.entry(term).or_default() += hit.score() / total * count / words;
        }
    }
    let mut terms: Vec<(String, f32)> =
        weights.into_iter().filter(|(t, _)| t.len() > 1 && !t.bytes().all(|b| b.is_ascii_digit())).collect();
    let heaviest = |terms: &mut Vec<(String, f32)>, most: usize| {
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        terms.truncate(most);
    };
    heaviest(&mut terms, CANDIDATES);
    let passages = search.collection().passages;
    for (term, weight) in &mut terms {
        let term = Term::from_field_text(search.reader.fields().body, term);
        let held_by = search.reader.searcher().doc_freq(&term).map_err(|e| search.reader.fail(e))?;
        *weight *= idf(held_by, passages).sqrt();
    }
    heaviest(&mut terms, TERMS);
    let mass = terms.iter().map(|(_, weight)| weight).sum::<f32>().max(f32::MIN_POSITIVE);
    let words = search.plan.scored_words() as f32;
    terms.iter_mut().for_each(|(_, weight)| *weight *= words / mass);
    Ok(Common { terms })
}

/// The passages that speak for an article, best first.
fn best_passages(article: ArticleKey, lists: &[&[Scored]]) -> Vec<Scored> {
    let mut passages: Vec<Scored> = Vec::new();
    for list in lists {
        let first = list.partition_point(|hit| hit.article() < article);
        passages.extend(list[first..].iter().take_while(|hit| hit.article() == article));
    }
    passages.sort_by(|a, b| b.passage_score.total_cmp(&a.passage_score).then(a.doc.cmp(&b.doc)));
    passages.truncate(PASSAGES);
    passages
}

/// How often each term stands in the text of some passages of one article.
fn words_of(search: &Search<'_>, passages: &[Scored], analyser: &mut Analyser) -> Result<HashMap<String, f32>> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    for hit in passages {
        let segment = &search.segments[hit.segment as usize];
        let profile = segment.profile(hit.doc).map_err(|e| search.reader.fail(e))?;
        let bytes = search.reader.stored(segment.ordinal, hit.doc)?;
        let Ok(record) = PassageRecord::unpack(&bytes) else { continue };
        analyser.analyse(&record.text, profile, |token, term| {
            if !token.stop {
                match counts.get_mut(term) {
                    Some(count) => *count += 1.0,
                    None => {
                        counts.insert(term.to_owned(), 1.0);
                    }
                }
            }
        });
    }
    Ok(counts)
}

/// What the common terms give to articles and to their passages.
#[derive(Debug, Default)]
pub struct Shares {
    /// By article, in the order in which they were asked for.
    pub articles: Vec<f32>,
    /// By passage, the articles' one after the other.
    pub passages: Vec<f32>,
    /// For each article, where its passages begin among [`Shares::passages`]; the last number ends them.
    pub bounds: Vec<usize>,
}

/// Articles of one segment that are looked at, and what is known of them.
struct Target<'s, 'r> {
    segment: &'s Segment<'r>,
    /// Their places among all articles that are looked at, ascending, with their passages.
    spans: Vec<(usize, DocId, DocId)>,
}

/// What the common terms give each of these articles and each of its passages; articles are ascending.
pub fn shares(search: &Search<'_>, common: &Common, articles: &[ArticleKey]) -> Result<Shares> {
    let fail = |e| search.reader.fail(e);
    let mut shares = Shares { articles: vec![0.0; articles.len()], passages: Vec::new(), bounds: vec![0] };
    let (mut lengths, mut passage_lengths) = (Vec::with_capacity(articles.len()), Vec::new());
    let mut targets: Vec<Target<'_, '_>> = Vec::new();
    for same in articles.chunk_by(|a, b| a.0 == b.0) {
        let segment = &search.segments[same[0].0 as usize];
        let words = segment.values("words").map_err(fail)?;
        let article_words = segment.values("article_words").map_err(fail)?;
        let mut spans = Vec::with_capacity(same.len());
        for &(_, start) in same {
            let end = segment.article_end(start);
            spans.push((lengths.len(), start, end));
            lengths.push(article_words.get_val(start) as f32);
            passage_lengths.extend((start..end).map(|doc| words.get_val(doc) as f32));
            shares.bounds.push(passage_lengths.len());
        }
        targets.push(Target { segment, spans });
    }
    shares.passages = vec![0.0; passage_lengths.len()];
    let mut places: Vec<(usize, usize, f32)> = Vec::new();
    for (term, weight) in &common.terms {
        places.clear();
        let mut held_by = 0;
        for target in &targets {
            held_by += target.stand(search, term, &shares.bounds, &mut places).map_err(fail)?;
        }
        // A title's words belong to the first passage, which may hold them too.
        places.sort_by_key(|(_, passage, _)| *passage);
        let statistics = Statistics::new([(held_by, *weight)], search.collection());
        let weight = statistics.weight(0);
        for same in places.chunk_by(|a, b| a.0 == b.0) {
            let article = same[0].0;
            let in_article = same.iter().map(|(_, _, frequency)| frequency).sum();
            shares.articles[article] += statistics.in_article(weight, in_article, lengths[article]);
            for same in same.chunk_by(|a, b| a.1 == b.1) {
                let passage = same[0].1;
                let in_passage = same.iter().map(|(_, _, frequency)| frequency).sum();
                shares.passages[passage] += statistics.in_passage(weight, in_passage, passage_lengths[passage]);
            }
        }
    }
    Ok(shares)
}

impl Target<'_, '_> {
    /// Adds to `places` where a term stands in these articles (article, passage and how often), and gives about how many
    /// articles of the segment hold it.
    fn stand(
        &self,
        search: &Search<'_>,
        term: &str,
        bounds: &[usize],
        places: &mut Vec<(usize, usize, f32)>,
    ) -> tantivy::Result<u64> {
        let fields = search.reader.fields();
        let mut held_by = 0;
        for (field, weight) in [(fields.body, 1.0), (fields.title, TITLE_WEIGHT)] {
            let index = self.segment.reader.inverted_index(field)?;
            let term = Term::from_field_text(field, term);
            let Some(mut block) = index.read_block_postings(&term, IndexRecordOption::WithFreqs)? else { continue };
            if field == fields.body {
                // How many passages of an article hold a term is taken from its first: the rest will not differ by much,
                // and a word so common weighs little.
                let sample = &block.docs()[..block.docs().len().min(SAMPLE)];
                let starts = self.segment.article_starts(sample);
                let articles = starts.chunk_by(|a, b| a == b).count() as u64;
                held_by = (u64::from(block.doc_freq()) * articles).div_ceil(starts.len().max(1) as u64);
            }
            // Both ascend; whichever is behind leaps to where the other stands.
            let mut spans = self.spans.as_slice();
            let mut at = 0;
            while let (Some(&doc), Some(&(_, start, _))) = (block.docs().get(at), spans.first()) {
                if doc < start {
                    at += block.docs()[at..].partition_point(|doc| *doc < start);
                    if at == block.docs().len() {
                        at = block.seek(start);
                    }
                    continue;
                }
                spans = &spans[spans.partition_point(|(_, _, end)| *end <= doc)..];
                if let Some(&(article, start, _)) = spans.first().filter(|(_, start, _)| *start <= doc) {
                    let passage = bounds[article] + (doc - start) as usize;
                    places.push((article, passage, weight * block.freq(at) as f32));
                    at += 1;
                    if at == block.docs().len() {
                        block.advance();
                        at = 0;
                    }
                }
            }
        }
        Ok(held_by)
    }
}
