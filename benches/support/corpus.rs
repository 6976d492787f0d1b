//! Articles to measure on: real sentences put together anew, to any size, always the same for the same seed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use dateline::passage::sentences_of;
use serde_json::{Value, json};

/// Changes every recombined corpus.
const SEED: u64 = 0x00DA_7E11_4E00_0001;

/// An article as found.
#[derive(Debug, Clone)]
pub struct Source {
    pub title: String,
    pub text: String,
    pub date: String,
}

/// The articles of `DATELINE_CORPUS`, a folder or one `.jsonl` file; those of `sample_corpus` where it is not set.
///
/// Lines of `.jsonl` files give `title`, `text` and `date`; of `.txt` and `.md` files the whole is text, but for front matter.
pub fn sources() -> Vec<Source> {
    let root = std::env::var_os("DATELINE_CORPUS").map_or_else(|| PathBuf::from("sample_corpus"), PathBuf::from);
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    let mut articles = Vec::new();
    for file in files {
        let Ok(content) = std::fs::read_to_string(&file) else { continue };
        match file.extension().and_then(|e| e.to_str()) {
            Some("jsonl") => articles.extend(content.lines().filter_map(source_of_line)),
            Some("txt" | "md") if file.file_stem().is_some_and(|s| s != "README") => {
                let text =
                    content.strip_prefix("---\n").and_then(|c| c.split_once("\n---\n")).map_or(&*content, |(_, t)| t);
                articles.push(Source {
                    title: String::new(),
                    text: text.trim().to_owned(),
                    date: "2001-02-03".to_owned(),
                });
            }
            _ => {}
        }
    }
    articles.retain(|a| !a.text.is_empty());
    assert!(!articles.is_empty(), "{}: no articles to measure on; set DATELINE_CORPUS", root.display());
    articles
}

fn source_of_line(line: &str) -> Option<Source> {
    let record: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
    Some(Source { title: field("title"), text: field("text"), date: field("date") })
}

/// splitmix64: enough for shuffling, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

/// Hands out recombined articles as records until their texts add up to `bytes`: each has the title, the date and the
/// paragraphs' lengths of one real article, and sentences of others, two in a row from each.
pub fn recombined(bytes: usize, mut each: impl FnMut(usize, Value) -> io::Result<()>) -> io::Result<()> {
    let sources = sources();
    let mut sentences: Vec<&str> = Vec::new();
    let mut shapes: Vec<Vec<bool>> = Vec::with_capacity(sources.len());
    for source in &sources {
        let spans = sentences_of(&source.text, Some("en"));
        let ends = |end: usize| source.text.get(end..).is_some_and(|rest| rest.starts_with("\n\n"));
        shapes.push(spans.iter().map(|s| ends(s.end)).collect());
        sentences.extend(spans.iter().map(|s| s.of(&source.text)));
    }
    let mut random = Random(SEED);
    let mut written = 0;
    let mut number = 0;
    while written < bytes {
        let shape = random.below(sources.len());
        let (Some(source), Some(paragraph_ends)) = (sources.get(shape), shapes.get(shape)) else { break };
        let mut text = String::with_capacity(source.text.len() + 200);
        let mut next = 0;
        for (n, ends) in paragraph_ends.iter().enumerate() {
            next = if n % 2 == 0 { random.below(sentences.len()) } else { (next + 1) % sentences.len() };
            text.push_str(sentences.get(next).copied().unwrap_or_default());
            text.push_str(if *ends { "\n\n" } else { " " });
        }
        let text = text.trim_end();
        written += text.len();
        let source_name = format!("Agency {}", number % 12);
        each(
            number,
            json!({"id": format!("r{number:07}"), "title": source.title, "date": source.date, "source": source_name, "text": text}),
        )?;
        number += 1;
    }
    Ok(())
}

/// A recombined corpus of about `megabytes` (10^6 bytes) of text as one JSONL file in `folder`; made unless it is there.
pub fn as_one_file(folder: &Path, megabytes: usize) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("articles_{megabytes}mb.jsonl"));
    if !path.exists() {
        let unfinished = path.with_extension("part");
        let mut out = BufWriter::new(File::create(&unfinished)?);
        recombined(megabytes * 1_000_000, |_, record| writeln!(out, "{record}"))?;
        out.flush()?;
        std::fs::rename(unfinished, &path)?;
    }
    Ok(path)
}

/// The same corpus with a file for each article, in folders of a thousand.
pub fn as_many_files(folder: &Path, megabytes: usize) -> io::Result<PathBuf> {
    let root = folder.join(format!("articles_{megabytes}mb"));
    if !root.exists() {
        let unfinished = folder.join(format!("articles_{megabytes}mb.part"));
        recombined(megabytes * 1_000_000, |number, record| {
            let shelf = unfinished.join(format!("{:04}", number / 1000));
            std::fs::create_dir_all(&shelf)?;
            let field = |name: &str| record[name].as_str().unwrap_or_default();
            let matter = format!(
                "---\ntitle: {}\ndate: {}\nsource: {}\n---\n",
                record["title"], record["date"], record["source"]
            );
            std::fs::write(shelf.join(format!("{}.txt", field("id"))), matter + field("text"))
        })?;
        std::fs::rename(unfinished, &root)?;
    }
    Ok(root)
}
