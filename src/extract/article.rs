//! The article of a record: how it begins, and what is filled in once its format has been read.

use crate::extract::record::RawRecord;
use crate::extract::settings::ExtractSettings;
use crate::model::article::{Article, Origin, Published};
use crate::model::days::{Day, DayRange};
use crate::time::{order_is_unclear, publication_date_in, published_from_field};

/// An article with the path, ordinal and line of its record.
pub(crate) fn article_of(record: &RawRecord) -> Article {
    Article {
        path: record.path.clone(),
        ordinal: record.ordinal,
        first_line: u32::try_from(record.line).unwrap_or(u32::MAX),
        ..Article::default()
    }
}

/// Reads a date field into `article`; where it cannot be believed, the article stays undated and a warning says why.
pub(crate) fn date_from_field(article: &mut Article, given: &str, from: Origin, settings: &ExtractSettings) {
    let given = given.trim();
    if given.is_empty() {
        return;
    }
    match published_from_field(given, settings.today) {
        Ok(range) if is_epoch(given, range) => article
            .warnings
            .push(format!("the date {given:?} is day 0 of computer clocks, which stands for no date; left undated")),
        Ok(range) => {
            if order_is_unclear(given) && range.days() > 1 {
                article.warnings.push(format!(
                    "the date {given:?} may have day or month first; only its year is kept: give the date in dateline.toml"
                ));
            }
            article.published = Some(Published { range, from });
        }
        Err(reason) => article.warnings.push(format!("{reason}; left undated")),
    }
}

/// Whether a date is 1 January 1970 with a clock at midnight or as a number, which programs write for "unknown".
fn is_epoch(given: &str, range: DayRange) -> bool {
    range == DayRange::day(Day(0))
        && (given.bytes().all(|b| b.is_ascii_digit() || b == b'.') || given.contains("00:00") || given == "1970-01-01")
}

/// Fills what an article has not said of itself: from the archive file, then the publication date from dateline, first
/// lines, address and file name.
pub(crate) fn complete(article: &mut Article, record: &RawRecord, settings: &ExtractSettings) {
    complete_with(article, record, &record.path, settings);
}

/// The same for an article that shares its file with others, whose name says when they were collected and not when each
/// was published.
pub(crate) fn complete_one_of_many(article: &mut Article, record: &RawRecord, settings: &ExtractSettings) {
    complete_with(article, record, "", settings);
}

fn complete_with(article: &mut Article, record: &RawRecord, file_name: &str, settings: &ExtractSettings) {
    let facts = settings.archive.facts_of(&record.path);
    if article.title.is_empty()
        && let Some(title) = facts.title
    {
        article.title = title;
        article.origins.push(("title", Origin::ArchiveFile));
    }
    for (name, value, slot) in [
        ("source", facts.source, &mut article.source),
        ("url", facts.url, &mut article.url),
        ("language", facts.language, &mut article.language),
        ("byline", facts.byline, &mut article.byline),
        ("dateline", facts.dateline, &mut article.dateline),
    ] {
        if slot.is_none() && value.is_some() {
            *slot = value;
            article.origins.push((name, Origin::ArchiveFile));
        }
    }
    let is_guess = |p: &Published| matches!(p.from, Origin::FirstLines | Origin::Dateline | Origin::FileName);
    if article.published.as_ref().is_none_or(is_guess)
        && let Some(range) = facts.date
    {
        article.published = Some(Published { range, from: Origin::ArchiveFile });
    }
    if article.published.is_none() {
        let dateline = article.dateline.as_deref();
        article.published = publication_date_in(&article.text, dateline, article.url.as_deref(), file_name)
            .filter(|p| p.range.from <= settings.today);
    }
}
