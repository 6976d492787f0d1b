//! Feedback: what the best articles have in common, and which others share it (relevance models, Lavrenko and Croft 2001).

use rustc_hash::FxHashMap;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use crate::engine::score::{ArticleKey, Scored, Statistics, TITLE_WEIGHT, idf};
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::index::record::PassageRecord;
use crate::model::error::Result;
use crate::words::Analyser;

/// The articles that are learnt from, how many passages of each, and the terms that are taken from them. The textbook's ten
/// terms of ten articles hurt on every collection tried; many terms of few articles help on most. The two best passages of an
/// article do as well as all of it, for a third of the time.
pub const ARTICLES: usize = 3;
const PASSAGES: usize = 2;
const TERMS: usize = 50;
/// The most frequent terms, of which those are taken that are also rare in the index.
const CANDIDATES: usize = 80;
/// In so many passages at most the articles that hold a term are counted; a word in more weighs little. Of 256 no measure
/// moved by more than .001.
const MOST_COUNTED: u64 = 64;

/// Terms that the best articles have in common, heaviest first.
#[derive(Debug, Default)]
pub struct RelevanceModel {
    terms: Vec<ModelTerm>,
}

#[derive(Debug)]
struct ModelTerm {
    term: String,
    weight: f32,
    /// Where each segment keeps its postings; `None` where it has the term not.
    postings: Vec<Option<TermInfo>>,
}

impl ModelTerm {
    /// How many passages of the index hold it.
    fn passages(&self) -> u64 {
        self.postings.iter().flatten().map(|info| u64::from(info.doc_freq)).sum()
    }
}

impl RelevanceModel {
    /// What the best passages of some articles have in common: terms by their share of each article's words, each article
    /// counting by its score, and by their rarity. The weights add up to the number of the query's words, so that both kinds of
    /// score compare. The passages are sought in lists of hits that are ascending by article.
    pub fn of(search: &Search<'_>, articles: &[Scored], lists: &[&[Scored]]) -> Result<Self> {
        let total = articles.iter().map(Scored::score).sum::<f32>().max(f32::MIN_POSITIVE);
        let mut weights: FxHashMap<String, f32> = FxHashMap::default();
        for hit in articles {
            let passages = best_passages(hit.article(), lists);
            let counts = search.snapshot.with_analyser(|analyser| words_of(search, &passages, analyser))?;
            let words: f32 = counts.values().sum();
            for (term, count) in counts {
                *weights.entry(term).or_default() += hit.score() / total * count / words;
            }
        }
        let mut terms: Vec<ModelTerm> = weights
            .into_iter()
            .filter(|(term, _)| term.len() > 1 && !term.bytes().all(|b| b.is_ascii_digit()))
            .map(|(term, weight)| ModelTerm { term, weight, postings: Vec::new() })
            .collect();
        let heaviest = |terms: &mut Vec<ModelTerm>, most: usize| {
            terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
            terms.truncate(most);
        };
        heaviest(&mut terms, CANDIDATES);
        let body = search.snapshot.fields().body;
        let passages = search.collection().passages;
        for model_term in &mut terms {
            let term = Term::from_field_text(body, &model_term.term);
            let info = |segment: &Segment<'_>| Ok(segment.reader.inverted_index(body)?.get_term_info(&term)?);
            let infos = search.segments.iter().map(info).collect::<tantivy::Result<_>>();
            model_term.postings = infos.map_err(|e| search.snapshot.fail(e))?;
            model_term.weight *= idf(model_term.passages(), passages).sqrt();
        }
        heaviest(&mut terms, TERMS);
        let mass: f32 = terms.iter().map(|term| term.weight).sum();
        if mass <= 0.0 {
            // The best articles hold none of the words: they have nothing of the question in common.
            return Ok(RelevanceModel::default());
        }
        let words = search.plan.scored_words() as f32;
        terms.iter_mut().for_each(|term| term.weight *= words / mass);
        Ok(RelevanceModel { terms })
    }

    /// The heaviest terms.
    pub fn heaviest(&self, most: usize) -> Vec<String> {
        self.terms.iter().take(most).map(|term| term.term.clone()).collect()
    }

