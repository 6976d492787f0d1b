//! Where the CPU time of indexing goes: each stage by itself, on one thread, over the same corpus.

use std::ops::ControlFlow;
use std::path::Path;

use dateline::engine::write::writer::Writer;
use dateline::extract::record::{Extracted, RawRecord};
use dateline::extract::settings::ExtractSettings;
use dateline::extract::{articles_in, records_of};
use dateline::geo::{Gazetteer, Names};
use dateline::index::indexer::{Indexer, IndexerOptions};
use dateline::index::store::manifest::Manifest;
use dateline::ingest::analysis::{Analysis, dates_in, geography_in, passages_in};
use dateline::ingest::entry::{Filing, PlaceCache, entry_of};
use dateline::model::article::{Article, ArticleId};
use dateline::words::language::language_of;
use dateline::words::{Analyser, Profile};

use crate::support::clock::{process_cpu_seconds, thread_cpu_seconds};
use crate::support::corpus;
use crate::{Options, Outcome};

/// Prints a table of the stages for each corpus.
pub fn compare(options: &Options) -> Outcome<()> {
    println!("| MB | stage | CPU s | MB per CPU s |");
    println!("|--:|---|--:|--:|");
    for megabytes in &options.megabytes {
        let corpus = corpus::as_one_file(&options.folder, *megabytes)?;
        let mut table = Table { megabytes: *megabytes, sum: 0.0 };
        stages(&corpus, &options.folder.join(format!("stages_{megabytes}")), &mut table)?;
        table.row("together", table.sum);
    }
    println!();
    Ok(())
}

struct Table {
    megabytes: usize,
    sum: f64,
}

impl Table {
    fn row(&self, stage: &str, seconds: f64) {
        println!("| {} | {stage} | {seconds:.3} | {:.0} |", self.megabytes, self.megabytes as f64 / seconds.max(1e-6));
    }

    fn stage(&mut self, stage: &str, seconds: f64) {
        self.sum += seconds;
        self.row(stage, seconds);
    }

    /// Runs a stage that stays on this thread.
    fn timed<T>(&mut self, stage: &str, run: impl FnOnce() -> T) -> T {
        let started = thread_cpu_seconds();
        let result = run();
        self.stage(stage, thread_cpu_seconds() - started);
        result
    }
}

fn stages(corpus: &Path, index: &Path, table: &mut Table) -> Outcome<()> {
    let gazetteer = Gazetteer::embedded();
    let settings = ExtractSettings::default();
    let mut records: Vec<RawRecord> = Vec::new();
    table
        .timed("read", || {
            records_of(corpus, "articles.jsonl", &settings, &mut |record| {
                records.push(record);
                ControlFlow::Continue(())
            })
        })
        .map_err(|problem| problem.reason)?;
    let mut articles: Vec<Article> = Vec::with_capacity(records.len());
    table.timed("extract", || {
        for record in records {
            let _ = articles_in(record, &settings, &mut |found| {
                if let Extracted::Article(article) = found {
                    articles.push(*article);
                }
                ControlFlow::Continue(())
            });
        }
    });
    table.timed("tell the language", || {
        for article in articles.iter_mut().filter(|a| a.language.is_none()) {
            article.language = language_of(&article.text).map(str::to_owned);
        }
    });
    let passages: Vec<_> = table.timed("cut", || articles.iter_mut().map(passages_in).collect::<Vec<_>>());
    let geographies: Vec<_> = table.timed("places", || {
        let mut names = Names::new(gazetteer);
        articles.iter().map(|a| geography_in(&mut names, a, false)).collect::<Vec<_>>()
    });
    let dates: Vec<_> = table.timed("dates", || articles.iter().map(dates_in).collect::<Vec<_>>());
    let analyses: Vec<Analysis> = articles
        .into_iter()
        .zip(passages)
        .zip(geographies.into_iter().zip(dates))
        .map(|((article, passages), (geography, dates))| Analysis { article, passages, geography, dates })
        .collect();
    let analysing = thread_cpu_seconds();
    let mut analyser = Analyser::new();
    for analysis in &analyses {
        let profile = Profile::of(analysis.article.language.as_deref());
        analyser.analyse(&analysis.article.title, profile, |_, _| {});
        for passage in &analysis.passages {
            analyser.analyse(passage.of(&analysis.article.text), profile, |_, _| {});
        }
    }
    let analysing = thread_cpu_seconds() - analysing;
    let mut cache = PlaceCache::default();
    let filing = |n: usize| Filing { id: ArticleId(n as u64), file: 1, root: "/", file_size: 1, file_mtime: 1 };
    let entries: Vec<_> = table.timed("prepare records and facets", || {
        analyses.iter().enumerate().map(|(n, a)| entry_of(a, filing(n), gazetteer, &mut cache)).collect()
    });
    table.stage("analyse", analysing);
    let options = IndexerOptions { threads: 1, memory_bytes: 80 << 20, rebuild: true };
    let mut indexer: Box<dyn Indexer> = Box::new(Writer::open(index, options)?);
    let started = process_cpu_seconds();
    let mut adder = indexer.adder();
    for entry in &entries {
        adder.add(entry)?;
    }
    adder.finish()?;
    let written = process_cpu_seconds();
    table.stage("write (without analyse)", written - started - analysing);
    indexer.commit(&Manifest::default(), vec!["en".to_owned()])?;
    indexer.close(true)?;
    table.stage("commit and merge", process_cpu_seconds() - written);
    Ok(())
}
