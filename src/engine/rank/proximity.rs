//! Proximity: words of the query that stand as near each other in an article as they do in the query.

use tantivy::DocId;

use crate::engine::matching::leaf::LeafCursor;
use crate::engine::rank::leaf_matches::LeafMatches;
use crate::engine::score::{ArticleKey, Statistics};
use crate::engine::search::Search;
use crate::model::error::Result;
use crate::plan::leaf::{Alternative, Form, Leaf};

/// What a word directly after its neighbour in the query is worth against a word by itself, and what one within eight words
/// of it is. Both are shared among the pairs of a long query, where chance neighbours are many: unshared, they helped
/// queries of two to four words and hurt questions of a dozen.
const NEXT_SHARE: f32 = 0.15;
const NEAR_SHARE: f32 = 0.05;
/// As many pairs have their full worth.
const FULL_PAIRS: f32 = 2.0;
/// How many words of either order count as near (Metzler and Croft 2005).
const WINDOW: u32 = 8;

/// Positions of one word: for each passage, ascending, where its positions end in one list of all.
#[derive(Default)]
struct Positions {
    docs: Vec<DocId>,
    ends: Vec<usize>,
    all: Vec<u32>,
}

impl Positions {
    fn in_doc(&self, doc: DocId) -> &[u32] {
        let Ok(n) = self.docs.binary_search(&doc) else { return &[] };
        let from = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[from..self.ends[n]]
    }
}

/// What neighbouring words of the query are worth to each of these articles, which are ascending.
pub fn gains(
    search: &Search<'_>,
    leaves: &LeafMatches,
    statistics: &Statistics,
    articles: &[ArticleKey],
) -> Result<Vec<f32>> {
    let mut gains = vec![0.0; articles.len()];
    let words: Vec<usize> = (0..search.plan.leaves.len()).filter(|n| is_word(&search.plan.leaves[*n])).collect();
    if words.len() < 2 {
        return Ok(gains);
    }
    let shared = (FULL_PAIRS / (words.len() - 1) as f32).min(1.0);
    for ordinal in 0..search.segments.len() {
        let segment = &search.segments[ordinal];
        let fail = |e| search.snapshot.fail(e);
        let here = articles.iter().enumerate().filter(|(_, (at, _))| *at as usize == ordinal);
        let here: Vec<(usize, DocId)> = here.map(|(n, (_, start))| (n, *start)).collect();
        if here.is_empty() {
            continue;
        }
        let article_words = segment.values("article_words").map_err(fail)?;
        // For each pair of neighbours, the passages that hold both; only of these are positions read.
        let both: Vec<Vec<DocId>> = words
            .windows(2)
            .map(|pair| {
                let [left, right] = [pair[0], pair[1]].map(|leaf| &leaves.postings[ordinal][leaf]);
                let shared_in = |start: DocId| {
                    let (left, right) = (&left.docs[left.in_article(start)], &right.docs[right.in_article(start)]);
                    left.iter().copied().filter(|doc| right.contains(doc))
                };
                here.iter().flat_map(|(_, start)| shared_in(*start)).collect()
            })
            .collect();
        let mut positions = Vec::with_capacity(words.len());
        for (n, leaf) in words.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| both.get(n)).map_or(&[][..], Vec::as_slice);
            let after = both.get(n).map_or(&[][..], Vec::as_slice);
            let mut docs = [before, after].concat();
            docs.sort_unstable();
            docs.dedup();
            let mut read = Positions::default();
            if !docs.is_empty() {
                let mut cursor = LeafCursor::of(segment, &search.plan.leaves[*leaf], true).map_err(fail)?;
                let mut one = Vec::new();
                for doc in docs {
                    if cursor.seek(doc) == doc {
                        cursor.positions(doc, &mut one);
                        read.all.append(&mut one);
                        read.docs.push(doc);
                        read.ends.push(read.all.len());
                    }
                }
            }
            positions.push(read);
        }
        for (n, pair) in words.windows(2).enumerate() {
            let weight = statistics.weight(pair[0]) + statistics.weight(pair[1]);
            let mut rest = both[n].as_slice();
            for &(article, start) in &here {
                let (mut next, mut near) = (0, 0);
                let end = segment.article_end(start);
                while let Some((&doc, later)) = rest.split_first().filter(|(doc, _)| **doc < end) {
                    rest = later;
                    let pairs = pairs_of(positions[n].in_doc(doc), positions[n + 1].in_doc(doc));
                    next += pairs.0;
                    near += pairs.1;
                }
                if near > 0 {
                    let length = article_words.get_val(start) as f32;
                    gains[article] += shared
                        * (NEXT_SHARE * statistics.in_article(weight, next as f32, length)
                            + NEAR_SHARE * statistics.in_article(weight, near as f32, length));
                }
            }
        }
    }
    Ok(gains)
}

/// Whether a leaf is a single word that is sought in texts.
fn is_word(leaf: &Leaf) -> bool {
    leaf.weight > 0.0
        && !leaf.title_only
        && !leaf.beside
        && matches!(leaf.forms.first(), Some(Form { alternative: Alternative::Term(_), .. }))
}

/// How often a word of `right` directly follows one of `left`, and how often the two stand within [`WINDOW`] words in
/// either order.
fn pairs_of(left: &[u32], right: &[u32]) -> (u32, u32) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_next_in_order_and_near_in_either() {
        assert_eq!(pairs_of(&[5], &[6]), (1, 1));
        assert_eq!(pairs_of(&[6], &[5]), (0, 1));
        assert_eq!(pairs_of(&[0], &[7]), (0, 1));
        assert_eq!(pairs_of(&[0], &[8]), (0, 0));
        assert_eq!(pairs_of(&[1, 20], &[2, 3, 21]), (2, 3));
    }
}
