//! Speed of the text handling, in MB (10^6 bytes) of text per CPU second of one core.
//!
//!     DATELINE_CORPUS=news.jsonl cargo bench --bench text
//!
//! Prints for each step the best of five rounds and what came out, so that speed is not bought with results.

mod support;

use dateline::geo::Gazetteer;
use dateline::model::question::Question;
use dateline::passage::{passages_of, sentences_of};
use dateline::plan::Plan;
use dateline::plan::forms::Vocabulary;
use dateline::plan::highlight::highlights;
use dateline::plan::leaf::Form;
use dateline::query::parse::parse;
use dateline::words::language::language_of;
use dateline::words::{Analyser, Profile};
use support::clock::thread_cpu_seconds;
use support::corpus::sources;

const ROUNDS: usize = 5;

fn main() {
    let articles = sources();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    println!("{} articles, {:.1} MB of text", articles.len(), bytes as f64 / 1e6);
    let report = |step: &str, unit: &str, run: &mut dyn FnMut(&str) -> usize| {
        let (mut best, mut found) = (f64::INFINITY, 0);
        for _ in 0..ROUNDS {
            let start = thread_cpu_seconds();
            found = articles.iter().map(|a| run(&a.text)).sum();
            best = best.min(thread_cpu_seconds() - start);
        }
        println!("{step:<28}{:>8.0} MB/s {found:>10} {unit}", bytes as f64 / 1e6 / best);
    };
    report("detect the language", "articles in English", &mut |t| usize::from(language_of(t) == Some("en")));
    report("cut sentences", "sentences", &mut |t| sentences_of(t, Some("en")).len());
    report("cut and choose passages", "passages", &mut |t| passages_of(t, Some("en")).len());
    let mut analyser = Analyser::new();
    let mut term = String::new();
    let mut analyse = |text: &str, profile: Profile| {
        let mut terms = 0;
        let mut tokens = analyser.tokens(text, profile);
        while let Some(token) = tokens.next_into(&mut term) {
            terms += usize::from(!token.stop);
        }
        terms
    };
    report("analyse as English", "terms", &mut |t| analyse(t, Profile::ENGLISH));
    report("analyse without stemming", "terms", &mut |t| analyse(t, Profile::of(Some("xx"))));
    let mut analyser = Analyser::new();
    let question = parse("officials \"prime minister\" milita* goverment~1", Gazetteer::embedded()).expect("a query");
    let question = Question::of(question.expr);
    let plan = Plan::of(&question, Gazetteer::embedded(), &[], &mut analyser, &AnyWord).expect("a plan");
    let forms: Vec<&Form> = plan.leaves.iter().flat_map(|leaf| &leaf.forms).collect();
    report("highlight four words", "highlights", &mut |t| {
        highlights(t, Profile::ENGLISH, &forms, Vec::new(), &mut analyser).spans.len()
    });
}

/// An index that holds every word and uses none as another spelling of a place.
struct AnyWord;

impl Vocabulary for AnyWord {
    fn holds(&self, _term: &str) -> bool {
        true
    }

    fn names_a_place(&self, _name: &str, _forms: &[Form]) -> bool {
        false
    }
}
