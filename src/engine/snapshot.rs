//! An open index: one commit of it, as long as it is held.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::Seek;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::{DocId, IndexReader, ReloadPolicy, Searcher, TantivyError};

use crate::engine::answer::Answers;
use crate::engine::asked::Search;
use crate::engine::commit::{open_engine, payload_in};
use crate::engine::count::{facets, tally, timeline};
use crate::engine::fault::engine_error;
use crate::engine::layer;
use crate::engine::layer::Places;
use crate::engine::records::{Records, Unpacker};
use crate::engine::schema;
use crate::engine::schema::Fields;
use crate::engine::score::Scored;
use crate::engine::segment::columns::Columns;
use crate::engine::segment::copies::Copies;
use crate::engine::segment::{Segment, Texts};
use crate::geo::Gazetteer;
use crate::index::holdings::{Holdings, Status};
use crate::index::store::format;
use crate::index::store::manifest::{Manifest, Sums, file_key};
use crate::index::{Backend, HitSink};
use crate::model::answer::{Counts, FacetAsk, FacetCounts, Hit, StoredArticle, Timeline, Totals};
use crate::model::article::ArticleId;
use crate::model::days::TimeUnit;
use crate::model::error::{Error, Result};
use crate::model::question::{DateKind, Page, Question};
use crate::words::Analyser;

/// An index open for reading.
pub struct Reader {
    folder: PathBuf,
    generation: PathBuf,
    searcher: Searcher,
    opstamp: u64,
    fields: Fields,
    /// The name of the manifest.
    manifest_name: String,
    /// What the commit says of itself.
    holdings: Holdings,
    /// Held open: a writer removes the manifest of a commit once there is a newer one. Empty where it could not be opened,
    /// which only those who need it have to know.
    manifest: Mutex<Option<File>>,
    gazetteer: Places,
    copies: OnceLock<Copies>,
    /// Of each segment.
    records: Vec<Records>,
    unpacker: Unpacker,
    /// Kept for the stems that it has learnt.
    analyser: Mutex<Analyser>,
    /// Of each segment.
    columns: Vec<Columns>,
}

/// How often an index is opened anew when a writer replaces it in between.
const OPEN_TRIES: u32 = 5;

impl Reader {
    /// Opens the last commit of an index.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::Format`], [`Error::Damaged`].
    pub fn open(folder: &Path) -> Result<Self> {
        let mut last = None;
        for _ in 0..OPEN_TRIES {
            match guarded(folder, || Self::open_once(folder)) {
                // A commit or a rebuild may have removed a file between two steps of opening.
                Err(e @ Error::Damaged { .. }) => last = Some(e),
                other => return other,
            }
        }
        Err(last.unwrap_or(Error::NoIndex { looked_in: folder.to_owned() }))
    }

    fn open_once(folder: &Path) -> Result<Self> {
        let current = format::current(folder)?;
        let generation = folder.join(&current.generation);
        let index = open_engine(folder, &generation)?;
        let fail = |e| engine_error(folder, e);
        let damaged = |reason: &str| Error::Damaged { index: folder.to_owned(), reason: reason.to_owned() };
        let (schema, fields) = schema::schema().map_err(|reason| Error::Engine { index: folder.to_owned(), reason })?;
        if index.schema() != schema {
            return Err(damaged("its fields are not those of its format"));
        }
        let meta = index.load_metas().map_err(fail)?;
        let payload = payload_in(&meta).map_err(fail)?.ok_or_else(|| damaged("its last commit names no manifest"))?;
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(|e| match e {
                TantivyError::IoError(e) => damaged(&e.to_string()),
                other => fail(other),
            })?;
        let searcher = reader.searcher();
        // Opened with the commit: a merge may remove the files at any time.
        let records =
            searcher.segment_readers().iter().map(Records::open).collect::<tantivy::Result<_>>().map_err(fail)?;
        let unpacker = Unpacker::new().map_err(|reason| Error::Engine { index: folder.to_owned(), reason })?;
        let columns = searcher.segment_readers().iter().map(|_| Columns::default()).collect();
        let gazetteer = layer::gazetteer(folder)?;
        let manifest = Mutex::new(File::open(folder.join(&payload.manifest)).ok());
        let folder = folder.to_owned();
        Ok(Reader {
            folder,
            generation,
            searcher,
            opstamp: meta.opstamp,
            fields,
            manifest_name: payload.manifest,
            holdings: Holdings { sums: payload.sums, languages: payload.languages, user_gazetteer: payload.gazetteer },
            manifest,
            gazetteer,
            copies: OnceLock::new(),
            records,
            unpacker,
            analyser: Mutex::new(Analyser::new()),
            columns,
        })
    }

