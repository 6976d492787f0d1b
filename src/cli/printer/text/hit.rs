//! A hit as a person reads it: what it is, what it says, why it is there and how to open it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dateline::ByteSpan;
use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region::dispute_of;
use dateline::model::answer::{ArticleInfo, EventCounts, Hit, PassageInfo, Totals};
use dateline::model::days::DayRangeBounds;
use dateline::model::event::EventKind;
use dateline::model::mention::ToponymKind;
use dateline::model::place::PlaceId;
use dateline::model::question::{DateKind, Page};
use dateline::wire::sanitize;
use unicode_width::UnicodeWidthStr;

use crate::cli::printer::layout::{Marked, counted, cut, number, padded, write_wrapped};
use crate::cli::printer::{Out, Role};
use dateline::wire::labels::passage_id;

/// Place names listed above a passage.
const PLACES_SHOWN: usize = 6;
/// Copies listed below a passage.
const COPIES_SHOWN: usize = 3;
/// Lines that a reason may fill; a pasted query may lack a thousand words.
const MOST_LINES: usize = 3;
/// Everything of a hit but its rank stands behind so many columns.
const INDENT: &str = "    ";

/// Stands before the passage found where others are printed before and after it.
const POINTER: &str = "  ▶ ";

/// What of the question its answers refer to.
pub struct HitContext<'a> {
    /// For the names of places.
    pub gazetteer: &'a Gazetteer,
    /// The days asked for, so that a hit can name the expression that answered.
    pub asked_days: Vec<DayRangeBounds>,
    /// Whether long expressions answer too.
    pub coarse: bool,
    /// The folder that printed paths are relative to.
    pub current_folder: Option<PathBuf>,
}

/// Writes a hit and an empty line.
pub fn hit(out: &mut Out, hit: &Hit, context: &HitContext<'_>) -> io::Result<()> {
    head(out, hit)?;
    facts(out, hit, context)?;
    for passage in &hit.before {
        neighbour(out, passage)?;
        out.write_all(b"\n")?;
    }
    let alone = hit.before.is_empty() && hit.after.is_empty();
    let marks: Vec<_> = hit.passage.highlights.iter().map(|s| (*s, Role::Match)).collect();
    let text = Marked::new(&hit.passage.text, &marks);
    text.write_behind(out, if alone { INDENT } else { POINTER }, INDENT, Role::Plain)?;
    for passage in &hit.after {
        out.write_all(b"\n")?;
        neighbour(out, passage)?;
    }
    if !alone {
        out.write_all(b"\n")?;
    }
    reasons(out, hit, context)?;
    for line in &hit.explanation {
        write_wrapped(out, &format!("{INDENT}  "), Role::Dim, line)?;
    }
    copies(out, hit)?;
    whereabouts(out, hit, context)?;
    out.write_all(b"\n")
}

fn head(out: &mut Out, hit: &Hit) -> io::Result<()> {
    let rank = format!("{:>2}. ", hit.rank);
    let title = match hit.article.title.trim() {
        "" => "(no title)",
        title => title,
    };
    // The spans are of the title as it stands, with the spaces around it.
    let before = hit.article.title.len() - hit.article.title.trim_start().len();
    let within = |s: &ByteSpan| (s.start >= before).then(|| s.relative_to(before));
    let marks: Vec<_> = hit.title_highlights.iter().filter_map(within).map(|s| (s, Role::Match)).collect();
    out.paint(Role::Dim, &rank)?;
    let columns = out.width.saturating_sub(rank.width());
    Marked::new(title, &marks).write_cut(out, columns, Role::Title)?;
    out.write_all(b"\n")
}

/// The line below the headline: when it was published, by whom, and the places that the passage names.
fn facts(out: &mut Out, hit: &Hit, context: &HitContext<'_>) -> io::Result<()> {
    let mut parts: Vec<(Role, String)> = Vec::new();
    match hit.article.published {
        Some((days, _)) => parts.push((Role::Date, days.to_string())),
        None => parts.push((Role::Dim, "undated".to_owned())),
    }
    if let Some(source) = hit.article.source.as_deref().filter(|s| !s.trim().is_empty()) {
        parts.push((Role::Plain, cut(source.trim(), 30)));
    }
    let used: usize = parts.iter().map(|(_, text)| text.width() + 3).sum();
    let list = fitted(&place_names(hit, context.gazetteer), out.width.saturating_sub(INDENT.len() + used));
    if !list.is_empty() {
        parts.push((Role::Place, list));
    }
    let mut left = out.width.saturating_sub(INDENT.len());
    out.write_all(INDENT.as_bytes())?;
    for (n, (role, text)) in parts.iter().enumerate() {
        if n > 0 {
            if left < 8 {
                break;
            }
            out.paint(Role::Dim, " · ")?;
            left -= 3;
        }
        let text = cut(text, left);
        left = left.saturating_sub(text.width());
        out.paint(*role, &text)?;
    }
    out.write_all(b"\n")
}

