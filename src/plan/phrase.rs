//! A phrase: which words may stand from one border to the next, and how far apart.
//!
//! A word may be written as two ("ceasefire", "cease-fire") and two as one, so a phrase is no row of words but a lattice: its
//! links go from one border between the typed words to a later one. Positions come from an index or from a text; the
//! rules by which they make a stretch are here for both.

pub use crate::model::question::Apart;
use crate::words::PrefixTerms;

/// The most words of a phrase that may stand in any order: more ways to stand would have to be tried than is worth it.
pub const MOST_IN_ANY_ORDER: usize = 8;

/// What may stand at one place of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A word known under any of these terms.
    Terms(Vec<String>),
    /// The same, where it is written in one of these ways ([`crate::words::written_form`]).
    Written {
        /// The terms.
        terms: Vec<String>,
        /// The written forms.
        forms: Vec<String>,
    },
    /// A word that begins so.
    Beginning(PrefixTerms),
}

/// Words that stand side by side between two borders of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The border before them: the number of typed words that come before.
    pub from: usize,
    /// The border after them.
    pub to: usize,
    /// What stands there, one word or several side by side; never empty.
    pub places: Vec<Place>,
}

/// Words side by side or near each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// By the border that they begin at, ascending. From the first border one can come to the last.
    pub links: Vec<Link>,
    /// How many words were typed; the last border.
    pub words: usize,
    /// How far apart they may stand.
    pub apart: Apart,
}

/// Positions of the words of a stretch, from the first to the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub from: u32,
    /// After the last.
    pub to: u32,
}

/// A way to stand so far: the position after the last word, and how many other words stand between.
#[derive(Clone, Copy)]
struct Way {
    end: u32,
    between: u32,
}

impl Phrase {
    /// What stands at each place, link after link; positions are given in this order.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.links.iter().flat_map(|link| &link.places)
    }

    /// Whether it asks for words as they are written, for which texts have to be read.
    pub fn is_of_written_forms(&self) -> bool {
        self.places().any(|place| matches!(place, Place::Written { .. }))
    }

    /// For each typed word the places of which one must be filled wherever the phrase stands.
    pub fn needed(&self) -> Vec<Vec<usize>> {
        let mut needed = vec![Vec::new(); self.words];
        let mut first = 0;
        for link in &self.links {
            for word in needed.iter_mut().take(link.to).skip(link.from) {
                word.push(first);
            }
            first += link.places.len();
        }
        needed
    }

    /// Where the phrase stands, given for each place the ascending positions that fill it: for each position that it begins
    /// at the shortest stretch.
    pub fn stretches(&self, positions: &[Vec<u32>]) -> Vec<Stretch> {
        if let Some(row) = self.row()
            && !self.apart.any_order
            && self.apart.most == 0
        {
            return side_by_side(&positions[..row]);
        }
        let mut found = Vec::new();
        for from in self.starts(positions) {
            let to = match self.apart.any_order {
                true => self.shortest_in_any_order(positions, from),
                false => self.shortest_in_order(positions, from),
            };
            found.extend(to.map(|to| Stretch { from, to }));
        }
        found
    }

    /// How many places there are, where each typed word has just one.
    fn row(&self) -> Option<usize> {
        let is_row =
            self.links.iter().enumerate().all(|(n, link)| link.from == n && link.to == n + 1 && link.places.len() == 1);
        is_row.then_some(self.links.len())
    }

    /// The positions that the phrase may begin at, ascending.
    fn starts(&self, positions: &[Vec<u32>]) -> Vec<u32> {
        let firsts = self.with_places(positions).filter(|(link, _)| self.apart.any_order || link.from == 0);
        let mut starts: Vec<u32> = firsts.filter_map(|(_, places)| places.first()).flatten().copied().collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// The links with the positions of their places.
    fn with_places<'p>(&self, positions: &'p [Vec<u32>]) -> impl Iterator<Item = (&Link, &'p [Vec<u32>])> {
        let mut rest = positions;
        self.links.iter().map(move |link| {
            let (here, later) = rest.split_at(link.places.len());
            rest = later;
            (link, here)
        })
    }

    fn shortest_in_order(&self, positions: &[Vec<u32>], from: u32) -> Option<u32> {
        let mut ways: Vec<Vec<Way>> = vec![Vec::new(); self.words + 1];
        ways[0].push(Way { end: from, between: 0 });
        // Links are ascending by their first border, so all ways to it are known.
        for (link, places) in self.with_places(positions) {
            let Some(first) = places.first() else { continue };
            for way in ways[link.from].clone() {
                let most = if link.from == 0 { 0 } else { self.apart.most - way.between };
                let begin = first.partition_point(|at| *at < way.end);
                for at in first[begin..].iter().take_while(|at| **at - way.end <= most) {
                    if stand_after(*at, &places[1..]) {
                        let next = Way { end: at + places.len() as u32, between: way.between + (at - way.end) };
                        add_way(&mut ways[link.to], next);
                    }
                }
            }
        }
        ways[self.words].iter().map(|way| way.end).min()
    }

    fn shortest_in_any_order(&self, positions: &[Vec<u32>], from: u32) -> Option<u32> {
        // What may stand where: its first position, its length, the typed words that it stands for, a bit each, and an equal
        // word that must stand before it, so that equal words are not tried in each other's place.
        let mut standing: Vec<(u32, u32, usize, usize)> = Vec::new();
        for (n, (link, places)) in self.with_places(positions).enumerate() {
            let Some(first) = places.first() else { continue };
            let words = (link.from..link.to).fold(0, |bits, word| bits | 1 << word);
            let is_equal = |other: &&Link| other.places == link.places && other.to - other.from == link.to - link.from;
            let equal = self.links[..n].iter().rev().find(is_equal).map_or(0, |other| 1 << other.from);
            let begin = first.partition_point(|at| *at < from);
            let after = first[begin..].iter().filter(|at| stand_after(**at, &places[1..]));
            standing.extend(after.map(|at| (*at, places.len() as u32, words, equal)));
        }
        standing.sort_unstable();
        // By the words that stand so far: how far they reach and how many places they fill.
        let all = (1_usize << self.words) - 1;
        let mut ways: Vec<Vec<(u32, u32)>> = vec![Vec::new(); all + 1];
        for (at, length, words, equal) in standing {
            let mut next = Vec::new();
            if at == from && equal == 0 {
                next.push((words, at + length, length));
            }
            let is_next = |placed: usize| placed & words == 0 && placed & equal == equal;
            for (placed, known) in ways.iter().enumerate().filter(|(placed, _)| is_next(*placed)) {
                for (end, filled) in known.iter().filter(|(end, _)| *end <= at) {
                    if at - from - filled <= self.apart.most && *end > from {
                        next.push((placed | words, at + length, filled + length));
                    }
                }
            }
            for (placed, end, filled) in next {
                let known = &mut ways[placed];
                if !known.iter().any(|(e, f)| *e <= end && *f >= filled) {
                    known.retain(|(e, f)| !(end <= *e && filled >= *f));
                    known.push((end, filled));
                }
            }
        }
        ways[all].iter().map(|(end, _)| *end).min()
    }
}

