//! Counting matches by the values of a field, in passages and in distinct articles.
//!
//! The count of a value is the number of passages that match the query and a filter by that value; the passages of an
//! article are neighbours, so that its last counted article is all that has to be remembered of a value.

use std::collections::{BTreeMap, HashMap, HashSet};

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::copies::Copies;
use super::record::unpack_days;
use super::search::Search;
use super::segment::Segment;
use crate::error::Result;
use crate::geo::facet::{country_path, paths_within, place_paths};
use crate::geo::{CountryCode, Gazetteer, PlaceId, region};
use crate::query::{Counts, DayRangeBounds, FacetCount, FacetField, FacetOptions, FacetScope, TimeUnit};
use crate::time::{Day, DayRange};

/// Calls `visit` with each path of a facet column's dictionary and its number, ascending.
pub(super) fn for_each_path(column: &StrColumn, mut visit: impl FnMut(u64, &str)) -> tantivy::Result<()> {
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        if let Ok(path) = std::str::from_utf8(stream.key()) {
            visit(stream.term_ord(), path);
        }
    }
    Ok(())
}

/// Counts of many values at once, each article once a value, copies folded together.
pub(super) struct Tally {
    counts: Vec<Counts>,
    /// For each value, the article last counted for it, by a number that grows with every article.
    last: Vec<u64>,
    article: u64,
    /// The copies' group that the current passage belongs to, and what was counted of it.
    group: Option<(u32, u32)>,
    group_passages: HashSet<(u32, u32, u32)>,
    group_articles: HashSet<(u32, u32)>,
}

impl Tally {
    /// A tally of values numbered from 0.
    pub fn new(values: usize) -> Self {
        Tally {
            counts: vec![Counts::default(); values],
            last: vec![0; values],
            article: 0,
            group: None,
            group_passages: HashSet::new(),
            group_articles: HashSet::new(),
        }
    }

    /// Makes room for values up to this number.
    pub fn grow(&mut self, values: usize) {
        if values > self.counts.len() {
            self.counts.resize(values, Counts::default());
            self.last.resize(values, 0);
        }
    }

    /// Begins the next article.
    pub fn next_article(&mut self) {
        self.article += 1;
    }

    /// Begins the next passage; `group` is its article's group of copies and its number.
    pub fn next_passage(&mut self, group: Option<(u32, u32)>) {
        self.group = group;
    }

    /// Counts the current passage for a value. A value must be given once a passage.
    pub fn add(&mut self, value: usize) {
        let Some(counts) = self.counts.get_mut(value) else { return };
        if let Some((group, number)) = self.group {
            if self.group_passages.insert((value as u32, group, number)) {
                counts.passages += 1;
            }
            if self.group_articles.insert((value as u32, group)) {
                counts.articles += 1;
            }
            return;
        }
        counts.passages += 1;
        if self.last[value] != self.article {
            self.last[value] = self.article;
            counts.articles += 1;
        }
    }

    /// The counts by value.
    pub fn counts(&self) -> &[Counts] {
        &self.counts
    }
}

/// Walks the complete matches of a search, telling a tally of each article and passage: `open` makes ready what is
/// counted by in a segment, `count` counts one passage by it.
pub(super) fn tally_matches<'r, C>(
    search: &Search<'r>,
    tally: &mut Tally,
    mut open: impl FnMut(&Segment<'r>) -> tantivy::Result<C>,
    mut count: impl FnMut(&mut C, DocId, &mut Tally),
) -> Result<()> {
    let copies: &Copies = search.reader.copies()?;
    let tree = search.plan.complete();
    search.matches_of(&tree, |segment, docs| {
        let mut columns = open(segment).map_err(|e| search.reader.fail(e))?;
        let mut article_end = 0;
        let mut group = None;
        for doc in docs {
            if doc >= article_end {
                tally.next_article();
                article_end = segment.article_end(doc);
                if !copies.is_empty() {
                    group = copies.group(search.reader.article_of(segment, doc)?);
                }
            }
            tally.next_passage(group.map(|g| (g, segment.number(doc))));
            count(&mut columns, doc, tally);
        }
        Ok(())
    })
}

