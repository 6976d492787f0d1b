//! Plain text and Markdown, with and without front matter, in whatever encoding.
#![no_main]

use dateline_fuzz::{named, read_as};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &["a.txt", "a.md"];

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = named(NAMES, data) {
        read_as(name, bytes);
    }
});
