//! From an analysed article to what the index keeps of it: one entry with a record and facets for each passage.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::geo::gazetteer::facet::{country_path, place_paths};
use crate::geo::{Gazetteer, Toponym};
use crate::index::entry::{ArticleEntry, FacetPath, PassageEntry};
use crate::index::record::{ArticleRecord, DateRecord, PassageRecord, PlaceKey, PlaceRecord};
use crate::ingest::analysis::{Analysis, caught};
use crate::ingest::carried::Carried;
use crate::ingest::copy_key::copy_key;
use crate::model::article::{Article, ArticleId, ByteSpan};
use crate::model::days::DayRange;
use crate::model::mention::ToponymKind;
use crate::model::place::{CountryCode, PlaceId};
use crate::time::Dates;
use crate::words::bytes::count_pairs;

/// What an article is filed under.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'a> {
    /// The article's id.
    pub id: ArticleId,
    /// The key of its file.
    pub file: u64,
    /// The root that its path is below.
    pub root: &'a str,
    /// Size of the file.
    pub file_size: u64,
    /// Modification time of the file in nanoseconds since 1970.
    pub file_mtime: i64,
}

/// What a worker remembers of places between articles: the same few hundred stand in most.
#[derive(Default)]
pub struct PlaceCache {
    places: HashMap<PlaceId, PlaceFacets>,
    countries: HashMap<CountryCode, Option<FacetPath>>,
}

struct PlaceFacets {
    paths: Vec<FacetPath>,
    countries: Vec<CountryCode>,
}

impl PlaceCache {
    fn facets(&mut self, gazetteer: &Gazetteer, id: &PlaceId) -> &PlaceFacets {
        if !self.places.contains_key(id) {
            // An archive names some ten thousand places; one that names far more must not fill the memory.
            if self.places.len() > 50_000 {
                self.places.clear();
            }
            let facets = PlaceFacets {
                paths: facet_paths(place_paths(gazetteer, id)),
                countries: gazetteer.place(id).map(|p| p.countries).unwrap_or_default(),
            };
            self.places.insert(id.clone(), facets);
        }
        &self.places[id]
    }

    fn country(&mut self, code: CountryCode) -> Option<FacetPath> {
        self.countries.entry(code).or_insert_with(|| FacetPath::of(&country_path(code))).clone()
    }
}

fn facet_paths(paths: Vec<Vec<String>>) -> Vec<FacetPath> {
    paths.iter().filter_map(|path| FacetPath::of(path)).collect()
}

/// Makes an analysed article ready for the index.
pub fn entry_of<'a>(
    analysis: &'a Analysis,
    filing: Filing<'a>,
    gazetteer: &Gazetteer,
    cache: &mut PlaceCache,
) -> ArticleEntry<'a> {
    let article = &analysis.article;
    let focus: Vec<CountryCode> = analysis.focus().collect();
    let given = GivenFacets::of(article, gazetteer);
    let mut passages = Vec::with_capacity(analysis.passages.len().max(1));
    let mut lines = LineCounter::new(article);
    let mut end_of_last = 0;
    // An article without text, or with white space only, still has a passage, so that its title can be found.
    let none = [ByteSpan::new(0, 0)];
    let spans: &[ByteSpan] = if analysis.passages.is_empty() { &none } else { &analysis.passages };
    let carried = Carried::of(&article.text, &analysis.dates);
    let mut toponyms = analysis.geography.toponyms.iter().peekable();
    for (number, span) in spans.iter().enumerate() {
        let last = number + 1 == spans.len();
        let mut places = Vec::new();
        let mut paths = given.paths.clone();
        let mut countries: Vec<CountryCode> = given.country.into_iter().collect();
        while let Some(toponym) = toponyms.next_if(|t| t.span.start < span.end) {
            if !span.contains(toponym.span) {
                continue;
            }
            places.push(place_record(toponym, span.start));
            let Some(id) = &toponym.place else { continue };
            let facets = cache.facets(gazetteer, id);
            countries.extend(&facets.countries);
            if toponym.kind != ToponymKind::Demonym {
                paths.extend(facets.paths.iter().cloned());
            }
        }
        paths.sort();
        paths.dedup();
        if countries.is_empty() {
            countries.clone_from(&focus);
        }
        countries.sort();
        countries.dedup();
        let mut events = analysis.dates.event_ranges_in(*span);
        events.extend(given.days);
        events.sort();
        events.dedup();
        let carried = if events.is_empty() { carried.by(*span) } else { Vec::new() };
        let text = span.of(&article.text);
        let record = PassageRecord {
            start: u32::try_from(span.start).unwrap_or(u32::MAX),
            gap: Cow::Borrowed(article.text.get(end_of_last..span.start).unwrap_or("")),
            text: Cow::Borrowed(text),
            tail: Cow::Borrowed(if last { article.text.get(span.end..).unwrap_or("") } else { "" }),
            line: lines.line_at(span.start),
            page: page_at(article, span.start),
            places,
            dates: date_records(&analysis.dates, *span),
            article: (number == 0).then(|| Box::new(article_record(analysis, filing, spans.len()))),
        };
        end_of_last = span.end;
        passages.push(PassageEntry {
            record,
            places: paths,
            countries: countries.into_iter().filter_map(|code| cache.country(code)).collect(),
            events,
            carried,
            words: words_in(text),
        });
    }
    let words = passages.iter().map(|p| p.words).sum::<u32>() + words_in(&article.title);
    ArticleEntry {
        id: filing.id,
        file: filing.file,
        title: &article.title,
        language: article.language.as_deref(),
        source: article.source.as_deref(),
        published: article.published.map(|p| p.range),
        words,
        copy_key: copy_key(article),
        passages,
    }
}

