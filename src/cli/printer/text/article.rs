//! A whole article as a person reads it: metadata and where it comes from, passages with their toponyms and dates.

use std::io::{self, Write};

use dateline::ByteSpan;
use dateline::geo::Gazetteer;
use dateline::model::answer::PassageInfo;
use dateline::model::article::Origin;
use dateline::model::days::DayRange;
use dateline::model::mention::TimexType;
use dateline::model::mention::ToponymKind;
use dateline::model::mention::{DateMention, PlaceMention};
use dateline::wire::sanitize;
use dateline::wire::view::ArticleView;
use unicode_width::UnicodeWidthStr;

use crate::cli::printer::layout::{Marked, counted, number, padded, write_wrapped};
use crate::cli::printer::text::place::place_label;
use crate::cli::printer::{Out, Role};

/// How an origin is named to people.
fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Record => "from the record",
        Origin::FrontMatter => "from the front matter",
        Origin::JsonLd => "from JSON-LD",
        Origin::Meta => "from a meta element",
        Origin::TimeElement => "from a time element",
        Origin::Markup => "from the page's markup",
        Origin::Header => "from the file's own header",
        Origin::Dateline => "from the dateline",
        Origin::FirstLines => "from the first lines",
        Origin::Url => "from the address",
        Origin::FileName => "from the file's name",
        Origin::ArchiveFile => "from dateline.toml",
        #[allow(unreachable_patterns, reason = "origins are added with formats")]
        _ => "from the file",
    }
}

/// Writes an article: all of it; or what matches a query, or is asked for by number, with so many passages `around`.
pub fn article(
    out: &mut Out,
    view: &ArticleView<'_>,
    path: &str,
    around: Option<usize>,
    gazetteer: &Gazetteer,
) -> io::Result<()> {
    let title = if view.info.title.trim().is_empty() { "(no title)" } else { view.info.title.trim() };
    write_wrapped(out, "", Role::Title, title)?;
    metadata(out, view, path, gazetteer)?;
    for passage in &view.passages {
        if view.is_printed(passage, around) {
            crate::cli::printer::text::article::passage(out, view, passage, gazetteer)?;
        }
    }
    out.write_all(b"\n")
}

fn metadata(out: &mut Out, view: &ArticleView<'_>, path: &str, gazetteer: &Gazetteer) -> io::Result<()> {
    let info = &view.info;
    let field = |out: &mut Out, name: &str, value: &str, from: Option<Origin>| -> io::Result<()> {
        let from = from.map(|o| format!("  ({})", origin_name(o))).unwrap_or_default();
        write_wrapped(out, &padded(&format!("  {name}"), 13), Role::Plain, &format!("{value}{from}"))
    };
    if let Some(from) = view.origin("title").filter(|_| !info.title.trim().is_empty()) {
        field(out, "headline", origin_name(from), None)?;
    }
    match info.published {
        Some((days, from)) => field(out, "published", &days.to_string(), Some(from))?,
        None => field(out, "published", "unknown", None)?,
    }
    for (name, value) in
        [("source", &info.source), ("byline", &info.byline), ("url", &info.url), ("language", &info.language)]
    {
        if let Some(value) = value {
            field(out, name, value, view.origin(name))?;
        }
    }
    field(out, "path", path, None)?;
    let record = info.record.as_ref().map(|r| format!("  (record {r})")).unwrap_or_default();
    field(out, "id", &format!("{}{record}", info.id), None)?;
    if !view.countries.is_empty() {
        let names: Vec<String> = view
            .countries
            .iter()
            .map(|c| {
                let name = gazetteer.country(c.code).map_or_else(|| c.code.to_string(), |p| p.name);
                format!("{name} {}{}", c.mentions, if c.focus { " (focus)" } else { "" })
            })
            .collect();
        field(out, "countries", &names.join(", "), None)?;
    }
    if let Some(given) = &info.given {
        let mut facts: Vec<String> = Vec::new();
        facts.extend(given.days.map(|d| d.to_string()));
        if !given.place_names.is_empty() {
            facts.push(given.place_names.join(", "));
        }
        facts.extend(given.country.clone());
        facts.extend(given.coordinates.map(|(lat, lon)| format!("{lat}, {lon}")));
        field(out, "given", &format!("{}  (by the record, not read from the text)", facts.join("; ")), None)?;
    }
    if let Some(matches) = &view.matches {
        let all = counted(view.passages.len() as u64, "passage");
        field(out, "matches", &format!("in {} of {all}", number(matches.passages.len() as u64)), None)?;
    }
    for mention in &view.title_toponyms {
        toponym(out, "title", mention, &info.title, gazetteer)?;
    }
    for warning in &view.warnings {
        write_wrapped(out, &padded("  note", 13), Role::Caution, warning)?;
    }
    Ok(())
}