/// As many of the names as fit the columns, at most [`PLACES_SHOWN`], and how many more there are.
fn fitted(names: &[String], columns: usize) -> String {
    let mut shown = names.len().min(PLACES_SHOWN);
    loop {
        let more = names.len() - shown;
        let list = names.get(..shown).unwrap_or(&[]).join(", ");
        let list = if more > 0 { format!("{list} +{more}") } else { list };
        if shown <= 1 || list.width() <= columns {
            return list;
        }
        shown -= 1;
    }
}

/// The places of a passage, each once, with their country and, where it is so, that they are disputed.
fn place_names(hit: &Hit, gazetteer: &Gazetteer) -> Vec<String> {
    let mut seen: Vec<&PlaceId> = Vec::new();
    let mut names = Vec::new();
    for mention in hit.passage.places.iter().filter(|m| m.kind != ToponymKind::Demonym) {
        let Some(id) = mention.place.as_ref().filter(|id| !seen.contains(id)) else { continue };
        seen.push(id);
        let Some(place) = gazetteer.place(id) else { continue };
        let mut name = place.name.clone();
        let mut notes: Vec<String> = Vec::new();
        if !matches!(place.class, dateline::geo::gazetteer::PlaceClass::Country) {
            notes.extend(place.countries.iter().map(|c| c.to_string()));
        }
        if dispute_of(gazetteer, id).is_some() {
            notes.push("disputed".to_owned());
        }
        if !notes.is_empty() {
            name.push_str(&format!(" ({})", notes.join(", ")));
        }
        names.push(name);
    }
    names
}

/// A passage before or after the one found.
fn neighbour(out: &mut Out, passage: &PassageInfo) -> io::Result<()> {
    Marked::new(&passage.text, &[]).write(out, INDENT, Role::Dim)
}

/// Why the passage is there, where that is not plain to see.
fn reasons(out: &mut Out, hit: &Hit, context: &HitContext<'_>) -> io::Result<()> {
    if !hit.missing.is_empty() {
        let words: Vec<String> = hit.missing.iter().map(|w| sanitize::line(w).into_owned()).collect();
        let elsewhere = if hit.complete_in_article { " (elsewhere in this article)" } else { "" };
        reason(out, Role::Caution, &format!("lacks: {}{elsewhere}", words.join(", ")))?;
    }
    let mut why: Vec<String> = Vec::new();
    match (hit.matched.event, hit.matched.date) {
        (Some((EventKind::Carried, days)), _) => why.push(format!("event: carried ({days}), names no day")),
        (Some((EventKind::Published, days)), _) => why.push(format!("event: published ({days}), names no day")),
        (None, Some(DateKind::Published)) => why.push("date: by publication".to_owned()),
        (_, Some(_)) => {
            let answers = |days| context.asked_days.iter().any(|b| b.answered_by(days, context.coarse));
            let mut said: Vec<String> = hit
                .passage
                .dates
                .iter()
                .filter(|d| d.days.is_some_and(answers))
                .map(|d| format!("“{}”", sanitize::line(d.span.of(&hit.passage.text))))
                .collect();
            said.dedup();
            said.truncate(3);
            let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
            let by = if hit.matched.event.is_some() { "event: named" } else { "date: by event" };
            why.push(format!("{by}{said}"));
        }
        (_, None) => {}
    }
    match hit.matched.lag {
        Some(0) => why.push("lag: published on a day spoken of".to_owned()),
        Some(lag) => {
            let side = if lag > 0 { "after" } else { "before" };
            why.push(format!(
                "lag: published {} {side} a day spoken of",
                counted(u64::from(lag.unsigned_abs()), "day")
            ));
        }
        None => {}
    }
    if hit.matched.country_in_passage == Some(false) {
        why.push("country: by the article, this passage names none".to_owned());
    }
    if hit.matched.place_variant {
        why.push("place name: under another spelling".to_owned());
    }
    if hit.stale {
        why.push("its file has changed or gone since it was indexed".to_owned());
    }
    if why.is_empty() { Ok(()) } else { reason(out, Role::Dim, &why.join(" · ")) }
}

fn reason(out: &mut Out, role: Role, text: &str) -> io::Result<()> {
    let columns = out.width.saturating_sub(INDENT.len());
    write_wrapped(out, INDENT, role, &cut(text, columns * MOST_LINES))
}

