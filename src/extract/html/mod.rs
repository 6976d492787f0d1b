//! Web pages: the article's text with its paragraphs, and what the page says about itself.

mod strip;

use super::decode::decode;
use super::fields::complete;
use super::{ExtractSettings, Extracted, Out, Problem, RawRecord, article_of, push_article};
use crate::article::Origin;

pub(super) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Out) {
    let declared = settings.archive.facts_of(&record.path).encoding.or_else(|| strip::declared_encoding(&bytes));
    let decoded = match decode(bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(reason) => return out.push(Extracted::Problem(Problem::skip(&record.path, reason))),
    };
    let mut article = article_of(record);
    article.warnings.extend(decoded.warning);
    let stripped = strip::strip(&decoded.text);
    article.text = stripped.text;
    if let Some(title) = stripped.title {
        article.title = title;
        article.origins.push(("title", Origin::Markup));
    }
    if article.text.trim().is_empty() && article.title.is_empty() {
        return out.push(Extracted::Problem(Problem::skip(&record.path, "empty: no text in this page")));
    }
    complete(&mut article, record, settings);
    push_article(out, article);
}
