//! A folder read as `ingest` reads it, into articles whose passages lie side by side as words, places and days.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::Article;
use dateline::archive::archive_file::ArchiveFile;
use dateline::archive::walk::{Entry, WalkSettings, files_of};
use dateline::extract::articles_of;
use dateline::extract::record::{Extracted, Problem, ProblemKind};
use dateline::extract::settings::ExtractSettings;
use dateline::geo::{Gazetteer, Names};
use dateline::index::entry::{ArticleEntry, FacetPath};
use dateline::index::holdings::Holdings;
use dateline::index::store::manifest::{FileEntry, FileState, Manifest};
use dateline::ingest::Analysis;
use dateline::ingest::entry::{Filing, PlaceCache, entry_of};
use dateline::model::answer::{ArticleInfo, PassageInfo, StoredArticle};
use dateline::model::article::{ArticleId, RecordKey};
use dateline::model::days::DayRange;
use dateline::model::mention::CountryMentions;
use dateline::model::place::CountryCode;
use dateline::words::{Analyser, is_unspaced, tagged, untagged};

use super::Plain;

/// A word of a text.
pub struct Word {
    pub position: u32,
    pub term: String,
    pub written: String,
}

/// A passage as it is searched.
pub struct Passage {
    pub words: Vec<Word>,
    /// Paths of its places, the largest code first.
    pub places: Vec<Vec<String>>,
    pub countries: Vec<CountryCode>,
    pub events: Vec<DayRange>,
    /// Days that it takes over where it names none.
    pub carried: Vec<DayRange>,
}

/// An article as it is searched and shown.
pub struct Stored {
    /// All but its copies and whether it is stale, which are told when it is asked for.
    pub article: StoredArticle,
    /// The path of its file below the root.
    pub file: String,
    pub file_size: u64,
    pub file_mtime: i64,
    pub title: Vec<Word>,
    pub passages: Vec<Passage>,
}

impl Stored {
    pub fn id(&self) -> ArticleId {
        self.article.info.id
    }

    pub fn published(&self) -> Option<DayRange> {
        self.article.info.published.map(|(days, _)| days)
    }
}

/// The words of a text as an article of this language has them.
fn words_of(analyser: &mut Analyser, text: &str, language: Option<&str>) -> Vec<Word> {
    let value = tagged(text, language);
    let (profile, text) = untagged(&value);
    let terms = analyser.terms(text, profile).into_iter();
    terms.map(|(t, term)| Word { position: t.position, term, written: t.span.of(text).to_owned() }).collect()
}

fn codes(path: &FacetPath) -> Vec<String> {
    path.encoded().split('\0').map(str::to_owned).collect()
}

/// What reading an archive gathers.
struct Reading<'g> {
    root: PathBuf,
    settings: ExtractSettings,
    gazetteer: &'g Gazetteer,
    names: Names<'g>,
    places: PlaceCache,
    analyser: Analyser,
    articles: Vec<Stored>,
    languages: BTreeSet<String>,
    manifest: Manifest,
}

impl Plain {
    /// Reads the archive in this folder.
    pub fn of(folder: &Path) -> Plain {
        let root = folder.canonicalize().unwrap();
        let gazetteer = Gazetteer::embedded();
        let archive_file = ArchiveFile::read(&root).unwrap();
        let settings = ExtractSettings { archive: Arc::new(archive_file.clone()), ..ExtractSettings::default() };
        let mut manifest = Manifest::default();
        let number = manifest.root_number(&root.to_string_lossy());
        let mut reading = Reading {
            settings,
            gazetteer,
            names: Names::new(gazetteer),
            places: PlaceCache::default(),
            analyser: Analyser::new(),
            articles: Vec::new(),
            languages: BTreeSet::new(),
            manifest,
            root,
        };
        for entry in files_of(&reading.root, &WalkSettings { archive_file, ..WalkSettings::default() }) {
            let file = match entry {
                Entry::File { path, relative, size, mtime } => {
                    reading.file(&path, FileEntry::unread(number, &relative, size, mtime))
                }
                Entry::Skipped { relative, reason } => {
                    FileEntry::left_out(number, &relative, FileState::Skipped, reason)
                }
                Entry::Failed { relative, reason } => FileEntry::left_out(number, &relative, FileState::Failed, reason),
            };
            reading.manifest.files.insert((number, file.path.clone()), file);
        }
        reading.done()
    }
}

