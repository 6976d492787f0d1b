//! The names by which the outputs call things: ids of passages, kinds of dates, fields, buckets.

use crate::geo::Gazetteer;
use crate::geo::gazetteer::Place;
use crate::model::answer::{FacetField, PassageInfo, TimelineBucket};
use crate::model::article::ArticleId;
use crate::model::days::{DayRange, TimeUnit};
use crate::model::question::DateKind;

/// The id of a passage: that of its article with `#` and its number.
pub fn passage_id(article: ArticleId, passage: &PassageInfo) -> String {
    format!("{article}#{}", passage.number)
}

/// The kind of date as `matched.date` and a timeline's `on` give it.
pub fn date_kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Event | DateKind::Named => "event",
        DateKind::Published => "published",
        DateKind::Either => "either",
    }
}

/// The field's name on the command line and in output.
pub fn facet_name(field: FacetField) -> &'static str {
    match field {
        FacetField::Region => "region",
        FacetField::Country => "country",
        FacetField::Place => "place",
        FacetField::Date => "date",
        FacetField::Published => "published",
        FacetField::Source => "source",
        FacetField::Language => "language",
    }
}

/// Names of what a place lies in, the largest first, itself last.
pub fn path_of(place: &Place, gazetteer: &Gazetteer) -> Vec<String> {
    let mut path: Vec<String> = gazetteer.ancestors(&place.id).into_iter().map(|p| p.name).collect();
    path.push(place.name.clone());
    path
}

/// The name of a bucket; see [`days_label`].
pub fn bucket_label(unit: TimeUnit, bucket: &TimelineBucket) -> String {
    days_label(unit, bucket.days)
}

/// The name of the days of a bucket: `2025-05-10`, `2025-W19`, `2025-05`, `2025-Q2`, `2025`. As a filter takes it.
pub fn days_label(unit: TimeUnit, days: DayRange) -> String {
    let first = days.from;
    match unit {
        TimeUnit::Week => match first.iso_week() {
            Some((year, week)) => format!("{year:04}-W{week:02}"),
            None => first.to_string(),
        },
        TimeUnit::Quarter => match first.date() {
            Some(date) => format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3),
            None => first.to_string(),
        },
        TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => days.to_string(),
    }
}

/// The name of a unit of time.
pub fn unit_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Year => "year",
    }
}
