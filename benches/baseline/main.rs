//! Indexing beside the bare engine: CPU, wall time, memory and size, and each stage by itself. `queries` has the rest.
//!
//!     DATELINE_CORPUS=folder cargo bench --bench baseline --features baseline -- --mb 10,100,1000
//!
//! The baseline is tantivy alone: passages of five sentences as documents, title and body with its English analyser and
//! positions, stored with lz4, a date as a fast field, one facet, all cores, one commit. Both index the same recombined
//! corpus (`../support/corpus.rs`), each in a process of its own and in turns, so that only the ratios need a quiet
//! machine. The best of the rounds counts. Prints Markdown. Options:
//!
//!     --mb N,N        sizes of the corpora in 10^6 bytes of text (default 10)
//!     --rounds N      of each measurement (default 3)
//!     --jobs N        threads (default all cores)
//!     --folder DIR    for corpora and indexes (default target/bench)
//!     --files         one file an article instead of one JSONL file
//!     --only PART     `indexing` or `stages` (default both)

mod engine;
mod indexing;
mod stages;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The program that is measured.
const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run-index", corpus, index, jobs] => engine::index_alone(Path::new(corpus), Path::new(index), jobs.parse()?),
        options => {
            let options = Options::of(options)?;
            if options.indexing {
                indexing::compare(&options)?;
            }
            if options.stages {
                stages::compare(&options)?;
            }
            Ok(())
        }
    }
}

/// What is measured, and where.
pub struct Options {
    megabytes: Vec<usize>,
    rounds: usize,
    jobs: usize,
    folder: PathBuf,
    files: bool,
    indexing: bool,
    stages: bool,
}

impl Options {
    fn of(words: &[&str]) -> Outcome<Self> {
        let mut options = Options {
            megabytes: vec![10],
            rounds: 3,
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            folder: PathBuf::from("target/bench"),
            files: false,
            indexing: true,
            stages: true,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().copied().ok_or(format!("{word} needs a value"));
            match *word {
                "--mb" => options.megabytes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
                "--rounds" => options.rounds = value()?.parse()?,
                "--jobs" => options.jobs = value()?.parse()?,
                "--folder" => options.folder = PathBuf::from(value()?),
                "--files" => options.files = true,
                "--only" => {
                    let only: Vec<&str> = value()?.split(',').collect();
                    if let Some(other) = only.iter().find(|part| !["indexing", "stages"].contains(part)) {
                        return Err(format!("--only takes `indexing` or `stages`, not `{other}`").into());
                    }
                    options.indexing = only.contains(&"indexing");
                    options.stages = only.contains(&"stages");
                }
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        Ok(options)
    }

    /// The folder of the engine's own index of a corpus.
    fn engine_index(&self, megabytes: usize) -> PathBuf {
        self.folder.join(format!("engine_{megabytes}"))
    }

    /// The folder of the program's index of a corpus.
    fn our_index(&self, megabytes: usize) -> PathBuf {
        self.folder.join(format!("dateline_{megabytes}"))
    }
}
