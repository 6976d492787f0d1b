//! Fits the weights of recognition and resolution on articles with marked toponyms, and measures them.
//!
//!     DATELINE_GOLD=DIR cargo run --release --example fit_weights -- fit > src/geo/evidence/data/weights.tsv
//!     DATELINE_GOLD=DIR cargo run --release --example fit_weights -- cross OUT    five-fold predictions, OUT/NAME.jsonl
//!     DATELINE_GOLD=DIR cargo run --release --example fit_weights -- predict OUT  predictions with the embedded weights
//!
//! DIR holds `lgl.jsonl`, `geovirus.jsonl` and `gwn_dev.jsonl`, and `demonyms.txt`: one article a line with `id`, `title`,
//! `text`, `url` and `toponyms` (`start` and `end` in code points, `lat`, `lon`, `geonames_id`, `country`, `is_country`).

mod learn;

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use dateline::geo::resolve::fit::{self, ChoiceRow, DecisionRow, Marked, Weights};
use dateline::geo::{Gazetteer, GeoInput, Geography};
use dateline::model::article::ByteSpan;
use dateline::model::mention::ToponymKind;
use learn::{fit_choices, fit_rows};
use serde_json::{Value, json};

/// Corpora with the weight of their decisions, so that the largest does not settle everything, and whether demonyms are marked.
const CORPORA: [(&str, f32, bool); 3] = [("lgl", 1.0, true), ("geovirus", 1.6, false), ("gwn_dev", 2.0, true)];
const FOLDS: usize = 5;
/// The weight of an article's copy in capitals.
const CAPITALS_WEIGHT: f32 = 0.1;
/// How often ranker and verdict are fitted anew, as their inputs depend on the weights.
const PASSES: usize = 3;

struct Article {
    id: String,
    corpus: usize,
    title: String,
    text: String,
    url: String,
    marked: Vec<Marked>,
    /// For each byte offset of a character its number.
    code_points: Vec<u32>,
}

impl Article {
    fn input(&self) -> GeoInput<'_> {
        GeoInput { title: &self.title, text: &self.text, url: Some(&self.url), ..GeoInput::default() }
    }
}

fn main() -> Result<()> {
    let gold = std::env::var("DATELINE_GOLD").context("DATELINE_GOLD names no folder of marked articles")?;
    let articles = read_corpora(Path::new(&gold))?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fit"] => {
            let weights = fit_all(&articles.iter().collect::<Vec<_>>(), &no_demonyms(&gold)?);
            std::io::stdout().write_all(weights.as_bytes())?;
        }
        ["predict", out] => {
            let weights = Weights::parse(include_str!("../../src/geo/evidence/data/weights.tsv"));
            write_predictions(out, &articles, |_| &weights)?;
        }
        ["cross", out] => {
            let no_demonyms = no_demonyms(&gold)?;
            let folds: Vec<Weights> = (0..FOLDS)
                .map(|fold| {
                    let rest: Vec<&Article> =
                        articles.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, a)| a).collect();
                    Weights::parse(&fit_all(&rest, &no_demonyms))
                })
                .collect();
            write_predictions(out, &articles, |n| &folds[n % FOLDS])?;
        }
        _ => bail!("say fit, cross OUT or predict OUT"),
    }
    Ok(())
}

fn no_demonyms(gold: &str) -> Result<HashSet<String>> {
    let list = fs::read_to_string(Path::new(gold).join("demonyms.txt"))?;
    Ok(list.lines().map(str::to_owned).collect())
}

fn read_corpora(folder: &Path) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    for (corpus, (name, ..)) in CORPORA.iter().enumerate() {
        let path = folder.join(format!("{name}.jsonl"));
        let lines = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for line in lines.lines() {
            articles.push(read_article(corpus, &serde_json::from_str(line)?));
        }
    }
    Ok(articles)
}

fn read_article(corpus: usize, record: &Value) -> Article {
    let string = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
    let text = string("text");
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut code_points = vec![0; text.len() + 1];
    for (number, at) in starts.iter().enumerate() {
        code_points[*at] = number as u32;
    }
    let marked = record["toponyms"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|t| {
            let offset = |key: &str| starts.get(t[key].as_u64()? as usize).copied();
            Some(Marked {
                span: ByteSpan::new(offset("start")?, offset("end")?),
                position: t["lat"].as_f64().zip(t["lon"].as_f64()),
                geonames_id: t["geonames_id"].as_u64().map(|id| id as u32),
                whole_country: t["is_country"]
                    .as_bool()
                    .filter(|c| *c)
                    .and_then(|_| t["country"].as_str()?.parse().ok()),
            })
        })
        .collect();
    Article { id: string("doc_id"), corpus, title: string("title"), url: string("url"), text, marked, code_points }
}

