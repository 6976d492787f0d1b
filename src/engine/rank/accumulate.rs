//! Adding up what the leaves of a query are worth, for all passages and articles of a segment that hold any.
//!
//! Leaf by leaf within a window of passages, so that the sums stay in the processor's cache; a window ends where an
//! article does, as an article's score is a sum over its passages.

use tantivy::DocId;

use crate::engine::matching::postings::LeafPostings;
use crate::engine::score::Statistics;
use crate::engine::segment::Segment;

/// Passages that a window begins with room for; an article that begins in it ends in it. Its sums take 50 kB; a larger window
/// was no faster for a common word, and a process that has just been started waits for each page of memory that it touches.
const WINDOW: DocId = 1 << 11;

/// Something that passages hold, and what holding it means.
pub struct Evidence<'o> {
    /// Where it stands.
    pub postings: &'o LeafPostings,
    /// What it weighs in the score; 0 adds nothing.
    pub weight: f32,
    /// Whether it is one of the things that a match must hold, all or some.
    pub wanted: bool,
}

/// A passage that holds something wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The passage.
    pub doc: DocId,
    /// The first passage of its article.
    pub start: DocId,
    /// What its article's words are worth.
    pub article_score: f32,
    /// What its own words are worth.
    pub passage_score: f32,
    /// How many of the wanted things it holds.
    pub held: u16,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    passage_score: f32,
    start: DocId,
    held: u16,
    touched: bool,
}

#[derive(Default)]
struct Window {
    first: DocId,
    slots: Vec<Slot>,
    articles: Vec<f32>,
    touched: Vec<DocId>,
}

impl Window {
    fn at(&mut self, doc: DocId, start: DocId) -> &mut Slot {
        let place = (doc - self.first) as usize;
        if place >= self.slots.len() {
            self.slots.resize(place + 1, Slot::default());
        }
        let slot = &mut self.slots[place];
        if !slot.touched {
            slot.touched = true;
            slot.start = start;
            self.touched.push(doc);
        }
        slot
    }

    /// Hands on what was gathered in ascending order and leaves the window empty.
    fn drain(&mut self, mut take: impl FnMut(Candidate)) {
        // In a full window, looking at every place is cheaper than sorting those that were touched.
        if self.touched.len() * 8 > self.slots.len() {
            self.touched.clear();
            let touched = self.slots.iter().enumerate().filter(|(_, slot)| slot.touched);
            self.touched.extend(touched.map(|(place, _)| self.first + place as DocId));
        } else {
            self.touched.sort();
        }
        for &doc in &self.touched {
            let slot = std::mem::take(&mut self.slots[(doc - self.first) as usize]);
            if slot.held > 0 {
                take(Candidate {
                    doc,
                    start: slot.start,
                    article_score: self.articles[(slot.start - self.first) as usize],
                    passage_score: slot.passage_score,
                    held: slot.held,
                });
            }
        }
        self.articles.clear();
        self.touched.clear();
    }
}

/// Calls `take` with each passage of a segment that holds anything wanted, ascending, with the scores that all the
/// evidence gives it.
pub fn accumulate(
    segment: &Segment<'_>,
    evidence: &[Evidence<'_>],
    statistics: &Statistics,
    mut take: impl FnMut(Candidate),
) -> tantivy::Result<()> {
    let words = segment.values("words")?;
    let article_words = segment.values("article_words")?;
    let mut next = vec![0; evidence.len()];
    let mut window = Window::default();
    loop {
        let starts = evidence.iter().zip(&next).filter_map(|(e, at)| e.postings.starts.get(*at));
        let Some(&first) = starts.min() else { return Ok(()) };
        let end = first.saturating_add(WINDOW);
        window.first = first;
        window.articles.resize(WINDOW as usize, 0.0);
        for (evidence, next) in evidence.iter().zip(&mut next) {
            let LeafPostings { docs, starts, weights } = evidence.postings;
            while let Some(&start) = starts.get(*next).filter(|start| **start < end) {
                let mut in_article = 0.0;
                while starts.get(*next) == Some(&start) {
                    let (doc, frequency) = (docs[*next], weights[*next]);
                    *next += 1;
                    in_article += frequency;
                    let slot = window.at(doc, start);
                    slot.held += u16::from(evidence.wanted);
                    if evidence.weight > 0.0 {
                        let words = words.get_val(doc) as f32;
                        slot.passage_score += statistics.in_passage(evidence.weight, frequency, words);
                    }
                }
                if evidence.weight > 0.0 {
                    let words = article_words.get_val(start) as f32;
                    window.articles[(start - first) as usize] +=
                        statistics.in_article(evidence.weight, in_article, words);
                }
            }
        }
        window.drain(&mut take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_gives_what_it_holds_in_order_and_is_empty_after() {
        for docs in [vec![105, 101, 103], (100..200).rev().collect::<Vec<_>>()] {
            let mut window = Window { first: 100, articles: vec![0.0; 200], ..Window::default() };
            window.slots.resize(if docs.len() > 3 { 100 } else { 1000 }, Slot::default());
            window.articles[1] = 2.5;
            for &doc in &docs {
                let slot = window.at(doc, 101.min(doc));
                slot.passage_score += 1.0;
                slot.held += u16::from(doc != 103);
            }
            let mut given = Vec::new();
            window.drain(|candidate| given.push(candidate.doc));
            let mut wanted: Vec<DocId> = docs.into_iter().filter(|d| *d != 103).collect();
            wanted.sort_unstable();
            assert_eq!(given, wanted);
            window.articles.resize(200, 0.0);
            window.drain(|candidate| panic!("{candidate:?} is still there"));
        }
    }
}