/// Counts the complete matches of a search by a field.
pub(super) fn count(search: &Search<'_>, field: FacetField, options: &FacetOptions) -> Result<Vec<FacetCount>> {
    let mut found = match field {
        FacetField::Country | FacetField::Region => {
            let claims = Claims::of(search);
            let values = |code| match field {
                FacetField::Region => region_values(code),
                _ => country_values(code, options),
            };
            let own = |path: &str| country_of(path).map(&values).unwrap_or_default();
            let claimed = |path: &str| claims.by_path(path).flat_map(&values).collect();
            match search.query.claims {
                true => by_path(search, &[("country", &own), ("place", &claimed)])?,
                false => by_path(search, &[("country", &own)])?,
            }
        }
        FacetField::Place => {
            let places = PlaceValues::of(search, options)?;
            by_path(search, &[("place", &|path| places.values(path))])?
        }
        FacetField::Source => by_term(search, "source")?,
        FacetField::Language => by_term(search, "language")?,
        FacetField::Date => by_days(search, "event", options)?,
        FacetField::Published => by_days(search, "published", options)?,
    };
    found.sort_by(|a, b| {
        b.articles.cmp(&a.articles).then(b.passages.cmp(&a.passages)).then_with(|| a.value.cmp(&b.value))
    });
    Ok(found)
}

/// Numbers given to values as they turn up.
#[derive(Default)]
struct Values {
    number: HashMap<String, usize>,
    names: Vec<String>,
}

impl Values {
    fn number_of(&mut self, value: &str) -> usize {
        if let Some(n) = self.number.get(value) {
            return *n;
        }
        let n = self.names.len();
        self.number.insert(value.to_owned(), n);
        self.names.push(value.to_owned());
        n
    }
}

/// The values that a path counts for.
type ValuesOf<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Counts by the values that each path of these facet columns counts for; a value counts once a passage.
fn by_path(search: &Search<'_>, columns: &[(&str, ValuesOf<'_>)]) -> Result<Vec<FacetCount>> {
    let gazetteer = crate::index::Backend::gazetteer(search.reader);
    let mut values = Values::default();
    let mut tally = Tally::new(0);
    let open = |segment: &Segment<'_>| {
        let mut lists = Vec::with_capacity(columns.len());
        for (column, values_of) in columns {
            let Some(paths) = segment.reader.fast_fields().str(column)? else { continue };
            let mut values_of_ord: Vec<Vec<usize>> = vec![Vec::new(); paths.num_terms()];
            for_each_path(&paths, |ord, path| {
                if let Some(slot) = values_of_ord.get_mut(ord as usize) {
                    *slot = values_of(path).iter().map(|v| values.number_of(v)).collect();
                }
            })?;
            lists.push((paths.ords().clone(), values_of_ord));
        }
        Ok((lists, values.names.len()))
    };
    let mut seen: Vec<usize> = Vec::new();
    tally_matches(search, &mut tally, open, |(lists, total), doc, tally| {
        tally.grow(*total);
        seen.clear();
        for (ords, values_of_ord) in lists.iter() {
            for ord in ords.values_for_doc(doc) {
                for value in values_of_ord.get(ord as usize).into_iter().flatten() {
                    if !seen.contains(value) {
                        seen.push(*value);
                        tally.add(*value);
                    }
                }
            }
        }
    })?;
    let counted = values.names.into_iter().zip(tally.counts().iter().copied()).filter(|(_, c)| c.passages > 0);
    Ok(counted.map(|(value, counts)| labelled(gazetteer, value, counts)).collect())
}

fn country_of(path: &str) -> Option<CountryCode> {
    path.rsplit('\0').next().and_then(|code| code.parse().ok())
}

