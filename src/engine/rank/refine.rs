//! A second look at the best articles: words that stand near each other, and what the best have in common.
//!
//! Both looks read more than the first (positions, texts), so they are taken at the best articles of the first only. What
//! they found is kept, so that a score can be explained.

use crate::engine::rank::feedback;
use crate::engine::rank::feedback::RelevanceModel;
use crate::engine::rank::leaf_matches::LeafMatches;
use crate::engine::rank::proximity;
use crate::engine::score::{ArticleKey, Scored, Statistics};
use crate::engine::search::Search;
use crate::model::error::Result;

/// How many articles a page of hits has looked at again, best first, whatever page it is. Below them the order of the first
/// look stands. Of 50 or 200 the first ten came out the same on four collections, of 20 they were worse.
pub const ARTICLES_FOR_PAGES: usize = 30;
/// The same for runs that are judged down to their thousandth article; of 1,000 no measure moved by .002.
pub const ARTICLES_FOR_RUNS: usize = 200;
/// How many articles have the positions of their words read, best first. Of 200 no measure moved by .001.
const PROXIMITY_ARTICLES: usize = 50;
/// The share of the score that stays the query's own; the rest goes to what the best have in common.
const OWN_SHARE: f32 = 0.8;

/// What a second look found.
#[derive(Debug, Default)]
pub struct Refinement {
    /// By article, ascending.
    articles: Vec<Correction>,
    /// The scores of the passages of these articles by the relevance model, one after the other.
    passages: Vec<f32>,
    model: RelevanceModel,
}

/// What a second look found of an article.
#[derive(Debug)]
struct Correction {
    article: ArticleKey,
    /// What words that stand near each other add to its score.
    proximity: f32,
    /// Its score by the relevance model.
    feedback: f32,
    /// Where the scores of its passages begin among all.
    first: usize,
    /// Its passages.
    passages: usize,
}

impl Refinement {
    /// Looks again at as many of the best articles of each of these lists, which are ascending by article; what the best of
    /// the first list have in common counts for all.
    pub fn of(
        search: &Search<'_>,
        leaves: &LeafMatches,
        statistics: &Statistics,
        lists: &[&[Scored]],
        articles: usize,
    ) -> Result<Self> {
        let mut best: Vec<Vec<Scored>> = lists.iter().map(|list| best_articles(list, articles)).collect();
        if search.plan.scored_words() == 0 || best.iter().map(Vec::len).sum::<usize>() < 2 {
            return Ok(Refinement::default());
        }
        let mut near: Vec<ArticleKey> =
            best.iter().flat_map(|list| list.iter().take(PROXIMITY_ARTICLES).map(Scored::article)).collect();
        near.sort_unstable();
        near.dedup();
        let gains = proximity::gains(search, leaves, statistics, &near)?;
        let gain = |article: ArticleKey| near.binary_search(&article).map_or(0.0, |n| gains[n]);
        for list in &mut best {
            for hit in list.iter_mut() {
                hit.article_score += gain(hit.article());
            }
            list.sort_by(better);
        }
        let mut learnt_from: Vec<Scored> = Vec::new();
        for hit in best.iter().flatten() {
            if learnt_from.len() < feedback::ARTICLES && learnt_from.iter().all(|h| h.article() != hit.article()) {
                learnt_from.push(*hit);
            }
        }
        let model = RelevanceModel::of(search, &learnt_from, lists)?;
        let mut keys: Vec<ArticleKey> = best.iter().flatten().map(Scored::article).collect();
        keys.sort_unstable();
        keys.dedup();
        let scores = model.scores(search, &keys)?;
        let bounds = scores.bounds.windows(2).map(|ends| (ends[0], ends[1] - ends[0]));
        let articles =
            keys.into_iter().zip(scores.articles).zip(bounds).map(|((article, feedback), (first, passages))| {
                Correction { article, proximity: gain(article), feedback, first, passages }
            });
        Ok(Refinement { articles: articles.collect(), passages: scores.passages, model })
    }

    /// Corrects the scores of hits, which are ascending by article and passage.
    pub fn apply(&self, scored: &mut [Scored]) {
        if self.articles.is_empty() {
            return;
        }
        let mut rest = self.articles.iter().peekable();
        for hit in scored {
            let article = hit.article();
            while rest.next_if(|correction| correction.article < article).is_some() {}
            let correction = rest.peek().filter(|correction| correction.article == article);
            let (proximity, feedback, passage) =
                correction.map_or((0.0, 0.0, 0.0), |correction| self.parts(correction, hit));
            hit.article_score = OWN_SHARE * (hit.article_score + proximity) + (1.0 - OWN_SHARE) * feedback;
            hit.passage_score = OWN_SHARE * hit.passage_score + (1.0 - OWN_SHARE) * passage;
        }
    }

