//! When a page was published, by the order of evidence that Barbaresi's htmldate (2020, JOSS 5:51) found best: the page's own
//! address, meta elements, JSON-LD, marked elements, `<time>`, elements whose class or id speaks of a date, data in scripts,
//! and the head of the text. Dates of changes are a reserve.

use crate::extract::page::date_names::{META_MODIFIED, META_PUBLISHED, SCRIPT_KEYS};
use crate::extract::page::day::{DateStyle, WrittenDay, days_in, is_credible};
use crate::extract::page::ends::{head_of, tail_of};
use crate::extract::page::json_ld::{JsonLd, value_after};
use crate::extract::page::pieces::{DatePiece, Label, label_of, speaks_of_update};
use crate::extract::page::scan::{DateElement, Scan};
use crate::extract::page::signs::DateSign;
use crate::model::article::{Origin, Published};
use crate::model::days::{Day, DayRange};
use crate::time::{FieldDateError, published_from_field};

/// How far below the headline a date line stands at most. Bytes of text.
const NEAR_BYTES: usize = 600;

/// How far before a date the word stands that says what it is. Bytes.
const LABEL_BYTES: usize = 50;

/// What the page's own evidence is read with.
pub(crate) struct Evidence<'a> {
    pub html: &'a str,
    pub scan: &'a Scan,
    pub json_ld: &'a JsonLd,
    /// The page's address as far as it says.
    pub url: Option<&'a str>,
    /// The extracted text.
    pub text: &'a str,
    pub today: Day,
}

/// The publication date of a page; `None` where nothing says so with some certainty.
pub(crate) fn published(e: &Evidence<'_>) -> Option<Published> {
    let day = |day: Day, from: Origin| Some(Published { range: DayRange::day(day), from });
    if let Some(d) = e.url.and_then(|url| day_in_url(url, e.today)) {
        return day(d, Origin::Url);
    }
    if let Some(d) = meta_day(e, META_PUBLISHED) {
        return day(d, Origin::Meta);
    }
    for field in [&e.json_ld.published, &e.json_ld.created] {
        if let Some(d) = field.as_deref().and_then(|text| field_day(text, e)) {
            return day(d, Origin::JsonLd);
        }
    }
    if let Some(d) = marked_day(e, DateSign::Declared).or_else(|| marked_day(e, DateSign::Abbr)) {
        return day(d, Origin::Markup);
    }
    if let Some((d, from)) = first_after_heading(e) {
        return day(d, from);
    }
    if let Some(d) = marked_day(e, DateSign::Time) {
        return day(d, Origin::TimeElement);
    }
    if let Some(d) = marked_day(e, DateSign::Class).or_else(|| marked_day(e, DateSign::Details)) {
        return day(d, Origin::Markup);
    }
    if let Some(d) = labelled_day(e, Label::Published).or_else(|| script_day(e)) {
        return day(d, Origin::Markup);
    }
    if let Some(d) = [e.scan.title.as_str(), e.scan.heading.as_str()].into_iter().find_map(|t| text_day(t, e)) {
        return day(d, Origin::Markup);
    }
    if let Some(d) = day_alone_below(e, NEAR_BYTES) {
        return day(d, Origin::Markup);
    }
    if let Some(d) = head_day(e) {
        return day(d, Origin::FirstLines);
    }
    if let Some(d) = day_alone_above(e).or_else(|| day_alone_below(e, usize::MAX)) {
        return day(d, Origin::Markup);
    }
    let modified = meta_day(e, META_MODIFIED).map(|d| (d, Origin::Meta));
    let modified =
        modified.or_else(|| e.json_ld.modified.as_deref().and_then(|t| field_day(t, e)).map(|d| (d, Origin::JsonLd)));
    let modified = modified.or_else(|| {
        let day = update_day(e).or_else(|| labelled_day(e, Label::Updated));
        day.map(|d| (d, Origin::Markup))
    });
    let modified = modified.or_else(|| image_day(e).map(|d| (d, Origin::Meta)));
    if let Some((d, from)) = modified {
        return day(d, from);
    }
    e.url.and_then(|url| month_in_url(url, e.today)).map(|range| Published { range, from: Origin::Url })
}

