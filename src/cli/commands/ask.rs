//! From what was typed to a [`Query`].

use dateline::engine::snapshot::Reader;
use dateline::geo::Gazetteer;
use dateline::model::days::DayRangeBounds;
use dateline::model::error::QueryError;
use dateline::model::field::Field;
use dateline::model::query::{DateKind, Expr, Filter, Matching, Query};
use dateline::query::days::days_from_filter;
use dateline::query::parse::{parse, parse_field_and_value, parse_filter};

use crate::cli::args::{FilterArgs, MatchHow, QueryArgs};
use crate::cli::arguments::query_of;
use crate::cli::commands::{Complaint, Open, Terminal, index, index_folder, open_in};
use crate::cli::messages::pointed_out;

/// Opens the index that a question is put to, after bringing it up to date where `--archive` asks for that.
pub fn open(args: &QueryArgs, terminal: &Terminal) -> anyhow::Result<Open> {
    let folder = index_folder(&args.at, args.archive.as_deref())?;
    if let Some(archive) = &args.archive {
        index::bring_up_to_date(archive, &folder, terminal)?;
    }
    Ok(open_in(&folder)?)
}

/// Builds the query and says how ambiguous names were read.
pub fn query(args: &QueryArgs, gazetteer: &Gazetteer, terminal: &Terminal) -> anyhow::Result<Query> {
    let mut notes = Vec::new();
    let text = query_of(&args.query, gazetteer);
    let parsed = parse(&text, gazetteer).map_err(dateline::Error::from)?;
    notes.extend(parsed.notes);
    let mut query = Query {
        expr: parsed.expr,
        filters: filters(&args.filters, gazetteer, &mut notes)?,
        excludes: excludes(&args.filters, gazetteer, &mut notes)?,
        matching: match args.matching {
            MatchHow::First => Matching::AllFirst,
            MatchHow::All => Matching::All,
            MatchHow::Any => Matching::Any,
        },
        exact: args.exact,
        claims: args.claims,
        coarse: args.coarse,
        ..Query::default()
    };
    if let Some(titles) = titles(&args.filters, gazetteer)? {
        query.expr = Some(match query.expr.take() {
            // In one list with the words, which else would have to be in every answer, partial ones too.
            Some(Expr::And(mut clauses)) => {
                clauses.push(titles);
                Expr::And(clauses)
            }
            Some(expr) => Expr::And(vec![expr, titles]),
            None => titles,
        });
    }
    notes.dedup();
    for note in notes {
        terminal.messages.note(&note);
    }
    Ok(query)
}

fn complaint(flag: &str, error: &QueryError) -> anyhow::Error {
    Complaint(pointed_out(flag, error)).into()
}

fn filters(args: &FilterArgs, gazetteer: &Gazetteer, notes: &mut Vec<String>) -> anyhow::Result<Vec<Filter>> {
    let mut filters = Vec::new();
    let given: [(Field, &str, &[String]); 10] = [
        (Field::Region, "--region", &args.region),
        (Field::Country, "--country", &args.country),
        (Field::Place, "--place", &args.place),
        (Field::Near, "--near", &args.near),
        (Field::Date, "--date", &args.date),
        (Field::Event, "--event", &args.event),
        (Field::Published, "--pub", &args.published),
        (Field::Source, "--source", &args.source),
        (Field::Language, "--lang", &args.lang),
        (Field::Path, "--path", &args.path),
    ];
    for (field, flag, values) in given {
        for value in values {
            filters.push(parse_filter(field, value, gazetteer, notes).map_err(|e| complaint(flag, &e))?);
        }
    }
    if args.from.is_some() || args.to.is_some() {
        let day = |flag: &str, text: &Option<String>| {
            let read = |text: &String| {
                let failed = |reason| complaint(flag, &QueryError { query: text.clone(), at: 0, reason });
                days_from_filter(text).map_err(failed)
            };
            text.as_ref().map(read).transpose()
        };
        let (from, to) = (day("--from", &args.from)?, day("--to", &args.to)?);
        let bounds = DayRangeBounds { from: from.map(|d| d.from), to: to.map(|d| d.to) };
        if let (Some(from), Some(to)) = (bounds.from, bounds.to)
            && from > to
        {
            return Err(Complaint(format!("--from {from} lies after --to {to}; no day is both")).into());
        }
        filters.push(Filter::Date(DateKind::Either, bounds));
    }
    Ok(filters)
}

fn excludes(args: &FilterArgs, gazetteer: &Gazetteer, notes: &mut Vec<String>) -> anyhow::Result<Vec<Filter>> {
    let read = |text: &String| parse_field_and_value(text, gazetteer, notes).map_err(|e| complaint("--exclude", &e));
    args.exclude.iter().map(read).collect()
}

