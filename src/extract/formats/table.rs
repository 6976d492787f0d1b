//! CSV and TSV with a header: an article a row, the columns matched by name.
//!
//! Rows of event tables (ACLED, UCDP GED) carry the day and the place of an event in columns of their own: these are kept as
//! given facts, and are no publication date.

use csv::ByteRecord;

use crate::archive::field::Field;
use crate::extract::article::{article_of, complete_one_of_many, date_from_field};
use crate::extract::decode::decode;
use crate::extract::fields::Values;
use crate::extract::header::{TableHeader, TableKind};
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::{GivenFacts, Origin, Published};
use crate::model::days::DayRange;
use crate::time::published_from_field;

pub(crate) fn read(
    record: &RawRecord,
    header: &TableHeader,
    row: &ByteRecord,
    settings: &ExtractSettings,
    out: &mut Outcomes,
) {
    let mut cells: Vec<String> = Vec::with_capacity(row.len());
    let mut warning = None;
    for cell in row {
        match decode(cell.to_vec(), None) {
            Ok(decoded) => {
                warning = warning.or(decoded.warning);
                cells.push(decoded.text);
            }
            Err(reason) => return out.push_problem(Problem::failure(&record.path, reason).at_line(record.line)),
        }
    }
    let columns = header.names.len();
    if cells.iter().skip(columns).any(|c| !c.trim().is_empty()) {
        let reason = format!("a ragged row: {} fields where the header has {columns}", cells.len());
        return out.push_problem(Problem::failure(&record.path, reason).at_line(record.line));
    }
    let mut article = article_of(record);
    article.warnings.extend(warning);
    if cells.len() < columns {
        article.warnings.push(format!("a ragged row: {} fields where the header has {columns}", cells.len()));
    }
    let cell = |name: &str| {
        let at = header.folded.iter().position(|f| f == name)?;
        cells.get(at).map(|c| c.trim()).filter(|c| !c.is_empty())
    };
    let mut values = Values::default();
    for (field, value) in header.fields.iter().zip(&cells) {
        if let Some((field, rank)) = field {
            values.offer(*field, *rank, value.clone());
        }
    }
    match header.kind {
        TableKind::Articles => {}
        TableKind::Acled => acled(&mut values, &cell),
        TableKind::UcdpGed => ucdp_ged(&mut values, &cell),
    }
    if values.says_nothing() {
        return out.push_problem(Problem::skip(&record.path, "a row with neither text nor title").at_line(record.line));
    }
    let date = values.fill(&mut article, Origin::Record);
    if let Some(date) = date.filter(|_| header.kind == TableKind::Articles) {
        date_from_field(&mut article, &date, Origin::Record, settings);
    }
    article.given = given(&cell, header.kind, settings);
    if header.kind == TableKind::Articles {
        complete_one_of_many(&mut article, record, settings);
    } else {
        // An event's own day stands in the text and in the path, and is not the day of a publication.
        let facts = settings.archive.facts_of(&record.path);
        article.source = article.source.or(facts.source);
        article.language = article.language.or(facts.language);
        article.published = facts.date.map(|range| Published { range, from: Origin::ArchiveFile });
    }
    out.push_article(article);
}

fn acled<'a>(values: &mut Values, cell: &impl Fn(&str) -> Option<&'a str>) {
    let place = joined([cell("location"), cell("admin1"), cell("country")], ", ");
    let what = cell("subeventtype").or_else(|| cell("eventtype")).unwrap_or_default();
    values.offer(Field::Title, 0, joined([Some(what), Some(place.as_str()), None], ": "));
    values.offer(Field::Text, 0, cell("notes").unwrap_or_default().to_owned());
    values.offer(Field::Id, 0, cell("eventidcnty").or_else(|| cell("dataid")).unwrap_or_default().to_owned());
}

fn ucdp_ged<'a>(values: &mut Values, cell: &impl Fn(&str) -> Option<&'a str>) {
    let place = joined([cell("wherecoordinates"), cell("adm1"), cell("country")], ", ");
    let what = cell("dyadname").or_else(|| cell("conflictname")).unwrap_or_default();
    values.offer(Field::Title, 0, joined([Some(what), Some(place.as_str()), None], ": "));
    let parts = [cell("sourceheadline"), cell("wheredescription"), cell("sourcearticle")];
    let text = joined(parts, ".\n\n");
    values.take(Field::Text);
    values.offer(Field::Text, 0, text);
    values.take(Field::Source);
    values.offer(Field::Source, 0, cell("sourceoffice").unwrap_or_default().to_owned());
    values.take(Field::Date);
}

fn joined(parts: [Option<&str>; 3], divider: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    parts.join(divider)
}

/// Day, country, names of the place and coordinates that a row gives for an event.
fn given<'a>(
    cell: &impl Fn(&str) -> Option<&'a str>,
    kind: TableKind,
    settings: &ExtractSettings,
) -> Option<GivenFacts> {
    let days = |name: &str| cell(name).and_then(|c| published_from_field(c, settings.today).ok());
    let start = days("eventdate").or_else(|| days("datestart"));
    let end = days("dateend").or_else(|| days("eventenddate"));
    let names = ["location", "wherecoordinates", "admin3", "admin2", "adm2", "admin1", "adm1"];
    let number = |names: [&str; 3]| names.iter().find_map(|n| cell(n)?.parse::<f64>().ok());
    let coordinates = number(["latitude", "lat", "y"]).zip(number(["longitude", "lon", "lng"]));
    let facts = GivenFacts {
        days: start.map(|s| end.filter(|_| kind != TableKind::Acled).map_or(s, |e| DayRange::new(s.from, e.to))),
        country: cell("country").map(str::to_owned),
        place_names: names.iter().filter_map(|n| cell(n)).map(str::to_owned).collect(),
        coordinates: coordinates.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0),
    };
    (facts != GivenFacts::default()).then_some(facts)
}