/// Why a page is left undated whose head gives a date that it cannot have, in 1970 or still to come.
pub(crate) fn refused(e: &Evidence<'_>) -> Option<String> {
    let metas = e.scan.metas.iter().filter(|(name, _)| META_PUBLISHED.contains(&name.as_str()));
    let fields = metas.map(|(_, content)| content).chain(&e.json_ld.published).chain(&e.json_ld.created);
    fields.map(|text| head_of(text.trim(), 120)).find_map(|text| match published_from_field(text, e.today) {
        Ok(range) if range.days() == 1 && !is_credible(range.from, e.today) => {
            Some(format!("the page's own date {text:?} is none that a page can have; left undated"))
        }
        // A date that is none is no news: many pages have such fields for other things.
        Err(reason @ FieldDateError::AfterToday { .. }) => Some(format!("the page's own date {reason}; left undated")),
        _ => None,
    })
}

/// Whether a page writes the month first in numbers.
fn month_first(e: &Evidence<'_>) -> bool {
    let language = e.scan.language.as_deref().unwrap_or("").to_lowercase();
    language == "en-us"
        || language == "en_us"
        || e.scan.metas.iter().any(|(k, v)| k == "og:locale" && v.eq_ignore_ascii_case("en_US"))
            && !language.starts_with("en-g")
}

/// The day that a field holds: as a field, else anywhere in its text.
fn field_day(text: &str, e: &Evidence<'_>) -> Option<Day> {
    let text = head_of(text.trim(), 120);
    if let Ok(range) = published_from_field(text, e.today)
        && range.days() == 1
        && is_credible(range.from, e.today)
    {
        return Some(range.from);
    }
    text_day(text, e)
}

fn text_day(text: &str, e: &Evidence<'_>) -> Option<Day> {
    written(head_of(text, 400), e).first().map(|w| w.day)
}

fn written(text: &str, e: &Evidence<'_>) -> Vec<WrittenDay> {
    days_in(text, DateStyle { month_first: month_first(e), short_years: false, today: e.today })
}

fn meta_day(e: &Evidence<'_>, names: &[&str]) -> Option<Day> {
    names.iter().find_map(|name| {
        e.scan.metas.iter().filter(|(key, _)| key == name).find_map(|(_, content)| field_day(content, e))
    })
}

/// The day of the best element of a kind: after the headline before others, the first before later ones.
fn marked_day(e: &Evidence<'_>, sign: DateSign) -> Option<Day> {
    let day_of = |d: &DateElement| element_day(d, e);
    let wanted = || {
        e.scan
            .date_elements
            .iter()
            .filter(|d| d.sign == sign && !d.is_update && !d.is_aside && !speaks_of_update(&d.text))
    };
    if sign == DateSign::Declared || sign == DateSign::Abbr {
        return wanted().find_map(day_of);
    }
    let after = wanted().filter(|d| d.after_heading).find_map(day_of);
    after.or_else(|| wanted().filter(|d| !d.after_heading).find_map(day_of))
}

/// The first `<time>` or element with a date's class after the headline: the article's own stands before those of others.
fn first_after_heading(e: &Evidence<'_>) -> Option<(Day, Origin)> {
    /// How many elements a date line has that repeat its date.
    const NEAR: usize = 4;
    let mut own = e
        .scan
        .date_elements
        .iter()
        .filter(|d| d.after_heading && !d.is_update && !d.is_aside && !speaks_of_update(&d.text));
    while let Some(d) = own.next() {
        let found = if matches!(d.sign, DateSign::Time | DateSign::Class) { element_day(d, e) } else { None };
        let Some(found) = found else { continue };
        if d.sign == DateSign::Time {
            return Some((found, Origin::TimeElement));
        }
        // Within a line of words the `<time>` is the same date exactly, without the reader's zone.
        let exact = own.take(NEAR).filter(|d| d.sign == DateSign::Time).find_map(|d| element_day(d, e));
        return Some(match exact.filter(|d| (d.0 - found.0).abs() <= 1) {
            Some(exact) => (exact, Origin::TimeElement),
            None => (found, Origin::Markup),
        });
    }
    None
}

fn element_day(d: &DateElement, e: &Evidence<'_>) -> Option<Day> {
    let from_attribute = d.attribute.as_deref().and_then(|a| field_day(a, e));
    from_attribute.or_else(|| {
        let text = d.text.trim();
        // Long text with a date somewhere in it is a paragraph, not a date line.
        let limit = if d.sign == DateSign::Details { 200 } else { 400 };
        // An element that is a date's and holds little else may leave the century to its reader.
        let short_years = d.sign != DateSign::Details && text.len() <= 40;
        let style = DateStyle { month_first: month_first(e), short_years, today: e.today };
        days_in(head_of(text, limit), style).first().map(|w| w.day)
    })
}

