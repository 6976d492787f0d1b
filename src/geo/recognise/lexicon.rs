//! Words around names and names of people: what tells a place from a person, an organisation or a common word.

use std::sync::LazyLock;

/// The classes of a word, as bits.
pub(crate) mod class {
    pub(crate) const IN: u32 = 1;
    pub(crate) const AT: u32 = 1 << 1;
    pub(crate) const FROM: u32 = 1 << 2;
    pub(crate) const TO: u32 = 1 << 3;
    pub(crate) const OF: u32 = 1 << 4;
    pub(crate) const THE: u32 = 1 << 5;
    pub(crate) const AND: u32 = 1 << 6;
    pub(crate) const BY: u32 = 1 << 7;
    pub(crate) const DIRECTION: u32 = 1 << 8;
    pub(crate) const MOTION: u32 = 1 << 9;
    pub(crate) const TITLE: u32 = 1 << 10;
    pub(crate) const ROLE: u32 = 1 << 11;
    pub(crate) const ORGHEAD: u32 = 1 << 12;
    pub(crate) const GENERIC: u32 = 1 << 13;
    pub(crate) const STREET: u32 = 1 << 14;
    pub(crate) const SAID: u32 = 1 << 15;
    pub(crate) const MONTH: u32 = 1 << 16;
    pub(crate) const WEEKDAY: u32 = 1 << 17;
    pub(crate) const KIN: u32 = 1 << 18;
    pub(crate) const PARTICLE: u32 = 1 << 19;
    pub(crate) const GOVERNMENT: u32 = 1 << 20;
    pub(crate) const FIRST_NAME: u32 = 1 << 21;
    pub(crate) const SURNAME: u32 = 1 << 22;
    pub(crate) const COMMON: u32 = 1 << 23;
    pub(crate) const COMMON_RARE: u32 = 1 << 24;
    // Heads of organisations by their sort; each is an ORGHEAD too.
    pub(crate) const PAPER: u32 = 1 << 25;
    pub(crate) const TEAM: u32 = 1 << 26;
    pub(crate) const SCHOOL: u32 = 1 << 27;
    pub(crate) const COMPANY: u32 = 1 << 28;
    pub(crate) const BODY: u32 = 1 << 29;
    pub(crate) const VENUE: u32 = 1 << 30;
}

const LEXICON: &str = include_str!("data/lexicon.txt");
const FIRST_NAMES: &str = include_str!("data/first_names.txt");
const SURNAMES: &str = include_str!("data/surnames.txt");
const COMMON_WORDS: &str = include_str!("data/common_words.txt");

fn class_named(name: &str) -> u32 {
    match name {
        "in" => class::IN,
        "at" => class::AT,
        "from" => class::FROM,
        "to" => class::TO,
        "of" => class::OF,
        "the" => class::THE,
        "and" => class::AND,
        "by" => class::BY,
        "direction" => class::DIRECTION,
        "motion" => class::MOTION,
        "title" => class::TITLE,
        "role" => class::ROLE,
        "paper" => class::PAPER | class::ORGHEAD,
        "team" => class::TEAM | class::ORGHEAD,
        "school" => class::SCHOOL | class::ORGHEAD,
        "company" => class::COMPANY | class::ORGHEAD,
        "body" => class::BODY | class::ORGHEAD,
        "venue" => class::VENUE | class::ORGHEAD,
        "generic" => class::GENERIC,
        "street" => class::STREET,
        "said" => class::SAID,
        "month" => class::MONTH,
        "weekday" => class::WEEKDAY,
        "kin" => class::KIN,
        "particle" => class::PARTICLE,
        "government" => class::GOVERNMENT,
        _ => 0,
    }
}

/// The hash of a folded word. Nobody chooses words to collide with a list of ours, so it need not be guarded.
pub(crate) fn word_hash(word: &str) -> u64 {
    extend_hash(WORD_SEED, word.as_bytes())
}

/// The hash of the word at `start..end` of `bytes`: that of [`word_hash`], read eight bytes at a time.
pub(crate) fn hash_at(bytes: &[u8], start: usize, end: usize) -> u64 {
    let eight = |at: usize| bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok());
    let word = bytes.get(start..end).unwrap_or_default();
    let rest = word.len() % 8;
    match eight(end - rest) {
        // Nearly all words are shorter than eight letters and not the last of the text.
        Some(next) if word.len() < 8 && rest > 0 => {
            finish_hash(WORD_SEED ^ word.len() as u64, u64::from_be_bytes(next) >> (64 - 8 * rest))
        }
        _ => extend_hash(WORD_SEED, word),
    }
}

const WORD_SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn finish_hash(hash: u64, last: u64) -> u64 {
    let hash = (hash ^ last).wrapping_mul(MULTIPLIER);
    hash ^ hash >> 29
}

/// The hash of what has been hashed with more behind it.
pub(crate) fn extend_hash(hash: u64, bytes: &[u8]) -> u64 {
    let mut hash = hash ^ bytes.len() as u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = (hash ^ u64::from_le_bytes(*chunk)).wrapping_mul(MULTIPLIER);
        hash ^= hash >> 32;
    }
    let mut last = 0;
    for &b in rest {
        last = last << 8 | u64::from(b);
    }
    finish_hash(hash, last)
}