fn passage(out: &mut Out, view: &ArticleView<'_>, passage: &PassageInfo, gazetteer: &Gazetteer) -> io::Result<()> {
    let asked = view.shown == Some(passage.number);
    let mut head = format!("#{}", passage.number);
    if let Some(line) = passage.line {
        head.push_str(&format!(" · line {line}"));
    }
    if let Some(page) = passage.page {
        head.push_str(&format!(" · page {page}"));
    }
    head.push_str(&format!(" · bytes {} to {}", number(passage.span.start as u64), number(passage.span.end as u64)));
    out.write_all(b"\n")?;
    let pointer = if asked { "▶ " } else { "  " };
    out.paint(if asked { Role::Title } else { Role::Dim }, &format!("{pointer}{head}\n"))?;

    let within = |span: ByteSpan| passage.span.contains(span).then(|| span.relative_to(passage.span.start));
    let mut marks: Vec<(ByteSpan, Role)> = Vec::new();
    marks.extend(view.matches.iter().flat_map(|m| &m.spans).filter_map(|s| within(*s)).map(|s| (s, Role::Match)));
    let places: Vec<&PlaceMention> = view.toponyms.iter().filter(|m| within(m.span).is_some()).collect();
    marks.extend(places.iter().filter_map(|m| within(m.span)).map(|s| (s, Role::Place)));
    let dates: Vec<(usize, &DateMention)> =
        view.dates.iter().enumerate().filter(|(_, d)| within(d.span).is_some()).collect();
    marks.extend(dates.iter().filter_map(|(_, d)| within(d.span)).map(|s| (s, Role::Date)));
    Marked::new(&passage.text, &marks).write(out, "    ", Role::Plain)?;

    let mut label = "places";
    for mention in places {
        toponym(out, label, mention, &view.text, gazetteer)?;
        label = "";
    }
    let carried = view.carried.iter().find(|(number, _)| *number == passage.number);
    if let Some((_, days)) = carried {
        let days: Vec<String> = days.iter().map(DayRange::to_string).collect();
        let text = format!("{}  (names no day; from what it stands under or goes on from)", days.join(", "));
        write_wrapped(out, &padded("    carried", 13), Role::Date, &text)?;
    }
    let mut label = "dates";
    for (n, date) in dates {
        crate::cli::printer::text::article::date(out, label, view, n, date)?;
        label = "";
    }
    Ok(())
}

fn toponym(out: &mut Out, label: &str, mention: &PlaceMention, text: &str, gazetteer: &Gazetteer) -> io::Result<()> {
    let name = sanitize::line(mention.span.of(text)).into_owned();
    let first = padded(&format!("    {label}"), 13);
    let kind = match mention.kind {
        ToponymKind::Place => "",
        ToponymKind::Demonym => ", demonym",
        ToponymKind::Facility => ", facility",
    };
    match &mention.place {
        Some(id) => {
            let disputed =
                if dateline::geo::gazetteer::region::dispute_of(gazetteer, id).is_some() { ", disputed" } else { "" };
            let text =
                format!("{name} → {} ({id}{kind}, {:.2}{disputed})", place_label(id, gazetteer), mention.confidence);
            write_wrapped(out, &first, Role::Place, &text)?;
        }
        None => write_wrapped(out, &first, Role::Caution, &format!("{name} → not resolved{kind}"))?,
    }
    for candidate in &mention.candidates {
        let reasons: Vec<String> = candidate.reasons.iter().map(|(what, by)| format!("{what} {by:+.2}")).collect();
        let text = format!("{:.2}  {} ({})  {}", candidate.score, candidate.label, candidate.id, reasons.join(", "));
        write_wrapped(out, &" ".repeat(15), Role::Dim, &text)?;
    }
    Ok(())
}

fn date(out: &mut Out, label: &str, view: &ArticleView<'_>, n: usize, date: &DateMention) -> io::Result<()> {
    let first = padded(&format!("    {label}"), 13);
    let said = sanitize::line(date.span.of(&view.text)).into_owned();
    let mut text = format!("{said} → {}", date.value);
    // Durations and sets have no days of their own.
    let is_calendar = matches!(date.kind, TimexType::Date | TimexType::Time);
    match date.days.map(|d| d.to_string()) {
        Some(days) if days != date.value => text.push_str(&format!(" = {days}")),
        None if is_calendar => text.push_str(" (days not known)"),
        _ => {}
    }
    if let Some((days, _)) = view.ranges.iter().find(|(_, members)| members.contains(&n)) {
        text.push_str(&format!(", part of {days}"));
    }
    if let Some(rule) = view.rules.get(n) {
        text.push_str(&format!("  [{rule}]"));
    }
    let role = if date.days.is_some() || !is_calendar { Role::Date } else { Role::Caution };
    debug_assert!(first.width() == 13);
    write_wrapped(out, &first, role, &text)
}
