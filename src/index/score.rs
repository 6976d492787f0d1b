//! How passages are scored: BM25 over the article and over the passage, mixed.
//!
//! A passage alone says too little about what its article is about, an article alone too little about which of its
//! passages answers. So each is scored by BM25 with its own lengths and the two are mixed; over articles, the best
//! passage stands for all (measured on four news collections; see README, "Quality").

use tantivy::DocId;

use super::plan::Leaf;
use super::segment::{Frequency, Segment};

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
const TITLE_WEIGHT: f32 = 1.5;
/// How many passages that hold a leaf are looked at to count the articles that hold it. Where there are more, the count is
/// extended from the part of the index that was seen: a word that common weighs little in any case.
const MOST_COUNTED: u32 = 50_000;

/// Numbers of the whole index that scores depend on.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Mean words of an article.
    mean_article_words: f32,
    /// Mean words of a passage.
    mean_passage_words: f32,
    /// For each leaf, how much it weighs: its rarity among articles by its weight in the query.
    idf: Vec<f32>,
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
    /// Looks up how common each leaf is.
    pub fn of(leaves: &[Leaf], segments: &[Segment<'_>], collection: Collection) -> tantivy::Result<Self> {
        let mut rarity = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            let articles = if leaf.weight > 0.0 { articles_with(leaf, segments)? } else { 0 };
            rarity.push(idf(articles, collection.articles) * leaf.weight);
        }
        let mean = |count: u64| collection.words as f32 / count.max(1) as f32;
        Ok(Statistics {
            mean_article_words: mean(collection.articles).max(1.0),
            mean_passage_words: mean(collection.passages).max(1.0),
            idf: rarity,
        })
    }
}

impl Statistics {
    /// How much a leaf weighs.
    pub fn weight(&self, leaf: usize) -> f32 {
        self.idf[leaf]
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

/// The number of articles that hold a leaf. Articles, not passages: a word that fills one long article is rare all the
/// same, which the engine's own count of passages does not tell.
fn articles_with(leaf: &Leaf, segments: &[Segment<'_>]) -> tantivy::Result<u64> {
    let all: u64 = segments.iter().map(|s| u64::from(s.reader.max_doc())).sum();
    let (mut articles, mut looked_at, mut seen) = (0u64, 0u32, 0u64);
    for segment in segments {
        let mut cursor = segment.leaf(leaf, false)?;
        let mut doc = cursor.seek(0);
        while doc < segment.reader.max_doc() {
            looked_at += 1;
            if looked_at > MOST_COUNTED {
                let covered = (seen + u64::from(doc)).max(1);
                return Ok((articles as f64 * all as f64 / covered as f64) as u64);
            }
            let next = if weigh(cursor.frequency(doc)) > 0.0 {
                articles += 1;
                segment.article_end(doc)
            } else {
                doc + 1
            };
            doc = cursor.seek(next);
        }
        seen += u64::from(segment.reader.max_doc());
    }
    Ok(articles)
}

/// BM25's inverse document frequency in Lucene's form, which is never negative.
fn idf(frequency: u64, of: u64) -> f32 {
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
}

/// How many documents are scored at a time, to bound memory.
const BLOCK: usize = 1 << 16;

/// Scores the documents of a segment, which are ascending.
pub fn score_segment(
    segment: &Segment<'_>,
    leaves: &[Leaf],
    statistics: &Statistics,
    docs: &[DocId],
    out: &mut Vec<Scored>,
) -> tantivy::Result<()> {
    let words = segment.values("words")?;
    let article_words = segment.values("article_words")?;
    let mut cursors = Vec::with_capacity(leaves.len());
    for (n, leaf) in leaves.iter().enumerate() {
        if leaf.weight > 0.0 {
            cursors.push((statistics.idf[n], segment.leaf(leaf, false)?));
        }
    }
    let mut rest = docs;
    while !rest.is_empty() {
        // A block ends where an article does.
        let mut cut = rest.len().min(BLOCK);
        while cut < rest.len() && segment.article_start(rest[cut]) < rest[cut - 1] {
            cut += 1;
        }
        let (block, later) = rest.split_at(cut);
        rest = later;

        // Each article once, with the matched documents in it.
        let mut articles: Vec<(DocId, DocId, usize, usize)> = Vec::new();
        for (n, &doc) in block.iter().enumerate() {
            match articles.last_mut() {
                Some((_, end, _, last)) if doc < *end => *last = n + 1,
                _ => articles.push((segment.article_start(doc), segment.article_end(doc), n, n + 1)),
            }
        }
        let mut article_scores = vec![0.0f32; articles.len()];
        let mut passage_scores = vec![0.0f32; block.len()];
        for (idf, cursor) in &mut cursors {
            for (a, &(start, end, first, last)) in articles.iter().enumerate() {
                let mut in_article = 0.0;
                let mut next = first;
                let mut doc = cursor.seek(start);
                while doc < end {
                    let found = weigh(cursor.frequency(doc));
                    in_article += found;
                    while next < last && block[next] < doc {
                        next += 1;
                    }
                    if next < last && block[next] == doc {
                        let words = words.get_val(doc) as f32;
                        passage_scores[next] += statistics.in_passage(*idf, found, words);
                    }
                    doc = cursor.seek(doc + 1);
                }
                if in_article > 0.0 {
                    let words = article_words.get_val(start) as f32;
                    article_scores[a] += statistics.in_article(*idf, in_article, words);
                }
            }
        }
        for (a, &(_, _, first, last)) in articles.iter().enumerate() {
            for n in first..last {
                out.push(Scored {
                    segment: segment.ordinal as u32,
                    doc: block[n],
                    article_score: article_scores[a],
                    passage_score: passage_scores[n],
                });
            }
        }
    }
    Ok(())
}

/// How the score of one hit came about.
pub fn explain(
    segment: &Segment<'_>,
    leaves: &[Leaf],
    statistics: &Statistics,
    hit: &Scored,
) -> tantivy::Result<Vec<String>> {
    let words = segment.values("words")?.get_val(hit.doc) as f32;
    let article_words = segment.values("article_words")?.get_val(hit.doc) as f32;
    let (start, end) = (segment.article_start(hit.doc), segment.article_end(hit.doc));
    let mut lines = vec![format!(
        "{:.3} = {ARTICLE_SHARE} × {:.3} (the article) + {:.1} × {:.3} (the passage)",
        hit.score(),
        hit.article_score,
        1.0 - ARTICLE_SHARE,
        hit.passage_score
    )];
    for (n, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| leaf.weight > 0.0) {
        let mut cursor = segment.leaf(leaf, false)?;
        let (mut in_article, mut in_passage) = (0.0, 0.0);
        let mut doc = cursor.seek(start);
        while doc < end {
            let found = weigh(cursor.frequency(doc));
            in_article += found;
            if doc == hit.doc {
                in_passage = found;
            }
            doc = cursor.seek(doc + 1);
        }
        let idf = statistics.idf[n];
        let also = if leaf.variants.is_empty() {
            String::new()
        } else {
            format!("; also sought as {}", leaf.variants.join(", "))
        };
        lines.push(format!(
            "`{}`: article {:.3} ({in_article} in {article_words} words), passage {:.3} ({in_passage} in {words} words), rarity {idf:.2}{also}",
            leaf.label,
            statistics.in_article(idf, in_article, article_words),
            statistics.in_passage(idf, in_passage, words),
        ));
    }
    Ok(lines)
}

fn weigh(found: Frequency) -> f32 {
    found.body as f32 + TITLE_WEIGHT * found.title as f32
}

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
