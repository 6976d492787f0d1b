//! Sorts byte strings that may outgrow memory: in chunks, on disk, merged when read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Gathers byte strings and gives them back in order, each once.
#[derive(Default)]
pub(crate) struct ByteSorter {
    bytes: Vec<u8>,
    /// Start and length of each string in `bytes`.
    spans: Vec<(u32, u32)>,
    folder: PathBuf,
    label: &'static str,
    limit: usize,
    chunks: Vec<PathBuf>,
}

impl ByteSorter {
    pub(crate) fn new(folder: &Path, label: &'static str, limit: usize) -> ByteSorter {
        let limit = limit.min(u32::MAX as usize / 2);
        ByteSorter { bytes: Vec::new(), spans: Vec::new(), folder: folder.to_owned(), label, limit, chunks: Vec::new() }
    }

    pub(crate) fn push(&mut self, string: &[u8]) -> io::Result<()> {
        self.spans.push((self.bytes.len() as u32, string.len() as u32));
        self.bytes.extend_from_slice(string);
        if self.bytes.len() + self.spans.len() * 8 >= self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        let string = |&(start, len): &(u32, u32)| bytes.get(start as usize..start as usize + len as usize);
        self.spans.sort_unstable_by(|a, b| string(a).cmp(&string(b)));
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let name = format!("{}-{}-{}.sort", self.label, std::process::id(), self.chunks.len());
        let path = self.folder.join(name);
        let mut out = BufWriter::with_capacity(1 << 18, File::create_new(&path)?);
        self.chunks.push(path);
        for &(start, len) in &self.spans {
            out.write_all(&len.to_le_bytes())?;
            out.write_all(&self.bytes[start as usize..(start + len) as usize])?;
        }
        out.flush()?;
        self.bytes.clear();
        self.spans.clear();
        Ok(())
    }

    /// The strings in byte order without repetition.
    pub(crate) fn into_sorted(mut self) -> io::Result<Sorted> {
        if !self.chunks.is_empty() && !self.spans.is_empty() {
            self.spill()?;
        }
        self.sort();
        let mut sorted = Sorted {
            bytes: std::mem::take(&mut self.bytes),
            spans: std::mem::take(&mut self.spans).into_iter(),
            chunks: Vec::new(),
            heap: BinaryHeap::new(),
            last: None,
            _files: self,
        };
        for n in 0..sorted._files.chunks.len() {
            let file = File::open(&sorted._files.chunks[n])?;
            sorted.chunks.push(BufReader::with_capacity(1 << 17, file));
            sorted.advance(n)?;
        }
        Ok(sorted)
    }
}

impl Drop for ByteSorter {
    fn drop(&mut self) {
        for chunk in &self.chunks {
            // Nothing useful can be done about a file that will not go; it is in the caller's scratch folder.
            let _ = std::fs::remove_file(chunk);
        }
    }
}

/// The sorted strings.
pub(crate) struct Sorted {
    bytes: Vec<u8>,
    spans: std::vec::IntoIter<(u32, u32)>,
    chunks: Vec<BufReader<File>>,
    heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    last: Option<Vec<u8>>,
    /// Removes the chunks when dropped.
    _files: ByteSorter,
}

impl Sorted {
    fn advance(&mut self, chunk: usize) -> io::Result<()> {
        let mut len = [0u8; 4];
        match self.chunks[chunk].read_exact(&mut len) {
            Ok(()) => {
                let mut string = vec![0u8; u32::from_le_bytes(len) as usize];
                self.chunks[chunk].read_exact(&mut string)?;
                self.heap.push(Reverse((string, chunk)));
                Ok(())
            }
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn next_with_repetition(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some((start, len)) = self.spans.next() {
            let (start, len) = (start as usize, len as usize);
            return Ok(self.bytes.get(start..start + len).map(<[u8]>::to_vec));
        }
        match self.heap.pop() {
            Some(Reverse((string, chunk))) => {
                self.advance(chunk)?;
                Ok(Some(string))
            }
            None => Ok(None),
        }
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_with_repetition() {
                Ok(Some(string)) if self.last.as_ref() == Some(&string) => {}
                Ok(Some(string)) => {
                    self.last = Some(string.clone());
                    return Some(Ok(string));
                }
                Ok(None) => return None,
                Err(e) => return Some(Err(e)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(limit: usize, strings: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = ByteSorter::new(folder.path(), "test", limit);
        for string in strings {
            sorter.push(string.as_bytes()).unwrap();
        }
        let all = sorter.into_sorted().unwrap().map(|s| String::from_utf8(s.unwrap()).unwrap()).collect();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "chunks are removed");
        all
    }

    #[test]
    fn strings_come_back_in_order_and_once_whether_or_not_they_fit_memory() {
        let strings = ["kyiv", "aleppo", "kyiv", "zagreb", "aden", "basra", "aden", "mosul"];
        let expected = ["aden", "aleppo", "basra", "kyiv", "mosul", "zagreb"];
        assert_eq!(sorted(1 << 20, &strings), expected);
        assert_eq!(sorted(40, &strings), expected);
        assert_eq!(sorted(1, &strings), expected);
    }
}
