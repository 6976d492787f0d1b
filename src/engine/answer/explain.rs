//! How the score of a hit came about, in words and numbers.

use crate::engine::matching::leaf::LeafCursor;
use crate::engine::rank::Ranking;
use crate::engine::score::{Scored, mixture};
use crate::engine::search::Search;
use crate::engine::segment::Segment;
use crate::model::answer::Matched;
use crate::model::error::Result;
use crate::model::event::EventKind;
use crate::plan::leaf::Leaf;

/// How a hit's score came about, a line each part: the mixture, each word's part of it, and what the second look added.
pub fn explain(search: &Search<'_>, ranking: &Ranking, hit: &Scored, matched: &Matched) -> Result<Vec<String>> {
    let fail = |e| search.snapshot.fail(e);
    let segment = &search.segments[hit.segment as usize];
    let words = segment.values("words").map_err(fail)?.get_val(hit.doc) as f32;
    let article_words = segment.values("article_words").map_err(fail)?.get_val(hit.doc) as f32;
    let mut lines = vec![mixture(hit)];
    for (n, leaf) in search.plan.leaves.iter().enumerate().filter(|(_, leaf)| leaf.weight > 0.0) {
        let weight = ranking.statistics.weight(n);
        let (in_article, in_passage) = counts(segment, leaf, hit).map_err(fail)?;
        lines.push(format!(
            "`{}`: article {:.3} ({in_article} in {article_words} words), passage {:.3} ({in_passage} in {words} words), \
             rarity {weight:.2}{}",
            leaf.label,
            ranking.statistics.in_article(weight, in_article, article_words),
            ranking.statistics.in_passage(weight, in_passage, words),
            variants_of(leaf),
        ));
    }
    lines.extend(ranking.refinement.explain(hit));
    lines.extend(matched.event.map(|(kind, days)| match kind {
        EventKind::Named => format!("event: {days}, which the passage names"),
        EventKind::Carried => {
            format!("event: {days}, carried from what it stands under or goes on from; it names no day")
        }
        EventKind::Published => {
            format!("event: published {days}, which answers for that day and the one before; it names and carries none")
        }
    }));
    Ok(lines)
}

/// How often a leaf stands in a hit's article and in its passage, words of the title weighed.
fn counts(segment: &Segment<'_>, leaf: &Leaf, hit: &Scored) -> tantivy::Result<(f32, f32)> {
    let mut cursor = LeafCursor::of(segment, leaf, false)?;
    let end = segment.article_end(hit.start);
    let (mut in_article, mut in_passage) = (0.0, 0.0);
    let mut doc = cursor.seek(hit.start);
    while doc < end {
        let found = cursor.weight(doc);
        in_article += found;
        if doc == hit.doc {
            in_passage = found;
        }
        doc = cursor.seek(doc + 1);
    }
    Ok((in_article, in_passage))
}

fn variants_of(leaf: &Leaf) -> String {
    if leaf.variants.is_empty() { String::new() } else { format!("; also sought as {}", leaf.variants.join(", ")) }
}
