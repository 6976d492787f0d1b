//! Words around names and names of people: what tells a place from a person, an organisation or a common word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
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
        "orghead" => class::ORGHEAD,
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

/// FNV-1a: words are a few bytes, and nobody chooses them to collide with a list of ours.
#[derive(Default)]
pub(crate) struct WordHasher(pub(crate) u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = (self.0 ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

type Words = HashMap<&'static str, u32, BuildHasherDefault<WordHasher>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::with_capacity_and_hasher(16_384, BuildHasherDefault::default());
    let mut add = |list: &'static str, bits: u32| {
        for word in list.split_ascii_whitespace() {
            *words.entry(word).or_default() |= bits;
        }
    };
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

/// The classes of a folded word; 0 where it has none.
pub(crate) fn classes_of(folded: &str) -> u32 {
    WORDS.get(folded).copied().unwrap_or(0)
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
    fn a_word_may_have_several_classes() {
        let washington = classes_of("washington");
        assert_ne!(washington & class::SURNAME, 0);
        assert_ne!(classes_of("grace") & class::FIRST_NAME, 0);
        assert_ne!(classes_of("reading") & class::COMMON, 0);
        assert_eq!(classes_of("kabul"), 0);
    }
}
