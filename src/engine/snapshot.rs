//! A snapshot: one commit of an index, open for as long as it is held. It answers nothing by itself.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::{DocId, IndexReader, ReloadPolicy, Searcher, TantivyError};

use crate::engine::commit::{open_engine, payload_in};
use crate::engine::fault::{engine_error, guarded};
use crate::engine::layer;
use crate::engine::layer::Places;
use crate::engine::pool::Pool;
use crate::engine::records::{Records, Unpacker};
use crate::engine::schema;
use crate::engine::schema::Fields;
use crate::engine::segment::columns::{Columns, for_each_path};
use crate::engine::segment::copies::Copies;
use crate::engine::segment::{Segment, Texts};
use crate::geo::Gazetteer;
use crate::index::holdings::Holdings;
use crate::index::store::format;
use crate::index::store::manifest::{Manifest, Sums};
use crate::model::error::{Error, Result};
use crate::words::Analyser;

/// One commit of an index.
pub(crate) struct Snapshot {
    folder: PathBuf,
    generation: PathBuf,
    searcher: Searcher,
    opstamp: u64,
    fields: Fields,
    /// The name of the manifest.
    manifest_name: String,
    /// What the commit says of itself.
    holdings: Holdings,
    /// Mapped when the commit was opened: a writer removes the manifest of a commit once there is a newer one. `None` where
    /// it could not be opened, which only those who need it have to know.
    manifest: Option<OwnedBytes>,
    gazetteer: Places,
    copies: OnceLock<Copies>,
    /// Of each segment.
    records: Vec<Records>,
    unpacker: Unpacker,
    /// Kept for the stems that they have learnt.
    analysers: Pool<Analyser>,
    /// Of each segment.
    columns: Vec<Columns>,
}

/// How often an index is opened anew when a writer replaces it in between.
const OPEN_TRIES: u32 = 5;

impl Snapshot {
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
        let manifest = mapped(folder, &payload.manifest);
        let folder = folder.to_owned();
        Ok(Snapshot {
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
            analysers: Pool::of(Analyser::new()),
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
        match &self.manifest {
            Some(bytes) => Manifest::read_open(&self.folder, name, bytes.as_slice()),
            None => Manifest::read(&self.folder, name),
        }
    }

    /// What the commit says that it holds.
    pub fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// The number of the commit within its generation.
    pub fn commit(&self) -> u64 {
        self.opstamp
    }

    /// The gazetteer that its places were named by.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Sums of the commit that is open.
    pub fn sums(&self) -> &Sums {
        &self.holdings.sums
    }

    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub fn fields(&self) -> Fields {
        self.fields
    }

    pub fn languages(&self) -> &[String] {
        &self.holdings.languages
    }

    pub fn fail(&self, error: TantivyError) -> Error {
        match error {
            // The files are open and mapped: what cannot be read of them now cannot be decoded.
            TantivyError::IoError(e) => self.damaged(e.to_string()),
            other => engine_error(&self.folder, other),
        }
    }

    pub fn damaged(&self, reason: impl Into<String>) -> Error {
        Error::Damaged { index: self.folder.clone(), reason: reason.into() }
    }

    pub fn segments(&self) -> Result<Vec<Segment<'_>>> {
        let copies = self.copies()?;
        let readers = self.searcher.segment_readers().iter().zip(&self.columns).zip(&self.records).enumerate();
        let segment = |(ordinal, ((reader, columns), records))| {
            let texts = Texts { records, unpacker: &self.unpacker };
            Segment::new(reader, ordinal, self.fields, columns, copies.borders(ordinal), texts)
        };
        Ok(readers.map(segment).collect())
    }

    pub fn copies(&self) -> Result<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Ok(copies);
        }
        let found = match Copies::read(&self.generation, self.opstamp, &self.searcher) {
            Some(copies) => copies,
            None => Copies::find(&self.searcher).map_err(|e| self.fail(e))?,
        };
        Ok(self.copies.get_or_init(|| found))
    }

    /// Reads words as they were read when the index was made.
    pub fn with_analyser<R>(&self, run: impl FnOnce(&mut Analyser) -> R) -> R {
        let Ok(done) = self.analysers.with(|| Ok::<_, Infallible>(Analyser::new()), run);
        done
    }

    /// The id of the article that a document is a passage of.
    pub fn article_of(&self, segment: &Segment<'_>, doc: DocId) -> Result<u64> {
        segment.article(doc).map_err(|e| self.fail(e))
    }

    /// What is stored of a document.
    pub fn stored(&self, segment: usize, doc: DocId) -> Result<Vec<u8>> {
        let records = self.records.get(segment).ok_or_else(|| self.damaged("a segment has no records"))?;
        self.unpacker.record(records, doc).map_err(|reason| self.damaged(reason))
    }

    /// Keys of the files whose path fits a pattern: a glob where it holds `*`, `?` or `[`, else a part of the path.
    pub fn files_matching(&self, pattern: &str) -> Result<Vec<u64>> {
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
            .map(|file| manifest.key_of(file))
            .collect())
    }

    /// The codes that stand last in a place path of the index, sorted.
    pub fn place_codes(&self) -> Result<Vec<String>> {
        let mut codes = BTreeSet::new();
        for (segment, columns) in self.searcher.segment_readers().iter().zip(&self.columns) {
            let Some(column) = columns.terms(segment, "place").map_err(|e| self.fail(e))? else { continue };
            for_each_path(&column, |_, path| {
                if let Some(code) = path.rsplit('\0').next() {
                    codes.insert(code.to_owned());
                }
            })
            .map_err(|e| self.fail(e))?;
        }
        Ok(codes.into_iter().collect())
    }

    /// Whether a file of the archive is gone or no longer as it was when it was read.
    pub fn is_stale(&self, root: &str, path: &str, size: u64, mtime: i64) -> bool {
        crate::archive::freshness::is_stale(Path::new(root), path, size, mtime)
    }
}

/// The bytes of a file in the index folder; `None` where it cannot be opened.
fn mapped(folder: &Path, name: &str) -> Option<OwnedBytes> {
    MmapDirectory::open(folder).ok()?.open_read(Path::new(name)).ok()?.read_bytes().ok()
}
