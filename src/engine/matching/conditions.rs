//! The conditions of a plan as cursors over a segment, and the documents that meet them.

use crate::engine::matching::filter::FilterPlan;
use crate::engine::segment::Segment;
use crate::engine::segment::cursor::{Cursor, RunsCursor};
use crate::engine::segment::doc_set::Docs;
use crate::plan::leaf::{Leaf, Tree};

impl<'a> Segment<'a> {
    /// The documents that match a tree.
    pub fn cursor(&'a self, tree: &Tree, leaves: &[Leaf], filters: &'a FilterPlan) -> tantivy::Result<Cursor<'a>> {
        let each = |parts: &[Tree]| -> tantivy::Result<Vec<_>> {
            parts.iter().map(|part| self.cursor(part, leaves, filters)).collect()
        };
        Ok(match tree {
            Tree::All => Cursor::All,
            Tree::Leaf(n) => match leaves.get(*n) {
                Some(leaf) if leaf.title_only => self.articles_with(leaf)?,
                Some(leaf) => self.leaf(leaf, false)?.into_condition(),
                None => Cursor::Nothing,
            },
            Tree::Filter(filter) => filters.cursor(filter, self)?,
            Tree::And(parts) => Cursor::and(each(parts)?),
            Tree::Or(parts) => Cursor::or(each(parts)?),
            Tree::Not(part) => Cursor::not(self.cursor(part, leaves, filters)?),
        })
    }

    /// All passages of the articles whose title holds a leaf.
    fn articles_with(&self, leaf: &Leaf) -> tantivy::Result<Cursor<'a>> {
        let mut heads = self.leaf(leaf, false)?.into_condition();
        let mut runs = Vec::new();
        let mut doc = heads.seek(0);
        while doc < self.reader.max_doc() {
            if heads.matches(doc) {
                runs.push((doc, self.article_end(doc)));
            }
            doc = heads.seek(doc + 1);
        }
        Ok(if runs.is_empty() { Cursor::Nothing } else { Cursor::Runs(RunsCursor::new(runs)) })
    }
}

impl Docs {
    /// The documents that are not deleted and match.
    pub fn matching(segment: &Segment<'_>, cursor: &mut Cursor<'_>) -> Self {
        let max_doc = segment.reader.max_doc();
        if matches!(cursor, Cursor::All) && segment.reader.alive_bitset().is_none() {
            return Docs::all(max_doc);
        }
        let mut docs = Docs::none(max_doc);
        segment.for_each_match(cursor, |doc| docs.add(doc));
        docs
    }
}
