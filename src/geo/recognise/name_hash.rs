//! Hashes by which names are told apart while an archive is read.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are hashes already.
pub(crate) type HashKeyMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// Hashes what is a hash already, as cheaply as that allows.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0 ^ n).wrapping_mul(MULTIPLIER);
    }
}

/// The hash of a name and one more word.
pub(crate) fn joined_hash(name: u64, word: u64) -> u64 {
    (name.rotate_left(7) ^ word).wrapping_mul(MULTIPLIER)
}

/// How many of the lowest bits of a match's key tell its spelling.
const SPELLING_BITS: u32 = 3;

/// The key of a match: the hash of its folded name without the highest bits, and its spelling as bits.
pub(crate) fn match_key(hash: u64, spelling: [bool; SPELLING_BITS as usize]) -> u64 {
    spelling.into_iter().fold(hash, |key, holds| key << 1 | u64::from(holds))
}

/// The hash of the name of a match, by its key: the same however the name is written.
pub(crate) fn name_hash_of_key(key: u64) -> u64 {
    key >> SPELLING_BITS
}

/// A word's hash as [`name_hash_of_key`] gives it for a match of that word alone.
pub(crate) fn name_hash_of_word(hash: u64) -> u64 {
    hash << SPELLING_BITS >> SPELLING_BITS
}
