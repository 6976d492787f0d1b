//! Words and what each of them is, looked up in one step.

use rustc_hash::FxHashMap;

/// A table of words, made once of rows that name several words of one kind.
pub(crate) struct WordTable<T> {
    words: FxHashMap<&'static [u8], T>,
    /// Longer words, in bytes, are in no row.
    longest: usize,
}

impl<T: Copy> WordTable<T> {
    /// The table of `rows`: what the words are, and the words with white space between them. The first row that names a
    /// word decides.
    pub fn new(rows: impl IntoIterator<Item = (T, &'static str)>) -> Self {
        let mut words = FxHashMap::default();
        for (what, row) in rows {
            for word in row.split_ascii_whitespace() {
                words.entry(word.as_bytes()).or_insert(what);
            }
        }
        let longest = words.keys().map(|word| word.len()).max().unwrap_or(0);
        WordTable { words, longest }
    }

    /// What a word is, where the table has it.
    pub fn get(&self, word: &[u8]) -> Option<T> {
        if word.len() > self.longest {
            return None;
        }
        self.words.get(word).copied()
    }
}
