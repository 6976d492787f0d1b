//! The articles of `sample_corpus`, read by the library as a run would read them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline::Article;
use dateline::archive::archive_file::ArchiveFile;
use dateline::archive::walk::{Entry, WalkSettings, files_of};
use dateline::extract::articles_of;
use dateline::extract::record::{Extracted, Problem};
use dateline::extract::settings::ExtractSettings;

/// The sample archive as it was read.
pub struct Corpus {
    pub articles: Vec<Article>,
    pub problems: Vec<Problem>,
    /// Left out by `dateline.toml`.
    pub skipped: Vec<String>,
}

pub static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let root = root();
    let archive_file = ArchiveFile::read(&root).expect("dateline.toml is readable");
    let settings = ExtractSettings::default();
    let mut corpus = Corpus { articles: Vec::new(), problems: Vec::new(), skipped: Vec::new() };
    for entry in files_of(&root, &WalkSettings { archive_file, ..WalkSettings::default() }) {
        match entry {
            Entry::File { path, relative, .. } => {
                let done = articles_of(&path, &relative, &settings, &mut |found| {
                    match found {
                        Extracted::Article(a) => corpus.articles.push(*a),
                        Extracted::Problem(p) => corpus.problems.push(p),
                    }
                    ControlFlow::Continue(())
                });
                corpus.problems.extend(done.err());
            }
            Entry::Skipped { relative, .. } => corpus.skipped.push(relative),
            Entry::Failed { relative, reason } => panic!("{relative}: {reason}"),
        }
    }
    corpus
});

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus")
}

/// The article of this record, or at this path where it has no record of its own.
pub fn article(name: &str) -> &'static Article {
    let found = CORPUS.articles.iter().find(|a| a.record.as_deref().unwrap_or(&a.path) == name);
    found.unwrap_or_else(|| panic!("no article {name}"))
}
