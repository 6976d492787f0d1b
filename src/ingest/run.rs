//! One indexing run, from the walk to the commit.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::worker::Worker;
use super::{IngestSettings, IngestSummary, Progress};
use crate::archive::archive_file::{ARCHIVE_FILE_NAME, ArchiveFile};
use crate::archive::columns::ColumnMap;
use crate::archive::walk::{Entry, WalkSettings, files_of, path_below};
use crate::engine::write::writer::{Writer, WriterOptions};
use crate::extract::record::{ExtractSettings, Problem, ProblemKind, RawRecord};
use crate::extract::records_of;
use crate::geo::Gazetteer;
use crate::index::store::manifest::{FileEntry, FileProblem, FileState, MOST_PROBLEMS, Manifest, file_key};
use crate::model::article::ArticleId;
use crate::model::error::{Error, Result};

/// Bytes of records that may wait between reading and understanding. One longer record waits alone.
const WAITING_BYTES: usize = 24 << 20;

/// Records that may wait, however short.
const WAITING_RECORDS: usize = 1024;

/// A file that has to be read.
struct Task {
    root: u32,
    path: PathBuf,
    relative: String,
    size: u64,
    mtime: i64,
    /// Whether articles of an older state of it have to leave first.
    known: bool,
}

/// What is known of a file while it is being read.
pub(super) struct FileRun {
    pub(super) root_name: String,
    pub(super) settings: Arc<ExtractSettings>,
    pub(super) entry: Mutex<FileEntry>,
    pub(super) ids: Mutex<HashSet<ArticleId>>,
}

