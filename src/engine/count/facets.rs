//! Counting matches by the values of a field, in passages and in distinct articles.
//!
//! The count of a value is the number of passages that match the query and a filter by that value.

use crate::engine::segment::columns::for_each_path;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;

use crate::engine::asked::Search;
use crate::engine::count::tally::{Tally, Values, tally_matches, walk_matches};
use crate::engine::count::term_lists::TermLists;
use crate::engine::segment::Segment;
use crate::engine::segment::columns::Batch;
use crate::engine::segment::doc_set::Docs;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::facet::{country_path, paths_within, place_paths};
use crate::geo::gazetteer::region;
use crate::index::record::unpack_days;
use crate::model::answer::{Counts, FacetAsk, FacetCount, FacetCounts, FacetField, FacetScope};
use crate::model::days::{Day, DayRange};
use crate::model::days::{DayRangeBounds, TimeUnit};
use crate::model::error::Result;
use crate::model::place::{CountryCode, PlaceId};

/// Counts the complete matches of a search by a field.
pub(crate) fn count(search: &Search<'_>, options: &FacetAsk) -> Result<FacetCounts> {
    let field = options.field;
    let fields = search.reader.fields();
    let itself = |term: &str| vec![term.to_owned()];
    let mut found = match field {
        FacetField::Country | FacetField::Region => {
            let claims = Claims::of(search);
            let values = |code| match field {
                FacetField::Region => region_values(code),
                _ => country_values(code, options),
            };
            let own = |path: &str| country_of(path).map(&values).unwrap_or_default();
            let claimed = |path: &str| claims.at(path).flat_map(&values).collect();
            let countries = By { name: "country", field: fields.country, paths: true, values_of: &own };
            let places = By { name: "place", field: fields.place, paths: true, values_of: &claimed };
            if search.question.claims {
                by_terms(search, &[countries, places])?
            } else {
                by_terms(search, &[countries])?
            }
        }
        FacetField::Place => {
            let places = PlaceValues::of(search, options)?;
            let values_of = |path: &str| places.values(path);
            by_terms(search, &[By { name: "place", field: fields.place, paths: true, values_of: &values_of }])?
        }
        FacetField::Source => {
            by_terms(search, &[By { name: "source", field: fields.source, paths: false, values_of: &itself }])?
        }
        FacetField::Language => {
            by_terms(search, &[By { name: "language", field: fields.language, paths: false, values_of: &itself }])?
        }
        FacetField::Date => by_days(search, "event", options)?,
        FacetField::Published => by_days(search, "published", options)?,
    };
    found.sort_by(|(a, in_a), (b, in_b)| {
        in_b.articles.cmp(&in_a.articles).then(in_b.passages.cmp(&in_a.passages)).then_with(|| a.cmp(b))
    });
    let all = found.len();
    // Only what is shown needs a name.
    found.truncate(options.limit.unwrap_or(all));
    let gazetteer = crate::index::Backend::gazetteer(search.reader);
    let labelled = found.into_iter().map(|(value, counts)| {
        let (label, path) = match field {
            FacetField::Country | FacetField::Region | FacetField::Place => named(gazetteer, &value),
            FacetField::Source | FacetField::Language => (value.clone(), vec![value.clone()]),
            FacetField::Date | FacetField::Published => (value.clone(), path_of_days(&value)),
        };
        FacetCount { value, label, path, passages: counts.passages, articles: counts.articles }
    });
    Ok(FacetCounts { values: labelled.collect(), all })
}

/// A field whose terms are counted by.
struct By<'a> {
    /// Its name.
    name: &'static str,
    field: Field,
    /// Whether its terms are paths, so that a passage holds all that its path lies below too.
    paths: bool,
    /// The values that a term counts for: each counts for every passage that holds the term.
    values_of: &'a dyn Fn(&str) -> Vec<String>,
}

/// Counts by the values that the terms of these fields count for, a value once a passage.
///
/// There are two ways to the same counts. Where few passages match, each is asked for its terms. Where many do, the lists
/// of the passages that hold each term are gone through: far fewer steps a passage, but always all of them.
fn by_terms(search: &Search<'_>, fields: &[By<'_>]) -> Result<Vec<(String, Counts)>> {
    let fail = |e| search.reader.fail(e);
    let (mut values, mut tally) = (Values::default(), Tally::default());
    walk_matches(search, |matches| {
        let segment = matches.segment;
        if !matches.are_many() {
            let tables = tables_of(segment, matches.docs, fields, &mut values).map_err(fail)?;
            return matches.tally(matches.docs, tables, &mut tally, Table::count);
        }
        let (own, copies) = matches.without_copies();
        let lists = TermLists::of(segment, fields.iter().map(|by| (by.field, by.values_of)), &mut values);
        lists.and_then(|lists| lists.count(segment, &own, &mut tally)).map_err(fail)?;
        if copies.is_empty() {
            return Ok(());
        }
        // What a copy counts for depends on what was counted of the others.
        let tables = tables_of(segment, &copies, fields, &mut values).map_err(fail)?;
        matches.tally(&copies, tables, &mut tally, Table::count)
    })?;
    Ok(values.counted(&tally).filter(|(_, counts)| counts.passages > 0).collect())
}

