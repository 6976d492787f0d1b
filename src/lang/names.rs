//! Words that stand around names and within them, by language: what tells a place from a person, an organisation or a common
//! word.
//!
//! The tables are in `data/names`, one line a language and class, so that a language is added by adding lines. Rules ask for
//! the classes of a word ([`class`], [`classes_of`]), or whether a [`WordList`] holds it where that is asked too seldom to be
//! worth a bit. No rule names a word.

use std::sync::LazyLock;

/// The classes of a word, as bits; a word may be of several.
pub(crate) mod class {
    /// A preposition before a place that something is in: "in", "near".
    pub(crate) const IN: u32 = 1;
    /// "at".
    pub(crate) const AT: u32 = 1 << 1;
    /// "from".
    pub(crate) const FROM: u32 = 1 << 2;
    /// "to".
    pub(crate) const TO: u32 = 1 << 3;
    /// "of".
    pub(crate) const OF: u32 = 1 << 4;
    /// The definite article.
    pub(crate) const THE: u32 = 1 << 5;
    /// "and" and "or".
    pub(crate) const AND: u32 = 1 << 6;
    /// Other prepositions, which stand before people as often as before places: "by", "with".
    pub(crate) const BY: u32 = 1 << 7;
    /// Function words, all of the above.
    pub(crate) const FUNCTION: u32 = IN | AT | FROM | TO | OF | THE | AND | BY;
    /// What stands before a place to name a part of it: "northern", "downtown".
    pub(crate) const DIRECTION: u32 = 1 << 8;
    /// Verbs whose object is a place: "visited", "shelled".
    pub(crate) const MOTION: u32 = 1 << 9;
    /// What stands before the name of a person: "Mr", "President", "author".
    pub(crate) const TITLE: u32 = 1 << 10;
    /// What a place has, before "of" and its name: "mayor", "streets", "battle".
    pub(crate) const ROLE: u32 = 1 << 11;
    /// Months and days of the week.
    pub(crate) const CALENDAR: u32 = 1 << 12;
    /// What sort of thing a place is: "river", "province".
    pub(crate) const GENERIC: u32 = 1 << 13;
    /// Streets and buildings: "avenue", "square".
    pub(crate) const STREET: u32 = 1 << 14;
    /// Verbs whose subject is a person: "said", "died".
    pub(crate) const SAID: u32 = 1 << 15;
    /// The singular of a division that a name before it is the name of: "region", "oblast".
    pub(crate) const DIVISION: u32 = 1 << 16;
    /// The plural of the same.
    pub(crate) const DIVISIONS: u32 = 1 << 17;
    /// Relatives and friends: "widow".
    pub(crate) const KIN: u32 = 1 << 18;
    /// What stands within the name of a person in small letters: "van", "bin".
    pub(crate) const PARTICLE: u32 = 1 << 19;
    /// What a country has, after its name or a word made of it: "government", "troops".
    pub(crate) const GOVERNMENT: u32 = 1 << 20;
    /// Given names.
    pub(crate) const FIRST_NAME: u32 = 1 << 21;
    /// Family names that are also names of places.
    pub(crate) const SURNAME: u32 = 1 << 22;
    /// Common words that are also names of places.
    pub(crate) const COMMON: u32 = 1 << 23;
    /// The same of rarer words.
    pub(crate) const COMMON_RARE: u32 = 1 << 24;
    /// Names of newspapers and broadcasters: "Times".
    pub(crate) const PAPER: u32 = 1 << 25;
    /// Names of sports clubs: "Rovers".
    pub(crate) const TEAM: u32 = 1 << 26;
    /// Names of schools: "Academy".
    pub(crate) const SCHOOL: u32 = 1 << 27;
    /// Names of companies: "Holdings".
    pub(crate) const COMPANY: u32 = 1 << 28;
    /// Names of public bodies and associations: "Council".
    pub(crate) const BODY: u32 = 1 << 29;
    /// Names of houses that are open to the public: "Hospital".
    pub(crate) const VENUE: u32 = 1 << 30;
    /// The word that says what an organisation is, of any of the six sorts above.
    pub(crate) const ORGANISATION: u32 = PAPER | TEAM | SCHOOL | COMPANY | BODY | VENUE;
    /// An article in small letters that a hyphen joins to a name: "al-Tanf".
    pub(crate) const JOINED_ARTICLE: u32 = 1 << 31;
}

const WORDS_AROUND_NAMES: &str = include_str!("data/names/words.txt");
const FIRST_NAMES: &str = include_str!("data/names/first_names.txt");
const SURNAMES: &str = include_str!("data/names/surnames.txt");
const COMMON_WORDS: &str = include_str!("data/names/common_words.txt");

/// A line of a table.
struct Row {
    /// Empty in a table of one class.
    class: &'static str,
    words: &'static str,
}

/// The lines of a table but for comments. Whose words they are is left out: recognition knows no language yet, and the words of
/// all hold in every text.
fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(|(head, words)| {
        let class = head.split_once(' ').map_or("", |(_languages, class)| class);
        Row { class, words }
    })
}

/// The class of this name; 0 for a list that has no bit.
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
        "paper" => class::PAPER,
        "team" => class::TEAM,
        "school" => class::SCHOOL,
        "company" => class::COMPANY,
        "body" => class::BODY,
        "venue" => class::VENUE,
        "generic" => class::GENERIC,
        "division" => class::DIVISION,
        "divisions" => class::DIVISIONS,
        "street" => class::STREET,
        "said" => class::SAID,
        "calendar" => class::CALENDAR,
        "kin" => class::KIN,
        "particle" => class::PARTICLE,
        "government" => class::GOVERNMENT,
        "joined_article" => class::JOINED_ARTICLE,
        "common" => class::COMMON,
        "common_rare" => class::COMMON_RARE,
        _ => 0,
    }
}

