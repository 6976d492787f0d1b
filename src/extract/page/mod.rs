//! Web pages: the article's text with its paragraphs, and what the page says about itself.
//!
//! The text is found by the `trafilatura` crate, favouring precision, with its fall-back (F1 .969 on 181 hand-marked pages;
//! dom_smoothie .951). Every such crate hangs on a few kinds of pages, so each page is first looked through in one pass
//! ([`scan`]), and one that is too deep or too wide only has its tags taken out ([`strip`]), with a warning.
//!
//! Uses `markup` and the leaves of `extract`, `lang` for names of months, and `time` for date fields. Used by `formats`.

mod date_names;
mod day;
mod ends;
mod facts;
mod json_ld;
mod pieces;
mod published;
mod scan;
mod signs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use crate::extract::article::{article_of, complete};
use crate::extract::decode::{declared_encoding, decode};
use crate::extract::markup::strip::{long_paragraphs, strip};
use crate::extract::page::json_ld::JsonLd;
use crate::extract::page::scan::{Burden, Scan};
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::{Article, Origin};
use crate::model::days::Day;

/// The heaviest page that is given to a parser. Real pages stay below 100 deep, 60 attributes and 20,000 elements;
/// a page at these limits takes about a second.
const HEAVIEST: Burden = Burden { elements: 60_000, depth: 256, attributes: 256 };

/// The longest page that is given to a parser. Bytes; a second's work.
const LONGEST_BYTES: usize = 6 << 20;

/// An article that is shorter is looked at twice. Bytes.
const SHORT_BYTES: usize = 400;

/// What a crawler has noted of a page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CrawlNote<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// The encoding that its server gave.
    pub charset: Option<&'a str>,
}

pub(crate) fn read(
    record: &RawRecord,
    bytes: Vec<u8>,
    note: CrawlNote<'_>,
    settings: &ExtractSettings,
    out: &mut Outcomes,
) {
    let declared = settings.archive.facts_of(&record.path).encoding.or_else(|| note.charset.map(str::to_owned));
    let declared = declared.or_else(|| declared_encoding(&bytes));
    let decoded = match decode(bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(reason) => return out.push_problem(Problem::skip(&record.path, reason)),
    };
    let mut article = article_of(record);
    article.warnings.extend(decoded.warning);
    if let Some(url) = note.url {
        article.url = Some(url.to_owned());
        article.origins.push(("url", Origin::Header));
    }
    fill_from_page(&mut article, &decoded.text, settings.today);
    if article.text.trim().is_empty() && article.title.is_empty() {
        return out.push_problem(Problem::skip(&record.path, "empty: no text in this page"));
    }
    complete(&mut article, record, settings);
    out.push_article(article);
}

/// Gives an article the text of a page and what the page says about itself. Values that the article has already stay.
fn fill_from_page(article: &mut Article, html: &str, today: Day) {
    let scan = scan::scan(html);
    let json_ld = json_ld::read(&scan.json_ld);
    let mut page = Article::default();
    facts::fill(&mut page, &scan, &json_ld);
    page.text = text_of(html, &scan, &json_ld, article);
    // The page's own address first: a crawler's may be a mirror's.
    let url = page.url.clone().or_else(|| article.url.clone());
    let evidence =
        published::Evidence { html, scan: &scan, json_ld: &json_ld, url: url.as_deref(), text: &page.text, today };
    if article.published.is_none() {
        article.published = published::published(&evidence);
        if article.published.is_none() {
            article.warnings.extend(published::refused(&evidence));
        }
    }
    article.text = page.text;
    let mut keep = |name: &'static str| {
        let origin = page.origins.iter().find(|(n, _)| *n == name).map(|(_, o)| *o);
        article.origins.extend(origin.map(|o| (name, o)));
    };
    if article.title.is_empty() && !page.title.is_empty() {
        article.title = page.title;
        keep("title");
    }
    for (name, have, new) in [
        ("source", &mut article.source, page.source),
        ("url", &mut article.url, page.url),
        ("byline", &mut article.byline, page.byline),
        ("language", &mut article.language, page.language),
    ] {
        if have.is_none() && new.is_some() {
            *have = new;
            keep(name);
        }
    }
}

fn text_of(html: &str, scan: &Scan, json_ld: &JsonLd, article: &mut Article) -> String {
    let burden = &scan.burden;
    let heavy = [
        (burden.depth > HEAVIEST.depth, format!("elements nested more than {} deep", HEAVIEST.depth)),
        (burden.attributes > HEAVIEST.attributes, format!("an element with {} attributes", burden.attributes)),
        (burden.elements > HEAVIEST.elements, format!("{} elements", burden.elements)),
        (html.len() > LONGEST_BYTES, format!("{} MB of markup", html.len() >> 20)),
    ];
    if let Some((_, what)) = heavy.into_iter().find(|(is_heavy, _)| *is_heavy) {
        article.warnings.push(format!("{what}: too much for a parser, so that its tags were only taken out"));
        return strip(html);
    }
    // A parser takes what stands in place of frames for text without tags.
    if scan.has_frames {
        return strip(html);
    }
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true)
        // Dates are found here by better evidence.
        .with_html_date_mode(HtmlDateMode::Disabled);
    let extracted = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options)));
    // The crate's `content_text` loses every paragraph break; its HTML has them.
    let text = match extracted {
        Ok(Ok(found)) => strip(&found.content_html),
        Ok(Err(_)) => String::new(),
        Err(_) => {
            article.warnings.push("the page's parser broke down; its tags were only taken out".into());
            String::new()
        }
    };
    // A post of a messenger's page or a page of few words is taken for furniture now and then, and a line of the footer for
    // the article.
    if text.len() < SHORT_BYTES {
        let long = long_paragraphs(html);
        if long.len() > 3 * text.len() {
            return long;
        }
    }
    if !text.trim().is_empty() {
        return text;
    }
    match &json_ld.body {
        Some(body) if !body.trim().is_empty() => strip(body),
        _ => strip(html),
    }
}
