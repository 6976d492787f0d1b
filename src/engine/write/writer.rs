//! Writing to an index: articles in, files out, one commit.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::index::SegmentId;
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError, Term};

use crate::engine::commit::{Payload, open_engine, payload_of};
use crate::engine::fault::{engine_error, writing_error};
use crate::engine::layer;
use crate::engine::layer::Places;
use crate::engine::records::plugin::RecordsPlugin;
use crate::engine::schema;
use crate::engine::schema::Fields;
use crate::engine::schema::analyser;
use crate::engine::segment::copies;
use crate::engine::write::builder::Builder;
use crate::engine::write::merging;
use crate::engine::write::merging::FewSegments;
use crate::engine::write::removal::EarlierQuery;
use crate::geo::Gazetteer;
use crate::index::indexer::{Adder, Indexer};
use crate::index::store::format;
use crate::index::store::format::WriteLock;
use crate::index::store::manifest::Manifest;
use crate::model::error::{Error, Result};

/// How a writer uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Threads that add articles, each with a [`Builder`] of its own.
    pub threads: usize,
    /// Bytes of all their segments in the making together.
    pub memory_bytes: usize,
}

impl WriterOptions {
    /// Bytes of one thread's segment.
    fn segment_bytes(self) -> usize {
        self.memory_bytes / self.threads.max(1)
    }
}

/// The one writer of an index. Nothing that it does is seen by readers before [`Writer::commit`].
pub struct Writer {
    index_folder: PathBuf,
    generation: String,
    /// Whether the generation is new and not yet in force.
    fresh: bool,
    fields: Fields,
    index: Index,
    engine: IndexWriter,
    /// The segments of the commit that was found.
    earlier: Arc<HashSet<SegmentId>>,
    options: WriterOptions,
    payload: Option<Payload>,
    gazetteer: OnceLock<Places>,
    _lock: WriteLock,
}

impl Writer {
    /// Opens the index in `index_folder` for writing, making it where there is none. With `rebuild` a new generation is
    /// begun, whatever stands there, and comes into force with the first commit.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::Format`] (unless rebuilding), [`Error::Damaged`], [`Error::Io`].
    pub fn open(index_folder: &Path, options: WriterOptions, rebuild: bool) -> Result<Self> {
        Self::open_for(index_folder, options, rebuild).map_err(|e| writing_error(index_folder, false, e))
    }

