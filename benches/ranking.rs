//! What ranking costs: the default search beside the engine's own BM25 on the same index, warm and in one process.
//!
//!     DATELINE_RETRIEVAL=folder cargo bench --bench ranking
//!
//! The folder holds a collection a folder, each with `docs.jsonl` and `queries.tsv` (`id<TAB>words`). Without it the sample
//! archive is asked for the headlines of its own articles. Each query is asked five times and its best time counts. The
//! engine's side is its top ten by BM25 over the same terms (block-max pruning and all), without reading a passage, since the
//! index keeps these beside the engine's store; ours is a page of ten hits with highlights. Prints Markdown: the median and the 99th percentile over the queries.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use dateline::engine::Reader;
use dateline::index::Backend;
use dateline::model::answer::Hit;
use dateline::model::question::{Expr, Matching, Page, Question};
use dateline::plan::forms;
use dateline::words::{Analyser, WORDY_QUERY_WORDS, is_wordy_stop_word};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, Term};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How often each query is asked.
const ROUNDS: usize = 5;

fn main() -> Outcome<()> {
    let folder = std::env::var_os("DATELINE_RETRIEVAL").map(PathBuf::from);
    let collections = match &folder {
        Some(folder) => {
            let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
            found.retain(|path| path.join("docs.jsonl").is_file());
            found.sort();
            found
        }
        None => vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus")],
    };
    println!(
        "| collection | queries | engine, top ten: median, 99 % | default | `--match any` | median, default / engine |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    for collection in collections {
        measure(&collection, folder.is_some())?;
    }
    Ok(())
}

fn measure(collection: &Path, judged: bool) -> Outcome<()> {
    let name = collection.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let index = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/ranking").join(&name);
    let source = if judged { collection.join("docs.jsonl") } else { collection.to_owned() };
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["index", "--rebuild", "--index"])
        .arg(&index)
        .arg(&source)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let reader = Reader::open(&index)?;
    let queries = if judged { queries_of(&collection.join("queries.tsv"))? } else { headlines(&reader)? };
    let generation = std::fs::read_to_string(index.join("CURRENT"))?;
    let generation: serde_json::Value = serde_json::from_str(&generation)?;
    let engine = Index::open_in_dir(index.join(generation["generation"].as_str().ok_or("no generation")?))?;
    let searcher = engine.reader()?.searcher();
    let body = engine.schema().get_field("body")?;

    let mut analyser = Analyser::new();
    let mut alone = Vec::with_capacity(queries.len());
    let mut first = Vec::with_capacity(queries.len());
    let mut any = Vec::with_capacity(queries.len());
    for words in &queries {
        alone.push(best_of(|| {
            let query = BooleanQuery::union(
                terms_of(words, &mut analyser)
                    .iter()
                    .map(|term| -> Box<dyn tantivy::query::Query> {
                        Box::new(TermQuery::new(Term::from_field_text(body, term), IndexRecordOption::WithFreqs))
                    })
                    .collect(),
            );
            std::hint::black_box(searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?);
            Ok(())
        })?);
        for (matching, times) in [(Matching::AllFirst, &mut first), (Matching::Any, &mut any)] {
            let expr = Expr::And(words.iter().cloned().map(Expr::Word).collect());
            let question = Question { matching, ..Question::of(Some(expr)) };
            times.push(best_of(|| {
                // A query of nothing but stop words is refused; that is an answer too.
                let _ = reader.search(&question, &Page::default(), &mut |hit: Hit| {
                    std::hint::black_box(hit);
                    Ok(ControlFlow::Continue(()))
                });
                Ok(())
            })?);
        }
    }
    let columns = [&mut alone, &mut first, &mut any].map(|times| {
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get((times.len() - 1) * share / 100).copied().unwrap_or_default();
        (at(50), at(99))
    });
    let [engine, default, any] = columns;
    println!(
        "| {name} | {} | {:.2}, {:.2} ms | {:.2}, {:.2} ms | {:.2}, {:.2} ms | {:.1} |",
        queries.len(),
        engine.0,
        engine.1,
        default.0,
        default.1,
        any.0,
        any.1,
        default.0 / engine.0,
    );
    Ok(())
}

/// The shortest of some runs, in milliseconds.
fn best_of(mut run: impl FnMut() -> Outcome<()>) -> Outcome<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        run()?;
        best = best.min(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(best)
}

/// The words of each query of a file, one a line.
fn queries_of(file: &Path) -> Outcome<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(file)?;
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(lines.map(|(_, words)| words.split_whitespace().map(str::to_owned).collect()).collect())
}

/// The headlines of an archive.
fn headlines(reader: &Reader) -> Outcome<Vec<Vec<String>>> {
    let mut found = Vec::new();
    let page = Page { limit: None, per_article: Some(1), ..Page::default() };
    reader.search(&Question::default(), &page, &mut |hit: Hit| {
        found.push(hit.article.title.split_whitespace().map(str::to_owned).collect());
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The terms of a query's words, without those that only make it a sentence.
fn terms_of(words: &[String], analyser: &mut Analyser) -> Vec<String> {
    let wordy = words.len() >= WORDY_QUERY_WORDS;
    let telling = words.iter().filter(|word| !wordy || !is_wordy_stop_word(word));
    telling.flat_map(|word| forms::terms_of(analyser, word, &[])).collect()
}