/// What [`entry_of`] gives; `None` where it panicked.
pub fn entry_of_caught<'a>(
    analysis: &'a Analysis,
    filing: Filing<'a>,
    gazetteer: &Gazetteer,
    cache: &mut PlaceCache,
) -> Option<ArticleEntry<'a>> {
    caught(|| entry_of(analysis, filing, gazetteer, cache))
}

/// What a table gives of an event's place and date, as facets of each of its passages.
struct GivenFacets {
    days: Option<DayRange>,
    country: Option<CountryCode>,
    paths: Vec<FacetPath>,
}

impl GivenFacets {
    fn of(article: &Article, gazetteer: &Gazetteer) -> Self {
        let Some(facts) = &article.given else { return GivenFacets { days: None, country: None, paths: Vec::new() } };
        let country = facts.country.as_deref().and_then(|name| gazetteer.country_named(name));
        let near = |place: &crate::geo::Place| match facts.coordinates {
            // A table's coordinates decide between places of one name; a degree is about a hundred kilometres.
            Some((lat, lon)) => (place.lat - lat).abs() < 1.0 && (place.lon - lon).abs() < 1.5,
            None => country.is_none_or(|c| place.countries.contains(&c)),
        };
        let place = facts.place_names.iter().find_map(|name| gazetteer.named(name).into_iter().find(near));
        let paths = place.map(|p| facet_paths(place_paths(gazetteer, &p.id))).unwrap_or_default();
        GivenFacets { days: facts.days, country, paths }
    }
}

fn place_record(toponym: &Toponym, origin: usize) -> PlaceRecord<'static> {
    PlaceRecord {
        start: (toponym.span.start - origin) as u32,
        len: toponym.span.len() as u32,
        kind: toponym.kind,
        confidence: (toponym.confidence.clamp(0.0, 1.0) * 100.0).round() as u8,
        place: toponym.place.as_ref().map(PlaceKey::of),
    }
}

fn date_records(dates: &Dates, span: ByteSpan) -> Vec<DateRecord<'_>> {
    let first = dates.timexes.partition_point(|t| t.span.start < span.start);
    dates.timexes[first..]
        .iter()
        .take_while(|t| t.span.start < span.end)
        .filter(|t| span.contains(t.span))
        .map(|t| DateRecord::of(t, span.start))
        .collect()
}

fn article_record<'a>(analysis: &'a Analysis, filing: Filing<'a>, passages: usize) -> ArticleRecord<'a> {
    fn cow(text: &Option<String>) -> Option<Cow<'_, str>> {
        text.as_deref().map(Cow::Borrowed)
    }
    let article = &analysis.article;
    ArticleRecord {
        record: cow(&article.record),
        title: Cow::Borrowed(&article.title),
        path: Cow::Borrowed(&article.path),
        root: Cow::Borrowed(filing.root),
        url: cow(&article.url),
        source: cow(&article.source),
        byline: cow(&article.byline),
        language: cow(&article.language),
        published: article.published.map(|p| (p.range, p.from)),
        given: article.given.clone(),
        passages: passages as u32,
        file_size: filing.file_size,
        file_mtime: filing.file_mtime,
        title_places: analysis.geography.title_toponyms.iter().map(|t| place_record(t, 0)).collect(),
        countries: analysis.geography.countries.iter().map(|c| (c.code.0, c.mentions, c.focus)).collect(),
        warnings: article.warnings.iter().map(|w| Cow::Borrowed(w.as_str())).collect(),
    }
}

