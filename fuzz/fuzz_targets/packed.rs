//! Containers: gzip, zstd, tar and zip, and what is in them; the content decides.
#![no_main]

use dateline_fuzz::{named, read_as};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &["a", "a.tar", "a.txt.gz", "a.html.zst", "a.zip"];

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = named(NAMES, data) {
        read_as(name, bytes);
    }
});