impl Reading<'_> {
    fn file(&mut self, path: &Path, mut file: FileEntry) -> FileEntry {
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        let read = articles_of(path, &file.path, &self.settings, &mut |extracted| {
            match extracted {
                Extracted::Article(article) => found.push(*article),
                Extracted::Problem(problem) => problems.push(problem),
            }
            ControlFlow::Continue(())
        });
        problems.extend(read.err());
        for problem in problems {
            note(&mut file, problem);
        }
        let mut ids = HashSet::new();
        for mut article in found {
            let mut id = ArticleId::of(&article.path, &article.record_key());
            if !ids.insert(id) {
                article.warnings.push(format!(
                    "the id `{}` stands more than once in this file; this record is known by its place",
                    article.record.as_deref().unwrap_or_default()
                ));
                id = ArticleId::of(&article.path, &RecordKey::Ordinal(article.ordinal));
            }
            self.article(id, article, &mut file);
        }
        file.settle();
        file
    }

    fn article(&mut self, id: ArticleId, article: Article, file: &mut FileEntry) {
        let analysis = Analysis::by(article, &mut self.names, false);
        let root = self.root.to_string_lossy().into_owned();
        let filing = Filing { id, file: 0, root: &root, file_size: file.size, file_mtime: file.mtime };
        let entry = entry_of(&analysis, filing, self.gazetteer, &mut self.places);
        file.articles += 1;
        file.passages += entry.passages.len() as u64;
        file.words += u64::from(entry.words);
        file.open_dates += analysis.open_dates();
        file.undated += u64::from(analysis.article.published.is_none());
        file.unplaced += u64::from(!analysis.is_placed());
        self.languages.extend(entry.language.map(str::to_owned));
        let language = entry.language;
        let passages = entry.passages.iter().map(|passage| Passage {
            words: words_of(&mut self.analyser, &passage.record.text, language),
            places: passage.places.iter().map(codes).collect(),
            countries: passage.countries.iter().filter_map(|path| codes(path).last()?.parse().ok()).collect(),
            events: passage.events.clone(),
            carried: passage.carried.clone(),
        });
        let passages = passages.collect();
        self.articles.push(Stored {
            article: stored(&analysis, &entry, &root),
            file: file.path.clone(),
            file_size: file.size,
            file_mtime: file.mtime,
            title: words_of(&mut self.analyser, entry.title, language),
            passages,
        });
    }

    fn done(mut self) -> Plain {
        self.articles.sort_by_key(Stored::id);
        let holdings = Holdings {
            sums: self.manifest.sums(),
            languages: self.languages.into_iter().collect(),
            user_gazetteer: None,
        };
        let groups = groups_of(&self.articles);
        Plain { root: self.root, articles: self.articles, groups, holdings, manifest: self.manifest }
    }
}

fn note(file: &mut FileEntry, problem: Problem) {
    if problem.kind == ProblemKind::Failure {
        file.state = FileState::Failed;
    }
    file.problem_count += 1;
}

fn stored(analysis: &Analysis, entry: &ArticleEntry<'_>, root: &str) -> StoredArticle {
    let article = &analysis.article;
    let head = entry.passages[0].record.article.as_deref().unwrap();
    let numbered = entry.passages.iter().zip(0..);
    let passages: Vec<PassageInfo> = numbered.map(|(passage, number)| passage.record.info(number)).collect();
    let countries = head.countries.iter();
    StoredArticle {
        info: ArticleInfo {
            id: entry.id,
            record: article.record.clone(),
            title: article.title.clone(),
            path: article.path.clone(),
            root: root.to_owned(),
            url: article.url.clone(),
            source: article.source.clone(),
            byline: article.byline.clone(),
            published: article.published.map(|p| (p.range, p.from)),
            language: article.language.clone(),
            given: article.given.clone(),
        },
        text: article.text.clone(),
        passages,
        title_places: head.title_places.iter().map(|place| place.mention()).collect(),
        countries: countries
            .map(|(code, mentions, focus)| CountryMentions {
                code: CountryCode(*code),
                mentions: *mentions,
                focus: *focus,
            })
            .collect(),
        warnings: article.warnings.clone(),
        copies: Vec::new(),
        stale: false,
    }
}

/// Words of a text that is a copy on any day.
const LONG_TEXT: usize = 60;

/// What tells an article with the same text apart from a copy, as one line; `None` where it can have no copy at all.
fn agreement(stored: &Stored) -> Option<String> {
    let info = &stored.article.info;
    let text = stored.article.text.trim();
    let is_word = |run: &&str| run.chars().any(char::is_alphanumeric) && !run.chars().any(is_unspaced);
    let words = text.split_whitespace().filter(is_word).count();
    let letters_without_spaces = text.chars().filter(|c| is_unspaced(*c)).count();
    let is_event = info.given.as_ref().is_some_and(|given| given.days.is_some() || given.coordinates.is_some());
    if text.is_empty() || !is_event && words + letters_without_spaces / 4 >= LONG_TEXT {
        return (!text.is_empty()).then(String::new);
    }
    let event_id = info.record.as_ref().filter(|_| is_event);
    let is_day = |days: Option<DayRange>| days.is_some_and(|days| days.from == days.to);
    let given_days = info.given.as_ref().and_then(|given| given.days);
    let title = info.title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let agrees = is_day(stored.published()) || is_day(given_days) || event_id.is_some();
    agrees.then(|| format!("{:?} {title:?} {:?} {event_id:?}", stored.published(), info.given))
}

/// The articles that have copies, by their places in the list: each group in the order in which its members stand for it, the
/// earliest published first, undated ones last, then by id.
fn groups_of(articles: &[Stored]) -> Vec<Vec<usize>> {
    let mut same: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (n, stored) in articles.iter().enumerate() {
        if let Some(agreement) = agreement(stored) {
            same.entry((stored.article.text.trim(), agreement)).or_default().push(n);
        }
    }
    let mut groups: Vec<Vec<usize>> = same.into_values().filter(|group| group.len() > 1).collect();
    for group in &mut groups {
        group.sort_by_key(|n| {
            let days = articles[*n].published();
            (days.is_none(), days.map(|days| (days.from, days.days())), articles[*n].id())
        });
    }
    groups
}
