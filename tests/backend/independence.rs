//! Adding, changing or removing other articles never changes whether an article matches.
//!
//! Two archives share some reports and differ in all others, in number, words and languages. A question, whose place names
//! are taken as words alone, must find the same passages of the shared reports in both.

use std::collections::BTreeMap;

use dateline::index::Backend;
use dateline::model::question::{Matching, Page, Question};
use proptest::prelude::*;

use super::Engines;
use super::properties::archives::{Report, archive, reports};
use super::properties::questions::questions;
use super::properties::{number_of, shown};

/// The passages of some reports that match, by path, record and number; `None` where the question is refused.
fn matches(backend: &dyn Backend, question: &Question, shared: &[Report]) -> Option<BTreeMap<(String, u32), ()>> {
    let mut hits = Vec::new();
    backend.search(question, &Page::all(), &mut hits).ok()?;
    let is_shared = |path: &str, text: &str| shared.iter().any(|report| report.path() == path && report.holds(text));
    let key =
        |hit: &dateline::model::answer::Hit| (hit.article.path.clone(), hit.passage.text.clone(), hit.passage.number);
    let found = hits.iter().map(key).filter(|(path, text, _)| is_shared(path, text));
    Some(found.map(|(path, text, number)| ((format!("{path}: {text}"), number), ())).collect())
}

#[test]
fn other_articles_never_change_whether_one_matches() {
    let archives = number_of("DATELINE_ARCHIVES", 3);
    let each = number_of("DATELINE_QUESTIONS", 30) as usize;
    let config = ProptestConfig {
        cases: archives.div_ceil(3),
        failure_persistence: None,
        max_shrink_time: 30_000,
        ..ProptestConfig::default()
    };
    let found = std::cell::Cell::new((0_usize, 0_usize));
    proptest!(config, |(shared in reports(), one in reports(), other in reports(), questions in questions(each))| {
        let [shared, one, other] = Report::apart([shared, one, other]);
        let engines = [&one, &other].map(|more| Engines::over(archive(&[shared.as_slice(), more].concat())));
        for question in &questions {
            let question = Question { exact: true, matching: Matching::All, ..question.clone() };
            for (first, second) in engines[0].all().into_iter().zip(engines[1].all()) {
                let (first, second) = (matches(first, &question, &shared), matches(second, &question, &shared));
                if let (Some(first), Some(second)) = (first, second) {
                    let (asked, answered) = found.get();
                    found.set((asked + 1, answered + usize::from(!first.is_empty())));
                    prop_assert_eq!(first, second, "{:?}\n{}", question, shown(&shared));
                }
            }
        }
    });
    let (asked, answered) = found.get();
    println!("{asked} questions, {answered} with matches");
    assert!(6 * answered > asked, "{answered} of {asked}");
}