fn update_day(e: &Evidence<'_>) -> Option<Day> {
    let updates = e.scan.date_elements.iter().filter(|d| !d.is_aside && (d.is_update || speaks_of_update(&d.text)));
    updates.into_iter().find_map(|d| element_day(d, e))
}

fn script_day(e: &Evidence<'_>) -> Option<Day> {
    SCRIPT_KEYS.iter().find_map(|key| {
        e.scan.scripts.iter().take(60).find_map(|range| {
            let body = e.html.get(range.clone())?;
            let value = value_after(body, key)?;
            field_day(&value, e)
        })
    })
}

/// The date of a piece, and what its own words and those before call it.
fn piece_day(l: &DatePiece, e: &Evidence<'_>) -> Option<(Day, Option<Label>)> {
    let own = written(&l.text, e).first().copied();
    if let Some(w) = own {
        let before = format!("{} {}", l.before, l.text.get(..w.at).unwrap_or(""));
        return Some((w.day, label_of(tail_of(&before, LABEL_BYTES))));
    }
    // Day and month may have an element of their own each; the year, which is in this piece, comes last.
    let joined = format!("{} {}", l.before, l.text);
    let w = written(&joined, e).last().copied().filter(|w| w.at + LABEL_BYTES > l.before.len())?;
    Some((w.day, label_of(tail_of(joined.get(..w.at).unwrap_or(""), LABEL_BYTES))))
}

/// The first date beside such a word, after the headline before others.
fn labelled_day(e: &Evidence<'_>, wanted: Label) -> Option<Day> {
    let heading_at = e.scan.pieces.heading_at.unwrap_or(0);
    let of = |after: bool| {
        let pieces = e.scan.pieces.kept.iter().filter(move |l| !l.is_aside && (l.at >= heading_at) == after);
        pieces.filter_map(|l| piece_day(l, e)).find(|(_, label)| *label == Some(wanted)).map(|(day, _)| day)
    };
    of(true).or_else(|| of(false))
}

/// Pieces that hold a date and hardly anything else, with the date.
fn days_alone<'a>(e: &'a Evidence<'_>) -> impl DoubleEndedIterator<Item = (&'a DatePiece, Day)> {
    /// A weekday, a month, "at", a town.
    const MOST_LETTERS: usize = 30;
    let is_alone = |l: &&DatePiece| l.text.chars().filter(|c| c.is_alphabetic()).count() <= MOST_LETTERS;
    let pieces = e.scan.pieces.kept.iter().filter(|l| !l.is_aside && !l.is_cell).filter(is_alone);
    pieces.filter_map(|l| Some((l, piece_day(l, e).filter(|(_, label)| *label != Some(Label::Updated))?.0)))
}

/// The first date in a line of its own within so many bytes after the headline.
fn day_alone_below(e: &Evidence<'_>, bytes: usize) -> Option<Day> {
    let heading_at = e.scan.pieces.heading_at.unwrap_or(0);
    days_alone(e).find(|(l, _)| l.at >= heading_at && l.at - heading_at <= bytes).map(|(_, day)| day)
}

/// The last date in a line of its own shortly before the headline.
fn day_alone_above(e: &Evidence<'_>) -> Option<Day> {
    const NEAR_BYTES: usize = 200;
    let heading_at = e.scan.pieces.heading_at?;
    days_alone(e).rfind(|(l, _)| l.at < heading_at && heading_at - l.at <= NEAR_BYTES).map(|(_, day)| day)
}

/// The first whole date in the page's text right after the headline, or at the head of the extracted text.
fn head_day(e: &Evidence<'_>) -> Option<Day> {
    let near = written(head_of(&e.scan.head_text, NEAR_BYTES), e);
    near.first().or(written(head_of(e.text, NEAR_BYTES), e).first()).map(|w| w.day)
}

/// A day in the address of the page's main picture, which is usually uploaded with the article.
fn image_day(e: &Evidence<'_>) -> Option<Day> {
    e.scan
        .metas
        .iter()
        .filter(|(k, _)| k == "og:image" || k == "twitter:image")
        .find_map(|(_, url)| day_in_url(url, e.today))
}

