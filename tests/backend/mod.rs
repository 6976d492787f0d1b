//! The contract of [`dateline::index::Backend`] in tests that every engine must pass, and an engine of a few hundred lines
//! that scans articles ([`plain`]), against which the others are held over random archives and questions.

mod answers;
mod copies;
mod counts;
mod events;
mod filters;
mod independence;
mod names;
mod pages;
mod plain;
mod properties;
mod words;

use std::sync::OnceLock;

use dateline::engine::Reader;
use dateline::index::Backend;

use self::plain::Plain;
use crate::support::archive::{Archive, Asked, paths, sample, typed};

/// An archive in every engine.
pub struct Engines {
    embedded: Reader,
    plain: Plain,
    /// Goes when the engines go.
    _archive: Option<Archive>,
}

impl Engines {
    /// An archive of these files, read by each engine.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Engines::over(Archive::of(files))
    }

    /// Each engine over an archive that is indexed.
    pub fn over(archive: Archive) -> Self {
        let (embedded, plain) = (archive.reader(), Plain::of(archive.root()));
        Engines { embedded, plain, _archive: Some(archive) }
    }

    /// The sample archive, read once for all tests.
    pub fn sample() -> &'static Engines {
        static SAMPLE: OnceLock<Engines> = OnceLock::new();
        SAMPLE.get_or_init(|| {
            let (archive, _) = sample();
            Engines { embedded: archive.reader(), plain: Plain::of(archive.root()), _archive: None }
        })
    }

    pub fn all(&self) -> [&dyn Backend; 2] {
        [&self.embedded, &self.plain]
    }

    /// Calls `hold` with each engine.
    pub fn each(&self, hold: impl Fn(&dyn Backend)) {
        for backend in self.all() {
            // Shown where it fails.
            println!("asked of the {} engine:", backend.name());
            hold(backend);
        }
    }

    /// Paths of the articles that answer by themselves in every engine, in order of path.
    pub fn paths(&self, asked: &Asked) -> Vec<String> {
        let [embedded, plain] = self.all().map(|backend| paths(backend, asked));
        assert_eq!(embedded, plain, "the engines differ: {asked:?}");
        embedded
    }

    /// Holds every engine to the files that queries find, parted by spaces, in order of path.
    pub fn find(&self, expected: &[(&str, &str)]) {
        for (query, files) in expected {
            assert_eq!(self.typed(query).join(" "), *files, "{query}");
        }
    }

    /// The same of a query as typed.
    pub fn typed(&self, query: &str) -> Vec<String> {
        self.paths(&typed(query))
    }
}