/// Who claims the disputed places, by the path prefixes of what lies within them.
struct Claims(Vec<(Vec<String>, &'static [CountryCode])>);

impl Claims {
    fn of(search: &Search<'_>) -> Self {
        let gazetteer = crate::index::Backend::gazetteer(search.reader);
        let disputes = if search.query.claims { region::disputes() } else { &[] };
        let within = |id: &PlaceId| paths_within(gazetteer, id).into_iter().map(|p| p.join("\0")).collect();
        Claims(disputes.iter().map(|d| (within(&d.place), d.claimed_by.as_slice())).collect())
    }

    /// The claimants of a place; one may stand more than once.
    fn by_path(&self, path: &str) -> impl Iterator<Item = CountryCode> {
        let here = self.0.iter().filter(move |(within, _)| within.iter().any(|above| is_below(path, above)));
        here.flat_map(|(_, claimants)| claimants.iter().copied())
    }
}

fn country_values(code: CountryCode, options: &FacetOptions) -> Vec<String> {
    let inside = match &options.under {
        Some(FacetScope::Region(name)) => region::region_named(name).is_some_and(|r| r.countries.contains(&code)),
        Some(FacetScope::Country(other)) => *other == code,
        _ => true,
    };
    if inside { vec![code.to_string()] } else { Vec::new() }
}

fn region_values(code: CountryCode) -> Vec<String> {
    region::regions().iter().filter(|r| r.countries.contains(&code)).map(|r| r.code.to_owned()).collect()
}

/// Which places a path of the place facet counts for.
struct PlaceValues {
    /// The path prefixes that values must lie below; `None` for all.
    scope: Option<Vec<String>>,
    /// Areas made of others ("Donbas") that the index names, with the prefixes of what lies within them.
    areas: Vec<(String, Vec<String>)>,
}

impl PlaceValues {
    fn of(search: &Search<'_>, options: &FacetOptions) -> Result<Self> {
        let gazetteer = crate::index::Backend::gazetteer(search.reader);
        let joined = |paths: Vec<Vec<String>>| paths.into_iter().map(|p| p.join("\0")).collect::<Vec<_>>();
        let mut areas = Vec::new();
        for code in search.reader.place_codes()? {
            // GeoNames' divisions and settlements hold what lies below their path; only our own and the user's entries
            // may be made of others.
            if let Ok(id @ (PlaceId::Own(_) | PlaceId::User(_))) = code.parse::<PlaceId>() {
                let within = joined(paths_within(gazetteer, &id));
                if within != joined(place_paths(gazetteer, &id)) {
                    areas.push((code, within));
                }
            }
        }
        let scope = match &options.under {
            None | Some(FacetScope::Days(_)) => None,
            Some(FacetScope::Country(code)) => Some(vec![country_path(*code).join("\0")]),
            Some(FacetScope::Region(name)) => {
                region::region_named(name).map(|r| r.countries.iter().map(|c| country_path(*c).join("\0")).collect())
            }
            Some(FacetScope::Place(id)) => Some(joined(paths_within(gazetteer, id))),
        };
        Ok(PlaceValues { scope, areas })
    }

    /// Whether an area lies wholly within the scope.
    fn holds_all(&self, within: &[String]) -> bool {
        let Some(scope) = &self.scope else { return true };
        within.iter().all(|part| scope.iter().any(|above| is_below(part, above)))
    }

    /// A place counts for itself, for all places that it lies below, and for the areas that hold it; M49 regions and
    /// countries have facets of their own.
    fn values(&self, path: &str) -> Vec<String> {
        let depth = match &self.scope {
            None => 0,
            // What holds the scope is not within it; the scope itself is, as the head of its own path.
            Some(scope) => match scope.iter().find(|above| is_below(path, above)) {
                Some(above) => above.split('\0').count().saturating_sub(1),
                None => return Vec::new(),
            },
        };
        let own = path.split('\0').skip(depth).filter(|code| code.contains(':')).map(str::to_owned);
        let areas = self.areas.iter().filter(|(_, within)| within.iter().any(|above| is_below(path, above)));
        own.chain(areas.filter(|(_, within)| self.holds_all(within)).map(|(code, _)| code.clone())).collect()
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'))
}

fn labelled(gazetteer: &Gazetteer, value: String, counts: Counts) -> FacetCount {
    let (label, path) = if let Ok(id) = value.parse::<PlaceId>() {
        let name = gazetteer.place(&id).map_or_else(|| value.clone(), |p| p.name);
        let mut path: Vec<String> = gazetteer.ancestors(&id).into_iter().map(|p| p.name).collect();
        path.push(name.clone());
        (name, path)
    } else if let Ok(code) = value.parse::<CountryCode>() {
        let name = gazetteer.country(code).map_or_else(|| value.clone(), |p| p.name);
        let mut path: Vec<String> =
            country_path(code).iter().filter_map(|c| region::region_named(c).map(|r| r.name.to_owned())).collect();
        path.push(name.clone());
        (name, path)
    } else if let Some(region) = region::region_named(&value) {
        (region.name.to_owned(), vec![region.name.to_owned()])
    } else {
        (value.clone(), Vec::new())
    };
    FacetCount { value, label, path, passages: counts.passages, articles: counts.articles }
}

fn by_term(search: &Search<'_>, column: &str) -> Result<Vec<FacetCount>> {
    let mut values = Values::default();
    let mut tally = Tally::new(0);
    let open = |segment: &Segment<'_>| {
        let Some(terms) = segment.reader.fast_fields().str(column)? else { return Ok(None) };
        let mut value_of_ord: Vec<usize> = vec![usize::MAX; terms.num_terms()];
        for_each_path(&terms, |ord, term| {
            if let Some(slot) = value_of_ord.get_mut(ord as usize) {
                *slot = values.number_of(term);
            }
        })?;
        Ok(Some((terms.ords().clone(), value_of_ord, values.names.len())))
    };
    tally_matches(search, &mut tally, open, |columns, doc, tally| {
        let Some((ords, value_of_ord, total)) = columns else { return };
        tally.grow(*total);
        if let Some(value) = ords.first(doc).and_then(|ord| value_of_ord.get(ord as usize)) {
            tally.add(*value);
        }
    })?;
    let counted = values.names.into_iter().zip(tally.counts().iter().copied()).filter(|(_, c)| c.passages > 0);
    Ok(counted
        .map(|(value, counts)| FacetCount {
            label: value.clone(),
            path: vec![value.clone()],
            value,
            passages: counts.passages,
            articles: counts.articles,
        })
        .collect())
}

/// Counts by the years, months and days that expressions overlap, with the rule that the filters have: an expression
/// counts for a period where a search for the period would find it.
fn by_days(search: &Search<'_>, column: &str, options: &FacetOptions) -> Result<Vec<FacetCount>> {
    let coarse = search.query.coarse;
    let scope = match &options.under {
        Some(FacetScope::Days(days)) => Some(*days),
        _ => None,
    };
    // The next smaller unit below what was asked for, years where nothing was.
    let unit = options.unit.unwrap_or(match scope {
        None => TimeUnit::Year,
        Some(days) if days.days() > 31 => TimeUnit::Month,
        Some(_) => TimeUnit::Day,
    });
    let mut numbers: HashMap<DayRange, usize> = HashMap::new();
    let mut periods: Vec<DayRange> = Vec::new();
    let mut tally = Tally::new(0);
    let mut seen: Vec<usize> = Vec::new();
    let open = |segment: &Segment<'_>| segment.column(column);
    tally_matches(search, &mut tally, open, |days_of, doc, tally| {
        seen.clear();
        for packed in days_of.values_for_doc(doc) {
            for period in periods_answered(unpack_days(packed), unit, scope, coarse) {
                let value = *numbers.entry(period).or_insert_with(|| {
                    periods.push(period);
                    periods.len() - 1
                });
                if !seen.contains(&value) {
                    seen.push(value);
                    tally.grow(value + 1);
                    tally.add(value);
                }
            }
        }
    })?;
    let mut found: BTreeMap<DayRange, Counts> = BTreeMap::new();
    for (period, counts) in periods.into_iter().zip(tally.counts()) {
        found.insert(period, *counts);
    }
    Ok(found
        .into_iter()
        .map(|(period, counts)| {
            let value = period.to_string();
            FacetCount {
                label: value.clone(),
                path: path_of_days(&value),
                value,
                passages: counts.passages,
                articles: counts.articles,
            }
        })
        .collect())
}

/// The year, month and day that a value in ISO form lies in, itself last.
fn path_of_days(value: &str) -> Vec<String> {
    [4, 7, 10].into_iter().filter_map(|end| value.get(..end)).map(str::to_owned).collect()
}

/// The periods of a unit for which an expression answers, within a scope.
fn periods_answered(days: DayRange, unit: TimeUnit, scope: Option<DayRange>, coarse: bool) -> Vec<DayRange> {
    let mut periods = Vec::new();
    let (from, to) = match scope {
        Some(scope) => (days.from.max(scope.from), days.to.min(scope.to)),
        None => (days.from, days.to),
    };
    // An expression longer than any period of this unit answers for none, however many it overlaps.
    let longest = if coarse { i64::MAX } else { longest_period(unit).max(DayRangeBounds::COARSEST_FOR_SHORT) };
    if days.days() > longest {
        return periods;
    }
    let mut at = from;
    while at <= to {
        let Some(period) = unit.bucket_of(at) else { break };
        let asked = DayRangeBounds { from: Some(period.from), to: Some(period.to) };
        if asked.answered_by(days, coarse) && scope.is_none_or(|s| s.contains(period)) {
            periods.push(period);
        }
        if period.to >= Day(i32::MAX) {
            break;
        }
        at = period.to.plus(1);
    }
    periods
}

fn longest_period(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Day => 1,
        TimeUnit::Week => 7,
        TimeUnit::Month => 31,
        TimeUnit::Quarter => 92,
        TimeUnit::Year => 366,
    }
}
