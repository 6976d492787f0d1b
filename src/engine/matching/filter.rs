//! Filters against the index: facets by their postings, dates by their columns.

use std::collections::HashSet;

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Term};

use crate::engine::matching::event::EventColumns;
use crate::engine::schema::Fields;
use crate::engine::schema::terms::{facet, fold_source};
use crate::engine::segment::Segment;
use crate::engine::segment::columns::for_each_path;
use crate::engine::segment::cursor::{Cursor, TermsCursor};
use crate::engine::segment::doc_set::DocumentSet;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::facet::{country_path, paths_within};
use crate::geo::gazetteer::{PlaceClass, region};
use crate::index::record::unpack_days;
use crate::model::days::DayRangeBounds;
use crate::model::lag::{LagBounds, lag_of};
use crate::model::place::{CountryCode, PlaceId};
use crate::model::question::{DateKind, Filter};

/// Filters made ready once for all segments.
pub struct FilterPlan {
    coarse: bool,
    event_named: bool,
    /// The filters that are looked up by more than their own days, few enough to be gone through one by one.
    lookups: Vec<(Filter, Lookup)>,
}

/// What a filter is looked up by.
enum Lookup {
    /// Terms, any of which a passage must hold.
    Terms(Vec<Term>),
    /// Codes of places, any of which must stand last in one of a passage's paths.
    Places(HashSet<String>),
}

/// The most lists that are gone through side by side, each asked for every document that matches otherwise. Of more (a
/// region has up to sixty countries) the documents are gathered first.
const MOST_LISTS: usize = 16;

/// What making filters ready needs to know.
pub struct FilterContext<'a> {
    /// The gazetteer that names were resolved with.
    pub gazetteer: &'a Gazetteer,
    /// Whether `country:` also matches claimants.
    pub claims: bool,
    /// Whether date filters also match much longer expressions.
    pub coarse: bool,
    /// Whether days of events are only those that passages name.
    pub event_named: bool,
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
        let mut plan = FilterPlan { coarse: context.coarse, event_named: context.event_named, lookups: Vec::new() };
        for filter in filters {
            if plan.lookup(filter).is_some() {
                continue;
            }
            let lookup = match filter {
                Filter::Near { lat, lon, km } => {
                    let places = (context.places_in_index)()?.into_iter();
                    Lookup::Places(
                        places.filter(|code| lies_within(context.gazetteer, code, (*lat, *lon), *km)).collect(),
                    )
                }
                Filter::Date(..) | Filter::DateUnknown(_) | Filter::Lag(_) | Filter::LagUnknown => continue,
                _ => Lookup::Terms(terms_of(filter, fields, context)?),
            };
            plan.lookups.push((filter.clone(), lookup));
        }
        Ok(plan)
    }

    fn lookup(&self, filter: &Filter) -> Option<&Lookup> {
        self.lookups.iter().find(|(known, _)| known == filter).map(|(_, lookup)| lookup)
    }

    /// The documents of a segment that pass a filter.
    pub fn cursor<'a>(&'a self, filter: &Filter, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
        match (filter, self.lookup(filter)) {
            (Filter::Date(kind, asked), _) => self.dates(*kind, *asked, segment),
            (Filter::DateUnknown(DateKind::Event | DateKind::Named), _) => self.event_unknown(filter, segment),
            (Filter::DateUnknown(kind), _) => undated(*kind, segment),
            (Filter::Lag(asked), _) => self.lags(Some(*asked), segment),
            (Filter::LagUnknown, _) => self.lags(None, segment),
            (_, Some(Lookup::Terms(terms))) => any_term(terms, segment),
            (_, Some(Lookup::Places(places))) => any_place(places, segment),
            (_, None) => Ok(Cursor::Nothing),
        }
    }

    /// The documents that name a day of a lag asked for; for `None` those that name none of a known lag.
    fn lags<'a>(&self, asked: Option<LagBounds>, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
        let coarse = self.coarse;
        let (event, published) = (segment.column("event")?, segment.column("published")?);
        Ok(Cursor::Test(Box::new(move |doc: DocId| {
            let published = published.first(doc).map(unpack_days);
            let days = event.values_for_doc(doc).map(unpack_days);
            let mut lags = days.filter_map(|days| lag_of(days, published?, coarse));
            match asked {
                Some(asked) => lags.any(|lag| asked.holds(lag)),
                None => lags.next().is_none(),
            }
        })))
    }

    fn dates<'a>(
        &self,
        kind: DateKind,
        asked: DayRangeBounds,
        segment: &'a Segment<'a>,
    ) -> tantivy::Result<Cursor<'a>> {
        let coarse = self.coarse;
        if matches!(kind, DateKind::Event | DateKind::Named) {
            let days = EventColumns::of(segment, self.event_named || kind == DateKind::Named)?;
            return Ok(Cursor::Test(Box::new(move |doc: DocId| days.answer(doc, asked, coarse).is_some())));
        }
        let event = (kind != DateKind::Published).then(|| segment.column("event")).transpose()?;
        let published = segment.column("published")?;
        Ok(Cursor::Test(Box::new(move |doc: DocId| {
            let event = event.as_ref().is_some_and(|column| {
                column.values_for_doc(doc).any(|packed| asked.answered_by(unpack_days(packed), coarse))
            });
            // A publication date is compared as a date expression is: an article of "2025" does not answer for one day of it.
            event || published.first(doc).is_some_and(|packed| asked.answered_by(unpack_days(packed), coarse))
        })))
    }

    fn event_unknown<'a>(&self, filter: &Filter, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
        let named = self.event_named || matches!(filter, Filter::DateUnknown(DateKind::Named));
        let days = EventColumns::of(segment, named)?;
        Ok(Cursor::Test(Box::new(move |doc: DocId| days.are_unknown(doc))))
    }
}

