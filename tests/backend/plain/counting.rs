//! Counting matches by the values of a field and by time, in sets of passages and of articles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::facet::{country_path, paths_within, place_paths};
use dateline::geo::gazetteer::region::{self, region_named};
use dateline::index::Backend;
use dateline::model::answer::{
    Counts, EventCounts, FacetAsk, FacetCount, FacetCounts, FacetField, FacetRow, FacetScope, FacetTable, TimeCell,
    TimeCounts, Timeline, TimelineBucket,
};
use dateline::model::days::{DayRange, DayRangeBounds, TimeUnit};
use dateline::model::error::{Error, Result};
use dateline::model::event::EventKind;
use dateline::model::place::{CountryCode, PlaceId};
use dateline::model::question::DateKind;

use super::Plain;
use super::matching::{Asked, At, event_answers};
use super::reading::Passage;

/// Paths of places, the largest code first.
type Paths = Vec<Vec<String>>;

/// The most buckets that a timeline may have.
const MOST_BUCKETS: usize = 400_000;

/// Passages, by article and number, and articles.
type Holders = (BTreeSet<(usize, usize)>, BTreeSet<usize>);

/// Passages and articles by value. Copies are one, and so are their passages of one number.
struct Tally<V>(BTreeMap<V, Holders>);

impl<V: Ord + Clone + Debug> Tally<V> {
    fn add(&mut self, plain: &Plain, at: At, value: V) {
        let article = plain.report_of(at.article);
        let (passages, articles) = self.0.entry(value).or_default();
        passages.insert((article, at.number));
        articles.insert(article);
    }

    fn counts(&self, value: &V) -> Counts {
        self.0.get(value).map_or_else(Counts::default, |(passages, articles)| Counts {
            passages: passages.len() as u64,
            articles: articles.len() as u64,
        })
    }
}

pub fn count(asked: &Asked<'_>) -> Counts {
    let mut tally = Tally(BTreeMap::new());
    asked.complete().into_iter().for_each(|at| tally.add(asked.plain, at, ()));
    tally.counts(&())
}

/// The answers to filters by event, by what their days rest on.
pub fn events(asked: &Asked<'_>) -> EventCounts {
    let wanted = asked.question.wanted_events();
    let mut tally = Tally(BTreeMap::new());
    for at in asked.complete() {
        let answers = wanted.iter().filter_map(|(days, named)| asked.event_answer(at, *days, *named));
        answers.for_each(|(kind, _)| tally.add(asked.plain, at, kind));
    }
    EventCounts::by(|kind| tally.counts(&kind))
}

pub fn facet(asked: &Asked<'_>, ask: &FacetAsk) -> FacetCounts {
    let mut tally: Tally<String> = Tally(BTreeMap::new());
    let mut by_kind: Tally<(String, EventKind)> = Tally(BTreeMap::new());
    for (at, values, kind) in values(asked, ask) {
        for value in values {
            tally.add(asked.plain, at, value.clone());
            kind.into_iter().for_each(|kind| by_kind.add(asked.plain, at, (value.clone(), kind)));
        }
    }
    ranked(asked.plain, ask, &tally, &by_kind)
}

/// Every complete match with the values that it counts for, and what these rest on where they are days of events.
fn values(asked: &Asked<'_>, ask: &FacetAsk) -> Vec<(At, Vec<String>, Option<EventKind>)> {
    let plain = asked.plain;
    let scope = scope_of(plain.gazetteer(), ask.under.as_ref());
    let areas = areas_of(plain, scope.as_deref());
    let disputes = disputes_of(plain.gazetteer(), asked.question.claims);
    let of = |at: At| -> (Vec<String>, Option<EventKind>) {
        let (stored, passage) = plain.at(at);
        let mut kind = None;
        let values = match ask.field {
            FacetField::Country => countries(passage, &disputes)
                .into_iter()
                .filter(|code| is_country_below(*code, ask.under.as_ref()))
                .map(|code| code.to_string())
                .collect(),
            FacetField::Region => {
                let codes = countries(passage, &disputes);
                let holds = |region: &&region::Region| region.countries.iter().any(|code| codes.contains(code));
                region::regions().iter().filter(holds).map(|region| region.code.to_owned()).collect()
            }
            FacetField::Place => places(passage, scope.as_deref(), &areas),
            FacetField::Date => {
                let days = asked.event_days(at, asked.question.event_named);
                kind = days.as_ref().map(|(kind, _)| *kind);
                days.map_or(Vec::new(), |(kind, days)| periods(kind, &days, ask, asked.question.coarse))
            }
            FacetField::Published => {
                let days: Vec<DayRange> = stored.published().into_iter().collect();
                periods(EventKind::Named, &days, ask, asked.question.coarse)
            }
            FacetField::Source => stored.article.info.source.iter().map(|name| name.trim().to_lowercase()).collect(),
            FacetField::Language => stored.article.info.language.iter().cloned().collect(),
        };
        (values, kind)
    };
    let of_match = |at: At| {
        let (values, kind) = of(at);
        (at, values, kind)
    };
    asked.complete().into_iter().map(of_match).collect()
}

