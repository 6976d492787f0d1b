//! One indexing run, from the walk to the commit, and the run that forgets files.

pub(crate) mod file_run;
pub(crate) mod queue;
pub(crate) mod state;
pub(crate) mod tasks;
pub(crate) mod worker;

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::archive::archive_file::ArchiveFile;
use crate::archive::walk::path_below;
use crate::extract::records_of;
use crate::extract::settings::ExtractSettings;
use crate::index::indexer::{Indexer, IndexerOptions};
use crate::index::store::format;
use crate::index::store::manifest::{FileEntry, FileProblem, FileState, file_key};
use crate::ingest::open::open;
use crate::ingest::progress::{IngestSummary, Progress};
use crate::ingest::run::file_run::{FileRun, lock};
use crate::ingest::run::queue::{Budget, Parcel, WAITING_RECORDS};
use crate::ingest::run::state::RunState;
use crate::ingest::run::tasks::{Task, root_name, walk};
use crate::ingest::run::worker::Worker;
use crate::ingest::settings::IngestSettings;
use crate::model::error::{Error, Result};

/// Brings the index in `index_folder` up to date with these roots; what else it holds stays as it is.
///
/// # Errors
/// The errors of opening the index for writing; [`Error::Io`] for a root that is not there; [`Error::Input`] for a
/// `dateline.toml` that cannot be understood. A file that cannot be read is no error: it is counted and kept.
pub fn index(
    roots: &[PathBuf],
    index_folder: &Path,
    settings: &IngestSettings,
    progress: &dyn Progress,
) -> Result<IngestSummary> {
    let started = Instant::now();
    let roots = roots
        .iter()
        .map(|root| {
            let path = root.canonicalize().map_err(|e| Error::io("cannot open", root, e))?;
            match path.is_dir() || path.is_file() {
                true => Ok(path),
                false => Err(Error::Usage(format!("{}: neither a folder nor a file; name an archive", root.display()))),
            }
        })
        .collect::<Result<Vec<_>>>()?;
    let archives: Vec<ArchiveFile> = roots.iter().map(|root| ArchiveFile::read(root)).collect::<Result<_>>()?;
    let (threads, memory_bytes) = (settings.threads(), settings.segment_bytes());
    let options = IndexerOptions { threads, memory_bytes, rebuild: settings.rebuild };
    let mut indexer = open(index_folder, options).map_err(name_the_way_out)?;
    let mut new = indexer.manifest()?;
    let gazetteer = indexer.gazetteer()?;

    let mut summary = IngestSummary { index: index_folder.to_owned(), ..IngestSummary::default() };
    let mut tasks = Vec::new();
    let mut changed = false;
    for (root, archive) in roots.iter().zip(archives) {
        let number = new.root_number(&root_name(root));
        let archive = Arc::new(archive.with_columns(new.columns_for(number, &settings.columns)));
        let changes = walk(root, &archive, index_folder, &mut new, &mut summary);
        changed |= changes.changed || !changes.removed.is_empty();
        for key in &changes.removed {
            indexer.remove_file(*key)?;
        }
        tasks.extend(changes.tasks.into_iter().map(|task| (task, Arc::clone(&archive))));
    }
    progress.found(tasks.len() as u64, tasks.iter().map(|(task, _)| task.size).sum());

    let state = RunState::new(gazetteer, progress, &settings.stop);
    let reading = Run { indexer: &*indexer, index_folder, state: &state };
    let (files, languages) = reading.read_all(&tasks, &new.roots, threads);
    let stopped = !tasks.is_empty() && state.is_stopped();
    let failure = state.take_failure();
    if let Some(error) = failure {
        return Err(indexer.abandon(error));
    }
    changed |= !files.is_empty();
    for file in files {
        let entry = lock(&file.entry).clone();
        summary.read += 1;
        summary.articles += entry.articles;
        summary.passages += entry.passages;
        summary.undated += entry.undated;
        summary.unplaced += entry.unplaced;
        summary.bytes += entry.size;
        new.files.insert((entry.root, entry.path.clone()), entry);
    }
    let numbers: BTreeSet<u32> = roots.iter().map(|r| new.root_number(&root_name(r))).collect();
    for file in new.files.values().filter(|f| numbers.contains(&f.root)) {
        match file.state {
            FileState::Failed => summary.failed += 1,
            FileState::Skipped | FileState::Forgotten => summary.skipped += 1,
            FileState::Indexed | FileState::Partial => {}
        }
    }
    if changed || indexer.is_new() {
        progress.committing();
        let mut all: BTreeSet<String> = indexer.languages().iter().cloned().collect();
        all.extend(languages);
        indexer.commit(&new, all.into_iter().collect())?;
    }
    let sums = new.sums();
    summary.articles_in_index = sums.articles;
    summary.passages_in_index = sums.passages;
    summary.stopped = stopped;
    indexer.close(changed)?;
    summary.seconds = started.elapsed().as_secs_f64();
    Ok(summary)
}

