//! The files behind a commit: one JSON line each, written anew for every commit and named in its payload.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::columns::ColumnMap;
use crate::index::store::format;
use crate::model::error::{Error, Result};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// All that could be read of it is in the index.
    Indexed,
    /// It was left out for a reason that is no failure: empty, unsupported, told to skip.
    Skipped,
    /// It, or a part of it, could not be read.
    Failed,
    /// A run was stopped inside it; the next run reads it again.
    Partial,
    /// Taken out for good on request; not read again before a rebuild.
    Forgotten,
}

/// One file of the archive, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Position of its root in [`Manifest::roots`].
    pub root: u32,
    /// Path below the root with `/` between parts.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Modification time in nanoseconds since 1970, for noticing changes only: never a date of an article.
    pub mtime: i64,
    /// Hash of its bytes (XXH3-128, hexadecimal); empty where it was not read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
    /// What became of it.
    pub state: FileState,
    /// Articles that the index holds of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub articles: u64,
    /// Passages that the index holds of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub passages: u64,
    /// Articles without a publication date.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undated: u64,
    /// Articles without any resolved place.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unplaced: u64,
    /// Words of its articles.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub words: u64,
    /// Date expressions whose days are not known for want of a year or an anchor.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub open_dates: u64,
    /// What could not be read and why, the first [`MOST_PROBLEMS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FileProblem>,
    /// How many problems there were in all.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub problem_count: u64,
    /// What was odd but read all the same, the first [`MOST_PROBLEMS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// How many problems and warnings of one file are kept in words; all are counted.
pub const MOST_PROBLEMS: usize = 20;

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl FileEntry {
    /// A file that has not been read yet.
    pub fn unread(root: u32, path: &str, size: u64, mtime: i64) -> Self {
        FileEntry {
            root,
            path: path.to_owned(),
            size,
            mtime,
            hash: String::new(),
            state: FileState::Indexed,
            articles: 0,
            passages: 0,
            undated: 0,
            unplaced: 0,
            words: 0,
            open_dates: 0,
            problems: Vec::new(),
            problem_count: 0,
            warnings: Vec::new(),
        }
    }

    /// A file that is not read at all, for this reason.
    pub fn left_out(root: u32, path: &str, state: FileState, reason: String) -> Self {
        let problems = vec![FileProblem { line: None, reason }];
        FileEntry { state, problems, problem_count: 1, ..FileEntry::unread(root, path, 0, 0) }
    }

    /// Decides the state of a file that was read to its end: without articles it was skipped, unless it failed.
    pub fn settle(&mut self) {
        if self.state == FileState::Indexed && self.articles == 0 {
            self.state = FileState::Skipped;
            if self.problems.is_empty() {
                self.problems.push(FileProblem { line: None, reason: "holds no article".to_owned() });
                self.problem_count += 1;
            }
        }
    }
}

/// A part of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    /// Line from 1, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: String,
}

/// All files that an index knows of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The folders and files that the index was ever given, absolute.
    pub roots: Vec<String>,
    /// For each root, a hash of the rules that its files were read by; where they change, all are read again.
    pub rules: Vec<String>,
    /// For each root, the columns that a run was last given for its tables; a run that is given none uses these again.
    pub columns: Vec<ColumnMap>,
    /// Files by root and path.
    pub files: BTreeMap<(u32, String), FileEntry>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    manifest: u32,
    roots: Vec<String>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    columns: Vec<ColumnMap>,
}

/// Sums over a manifest, kept in the commit's payload so that a search need not read the manifest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Files with articles in the index.
    pub files: u64,
    /// Files left out.
    pub skipped: u64,
    /// Files that failed, wholly or in part.
    pub failed: u64,
    /// Articles.
    pub articles: u64,
    /// Passages.
    pub passages: u64,
    /// Words.
    pub words: u64,
    /// Articles without a publication date.
    pub undated: u64,
    /// Articles without a resolved place.
    pub unplaced: u64,
    /// Date expressions whose days are not known.
    pub open_dates: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
}

impl Manifest {
    /// The root of this number as the index names it; empty where a damaged manifest has none.
    pub fn root(&self, number: u32) -> &str {
        self.roots.get(number as usize).map_or("", String::as_str)
    }

    /// The key by which the index knows a file; see [`file_key`].
    pub fn key_of(&self, file: &FileEntry) -> u64 {
        file_key(self.root(file.root), &file.path)
    }

