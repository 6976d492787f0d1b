//! The engine alone: tantivy with its English analyser, as one would use it without this program.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use dateline::passage::sentences_of;
use serde_json::Value as Json;
use tantivy::schema::{
    DateOptions, FAST, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::{DateTime, Index, IndexSettings, TantivyDocument};

use crate::Outcome;
use crate::support::clock;

/// What the engine's writer may hold before it writes a segment; the same as for the program's default.
const WRITER_HEAP_BYTES: usize = 200_000_000;

const SENTENCES_A_DOCUMENT: usize = 5;

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
pub fn index_alone(corpus: &Path, folder: &Path, jobs: usize) -> Outcome<()> {
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