/// The weights fitted on these articles, as the table that the program reads.
fn fit_all(articles: &[&Article], no_demonyms: &HashSet<String>) -> String {
    let gazetteer = Gazetteer::embedded();
    let _ = no_demonyms;
    let counts = |article: &Article, row: &DecisionRow| CORPORA[article.corpus].2 || !row.demonym;
    let mut toponyms: Vec<(DecisionRow, f32)> = Vec::new();
    for article in articles {
        let weight = CORPORA[article.corpus].1;
        let rows = fit::toponym_rows(gazetteer, &article.input(), &article.marked);
        toponyms.extend(rows.into_iter().filter(|r| counts(article, r)).map(|r| (r, weight)));
        // The same in capitals, as telegrams and headlines are written; offsets stay, as only ASCII changes.
        let capitals = article.text.to_ascii_uppercase();
        let rows = fit::toponym_rows(gazetteer, &GeoInput { text: &capitals, ..article.input() }, &article.marked);
        toponyms.extend(rows.into_iter().filter(|r| counts(article, r)).map(|r| (r, weight * CAPITALS_WEIGHT)));
    }
    let toponym_weights = fit_rows(&toponyms, fit::feature_names("toponym").len(), 0.002);
    let mut table = table_of("toponym", &toponym_weights);
    eprintln!("{} names", toponyms.len());
    let mut candidate_weights: Vec<f32> = Vec::new();
    let (mut found, mut right) = (Vec::new(), Vec::new());
    for pass in 0..PASSES {
        let weights = Weights::parse(&(table.clone() + &table_of("candidate", &candidate_weights)));
        let mut choices: Vec<(ChoiceRow, f32)> = Vec::new();
        for article in articles {
            let made = fit::choices(gazetteer, &article.input(), &article.marked, &weights);
            choices.extend(made.into_iter().map(|c| (c, CORPORA[article.corpus].1)));
        }
        candidate_weights = fit_choices(&choices, fit::feature_names("candidate").len(), 0.002);
        eprintln!("pass {pass}: {} choices", choices.len());
    }
    table.push_str(&table_of("candidate", &candidate_weights));
    let weights = Weights::parse(&table);
    for article in articles {
        let (f, r) = fit::verdict_rows(gazetteer, &article.input(), &article.marked, &weights);
        let weight = CORPORA[article.corpus].1;
        found.extend(f.into_iter().filter(|r| counts(article, r)).map(|r| (r, weight)));
        right.extend(r.into_iter().filter(|r| counts(article, r)).map(|r| (r, weight)));
    }
    let features = fit::feature_names("verdict_toponym").len();
    table.push_str(&table_of("verdict_toponym", &fit_rows(&found, features, 0.002)));
    table.push_str(&table_of("verdict_place", &fit_rows(&right, features, 0.004)));
    table
}

fn table_of(model: &str, weights: &[f32]) -> String {
    fit::feature_names(model).iter().zip(weights).map(|(name, w)| format!("{model}.{name}\t{w:.4}\n")).collect()
}

fn write_predictions<'w>(out: &str, articles: &[Article], weights: impl Fn(usize) -> &'w Weights) -> Result<()> {
    fs::create_dir_all(out)?;
    let gazetteer = Gazetteer::embedded();
    let mut files = Vec::new();
    for (name, ..) in CORPORA {
        files.push(std::io::BufWriter::new(fs::File::create(Path::new(out).join(format!("{name}.jsonl")))?));
    }
    for (n, article) in articles.iter().enumerate() {
        let geography = fit::geography(gazetteer, &article.input(), weights(n));
        let toponyms = prediction(gazetteer, article, &geography);
        writeln!(files[article.corpus], "{}", json!({"doc_id": article.id, "toponyms": toponyms}))?;
    }
    Ok(())
}

fn prediction(gazetteer: &Gazetteer, article: &Article, geography: &Geography) -> Vec<Value> {
    let of = |t: &dateline::geo::Toponym| {
        let place = t.place.as_ref().and_then(|id| gazetteer.place(id));
        let kind = match t.kind {
            ToponymKind::Place => "place",
            ToponymKind::Demonym => "demonym",
            ToponymKind::Facility => "facility",
        };
        json!({
            "start": article.code_points[t.span.start], "end": article.code_points[t.span.end],
            "kind": kind, "confidence": t.confidence,
            "lat": place.as_ref().map(|p| p.lat).filter(|d| d.is_finite()), "lon": place.as_ref().map(|p| p.lon).filter(|d| d.is_finite()),
            "country": place.as_ref().and_then(|p| p.countries.first().map(ToString::to_string)),
            "geonames_id": place.as_ref().and_then(|p| p.geonames_id), "id": t.place.as_ref().map(ToString::to_string),
        })
    };
    geography.toponyms.iter().map(of).collect()
}