    /// The scores of these articles, which are ascending, and of their passages.
    pub fn scores(&self, search: &Search<'_>, articles: &[ArticleKey]) -> Result<ModelScores> {
        let fail = |e| search.snapshot.fail(e);
        let mut scores = ModelScores { articles: vec![0.0; articles.len()], passages: Vec::new(), bounds: vec![0] };
        let (mut lengths, mut passage_lengths) = (Vec::with_capacity(articles.len()), Vec::new());
        let mut spans: Vec<Vec<(usize, DocId, DocId)>> = vec![Vec::new(); search.segments.len()];
        for same in articles.chunk_by(|a, b| a.0 == b.0) {
            let segment = &search.segments[same[0].0 as usize];
            let words = segment.values("words").map_err(fail)?;
            let article_words = segment.values("article_words").map_err(fail)?;
            for &(_, start) in same {
                let end = segment.article_end(start);
                spans[segment.ordinal].push((lengths.len(), start, end));
                lengths.push(article_words.get_val(start) as f32);
                passage_lengths.extend((start..end).map(|doc| words.get_val(doc) as f32));
                scores.bounds.push(passage_lengths.len());
            }
        }
        scores.passages = vec![0.0; passage_lengths.len()];
        let mut places: Vec<Occurrence> = Vec::new();
        for term in &self.terms {
            places.clear();
            let counted = term.passages() <= MOST_COUNTED;
            let mut held_by = 0;
            for (segment, spans) in search.segments.iter().zip(&spans) {
                let (articles, found) = occurrences(segment, term, spans, &scores.bounds, counted).map_err(fail)?;
                held_by += articles;
                places.extend(found);
            }
            if !counted {
                held_by = articles_at_random(term.passages(), search.collection().articles);
            }
            // A title's words belong to the first passage, which may hold them too.
            places.sort_by_key(|(_, passage, _)| *passage);
            let statistics = Statistics::new([(held_by, term.weight)], search.collection());
            let weight = statistics.weight(0);
            for same in places.chunk_by(|a, b| a.0 == b.0) {
                let article = same[0].0;
                let in_article = same.iter().map(|(_, _, frequency)| frequency).sum();
                scores.articles[article] += statistics.in_article(weight, in_article, lengths[article]);
                for same in same.chunk_by(|a, b| a.1 == b.1) {
                    let passage = same[0].1;
                    let in_passage = same.iter().map(|(_, _, frequency)| frequency).sum();
                    scores.passages[passage] += statistics.in_passage(weight, in_passage, passage_lengths[passage]);
                }
            }
        }
        Ok(scores)
    }
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
fn words_of(search: &Search<'_>, passages: &[Scored], analyser: &mut Analyser) -> Result<FxHashMap<String, f32>> {
    let mut counts: FxHashMap<String, f32> = FxHashMap::default();
    for hit in passages {
        let segment = &search.segments[hit.segment as usize];
        let profile = segment.profile(hit.doc).map_err(|e| search.snapshot.fail(e))?;
        let bytes = search.snapshot.stored(segment.ordinal, hit.doc)?;
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

/// Scores by a relevance model.
#[derive(Debug, Default)]
pub struct ModelScores {
    /// By article, in the order in which they were asked for.
    pub articles: Vec<f32>,
    /// By passage, the articles' one after the other.
    pub passages: Vec<f32>,
    /// For each article, where its passages begin among [`ModelScores::passages`]; the last number ends them.
    pub bounds: Vec<usize>,
}

/// The articles of one segment that are looked at: their places among all, ascending, with their passages.
type Spans = [(usize, DocId, DocId)];

/// A passage that holds a term: its article's place among those that are looked at, its own, and how often it does.
type Occurrence = (usize, usize, f32);

/// How many of so many articles hold a term that stands in so many passages, if these lay in them at random. Passages of one
/// article have more in common than that, but the number must not depend on which passages the index has first.
fn articles_at_random(passages: u64, articles: u64) -> u64 {
    let articles = articles as f64;
    (articles * (1.0 - (-(passages as f64) / articles.max(1.0)).exp())).round() as u64
}

/// Where a term stands in the articles of a segment that are looked at, and, if they are to be counted, how many articles of
/// the segment hold it in their text.
fn occurrences(
    segment: &Segment<'_>,
    term: &ModelTerm,
    spans: &Spans,
    bounds: &[usize],
    counted: bool,
) -> tantivy::Result<(u64, Vec<Occurrence>)> {
    let fields = segment.fields();
    let mut found = Vec::new();
    let mut held_by = 0;
    if let Some(info) = term.postings.get(segment.ordinal).and_then(Option::as_ref) {
        let index = segment.reader.inverted_index(fields.body)?;
        let open = || index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        if counted {
            let mut block = open()?;
            let mut last = None;
            while !block.docs().is_empty() {
                for start in segment.article_starts(block.docs()) {
                    held_by += u64::from(last != Some(start));
                    last = Some(start);
                }
                block.advance();
            }
        }
        if !spans.is_empty() {
            add_occurrences(open()?, 1.0, spans, bounds, &mut found);
        }
    }
    if spans.is_empty() {
        return Ok((held_by, found));
    }
    let index = segment.reader.inverted_index(fields.title)?;
    let title = Term::from_field_text(fields.title, &term.term);
    if let Some(block) = index.read_block_postings(&title, IndexRecordOption::WithFreqs)? {
        add_occurrences(block, TITLE_WEIGHT, spans, bounds, &mut found);
    }
    Ok((held_by, found))
}

/// Adds to `found` what postings say of the articles in these spans.
fn add_occurrences(
    mut block: BlockSegmentPostings,
    weight: f32,
    mut spans: &Spans,
    bounds: &[usize],
    found: &mut Vec<Occurrence>,
) {
    // Both ascend; whichever is behind leaps to where the other stands.
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
            found.push((article, bounds[article] + (doc - start) as usize, weight * block.freq(at) as f32));
            at += 1;
            if at == block.docs().len() {
                block.advance();
                at = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_at_random_are_in_no_more_articles_than_there_are() {
        assert_eq!(articles_at_random(0, 1000), 0);
        assert_eq!(articles_at_random(10, 1000), 10);
        assert!(articles_at_random(1000, 1000) < 700);
        assert_eq!(articles_at_random(u64::MAX, 1000), 1000);
        assert_eq!(articles_at_random(5, 0), 0);
    }
}