    /// How a second look changed the score of a hit, a line each part.
    pub fn explain(&self, hit: &Scored) -> Vec<String> {
        if self.articles.is_empty() {
            return Vec::new();
        }
        let found = self.articles.binary_search_by_key(&hit.article(), |correction| correction.article);
        let (proximity, feedback, passage) = found.map_or((0.0, 0.0, 0.0), |n| self.parts(&self.articles[n], hit));
        let share = 1.0 - OWN_SHARE;
        let mut lines = vec![format!("words that stand together: article +{proximity:.3}")];
        lines.push(format!(
            "the query's own words count {OWN_SHARE:.1}; what the best articles have in common counts {share:.1}: \
             article {feedback:.3}, passage {passage:.3} (by {})",
            self.model.heaviest(8).join(", ")
        ));
        lines
    }

    /// What proximity adds to a hit's article, and the scores of the article and of the hit by the relevance model.
    fn parts(&self, correction: &Correction, hit: &Scored) -> (f32, f32, f32) {
        let number = (hit.doc - hit.start) as usize;
        let passage = (number < correction.passages).then(|| self.passages.get(correction.first + number)).flatten();
        (correction.proximity, correction.feedback, passage.copied().unwrap_or(0.0))
    }
}

/// The order of scores, equal ones by article and passage within the index as it lies.
pub fn better(a: &Scored, b: &Scored) -> std::cmp::Ordering {
    b.score().total_cmp(&a.score()).then((a.segment, a.doc).cmp(&(b.segment, b.doc)))
}

/// The best passage of each article, of hits that are ascending by article.
pub fn best_of_each_article(scored: &[Scored]) -> Vec<Scored> {
    best_of_each(scored).collect()
}

fn best_of_each(scored: &[Scored]) -> impl Iterator<Item = Scored> {
    let best =
        |hits: &[Scored]| hits.iter().copied().reduce(|a, b| if b.passage_score > a.passage_score { b } else { a });
    scored.chunk_by(|a, b| a.article() == b.article()).filter_map(best)
}

/// The best passage of each of the best articles, best first.
fn best_articles(scored: &[Scored], most: usize) -> Vec<Scored> {
    let mut best = Vec::with_capacity(2 * most);
    for hit in best_of_each(scored) {
        // Never more than twice as many at a time: most articles that match a common word are soon out of the question.
        if best.len() == 2 * most {
            best.select_nth_unstable_by(most, better);
            best.truncate(most);
        }
        best.push(hit);
    }
    best.sort_by(better);
    best.truncate(most);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(doc: u32, start: u32, score: f32) -> Scored {
        Scored { segment: 0, doc, start, article_score: 1.0, passage_score: score }
    }

    #[test]
    fn an_article_stands_by_its_best_passage_and_the_best_come_first() {
        let scored = [hit(0, 0, 1.0), hit(1, 0, 3.0), hit(4, 4, 2.0), hit(6, 5, 0.5), hit(7, 5, 0.5)];
        let docs = |best: Vec<Scored>| best.iter().map(|hit| hit.doc).collect::<Vec<_>>();
        assert_eq!(docs(best_of_each_article(&scored)), [1, 4, 6]);
        assert_eq!(docs(best_articles(&scored, 2)), [1, 4]);
        let many: Vec<Scored> = (0..100).map(|n| hit(n, n, (n * 37 % 100) as f32)).collect();
        let best: Vec<f32> = best_articles(&many, 7).iter().map(|hit| hit.passage_score).collect();
        assert_eq!(best, [99.0, 98.0, 97.0, 96.0, 95.0, 94.0, 93.0]);
    }

    #[test]
    fn a_correction_reaches_the_passages_of_its_article_only() {
        let correction = Correction { article: (0, 4), proximity: 1.0, feedback: 10.0, first: 0, passages: 2 };
        let (articles, passages) = (vec![correction], vec![5.0, 0.0, 7.0]);
        let refinement = Refinement { articles, passages, model: RelevanceModel::default() };
        let mut scored = [hit(0, 0, 1.0), hit(4, 4, 1.0), hit(5, 4, 1.0)];
        refinement.apply(&mut scored);
        let parts = scored.map(|hit| (hit.article_score, hit.passage_score));
        let share = 1.0 - OWN_SHARE;
        assert_eq!(parts[0], (OWN_SHARE, OWN_SHARE));
        assert_eq!(parts[1], (OWN_SHARE * 2.0 + share * 10.0, OWN_SHARE + share * 5.0));
        assert_eq!(parts[2], (OWN_SHARE * 2.0 + share * 10.0, OWN_SHARE));
    }
}
