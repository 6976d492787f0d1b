//! `dateline search --queries`: a file of queries, answered with a TREC run.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use dateline::index::Backend;
use dateline::model::question::{Matching, Question};
use dateline::query::typed::{Understood, plain_words};
use dateline::wire::trec;

use crate::cli::terminal::{Outcome, Terminal};

/// Answers a file of queries with a TREC run.
pub fn run(file: &Path, given: &Understood, backend: &dyn Backend, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).map_err(|e| dateline::Error::io("cannot open", file, e))?)
    };
    let mut out = terminal.out();
    let mut found = false;
    for (n, line) in io::BufReader::new(source).split(b'\n').enumerate() {
        let line = line.map_err(|e| dateline::Error::io("cannot read", file, e))?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, words)) = line.split_once('\t') else {
            let reason = "no tab in this line; write ID<TAB>WORDS".to_owned();
            return Err(dateline::Error::Input { path: file.to_owned(), line: Some(n as u64 + 1), reason }.into());
        };
        let Some(words) = plain_words(words) else { continue };
        let question = Question { expr: Some(words), matching: Matching::Any, ..given.question.clone() };
        // Titles that were given.
        let question = given.typed.iter().cloned().fold(question, Question::with);
        let question = question.narrowed(given.filters.clone()).excluding(given.excludes.clone());
        let answer = match backend.rank_articles(&question, trec::DEPTH) {
            Err(dateline::Error::Query(e)) => {
                let id = id.trim();
                terminal.messages.warning(&format!(
                    "{}:{}: `{id}` is not answered: {}",
                    file.display(),
                    n + 1,
                    e.reason
                ));
                continue;
            }
            answer => answer?,
        };
        found |= !answer.is_empty();
        trec::run(&mut out, id.trim(), &answer)?;
    }
    out.flush()?;
    Ok(if found { Outcome::Done } else { Outcome::Nothing })
}
