//! Every extractor: the first byte chooses the suffix, the rest is the file.
#![no_main]

use std::ops::ControlFlow;

use dateline::extract::{ExtractSettings, Extracted, Limits, articles_in, records_in};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &[
    "a", "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.xml", "a.eml", "a.mbox", "a.warc", "a.docx",
    "a.odt", "a.zip", "a.tar", "a.txt.gz", "a.txt.zst",
];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    // The crate that reads PDF is known to panic, which is caught; libFuzzer would stop at the first one.
    if bytes.windows(5).any(|w| w == b"%PDF-") {
        return;
    }
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let limits = Limits { document_bytes: 1 << 20, unpacked_bytes: 4 << 20, ..Limits::default() };
    let settings = ExtractSettings { limits, ..ExtractSettings::default() };
    records_in(bytes, name, &settings, &mut |record| {
        articles_in(record, &settings, &mut |found| {
            match found {
                Extracted::Article(a) => {
                    assert!(!a.text.trim().is_empty() || !a.title.is_empty(), "an article that says nothing");
                    assert!(a.pages.iter().all(|(at, _)| a.text.is_char_boundary(*at)), "a page within a character");
                }
                Extracted::Problem(p) => {
                    assert!(!p.reason.is_empty(), "a problem without a reason");
                    // Panics are caught, since one file must not end a run; here they are what is looked for.
                    assert!(!p.reason.contains("broke down"), "{}", p.reason);
                }
            }
            ControlFlow::Continue(())
        })
    });
});