/// The values in the order in which they answer, as many as were asked for.
fn ranked(plain: &Plain, ask: &FacetAsk, tally: &Tally<String>, by_kind: &Tally<(String, EventKind)>) -> FacetCounts {
    let mut values: Vec<(&String, Counts)> = tally.0.keys().map(|value| (value, tally.counts(value))).collect();
    values.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.articles, counts.passages)));
    let all = values.len();
    values.truncate(ask.limit.unwrap_or(all));
    let labelled = values.into_iter().map(|(value, counts)| {
        let (label, path) = named(plain.gazetteer(), ask.field, value);
        let events = EventCounts::by(|kind| by_kind.counts(&(value.clone(), kind)));
        let events = (ask.field == FacetField::Date).then_some(events);
        FacetCount { value: value.clone(), label, path, passages: counts.passages, articles: counts.articles, events }
    });
    FacetCounts { values: labelled.collect(), all }
}

/// The disputed places by the paths of what lies in them, with those who claim each; none where claims do not count.
fn disputes_of(gazetteer: &Gazetteer, claims: bool) -> Vec<(Paths, &'static [CountryCode])> {
    let disputes = region::disputes().iter().filter(|_| claims);
    disputes.map(|dispute| (paths_within(gazetteer, &dispute.place), dispute.claimed_by.as_slice())).collect()
}

