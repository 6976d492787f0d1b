//! Filters against the index: facets by their postings, dates by their columns.

use std::collections::{HashMap, HashSet};

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

use crate::engine::schema::Fields;
use crate::engine::schema::terms::{facet, fold_source};
use crate::engine::segment::Segment;
use crate::engine::segment::cursor::{Cursor, TermsCursor};
use crate::engine::segment::doc_set::Docs;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::facet::{country_path, paths_within};
use crate::geo::gazetteer::region;
use crate::index::record::unpack_days;
use crate::model::days::DayRangeBounds;
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::{DateKind, Filter};

/// Filters made ready once for all segments.
pub struct FilterPlan {
    fields: Fields,
    coarse: bool,
    /// The terms that stand for each filter that is looked up by postings.
    terms: HashMap<FilterKey, Vec<Term>>,
    /// Facet codes of places near a point, by the written form of the filter.
    near: HashMap<FilterKey, HashSet<String>>,
}

/// The most lists that are gone through side by side, each asked for every document that matches otherwise. Of more (a
/// region has up to sixty countries) the documents are gathered first.
const MOST_LISTS: usize = 16;

/// A filter by its written form, so that it can be a key.
type FilterKey = String;

fn key(filter: &Filter) -> FilterKey {
    format!("{filter:?}")
}

/// What making filters ready needs to know.
pub struct FilterContext<'a> {
    /// The gazetteer that names were resolved with.
    pub gazetteer: &'a Gazetteer,
    /// Whether `country:` also matches claimants.
    pub claims: bool,
    /// Whether date filters also match much longer expressions.
    pub coarse: bool,
    /// Keys of the files whose path fulfils a path filter.
    pub files_matching: &'a dyn Fn(&str) -> crate::Result<Vec<u64>>,
    /// All place codes that stand last in a facet path of the index, for distances.
    pub places_in_index: &'a dyn Fn() -> crate::Result<Vec<String>>,
}

impl FilterPlan {
    /// Makes these filters ready.
    pub fn of<'a>(
        filters: impl Iterator<Item = &'a Filter>,
        fields: Fields,
        context: &FilterContext<'_>,
    ) -> crate::Result<Self> {
        let mut plan = FilterPlan { fields, coarse: context.coarse, terms: HashMap::new(), near: HashMap::new() };
        for filter in filters {
            match filter {
                Filter::Near { lat, lon, km } => {
                    let places = (context.places_in_index)()?
                        .into_iter()
                        .filter(|code| lies_within(context.gazetteer, code, (*lat, *lon), *km))
                        .collect();
                    plan.near.insert(key(filter), places);
                }
                Filter::Date(..) | Filter::DateUnknown(_) => {}
                _ => {
                    let terms = plan.terms_of(filter, context)?;
                    plan.terms.insert(key(filter), terms);
                }
            }
        }
        Ok(plan)
    }

    fn terms_of(&self, filter: &Filter, context: &FilterContext<'_>) -> crate::Result<Vec<Term>> {
        let path_term = |field: Field, path: &[String]| Term::from_facet(field, &facet(path));
        Ok(match filter {
            Filter::Country(code) => self.country_terms(*code, context),
            Filter::Region(code) => {
                let countries = region::region_named(code).map_or(&[][..], |r| &r.countries);
                let mut terms: Vec<Term> = countries.iter().flat_map(|c| self.country_terms(*c, context)).collect();
                terms.sort();
                terms.dedup();
                terms
            }
            Filter::Place(id) => {
                paths_within(context.gazetteer, id).iter().map(|p| path_term(self.fields.place, p)).collect()
            }
            Filter::Source(name) => vec![Term::from_field_text(self.fields.source, &fold_source(name))],
            Filter::Language(code) => vec![Term::from_field_text(self.fields.language, &code.to_lowercase())],
            Filter::Path(pattern) => (context.files_matching)(pattern)?
                .into_iter()
                .map(|file| Term::from_field_u64(self.fields.file, file))
                .collect(),
            Filter::Near { .. } | Filter::Date(..) | Filter::DateUnknown(_) => Vec::new(),
        })
    }

    fn country_terms(&self, code: CountryCode, context: &FilterContext<'_>) -> Vec<Term> {
        let mut terms = vec![Term::from_facet(self.fields.country, &facet(&country_path(code)))];
        if context.claims {
            for dispute in region::disputes().iter().filter(|d| d.claimed_by.contains(&code)) {
                let paths = paths_within(context.gazetteer, &dispute.place);
                terms.extend(paths.iter().map(|p| Term::from_facet(self.fields.place, &facet(p))));
            }
        }
        terms
    }

    /// The documents of a segment that pass a filter.
    pub fn cursor<'a>(&'a self, filter: &Filter, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
        match filter {
            Filter::Date(kind, asked) => self.dates(*kind, *asked, segment),
            Filter::DateUnknown(kind) => undated(*kind, segment),
            Filter::Near { .. } => self.near_cursor(filter, segment),
            _ => {
                let mut lists = Vec::new();
                for term in self.terms.get(&key(filter)).into_iter().flatten() {
                    let index = segment.reader.inverted_index(term.field())?;
                    lists.extend(index.read_postings(term, IndexRecordOption::Basic)?);
                }
                Ok(match lists.len() {
                    0 => Cursor::Nothing,
                    1..=MOST_LISTS => Cursor::Terms(TermsCursor::new(lists)),
                    _ => {
                        let any = united(lists, segment.reader.max_doc());
                        Cursor::Test(Box::new(move |doc| any.holds(doc)))
                    }
                })
            }
        }
    }

    fn dates<'a>(
        &self,
        kind: DateKind,
        asked: DayRangeBounds,
        segment: &'a Segment<'a>,
    ) -> tantivy::Result<Cursor<'a>> {
        let coarse = self.coarse;
        let event = (kind != DateKind::Published).then(|| segment.column("event")).transpose()?;
        let published = (kind != DateKind::Event).then(|| segment.column("published")).transpose()?;
        Ok(Cursor::Test(Box::new(move |doc: DocId| {
            let event = event.as_ref().is_some_and(|column| {
                column.values_for_doc(doc).any(|packed| asked.answered_by(unpack_days(packed), coarse))
            });
            event
                || published
                    .as_ref()
                    .and_then(|column| column.first(doc))
                    .is_some_and(|packed| published_answers(asked, unpack_days(packed), coarse))
        })))
    }

    fn near_cursor<'a>(&'a self, filter: &Filter, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
        let Some(places) = self.near.get(&key(filter)) else { return Ok(Cursor::Nothing) };
        let Some(column) = segment.words("place")? else { return Ok(Cursor::Nothing) };
        let mut near = vec![false; column.num_terms()];
        let mut any = false;
        crate::engine::segment::columns::for_each_path(&column, |ord, path| {
            if path.rsplit('\0').next().is_some_and(|code| places.contains(code))
                && let Some(flag) = near.get_mut(ord as usize)
            {
                *flag = true;
                any = true;
            }
        })?;
        if !any {
            return Ok(Cursor::Nothing);
        }
        let ords = column.ords().clone();
        Ok(Cursor::Test(Box::new(move |doc| {
            ords.values_for_doc(doc).any(|ord| near.get(ord as usize).copied().unwrap_or(false))
        })))
    }
}

