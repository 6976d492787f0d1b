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
use crate::index::indexer::{Adder, Indexer, IndexerOptions};
use crate::index::store::format;
use crate::index::store::format::WriteLock;
use crate::index::store::manifest::Manifest;
use crate::model::error::{Error, Result};

/// The one writer of an index. See [`Indexer`] for what it does.
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
    /// Bytes of one thread's segment in the making.
    segment_bytes: usize,
    payload: Option<Payload>,
    gazetteer: OnceLock<Places>,
    _lock: WriteLock,
}

impl Writer {
    /// Opens the index in `index_folder` for writing, making it where there is none. A rebuild begins a new generation,
    /// which comes into force with the first commit.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::Format`] (unless rebuilding), [`Error::Damaged`], [`Error::Io`].
    pub fn open(index_folder: &Path, options: IndexerOptions) -> Result<Self> {
        Self::open_for(index_folder, options).map_err(|e| writing_error(index_folder, false, e))
    }

    fn open_for(index_folder: &Path, options: IndexerOptions) -> Result<Self> {
        format::refuse_others_folder(index_folder)?;
        format::make_private_folder(index_folder)?;
        let lock = WriteLock::take(index_folder)?;
        let current = match format::current(index_folder) {
            Ok(current) if !options.rebuild => Some(current),
            Err(e) if !options.rebuild && !matches!(e, Error::NoIndex { .. }) => return Err(e),
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
            segment_bytes: options.memory_bytes / options.threads.max(1),
            payload,
            gazetteer: OnceLock::new(),
            _lock: lock,
        })
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
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (folder, generation) = (&self.index_folder, &self.generation);
        f.debug_struct("Writer").field("index_folder", folder).field("generation", generation).finish_non_exhaustive()
    }
}

impl Indexer for Writer {
    fn manifest(&self) -> Result<Manifest> {
        match &self.payload {
            Some(payload) => Manifest::read(&self.index_folder, &payload.manifest),
            None => Ok(Manifest::default()),
        }
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
        let earlier = EarlierQuery::new(Term::from_field_u64(self.fields.file, file), &self.earlier);
        self.engine.delete_query(Box::new(earlier)).map_err(|e| engine_error(&self.index_folder, e))?;
        Ok(())
    }

    fn adder(&self) -> Box<dyn Adder + '_> {
        Box::new(Builder::new(&self.index_folder, &self.engine, &self.fields, self.segment_bytes))
    }

    fn commit(&mut self, manifest: &Manifest, languages: Vec<String>) -> Result<()> {
        let folder = self.index_folder.clone();
        self.commit_for(manifest, languages).map_err(|e| writing_error(&folder, false, e))
    }

    /// Merges away what was deleted.
    fn purge(&mut self) -> Result<()> {
        let fail = |e| writing_error(&self.index_folder, true, engine_error(&self.index_folder, e));
        for segment in self.index.searchable_segment_metas().map_err(fail)? {
            if segment.has_deletes() {
                self.engine.merge(&[segment.id()]).wait().map_err(fail)?;
            }
        }
        self.engine.garbage_collect_files().wait().map_err(fail)?;
        Ok(())
    }

    fn close(self: Box<Self>, changed: bool) -> Result<()> {
        let folder = self.index_folder.clone();
        self.close_for(changed).map_err(|e| writing_error(&folder, true, e))
    }

    /// That a thread of the engine has ended says only that it has; why, it says where its work would be committed.
    fn abandon(mut self: Box<Self>, error: Error) -> Error {
        match self.engine.prepare_commit().map(drop) {
            Err(e) => engine_error(&self.index_folder, e),
            Ok(()) => error,
        }
    }
}
