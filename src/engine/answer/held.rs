//! What the index holds of places and publishers, told from its terms without going through its passages.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use crate::engine::schema::terms::facet;
use crate::engine::segment::Segment;
use crate::engine::snapshot::Snapshot;
use crate::geo::gazetteer::facet::place_paths;
use crate::model::error::Result;
use crate::model::place::PlaceId;

/// How many passages name each of these places itself.
pub fn passages_naming(snapshot: &Snapshot, places: &[PlaceId]) -> Result<Vec<u64>> {
    let segments = snapshot.segments()?;
    let passages = |place: &PlaceId| {
        // A passage that names the place has all its paths; one will do.
        let Some(path) = place_paths(snapshot.gazetteer(), place).into_iter().next() else { return Ok(0) };
        let mut sum = 0;
        for segment in &segments {
            sum += passages_of(segment, &path).map_err(|e| snapshot.fail(e))?;
        }
        Ok(sum)
    };
    places.iter().map(passages).collect()
}

/// How many passages of a segment have exactly this path of a place.
fn passages_of(segment: &Segment<'_>, path: &[String]) -> tantivy::Result<u64> {
    let path = facet(path);
    let term = Term::from_facet(segment.fields().place, &path);
    let index = segment.reader.inverted_index(segment.fields().place)?;
    // The list has passages that name what lies within the place, too; where it is empty, the column need not be opened.
    let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { return Ok(0) };
    let Some(column) = segment.words("place")? else { return Ok(0) };
    let Some(itself) = column.dictionary().term_ord(path.encoded_str().as_bytes())? else { return Ok(0) };
    let mut passages = 0;
    while postings.doc() != TERMINATED {
        let doc = postings.doc();
        if segment.is_alive(doc) && column.ords().values_for_doc(doc).any(|ord| ord == itself) {
            passages += 1;
        }
        postings.advance();
    }
    Ok(passages)
}

/// The publishers of the index's articles as they are compared, those of most passages first, then by name.
pub fn sources(snapshot: &Snapshot) -> Result<Vec<String>> {
    let mut passages: HashMap<String, u64> = HashMap::new();
    for segment in snapshot.segments()? {
        count_sources(&segment, &mut passages).map_err(|e| snapshot.fail(e))?;
    }
    let mut sources: Vec<(Reverse<u64>, String)> = passages.into_iter().map(|(name, n)| (Reverse(n), name)).collect();
    sources.sort();
    Ok(sources.into_iter().map(|(_, name)| name).collect())
}

fn count_sources(segment: &Segment<'_>, passages: &mut HashMap<String, u64>) -> tantivy::Result<()> {
    let index = segment.reader.inverted_index(segment.fields().source)?;
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let Ok(name) = std::str::from_utf8(terms.key()) else { continue };
        let found = match segment.reader.alive_bitset() {
            None => terms.value().doc_freq,
            // What was taken out stays in the lists until a merge.
            Some(alive) => index
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?
                .doc_freq_given_deletes(alive),
        };
        if found > 0 {
            *passages.entry(name.to_owned()).or_default() += u64::from(found);
        }
    }
    Ok(())
}
