//! Saved crawls.
#![no_main]

use dateline_fuzz::{named, read_as};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &["a.warc"];

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = named(NAMES, data) {
        read_as(name, bytes);
    }
});