/// A record on its way from reading to understanding, with the room that it takes in the queue.
pub(super) struct Parcel<'b> {
    pub(super) file: Arc<FileRun>,
    pub(super) record: RawRecord,
    pub(super) room: Room<'b>,
}

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
    let options = settings.writer_options();
    let jobs = options.threads;
    let mut writer = Writer::open(index_folder, options, settings.rebuild).map_err(name_the_way_out)?;
    let old = if settings.rebuild { Manifest::default() } else { writer.manifest()? };
    let gazetteer = writer.gazetteer()?;

    let mut new = old.clone();
    let mut summary = IngestSummary { index: index_folder.to_owned(), ..IngestSummary::default() };
    let mut tasks = Vec::new();
    let mut changed = false;
    for (root, archive) in roots.iter().zip(archives) {
        let number = new.root_number(&root_name(root));
        let archive = Arc::new(archive.with_columns(new.columns_for(number, &settings.columns)));
        let found = walk(root, &archive, index_folder, &mut new, &mut summary);
        changed |= found.changed || !found.removed.is_empty();
        for key in &found.removed {
            writer.remove_file(*key)?;
        }
        tasks.extend(found.tasks.into_iter().map(|task| (task, Arc::clone(&archive))));
    }
    progress.found(tasks.len() as u64, tasks.iter().map(|(task, _)| task.size).sum());

    let run = Run { writer: &writer, gazetteer: &gazetteer, settings, progress, failure: Mutex::new(None) };
    let (files, languages, stopped) = run.read_all(&tasks, &new.roots, jobs);
    let failure = lock(&run.failure).take();
    drop(run);
    if let Some(error) = failure {
        return Err(writer.cause_of(error));
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
    if changed || writer.payload().is_none() {
        progress.committing();
        let mut all: BTreeSet<String> =
            writer.payload().map(|p| p.languages.iter().cloned().collect()).unwrap_or_default();
        all.extend(languages);
        writer.commit(&new, all.into_iter().collect())?;
    }
    let sums = new.sums();
    summary.articles_in_index = sums.articles;
    summary.passages_in_index = sums.passages;
    summary.stopped = stopped;
    writer.close(changed)?;
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
    let options = WriterOptions { threads: 1, ..settings.writer_options() };
    crate::index::store::format::current(index_folder)?;
    let mut writer = Writer::open(index_folder, options, false)?;
    let mut manifest = writer.manifest()?;
    let mut keys = Vec::new();
    for path in paths {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let real = absolute.canonicalize().unwrap_or(absolute);
        let written = path.to_string_lossy();
        let known: Vec<(u32, String)> = manifest
            .files
            .keys()
            .filter(|(root, file)| {
                let root = manifest.roots.get(*root as usize).map_or("", String::as_str);
                let whole = path_below(Path::new(root), file);
                *file == written
                    || file.strip_prefix(written.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
                    || whole.starts_with(&real)
            })
            .cloned()
            .collect();
        if known.is_empty() {
            // A file that was deleted and has left the index with an ordinary run may have left its text behind.
            writer.purge_deleted()?;
            writer.close(true)?;
            return Err(Error::NotFound(format!(
                "{written}: the index knows no file of this path; text of files that had left the index before is gone from it now"
            )));
        }
        keys.extend(known);
    }
    for key in &keys {
        let root = manifest.roots.get(key.0 as usize).cloned().unwrap_or_default();
        writer.remove_file(file_key(&root, &key.1))?;
        if let Some(file) = manifest.files.get_mut(key) {
            *file = FileEntry {
                state: FileState::Forgotten,
                problems: vec![FileProblem { line: None, reason: "forgotten on request".to_owned() }],
                problem_count: 1,
                ..FileEntry::unread(file.root, &file.path, file.size, file.mtime)
            };
        }
    }
    let languages = writer.payload().map(|p| p.languages.clone()).unwrap_or_default();
    writer.commit(&manifest, languages)?;
    writer.purge_deleted()?;
    writer.close(true)?;
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

fn root_name(root: &Path) -> String {
    root.to_string_lossy().into_owned()
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A worker's panic is caught and reported for its file; what it held is still whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a walk found to do.
struct Found {
    tasks: Vec<Task>,
    removed: Vec<u64>,
    changed: bool,
}

/// Compares a root with what the manifest knows of it, noting skips and dropping what is gone.
fn walk(
    root: &Path,
    archive: &ArchiveFile,
    index_folder: &Path,
    manifest: &mut Manifest,
    summary: &mut IngestSummary,
) -> Found {
    let name = root_name(root);
    let number = manifest.root_number(&name);
    let rules = rules_hash(root, manifest.columns_for(number, &ColumnMap::new()));
    let same_rules = manifest.set_rules(number, &rules);
    let mut found = Found { tasks: Vec::new(), removed: Vec::new(), changed: !same_rules };
    let mut seen: HashSet<String> = HashSet::new();
    let walk =
        WalkSettings { archive_file: archive.clone(), exclude: index_folder.canonicalize().into_iter().collect() };
    let mut note = |manifest: &mut Manifest, entry: FileEntry| {
        let key = (entry.root, entry.path.clone());
        if manifest.files.get(&key) != Some(&entry) {
            found.changed = true;
            let had = manifest.files.insert(key, entry);
            if let Some(had) = had.filter(|had| had.articles > 0) {
                found.removed.push(file_key(&name, &had.path));
            }
        }
    };
    for entry in files_of(root, &walk) {
        match entry {
            Entry::File { path, relative, size, mtime } => {
                seen.insert(relative.clone());
                let old = manifest.files.get(&(number, relative.clone()));
                if old.is_some_and(|old| old.state == FileState::Forgotten) {
                    continue;
                }
                let unchanged = same_rules
                    && old.is_some_and(|old| {
                        old.size == size
                            && old.mtime == mtime
                            && (matches!(old.state, FileState::Indexed | FileState::Skipped)
                                || (old.state == FileState::Failed && !old.hash.is_empty()))
                    });
                if unchanged {
                    summary.unchanged += 1;
                } else {
                    let known = old.is_some_and(|old| old.articles > 0);
                    found.tasks.push(Task { root: number, path, relative, size, mtime, known });
                }
            }
            Entry::Skipped { relative, reason } => {
                seen.insert(relative.clone());
                note(manifest, FileEntry::left_out(number, &relative, FileState::Skipped, reason));
            }
            Entry::Failed { relative, reason } => {
                seen.insert(relative.clone());
                note(manifest, FileEntry::left_out(number, &relative, FileState::Failed, reason));
            }
        }
    }
    let gone: Vec<(u32, String)> =
        manifest.files.keys().filter(|(root, path)| *root == number && !seen.contains(path)).cloned().collect();
    for key in gone {
        if let Some(file) = manifest.files.remove(&key) {
            found.changed = true;
            if file.articles > 0 {
                summary.removed += 1;
                found.removed.push(file_key(&name, &file.path));
            }
        }
    }
    found
}

/// What a file's articles depend on besides the file: the archive file and the columns given on the command line.
fn rules_hash(root: &Path, columns: &ColumnMap) -> String {
    let folder = if root.is_dir() { root } else { root.parent().unwrap_or(Path::new(".")) };
    let mut bytes = std::fs::read(folder.join(ARCHIVE_FILE_NAME)).unwrap_or_default();
    bytes.extend_from_slice(format!("{columns:?}").as_bytes());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes))
}

/// How many bytes may wait in a queue.
struct Budget {
    free: Mutex<usize>,
    changed: Condvar,
}

impl Budget {
    fn new() -> Self {
        Budget { free: Mutex::new(WAITING_BYTES), changed: Condvar::new() }
    }

    /// Waits until there is room for so many bytes; more than the whole budget waits for all of it.
    fn take(&self, bytes: usize) -> Room<'_> {
        let bytes = bytes.min(WAITING_BYTES);
        let mut free = lock(&self.free);
        while *free < bytes {
            free = self.changed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Room { budget: self, bytes }
    }
}

/// Room taken in a queue, given back when dropped.
pub(super) struct Room<'b> {
    budget: &'b Budget,
    bytes: usize,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *lock(&self.budget.free) += self.bytes;
        self.budget.changed.notify_all();
    }
}