/// The values that the numbers in a column's dictionary count for.
struct Table {
    /// Where those of each number end in `values`; they begin where those of the one before end.
    ends: Vec<u32>,
    values: Vec<u32>,
}

/// The columns of some fields, with what their values in these documents count for.
fn tables_of(
    segment: &Segment<'_>,
    docs: &Docs,
    fields: &[By<'_>],
    values: &mut Values,
) -> tantivy::Result<Vec<(Column<u64>, Table)>> {
    let mut tables = Vec::with_capacity(fields.len());
    for by in fields {
        if let Some(terms) = segment.words(by.name)? {
            tables.push((terms.ords().clone(), Table::of(&terms, docs, by, values)?));
        }
    }
    Ok(tables)
}

impl Table {
    /// The table of a segment's column, for the numbers that these documents have.
    fn of(column: &StrColumn, docs: &Docs, by: &By<'_>, values: &mut Values) -> tantivy::Result<Self> {
        let mut wanted = vec![false; column.num_terms()];
        let mut batch = Batch::default();
        for block in docs.blocks() {
            batch.read(column.ords(), &block);
            for ord in batch.all() {
                if let Some(wanted) = wanted.get_mut(*ord as usize) {
                    *wanted = true;
                }
            }
        }
        let mut known: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let mut numbers_of = |term: &str, out: &mut Vec<u32>| {
            if let Some(numbers) = known.get(term) {
                out.extend(numbers);
                return;
            }
            let numbers: Vec<u32> = (by.values_of)(term).into_iter().map(|v| values.number_of(v) as u32).collect();
            out.extend(&numbers);
            known.insert(term.to_owned(), numbers);
        };
        let mut table = Table { ends: Vec::with_capacity(column.num_terms()), values: Vec::new() };
        for_each_path(column, |ord, path| {
            if !wanted.get(ord as usize).is_some_and(|wanted| *wanted) {
                return;
            }
            // What is not wanted, or no text, counts for nothing.
            table.ends.resize(ord as usize, table.values.len() as u32);
            if by.paths {
                path.match_indices('\0').for_each(|(end, _)| numbers_of(&path[..end], &mut table.values));
            }
            numbers_of(path, &mut table.values);
            table.ends.push(table.values.len() as u32);
        })?;
        Ok(table)
    }

    fn values(&self, ord: u64) -> &[u32] {
        let end = |ord: u64| self.ends.get(ord as usize).map_or(0, |end| *end as usize);
        self.values.get(ord.checked_sub(1).map_or(0, end)..end(ord)).unwrap_or_default()
    }

    /// Counts a passage with these numbers of the dictionary.
    fn count(&mut self, ords: &[u64], tally: &mut Tally) {
        for ord in ords {
            for value in self.values(*ord) {
                tally.add(*value as usize);
            }
        }
    }
}

fn country_of(path: &str) -> Option<CountryCode> {
    path.rsplit('\0').next().and_then(|code| code.parse().ok())
}

/// Who claims the disputed places, by the path prefixes of what lies within them.
struct Claims(Vec<(Vec<String>, &'static [CountryCode])>);

impl Claims {
    fn of(search: &Search<'_>) -> Self {
        let gazetteer = crate::index::Backend::gazetteer(search.reader);
        let disputes = if search.question.claims { region::disputes() } else { &[] };
        let within = |id: &PlaceId| paths_within(gazetteer, id).into_iter().map(|p| p.join("\0")).collect();
        Claims(disputes.iter().map(|d| (within(&d.place), d.claimed_by.as_slice())).collect())
    }

    /// The claimants of the disputed place, or the part of one, that has this path; one may stand more than once.
    fn at(&self, path: &str) -> impl Iterator<Item = CountryCode> {
        let here = self.0.iter().filter(move |(within, _)| within.iter().any(|part| part == path));
        here.flat_map(|(_, claimants)| claimants.iter().copied())
    }
}

fn country_values(code: CountryCode, options: &FacetAsk) -> Vec<String> {
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
    /// Areas made of others ("Donbas") that the index names and that lie wholly in the scope, by the paths of their parts.
    areas: FxHashMap<String, Vec<String>>,
}

impl PlaceValues {
    fn of(search: &Search<'_>, options: &FacetAsk) -> Result<Self> {
        let gazetteer = crate::index::Backend::gazetteer(search.reader);
        let joined = |paths: Vec<Vec<String>>| paths.into_iter().map(|p| p.join("\0")).collect::<Vec<_>>();
        let scope = match &options.under {
            None | Some(FacetScope::Days(_)) => None,
            Some(FacetScope::Country(code)) => Some(vec![country_path(*code).join("\0")]),
            Some(FacetScope::Region(name)) => {
                region::region_named(name).map(|r| r.countries.iter().map(|c| country_path(*c).join("\0")).collect())
            }
            Some(FacetScope::Place(id)) => Some(joined(paths_within(gazetteer, id))),
        };
        let mut values = PlaceValues { scope, areas: FxHashMap::default() };
        for code in search.reader.place_codes()? {
            // GeoNames' divisions and settlements hold what lies below their path; only our own and the user's entries
            // may be made of others.
            if let Ok(id @ (PlaceId::Own(_) | PlaceId::User(_))) = code.parse::<PlaceId>() {
                let within = joined(paths_within(gazetteer, &id));
                if within != joined(place_paths(gazetteer, &id)) && within.iter().all(|part| values.in_scope(part)) {
                    for part in within {
                        values.areas.entry(part).or_default().push(code.clone());
                    }
                }
            }
        }
        Ok(values)
    }

    fn in_scope(&self, path: &str) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.iter().any(|above| is_below(path, above)))
    }

    /// A path counts for the place that it ends in and for the areas that this is a part of; M49 regions and countries have
    /// facets of their own.
    fn values(&self, path: &str) -> Vec<String> {
        let mut values = self.areas.get(path).cloned().unwrap_or_default();
        let code = path.rsplit('\0').next().unwrap_or_default();
        if code.contains(':') && self.in_scope(path) {
            values.push(code.to_owned());
        }
        values
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'))
}

/// The name of a place, a country or a region, and the names of what it lies in, itself last.
fn named(gazetteer: &Gazetteer, value: &str) -> (String, Vec<String>) {
    let (name, mut path): (String, Vec<String>) = if let Ok(id) = value.parse::<PlaceId>() {
        let record = gazetteer.record_of(&id);
        let name = record.and_then(|record| gazetteer.name_of(record)).unwrap_or(value).to_owned();
        let above = record.map_or_else(Vec::new, |record| gazetteer.records_above(record));
        (name, above.into_iter().filter_map(|record| gazetteer.name_of(record)).map(str::to_owned).collect())
    } else if let Ok(code) = value.parse::<CountryCode>() {
        let name = gazetteer.country(code).map_or_else(|| value.to_owned(), |p| p.name);
        (name, country_path(code).iter().filter_map(|c| region::region_named(c).map(|r| r.name.to_owned())).collect())
    } else if let Some(region) = region::region_named(value) {
        (region.name.to_owned(), Vec::new())
    } else {
        return (value.to_owned(), Vec::new());
    };
    path.push(name.clone());
    (name, path)
}

/// Counts by the years, months and days that expressions overlap, with the rule that the filters have: an expression
/// counts for a period where a search for the period would find it.
fn by_days(search: &Search<'_>, column: &str, options: &FacetAsk) -> Result<Vec<(String, Counts)>> {
    let coarse = search.question.coarse;
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
    let mut numbers: FxHashMap<DayRange, usize> = FxHashMap::default();
    // The same days are spoken of in many passages.
    let mut known: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let open = |segment: &Segment<'_>| Ok(vec![(segment.column(column)?, ())]);
    let tally = tally_matches(search, open, |(), days, tally| {
        for packed in days {
            let periods = known.entry(*packed).or_insert_with(|| {
                let periods = periods_answered(unpack_days(*packed), unit, scope, coarse);
                let mut number = |period| {
                    let next = numbers.len();
                    *numbers.entry(period).or_insert(next)
                };
                periods.into_iter().map(&mut number).collect()
            });
            for period in periods {
                tally.add(*period);
            }
        }
    })?;
    let found: BTreeMap<DayRange, usize> = numbers.into_iter().collect();
    Ok(found.into_iter().map(|(period, n)| (period.to_string(), tally.counts(n))).collect())
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