/// Words for the title; those of one flag are all wanted, those of different ones are alternatives.
fn titles(args: &FilterArgs, gazetteer: &Gazetteer) -> anyhow::Result<Option<Expr>> {
    let mut branches = Vec::new();
    for text in &args.title {
        let parsed = parse(text, gazetteer).map_err(|e| complaint("--title", &e))?;
        let expr = parsed.expr.ok_or_else(|| Complaint("--title: a word is wanted".to_owned()))?;
        if holds_filter(&expr) {
            return Err(Complaint("--title: takes words; give filters by their own options".to_owned()).into());
        }
        branches.push(Expr::Title(Box::new(expr)));
    }
    Ok(match branches.len() {
        0 => None,
        1 => branches.pop(),
        _ => Some(Expr::Or(branches)),
    })
}

fn holds_filter(expr: &Expr) -> bool {
    match expr {
        Expr::Filter(_) | Expr::Title(_) => true,
        Expr::Not(inner) => holds_filter(inner),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(holds_filter),
        Expr::Word(_) | Expr::Phrase { .. } | Expr::Prefix(_) | Expr::Fuzzy { .. } => false,
    }
}

/// The words of a query that are wanted as they stand, for suggestions; none that are excluded.
pub fn plain_words(expr: Option<&Expr>) -> Vec<&str> {
    fn collect<'e>(expr: &'e Expr, words: &mut Vec<&'e str>) {
        match expr {
            Expr::Word(word) => words.push(word),
            Expr::Phrase { words: several, .. } => words.extend(several.iter().map(String::as_str)),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|p| collect(p, words)),
            Expr::Title(inner) => collect(inner, words),
            Expr::Not(_) | Expr::Filter(_) | Expr::Prefix(_) | Expr::Fuzzy { .. } => {}
        }
    }
    let mut words = Vec::new();
    if let Some(expr) = expr {
        collect(expr, &mut words);
    }
    words
}

/// The filters of a query that must hold, wherever they stand.
pub fn wanted_filters(query: &Query) -> Vec<&Filter> {
    fn collect<'e>(expr: &'e Expr, filters: &mut Vec<&'e Filter>) {
        match expr {
            Expr::Filter(filter) => filters.push(filter),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|p| collect(p, filters)),
            _ => {}
        }
    }
    let mut filters: Vec<&Filter> = query.filters.iter().collect();
    if let Some(expr) = &query.expr {
        collect(expr, &mut filters);
    }
    filters
}

/// The filters inside a query, each with whether it excludes.
pub fn filters_within(expr: Option<&Expr>) -> Vec<(bool, &Filter)> {
    fn collect<'e>(expr: &'e Expr, excludes: bool, filters: &mut Vec<(bool, &'e Filter)>) {
        match expr {
            Expr::Filter(filter) => filters.push((excludes, filter)),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|p| collect(p, excludes, filters)),
            Expr::Not(inner) => collect(inner, !excludes, filters),
            Expr::Word(_) | Expr::Phrase { .. } | Expr::Prefix(_) | Expr::Fuzzy { .. } | Expr::Title(_) => {}
        }
    }
    let mut filters = Vec::new();
    if let Some(expr) = expr {
        collect(expr, false, &mut filters);
    }
    filters
}

/// The days that the query's date filters ask for.
pub fn asked_days(query: &Query) -> Vec<DayRangeBounds> {
    wanted_filters(query)
        .into_iter()
        .filter_map(|f| match f {
            Filter::Date(DateKind::Event | DateKind::Either, bounds) => Some(*bounds),
            _ => None,
        })
        .collect()
}

/// A filter with the names behind its codes: `country:IN (India)`.
pub fn described(filter: &Filter, gazetteer: &Gazetteer) -> String {
    let name = match filter {
        Filter::Region(code) => dateline::geo::gazetteer::region::region_named(code).map(|r| r.name.to_string()),
        Filter::Country(code) => gazetteer.country(*code).map(|p| p.name),
        Filter::Place(id) => gazetteer.place(id).map(|p| dateline::query::place_name::label(&p, gazetteer)),
        _ => None,
    };
    match name {
        Some(name) => format!("{filter} ({name})"),
        None => filter.to_string(),
    }
}

/// Says how many files of the archive failed, and how many hits come from files that are no longer as they were.
pub fn say_what_is_lacking(reader: &Reader, stale: usize, terminal: &Terminal) {
    if stale > 0 {
        let (hits, come, were) = if stale == 1 { ("hit", "comes", "file") } else { ("hits", "come", "files") };
        terminal.messages.warning(&format!(
            "{stale} {hits} {come} from {were} changed or gone since indexing; bring the index up to date with `dateline index`"
        ));
    }
    let failed = reader.sums().failed;
    if failed > 0 {
        let files = if failed == 1 { "file" } else { "files" };
        terminal
            .messages
            .warning(&format!("{failed} {files} could not be read and cannot be found here; see `dateline status`"));
    }
}
