//! Queries: cold, from the start of a process to its last byte of output, and warm.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DateTime, DocAddress, Index, TantivyDocument, Term};

use crate::engine::{Fields, schema};
use crate::{Options, Outcome, PROGRAM};

/// Queries of each kind.
const QUERIES: usize = 200;

/// Prints the times of cold and warm queries on the indexes that `indexing` left.
pub fn compare(options: &Options) -> Outcome<()> {
    let this = std::env::current_exe()?;
    for megabytes in &options.megabytes {
        let (alone, ours) = (options.engine_index(*megabytes), options.our_index(*megabytes));
        cold(*megabytes, &this, &alone, &ours)?;
        warm(*megabytes, &alone)?;
    }
    Ok(())
}

/// What a process does that has just been started: opens the index, asks for a word, prints ten bodies.
pub fn query_once(folder: &Path, word: &str) -> Outcome<()> {
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

/// From the start of a process to its last byte of output, files in the page cache; the median of 21.
fn cold(megabytes: usize, this: &Path, alone: &Path, ours: &Path) -> Outcome<()> {
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
    let b = run(Command::new(PROGRAM).args(["search", "ministers", "--json", "--index"]).arg(ours))?;
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
