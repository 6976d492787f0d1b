//! Articles that are copies of each other, which are one answer; and where articles begin.
//!
//! Both are found from the index after each commit and kept beside it under the commit's number, so that a search need not
//! look for them. Where the file is missing or of another commit, it is found afresh.

use std::ops::Range;
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::{DocId, Index, Searcher, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use crate::engine::fault::engine_error;
use crate::engine::segment::borders::Borders;
use crate::index::store::format;
use crate::model::error::Result;

/// The first bytes of the file, with the version of what follows.
const MAGIC: [u8; 8] = *b"DLCOPY5\0";
/// Bytes of the header: the magic, the numbers of articles, of groups, of shelves and of segments, each a u32, and the XXH3 hash
/// of all that follows (u64).
const HEADER_BYTES: usize = 32;
/// Where the hash lies.
const SUM_AT: usize = 24;
/// Bytes of an article: its id (u64), its group and its place in it (u32 each).
const ARTICLE_BYTES: usize = 16;
/// Bytes of a member: its id (u64), its segment and its first document there (u32 each).
const MEMBER_BYTES: usize = 16;
/// Bytes that name a segment.
const SEGMENT_ID_BYTES: usize = 32;

/// The groups of articles that are copies of each other.
///
/// The file is used where it lies, mapped: a search looks up the few articles that it shows. All numbers are little endian.
///
/// | part | content |
/// |---|---|
/// | header | see [`HEADER_BYTES`] |
/// | shelves | u32 each: how many articles stand on this shelf and those before it; an article's shelf is the upper bits of its id |
/// | articles | [`ARTICLE_BYTES`] each, by id |
/// | groups | u32 each: how many members this group and those before it have |
/// | members | [`MEMBER_BYTES`] each, by group, in the order in which they stand for it: the earliest published first, then by id |
/// | segments | its id, how many documents it has (u32), a bit for each, set where its article has a copy, and its [`Borders`] |
#[derive(Debug, Clone)]
pub struct Copies {
    bytes: OwnedBytes,
    articles: usize,
    groups: usize,
    shelves: usize,
    segments: Vec<SegmentBits>,
}

/// An article of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its id.
    pub article: u64,
    /// Its segment, by its position.
    pub segment: u32,
    /// Its first document there.
    pub doc: DocId,
}

/// Where the bits of a segment's documents lie.
#[derive(Debug, Clone)]
struct SegmentBits {
    max_doc: DocId,
    copies: Range<usize>,
    borders: Range<usize>,
}

impl Copies {
    /// Whether no article has a copy, which is the usual case and worth a fast path.
    pub fn is_empty(&self) -> bool {
        self.groups == 0
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The group of an article; `None` where it has no copy.
    pub fn group(&self, article: u64) -> Option<u32> {
        self.place_of(article).map(|(group, _)| group)
    }

    /// The members of a group, the one that stands for all first.
    pub fn members(&self, group: u32) -> Vec<Member> {
        let ends = HEADER_BYTES + 4 * self.shelves + ARTICLE_BYTES * self.articles;
        let end = |n: usize| self.u32_at(ends + 4 * n).map_or(0, |end| end as usize).min(self.articles);
        let group = group as usize;
        if group >= self.groups {
            return Vec::new();
        }
        let members = group.checked_sub(1).map_or(0, end)..end(group);
        let member = |n: usize| {
            let at = ends + 4 * self.groups + MEMBER_BYTES * n;
            Some(Member { article: self.u64_at(at)?, segment: self.u32_at(at + 8)?, doc: self.u32_at(at + 12)? })
        };
        members.filter_map(member).collect()
    }

    /// The place of an article in its group.
    pub fn order(&self, article: u64) -> usize {
        self.place_of(article).map_or(0, |(_, order)| order as usize)
    }

    /// The group of an article and its place in it.
    fn place_of(&self, article: u64) -> Option<(u32, u32)> {
        let shelf = shelf_of(article, self.shelves);
        let end = |shelf: usize| self.u32_at(HEADER_BYTES + 4 * shelf).map_or(0, |end| end as usize);
        for n in shelf.checked_sub(1).map_or(0, end)..end(shelf).min(self.articles) {
            let at = HEADER_BYTES + 4 * self.shelves + ARTICLE_BYTES * n;
            if self.u64_at(at)? == article {
                return Some((self.u32_at(at + 8)?, self.u32_at(at + 12)?));
            }
        }
        None
    }

    /// Whether the article that a document is a passage of has a copy; sooner known than which.
    pub fn has_copy(&self, segment: usize, doc: DocId) -> bool {
        self.copied(segment).get(doc as usize / 8).is_some_and(|byte| byte >> (doc % 8) & 1 == 1)
    }

    /// A bit for each document of a segment, set where its article has a copy.
    pub fn copied(&self, segment: usize) -> &[u8] {
        self.segments.get(segment).and_then(|part| self.bytes.get(part.copies.clone())).unwrap_or_default()
    }

    /// Where the articles of a segment begin.
    pub fn borders(&self, segment: usize) -> Borders<'_> {
        let part = self.segments.get(segment);
        let bits = part.and_then(|part| self.bytes.get(part.borders.clone())).unwrap_or_default();
        Borders::of(bits, part.map_or(0, |part| part.max_doc))
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        self.bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
    }