/// The terms of which a passage that passes a filter holds one.
fn terms_of(filter: &Filter, fields: Fields, context: &FilterContext<'_>) -> crate::Result<Vec<Term>> {
    Ok(match filter {
        Filter::Country(code) => country_terms(*code, fields, context),
        Filter::Region(code) => {
            let countries = region::region_named(code).map_or(&[][..], |r| &r.countries);
            let mut terms: Vec<Term> =
                countries.iter().flat_map(|country| country_terms(*country, fields, context)).collect();
            terms.sort();
            terms.dedup();
            terms
        }
        Filter::Place(id) => {
            let paths = paths_within(context.gazetteer, id);
            paths.iter().map(|path| Term::from_facet(fields.place, &facet(path))).collect()
        }
        Filter::Source(name) => vec![Term::from_field_text(fields.source, &fold_source(name))],
        Filter::Language(code) => vec![Term::from_field_text(fields.language, &code.to_lowercase())],
        Filter::Path(pattern) => {
            (context.files_matching)(pattern)?.into_iter().map(|file| Term::from_field_u64(fields.file, file)).collect()
        }
        Filter::Near { .. } | Filter::Date(..) | Filter::DateUnknown(_) | Filter::Lag(_) | Filter::LagUnknown => {
            Vec::new()
        }
    })
}

fn country_terms(code: CountryCode, fields: Fields, context: &FilterContext<'_>) -> Vec<Term> {
    let mut terms = vec![Term::from_facet(fields.country, &facet(&country_path(code)))];
    if context.claims {
        for dispute in region::disputes().iter().filter(|d| d.claimed_by.contains(&code)) {
            let paths = paths_within(context.gazetteer, &dispute.place);
            terms.extend(paths.iter().map(|path| Term::from_facet(fields.place, &facet(path))));
        }
    }
    terms
}

/// The documents that hold any of these terms.
fn any_term<'a>(terms: &[Term], segment: &Segment<'_>) -> tantivy::Result<Cursor<'a>> {
    let mut lists = Vec::new();
    for term in terms {
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

/// The documents that name any of these places.
fn any_place<'a>(places: &HashSet<String>, segment: &Segment<'_>) -> tantivy::Result<Cursor<'a>> {
    let Some(column) = segment.words("place")? else { return Ok(Cursor::Nothing) };
    let mut wanted = vec![false; column.num_terms()];
    let mut any = false;
    for_each_path(&column, |ord, path| {
        if path.rsplit('\0').next().is_some_and(|code| places.contains(code))
            && let Some(flag) = wanted.get_mut(ord as usize)
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
        ords.values_for_doc(doc).any(|ord| wanted.get(ord as usize).copied().unwrap_or(false))
    })))
}

/// The documents of any of these lists.
fn united(lists: Vec<SegmentPostings>, max_doc: DocId) -> DocumentSet {
    let mut any = DocumentSet::none(max_doc);
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

fn undated<'a>(kind: DateKind, segment: &'a Segment<'a>) -> tantivy::Result<Cursor<'a>> {
    let event = segment.column("event")?;
    let published = segment.column("published")?;
    Ok(Cursor::Test(Box::new(move |doc: DocId| {
        let no_publication = published.first(doc).is_none();
        no_publication && (kind == DateKind::Published || event.first(doc).is_none())
    })))
}

/// Whether the place of this code is a point no farther than `km` from `centre`. Countries, divisions and regions are no
/// points: their centres say nothing of where in them something happened.
fn lies_within(gazetteer: &Gazetteer, code: &str, centre: (f64, f64), km: f64) -> bool {
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