    /// The index folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest of the commit that is open.
    pub fn manifest(&self) -> Result<Manifest> {
        let name = &self.manifest_name;
        let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(file) => {
                let mut start = file;
                start.rewind().map_err(|e| self.damaged(format!("{name}: {e}")))?;
                Manifest::read_open(&self.folder, name, file)
            }
            None => Manifest::read(&self.folder, name),
        }
    }

    /// Sums of the commit that is open.
    pub fn sums(&self) -> &Sums {
        &self.holdings.sums
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    pub(crate) fn languages(&self) -> &[String] {
        &self.holdings.languages
    }

    pub(crate) fn fail(&self, error: TantivyError) -> Error {
        match error {
            // The files are open and mapped: what cannot be read of them now cannot be decoded.
            TantivyError::IoError(e) => self.damaged(e.to_string()),
            other => engine_error(&self.folder, other),
        }
    }

    pub(crate) fn damaged(&self, reason: impl Into<String>) -> Error {
        Error::Damaged { index: self.folder.clone(), reason: reason.into() }
    }

    pub(crate) fn segments(&self) -> Result<Vec<Segment<'_>>> {
        let copies = self.copies()?;
        let readers = self.searcher.segment_readers().iter().zip(&self.columns).zip(&self.records).enumerate();
        let segment = |(ordinal, ((reader, columns), records))| {
            let texts = Texts { records, unpacker: &self.unpacker };
            Segment::new(reader, ordinal, self.fields, columns, copies.borders(ordinal), texts)
        };
        Ok(readers.map(segment).collect())
    }

    pub(crate) fn copies(&self) -> Result<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Ok(copies);
        }
        let found = match Copies::read(&self.generation, self.opstamp, &self.searcher) {
            Some(copies) => copies,
            None => Copies::find(&self.searcher).map_err(|e| self.fail(e))?,
        };
        Ok(self.copies.get_or_init(|| found))
    }

    /// The analyser that queries and texts are read with.
    pub(crate) fn analyser(&self) -> MutexGuard<'_, Analyser> {
        self.analyser.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of the article that a document is a passage of.
    pub(crate) fn article_of(&self, segment: &Segment<'_>, doc: DocId) -> Result<u64> {
        segment.article(doc).map_err(|e| self.fail(e))
    }

    /// What is stored of a document.
    pub(crate) fn stored(&self, segment: usize, doc: DocId) -> Result<Vec<u8>> {
        let records = self.records.get(segment).ok_or_else(|| self.damaged("a segment has no records"))?;
        self.unpacker.record(records, doc).map_err(|reason| self.damaged(reason))
    }

    /// The first document of an article.
    pub(crate) fn find_article(&self, id: ArticleId) -> Result<Option<(usize, DocId)>> {
        for segment in self.segments()? {
            if let Some(doc) = segment.find_article(id.0).map_err(|e| self.fail(e))? {
                return Ok(Some((segment.ordinal, doc)));
            }
        }
        Ok(None)
    }

    /// Keys of the files whose path fits a pattern: a glob where it holds `*`, `?` or `[`, else a part of the path.
    pub(crate) fn files_matching(&self, pattern: &str) -> Result<Vec<u64>> {
        let manifest = self.manifest()?;
        let glob = pattern
            .contains(['*', '?', '['])
            .then(|| globset::Glob::new(pattern).map(|g| g.compile_matcher()))
            .transpose()
            .map_err(|e| Error::Usage(format!("path:{pattern}: {e}")))?;
        let fits = |path: &str| match &glob {
            Some(glob) => glob.is_match(path),
            None => path.contains(pattern),
        };
        Ok(manifest
            .files
            .values()
            .filter(|file| file.articles > 0 && fits(&file.path))
            .map(|file| file_key(manifest.roots.get(file.root as usize).map_or("", String::as_str), &file.path))
            .collect())
    }

    /// The codes that stand last in a place path of the index, sorted.
    pub(crate) fn place_codes(&self) -> Result<Vec<String>> {
        let mut codes = BTreeSet::new();
        for (segment, columns) in self.searcher.segment_readers().iter().zip(&self.columns) {
            let Some(column) = columns.terms(segment, "place").map_err(|e| self.fail(e))? else { continue };
            crate::engine::segment::columns::for_each_path(&column, |_, path| {
                if let Some(code) = path.rsplit('\0').next() {
                    codes.insert(code.to_owned());
                }
            })
            .map_err(|e| self.fail(e))?;
        }
        Ok(codes.into_iter().collect())
    }

    /// How near a commit is to the archive: whether a file is as it was when it was read.
    pub(crate) fn is_stale(&self, root: &str, path: &str, size: u64, mtime: i64) -> bool {
        crate::archive::freshness::is_stale(Path::new(root), path, size, mtime)
    }
}

