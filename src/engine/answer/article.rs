//! Articles as the index holds them: heads, whole texts, and the copies of a text.

use std::borrow::Cow;

use tantivy::DocId;

use crate::engine::segment::Segment;
use crate::engine::snapshot::Snapshot;
use crate::index::record::{ArticleRecord, PassageRecord, PlaceRecord};
use crate::model::answer::{ArticleInfo, CopyInfo, StoredArticle};
use crate::model::article::ArticleId;
use crate::model::days::DayRange;
use crate::model::error::Result;
use crate::model::mention::CountryMentions;
use crate::model::place::CountryCode;

/// An article's head as an answer needs it.
pub(crate) struct Head {
    /// What is known of the article.
    pub info: ArticleInfo,
    /// How many passages it has.
    pub passages: u32,
    /// Whether its file has changed since it was read.
    pub stale: bool,
}

/// The record of a passage from its bytes.
pub(crate) fn unpack<'b>(snapshot: &Snapshot, bytes: &'b [u8]) -> Result<PassageRecord<'b>> {
    PassageRecord::unpack(bytes).map_err(|e| snapshot.damaged(format!("a passage's record cannot be read: {e}")))
}

/// The head of an article from the record of its first passage.
pub(crate) fn head_of(snapshot: &Snapshot, id: ArticleId, record: &PassageRecord<'_>) -> Result<Head> {
    let article = record.article.as_deref().ok_or_else(|| snapshot.damaged(format!("article {id} has no head")))?;
    Ok(Head {
        info: info_of(id, article),
        passages: article.passages,
        stale: snapshot.is_stale(&article.root, &article.path, article.file_size, article.file_mtime),
    })
}

fn info_of(id: ArticleId, article: &ArticleRecord<'_>) -> ArticleInfo {
    let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
    ArticleInfo {
        id,
        record: owned(&article.record),
        title: article.title.to_string(),
        path: article.path.to_string(),
        root: article.root.to_string(),
        url: owned(&article.url),
        source: owned(&article.source),
        byline: owned(&article.byline),
        published: article.published,
        language: owned(&article.language),
        given: article.given.clone(),
    }
}

/// The other articles that are copies of it.
pub(crate) fn copies_of(snapshot: &Snapshot, id: ArticleId) -> Result<Vec<CopyInfo>> {
    let copies = snapshot.copies()?;
    let Some(group) = copies.group(id.0) else { return Ok(Vec::new()) };
    let mut others = Vec::new();
    for other in copies.members(group).into_iter().filter(|other| other.article != id.0) {
        let bytes = snapshot.stored(other.segment as usize, other.doc)?;
        let record = unpack(snapshot, &bytes)?;
        let Some(article) = record.article.as_deref() else { continue };
        let published: Option<DayRange> = article.published.map(|(days, _)| days);
        others.push(CopyInfo {
            id: ArticleId(other.article),
            path: article.path.to_string(),
            record: article.record.as_deref().map(str::to_owned),
            source: article.source.as_deref().map(str::to_owned),
            published,
        });
    }
    Ok(others)
}

/// Articles as they are stored, in the order of the ids; `None` where the index has none of an id.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn stored_articles(snapshot: &Snapshot, ids: &[ArticleId]) -> Result<Vec<Option<StoredArticle>>> {
    let segments = snapshot.segments()?;
    let stored = |id: &ArticleId| {
        for segment in &segments {
            if let Some(start) = segment.find_article(id.0).map_err(|e| snapshot.fail(e))? {
                return stored_article(snapshot, segment, start).map(Some);
            }
        }
        Ok(None)
    };
    ids.iter().map(stored).collect()
}

/// The ids of the articles that came from files of exactly this path below any root, ascending.
///
/// # Errors
/// Where the index is damaged.
pub(crate) fn articles_at(snapshot: &Snapshot, path: &str) -> Result<Vec<ArticleId>> {
    let manifest = snapshot.manifest()?;
    let segments = snapshot.segments()?;
    let mut ids = Vec::new();
    for file in manifest.files.values().filter(|file| file.path == path && file.articles > 0) {
        let key = manifest.key_of(file);
        for segment in &segments {
            ids.extend(segment.articles_of_file(key).map_err(|e| snapshot.fail(e))?.into_iter().map(ArticleId));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The whole article whose first passage is `start`.
fn stored_article(snapshot: &Snapshot, segment: &Segment<'_>, start: DocId) -> Result<StoredArticle> {
    let ordinal = segment.ordinal;
    let id = ArticleId(snapshot.article_of(segment, start)?);
    let bytes = snapshot.stored(ordinal, start)?;
    let first = unpack(snapshot, &bytes)?;
    let head = head_of(snapshot, id, &first)?;
    let article = first.article.as_deref().ok_or_else(|| snapshot.damaged(format!("article {id} has no head")))?;
    let mut text = String::new();
    let mut passages = Vec::with_capacity(head.passages as usize);
    for number in 0..head.passages {
        let bytes = snapshot.stored(ordinal, start + number)?;
        let record = unpack(snapshot, &bytes)?;
        text.push_str(&record.gap);
        text.push_str(&record.text);
        text.push_str(&record.tail);
        passages.push(record.info(number));
    }
    Ok(StoredArticle {
        text,
        passages,
        title_places: article.title_places.iter().map(PlaceRecord::mention).collect(),
        countries: article
            .countries
            .iter()
            .map(|(code, mentions, focus)| CountryMentions {
                code: CountryCode(*code),
                mentions: *mentions,
                focus: *focus,
            })
            .collect(),
        warnings: article.warnings.iter().map(|w| w.to_string()).collect(),
        copies: copies_of(snapshot, id)?,
        stale: head.stale,
        info: head.info,
    })
}
