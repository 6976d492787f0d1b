//! Articles with the same text, which are one answer with its copies.
//!
//! Which articles share a text is found from the index after each commit and kept beside it under the commit's number,
//! so that a search need not look for it. Where the file is missing or of another commit, it is found afresh.

use std::collections::HashMap;
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::{Index, Searcher};

use super::format;
use crate::error::Result;

/// The groups of articles that share their text.
#[derive(Debug, Default, Clone)]
pub struct Copies {
    /// Group of each article that has a copy.
    group_of: HashMap<u64, u32>,
    /// Members of each group in the order in which they stand for it: the earliest published first, then by id.
    members: Vec<Vec<u64>>,
}

impl Copies {
    /// Whether no article has a copy, which is the usual case and worth a fast path.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.members.len()
    }

    /// The group of an article; `None` where its text is its own.
    pub fn group(&self, article: u64) -> Option<u32> {
        self.group_of.get(&article).copied()
    }

    /// The members of a group, the one that stands for all first.
    pub fn members(&self, group: u32) -> &[u64] {
        self.members.get(group as usize).map_or(&[], Vec::as_slice)
    }

    /// The place of an article in its group.
    pub fn order(&self, article: u64) -> usize {
        self.group(article).and_then(|g| self.members(g).iter().position(|a| *a == article)).unwrap_or(0)
    }

    fn from_groups(members: Vec<Vec<u64>>) -> Self {
        let mut group_of = HashMap::new();
        for (group, articles) in members.iter().enumerate() {
            for article in articles {
                group_of.insert(*article, group as u32);
            }
        }
        Copies { group_of, members }
    }

    /// Finds the groups by the column of text hashes.
    pub fn find(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut seen: Vec<(u64, u64, u64)> = Vec::new();
        for segment in searcher.segment_readers() {
            let fast = segment.fast_fields();
            let Some(hashes) = fast.column_opt::<u64>("text_hash")? else { continue };
            let articles: Column<u64> = fast.u64("article")?;
            let published: Option<Column<u64>> = fast.column_opt::<u64>("published")?;
            for doc in segment.doc_ids_alive() {
                let Some(hash) = hashes.first(doc) else { continue };
                let day = published.as_ref().and_then(|p| p.first(doc)).unwrap_or(u64::MAX);
                seen.push((hash, day, articles.first(doc).unwrap_or(0)));
            }
        }
        seen.sort_unstable();
        let groups = seen
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|same| same.len() > 1)
            .map(|same| same.iter().map(|(_, _, article)| *article).collect())
            .collect();
        Ok(Self::from_groups(groups))
    }

    /// Reads the file of this commit; `None` where there is none for it.
    pub fn read(generation: &Path, opstamp: u64) -> Option<Self> {
        let bytes = std::fs::read(generation.join(name(opstamp))).ok()?;
        postcard::from_bytes(&bytes).ok().map(Self::from_groups)
    }
}

fn name(opstamp: u64) -> String {
    format!("copies-{opstamp}.bin")
}

/// Writes the groups of a generation's last commit beside it and removes those of earlier ones. Numbers of commits begin
/// anew with each generation, so the file lies in the generation's own folder.
pub fn write(index_folder: &Path, generation: &Path, index: &Index) -> Result<()> {
    let fail = |e| super::writer::engine_error(index_folder, e);
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into().map_err(fail)?;
    let searcher: Searcher = tantivy::IndexReader::searcher(&reader);
    let copies = Copies::find(&searcher).map_err(fail)?;
    let opstamp = index.load_metas().map_err(fail)?.opstamp;
    let bytes = postcard::to_stdvec(&copies.members).unwrap_or_default();
    let name = name(opstamp);
    format::write_whole(&generation.join(&name), &bytes)?;
    for entry in std::fs::read_dir(generation).into_iter().flatten().flatten() {
        let other = entry.file_name();
        if other.to_str().is_some_and(|n| n.starts_with("copies-") && n != name) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(())
}