/// The documents of any of these lists.
fn united(lists: Vec<SegmentPostings>, max_doc: DocId) -> Docs {
    let mut any = Docs::none(max_doc);
    let mut buffer = [0; tantivy::COLLECT_BLOCK_BUFFER_LEN];
    for mut list in lists {
        loop {
            let filled = list.fill_buffer(&mut buffer);
            buffer[..filled].iter().for_each(|doc| any.add(*doc));
            if filled < buffer.len() {
                break;
            }
        }
    }
    any
}

/// Whether a publication date answers for the asked days: it is compared as a date expression is, so that an article of
/// "2025" does not answer for one day of it.
fn published_answers(asked: DayRangeBounds, published: crate::model::days::DayRange, coarse: bool) -> bool {
    asked.answered_by(published, coarse)
}

fn undated<'a>(kind: DateKind, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
    let event = segment.column("event")?;
    let published = segment.column("published")?;
    Ok(Cursor::Test(Box::new(move |doc: DocId| {
        let no_event = event.first(doc).is_none();
        let no_publication = published.first(doc).is_none();
        match kind {
            DateKind::Event => no_event,
            DateKind::Published => no_publication,
            DateKind::Either => no_event && no_publication,
        }
    })))
}

/// Whether the place of this code is a point no farther than `km` from `centre`. Countries, divisions and regions are no
/// points: their centres say nothing of where in them something happened.
fn lies_within(gazetteer: &Gazetteer, code: &str, centre: (f64, f64), km: f64) -> bool {
    use crate::geo::gazetteer::PlaceClass;
    let Some(place) = code.parse::<PlaceId>().ok().and_then(|id| gazetteer.place(&id)) else { return false };
    !matches!(
        place.class,
        PlaceClass::Region | PlaceClass::Country | PlaceClass::Division1 | PlaceClass::Division2 | PlaceClass::Area
    ) && kilometres(centre, (place.lat, place.lon)) <= km
}

/// Great-circle distance in kilometres between two points in degrees (haversine, mean Earth radius 6,371.0088 km, IUGG).
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |d: f64| (d / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((b.1 - a.1).to_radians());
    2.0 * 6_371.008_8 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((kilometres((48.6, 38.0), (48.6, 38.0))).abs() < 1e-9);
        let kyiv_to_kharkiv = kilometres((50.45, 30.52), (49.99, 36.23));
        assert!((kyiv_to_kharkiv - 409.0).abs() < 3.0, "{kyiv_to_kharkiv}");
        let over_the_date_line = kilometres((0.0, 179.5), (0.0, -179.5));
        assert!((over_the_date_line - 111.2).abs() < 0.2, "{over_the_date_line}");
    }
}
