//! The query language: an error points into the query, on a character's boundary.
#![no_main]

use dateline::geo::gazetteer::Gazetteer;
use dateline::query::parse::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| {
    if let Err(e) = parse(query, Gazetteer::embedded()) {
        assert!(e.at <= e.query.len() && e.query.is_char_boundary(e.at) && !e.reason.is_empty());
    }
});
