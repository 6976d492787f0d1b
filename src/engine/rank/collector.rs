//! Matches as they are found: all are counted, and those are kept that an answer may show.
//!
//! A common word stands in more passages than any answer shows. Those of articles that can no longer come among the best are
//! let go while the rest are found, so that memory, and the time of touching it, do not grow with the matches.

use std::collections::{HashMap, HashSet};

use crate::engine::score::{ArticleKey, Scored};
use crate::engine::search::Search;
use crate::engine::segment::copies::Copies;
use crate::model::answer::Counts;
use crate::model::error::Result;

/// Collects the matches that may still be among the best. They are pushed ascending by segment and document.
pub struct Collector<'c> {
    /// Where copies are one answer; `None` where each is its own.
    copies: Option<&'c Copies>,
    /// How many of the best articles have to be kept; `None` for all.
    most: Option<usize>,
    /// What they are the best by: an article is worth what the best of its matches is.
    value: &'c dyn Fn(&Scored) -> f64,
    kept: Vec<Scored>,
    /// Matches of articles that have copies: which of them count is known when all are.
    copied: Vec<Scored>,
    counts: Counts,
    /// The article at hand, and where its matches begin in `kept`.
    article: Option<ArticleKey>,
    first: usize,
    has_copies: bool,
    /// Articles that stay whatever they are worth, ascending.
    pinned: Vec<ArticleKey>,
    /// The value below which no article comes among the best.
    least: f64,
    /// Articles in `kept`, and how many there may be before the least of them are let go.
    articles: usize,
    room: usize,
}

/// How many times as many articles are kept as have to be, before some are let go.
const ROOM: usize = 4;

impl<'c> Collector<'c> {
    /// No matches yet.
    pub fn new(copies: Option<&'c Copies>, most: Option<usize>, value: &'c dyn Fn(&Scored) -> f64) -> Self {
        Collector {
            value,
            copies: copies.filter(|copies| !copies.is_empty()),
            most,
            kept: Vec::new(),
            copied: Vec::new(),
            counts: Counts::default(),
            article: None,
            first: 0,
            has_copies: false,
            pinned: Vec::new(),
            least: f64::NEG_INFINITY,
            articles: 0,
            room: most.map_or(usize::MAX, |most| most.saturating_mul(ROOM)),
        }
    }

    /// Takes a match.
    pub fn push(&mut self, hit: Scored) {
        if self.article != Some(hit.article()) {
            self.end_article();
            self.article = Some(hit.article());
            self.has_copies = self.copies.is_some_and(|copies| copies.has_copy(hit.segment as usize, hit.start));
        }
        if self.has_copies {
            self.copied.push(hit);
        } else {
            self.counts.passages += 1;
            self.kept.push(hit);
        }
    }

    /// Keeps the matches of an article whatever they are worth; it is no earlier article than the one of the last match.
    pub fn pin(&mut self, article: ArticleKey) {
        if self.most.is_some() && self.pinned.last() != Some(&article) {
            self.pinned.push(article);
        }
    }

    /// Whether no more articles matched so far than have to be kept.
    pub fn all_may_show(&self) -> bool {
        self.most.is_none_or(|most| self.counts.articles <= most as u64)
    }

    /// The matches that were kept, ascending by segment and document; how many passages and articles there were, copies counted
    /// as one; and how many articles were not counted, as they are copies.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn finish(mut self, search: &Search<'_>) -> Result<(Vec<Scored>, Counts, u64)> {
        self.end_article();
        let (mut counts, mut copied) = (self.counts, 0);
        if let Some(copies) = self.copies.filter(|_| !self.copied.is_empty()) {
            let folded;
            (folded, copied) = fold(search, copies, &mut self.copied)?;
            counts.passages += folded.passages;
            counts.articles += folded.articles;
            self.kept.append(&mut self.copied);
            self.kept.sort_by_key(|hit| (hit.segment, hit.doc));
        }
        Ok((self.kept, counts, copied))
    }

    fn end_article(&mut self) {
        let matches = self.kept.get(self.first..).unwrap_or_default();
        if matches.is_empty() {
            return;
        }
        self.counts.articles += 1;
        if self.most.is_some() && self.best(matches) < self.least && !self.is_pinned(matches) {
            self.kept.truncate(self.first);
        } else {
            self.articles += 1;
            if self.articles > self.room {
                self.let_go();
            }
        }
        self.first = self.kept.len();
    }

    fn is_pinned(&self, matches: &[Scored]) -> bool {
        matches.first().is_some_and(|hit| self.pinned.binary_search(&hit.article()).is_ok())
    }

    /// What an article is worth by its matches.
    fn best(&self, matches: &[Scored]) -> f64 {
        matches.iter().map(self.value).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Lets those articles go that are not among the best so far. Equal ones stay: which of them comes first is told by more
    /// than their values.
    fn let_go(&mut self) {
        let Some(most) = self.most.filter(|most| *most > 0) else { return };
        let of_one_article = |a: &Scored, b: &Scored| a.article() == b.article();
        let mut values: Vec<f64> = self.kept.chunk_by(of_one_article).map(|matches| self.best(matches)).collect();
        if most >= values.len() {
            return;
        }
        let (_, least, _) = values.select_nth_unstable_by(most - 1, |a, b| b.total_cmp(a));
        self.least = *least;
        let mut left = Vec::with_capacity(self.kept.len());
        let mut articles = 0;
        let stays = |matches: &&[Scored]| self.best(matches) >= self.least || self.is_pinned(matches);
        for matches in self.kept.chunk_by(of_one_article).filter(stays) {
            left.extend_from_slice(matches);
            articles += 1;
        }
        (self.kept, self.articles) = (left, articles);
        // Where many are equal, no more can go for a while.
        self.room = most.saturating_mul(ROOM).max(2 * self.articles);
    }
}

