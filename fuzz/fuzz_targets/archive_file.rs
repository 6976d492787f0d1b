//! `dateline.toml`.
#![no_main]

use dateline::archive::archive_file::ArchiveFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(file) = ArchiveFile::parse(text, "dateline.toml".as_ref()) {
        let _ = (file.skips("a/b.txt"), file.facts_of("a/b.zip!/c.txt"), file.columns_of("a.csv"));
    }
});