/// Digits of an address, divided by `/`, `-`, `_` or `.`: year, month and day one after the other, or eight digits.
fn day_in_url(url: &str, today: Day) -> Option<Day> {
    let path = path_of(url);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let of = |y: &str, m: &str, d: &str| {
        let month = number(m, 2).or_else(|| month_word(m))?;
        Day::from_ymd(year(y)?, month, number(d, 2)?)
    };
    let by_parts = parts.windows(3).find_map(|w| if let [y, m, d] = w { of(y, m, d) } else { None });
    // The section may stand between: /2024/world/03/04/.
    let by_parts = by_parts.or_else(|| {
        let folders: Vec<&str> = path.split('/').collect();
        folders.windows(4).find_map(|w| match w {
            [y, section, m, d] if section.bytes().all(|b| !b.is_ascii_digit()) => of(y, m, d),
            _ => None,
        })
    });
    let compact = || {
        parts
            .iter()
            .filter(|p| p.len() == 8)
            .find_map(|p| Day::from_ymd(year(p.get(..4)?)?, number(p.get(4..6)?, 2)?, number(p.get(6..)?, 2)?))
    };
    by_parts.or_else(compact).filter(|d| is_credible(*d, today))
}

fn month_word(word: &str) -> Option<i8> {
    const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    SHORT.iter().position(|m| word.eq_ignore_ascii_case(m)).and_then(|at| i8::try_from(at + 1).ok())
}

/// A year and a month in an address, as in `/2024/03/`.
fn month_in_url(url: &str, today: Day) -> Option<DayRange> {
    let parts: Vec<&str> = path_of(url).split('/').collect();
    parts.windows(2).find_map(|w| {
        let [y, m] = w else { return None };
        DayRange::month(year(y)?, number(m, 2)?).filter(|r| is_credible(r.from, today))
    })
}

fn path_of(url: &str) -> &str {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or("")
}

fn year(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|y| (1995..2100).contains(y))
}

