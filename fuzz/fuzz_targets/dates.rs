//! Dates in a text: spans in order, on boundaries, within the text.
#![no_main]

use dateline::model::days::{Day, DayRange};
use dateline::time::{dates_of, publication_date_in, published_from_field};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let anchor = Day::from_ymd(2025, 5, 11).map(DayRange::day);
    for anchor in [None, anchor] {
        let dates = dates_of(text, anchor);
        let mut end = 0;
        for timex in &dates.timexes {
            assert!(timex.span.start >= end && timex.span.end > timex.span.start && text.get(timex.span.start..timex.span.end).is_some());
            end = timex.span.end;
        }
        assert!(dates.ranges.iter().all(|r| r.timexes.iter().all(|n| *n < dates.timexes.len())));
    }
    let _ = publication_date_in(text, None, Some(text), text);
    let _ = published_from_field(text, Day::latest_today());
});
