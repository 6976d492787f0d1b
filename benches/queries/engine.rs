//! The engine alone.

use std::path::Path;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use super::Outcome;

/// The baseline's index, open.
pub struct Engine {
    pub index: Index,
    pub searcher: Searcher,
    pub body: Field,
    pub date: Field,
}

impl Engine {
    pub fn open(folder: &Path) -> Outcome<Self> {
        let index = Index::open_in_dir(folder)?;
        let searcher = index.reader()?.searcher();
        let (body, date) = (index.schema().get_field("body")?, index.schema().get_field("date")?);
        Ok(Engine { index, searcher, body, date })
    }

    /// The terms of a text, by the English analyser, each with where its word stands in the text.
    pub fn terms(&self, text: &str) -> Outcome<Vec<(Term, std::ops::Range<usize>)>> {
        let mut tokenizer = self.index.tokenizers().get("en_stem").ok_or("the engine has no English analyser")?;
        let mut terms = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| {
            terms.push((Term::from_field_text(self.body, &token.text), token.offset_from..token.offset_to));
        });
        Ok(terms)
    }

    pub fn term(&self, word: &str) -> Outcome<Term> {
        Ok(self.terms(word)?.pop().ok_or(format!("`{word}` is no word"))?.0)
    }

    pub fn word(&self, word: &str) -> Outcome<Box<dyn Query>> {
        Ok(Box::new(TermQuery::new(self.term(word)?, IndexRecordOption::WithFreqs)))
    }

    /// Ranks, counts, and fetches ten documents, as an answer needs.
    pub fn answer(&self, query: &dyn Query) -> Outcome<usize> {
        let (hits, count) = self.searcher.search(query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
        let mut bytes = 0;
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(address)?;
            bytes += document.get_first(self.body).and_then(|v| v.as_str()).map_or(0, str::len);
        }
        Ok(count + bytes.min(1))
    }
}

/// What a process does that has just been started: opens the index, asks for a word, prints ten bodies.
pub fn ask_once(folder: &Path, word: &str) -> Outcome<()> {
    let engine = Engine::open(folder)?;
    let query = engine.word(word)?;
    let (hits, count) = engine.searcher.search(&*query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
    for (score, address) in hits {
        let document: TantivyDocument = engine.searcher.doc(address)?;
        println!("{score} {}", document.get_first(engine.body).and_then(|v| v.as_str()).unwrap_or_default());
    }
    println!("{count}");
    Ok(())
}
