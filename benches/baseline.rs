//! The program beside the bare engine: CPU, wall time, memory and size of indexing, and cold and warm queries.
//!
//!     DATELINE_CORPUS=folder cargo bench --bench baseline --features baseline -- --mb 10,100,1000
//!
//! The baseline is tantivy alone: passages of five sentences as documents, title and body with its English analyser and
//! positions, stored with lz4, a date as a fast field, one facet, all cores, one commit. Both index the same recombined
//! corpus (`support/corpus.rs`), each in a process of its own and in turns, so that only the ratios need a quiet machine.
//! The best of the rounds counts. Prints Markdown; `--rounds N` (default 3), `--jobs N` (default all cores), `--folder DIR`
//! for corpora and indexes (default `target/bench`), `--files` for one file an article.

mod support;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use dateline::passage::sentences_of;
use serde_json::Value as Json;
use support::clock::{self, Cost};
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{
    DateOptions, FAST, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
    Value,
};
use tantivy::store::Compressor;
use tantivy::{DateTime, DocAddress, Index, IndexSettings, TantivyDocument, Term};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What the engine's writer may hold before it writes a segment; the same as for the program's default.
const WRITER_HEAP_BYTES: usize = 200_000_000;

const SENTENCES_A_DOCUMENT: usize = 5;

/// Queries of each kind.
const QUERIES: usize = 200;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run-index", corpus, index, jobs] => index_alone(Path::new(corpus), Path::new(index), jobs.parse()?),
        ["run-query", index, word] => query_once(Path::new(index), word),
        options => compare(options),
    }
}

struct Fields {
    title: Field,
    body: Field,
    date: Field,
    facet: Field,
}

fn schema() -> (Schema, Fields) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing) | STORED;
    let mut schema = Schema::builder();
    let fields = Fields {
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text),
        date: schema.add_date_field("date", DateOptions::from(INDEXED) | FAST),
        facet: schema.add_facet_field("facet", FacetOptions::default()),
    };
    (schema.build(), fields)
}

/// Indexes a corpus with the engine alone and prints what the reading took of the CPU.
fn index_alone(corpus: &Path, folder: &Path, jobs: usize) -> Outcome<()> {
    let (schema, fields) = schema();
    std::fs::create_dir_all(folder)?;
    let settings = IndexSettings { docstore_compression: Compressor::Lz4, ..IndexSettings::default() };
    let index = Index::builder().schema(schema).settings(settings).create_in_dir(folder)?;
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(jobs, WRITER_HEAP_BYTES)?;
    let reading = clock::thread_cpu_seconds();
    let mut documents = 0_u64;
    for line in lines_of(corpus)? {
        let record: Json = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        let text = field("text");
        let sentences = sentences_of(text, Some("en"));
        for passage in sentences.chunks(SENTENCES_A_DOCUMENT) {
            let (Some(first), Some(last)) = (passage.first(), passage.last()) else { continue };
            let mut document = TantivyDocument::default();
            document.add_text(fields.title, field("title"));
            document.add_text(fields.body, text.get(first.start..last.end).unwrap_or_default());
            document.add_date(fields.date, date_of(field("date")));
            document.add_facet(fields.facet, &format!("/source/{}", field("source")));
            writer.add_document(document)?;
            documents += 1;
        }
    }
    let reading = clock::thread_cpu_seconds() - reading;
    writer.commit()?;
    writer.wait_merging_threads()?;
    println!("{documents} {reading:.2} {}", index.searchable_segment_ids()?.len());
    Ok(())
}

/// The lines of one JSONL file; of a folder, each file as one record.
fn lines_of(corpus: &Path) -> Outcome<Box<dyn Iterator<Item = std::io::Result<String>>>> {
    if corpus.is_file() {
        return Ok(Box::new(BufReader::with_capacity(1 << 20, std::fs::File::open(corpus)?).lines()));
    }
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(corpus)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    Ok(Box::new(files.into_iter().map(|file| {
        let content = std::fs::read_to_string(file)?;
        let text = content.split_once("\n---\n").map_or(&*content, |(_, text)| text);
        Ok(serde_json::json!({"title": content.lines().nth(1), "text": text, "date": "2001-02-03", "source": "file"})
            .to_string())
    })))
}

fn date_of(date: &str) -> DateTime {
    let day = date.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok()).unwrap_or(jiff::civil::date(2001, 2, 3));
    let days = day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
    DateTime::from_timestamp_secs(days * 86_400)
}

/// What a process does that has just been started: opens the index, asks for a word, prints ten bodies.
fn query_once(folder: &Path, word: &str) -> Outcome<()> {
    let (_, fields) = schema();
    let index = Index::open_in_dir(folder)?;
    let searcher = index.reader()?.searcher();
    let query = word_query(&index, fields.body, word)?;
    let (hits, count) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
    for (score, address) in hits {
        let document: TantivyDocument = searcher.doc(address)?;
        println!("{score} {}", document.get_first(fields.body).is_some());
    }
    println!("{count}");
    Ok(())
}