    fn u64_at(&self, at: usize) -> Option<u64> {
        self.bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
    }

    /// The bytes of these groups, whose members are in order, in an index of these segments.
    fn written(groups: &[Vec<Member>], segments: &[SegmentReader]) -> tantivy::Result<Vec<u8>> {
        let mut articles: Vec<(u64, u32, u32)> = Vec::new();
        for (group, members) in groups.iter().enumerate() {
            articles.extend(members.iter().enumerate().map(|(order, m)| (m.article, group as u32, order as u32)));
        }
        articles.sort_unstable();
        let shelves = articles.len().next_power_of_two();
        let mut bytes = MAGIC.to_vec();
        let mut number = |n: usize| bytes.extend_from_slice(&(n as u32).to_le_bytes());
        [articles.len(), groups.len(), shelves, segments.len()].into_iter().for_each(&mut number);
        [0, 0].into_iter().for_each(&mut number);
        for shelf in 0..shelves {
            number(articles.partition_point(|(id, ..)| shelf_of(*id, shelves) <= shelf));
        }
        for (id, group, order) in &articles {
            bytes.extend_from_slice(&id.to_le_bytes());
            bytes.extend_from_slice(&group.to_le_bytes());
            bytes.extend_from_slice(&order.to_le_bytes());
        }
        let mut end = 0;
        for members in groups {
            end += members.len() as u32;
            bytes.extend_from_slice(&end.to_le_bytes());
        }
        for member in groups.iter().flatten() {
            bytes.extend_from_slice(&member.article.to_le_bytes());
            bytes.extend_from_slice(&member.segment.to_le_bytes());
            bytes.extend_from_slice(&member.doc.to_le_bytes());
        }
        for segment in segments {
            let ids = segment.fast_fields().u64("article")?;
            let mut bits = vec![0_u8; segment.max_doc().div_ceil(8) as usize];
            let mut copied = false;
            for doc in 0..segment.max_doc() {
                if let Some(id) = ids.first(doc) {
                    copied = articles.binary_search_by_key(&id, |(id, ..)| *id).is_ok();
                }
                bits[doc as usize / 8] |= u8::from(copied) << (doc % 8);
            }
            bytes.extend_from_slice(segment.segment_id().uuid_string().as_bytes());
            bytes.extend_from_slice(&segment.max_doc().to_le_bytes());
            bytes.extend_from_slice(&bits);
            bytes.extend(Borders::written((0..segment.max_doc()).map(|doc| ids.first(doc).is_some())));
        }
        let sum = xxh3_64(&bytes[HEADER_BYTES..]);
        bytes[SUM_AT..HEADER_BYTES].copy_from_slice(&sum.to_le_bytes());
        Ok(bytes)
    }

    /// Takes bytes for what [`Copies::written`] made of these segments; `None` where they are not.
    fn of(bytes: OwnedBytes, segments: &[SegmentReader]) -> Option<Self> {
        let mut copies = Copies { bytes, articles: 0, groups: 0, shelves: 0, segments: Vec::new() };
        let number = |n: usize| copies.u32_at(MAGIC.len() + 4 * n).map(|n| n as usize);
        let (articles, groups, shelves, parts) = (number(0)?, number(1)?, number(2)?, number(3)?);
        // A changed byte would change answers; the file is found afresh instead.
        if copies.u64_at(SUM_AT)? != xxh3_64(copies.bytes.get(HEADER_BYTES..)?) {
            return None;
        }
        if !copies.bytes.starts_with(&MAGIC) || !shelves.is_power_of_two() || parts != segments.len() {
            return None;
        }
        let mut at = HEADER_BYTES + 4 * (shelves + groups) + (ARTICLE_BYTES + MEMBER_BYTES) * articles;
        let mut found = Vec::with_capacity(parts);
        for segment in segments {
            let id = copies.bytes.get(at..at + SEGMENT_ID_BYTES)?;
            let max_doc = copies.u32_at(at + SEGMENT_ID_BYTES)?;
            if id != segment.segment_id().uuid_string().as_bytes() || max_doc != segment.max_doc() {
                return None;
            }
            let copied = at + SEGMENT_ID_BYTES + 4;
            let borders = copied + max_doc.div_ceil(8) as usize;
            at = borders + Borders::bytes_for(max_doc);
            found.push(SegmentBits { max_doc, copies: copied..borders, borders: borders..at });
        }
        (copies.articles, copies.groups, copies.shelves, copies.segments) = (articles, groups, shelves, found);
        (copies.bytes.len() == at).then_some(copies)
    }

