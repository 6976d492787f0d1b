//! A small archive in a folder of its own, and what is asked of its index.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dateline::engine::Reader;
use dateline::geo::Gazetteer;
use dateline::index::Backend;
use dateline::index::store::format::INDEX_FOLDER;
use dateline::ingest::{self, IngestSettings, IngestSummary, Silent};
use dateline::model::answer::{FacetAsk, FacetCounts, Hit, Totals};
use dateline::model::place::PlaceId;
use dateline::model::question::{Expr, Filter, Matching, Page, Question, Sort};
use dateline::query::parse::parse;
use tempfile::TempDir;

/// An archive that goes when it is dropped.
pub struct Archive {
    folder: TempDir,
}

/// One thread and a small buffer: the archives here are small.
pub fn settings() -> IngestSettings {
    IngestSettings { jobs: 1, memory_bytes: 20 << 20, ..IngestSettings::default() }
}

impl Archive {
    pub fn new() -> Self {
        Archive { folder: tempfile::tempdir().unwrap() }
    }

    /// An archive of these files, indexed.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let archive = Archive::new();
        for (path, content) in files {
            archive.write(path, content);
        }
        archive.index();
        archive
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn index_folder(&self) -> PathBuf {
        self.root().join(INDEX_FOLDER)
    }

    /// The folder of the generation in force.
    pub fn generation(&self) -> PathBuf {
        self.index_folder().join(dateline::index::store::format::current(&self.index_folder()).unwrap().generation)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    pub fn try_index(&self, settings: &IngestSettings) -> dateline::Result<IngestSummary> {
        ingest::index(&[self.root().to_owned()], &self.index_folder(), settings, &Silent)
    }

    pub fn index(&self) -> IngestSummary {
        self.try_index(&settings()).unwrap()
    }

    pub fn rebuild(&self) -> IngestSummary {
        self.try_index(&IngestSettings { rebuild: true, ..settings() }).unwrap()
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.index_folder()).unwrap()
    }

    /// Paths of the articles that answer, in order of path.
    pub fn paths(&self, query: &str) -> Vec<String> {
        paths(&self.reader(), &typed(query))
    }
}

/// `sample_corpus` in a folder of its own, indexed once for all tests.
pub fn sample() -> &'static (Archive, Reader) {
    static SAMPLE: OnceLock<(Archive, Reader)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let archive = Archive::new();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
        let visible = |e: &walkdir::DirEntry| !e.file_name().to_string_lossy().starts_with('.');
        for entry in walkdir::WalkDir::new(&from).into_iter().filter_entry(visible) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&from).unwrap();
                archive.write(below.to_str().unwrap(), fs::read(entry.path()).unwrap());
            }
        }
        archive.index();
        let reader = archive.reader();
        (archive, reader)
    })
}

/// A question and the page of its answer.
#[derive(Debug, Clone)]
pub struct Asked {
    pub question: Question,
    pub page: Page,
}

impl Asked {
    /// Every passage.
    pub fn everything() -> Self {
        Asked { question: Question::default(), page: Page::all() }
    }

    pub fn matching(mut self, matching: Matching) -> Self {
        self.question.matching = matching;
        self
    }

    pub fn exact(mut self, exact: bool) -> Self {
        self.question.exact = exact;
        self
    }

    pub fn claims(mut self, claims: bool) -> Self {
        self.question.claims = claims;
        self
    }

    pub fn coarse(mut self, coarse: bool) -> Self {
        self.question.coarse = coarse;
        self
    }

    pub fn event_named(mut self, event_named: bool) -> Self {
        self.question.event_named = event_named;
        self
    }

    pub fn expr(mut self, expr: Option<Expr>) -> Self {
        self.question.expr = expr;
        self
    }

    /// Filters as flags give them.
    pub fn filters(mut self, filters: Vec<Filter>) -> Self {
        self.question = self.question.narrowed(filters);
        self
    }

    pub fn excludes(mut self, filters: Vec<Filter>) -> Self {
        self.question = self.question.excluding(filters);
        self
    }

    pub fn sort(mut self, sort: Sort) -> Self {
        self.page.sort = sort;
        self
    }

    pub fn offset(mut self, offset: usize) -> Self {
        self.page.offset = offset;
        self
    }

    pub fn limit(mut self, limit: Option<usize>) -> Self {
        self.page.limit = limit;
        self
    }

    pub fn per_article(mut self, most: Option<usize>) -> Self {
        self.page.per_article = most;
        self
    }

    pub fn context(mut self, passages: usize) -> Self {
        self.page.context = passages;
        self
    }
}

/// A query as typed, of complete matches alone and without a limit.
pub fn typed(query: &str) -> Asked {
    let expr = parse(query, Gazetteer::embedded()).unwrap().expr;
    Asked::everything().expr(expr).matching(Matching::All)
}

/// The filter that is typed so.
pub fn filter(typed: &str) -> Filter {
    match parse(typed, Gazetteer::embedded()).unwrap().expr {
        Some(Expr::Filter(filter)) => filter,
        other => panic!("{typed} is no filter: {other:?}"),
    }
}

/// The same question with one more condition that must hold by itself.
pub fn narrowed(asked: &Asked, by: Filter) -> Asked {
    asked.clone().filters(vec![by])
}

pub fn hits(backend: &dyn Backend, asked: &Asked) -> (Vec<Hit>, Totals) {
    let mut hits = Vec::new();
    let totals = backend.search(&asked.question, &asked.page, &mut hits).unwrap();
    (hits, totals)
}

/// The counts of one field.
pub fn facet(backend: &dyn Backend, asked: &Asked, ask: &FacetAsk) -> FacetCounts {
    backend.facets(&asked.question, std::slice::from_ref(ask)).unwrap().remove(0)
}

pub fn totals(backend: &dyn Backend, asked: &Asked) -> Totals {
    hits(backend, &asked.clone().limit(Some(0))).1
}

/// Paths of the articles that answer, in order of path, each once.
pub fn paths(backend: &dyn Backend, asked: &Asked) -> Vec<String> {
    let mut paths: Vec<String> = hits(backend, asked).0.into_iter().map(|h| h.article.path).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The id of a place with this name.
pub fn place(name: &str) -> PlaceId {
    Gazetteer::embedded().named(name).first().map(|p| p.id.clone()).unwrap_or_else(|| panic!("no place {name}"))
}

/// Everything below a folder by path, with its bytes.
pub fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files.map(|e| (e.path().to_owned(), fs::read(e.path()).unwrap())).collect()
}

/// Some paragraphs of plain words that make more than one passage; each ends with `last`.
pub fn long_text(paragraphs: usize, last: &str) -> String {
    let sentence =
        "Residents of the valley said that the road had been closed since the morning and that no bus had come. ";
    (0..paragraphs).map(|n| format!("{}They counted {n} trucks of the {last}.\n\n", sentence.repeat(4))).collect()
}
