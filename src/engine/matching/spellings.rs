//! Which other spellings of a place's name an index uses as names.
//!
//! The gazetteer knows a place in many languages, and some of these names look like ordinary words of another: a word of
//! Turkish for a country, reduced to its stem, is "took". So a spelling is sought only where passages of the index that
//! hold it do name a place by it.

use crate::engine::matching::postings::LeafPostings;
use crate::engine::segment::Segment;
use crate::engine::snapshot::Snapshot;
use crate::index::record::{PassageRecord, PlaceRecord};
use crate::model::error::Result;
use crate::plan::leaf::{Alternative, Form, Leaf};
use crate::words::folded;

/// How many passages with a spelling are looked at.
const PASSAGES: usize = 6;

/// Whether passages of the index name a place by this spelling, which they know under these forms: at least half of the
/// first few by article that hold it. Of a name of several words it is enough that it stands there: no ordinary words stand
/// so side by side.
pub fn is_used(snapshot: &Snapshot, segments: &[Segment<'_>], name: &str, forms: &[Form]) -> Result<bool> {
    let one_word = forms.iter().any(|form| matches!(form.alternative, Alternative::Term(_)));
    let leaf = Leaf::of_forms(name, forms.to_vec());
    let mut passages: Vec<(u64, usize, u32)> = Vec::new();
    for segment in segments {
        let found = LeafPostings::of(segment, &leaf).map_err(|e| snapshot.fail(e))?;
        for doc in found.docs {
            passages.push((snapshot.article_of(segment, doc)?, segment.ordinal, doc));
        }
    }
    if !one_word {
        return Ok(!passages.is_empty());
    }
    // By article, so that it does not depend on how the index lies.
    passages.sort_unstable();
    passages.truncate(PASSAGES);
    let name = folded(name);
    let mut named = 0;
    for &(_, segment, doc) in &passages {
        let bytes = snapshot.stored(segment, doc)?;
        let Ok(record) = PassageRecord::unpack(&bytes) else { continue };
        let names_it = |places: &[PlaceRecord<'_>], text: &str| {
            places.iter().any(|place| {
                let written = text.get(place.start as usize..(place.start + place.len) as usize);
                written.is_some_and(|written| folded(written) == name)
            })
        };
        let in_title = record.article.as_ref().is_some_and(|article| names_it(&article.title_places, &article.title));
        named += usize::from(in_title || names_it(&record.places, &record.text));
    }
    Ok(named > 0 && 2 * named >= passages.len())
}