    /// Finds the groups of an index.
    pub fn find(searcher: &Searcher) -> tantivy::Result<Self> {
        let bytes = Self::written(&groups_in(searcher)?, searcher.segment_readers())?;
        Self::of(OwnedBytes::new(bytes), searcher.segment_readers())
            .ok_or_else(|| tantivy::TantivyError::InternalError("more copies than can be numbered".to_owned()))
    }

    /// Maps the file of this commit; `None` where there is none for it, or one of other segments.
    pub fn read(generation: &Path, opstamp: u64, searcher: &Searcher) -> Option<Self> {
        let directory = MmapDirectory::open(generation).ok()?;
        let file = directory.open_read(Path::new(&name(opstamp))).ok()?;
        Self::of(file.read_bytes().ok()?, searcher.segment_readers())
    }
}

/// The shelf of an article among a power of two of them.
fn shelf_of(article: u64, shelves: usize) -> usize {
    // Ids are hashes, so that their upper bits spread them evenly.
    article.checked_shr(64 - shelves.trailing_zeros()).unwrap_or(0) as usize
}

/// The groups by the column of their keys.
fn groups_in(searcher: &Searcher) -> tantivy::Result<Vec<Vec<Member>>> {
    let mut seen: Vec<(u64, u64, Member)> = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let fast = reader.fast_fields();
        let Some(keys) = fast.column_opt::<u64>("copy_key")? else { continue };
        let articles: Column<u64> = fast.u64("article")?;
        let published: Option<Column<u64>> = fast.column_opt::<u64>("published")?;
        for doc in reader.doc_ids_alive() {
            let Some(key) = keys.first(doc) else { continue };
            let day = published.as_ref().and_then(|p| p.first(doc)).unwrap_or(u64::MAX);
            seen.push((key, day, Member { article: articles.first(doc).unwrap_or(0), segment, doc }));
        }
    }
    seen.sort_unstable();
    let groups = seen.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    Ok(groups.map(|same| same.iter().map(|(_, _, member)| *member).collect()).collect())
}

fn name(opstamp: u64) -> String {
    format!("copies-{opstamp}.bin")
}

/// Writes the groups of a generation's last commit beside it and removes those of earlier ones. Numbers of commits begin
/// anew with each generation, so the file lies in the generation's own folder.
pub fn write(index_folder: &Path, generation: &Path, index: &Index) -> Result<()> {
    let fail = |e| engine_error(index_folder, e);
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into().map_err(fail)?;
    let searcher: Searcher = tantivy::IndexReader::searcher(&reader);
    let groups = groups_in(&searcher).map_err(fail)?;
    let bytes = Copies::written(&groups, searcher.segment_readers()).map_err(fail)?;
    let opstamp = index.load_metas().map_err(fail)?.opstamp;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: Vec<u8>) -> Option<Copies> {
        Copies::of(OwnedBytes::new(bytes), &[])
    }

    fn groups(articles: &[&[u64]]) -> Vec<Vec<Member>> {
        let member = |article: &u64| Member { article: *article, segment: *article as u32 % 3, doc: *article as u32 };
        articles.iter().map(|group| group.iter().map(member).collect()).collect()
    }

    #[test]
    fn groups_read_back_as_they_were_written() {
        let groups = groups(&[&[u64::MAX, 3, 0], &[1 << 63, 2], &[77, 1 << 40]]);
        let copies = read(Copies::written(&groups, &[]).unwrap()).unwrap();
        assert_eq!(copies.groups(), 3);
        for (n, group) in groups.iter().enumerate() {
            assert_eq!(copies.members(n as u32), *group);
            for (order, member) in group.iter().enumerate() {
                assert_eq!((copies.group(member.article), copies.order(member.article)), (Some(n as u32), order));
            }
        }
        assert_eq!((copies.group(78), copies.members(3)), (None, vec![]));
    }

    #[test]
    fn no_copies_are_none() {
        let copies = read(Copies::written(&[], &[]).unwrap()).unwrap();
        assert!(copies.is_empty() && copies.group(5).is_none());
    }

    #[test]
    fn what_is_cut_or_changed_or_of_another_form_is_not_read() {
        let whole = Copies::written(&groups(&[&[1, 2], &[1 << 60, 5, 9]]), &[]).unwrap();
        for cut in 0..whole.len() {
            assert!(read(whole[..cut].to_vec()).is_none(), "{cut}");
        }
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] ^= 0xFF;
            assert!(read(wrong).is_none(), "{at}");
        }
    }
}