/// Runs what reads an index. The engine checks no file when it opens it, and panics on some that hold what they cannot
/// hold; that is damage like any other.
fn guarded<T>(folder: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let reason = format!("reading it broke down: {}", said.unwrap_or("no reason given"));
        Err(Error::Damaged { index: folder.to_owned(), reason })
    })
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("folder", &self.folder).field("commit", &self.opstamp).finish_non_exhaustive()
    }
}

/// Hands hits on to a sink, and keeps a panic of the sink's own apart from the engine's, so that it can go on its way.
struct Guarded<'s> {
    sink: &'s mut dyn HitSink,
    panic: Option<Box<dyn Any + Send>>,
}

impl HitSink for Guarded<'_> {
    fn hit(&mut self, hit: Hit) -> Result<ControlFlow<()>> {
        catch_unwind(AssertUnwindSafe(|| self.sink.hit(hit))).unwrap_or_else(|panic| {
            self.panic = Some(panic);
            Ok(ControlFlow::Break(()))
        })
    }
}

impl Backend for Reader {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn search(&self, question: &Question, page: &Page, sink: &mut dyn HitSink) -> Result<Totals> {
        let mut sink = Guarded { sink, panic: None };
        let found = guarded(&self.folder, || {
            let search = Search::new(self, question)?;
            let ranking = search.ranking(page)?;
            Answers::new(&search, page)?.give(&ranking, &mut sink)
        });
        match sink.panic {
            Some(panic) => resume_unwind(panic),
            None => found,
        }
    }

    fn rank_articles(&self, question: &Question, depth: usize) -> Result<Vec<(String, f64)>> {
        guarded(&self.folder, || {
            let search = Search::new(self, question)?;
            let articles: Vec<Scored> = search.ranked_articles(depth)?;
            let page = Page::default();
            let answers = Answers::new(&search, &page)?;
            articles.iter().map(|hit| Ok((answers.document_id(hit)?, f64::from(hit.score())))).collect()
        })
    }

    fn count(&self, question: &Question) -> Result<Counts> {
        guarded(&self.folder, || tally::count_matches(&Search::new(self, question)?))
    }

    fn facets(&self, question: &Question, asked: &[FacetAsk]) -> Result<Vec<FacetCounts>> {
        guarded(&self.folder, || {
            let search = Search::new(self, question)?;
            asked.iter().map(|ask| facets::count(&search, ask)).collect()
        })
    }

    fn timeline(&self, question: &Question, kind: DateKind, unit: TimeUnit) -> Result<Timeline> {
        guarded(&self.folder, || timeline::count(&Search::new(self, question)?, kind, unit))
    }

    fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Option<StoredArticle>>> {
        let stored = |id: &ArticleId| {
            let found = self.find_article(*id)?;
            found.map(|(segment, doc)| crate::engine::answer::stored_article(self, segment, doc)).transpose()
        };
        guarded(&self.folder, || ids.iter().map(stored).collect())
    }

    fn articles_at(&self, path: &str) -> Result<Vec<ArticleId>> {
        guarded(&self.folder, || {
            let manifest = self.manifest()?;
            let mut ids = Vec::new();
            for file in manifest.files.values().filter(|file| file.path == path && file.articles > 0) {
                let key = file_key(manifest.roots.get(file.root as usize).map_or("", String::as_str), &file.path);
                for segment in self.segments()? {
                    ids.extend(segment.articles_of_file(key).map_err(|e| self.fail(e))?.into_iter().map(ArticleId));
                }
            }
            ids.sort_unstable();
            ids.dedup();
            Ok(ids)
        })
    }

    fn suggestions(&self, word: &str, most: usize) -> Result<Vec<String>> {
        guarded(&self.folder, || crate::engine::answer::suggest::nearest_words(self, word, most))
    }

    fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    fn status(&self) -> Result<Status> {
        let bytes = walkdir::WalkDir::new(&self.folder)
            .into_iter()
            .flatten()
            .filter_map(|e| e.metadata().ok())
            .filter(std::fs::Metadata::is_file)
            .map(|m| m.len())
            .sum();
        let manifest = self.manifest()?;
        // The manifest's own sums: what the commit says of it may be damaged by itself.
        let holdings = Holdings { sums: manifest.sums(), ..self.holdings.clone() };
        Ok(Status {
            location: self.folder.clone(),
            format: format::FORMAT,
            holdings,
            segments: self.searcher.segment_readers().len(),
            bytes,
            copies: self.copies()?.groups(),
            manifest,
        })
    }

    fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}