/// Adds a way to stand, if none that ends there has as few words between.
fn add_way(ways: &mut Vec<Way>, next: Way) {
    match ways.iter_mut().find(|way| way.end == next.end) {
        Some(known) => known.between = known.between.min(next.between),
        None => ways.push(next),
    }
}

/// Whether each of these places is filled in turn after a position.
fn stand_after(at: u32, places: &[Vec<u32>]) -> bool {
    (1..).zip(places).all(|(n, place)| place.binary_search(&(at + n)).is_ok())
}

/// The stretches of a row of words side by side.
fn side_by_side(places: &[Vec<u32>]) -> Vec<Stretch> {
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    let whole = first.iter().filter(|at| stand_after(**at, rest));
    whole.map(|at| Stretch { from: *at, to: at + places.len() as u32 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(term: &str) -> Place {
        Place::Terms(vec![term.to_owned()])
    }

    fn row(words: &[&str], most: u32, any_order: bool) -> Phrase {
        let links = words.iter().enumerate();
        let links = links.map(|(n, word)| Link { from: n, to: n + 1, places: vec![place(word)] }).collect();
        Phrase { links, words: words.len(), apart: Apart { most, any_order } }
    }

    fn standing(phrase: &Phrase, text: &str) -> Vec<(u32, u32)> {
        let words: Vec<&str> = text.split(' ').collect();
        let at = |place: &Place| match place {
            Place::Terms(terms) => {
                let held = words.iter().zip(0..).filter(|(word, _)| terms.iter().any(|term| term == *word));
                held.map(|(_, at)| at).collect()
            }
            other => panic!("{other:?}"),
        };
        let positions: Vec<Vec<u32>> = phrase.places().map(at).collect();
        phrase.stretches(&positions).into_iter().map(|s| (s.from, s.to)).collect()
    }

    #[test]
    fn a_phrase_stands_where_just_its_words_do() {
        let phrase = row(&["rules", "of", "engagement"], 0, false);
        assert_eq!(standing(&phrase, "the rules of engagement and rules of engagement"), [(1, 4), (5, 8)]);
        assert_eq!(standing(&phrase, "rules govern engagement"), []);
    }

    #[test]
    fn other_words_between_are_counted_in_all() {
        let phrase = row(&["a", "b", "c"], 2, false);
        assert_eq!(standing(&phrase, "a x b x c"), [(0, 5)]);
        assert_eq!(standing(&phrase, "a x x b x c"), []);
        assert_eq!(standing(&phrase, "c b a"), []);
        // The nearest word is not always the one that leads on.
        assert_eq!(standing(&row(&["a", "b"], 3, false), "a x a b"), [(0, 4), (2, 4)]);
    }

    #[test]
    fn in_any_order_each_word_has_a_place_of_its_own() {
        let phrase = row(&["a", "b"], 1, true);
        assert_eq!(standing(&phrase, "b x a"), [(0, 3)]);
        assert_eq!(standing(&phrase, "b x x a"), []);
        assert_eq!(standing(&row(&["a", "a"], 5, true), "x a x"), []);
        assert_eq!(standing(&row(&["a", "a"], 5, true), "x a x a"), [(1, 4)]);
        assert_eq!(standing(&row(&["a", "b", "c"], 1, true), "c x a b"), [(0, 4)]);
    }

    #[test]
    fn one_word_may_stand_for_two_and_two_for_one() {
        let mut phrase = row(&["ceasefire", "talks"], 0, false);
        phrase.links.insert(1, Link { from: 0, to: 1, places: vec![place("cease"), place("fire")] });
        assert_eq!(standing(&phrase, "cease fire talks and ceasefire talks"), [(0, 3), (4, 6)]);
        let mut joined = row(&["cease", "fire", "talks"], 0, false);
        joined.links.insert(1, Link { from: 0, to: 2, places: vec![place("ceasefire")] });
        assert_eq!(standing(&joined, "cease fire talks and ceasefire talks"), [(0, 3), (4, 6)]);
        joined.apart = Apart { most: 1, any_order: true };
        assert_eq!(standing(&joined, "talks on ceasefire"), [(0, 3)]);
        assert_eq!(joined.needed(), [vec![0, 1], vec![1, 2], vec![3]]);
    }
}