fn stem(index: &Index, word: &str) -> Outcome<String> {
    let mut tokenizer = index.tokenizers().get("en_stem").ok_or("the engine has no English analyser")?;
    let mut stream = tokenizer.token_stream(word);
    let mut stem = String::new();
    stream.process(&mut |token| stem.clone_from(&token.text));
    Ok(stem)
}

fn word_query(index: &Index, body: Field, word: &str) -> Outcome<TermQuery> {
    Ok(TermQuery::new(Term::from_field_text(body, &stem(index, word)?), IndexRecordOption::WithFreqs))
}

struct Options {
    megabytes: Vec<usize>,
    rounds: usize,
    jobs: usize,
    folder: PathBuf,
    files: bool,
}

fn options_of(words: &[&str]) -> Outcome<Options> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut options =
        Options { megabytes: vec![10], rounds: 3, jobs: cores, folder: PathBuf::from("target/bench"), files: false };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match *word {
            "--mb" => options.megabytes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--rounds" => options.rounds = value()?.parse()?,
            "--jobs" => options.jobs = value()?.parse()?,
            "--folder" => options.folder = PathBuf::from(value()?),
            "--files" => options.files = true,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    Ok(options)
}

fn compare(words: &[&str]) -> Outcome<()> {
    let options = options_of(words)?;
    let this = std::env::current_exe()?;
    let program = env!("CARGO_BIN_EXE_dateline");
    println!("| MB | what | CPU s | wall s | MB per CPU s | peak MB | index/text | segments |");
    println!("|--:|---|--:|--:|--:|--:|--:|--:|");
    for megabytes in &options.megabytes {
        let corpus = if options.files {
            support::corpus::as_many_files(&options.folder, *megabytes)?
        } else {
            support::corpus::as_one_file(&options.folder, *megabytes)?
        };
        let alone = options.folder.join(format!("engine_{megabytes}"));
        let ours = options.folder.join(format!("dateline_{megabytes}"));
        let (mut best_alone, mut best_ours): (Option<Cost>, Option<Cost>) = (None, None);
        for _ in 0..options.rounds {
            let mut engine = Command::new(&this);
            engine.arg("run-index").arg(&corpus).arg(&alone).arg(options.jobs.to_string());
            best_alone = better(best_alone, measured(&mut engine, &alone)?);
            let mut dateline = Command::new(program);
            dateline.arg("index").arg(&corpus).arg("--index").arg(&ours).args(["--jobs", &options.jobs.to_string()]);
            best_ours = better(best_ours, measured(&mut dateline, &ours)?);
        }
        print_row(*megabytes, "engine alone", best_alone, &alone);
        print_row(*megabytes, "dateline", best_ours, &ours);
        if let (Some(a), Some(b)) = (best_alone, best_ours) {
            let (cpu, wall) = (b.cpu_seconds / a.cpu_seconds, b.wall_seconds / a.wall_seconds);
            println!("| {megabytes} | ratio | {cpu:.2} | {wall:.2} | | | | |");
        }
        cold(*megabytes, &this, program, &alone, &ours)?;
        warm(*megabytes, &alone)?;
    }
    Ok(())
}

/// Runs a command on a fresh index folder; `None` where it fails.
fn measured(command: &mut Command, index: &Path) -> Outcome<Option<Cost>> {
    if index.exists() {
        std::fs::remove_dir_all(index)?;
    }
    let before = clock::children_cpu_seconds();
    let started = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let cost = clock::cost_of(child, started, before)?;
    Ok(cost.status.success().then_some(cost))
}

fn better(best: Option<Cost>, new: Option<Cost>) -> Option<Cost> {
    match (best, new) {
        (Some(a), Some(b)) if a.cpu_seconds <= b.cpu_seconds => Some(a),
        (a, b) => b.or(a),
    }
}

fn print_row(megabytes: usize, what: &str, cost: Option<Cost>, index: &Path) {
    let Some(cost) = cost else {
        println!("| {megabytes} | {what} | failed | | | | | |");
        return;
    };
    let files = || walkdir::WalkDir::new(index).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let bytes: u64 = files().filter_map(|e| e.metadata().ok()).map(|m| m.len()).sum();
    let segments = files().filter(|e| e.path().extension().is_some_and(|x| x == "term")).count();
    println!(
        "| {megabytes} | {what} | {:.2} | {:.2} | {:.1} | {:.0} | {:.2} | {segments} |",
        cost.cpu_seconds,
        cost.wall_seconds,
        megabytes as f64 / cost.cpu_seconds,
        cost.peak_memory_mb,
        bytes as f64 / (megabytes as f64 * 1e6),
    );
}