/// The countries of a passage, and those that claim a disputed place that it names or that this lies in.
fn countries(passage: &Passage, disputes: &[(Paths, &'static [CountryCode])]) -> BTreeSet<CountryCode> {
    let mut codes: BTreeSet<CountryCode> = passage.countries.iter().copied().collect();
    for (within, claimants) in disputes {
        if passage.places.iter().any(|path| is_in(Some(within.as_slice()), path)) {
            codes.extend(*claimants);
        }
    }
    codes
}

fn is_country_below(code: CountryCode, under: Option<&FacetScope>) -> bool {
    match under {
        Some(FacetScope::Region(name)) => region_named(name).is_some_and(|region| region.countries.contains(&code)),
        Some(FacetScope::Country(other)) => *other == code,
        _ => true,
    }
}

/// The paths that values of the place facet must lie below; `None` for all.
fn scope_of(gazetteer: &Gazetteer, under: Option<&FacetScope>) -> Option<Paths> {
    match under? {
        FacetScope::Days(_) => None,
        FacetScope::Country(code) => Some(vec![country_path(*code)]),
        FacetScope::Region(name) => region_named(name).map(|r| r.countries.iter().map(|c| country_path(*c)).collect()),
        FacetScope::Place(id) => Some(paths_within(gazetteer, id)),
    }
}

fn is_in(scope: Option<&[Vec<String>]>, path: &[String]) -> bool {
    scope.is_none_or(|scope| scope.iter().any(|above| path.starts_with(above)))
}

/// Areas that are made of other places, are named in the archive and lie wholly in the scope, with the paths of their parts.
fn areas_of(plain: &Plain, scope: Option<&[Vec<String>]>) -> Vec<(String, Paths)> {
    let gazetteer = plain.gazetteer();
    let mut areas = Vec::new();
    for code in plain.place_codes() {
        let Ok(id @ (PlaceId::Own(_) | PlaceId::User(_))) = code.parse::<PlaceId>() else { continue };
        let within = paths_within(gazetteer, &id);
        if within != place_paths(gazetteer, &id) && within.iter().all(|part| is_in(scope, part)) {
            areas.push((code, within));
        }
    }
    areas
}

/// The places that a passage counts for: those that it names, what these lie in up to the country, and areas made of any.
fn places(passage: &Passage, scope: Option<&[Vec<String>]>, areas: &[(String, Paths)]) -> Vec<String> {
    let mut values = Vec::new();
    for path in &passage.places {
        let ends = (1..=path.len()).filter(|end| path[end - 1].contains(':') && is_in(scope, &path[..*end]));
        values.extend(ends.map(|end| path[end - 1].clone()));
        let parts = areas.iter().filter(|(_, parts)| is_in(Some(parts.as_slice()), path));
        values.extend(parts.map(|(code, _)| code.clone()));
    }
    values
}

/// The periods for which a search would find expressions of these days.
fn periods(kind: EventKind, expressions: &[DayRange], ask: &FacetAsk, coarse: bool) -> Vec<String> {
    let scope = match &ask.under {
        Some(FacetScope::Days(days)) => Some(*days),
        _ => None,
    };
    let unit = ask.unit.unwrap_or(match scope {
        None => TimeUnit::Year,
        Some(days) if days.days() > 31 => TimeUnit::Month,
        Some(_) => TimeUnit::Day,
    });
    let mut values = Vec::new();
    for days in expressions {
        // Publication on a day also answers for the day before it.
        let one_before = kind == EventKind::Published && days.from == days.to;
        let first = if one_before { days.from.plus(-1) } else { days.from };
        let mut next = unit.bucket_of(first);
        while let Some(period) = next.filter(|period| period.from <= days.to) {
            let asked = DayRangeBounds { from: Some(period.from), to: Some(period.to) };
            if event_answers(kind, *days, asked, coarse) && scope.is_none_or(|scope| scope.contains(period)) {
                values.push(period.to_string());
            }
            next = unit.bucket_of(period.to.plus(1));
        }
    }
    values
}

/// The name of a value for people, and the names of what it lies in, itself last.
fn named(gazetteer: &Gazetteer, field: FacetField, value: &str) -> (String, Vec<String>) {
    let (label, mut path) = match field {
        FacetField::Place => {
            let id: PlaceId = value.parse().unwrap();
            let above = gazetteer.ancestors(&id).into_iter().map(|place| place.name).collect();
            (gazetteer.place(&id).unwrap().name, above)
        }
        FacetField::Country => {
            let code: CountryCode = value.parse().unwrap();
            let regions = country_path(code).into_iter().filter_map(|code| region_named(&code));
            (gazetteer.country(code).unwrap().name, regions.map(|region| region.name.to_owned()).collect())
        }
        FacetField::Region => (region_named(value).unwrap().name.to_owned(), Vec::new()),
        FacetField::Source | FacetField::Language => (value.to_owned(), Vec::new()),
        FacetField::Date | FacetField::Published => {
            let above = [4, 7, 10].into_iter().filter_map(|end| value.get(..end)).map(str::to_owned);
            return (value.to_owned(), above.collect());
        }
    };
    path.push(label.clone());
    (label, path)
}

/// A facet by time: every passage is put to the filters of the buckets about its dates.
pub fn facet_by_time(asked: &Asked<'_>, ask: &FacetAsk, kind: DateKind, unit: TimeUnit) -> Result<FacetTable> {
    if matches!(ask.field, FacetField::Date | FacetField::Published) {
        return Err(Error::Usage("dates by dates".to_owned()));
    }
    let bounds = asked.question.bounding_days(kind);
    let is_asked = |bucket: DayRange| bounds.is_empty() || bounds.iter().any(|days| days.answered_by(bucket, true));
    let mut values_alone: Tally<String> = Tally(BTreeMap::new());
    let mut tally: Tally<(Option<String>, Share)> = Tally(BTreeMap::new());
    for (at, values, _) in values(asked, ask) {
        let (stored, _) = asked.plain.at(at);
        let found = match kind {
            DateKind::Published => stored.published().map(|days| (EventKind::Named, vec![days])),
            _ => asked.event_days(at, asked.question.event_named || kind == DateKind::Named),
        };
        let (rests_on, dates) = found.unwrap_or((EventKind::Named, Vec::new()));
        let mut buckets: Vec<DayRange> = Vec::new();
        for days in &dates {
            let is_published = rests_on == EventKind::Published;
            let mut next =
                unit.bucket_of(if is_published && days.from == days.to { days.from.plus(-1) } else { days.from });
            while let Some(bucket) = next.filter(|bucket| bucket.from <= days.to) {
                let filter = DayRangeBounds { from: Some(bucket.from), to: Some(bucket.to) };
                let coarse = asked.question.coarse;
                let answers = match is_published {
                    true => filter.answered_by_publication(*days, coarse),
                    false => filter.answered_by(*days, coarse),
                };
                if answers {
                    buckets.push(bucket);
                }
                next = unit.bucket_of(bucket.to.plus(1));
            }
        }
        let mut shares = vec![Share::Total];
        shares.extend(dates.is_empty().then_some(Share::Undated));
        shares.extend((!dates.is_empty() && buckets.is_empty()).then_some(Share::Coarser));
        shares.extend(buckets.into_iter().filter(|bucket| is_asked(*bucket)).map(Share::Bucket));
        values.iter().for_each(|value| values_alone.add(asked.plain, at, value.clone()));
        for row in values.into_iter().map(Some).chain([None]) {
            shares.iter().for_each(|share| tally.add(asked.plain, at, (row.clone(), share.clone())));
        }
    }
    let row = |value: Option<&String>| {
        let counts = |share| tally.counts(&(value.cloned(), share));
        let of_row = tally.0.keys().filter(|(of, _)| of.as_ref() == value);
        let cells = of_row.filter_map(|(_, share)| match share {
            Share::Bucket(days) => Some(TimeCell { days: *days, counts: counts(Share::Bucket(*days)) }),
            _ => None,
        });
        let cells = cells.collect();
        TimeCounts {
            cells,
            coarser: counts(Share::Coarser),
            undated: counts(Share::Undated),
            total: counts(Share::Total),
        }
    };
    let FacetCounts { values, all } = ranked(asked.plain, ask, &values_alone, &Tally(BTreeMap::new()));
    let rows = values.into_iter().map(|value| FacetRow { time: row(Some(&value.value)), value });
    Ok(FacetTable { rows: rows.collect(), all, total: row(None) })
}

/// What a passage counts for in a timeline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Total,
    Undated,
    Coarser,
    Bucket(DayRange),
}

pub fn timeline(asked: &Asked<'_>, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
    let bounds = asked.question.bounding_days(kind);
    let is_asked = |bucket: DayRange| bounds.is_empty() || bounds.iter().any(|days| days.answered_by(bucket, true));
    let mut tally = Tally(BTreeMap::new());
    let mut by_kind = Tally(BTreeMap::new());
    for at in asked.complete() {
        let (stored, _) = asked.plain.at(at);
        let published = || stored.published().map(|days| (EventKind::Named, vec![days]));
        let of_event = || asked.event_days(at, asked.question.event_named || kind == DateKind::Named);
        let found = if kind == DateKind::Published { published() } else { of_event() };
        let (rests_on, days) = found.unwrap_or((EventKind::Named, Vec::new()));
        let whole = |days: &DayRange| unit.bucket_of(days.from).filter(|bucket| bucket.contains(*days));
        let buckets: Vec<DayRange> = days.iter().filter_map(whole).collect();
        let is_a_day = |days: &DayRange| rests_on == EventKind::Published && days.from == days.to;
        let before = |days: &DayRange| unit.bucket_of(days.from.plus(-1)).filter(|_| is_a_day(days));
        let answered = days.iter().filter(|days| whole(days).is_some()).filter_map(before);
        let shown: BTreeSet<DayRange> =
            buckets.iter().copied().chain(answered).filter(|bucket| is_asked(*bucket)).collect();
        tally.add(asked.plain, at, Share::Total);
        if days.is_empty() {
            tally.add(asked.plain, at, Share::Undated);
        }
        if shown.is_empty() && buckets.len() < days.len() {
            tally.add(asked.plain, at, Share::Coarser);
        }
        if !days.is_empty() {
            by_kind.add(asked.plain, at, (Share::Total, rests_on));
        }
        for bucket in shown {
            tally.add(asked.plain, at, Share::Bucket(bucket));
            by_kind.add(asked.plain, at, (Share::Bucket(bucket), rests_on));
        }
    }
    let held: Vec<DayRange> = tally
        .0
        .keys()
        .filter_map(|share| match share {
            Share::Bucket(days) => Some(*days),
            _ => None,
        })
        .collect();
    let events = |share: Share| {
        let of = |rests_on| by_kind.counts(&(share.clone(), rests_on));
        (kind != DateKind::Published).then(|| EventCounts::by(of))
    };
    let mut buckets = Vec::new();
    let mut next = held.first().copied();
    while let Some(days) = next.filter(|days| held.last().is_some_and(|last| days.from <= last.from)) {
        buckets.push(TimelineBucket {
            days,
            counts: tally.counts(&Share::Bucket(days)),
            events: events(Share::Bucket(days)),
        });
        if buckets.len() > MOST_BUCKETS {
            return Err(Error::Usage(format!("the timeline has more than {MOST_BUCKETS} buckets")));
        }
        next = unit.bucket_of(days.to.plus(1));
    }
    Ok(Timeline {
        buckets,
        coarser: tally.counts(&Share::Coarser),
        undated: tally.counts(&Share::Undated),
        total: tally.counts(&Share::Total),
        events: events(Share::Total),
    })
}
