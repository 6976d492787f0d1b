//! Toponyms in a text: spans in order, on boundaries, within the text.
#![no_main]

use dateline::geo::GeoInput;
use dateline::geo::gazetteer::Gazetteer;
use dateline::geo::resolve::geography_of;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let input = GeoInput { title, text: body, dateline: None, source: None, url: None, language: None, explain: true };
    let geography = geography_of(Gazetteer::embedded(), &input);
    let mut end = 0;
    for toponym in &geography.toponyms {
        assert!(toponym.span.start >= end && body.get(toponym.span.start..toponym.span.end).is_some());
        end = toponym.span.end;
    }
    assert!(geography.title_toponyms.iter().all(|t| title.get(t.span.start..t.span.end).is_some()));
});