/// From the start of a process to its last byte of output, files in the page cache; the median of 21.
fn cold(megabytes: usize, this: &Path, program: &str, alone: &Path, ours: &Path) -> Outcome<()> {
    let run = |command: &mut Command| -> Outcome<Option<f64>> {
        let mut times = Vec::new();
        for _ in 0..21 {
            let started = Instant::now();
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
            if !status.success() {
                return Ok(None);
            }
        }
        times.sort_by(f64::total_cmp);
        Ok(times.get(10).copied())
    };
    let a = run(Command::new(this).arg("run-query").arg(alone).arg("ministers"))?;
    let b = run(Command::new(program).args(["search", "ministers", "--json", "--index"]).arg(ours))?;
    let show = |ms: Option<f64>| ms.map_or("failed".to_owned(), |ms| format!("{ms:.1} ms"));
    println!("\n{megabytes} MB, cold query: engine alone {}, dateline {}", show(a), show(b));
    Ok(())
}

/// Warm queries of the engine alone, the median and the 99th percentile of each kind.
fn warm(megabytes: usize, folder: &Path) -> Outcome<()> {
    let (_, fields) = schema();
    let index = Index::open_in_dir(folder)?;
    let searcher = index.reader()?.searcher();
    let words = frequent_words(&searcher, fields.body)?;
    let word = |n: usize| -> Term {
        // Spread over the dictionary, which begins with the numbers.
        let place = n % QUERIES * words.len() / QUERIES;
        Term::from_field_text(fields.body, words.get(place).map_or("", String::as_str))
    };
    let term = |n: usize| -> Box<dyn Query> { Box::new(TermQuery::new(word(n), IndexRecordOption::WithFreqs)) };
    let days = |n: usize| -> Box<dyn Query> {
        let from = DateTime::from_timestamp_secs(500_000_000 + n as i64 * 4_000_000);
        let to = DateTime::from_timestamp_secs(900_000_000 + n as i64 * 4_000_000);
        Box::new(RangeQuery::new(
            std::ops::Bound::Included(Term::from_field_date(fields.date, from)),
            std::ops::Bound::Included(Term::from_field_date(fields.date, to)),
        ))
    };
    let both = |a: Box<dyn Query>, b: Box<dyn Query>| -> Box<dyn Query> {
        Box::new(BooleanQuery::new(vec![(Occur::Must, a), (Occur::Must, b)]))
    };
    type Kind<'a> = (&'a str, Box<dyn Fn(usize) -> Box<dyn Query> + 'a>);
    let kinds: Vec<Kind<'_>> = vec![
        ("one word", Box::new(term)),
        ("two words", Box::new(|n| both(term(n), term(n * 7 + 3)))),
        (
            "phrase",
            Box::new(|n| Box::new(PhraseQuery::new(phrase_of(&index, &searcher, &fields, n).unwrap_or_default()))),
        ),
        ("word and dates", Box::new(|n| both(term(n), days(n)))),
    ];
    let report = |kind: &str, run: &mut dyn FnMut(usize) -> Outcome<()>| -> Outcome<()> {
        let mut times = Vec::with_capacity(QUERIES);
        for n in 0..QUERIES {
            let started = Instant::now();
            run(n)?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get((QUERIES - 1) * share / 100).copied().unwrap_or_default();
        println!("{megabytes} MB, engine alone, {kind}: median {:.2} ms, 99th percentile {:.2} ms", at(50), at(99));
        Ok(())
    };
    for (kind, query) in &kinds {
        report(kind, &mut |n| {
            searcher.search(&*query(n), &(TopDocs::with_limit(10).order_by_score(), Count))?;
            Ok(())
        })?;
    }
    report("facet counts of everything", &mut |_| {
        let mut collector = FacetCollector::for_field("facet");
        collector.add_facet("/source");
        searcher.search(&AllQuery, &collector)?;
        Ok(())
    })?;
    println!();
    Ok(())
}

/// Two words that stand side by side in some document, as terms.
fn phrase_of(index: &Index, searcher: &tantivy::Searcher, fields: &Fields, n: usize) -> Outcome<Vec<Term>> {
    let documents = searcher.segment_readers().first().map_or(1, tantivy::SegmentReader::max_doc) as usize;
    let address = DocAddress::new(0, (n % QUERIES * documents / QUERIES) as u32);
    let document: TantivyDocument = searcher.doc(address)?;
    let body = document.get_first(fields.body).and_then(|value| value.as_str()).unwrap_or_default();
    let mut tokenizer = index.tokenizers().get("en_stem").ok_or("the engine has no English analyser")?;
    let mut terms = Vec::new();
    tokenizer.token_stream(body).process(&mut |token| terms.push(Term::from_field_text(fields.body, &token.text)));
    Ok(terms.into_iter().skip(4).take(2).collect())
}

/// Words that stand in one document in 10 to one in 500, in the order of the dictionary.
fn frequent_words(searcher: &tantivy::Searcher, body: Field) -> Outcome<Vec<String>> {
    let Some(segment) = searcher.segment_readers().first() else { return Err("the index is empty".into()) };
    let documents = segment.max_doc();
    let inverted = segment.inverted_index(body)?;
    let mut terms = inverted.terms().stream()?;
    let mut words = Vec::new();
    while terms.advance() {
        let frequency = terms.value().doc_freq;
        if (documents / 500..=documents / 10).contains(&frequency)
            && let Ok(word) = std::str::from_utf8(terms.key())
        {
            words.push(word.to_owned());
        }
    }
    Ok(words)
}