/// Leaves one of each group of equal passages, and counts what remains and the articles that count with another. Hits are
/// ascending by article and stay so; all are of articles that have copies.
fn fold(search: &Search<'_>, copies: &Copies, hits: &mut Vec<Scored>) -> Result<(Counts, u64)> {
    // For each group and passage number, the hit that stands for it and its article's place in the group.
    let mut best: HashMap<(u32, u32), (usize, usize)> = HashMap::new();
    let mut dropped = vec![false; hits.len()];
    let (mut others, mut members) = (0, 0);
    let mut groups = HashSet::new();
    let mut at = 0;
    for same in hits.chunk_by(|a, b| a.article() == b.article()) {
        let first = at;
        at += same.len();
        let Some(hit) = same.first() else { continue };
        let article = search.snapshot.article_of(&search.segments[hit.segment as usize], hit.start)?;
        let Some(group) = copies.group(article) else {
            others += 1;
            continue;
        };
        groups.insert(group);
        members += 1;
        let order = copies.order(article);
        for (n, hit) in (first..).zip(same) {
            let kept = best.entry((group, hit.doc - hit.start)).or_insert((order, n));
            if order < kept.0 {
                dropped[kept.1] = true;
                *kept = (order, n);
            } else if kept.1 != n {
                dropped[n] = true;
            }
        }
    }
    let mut dropped = dropped.into_iter();
    hits.retain(|_| !dropped.next().unwrap_or(false));
    let counts = Counts { passages: hits.len() as u64, articles: others + groups.len() as u64 };
    Ok((counts, members - groups.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(hit: &Scored) -> f64 {
        f64::from(hit.score())
    }

    fn hit(doc: u32, start: u32, score: f32) -> Scored {
        Scored { segment: start / 1000, doc, start, article_score: score, passage_score: 0.0 }
    }

    /// Articles of one to three passages; the scores of an article's passages differ, and many articles' are equal.
    fn hits() -> Vec<Scored> {
        let mut hits = Vec::new();
        let mut start = 0;
        for n in 0..3000_u32 {
            let passages = n % 3 + 1;
            hits.extend((start..start + passages).map(|doc| hit(doc, start, (n * 7919 % 97 + doc % 3) as f32)));
            start += passages + 1;
        }
        hits
    }

    #[test]
    fn the_best_articles_are_kept_whole_and_all_are_counted() {
        let hits = hits();
        for most in [1, 10, 50, 700] {
            let mut collector = Collector::new(None, Some(most), &score);
            hits.iter().for_each(|hit| collector.push(*hit));
            collector.end_article();
            assert_eq!(collector.counts, Counts { passages: hits.len() as u64, articles: 3000 });
            let mut best: Vec<f64> =
                hits.chunk_by(|a, b| a.article() == b.article()).map(|matches| collector.best(matches)).collect();
            best.sort_by(|a, b| b.total_cmp(a));
            let wanted: Vec<Scored> = hits
                .chunk_by(|a, b| a.article() == b.article())
                .filter(|matches| collector.best(matches) >= best[most - 1])
                .flatten()
                .copied()
                .collect();
            let kept: HashSet<u32> = collector.kept.iter().map(|hit| hit.doc).collect();
            assert!(wanted.iter().all(|hit| kept.contains(&hit.doc)), "{most}");
            assert!(collector.kept.is_sorted_by_key(|hit| hit.doc));
            assert!(kept.len() < hits.len(), "{most}: nothing was let go");
        }
    }

    #[test]
    fn all_equal_articles_are_kept_without_looking_at_each_again_and_again() {
        let mut collector = Collector::new(None, Some(2), &score);
        (0..100_000).for_each(|doc| collector.push(hit(doc, doc, 1.0)));
        collector.end_article();
        assert_eq!(collector.kept.len(), 100_000);
        assert!(collector.room >= 100_000);
    }

    #[test]
    fn an_article_that_is_pinned_stays_whatever_it_is_worth() {
        let mut collector = Collector::new(None, Some(2), &score);
        for doc in 0..1000 {
            // Before, between and after the matches of its article, as they come.
            if doc == 100 || doc == 501 {
                collector.pin((doc / 1000, doc - doc % 2));
            }
            collector.push(hit(doc, doc - doc % 2, if doc / 2 % 250 == 0 { 0.0 } else { 1.0 + doc as f32 }));
            // The next article is pinned too before this one is seen to have ended.
            if doc == 501 {
                collector.pin((0, 502));
            }
            if doc == 700 {
                collector.pin((0, 700));
            }
        }
        collector.end_article();
        let kept: Vec<u32> = collector.kept.iter().map(|hit| hit.doc).collect();
        for doc in [100, 101, 500, 501, 700, 701, 998, 999] {
            assert!(kept.contains(&doc), "{doc}: {kept:?}");
        }
        assert!(kept.len() < 100, "{kept:?}");
    }

    #[test]
    fn without_a_number_nothing_is_let_go() {
        let mut collector = Collector::new(None, None, &score);
        let hits = hits();
        hits.iter().for_each(|hit| collector.push(*hit));
        collector.end_article();
        assert_eq!(collector.kept, hits);
    }
}