fn copies(out: &mut Out, hit: &Hit) -> io::Result<()> {
    if hit.copies.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> =
        hit.copies.iter().take(COPIES_SHOWN).map(|c| sanitize::line(&c.path).into_owned()).collect();
    let more = hit.copies.len().saturating_sub(COPIES_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    out.paint(Role::Dim, &format!("{INDENT}same text: {}{more}\n", shown.join(", ")))
}

/// The path, with the line where lines mean something, and the id for `show`.
fn whereabouts(out: &mut Out, hit: &Hit, context: &HitContext<'_>) -> io::Result<()> {
    let mut path = path_to_open(&hit.article, context.current_folder.as_deref());
    if let Some(line) = hit.passage.line {
        path.push_str(&format!(":{line}"));
    }
    out.write_all(INDENT.as_bytes())?;
    out.paint(Role::Path, &path)?;
    if let Some(page) = hit.passage.page {
        out.paint(Role::Dim, &format!(" page {page}"))?;
    }
    out.paint(Role::Dim, &format!("  {}\n", passage_id(hit.article.id, &hit.passage)))
}

/// The article's file as it can be opened from the current folder.
pub fn path_to_open(article: &ArticleInfo, current_folder: Option<&Path>) -> String {
    let root = Path::new(&article.root);
    // A root may be the file itself.
    let whole = if article.root.is_empty() || root.ends_with(&article.path) && root.is_file() {
        PathBuf::from(if article.root.is_empty() { &article.path } else { &article.root })
    } else {
        root.join(&article.path)
    };
    let shown = current_folder.and_then(|here| whole.strip_prefix(here).ok()).unwrap_or(&whole);
    sanitize::line(&shown.to_string_lossy()).into_owned()
}

/// Writes the line that ends a list of hits.
pub fn summary(out: &mut Out, totals: &Totals, page: &Page, elapsed_ms: f64) -> io::Result<()> {
    let complete = totals.hits.saturating_sub(totals.partial);
    let mut text = if totals.passages == 0 {
        "no passage holds all of this".to_owned()
    } else {
        let verb = if totals.passages == 1 { "matches" } else { "match" };
        format!("{} in {} {verb}", counted(totals.passages, "passage"), counted(totals.articles, "article"))
    };
    if totals.copies > 0 {
        let (copies, are) = if totals.copies == 1 { ("copy", "is") } else { ("copies", "are") };
        text.push_str(&format!("; {} {copies} of these {are} not counted", number(totals.copies)));
    }
    if totals.partial > 0 {
        text.push_str(&format!(
            "; {} with some of the words {}",
            number(totals.partial as u64),
            if totals.partial == 1 { "follows" } else { "follow" }
        ));
        if totals.passages == 0 {
            text =
                format!("no passage holds all of the words; {} with some", counted(totals.partial as u64, "passage"));
        }
    }
    if let Some(events) = totals.events {
        text.push_str(&kinds(&events).map(|kinds| format!("; {kinds}")).unwrap_or_default());
    }
    if complete > 0 && (complete as u64) < totals.passages {
        text.push_str(&format!("; shown {} to {}", page.offset + 1, page.offset + totals.hits));
        if let Some(most) = page.per_article.filter(|_| page.limit.is_none_or(|limit| totals.hits < limit)) {
            text.push_str(&format!(", at most {most} of an article"));
        }
    }
    write_wrapped(out, "", Role::Dim, &format!("{text} ({elapsed_ms:.1} ms)"))
}

/// How many passages there are of each kind of days; `None` where all name theirs.
fn kinds(events: &EventCounts) -> Option<String> {
    let of = |kind: EventKind| events.of(kind).passages;
    let others = of(EventKind::Carried) + of(EventKind::Published);
    let said = EventKind::ALL.into_iter().filter(|kind| of(*kind) > 0);
    let said: Vec<String> = said.map(|kind| format!("{} {}", number(of(kind)), kind.name())).collect();
    (others > 0).then(|| format!("event: {}", said.join(", ")))
}

/// Writes the line before the first hit that holds only some of the words.
pub fn partial_divider(out: &mut Out) -> io::Result<()> {
    let text = "── with some of the words ";
    let rest = "─".repeat(out.width.saturating_sub(text.width()));
    out.paint(Role::Dim, &format!("{text}{rest}\n\n"))
}

/// Writes a query as understood: names and what was understood, empty ones left out.
pub fn dry_run(out: &mut Out, lines: &[(&str, String)]) -> io::Result<()> {
    for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        write_wrapped(out, &padded(name, 10), Role::Plain, text)?;
    }
    Ok(())
}