    /// The root's number, adding it where it is new.
    pub fn root_number(&mut self, root: &str) -> u32 {
        let at = self.roots.iter().position(|r| r == root).unwrap_or_else(|| {
            self.roots.push(root.to_owned());
            self.roots.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Notes the rules that a root is read by and tells whether they were the same before; a new root has none to differ.
    pub fn set_rules(&mut self, root: u32, rules: &str) -> bool {
        let root = root as usize;
        if self.rules.len() <= root {
            self.rules.resize(root + 1, String::new());
        }
        let same = self.rules[root] == rules;
        rules.clone_into(&mut self.rules[root]);
        same
    }

    /// The columns that a root's tables are read by: those given now, which are noted, or else those of the run before.
    pub fn columns_for(&mut self, root: u32, given: &ColumnMap) -> &ColumnMap {
        let root = root as usize;
        if self.columns.len() <= root {
            self.columns.resize(root + 1, ColumnMap::default());
        }
        let kept = &mut self.columns[root];
        if !given.is_empty() {
            kept.clone_from(given);
        }
        kept
    }

    /// Sums over all files.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for file in self.files.values() {
            match file.state {
                FileState::Indexed | FileState::Partial => sums.files += 1,
                FileState::Skipped | FileState::Forgotten => sums.skipped += 1,
                FileState::Failed => {
                    sums.failed += 1;
                    sums.files += u64::from(file.articles > 0);
                }
            }
            sums.articles += file.articles;
            sums.passages += file.passages;
            sums.words += file.words;
            sums.undated += file.undated;
            sums.unplaced += file.unplaced;
            sums.open_dates += file.open_dates;
            sums.bytes += if file.articles > 0 { file.size } else { 0 };
        }
        sums
    }

    /// Writes the manifest under a name made of its content and returns the name.
    pub fn write(&self, index: &Path) -> Result<String> {
        let fail = |e: serde_json::Error| Error::io("cannot write a manifest", index, e.into());
        let mut bytes = Vec::new();
        let header = Header {
            manifest: format::FORMAT,
            roots: self.roots.clone(),
            rules: self.rules.clone(),
            columns: self.columns.clone(),
        };
        serde_json::to_writer(&mut bytes, &header).map_err(fail)?;
        bytes.push(b'\n');
        for file in self.files.values() {
            serde_json::to_writer(&mut bytes, file).map_err(fail)?;
            bytes.push(b'\n');
        }
        let name = format!("manifest-{:032x}.jsonl", xxhash_rust::xxh3::xxh3_128(&bytes));
        format::write_whole(&index.join(&name), &bytes)?;
        Ok(name)
    }

    /// Reads the manifest that a commit's payload names.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it is missing or a line of it cannot be read.
    pub fn read(index: &Path, name: &str) -> Result<Self> {
        let damaged = |reason: String| Error::Damaged { index: index.to_owned(), reason };
        let file = File::open(index.join(name)).map_err(|e| damaged(format!("{name}: {e}")))?;
        Self::read_open(index, name, &file)
    }

    /// Reads a manifest that is already open or in memory.
    ///
    /// # Errors
    /// [`Error::Damaged`] where a line of it cannot be read.
    pub fn read_open(index: &Path, name: &str, file: impl Read) -> Result<Self> {
        let damaged = |reason: String| Error::Damaged { index: index.to_owned(), reason };
        let mut lines = BufReader::new(file).lines();
        let first = lines.next().ok_or_else(|| damaged(format!("{name} is empty")))?;
        let first = first.map_err(|e| damaged(format!("{name}: {e}")))?;
        let header: Header = serde_json::from_str(&first).map_err(|e| damaged(format!("{name}, line 1: {e}")))?;
        let mut manifest =
            Manifest { roots: header.roots, rules: header.rules, columns: header.columns, files: BTreeMap::new() };
        for (n, line) in lines.enumerate() {
            let line = line.map_err(|e| damaged(format!("{name}, line {}: {e}", n + 2)))?;
            let file: FileEntry =
                serde_json::from_str(&line).map_err(|e| damaged(format!("{name}, line {}: {e}", n + 2)))?;
            manifest.files.insert((file.root, file.path.clone()), file);
        }
        Ok(manifest)
    }

    /// Removes manifests that no commit names any more.
    pub fn remove_others(index: &Path, keep: &str) {
        for entry in std::fs::read_dir(index).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|n| n.starts_with("manifest-") && n != keep) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// The key under which the engine knows a file: a hash of its root and path.
pub fn file_key(root: &str, path: &str) -> u64 {
    let mut bytes = Vec::with_capacity(root.len() + path.len() + 1);
    bytes.extend_from_slice(root.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(path.as_bytes());
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, state: FileState, articles: u64) -> FileEntry {
        FileEntry { state, articles, passages: articles * 2, ..FileEntry::unread(0, path, 10, 1) }
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        assert_eq!(manifest.root_number("/archive"), 0);
        for (path, state, articles) in
            [("b.txt", FileState::Indexed, 1), ("a \"quoted\".txt", FileState::Failed, 0), ("c", FileState::Skipped, 0)]
        {
            manifest.files.insert((0, path.to_owned()), entry(path, state, articles));
        }
        let name = manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path(), &name).unwrap(), manifest);
        let sums = manifest.sums();
        assert_eq!((sums.files, sums.failed, sums.skipped, sums.passages), (1, 1, 1, 2));
    }

    #[test]
    fn a_cut_manifest_is_damage_and_says_where() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("m"), "{\"manifest\":1,\"roots\":[]}\n{\"root\":0,").unwrap();
        let error = Manifest::read(folder.path(), "m").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