fn number(text: &str, digits: usize) -> Option<i8> {
    (!text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::page::{json_ld, scan};

    fn date(html: &str) -> Option<(String, Origin)> {
        let scan = scan::scan(html);
        let json_ld = json_ld::read(&scan.json_ld);
        let today = Day::from_ymd(2026, 3, 15).unwrap();
        let e = Evidence { html, scan: &scan, json_ld: &json_ld, url: scan.canonical.as_deref(), text: "", today };
        published(&e).map(|p| (p.range.to_string(), p.from))
    }

    #[test]
    fn a_date_that_a_page_cannot_have_is_refused_with_a_reason() {
        let why = |html: &str| {
            let (scan, json_ld) = (scan::scan(html), json_ld::JsonLd::default());
            let today = Day::from_ymd(2026, 3, 15).unwrap();
            let e = Evidence { html, scan: &scan, json_ld: &json_ld, url: None, text: "", today };
            (published(&e), refused(&e))
        };
        let page = |date: &str| format!("<meta property='article:published_time' content='{date}'><p>The bridge.</p>");
        for date in ["1970-01-01T00:00:00Z", "2031-05-10"] {
            let (found, reason) = why(&page(date));
            assert_eq!(found, None, "{date}");
            assert!(reason.is_some_and(|reason| reason.contains(date) && reason.contains("undated")), "{date}");
        }
        assert_eq!(why(&page("soon")).1, None);
        assert_eq!(why(&page("2024-05-10")).1, None);
    }

    #[test]
    fn evidence_is_taken_in_its_order() {
        let url = "<link rel=canonical href='https://example.org/2024/03/01/bridge'>";
        let meta = "<meta property='article:published_time' content='2024-03-02T23:00:00+02:00'>";
        let ld =
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-03-03\"}</script>";
        let time = "<h1>Bridge</h1><time datetime='2024-03-04'>4 March</time>";
        let class = "<div class='post-date'>5 March 2024</div>";
        let head = "<h1>Bridge</h1><p>Example town, 6 March 2024 - The bridge is open.</p>";
        for (page, day, from) in [
            ([url, meta, ld, time, class, head].concat(), "2024-03-01", Origin::Url),
            ([meta, ld, time, class, head].concat(), "2024-03-02", Origin::Meta),
            ([ld, time, class, head].concat(), "2024-03-03", Origin::JsonLd),
            ([time, class, head].concat(), "2024-03-04", Origin::TimeElement),
            ([class, head].concat(), "2024-03-05", Origin::Markup),
            (head.to_owned(), "2024-03-06", Origin::FirstLines),
        ] {
            assert_eq!(date(&page), Some((day.to_owned(), from)), "{page}");
        }
    }

    #[test]
    fn a_date_of_change_is_a_reserve() {
        let modified = "<meta property='article:modified_time' content='2024-03-09'>";
        assert_eq!(date(&format!("{modified}<h1>B</h1><span class=date>4 March 2024</span>")).unwrap().0, "2024-03-04");
        assert_eq!(date(modified).unwrap().0, "2024-03-09");
        let updated =
            "<h1>B</h1><p class=dateline>Updated: 9 March 2024</p><p class=dateline>Published: 4 March 2024</p>";
        assert_eq!(date(updated).unwrap().0, "2024-03-04");
    }

    #[test]
    fn dates_of_other_articles_do_not_count() {
        let page =
            "<h1>Bridge</h1><div class=sidebar><time datetime=2024-03-01>x</time></div><p class=date>04.03.2024</p>";
        assert_eq!(date(page).unwrap().0, "2024-03-04");
        assert_eq!(date("<div class=related><time datetime=2024-03-01>x</time></div><p>Text</p>"), None);
    }

    #[test]
    fn dates_in_plain_text_are_known_by_their_words_and_their_place() {
        let day = |page: &str| date(page).map(|d| d.0);
        let text = "<p>The bridge of 12 May 2011 is open again.</p>";
        for page in [
            format!("<h1>Bridge</h1>{text}<p>Veröffentlicht am <b>4. März 2024</b></p>"),
            format!("<h1>Bridge</h1><div>Updated: 9 Mar 2024</div><div>Posted: 4 Mar 2024 8:11 pm</div>{text}"),
            "<div><span>Mar 4, 2024 2:00 AM</span></div><h1>Bridge</h1><p>It is open again.</p>".to_owned(),
            format!("<h1>Bridge</h1><ul><li>4</li><li>March</li><li>2024</li></ul>{text}"),
            format!("<h1>Bridge</h1><figcaption>The river on 1 May 2010</figcaption><span>4 มีนาคม 2567</span>{text}"),
            "<h1>Bridge</h1><p>It is open.</p><p>Last updated: 4 March 2024</p>".to_owned(),
            "<h1>B</h1><p>It is open.</p><footer class=entry-footer><time class=updated datetime=2024-03-04></time></footer>"
                .to_owned(),
            "<h1>B</h1><a class='entry-date' href=/x>4 March 24</a><p>It is open.</p>".to_owned(),
        ] {
            assert_eq!(day(&page).as_deref(), Some("2024-03-04"), "{page}");
        }
        let facts =
            format!("<h1>Battle</h1><p>{}</p><table><tr><th>Date<td>4 March 2024</table>", "The river. ".repeat(60));
        assert_eq!(day(&facts), None, "the day of a battle is no day of publication");
        assert_eq!(day("<h1>Bridge</h1><div class=related><span>4 March 2024</span></div><p>Text</p>"), None);
        assert_eq!(day("<div>4 March 2024</div><p>No headline.</p>").as_deref(), Some("2024-03-04"));
        let far = format!("<div>4 March 2024</div><p>{}</p><h1>Bridge</h1>", "Menu. ".repeat(60));
        assert_eq!(day(&far), None, "the day at the top of a page is that of the visit");
    }

    #[test]
    fn an_address_gives_a_day_or_a_month() {
        let link = |url: &str| date(&format!("<link rel=canonical href='{url}'>")).map(|d| d.0);
        assert_eq!(link("https://example.org/news/2024/mar/04/bridge").as_deref(), Some("2024-03-04"));
        assert_eq!(link("https://example.org/news/bridge-20240304.html").as_deref(), Some("2024-03-04"));
        assert_eq!(link("https://example.org/2024-03-04-bridge").as_deref(), Some("2024-03-04"));
        assert_eq!(link("https://example.org/2024/world/3/4/bridge").as_deref(), Some("2024-03-04"));
        assert_eq!(link("https://example.org/2024/03/bridge").as_deref(), Some("2024-03"));
        assert_eq!(link("https://example.org/news/12345678/bridge"), None);
    }
}
