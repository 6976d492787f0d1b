//! CSV and TSV with a header: an article a row, the columns matched by name.
//!
//! Rows of event tables (ACLED, UCDP GED) carry the day and the place of an event in columns of their own: these are kept as
//! given facts, and are no publication date.

use crate::extract::header::{Header, Kind};

use csv::ByteRecord;

use crate::archive::field::Field;
use crate::extract::decode::decode;
use crate::extract::fields::{Values, complete_one_of_many, date_from_field};
use crate::extract::record::{ExtractSettings, Extracted, Out, Problem, RawRecord, article_of, push_article};
use crate::model::article::{GivenFacts, Origin};
use crate::model::days::DayRange;
use crate::time::published_from_field;

pub(crate) fn read(record: &RawRecord, header: &Header, row: &ByteRecord, settings: &ExtractSettings, out: &mut Out) {
    let fault = |problem: Problem| Extracted::Problem(problem.at_line(record.line));
    let mut cells: Vec<String> = Vec::with_capacity(row.len());
    let mut warning = None;
    for cell in row {
        match decode(cell.to_vec(), None) {
            Ok(decoded) => {
                warning = warning.or(decoded.warning);
                cells.push(decoded.text);
            }
            Err(reason) => return out.push(fault(Problem::failure(&record.path, reason))),
        }
    }
    let columns = header.names.len();
    if cells.iter().skip(columns).any(|c| !c.trim().is_empty()) {
        let reason = format!("a ragged row: {} fields where the header has {columns}", cells.len());
        return out.push(fault(Problem::failure(&record.path, reason)));
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
        Kind::Articles => {}
        Kind::Acled => acled(&mut values, &cell),
        Kind::UcdpGed => ucdp_ged(&mut values, &cell),
    }
    if values.says_nothing() {
        return out.push(fault(Problem::skip(&record.path, "a row with neither text nor title")));
    }
    let date = values.fill(&mut article, Origin::Record);
    if let Some(date) = date.filter(|_| header.kind == Kind::Articles) {
        date_from_field(&mut article, &date, Origin::Record, settings);
    }
    article.given = given(&cell, header.kind, settings);
    if header.kind == Kind::Articles {
        complete_one_of_many(&mut article, record, settings);
    } else {
        // An event's own day stands in the text and in the path, and is not the day of a publication.
        let facts = settings.archive.facts_of(&record.path);
        article.source = article.source.or(facts.source);
        article.language = article.language.or(facts.language);
        article.published =
            facts.date.map(|range| crate::model::article::Published { range, from: Origin::ArchiveFile });
    }
    push_article(out, article);
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
fn given<'a>(cell: &impl Fn(&str) -> Option<&'a str>, kind: Kind, settings: &ExtractSettings) -> Option<GivenFacts> {
    let days = |name: &str| cell(name).and_then(|c| published_from_field(c, settings.today).ok());
    let start = days("eventdate").or_else(|| days("datestart"));
    let end = days("dateend").or_else(|| days("eventenddate"));
    let names = ["location", "wherecoordinates", "admin3", "admin2", "adm2", "admin1", "adm1"];
    let number = |names: [&str; 3]| names.iter().find_map(|n| cell(n)?.parse::<f64>().ok());
    let coordinates = number(["latitude", "lat", "y"]).zip(number(["longitude", "lon", "lng"]));
    let facts = GivenFacts {
        days: start.map(|s| end.filter(|_| kind != Kind::Acled).map_or(s, |e| DayRange::new(s.from, e.to))),
        country: cell("country").map(str::to_owned),
        place_names: names.iter().filter_map(|n| cell(n)).map(str::to_owned).collect(),
        coordinates: coordinates.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0),
    };
    (facts != GivenFacts::default()).then_some(facts)
}

/// The delimiter of a table by its first line: the one of `,`, `;`, tab and `|` that divides it most often.
pub(crate) fn delimiter_of(first_line: &[u8]) -> Option<u8> {
    let count = |d: u8| first_line.iter().filter(|b| **b == d).count();
    [b'\t', b',', b';', b'|'].into_iter().max_by_key(|d| count(*d)).filter(|d| count(*d) > 0)
}

/// Whether a first line is the header of a table of articles or events, whatever the file is called.
pub(crate) fn is_header(first_line: &[u8]) -> bool {
    let Some(delimiter) = delimiter_of(first_line) else { return false };
    let Ok(line) = std::str::from_utf8(first_line) else { return false };
    let names: Vec<&str> = line.split(char::from(delimiter)).map(|n| n.trim().trim_matches('"')).collect();
    let known: Vec<_> = names.iter().filter_map(|n| Field::of_any_name(n)).collect();
    let speaks = known.iter().any(|(f, _)| matches!(f, Field::Text | Field::Title));
    // A sentence with commas has words that are no names: nearly every name must be short.
    let short = names.iter().all(|n| n.len() <= 40 && n.split_whitespace().count() <= 4);
    short && names.len() >= 3 && speaks && known.len() >= 3
}