/// Words that are asked for by their letters.
pub(crate) struct WordList {
    /// In the order of the table.
    words: Vec<&'static str>,
    /// The bytes that they begin with, a bit for each by its lowest six bits: nearly all other words end the search here.
    leads: u64,
}

impl WordList {
    fn of(name: &str) -> WordList {
        let words: Vec<&str> = rows(WORDS_AROUND_NAMES)
            .filter(|row| row.class == name)
            .flat_map(|row| row.words.split_ascii_whitespace())
            .collect();
        let leads = words.iter().fold(0, |leads, word| leads | Self::lead(word));
        WordList { words, leads }
    }

    fn lead(word: &str) -> u64 {
        word.as_bytes().first().map_or(0, |byte| 1 << (byte & 63))
    }

    /// Whether this is one of the words.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.leads & Self::lead(word) != 0 && self.words.contains(&word)
    }

    /// The words in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }
}

/// Declares the lists with the names that `words.txt` has for them.
macro_rules! word_lists {
    ($($(#[$doc:meta])* $list:ident = $name:literal;)*) => {
        $($(#[$doc])* pub(crate) static $list: LazyLock<WordList> = LazyLock::new(|| WordList::of($name));)*

        /// The names of the lists.
        #[cfg(test)]
        const LISTS: &[&str] = &[$($name),*];
    };
}

word_lists! {
    /// Abbreviations after which a full stop ends no sentence; as they are written, in capitals and small letters.
    TITLE_ABBREVIATIONS = "title_abbreviation";
    /// Abbreviated first words of names of places, of more than two letters; folded.
    NAME_ABBREVIATIONS = "name_abbreviation";
    /// Articles that names of places carry and reports leave out; folded.
    ARTICLES = "article";
    /// Words that papers and stations add to the name of their town; folded.
    PAPER_NAMES = "paper_name";
    /// What the address of a paper begins with and the name of a town does not; folded.
    ADDRESS_PREFIXES = "address_prefix";
    /// What follows the apostrophe of a possessive, as it is written; first the form that folded names have.
    POSSESSIVE_ENDINGS = "possessive_ending";
    /// What follows the apostrophe of a verb that was drawn to the word, in small letters.
    CONTRACTION_ENDINGS = "contraction_ending";
    /// What the plural of a word for the people of a place ends in; folded.
    PLURAL_ENDINGS = "plural_ending";
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

/// The hash of `hash` with more bytes behind it.
fn extend_hash(hash: u64, bytes: &[u8]) -> u64 {
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

/// The classes of words by their hash: a table with open addressing, in which the search for a word that is not there ends
/// after one or two slots.
struct ClassTable {
    /// A bit for each hash that the table may hold: small enough for the first-level cache, and enough to turn away most words
    /// of a text.
    sieve: Vec<u64>,
    /// Part of the hash, and the classes; 0 where the slot is free.
    slots: Vec<(u32, u32)>,
}

impl ClassTable {
    const SLOTS: usize = 1 << 15;
    /// A slot that stays free. Words that the sieve turns away are looked for here: whether it does cannot be foreseen, so a
    /// branch on it would often be mispredicted, and this needs none.
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

static CLASSES: LazyLock<ClassTable> = LazyLock::new(|| {
    let mut table =
        ClassTable { sieve: vec![0; ClassTable::SIEVE_BITS / 64], slots: vec![(0, 0); ClassTable::SLOTS + 1] };
    let mut add = |words: &str, bits: u32| words.split_ascii_whitespace().for_each(|word| table.add(word, bits));
    for row in rows(WORDS_AROUND_NAMES).chain(rows(COMMON_WORDS)) {
        match class_named(row.class) {
            0 => {}
            bits => add(row.words, bits),
        }
    }
    rows(FIRST_NAMES).for_each(|row| add(row.words, class::FIRST_NAME));
    rows(SURNAMES).for_each(|row| add(row.words, class::SURNAME));
    table
});

/// The classes of a folded word by its hash ([`word_hash`]), as bits of [`class`]; 0 where it has none.
pub(crate) fn classes_of(hash: u64) -> u32 {
    let table = &*CLASSES;
    let from = if table.may_hold(hash) { ClassTable::home(hash) } else { ClassTable::FREE_SLOT };
    table.slots.get(table.search(hash, from)).map_or(0, |(_, bits)| *bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_its_languages_and_a_class_or_list() {
        for row in rows(WORDS_AROUND_NAMES).chain(rows(COMMON_WORDS)) {
            assert!(class_named(row.class) != 0 || LISTS.contains(&row.class), "{}", row.class);
        }
        let tables = [WORDS_AROUND_NAMES, COMMON_WORDS, FIRST_NAMES, SURNAMES];
        for line in tables.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            let (head, _words) = line.split_once(':').unwrap_or_default();
            for language in head.split(' ').next().unwrap_or_default().split('+') {
                let code = matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
                assert!(code, "{head}");
            }
        }
    }

    #[test]
    fn every_list_has_words() {
        for name in LISTS {
            assert!(WordList::of(name).iter().next().is_some(), "{name}");
        }
        assert!(TITLE_ABBREVIATIONS.holds("Gov") && !TITLE_ABBREVIATIONS.holds("gov"));
        assert!(!TITLE_ABBREVIATIONS.holds("") && !TITLE_ABBREVIATIONS.holds("Gove"));
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
        let filled = CLASSES.slots.iter().filter(|(_, bits)| *bits != 0).count();
        assert!(filled > 5_000 && filled < ClassTable::SLOTS / 2, "{filled}");
    }
}
