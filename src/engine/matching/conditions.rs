//! The conditions of a plan as cursors over a segment, and the documents that meet them.

use crate::engine::matching::filter::FilterPlan;
use crate::engine::matching::leaf::LeafCursor;
use crate::engine::segment::Segment;
use crate::engine::segment::cursor::{Cursor, RunsCursor};
use crate::engine::segment::doc_set::DocumentSet;
use crate::plan::leaf::{Leaf, Tree};

/// The documents of a segment that meet a condition.
pub(crate) fn cursor_of<'a>(
    tree: &Tree,
    leaves: &[Leaf],
    filters: &'a FilterPlan,
    segment: &'a Segment<'a>,
) -> tantivy::Result<Cursor<'a>> {
    let each = |parts: &[Tree]| -> tantivy::Result<Vec<_>> {
        parts.iter().map(|part| cursor_of(part, leaves, filters, segment)).collect()
    };
    Ok(match tree {
        Tree::All => Cursor::All,
        Tree::Leaf(n) => match leaves.get(*n) {
            Some(leaf) if leaf.title_only => articles_with(leaf, segment)?,
            Some(leaf) => LeafCursor::of(segment, leaf, false)?.into_condition(),
            None => Cursor::Nothing,
        },
        Tree::Filter(filter) => filters.cursor(filter, segment)?,
        Tree::And(parts) => Cursor::and(each(parts)?),
        Tree::Or(parts) => Cursor::or(each(parts)?),
        Tree::Not(part) => Cursor::not(cursor_of(part, leaves, filters, segment)?),
    })
}

/// All passages of the articles whose title holds a leaf.
fn articles_with<'a>(leaf: &Leaf, segment: &Segment<'_>) -> tantivy::Result<Cursor<'a>> {
    let mut heads = LeafCursor::of(segment, leaf, false)?.into_condition();
    let mut runs = Vec::new();
    let mut doc = heads.seek(0);
    while doc < segment.reader.max_doc() {
        if heads.matches(doc) {
            runs.push((doc, segment.article_end(doc)));
        }
        doc = heads.seek(doc + 1);
    }
    Ok(if runs.is_empty() { Cursor::Nothing } else { Cursor::Runs(RunsCursor::new(runs)) })
}

/// The documents of a segment that are not deleted and meet a condition.
pub(crate) fn documents_meeting(cursor: &mut Cursor<'_>, segment: &Segment<'_>) -> DocumentSet {
    let max_doc = segment.reader.max_doc();
    if matches!(cursor, Cursor::All) && segment.reader.alive_bitset().is_none() {
        return DocumentSet::all(max_doc);
    }
    let mut docs = DocumentSet::none(max_doc);
    segment.for_each_match(cursor, |doc| docs.add(doc));
    docs
}
