//! How passages are scored: BM25 over the article and over the passage, mixed.
//!
//! A passage alone says too little about what its article is about, an article alone too little about which of its
//! passages answers. So each is scored by BM25 with its own lengths and the two are mixed; over articles, the best
//! passage stands for all (measured on four news collections; see docs/quality.md).

use tantivy::DocId;

/// BM25's saturation of term frequency in articles and in passages (Robertson and Zaragoza 2009, section 3.4, who name 1.2
/// to 2). An article has room to say a word often and mean it; in a passage the second time says little.
const K1_ARTICLE: f32 = 2.0;
const K1_PASSAGE: f32 = 1.2;
/// BM25's share of length normalisation; near one half on news, where the textbook says 0.75. For passages 0.8 was tried: it
/// gained .001 on one collection and lost .015 on another.
const B_ARTICLE: f32 = 0.5;
const B_PASSAGE: f32 = 0.5;
/// The article's share of a passage's score; the rest is the passage's own.
const ARTICLE_SHARE: f32 = 0.7;

/// How much a word in the title counts against one in the text. Above 2 it hurts on newswire.
pub const TITLE_WEIGHT: f32 = 1.5;

/// Numbers of the whole index that scores depend on.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Mean words of an article.
    mean_article_words: f32,
    /// Mean words of a passage.
    mean_passage_words: f32,
    /// For each leaf, how much it weighs: its rarity among articles by its weight in the query.
    weights: Vec<f32>,
}

/// Sums over an index, from its last commit.
#[derive(Debug, Clone, Copy)]
pub struct Collection {
    /// Articles.
    pub articles: u64,
    /// Passages.
    pub passages: u64,
    /// Words.
    pub words: u64,
}

impl Statistics {
    /// Statistics for leaves of which this many articles hold each, weighed as the query weighs them.
    pub fn new(leaves: impl IntoIterator<Item = (u64, f32)>, collection: Collection) -> Self {
        let mean = |count: u64| collection.words as f32 / count.max(1) as f32;
        Statistics {
            mean_article_words: mean(collection.articles).max(1.0),
            mean_passage_words: mean(collection.passages).max(1.0),
            weights: leaves.into_iter().map(|(articles, weight)| idf(articles, collection.articles) * weight).collect(),
        }
    }

    /// How much a leaf weighs.
    pub fn weight(&self, leaf: usize) -> f32 {
        self.weights[leaf]
    }

    /// BM25's part of something of this weight that stands so often in an article of so many words.
    pub fn in_article(&self, weight: f32, frequency: f32, words: f32) -> f32 {
        bm25(weight, frequency, words / self.mean_article_words, (K1_ARTICLE, B_ARTICLE))
    }

    /// The same in a passage.
    pub fn in_passage(&self, weight: f32, frequency: f32, words: f32) -> f32 {
        bm25(weight, frequency, words / self.mean_passage_words, (K1_PASSAGE, B_PASSAGE))
    }
}

/// BM25's inverse document frequency in Lucene's form, which is never negative.
pub fn idf(frequency: u64, of: u64) -> f32 {
    let (frequency, of) = (frequency.min(of) as f32, of as f32);
    (1.0 + (of - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// BM25's part of one leaf.
fn bm25(idf: f32, frequency: f32, length: f32, (k1, b): (f32, f32)) -> f32 {
    if frequency <= 0.0 {
        return 0.0;
    }
    idf * frequency * (k1 + 1.0) / (frequency + k1 * (1.0 - b + b * length))
}

/// A passage that matched, with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// Its segment.
    pub segment: u32,
    /// Its document.
    pub doc: DocId,
    /// The first passage of its article.
    pub start: DocId,
    /// The score of its article, the same for all of its passages.
    pub article_score: f32,
    /// Its own part.
    pub passage_score: f32,
}

impl Scored {
    /// The mixed score.
    pub fn score(&self) -> f32 {
        ARTICLE_SHARE * self.article_score + (1.0 - ARTICLE_SHARE) * self.passage_score
    }

    /// Its article, by segment and first passage.
    pub fn article(&self) -> ArticleKey {
        (self.segment, self.start)
    }
}

/// How the two parts of a hit's score are mixed, in words.
pub fn mixture(hit: &Scored) -> String {
    format!(
        "{:.3} = {ARTICLE_SHARE} × {:.3} (the article) + {:.1} × {:.3} (the passage)",
        hit.score(),
        hit.article_score,
        1.0 - ARTICLE_SHARE,
        hit.passage_score
    )
}

/// An article by its segment and first passage.
pub type ArticleKey = (u32, DocId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarer_is_heavier_and_never_negative() {
        assert!(idf(1, 100) > idf(50, 100));
        assert!(idf(100, 100) > 0.0);
        assert!(idf(500, 100) >= 0.0, "a leaf of several names may count more passages than there are");
    }

    #[test]
    fn frequency_saturates_and_length_discounts() {
        let once = bm25(1.0, 1.0, 1.0, (K1_PASSAGE, B_PASSAGE));
        let twice = bm25(1.0, 2.0, 1.0, (K1_PASSAGE, B_PASSAGE));
        assert!(twice > once && twice < 2.0 * once);
        assert!(bm25(1.0, 1.0, 2.0, (K1_PASSAGE, B_PASSAGE)) < once);
    }
}
