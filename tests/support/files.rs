//! Files of other formats, made so that their bytes can be seen.

use std::io::{Cursor, Write};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A PDF of these objects, of which the first is its catalog; `more` goes into its trailer.
pub fn pdf_of_objects<O: AsRef<[u8]>>(objects: &[O], more: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend_from_slice(format!("{n} 0 obj\n").as_bytes());
        pdf.extend_from_slice(object.as_ref());
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (pdf.len(), objects.len() + 1);
    pdf.extend_from_slice(
        format!("{table}trailer\n<< /Size {size} /Root 1 0 R {more} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    pdf
}

/// A PDF with a page for each content stream, with one font, F1; `more` goes into its trailer.
pub fn pdf_of_pages(streams: &[&[u8]], more: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..streams.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), streams.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (n, stream) in streams.iter().enumerate() {
        let contents = 5 + 2 * n;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> \
                 /Contents {contents} 0 R >>"
            )
            .into_bytes(),
        );
        let mut object = format!("<< /Length {} >>\nstream\n", stream.len()).into_bytes();
        object.extend_from_slice(stream);
        object.extend_from_slice(b"\nendstream");
        objects.push(object);
    }
    pdf_of_objects(&objects, more)
}

/// The content stream of a page with these lines.
pub fn pdf_page(lines: &[&str]) -> Vec<u8> {
    let lines: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    format!("BT /F1 12 Tf 14 TL 72 700 Td {lines}ET").into_bytes()
}