/// The words by hash: a table with open addressing, which a lookup of a word that is not there leaves after one or two slots.
struct Words {
    /// A bit for each hash that the table may hold: small enough to stay in the first-level cache, where most words of a text
    /// find that they are not held.
    sieve: Vec<u64>,
    /// Part of the hash, and the classes; 0 where the slot is free.
    slots: Vec<(u32, u32)>,
}

impl Words {
    const SLOTS: usize = 1 << 15;
    /// The slot that stays free, in which words that the sieve does not let through are looked for: whether it does is told
    /// of every word and cannot be foreseen, so that nothing branches on it.
    const FREE_SLOT: usize = Self::SLOTS;
    /// With some 9,000 words one in seven of all others passes.
    const SIEVE_BITS: usize = 1 << 16;

    /// The place of a hash in the sieve: a word and a bit of it.
    fn mesh_of(hash: u64) -> (usize, u64) {
        let bit = (hash >> 40) as usize % Self::SIEVE_BITS;
        (bit / 64, 1 << (bit % 64))
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (n, bit) = Self::mesh_of(hash);
        self.sieve.get(n).is_some_and(|word| word & bit != 0)
    }

    /// Where the search for a hash begins.
    fn home(hash: u64) -> usize {
        hash as usize & (Self::SLOTS - 1)
    }

    /// The slot of a hash, or the free one that ends the search for it.
    fn search(&self, hash: u64, from: usize) -> usize {
        let part = (hash >> 32) as u32;
        let mut slot = from;
        // Never full: the lists fill about a quarter of the slots.
        while self.slots.get(slot).is_some_and(|(h, bits)| *bits != 0 && *h != part) {
            slot = (slot + 1) & (Self::SLOTS - 1);
        }
        slot
    }

    fn add(&mut self, word: &str, bits: u32) {
        let hash = word_hash(word);
        let (n, bit) = Self::mesh_of(hash);
        if let Some(word) = self.sieve.get_mut(n) {
            *word |= bit;
        }
        let slot = self.search(hash, Self::home(hash));
        if let Some(entry) = self.slots.get_mut(slot) {
            *entry = ((hash >> 32) as u32, entry.1 | bits);
        }
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { sieve: vec![0; Words::SIEVE_BITS / 64], slots: vec![(0, 0); Words::SLOTS + 1] };
    let mut add = |list: &str, bits: u32| list.split_ascii_whitespace().for_each(|word| words.add(word, bits));
    for line in LEXICON.lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, list)) = line.split_once(':') {
            add(list, class_named(name));
        }
    }
    for line in FIRST_NAMES.lines().filter(|l| !l.starts_with('#')) {
        add(line, class::FIRST_NAME);
    }
    for line in SURNAMES.lines().filter(|l| !l.starts_with('#')) {
        add(line, class::SURNAME);
    }
    let frequency = [class::COMMON, class::COMMON_RARE];
    for (line, bits) in COMMON_WORDS.lines().filter(|l| !l.starts_with('#')).zip(frequency) {
        add(line, bits);
    }
    words
});

/// The classes of a folded word by its hash; 0 where it has none.
pub(crate) fn classes_of(hash: u64) -> u32 {
    let words = &*WORDS;
    let from = if words.may_hold(hash) { Words::home(hash) } else { Words::FREE_SLOT };
    words.slots.get(words.search(hash, from)).map_or(0, |(_, bits)| *bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_lexicon_is_known() {
        for line in LEXICON.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let name = line.split_once(':').map(|(name, _)| name).unwrap_or_default();
            assert_ne!(class_named(name), 0, "{line}");
        }
    }

    #[test]
    fn a_word_within_a_text_hashes_as_it_does_alone() {
        let text = "a of town nation capital frontier borderline";
        for (start, _) in text.match_indices(' ').map(|(at, _)| (at + 1, ())).chain([(0, ())]) {
            let end = text[start..].find(' ').map_or(text.len(), |n| start + n);
            assert_eq!(hash_at(text.as_bytes(), start, end), word_hash(&text[start..end]), "{}", &text[start..end]);
        }
        assert_eq!(hash_at(b"", 0, 0), word_hash(""));
    }

    fn classes_of_word(word: &str) -> u32 {
        classes_of(word_hash(word))
    }

    #[test]
    fn a_word_may_have_several_classes() {
        let washington = classes_of_word("washington");
        assert_ne!(washington & class::SURNAME, 0);
        assert_ne!(classes_of_word("grace") & class::FIRST_NAME, 0);
        assert_ne!(classes_of_word("reading") & class::COMMON, 0);
        assert_eq!(classes_of_word("kabul"), 0);
        let filled = WORDS.slots.iter().filter(|(_, bits)| *bits != 0).count();
        assert!(filled > 5_000 && filled < Words::SLOTS / 2, "{filled}");
    }
}
