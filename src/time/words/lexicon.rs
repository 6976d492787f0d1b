//! The words of all languages that speak of time, with what each may mean, as one table that a scan can ask at every word.

use crate::lang::months::MONTHS;
use crate::lang::time::{Class, LANGUAGES, Sense};
use crate::lang::weekdays::WEEKDAYS;
use std::sync::LazyLock;

/// What the tables of languages say of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub class: Class,
    pub sense: Sense,
    pub value: i16,
}

impl Entry {
    /// Of a word that has nothing to do with time.
    pub(crate) const NONE: Entry = Entry { class: Class::Word, sense: Sense::Plain, value: 0 };
}

/// A word of ASCII letters in the lexicon is shorter: its key is its letters in small, one a byte.
pub(crate) const LONGEST_WORD_BYTES: usize = 16;

const SLOTS: usize = 2048;

/// Bits of the sieve: nine words in ten that the lexicon does not hold fall through it.
const SIEVE_BITS: usize = 8192;

/// The slot that stays free, in which words that the sieve does not let through are looked for.
const FREE_SLOT: usize = SLOTS;

/// Words by their letters, in one flat table of open addressing, behind a sieve that is small enough to stay in the
/// first-level cache. Whether a word passes cannot be foreseen, so that nothing branches on it.
pub(crate) struct Lexicon {
    sieve: [u64; SIEVE_BITS / 64],
    slots: Vec<(u128, Entry)>,
}

impl Lexicon {
    fn hash_of(key: u128) -> u64 {
        // Any odd multiplier spreads the letters; this one is 2^64 divided by the golden ratio (Knuth, volume 3, 6.4).
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        folded.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn slot_of(hash: u64) -> usize {
        (hash >> 53) as usize % SLOTS
    }

    /// The place of a hash in the sieve: a word and a bit of it.
    fn mesh_of(hash: u64) -> (usize, u64) {
        let bit = (hash >> 51) as usize % SIEVE_BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// The table, built on first use.
    pub(crate) fn shared() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon { sieve: [0; SIEVE_BITS / 64], slots: vec![(0, Entry::NONE); SLOTS + 1] };
            for (word, entry) in entries() {
                lexicon.insert(key_of(word), entry);
            }
            lexicon
        });
        &LEXICON
    }

    /// The first entry given for a word stays.
    fn insert(&mut self, key: u128, entry: Entry) {
        let hash = Lexicon::hash_of(key);
        let (n, bit) = Lexicon::mesh_of(hash);
        self.sieve[n] |= bit;
        let mut at = Lexicon::slot_of(hash);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == key {
                return;
            }
            if slot.0 == 0 {
                *slot = (key, entry);
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// What the tables say of the word with this key.
    #[inline]
    pub(crate) fn get(&self, key: u128) -> Entry {
        let hash = Lexicon::hash_of(key);
        let (n, bit) = Lexicon::mesh_of(hash);
        let mut at = if self.sieve[n] & bit == 0 { FREE_SLOT } else { Lexicon::slot_of(hash) };
        while let Some(&(found, entry)) = self.slots.get(at) {
            if found == key || found == 0 {
                return entry;
            }
            at = (at + 1) % SLOTS;
        }
        Entry::NONE
    }
}

/// The words of all tables.
fn entries() -> impl Iterator<Item = (&'static str, Entry)> {
    let months = MONTHS.iter().filter_map(|row| Some((row, row.in_text?))).flat_map(|(row, (full, short))| {
        let entry = move |class, sense, (n, name): (i8, &'static str)| {
            (name, Entry { class, sense: row.sense_of(name, sense), value: i16::from(n) })
        };
        let full = row.full_names().map(move |name| entry(Class::Month, full, name));
        full.chain(row.short_names().map(move |name| entry(Class::MonthAbbr, short, name)))
    });
    let weekdays = WEEKDAYS.iter().filter_map(|row| Some((row, row.in_text?))).flat_map(|(row, (full, short))| {
        let entry = move |class, sense, (n, name): (i8, &'static str)| {
            (name, Entry { class, sense: row.sense_of(name, sense), value: i16::from(n) })
        };
        let full = row.full_names().map(move |name| entry(Class::Weekday, full, name));
        full.chain(row.short_names().map(move |name| entry(Class::WeekdayAbbr, short, name)))
    });
    let others = LANGUAGES.iter().flat_map(|language| language.rows).flat_map(|row| {
        let words = (0_i16..).zip(row.words.split(' ')).filter(|(_, word)| *word != "-");
        words.map(|(n, word)| (word, Entry { class: row.class, sense: row.sense, value: row.first + n * row.step }))
    });
    months.chain(weekdays).chain(others)
}

/// The key of a word.
pub(crate) fn key_of(word: &str) -> u128 {
    if word.is_ascii() { ascii_key(word) } else { letters_key(word.chars()) }
}

/// The key of a word of up to 15 ASCII letters: the letters themselves.
pub(crate) fn ascii_key(word: &str) -> u128 {
    word.bytes().fold(0, |key, b| key << 8 | u128::from(b | 0x20))
}

/// The key of a word with letters beyond ASCII. Apostrophes do not count, since many signs are written for them.
pub(crate) fn letters_key(letters: impl Iterator<Item = char>) -> u128 {
    let mut key = LettersKey::EMPTY;
    letters.for_each(|c| key.push(c));
    key.finish()
}

/// A key in the making: a hash of the small letters (FNV-1a, 128 bits). Two words of one key are not to be expected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LettersKey(u128);

impl LettersKey {
    pub(crate) const EMPTY: LettersKey = LettersKey(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);

    #[inline]
    pub(crate) fn push(&mut self, c: char) {
        if !is_apostrophe(c) {
            self.0 = (self.0 ^ u128::from(u32::from(small(c)))).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    /// The key, which is none of ASCII letters: those leave the highest bit free.
    pub(crate) fn finish(self) -> u128 {
        self.0 | 1 << 127
    }
}

/// Whether a character is written for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '’' | '‘' | 'ʼ' | '´')
}

/// The small letter of a letter. Cyrillic ones need no look into a table.
#[inline]
fn small(c: char) -> char {
    match c {
        'а'..='џ' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'Ѐ'..='Џ' => char::from_u32(u32::from(c) + 0x50).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_word_of_the_tables_is_found_in_any_case_and_fits_its_key() {
        let mut seen = HashSet::new();
        for (word, entry) in entries() {
            assert!(!word.is_ascii() || word.len() < LONGEST_WORD_BYTES, "{word}");
            assert!(seen.insert(key_of(word)), "{word} stands in two rows");
            assert_eq!(Lexicon::shared().get(key_of(word)), entry, "{word}");
            assert_eq!(Lexicon::shared().get(key_of(&word.to_uppercase())), entry, "{word}");
        }
        assert!(seen.len() < SLOTS / 2, "the table is too full to be quick");
        let wednesday = Entry { class: Class::Weekday, value: 3, ..Entry::NONE };
        assert_eq!(Lexicon::shared().get(key_of("Wednesday")), wednesday);
        assert_eq!(Lexicon::shared().get(key_of("missile")), Entry::NONE);
        assert_eq!(Lexicon::shared().get(key_of("ракета")), Entry::NONE);
    }

    #[test]
    fn apostrophes_do_not_count_in_words_beyond_ascii() {
        let friday = Lexicon::shared().get(key_of("П’ЯТНИЦЯ"));
        assert_eq!((friday.class, friday.value), (Class::Weekday, 5));
        assert_eq!(Lexicon::shared().get(key_of("пʼятницю")).class, Class::Weekday);
    }
}
