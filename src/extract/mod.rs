//! From files to articles.
//!
//! Reading has two steps, so that one large file keeps several cores busy. [`records_of`] opens a file, goes through what
//! it is packed in (gzip, zstd, zip, tar) and cuts it into [`RawRecord`]s, a line of JSON Lines or a whole web page each: it
//! streams, and needs one thread. [`articles_in`] makes the articles of one record: the costly part, which needs no
//! file and may run on any thread. [`articles_of`] does both. The format is chosen by content first and by suffix second.
//! No input makes these functions panic, and none of them writes or runs anything of the input's.
//!
//! `open` does the first step and `formats` the second, with `page` for web pages; neither knows the other, and
//! [`record`] is what passes between them. Uses `model`, `words`, `time` for publication dates, and `archive` for
//! `dateline.toml`. Used by `ingest`, which indexes what comes out.

mod article;
mod decode;
mod fields;
mod formats;
mod header;
mod header_block;
mod markup;
mod open;
mod page;
pub mod record;
pub mod settings;
mod zip;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::extract::record::{Content, Extracted, Format, Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;

pub use crate::extract::open::{FileRead, records_in, records_of};

/// The articles of one record, in order. Stops early where `sink` breaks.
///
/// A panic within is caught and given as a failure of this record.
pub fn articles_in(
    record: RawRecord,
    settings: &ExtractSettings,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let content = match record.content {
        Content::Problem(problem) => return sink(Extracted::Problem(problem)),
        content => content,
    };
    let record = RawRecord { content: Content::Bytes(Format::Text, Vec::new()), ..record };
    let outcomes = caught(&record, |out| formats::read(&record, content, settings, out));
    outcomes.into_iter().try_for_each(sink)
}

/// What `read` gives, and a failure after it where it panics.
fn caught(record: &RawRecord, read: impl FnOnce(&mut Outcomes)) -> Vec<Extracted> {
    let mut outcomes = Outcomes::default();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| read(&mut outcomes))) {
        let what = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        let what = fields::one_line(&what).chars().take(200).collect::<String>();
        let reason = format!("the reader of this format broke down on it ({what}); please report it");
        outcomes.push_problem(Problem::failure(&record.path, reason).at_line(record.line));
    }
    outcomes.into_vec()
}

/// All articles of a file, in order: [`records_of`] and [`articles_in`] in one.
///
/// # Errors
/// A [`Problem`] where the file cannot be opened or read.
pub fn articles_of(
    file: &Path,
    relative: &str,
    settings: &ExtractSettings,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) -> Result<FileRead, Problem> {
    records_of(file, relative, settings, &mut |record| articles_in(record, settings, sink))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::record::ProblemKind;

    use crate::extract::article::article_of;

    #[test]
    fn a_panic_is_a_failure_of_its_record_and_what_came_before_stays() {
        let content = Content::Bytes(Format::Text, Vec::new());
        let record = RawRecord { path: "a.txt".into(), ordinal: 0, line: 7, read_to: 0, content };
        let found = caught(&record, |out| {
            out.push_article(article_of(&record));
            panic!("no such {}", "page\n");
        });
        let [Extracted::Article(_), Extracted::Problem(p)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((p.path.as_str(), p.line, p.kind), ("a.txt", Some(7), ProblemKind::Failure));
        assert_eq!(p.reason, "the reader of this format broke down on it (no such page); please report it");
    }
}