    fn open_for(index_folder: &Path, options: WriterOptions, rebuild: bool) -> Result<Self> {
        format::refuse_others_folder(index_folder)?;
        format::make_private_folder(index_folder)?;
        let lock = WriteLock::take(index_folder)?;
        let current = match format::current(index_folder) {
            Ok(current) if !rebuild => Some(current),
            Err(e) if !rebuild && !matches!(e, Error::NoIndex { .. }) => return Err(e),
            _ => None,
        };
        let fail = |e| engine_error(index_folder, e);
        let (generation, fresh, index) = match current {
            Some(current) => {
                let index = open_engine(index_folder, &index_folder.join(&current.generation))?;
                (current.generation, false, index)
            }
            None => {
                let generation = format::new_generation(index_folder)?;
                let (schema, _) =
                    schema::schema().map_err(|reason| Error::Engine { index: index_folder.to_owned(), reason })?;
                let settings = IndexSettings {
                    // The engine's own store holds no value, only that there is none for each document.
                    docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(1) }),
                    docstore_compress_dedicated_thread: false,
                    ..IndexSettings::default()
                };
                let builder =
                    Index::builder().schema(schema).settings(settings).register_plugin(Arc::new(RecordsPlugin));
                let index = builder.create_in_dir(index_folder.join(&generation)).map_err(fail)?;
                analyser::register(index.tokenizers());
                (generation, true, index)
            }
        };
        let (_, fields) =
            schema::schema().map_err(|reason| Error::Engine { index: index_folder.to_owned(), reason })?;
        let payload = payload_of(&index).map_err(fail)?;
        // The engine's own threads for adding stay idle, since builders do their work; one is the fewest there can be.
        let merging = IndexWriterOptions::builder().num_worker_threads(1).num_merge_threads(1).build();
        let engine: IndexWriter = index.writer_with_options(merging).map_err(fail)?;
        let earlier: Arc<HashSet<SegmentId>> =
            Arc::new(index.searchable_segment_ids().map_err(fail)?.into_iter().collect());
        // Removals know the segments of earlier commits by their ids, which have to last until the next.
        engine.set_merge_policy(Box::new(FewSegments { protected: Arc::clone(&earlier) }));
        if !fresh {
            // A run that was killed leaves files that no commit names; one of them may have the very name that this run
            // would give to a file of its own.
            engine.garbage_collect_files().wait().map_err(fail)?;
        }
        Ok(Writer {
            index_folder: index_folder.to_owned(),
            generation,
            fresh,
            fields,
            index,
            engine,
            earlier,
            options,
            payload,
            gazetteer: OnceLock::new(),
            _lock: lock,
        })
    }

    /// The manifest of the last commit; empty for a new index.
    pub fn manifest(&self) -> Result<Manifest> {
        match &self.payload {
            Some(payload) => Manifest::read(&self.index_folder, &payload.manifest),
            None => Ok(Manifest::default()),
        }
    }

    /// The gazetteer that articles are read with: the embedded one and the user's layer, where there is one.
    pub fn gazetteer(&self) -> Result<Places> {
        layer::gazetteer(&self.index_folder)
    }

    /// What the last commit said of itself.
    pub fn payload(&self) -> Option<&Payload> {
        self.payload.as_ref()
    }

    /// Takes all articles of a file out of the index that it held when it was opened; those of this run stay.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub fn remove_file(&self, file: u64) -> Result<()> {
        let earlier = EarlierQuery::new(Term::from_field_u64(self.fields.file, file), &self.earlier);
        self.engine.delete_query(Box::new(earlier)).map_err(|e| engine_error(&self.index_folder, e))?;
        Ok(())
    }

    /// A builder of segments, by which one thread adds articles. Each thread takes one for itself.
    pub fn builder(&self) -> Builder<'_> {
        Builder::new(&self.index_folder, &self.engine, &self.fields, self.options.segment_bytes())
    }

    /// Commits all that was added and removed, with the manifest that describes it. Readers see the old index before
    /// this returns and the new one after; a process killed in between leaves one of the two.
    ///
    /// # Errors
    /// [`Error::Full`] where there is no room: the index is then as it was.
    pub fn commit(&mut self, manifest: &Manifest, languages: Vec<String>) -> Result<()> {
        let folder = self.index_folder.clone();
        self.commit_for(manifest, languages).map_err(|e| writing_error(&folder, false, e))
    }

    /// The reason behind a failure to add: that a thread of the engine has ended says only that it has.
    pub fn cause_of(&mut self, error: Error) -> Error {
        match self.engine.prepare_commit().map(drop) {
            Err(e) => engine_error(&self.index_folder, e),
            Ok(()) => error,
        }
    }

    fn commit_for(&mut self, manifest: &Manifest, languages: Vec<String>) -> Result<()> {
        let gazetteer = layer::current(&self.index_folder)?;
        let payload = Payload {
            manifest: manifest.write(&self.index_folder)?,
            sums: manifest.sums(),
            roots: manifest.roots.clone(),
            gazetteer,
            languages,
        };
        let fail = |e| engine_error(&self.index_folder, e);
        let text = serde_json::to_string(&payload)
            .map_err(|e| Error::Engine { index: self.index_folder.clone(), reason: e.to_string() })?;
        let mut prepared = self.engine.prepare_commit().map_err(fail)?;
        prepared.set_payload(&text);
        prepared.commit().map_err(fail)?;
        if self.fresh {
            format::set_current(&self.index_folder, &self.generation)?;
            self.fresh = false;
        }
        self.payload = Some(payload);
        Ok(())
    }

    /// Waits for merges, drops what no commit needs any more, and lets go of the index.
    pub fn close(self, changed: bool) -> Result<()> {
        let folder = self.index_folder.clone();
        self.close_for(changed).map_err(|e| writing_error(&folder, true, e))
    }

    fn close_for(self, changed: bool) -> Result<()> {
        let Writer { index_folder, generation, index, mut engine, payload, fresh, .. } = self;
        let fail = |e| engine_error(&index_folder, e);
        if fresh {
            // Nothing was ever committed to it.
            drop(engine);
            let _ = std::fs::remove_dir_all(index_folder.join(&generation));
            return Ok(());
        }
        if changed {
            // What describes a segment keeps its files, so that nothing of the kind may live on here.
            let due = merging::due(&index.searchable_segment_metas().map_err(fail)?);
            for merge in due {
                // A segment that is being merged already is left to that; what it leaves undone, the next run does.
                if let Err(e @ (TantivyError::DataCorruption(_) | TantivyError::OpenReadError(_))) =
                    engine.merge(&merge).wait()
                {
                    return Err(fail(e));
                }
            }
            engine.garbage_collect_files().wait().map_err(fail)?;
        }
        engine.wait_merging_threads().map_err(fail)?;
        if !changed {
            return Ok(());
        }
        format::remove_other_generations(&index_folder, &generation);
        if let Some(payload) = &payload {
            Manifest::remove_others(&index_folder, &payload.manifest);
        }
        let generation = index_folder.join(&generation);
        format::make_files_private(&generation);
        format::make_files_private(&index_folder);
        copies::write(&index_folder, &generation, &index)
    }

    /// Merges away what was deleted, so that no text of it is left in the folder.
    pub fn purge_deleted(&mut self) -> Result<()> {
        let fail = |e| writing_error(&self.index_folder, true, engine_error(&self.index_folder, e));
        for segment in self.index.searchable_segment_metas().map_err(fail)? {
            if segment.has_deletes() {
                self.engine.merge(&[segment.id()]).wait().map_err(fail)?;
            }
        }
        self.engine.garbage_collect_files().wait().map_err(fail)?;
        Ok(())
    }

    /// The error of an engine that fails in a way it gives no reason for.
    pub fn broken(&self, reason: &str) -> Error {
        Error::Engine { index: self.index_folder.clone(), reason: reason.to_owned() }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (folder, generation) = (&self.index_folder, &self.generation);
        f.debug_struct("Writer").field("index_folder", folder).field("generation", generation).finish_non_exhaustive()
    }
}

impl Indexer for Writer {
    fn manifest(&self) -> Result<Manifest> {
        self.manifest()
    }

    fn is_new(&self) -> bool {
        self.payload.is_none()
    }

    fn languages(&self) -> &[String] {
        self.payload.as_ref().map_or(&[], |payload| &payload.languages)
    }

    fn gazetteer(&self) -> Result<&Gazetteer> {
        if let Some(places) = self.gazetteer.get() {
            return Ok(places);
        }
        let places = layer::gazetteer(&self.index_folder)?;
        Ok(self.gazetteer.get_or_init(|| places))
    }

    fn remove_file(&self, file: u64) -> Result<()> {
        self.remove_file(file)
    }

    fn adder(&self) -> Box<dyn Adder + '_> {
        Box::new(self.builder())
    }

    fn commit(&mut self, manifest: &Manifest, languages: Vec<String>) -> Result<()> {
        self.commit(manifest, languages)
    }

    fn purge(&mut self) -> Result<()> {
        self.purge_deleted()
    }

    fn close(self: Box<Self>, changed: bool) -> Result<()> {
        (*self).close(changed)
    }

    fn abandon(mut self: Box<Self>, error: Error) -> Error {
        self.cause_of(error)
    }
}
