//! What the targets of extraction have in common.

use std::ops::ControlFlow;

use dateline::extract::record::Extracted;
use dateline::extract::settings::{ExtractSettings, Limits};
use dateline::extract::{articles_in, records_in};

/// Reads `bytes` as a file of this name and checks what must hold of whatever comes out.
pub fn read_as(name: &str, bytes: &[u8]) {
    let limits = Limits { document_bytes: 1 << 20, unpacked_bytes: 4 << 20, ..Limits::default() };
    // By the crate: a process for each input would be too slow, and would not be looked into.
    let settings = ExtractSettings { limits, pdftotext: None, ..ExtractSettings::default() };
    let _ = records_in(bytes, name, &settings, &mut |record| {
        articles_in(record, &settings, &mut |found| {
            check(&found);
            ControlFlow::Continue(())
        })
    });
}

fn check(found: &Extracted) {
    match found {
        Extracted::Article(a) => {
            assert!(!a.text.trim().is_empty() || !a.title.is_empty(), "an article that says nothing");
            assert!(a.pages.iter().all(|(at, _)| a.text.is_char_boundary(*at)), "a page within a character");
        }
        Extracted::Problem(p) => assert!(!p.reason.is_empty(), "a problem without a reason"),
    }
}

/// The name that the first byte chooses, and the bytes after it.
pub fn named<'a>(names: &[&'static str], data: &'a [u8]) -> Option<(&'static str, &'a [u8])> {
    let (first, bytes) = data.split_first()?;
    Some((names.get(usize::from(*first) % names.len().max(1))?, bytes))
}