/// Takes files out of an index for good: their text is merged away, and they are not read again before a rebuild.
///
/// Paths are taken as the index knows them (below a root) or as they are in the file system.
///
/// # Errors
/// [`Error::NotFound`] where the index knows no file by one of the paths; nothing is then forgotten.
pub fn forget(index_folder: &Path, paths: &[PathBuf], settings: &IngestSettings) -> Result<u64> {
    let options = IndexerOptions { threads: 1, memory_bytes: settings.segment_bytes(), rebuild: false };
    format::current(index_folder)?;
    let mut indexer = open(index_folder, options)?;
    let mut manifest = indexer.manifest()?;
    let mut keys = BTreeSet::new();
    for path in paths {
        if path.as_os_str().is_empty() {
            return Err(Error::Usage("--forget was given an empty path; name a file or a folder".to_owned()));
        }
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let real = absolute.canonicalize().unwrap_or(absolute);
        let written = path.to_string_lossy();
        let known: Vec<(u32, String)> = manifest
            .files
            .keys()
            .filter(|(root, file)| {
                let whole = path_below(Path::new(manifest.root(*root)), file);
                *file == written
                    || file.strip_prefix(written.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
                    || whole.starts_with(&real)
            })
            .cloned()
            .collect();
        if known.is_empty() {
            // A file that was deleted and has left the index with an ordinary run may have left its text behind.
            indexer.purge()?;
            indexer.close(true)?;
            return Err(Error::NotFound(format!(
                "{written}: the index knows no file of this path; text of files that had left the index before is gone from it now"
            )));
        }
        keys.extend(
            known
                .into_iter()
                .filter(|key| manifest.files.get(key).is_some_and(|file| file.state != FileState::Forgotten)),
        );
    }
    for key in &keys {
        indexer.remove_file(file_key(manifest.root(key.0), &key.1))?;
        if let Some(file) = manifest.files.get_mut(key) {
            *file = FileEntry {
                state: FileState::Forgotten,
                problems: vec![FileProblem { line: None, reason: "forgotten on request".to_owned() }],
                problem_count: 1,
                ..FileEntry::unread(file.root, &file.path, file.size, file.mtime)
            };
        }
    }
    let languages = indexer.languages().to_vec();
    indexer.commit(&manifest, languages)?;
    indexer.purge()?;
    indexer.close(true)?;
    Ok(keys.len() as u64)
}

/// An archive that cannot hold its index needs a folder elsewhere.
fn name_the_way_out(error: Error) -> Error {
    match error {
        Error::Io { path, source, .. }
            if matches!(
                source.kind(),
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Error::Usage(format!(
                "{}: the index cannot be kept here ({source}); name a folder for it with --index",
                path.display()
            ))
        }
        other => other,
    }
}

/// The reading of all files of a run.
struct Run<'a> {
    indexer: &'a dyn Indexer,
    index_folder: &'a Path,
    state: &'a RunState<'a>,
}

impl Run<'_> {
    /// Reads all files. Gives them with what became of each, and the languages met.
    fn read_all(
        &self,
        tasks: &[(Task, Arc<ArchiveFile>)],
        roots: &[String],
        jobs: usize,
    ) -> (Vec<Arc<FileRun>>, BTreeSet<String>) {
        if tasks.is_empty() {
            return (Vec::new(), BTreeSet::new());
        }
        let budget = Budget::new();
        let (send, receive) = crossbeam_channel::bounded::<Parcel<'_>>(WAITING_RECORDS);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..jobs)
                .map(|_| {
                    let receive = receive.clone();
                    scope.spawn(move || Worker::new(self.state, self.indexer.adder()).work(&receive))
                })
                .collect();
            drop(receive);
            let mut files = Vec::with_capacity(tasks.len());
            for (task, archive) in tasks {
                if self.state.must_stop() {
                    break;
                }
                files.push(self.read_file(task, archive, roots, &send, &budget));
            }
            drop(send);
            let mut languages = BTreeSet::new();
            for worker in workers {
                match worker.join() {
                    Ok(met) => languages.extend(met),
                    // One article's panic is caught where it happens; this is the engine's.
                    Err(_) => self.state.fail(Error::Engine {
                        index: self.index_folder.to_owned(),
                        reason: "the engine broke down while indexing".to_owned(),
                    }),
                }
            }
            for file in &files {
                lock(&file.entry).settle();
            }
            (files, languages)
        })
    }

    /// Cuts one file into records and sends them on.
    fn read_file<'b>(
        &self,
        task: &Task,
        archive: &Arc<ArchiveFile>,
        roots: &[String],
        send: &crossbeam_channel::Sender<Parcel<'b>>,
        budget: &'b Budget,
    ) -> Arc<FileRun> {
        let root_name = roots.get(task.root as usize).cloned().unwrap_or_default();
        if task.known
            && let Err(error) = self.indexer.remove_file(file_key(&root_name, &task.relative))
        {
            self.state.fail(error);
        }
        let file = Arc::new(FileRun {
            root_name,
            settings: Arc::new(ExtractSettings { archive: Arc::clone(archive), ..ExtractSettings::default() }),
            entry: Mutex::new(FileEntry::unread(task.root, &task.relative, task.size, task.mtime)),
            ids: Mutex::new(HashSet::new()),
        });
        let mut read_to = 0;
        let read = records_of(&task.path, &task.relative, &file.settings, &mut |record| {
            if self.state.must_stop() {
                return ControlFlow::Break(());
            }
            self.state.progress.read(record.read_to.saturating_sub(read_to));
            read_to = read_to.max(record.read_to);
            let room = budget.take(record.weight());
            match send.send(Parcel { file: Arc::clone(&file), record, room }) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        match read {
            Ok(read) => {
                let mut entry = lock(&file.entry);
                entry.hash = if read.stopped { String::new() } else { format!("{:032x}", read.hash) };
                if read.stopped {
                    entry.state = FileState::Partial;
                }
                self.state.progress.read(read.bytes.saturating_sub(read_to));
            }
            Err(problem) => file.note_problem(problem, self.state.progress),
        }
        self.state.progress.file_done();
        file
    }
}