/// What all threads of a run share.
pub(super) struct Run<'a> {
    pub(super) writer: &'a Writer,
    pub(super) gazetteer: &'a Gazetteer,
    settings: &'a IngestSettings,
    pub(super) progress: &'a dyn Progress,
    /// The engine's own failure, which ends the run; a file's failure does not.
    pub(super) failure: Mutex<Option<Error>>,
}

impl Run<'_> {
    fn stop(&self) -> &AtomicBool {
        &self.settings.stop
    }

    fn must_stop(&self) -> bool {
        self.stop().load(Ordering::Relaxed) || lock(&self.failure).is_some()
    }

    /// Ends the run with an error, unless another came before.
    pub(super) fn fail(&self, error: Error) {
        lock(&self.failure).get_or_insert(error);
    }

    /// Reads all files. Gives them with what became of each, the languages met, and whether it was stopped.
    fn read_all(
        &self,
        tasks: &[(Task, Arc<ArchiveFile>)],
        roots: &[String],
        jobs: usize,
    ) -> (Vec<Arc<FileRun>>, BTreeSet<String>, bool) {
        if tasks.is_empty() {
            return (Vec::new(), BTreeSet::new(), false);
        }
        let budget = Budget::new();
        let (send, receive) = crossbeam_channel::bounded::<Parcel<'_>>(WAITING_RECORDS);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..jobs)
                .map(|_| {
                    let receive = receive.clone();
                    scope.spawn(move || Worker::new(self).work(&receive))
                })
                .collect();
            drop(receive);
            let mut files = Vec::with_capacity(tasks.len());
            for (task, archive) in tasks {
                if self.must_stop() {
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
                    Err(_) => self.fail(self.writer.broken("the engine broke down while indexing")),
                }
            }
            for file in &files {
                lock(&file.entry).settle();
            }
            (files, languages, self.stop().load(Ordering::Relaxed))
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
            && let Err(error) = self.writer.remove_file(file_key(&root_name, &task.relative))
        {
            self.fail(error);
        }
        let file = Arc::new(FileRun {
            root_name,
            settings: Arc::new(ExtractSettings { archive: Arc::clone(archive), ..ExtractSettings::default() }),
            entry: Mutex::new(FileEntry::unread(task.root, &task.relative, task.size, task.mtime)),
            ids: Mutex::new(HashSet::new()),
        });
        let mut read_to = 0;
        let read = records_of(&task.path, &task.relative, &file.settings, &mut |record| {
            if self.must_stop() {
                return ControlFlow::Break(());
            }
            self.progress.read(record.read_to.saturating_sub(read_to));
            read_to = read_to.max(record.read_to);
            let room = budget.take(record.weight());
            match send.send(Parcel { file: Arc::clone(&file), record, room }) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        let mut entry = lock(&file.entry);
        match read {
            Ok(read) => {
                entry.hash = if read.stopped { String::new() } else { format!("{:032x}", read.hash) };
                if read.stopped {
                    entry.state = FileState::Partial;
                }
                self.progress.read(read.bytes.saturating_sub(read_to));
            }
            Err(problem) => self.note_problem(&mut entry, problem),
        }
        drop(entry);
        self.progress.file_done();
        file
    }

    pub(super) fn note_problem(&self, entry: &mut FileEntry, problem: Problem) {
        if problem.kind == ProblemKind::Failure {
            entry.state = FileState::Failed;
            self.progress.failed(&problem);
        }
        entry.problem_count += 1;
        if entry.problems.len() < MOST_PROBLEMS {
            let reason = match problem.path.strip_prefix(entry.path.as_str()) {
                Some(inside) if !inside.is_empty() => {
                    format!("{}: {}", inside.trim_start_matches("!/"), problem.reason)
                }
                _ => problem.reason,
            };
            entry.problems.push(FileProblem { line: problem.line, reason });
        }
    }
}
