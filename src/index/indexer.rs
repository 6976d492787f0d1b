//! The seam for writing: what takes the articles of an archive into an index.

use std::fmt;

use crate::geo::Gazetteer;
use crate::index::entry::ArticleEntry;
use crate::index::store::manifest::Manifest;
use crate::model::error::{Error, Result};

/// How an index is opened for writing.
#[derive(Debug, Clone, Copy)]
pub struct IndexerOptions {
    /// Threads that add articles, each with an [`Adder`] of its own; at least 1.
    pub threads: usize,
    /// Bytes that what they have added may take up in memory, of all threads together.
    pub memory_bytes: usize,
    /// Whether to begin afresh, whatever stands there; the old index answers until the first commit.
    pub rebuild: bool,
}

/// The one writer of an index. Nothing that it does is seen by readers before [`Indexer::commit`].
///
/// One thread owns it; the threads that make articles share it while they add.
pub trait Indexer: Send + Sync + fmt::Debug {
    /// The manifest of the last commit; empty before the first.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be read.
    fn manifest(&self) -> Result<Manifest>;

    /// Whether nothing was ever committed.
    fn is_new(&self) -> bool;

    /// Languages (ISO 639-1) of the articles of the last commit, as that named them.
    fn languages(&self) -> &[String];

    /// The gazetteer that articles are read with: the embedded one, and the user's layer where there is one.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the layer cannot be read.
    fn gazetteer(&self) -> Result<&Gazetteer>;

    /// Takes all articles of a file out of the index that it held when it was opened; those that are added since stay.
    /// `file` is the file's key ([`crate::index::store::manifest::file_key`]).
    ///
    /// # Errors
    /// The engine's own failure, after which nothing can be committed.
    fn remove_file(&self, file: u64) -> Result<()>;

    /// What one thread adds articles by. Each thread takes one for itself.
    fn adder(&self) -> Box<dyn Adder + '_>;

    /// Commits all that was added by adders that have finished, and all that was removed, with the manifest and the
    /// languages that describe what the index then holds. Readers see the old index before this returns and the new one
    /// after; a process killed in between leaves one of the two.
    ///
    /// # Errors
    /// [`Error::Full`] where there is no room: the index is then as it was.
    fn commit(&mut self, manifest: &Manifest, languages: Vec<String>) -> Result<()>;

    /// Sees to it that no text of what was taken out is left where the index is kept, once that is committed.
    ///
    /// # Errors
    /// The engine's own failure.
    fn purge(&mut self) -> Result<()>;

    /// Lets go of the index: waits for what goes on behind the scenes and drops what no commit needs any more. `changed`
    /// tells whether there was a commit.
    ///
    /// # Errors
    /// The engine's own failure; what was committed is in the index all the same.
    fn close(self: Box<Self>, changed: bool) -> Result<()>;

    /// Lets go of the index without a commit, as it was when it was opened, since an adder or a removal failed with this
    /// error; gives back the reason, which the engine may know better.
    fn abandon(self: Box<Self>, error: Error) -> Error;
}

/// Adds articles to an index for one thread.
pub trait Adder {
    /// Adds an article.
    ///
    /// # Errors
    /// The engine's own failure, after which the adder is of no further use.
    fn add(&mut self, article: &ArticleEntry<'_>) -> Result<()>;

    /// Ends the adding: what was added comes into the next commit. What an adder held that was dropped before does not.
    ///
    /// # Errors
    /// The engine's own failure.
    fn finish(self: Box<Self>) -> Result<()>;
}
