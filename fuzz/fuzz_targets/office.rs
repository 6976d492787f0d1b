//! DOCX and ODT: the input is the main part, packed here, since a mutated zip would seldom pass its checksums.
#![no_main]

use std::io::{Cursor, Write};

use dateline_fuzz::{named, read_as};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const NAMES: &[&str] = &["a.docx", "a.odt"];

fuzz_target!(|data: &[u8]| {
    let Some((name, part)) = named(NAMES, data) else { return };
    let others: &[(&str, &[u8])] = match name {
        "a.docx" => &[("word/document.xml", part), ("docProps/core.xml", part)],
        _ => &[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", part), ("meta.xml", part)],
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (part, bytes) in others {
        zip.start_file(*part, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    read_as(name, &zip.finish().unwrap().into_inner());
});
