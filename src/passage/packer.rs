//! From the sentences of a section to passages: the cuts that cost least in all.

use crate::model::article::ByteSpan;

/// The fewest words of a passage, where the article has them.
const FEWEST_WORDS: u32 = 60;

/// The most words of a passage, where its sentences allow it.
const MOST_WORDS: u32 = 150;

/// The fewest and the most sentences of a passage.
const FEWEST_SENTENCES: u32 = 3;
const MOST_SENTENCES: u32 = 6;

/// The most sentences that are ever joined: fragments of lists and tables are short.
const MOST_JOINED: usize = 24;

/// A sentence with what the choice of passages needs of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub start: usize,
    pub end: usize,
    pub words: u32,
    /// Whether a paragraph ends with it.
    pub ends_block: bool,
    pub heading: bool,
}

/// Joins the sentences of a section into passages at the least total price.
#[derive(Default)]
pub(super) struct Packer {
    /// For each number of sentences taken: the least price, and how many of them the last passage holds.
    best: Vec<(u32, u32)>,
    cuts: Vec<usize>,
}

impl Packer {
    /// Appends the passages of a section, which are chosen by their price.
    pub fn pack(&mut self, section: &[Sentence], passages: &mut Vec<ByteSpan>) {
        self.best.clear();
        self.best.push((0, 0));
        for end in 1..=section.len() {
            let mut words = 0;
            let mut sentences = 0;
            let mut best = (u32::MAX, 1);
            for taken in 1..=end.min(MOST_JOINED) {
                let s = section[end - taken];
                words += s.words;
                sentences += u32::from(!s.heading);
                if taken > 1 && words > MOST_WORDS * 2 {
                    break;
                }
                let price = self.best[end - taken].0.saturating_add(price(words, sentences, section[end - 1]));
                if price < best.0 {
                    best = (price, taken as u32);
                }
            }
            self.best.push(best);
        }
        self.cuts.clear();
        let mut end = section.len();
        while end > 0 {
            self.cuts.push(end);
            end -= (self.best[end].1.max(1) as usize).min(end);
        }
        let mut start = 0;
        for end in self.cuts.iter().rev().copied() {
            passages.push(ByteSpan::new(section[start].start, section[end - 1].end));
            start = end;
        }
    }
}

/// The price of a passage of so many words and sentences that ends with `last`; 0 for a perfect one. The weights only
/// order the wishes: words before sentences before paragraph ends before an even size.
fn price(words: u32, sentences: u32, last: Sentence) -> u32 {
    let short = FEWEST_WORDS.saturating_sub(words);
    let long = words.saturating_sub(MOST_WORDS);
    let few = FEWEST_SENTENCES.saturating_sub(sentences);
    let many = sentences.saturating_sub(MOST_SENTENCES);
    let uneven = words.abs_diff((FEWEST_WORDS + MOST_WORDS) / 2) / 8;
    let within_paragraph = if last.ends_block { 0 } else { 12 };
    // A heading that ends a passage belongs to what follows it.
    let dangling = if last.heading { 40 } else { 0 };
    10 + short * 2 + long * 2 + few * 25 + many * 15 + uneven + within_paragraph + dangling
}