/// Words as the length of a text is measured: runs of characters that are no white space.
fn words_in(text: &str) -> u32 {
    let bytes = text.as_bytes();
    // As `is_ascii_whitespace`, without a branch.
    let white = |b: u8| (b == b' ') | (b.wrapping_sub(b'\t') < 5) & (b != 0x0B);
    let later = count_pairs(bytes, |before, byte| white(before) & !white(byte));
    later as u32 + u32::from(bytes.first().is_some_and(|first| !white(*first)))
}

fn page_at(article: &Article, byte: usize) -> Option<u32> {
    let after = article.pages.partition_point(|(start, _)| *start <= byte);
    article.pages.get(after.checked_sub(1)?).map(|(_, page)| *page)
}

/// Counts lines once for all passages of an article.
struct LineCounter<'a> {
    article: &'a Article,
    at: usize,
    line: u32,
}

impl<'a> LineCounter<'a> {
    fn new(article: &'a Article) -> Self {
        LineCounter { article, at: 0, line: article.first_line }
    }

    /// The line of the file on which a byte of the text stands; bytes must be asked for in ascending order. Where an
    /// article's lines are not the file's, the line on which the article begins.
    fn line_at(&mut self, byte: usize) -> Option<u32> {
        if self.article.first_line == 0 {
            return None;
        }
        if self.article.lines_are_files {
            let between = self.article.text.as_bytes().get(self.at..byte).unwrap_or_default();
            self.line += memchr::memchr_iter(b'\n', between).count() as u32;
            self.at = byte;
        }
        Some(self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analysed(text: &str) -> Analysis {
        let article = Article { text: text.to_owned(), first_line: 1, lines_are_files: true, ..Article::default() };
        Analysis::of(article, Gazetteer::embedded(), false)
    }

    fn entry(analysis: &Analysis) -> ArticleEntry<'_> {
        let filing = Filing { id: ArticleId(1), file: 1, root: "/a", file_size: 1, file_mtime: 1 };
        entry_of(analysis, filing, Gazetteer::embedded(), &mut PlaceCache::default())
    }

    #[test]
    fn the_passages_of_an_article_put_together_are_its_text_to_the_byte() {
        let text =
            "  \nA heading\n\nOne sentence here. Another one there.\r\n\r\nÜber alles wird berichtet. \n\n ".repeat(40);
        let analysis = analysed(&text);
        let entry = entry(&analysis);
        let mut again = String::new();
        for passage in &entry.passages {
            assert_eq!(again.len() + passage.record.gap.len(), passage.record.start as usize);
            again.push_str(&passage.record.gap);
            again.push_str(&passage.record.text);
            again.push_str(&passage.record.tail);
        }
        assert_eq!(again, text);
    }

    #[test]
    fn a_passage_knows_its_line() {
        let text = format!("{}\n\n{}", "First words of the report. ".repeat(30), "Last words of it. ".repeat(30));
        let analysis = analysed(&text);
        let entry = entry(&analysis);
        assert_eq!(entry.passages.first().and_then(|p| p.record.line), Some(1));
        assert_eq!(entry.passages.last().and_then(|p| p.record.line), Some(3));
    }

    #[test]
    fn words_are_runs_between_white_space_of_any_kind() {
        for (text, words) in [("", 0), (" \n", 0), ("one", 1), (" one\ttwo\r\n\x0Cthree\x0Bstill ", 3), ("a  b", 2)] {
            assert_eq!(words_in(text), words, "{text:?}");
            assert_eq!(words_in(text) as usize, text.split_ascii_whitespace().count(), "{text:?}");
        }
        for b in 0..128_u8 {
            let text = format!("a{}b", char::from(b));
            assert_eq!(words_in(&text) as usize, text.split_ascii_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn an_article_with_only_a_title_has_one_passage_and_no_copy() {
        let analysis = Analysis::of(
            Article { title: "Ceasefire announced".into(), ..Article::default() },
            Gazetteer::embedded(),
            false,
        );
        let entry = entry(&analysis);
        assert_eq!(entry.passages.len(), 1);
        assert_eq!(entry.copy_key, None);
        assert_eq!(entry.words, 2);
    }
}
