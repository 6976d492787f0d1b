//! Stems, remembered: news uses few words often, and computing a stem costs more than all the rest of the analysis.

use crate::words::letters::fold::{fold_into, lower_into};
use crate::words::profile::Profile;
use crate::words::scan::Letters;

/// The longest word that gets a term, in bytes of the term; longer ones are no words but encodings.
pub const LONGEST_TERM_BYTES: usize = 64;

/// Words up to this long, in bytes, are remembered.
const LONGEST_KEY_BYTES: usize = 28;

/// [`LONGEST_KEY_BYTES`] in whole words of the hash.
const KEY_BYTES: usize = LONGEST_KEY_BYTES.next_multiple_of(8);

/// A power of two. On 10 MB of news 8,192 slots gave 55 MB per CPU second, 16,384 72, 32,768 84, 65,536 89; this many
/// take 2 MB, what a core's second-level cache holds.
const MOST_SLOTS: usize = 32_768;

/// A power of two. A query has a few words, an answer some hundred: memory that only an archive fills is not touched for them,
/// which took a millisecond of a query from a cold start.
const FIRST_SLOTS: usize = 256;

/// How many times larger the memory becomes when as many words were computed as it has slots.
const GROWTH: usize = 4;

/// A word and its stem, in one cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Slot {
    key: [u8; LONGEST_KEY_BYTES],
    stem: [u8; LONGEST_KEY_BYTES],
    key_len: u8,
    stem_len: u8,
    profile: u8,
    stop: bool,
}

const EMPTY: Slot = Slot {
    key: [0; LONGEST_KEY_BYTES],
    stem: [0; LONGEST_KEY_BYTES],
    key_len: 0,
    stem_len: 0,
    profile: 0,
    stop: false,
};

/// A bounded memory of stems: each word has one slot, which the last word to need it keeps.
#[derive(Default)]
pub(crate) struct Memo {
    slots: Vec<Slot>,
    /// Words computed since the slots were made.
    computed: usize,
    lower: String,
}

impl Memo {
    /// Appends the term of the word `raw` to `term` and tells whether it is a stop word.
    pub fn stem_into(&mut self, raw: &str, letters: Letters, profile: Profile, term: &mut String) -> bool {
        if self.computed >= self.slots.len() && self.slots.len() < MOST_SLOTS {
            // What was remembered is computed once more, which is less than moving it.
            self.slots = vec![EMPTY; (self.slots.len() * GROWTH).clamp(FIRST_SLOTS, MOST_SLOTS)];
            self.computed = 0;
        }
        let mut key = [0_u8; KEY_BYTES];
        let mut len = raw.len();
        match letters {
            Letters::Joined => {
                len = 0;
                for b in raw.bytes().filter(u8::is_ascii_alphabetic) {
                    if len == LONGEST_KEY_BYTES {
                        return self.compute_slowly(raw, profile, term);
                    }
                    key[len] = b.to_ascii_lowercase();
                    len += 1;
                }
            }
            _ if len > LONGEST_KEY_BYTES => return self.compute_slowly(raw, profile, term),
            Letters::Plain => {
                key[..len].copy_from_slice(raw.as_bytes());
                key.make_ascii_lowercase();
            }
            // Other letters are remembered as they are written; there is no cheap way to their small forms.
            Letters::Any => key[..len].copy_from_slice(raw.as_bytes()),
        }
        let slot = slot_of(&key, len, profile, self.slots.len());
        let found = &self.slots[slot];
        if usize::from(found.key_len) == len
            && found.profile == profile.number()
            && found.key[..] == key[..LONGEST_KEY_BYTES]
        {
            if let Some(Ok(stem)) = found.stem.get(..usize::from(found.stem_len)).map(std::str::from_utf8) {
                term.push_str(stem);
            }
            return found.stop;
        }
        let start = term.len();
        let word = if letters == Letters::Any { raw } else { std::str::from_utf8(&key[..len]).unwrap_or_default() };
        let stop = compute(word, profile, &mut self.lower, term);
        self.computed += 1;
        let stem = term.get(start..).unwrap_or_default();
        if stem.len() <= LONGEST_KEY_BYTES {
            let mut entry = EMPTY;
            entry.key.copy_from_slice(&key[..LONGEST_KEY_BYTES]);
            entry.stem[..stem.len()].copy_from_slice(stem.as_bytes());
            entry.key_len = len as u8;
            entry.stem_len = stem.len() as u8;
            entry.profile = profile.number();
            entry.stop = stop;
            self.slots[slot] = entry;
        }
        stop
    }

    fn compute_slowly(&mut self, raw: &str, profile: Profile, term: &mut String) -> bool {
        if raw.len() > 4 * LONGEST_TERM_BYTES {
            // No word of any language: dropped by the caller, and not worth a stemmer's time.
            term.push_str(raw);
            return false;
        }
        compute(raw, profile, &mut self.lower, term)
    }
}

fn slot_of(key: &[u8; KEY_BYTES], len: usize, profile: Profile, slots: usize) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = u64::from(profile.number());
    // The bytes after the word are 0, so its last eight may be read whole.
    for chunk in key.as_chunks::<8>().0.iter().take(len.div_ceil(8)) {
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(*chunk)).wrapping_mul(MIX);
    }
    (hash >> (64 - slots.ilog2())) as usize
}

/// The term of a word, from first principles.
fn compute(word: &str, profile: Profile, lower: &mut String, term: &mut String) -> bool {
    let start = term.len();
    fold_into(word, term);
    let folded = term.get(start..).unwrap_or_default();
    if profile.is_stop_word(folded) {
        return true;
    }
    let Some(stemmer) = profile.stemmer() else { return false };
    if profile.folds_before_stemming() {
        // The stemmer for English is for letters from a to z.
        if folded.is_ascii() {
            let stem = stemmer.stem(folded).into_owned();
            if !stem.is_empty() {
                term.truncate(start);
                term.push_str(&stem);
            }
        }
        return false;
    }
    lower.clear();
    lower_into(word, lower);
    let stem = stemmer.stem(lower);
    if !stem.is_empty() {
        term.truncate(start);
        fold_into(&stem, term);
        if term.len() == start {
            term.push_str(lower);
        }
    }
    false
}
