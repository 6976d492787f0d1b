//! The whole program from outside: output, standard error and exit status of every verb.

mod completions;
mod events;
mod names;
mod output;
mod reading;
mod verbs;

use tempfile::TempDir;

use crate::support::program::{dateline, stderr};

/// Three articles of our own making, with places that are sure, dates of several kinds, and a copy.
const ARTICLES: &str = r#"{"id":"a-1","title":"Drones over Udhampur","date":"2025-05-11","source":"The Valley Post","text":"UDHAMPUR, India, May 11 - Drones were seen over Udhampur on the night of May 10, officials in India said. Air defences fired for about an hour, and people went down into their cellars. Schools in the town stayed closed on Sunday, and the hospital moved its patients to the ground floor."}
{"id":"a-2","title":"Direct talks set for Monday","date":"2025-05-11","source":"The Valley Post","text":"NEW DELHI, India, May 11 - The two militaries agreed to direct talks on May 12. A spokesman in Islamabad, Pakistan, confirmed the hour. Families who had left Pathankot and Udhampur asked when they could go home, and the railways said that trains would run again from Tuesday."}
{"id":"a-3","title":"Floods close a bridge","date":"2024-08-03","source":"River News","language":"en","text":"BREMEN, Germany, August 3 - Water closed a bridge in Bremen on Friday. Engineers said that it would open again within a week. No one was hurt, and the buses took another road until the evening."}
"#;

/// An archive of three articles in a folder of its own, without an index.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("reports.jsonl"), ARTICLES).expect("a file in it");
    folder
}

/// An archive that has been indexed.
fn indexed() -> TempDir {
    let folder = archive();
    let run = dateline(folder.path(), &["index", "."]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    folder
}
