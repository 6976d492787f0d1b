//! Which segments are merged: few are left, so that a query looks into few, and each merge is small enough for memory.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Passages for which one segment more is left unmerged: some 100 MB of news.
const PASSAGES_A_SEGMENT: u64 = 140_000;

/// Segments that are left at least and at most.
const FEWEST: u64 = 2;
const MOST: u64 = 10;

/// The part of a segment's passages, in hundredths, that may be deleted before it is written anew.
const MOST_DELETED: u64 = 40;

/// Merges the smallest segments where there are more than an index of its size should have.
///
/// Small segments of many small runs are gathered so, a large one is left alone until many of its size have come, and a
/// merge holds no more of the index than it must: the engine maps all that it merges.
#[derive(Debug, Clone, Default)]
pub(crate) struct FewSegments {
    /// Segments that are not merged for now.
    pub(crate) protected: Arc<HashSet<SegmentId>>,
}

impl MergePolicy for FewSegments {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let free: Vec<SegmentMeta> = segments.iter().filter(|s| !self.protected.contains(&s.id())).cloned().collect();
        due(&free).into_iter().map(MergeCandidate).collect()
    }
}

/// The merges that are due: each the segments to put together.
pub(crate) fn due(segments: &[SegmentMeta]) -> Vec<Vec<SegmentId>> {
    let size = |s: &SegmentMeta| Size { passages: s.num_docs(), deleted: s.num_deleted_docs() };
    let merges = merges_of(&segments.iter().map(size).collect::<Vec<_>>());
    let ids = |merge: Vec<usize>| merge.into_iter().filter_map(|n| segments.get(n)).map(SegmentMeta::id).collect();
    merges.into_iter().map(ids).collect()
}

/// A segment as the policy sees it.
#[derive(Debug, Clone, Copy)]
struct Size {
    passages: u32,
    deleted: u32,
}

/// Which of the segments to merge with each other, by their numbers.
fn merges_of(segments: &[Size]) -> Vec<Vec<usize>> {
    let passages: u64 = segments.iter().map(|s| u64::from(s.passages)).sum();
    let allowed = (passages / PASSAGES_A_SEGMENT).clamp(FEWEST, MOST) as usize;
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|n| segments.get(*n).map_or(0, |s| s.passages));
    let surplus = segments.len().saturating_sub(allowed);
    let mut merges = Vec::new();
    let mut rest = order.as_slice();
    if surplus > 0 {
        let (merged, left) = order.split_at((surplus + 1).min(order.len()));
        merges.push(merged.to_vec());
        rest = left;
    }
    let worn = |s: &Size| u64::from(s.deleted) * 100 > MOST_DELETED * (u64::from(s.passages) + u64::from(s.deleted));
    merges.extend(rest.iter().filter(|n| segments.get(**n).is_some_and(worn)).map(|n| vec![*n]));
    merges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(passages: &[u32]) -> Vec<Size> {
        passages.iter().map(|p| Size { passages: *p, deleted: 0 }).collect()
    }

    #[test]
    fn two_segments_of_a_small_index_stay_and_a_third_joins_the_smaller() {
        assert!(merges_of(&whole(&[90_000, 50_000])).is_empty());
        assert_eq!(merges_of(&whole(&[90_000, 50_000, 100])), [[2, 1]]);
        assert_eq!(merges_of(&whole(&[90_000, 7, 50_000, 9, 8])), [[1, 4, 3, 2]]);
    }

    #[test]
    fn a_large_index_keeps_its_large_segments_apart() {
        assert!(merges_of(&whole(&[200_000; 8])).is_empty());
        let sizes = whole(&[200_000, 200_000, 200_000, 200_000, 90, 200_000, 80, 70]);
        assert_eq!(merges_of(&sizes), [[7, 6]]);
    }

    #[test]
    fn a_segment_that_is_mostly_deleted_is_written_anew() {
        let worn = Size { passages: 50, deleted: 50 };
        assert_eq!(merges_of(&[Size { passages: 900, deleted: 10 }, worn]), [[1]]);
        assert!(merges_of(&[]).is_empty());
    }

    #[test]
    fn each_passage_of_a_growing_index_is_merged_a_few_times_only() {
        let (mut segments, mut written) = (Vec::new(), 0_u64);
        for _ in 0..100 {
            segments.push(Size { passages: 90_000, deleted: 0 });
            for mut merge in merges_of(&segments) {
                merge.sort_unstable();
                let taken: Vec<Size> = merge.iter().rev().map(|n| segments.remove(*n)).collect();
                let passages = taken.iter().map(|s| s.passages).sum();
                written += u64::from(passages);
                segments.push(Size { passages, deleted: 0 });
            }
        }
        assert!(segments.len() <= 10);
        assert!(written < 6 * 100 * 90_000, "{written}");
    }
}
