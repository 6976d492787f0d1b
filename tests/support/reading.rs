//! Reading one file with the library, for the tests of extraction.

use std::ops::ControlFlow;
use std::path::Path;

use dateline::Article;
use dateline::extract::articles_of;
use dateline::extract::record::{Extracted, Problem};
use dateline::extract::settings::ExtractSettings;

/// The articles and problems of these bytes in a file of this name.
pub fn read_with(name: &str, bytes: &[u8], settings: &ExtractSettings) -> (Vec<Article>, Vec<Problem>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    read_file(&file, name, settings)
}

/// The articles and problems of a file.
pub fn read_file(file: &Path, name: &str, settings: &ExtractSettings) -> (Vec<Article>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let done = articles_of(file, name, settings, &mut |found| {
        match found {
            Extracted::Article(a) => articles.push(*a),
            Extracted::Problem(p) => problems.push(p),
        }
        ControlFlow::Continue(())
    });
    problems.extend(done.err());
    (articles, problems)
}
