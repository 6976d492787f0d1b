//! Every bad input of the list that the project began with: a named reason for each, and never harm to the run.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::reading::{read_file, read_with};
use dateline::Article;
use dateline::extract::articles_of;
use dateline::extract::record::{Extracted, Problem, ProblemKind};
use dateline::extract::settings::{ExtractSettings, Limits};

fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Problem>) {
    read_with(name, bytes, &ExtractSettings::default())
}

/// The one problem of a file that gives no article.
fn problem(name: &str, bytes: &[u8]) -> Problem {
    let (articles, mut problems) = read(name, bytes);
    assert!(articles.is_empty(), "{name}: {:?}", articles[0]);
    assert_eq!(problems.len(), 1, "{name}: {problems:?}");
    problems.remove(0)
}

fn article(name: &str, bytes: &[u8]) -> Article {
    let (mut articles, problems) = read(name, bytes);
    assert!(problems.is_empty() && articles.len() == 1, "{name}: {problems:?}");
    articles.remove(0)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn empty_files_and_white_space_are_skips() {
    for (name, bytes) in [
        ("a.txt", &b""[..]),
        ("a.txt", b" \r\n\t\n"),
        ("a.jsonl", b"\n\n"),
        ("a.json", b"[]"),
        ("a.html", b"\xef\xbb\xbf \n"),
        ("a.md", b"---\n---\n"),
    ] {
        let p = problem(name, bytes);
        assert!(p.kind == ProblemKind::Skip && p.reason.starts_with("empty"), "{p:?}");
    }
    assert_eq!(problem("a.html", b"<html><body><nav>Home</nav></body></html>").kind, ProblemKind::Skip);
}

#[test]
fn marks_utf16_and_other_encodings_are_read() {
    let text = "The café by the river – “the last one” – is open again.\r\nIt had been shut for a year.\r\n";
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        marked.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for bytes in [
        utf16(false, true),
        utf16(true, true),
        utf16(false, false),
        utf16(true, false),
        windows,
        format!("\u{feff}{text}").into_bytes(),
    ] {
        assert_eq!(article("a.txt", &bytes).text, text);
    }
}

#[test]
fn a_wrong_declaration_does_not_spoil_a_page() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset={charset}><title>Café</title></head><body><p>The café by the river – “the last one” – is open again.</p></body></html>"
        )
    };
    let wrong = encoding_rs::WINDOWS_1252.encode(&page("utf-8")).0.into_owned();
    assert!(article("a.html", &wrong).text.contains("café by the river – “the last one”"));
    assert!(article("a.html", page("windows-1252").as_bytes()).text.contains("café by the river – “the last one”"));
}

#[test]
fn binary_content_is_a_skip_under_any_suffix() {
    let noise: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for name in ["a.txt", "a.md", "a", "a.html", "a.eml"] {
        let p = problem(name, &noise);
        assert!(p.kind == ProblemKind::Skip && p.reason.contains("binary"), "{name}: {p:?}");
    }
    for name in ["a.csv", "a.json", "a.jsonl", "a.xml", "a.warc", "a.zip", "a.pdf", "a.docx", "a.gz"] {
        let (articles, problems) = read(name, &noise);
        assert!(articles.is_empty() && !problems.is_empty(), "{name}");
    }
    assert!(problem("a.txt", b"some text\0and more text after it").reason.contains("NUL at byte 9"));
    assert!(problem("a.txt", b"\x89PNG\r\n\x1a\n0000").reason.contains("image"));
}

#[test]
fn truncated_and_damaged_gzip_is_named_and_what_came_before_is_read() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\":{n},\"text\":\"Report {n} on {}.\"}}\n", n * 7919 % 1000)).collect();
    let packed = gzip(lines.as_bytes());
    let (articles, problems) = read("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(articles.len() > 100 && problems.len() == 1, "{} {problems:?}", articles.len());
    assert!(problems[0].reason.contains("truncated gzip"), "{problems:?}");
    assert!(problem("a.txt.gz", &gzip(b"The bridge is open.")[..20]).reason.contains("truncated gzip"));
    let mut damaged = packed.clone();
    for at in (200..damaged.len()).step_by(50) {
        damaged[at] ^= 0x55;
    }
    let (_, problems) = read("a.jsonl.gz", &damaged);
    assert!(problems.iter().any(|p| p.reason.contains("damaged gzip") || p.reason.contains("JSON")), "{problems:?}");
}

#[test]
fn gzip_of_several_members_and_gzip_in_gzip_are_read() {
    let members = [gzip(b"The bridge is open.\n"), gzip(b"The road is not.\n")].concat();
    assert_eq!(article("a.txt.gz", &members).text, "The bridge is open.\nThe road is not.\n");
    assert_eq!(article("a.txt.gz", &gzip(&gzip(b"The bridge is open."))).text, "The bridge is open.");
    let padded = [gzip(b"The bridge is open."), vec![0; 512]].concat();
    assert_eq!(article("a.txt.gz", &padded).text, "The bridge is open.");
    assert!(problem("a.txt.gz", &gzip(&gzip(&gzip(b"Too deep.")))).reason.contains("deep"));
}

#[test]
fn what_unpacks_to_a_hundred_times_its_size_is_left() {
    let zeros = vec![b' '; 20 << 20];
    for (name, bytes) in [
        ("a.txt.gz", gzip(&zeros)),
        ("a.txt.zst", zstd::encode_all(&zeros[..], 3).unwrap()),
        ("a.zip", zip_of(&[("b.txt", &zeros)])),
        ("b.zip", zip_of(&[("b.txt.gz", &gzip(&zeros))])),
    ] {
        assert!(bytes.len() < zeros.len() / 100);
        let p = problem(name, &bytes);
        assert!(p.reason.contains("100 times its size") && p.kind == ProblemKind::Failure, "{name}: {p:?}");
    }
}

/// A member that is packed itself is held against what was read of the archive, not of its first bytes.
#[test]
fn a_large_packed_member_of_a_zip_is_no_bomb() {
    let mut state = 1u32;
    let lines: String = (0..60_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            format!("{{\"text\":\"Report {state} on the bridge and the road beside the river.\"}}\n")
        })
        .collect();
    let (articles, problems) = read("a.zip", &zip_of(&[("b.jsonl.gz", &gzip(lines.as_bytes()))]));
    assert_eq!((articles.len(), problems.len()), (60_000, 0), "{problems:?}");
}

#[test]
fn limits_hold_for_documents_and_for_all_that_a_file_unpacks_to() {
    let limits = Limits { document_bytes: 1000, unpacked_bytes: 3000, ..Limits::default() };
    let settings = ExtractSettings { limits, ..ExtractSettings::default() };
    let text: String = (0..300).map(|n| format!("{} ", n * 7919 % 1000)).collect();
    let (articles, problems) = read_with("a.txt", text.as_bytes(), &settings);
    assert!(articles.is_empty() && problems[0].reason.contains("past the limit"), "{problems:?}");
    let line = format!("{{\"text\":\"{text}\"}}\n{{\"text\":\"Short.\"}}\n");
    let (articles, problems) = read_with("a.jsonl", line.as_bytes(), &settings);
    assert_eq!((articles.len(), problems[0].line), (1, Some(1)), "{problems:?}");
    let lines: String = (0..300).map(|n| format!("{{\"text\":\"Report {}\"}}\n", n * 7919 % 1000)).collect();
    let (_, problems) = read_with("a.jsonl.gz", &gzip(lines.as_bytes()), &settings);
    assert!(problems.iter().any(|p| p.reason.contains("unpacks to more than")), "{problems:?}");
}

#[test]
fn entries_that_lead_out_of_their_archive_are_left() {
    let zip = zip_of(&[
        ("../../up.txt", b"x up"),
        ("/etc/root.txt", b"x root"),
        ("C:\\x.txt", b"x drive"),
        ("ok.txt", b"The bridge is open."),
    ]);
    let (articles, problems) = read("a.zip", &zip);
    assert_eq!(articles.iter().map(|a| a.path.as_str()).collect::<Vec<_>>(), ["a.zip!/ok.txt"]);
    assert_eq!(problems.len(), 3);
    assert!(problems.iter().all(|p| p.reason.contains("leads out of its archive")), "{problems:?}");
}

#[test]
fn encrypted_entries_and_documents_are_named() {
    // A stored entry whose flags say that it is encrypted, as any packer with a password sets them.
    let mut zip = zip_of(&[("secret.txt", b"The bridge is open.")]);
    let central = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    zip[6] |= 1;
    zip[central + 8] |= 1;
    let p = problem("a.zip", &zip);
    assert!(p.reason.contains("encrypted") && p.path == "a.zip!/secret.txt", "{p:?}");
    let pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 9 0 R >>\n%%EOF\n";
    assert!(problem("a.pdf", pdf).reason.contains("encrypted PDF"));
}

#[test]
fn truncated_archives_are_named() {
    let zip = zip_of(&[("a.txt", b"The bridge is open.")]);
    assert!(problem("a.zip", &zip[..zip.len() - 30]).reason.contains("zip"));
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(2000);
    tar.append_data(&mut header, "a.txt", &[b'x'; 2000][..]).unwrap();
    let bytes = tar.into_inner().unwrap();
    let (articles, problems) = read("a.tar", &bytes[..1500]);
    assert!(articles.is_empty() && problems[0].reason.contains("truncated tar"), "{problems:?}");
}

#[test]
fn pages_made_to_hang_a_parser_lose_their_tags_and_nothing_else() {
    let deep = format!(
        "<html><body>{}<p>The bridge is open.</p>{}</body></html>",
        "<div>".repeat(200_000),
        "</div>".repeat(200_000)
    );
    let attributes: String = (0..50_000).map(|n| format!("a{n}=\"{n}\" ")).collect();
    let wide = format!("<html><body><p {attributes}>The bridge is open.</p></body></html>");
    let fonts: String = (0..20_000).map(|n| format!("<font color=c{n}><b>")).collect();
    let fonts = format!("<html><body>{fonts}<p>The bridge is open.</p>");
    for page in [deep, wide, fonts] {
        let start = Instant::now();
        let a = article("a.html", page.as_bytes());
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
        assert!(a.text.contains("The bridge is open."));
        assert!(a.warnings.iter().any(|w| w.contains("too much for a parser")), "{:?}", a.warnings);
    }
}

#[test]
fn one_line_of_twenty_megabytes_is_read() {
    let text = "The bridge is open and the road is not. ".repeat(500_000);
    assert_eq!(article("a.txt", text.as_bytes()).text.len(), text.len());
    let json = format!("{{\"text\":\"{text}\"}}");
    assert_eq!(article("a.jsonl", json.as_bytes()).text.len(), text.len());
    let html = format!("<p>{text}</p>");
    assert!(article("a.html", html.as_bytes()).text.len() > text.len() / 2);
}

#[test]
fn what_has_no_end_is_named_once() {
    let (articles, problems) = read("a.json", b"[{\"text\":\"One.\"},\n{\"text\":\"Tw");
    assert_eq!((articles.len(), problems.len(), problems[0].line), (1, 1, Some(2)), "{problems:?}");
    let a = article("a.md", b"---\ntitle: Bridge\nThe bridge is open.\n");
    assert!(a.text.starts_with("---") && a.warnings[0].contains("front matter without an end"), "{:?}", a.warnings);
}

#[test]
fn ragged_tables_keep_what_is_sound() {
    let csv = "title,text,date\nOne,Text one,2024-03-04\nTwo,Text two\nThree,Text, with a comma,2024-03-04\nFour,Text four,2024-03-04,,\n";
    let (articles, problems) = read("a.csv", csv.as_bytes());
    assert_eq!(articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["One", "Two", "Four"]);
    assert!(articles[1].warnings[0].contains("ragged"));
    assert_eq!((problems.len(), problems[0].line), (1, Some(4)));
    assert!(problems[0].reason.contains("a ragged row: 4 fields where the header has 3"), "{problems:?}");
    assert!(problem("a.csv", b"x,y,z\n1,2,3\n").reason.contains("without a column for text or title"));
}

#[test]
fn bombs_of_entities_are_refused() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        bomb.push_str(&format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1));
    }
    bomb.push_str("]><rss><channel><item><title>&a29;</title></item></channel></rss>");
    assert!(problem("a.xml", bomb.as_bytes()).reason.contains("entities of its own"));
    assert!(problem("a.xml", b"<rss><channel><item><title>x</title>").reason.contains("not whole XML"));
    assert_eq!(problem("a.xml", b"<?xml version='1.0'?><inventory><a/></inventory>").kind, ProblemKind::Skip);
}

#[test]
fn pdfs_without_text_need_ocr_and_broken_ones_are_named() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources << >> /Contents 4 0 R >>",
        "<< /Length 0 >>\nstream\n\nendstream",
    ];
    let mut blank = String::from("%PDF-1.4\n");
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    for (n, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", blank.len()));
        blank.push_str(&format!("{n} 0 obj\n{object}\nendobj\n"));
    }
    let start = blank.len();
    blank.push_str(&format!("{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    let p = problem("a.pdf", blank.as_bytes());
    assert!(p.reason.contains("OCR"), "{p:?}");
    assert!(problem("b.pdf", b"%PDF-1.4\nnot much of one").reason.contains("PDF that cannot be read"));
}

#[test]
fn dates_that_cannot_be_leave_an_article_undated_with_a_warning() {
    for date in ["2999-01-01", "1970-01-01T00:00:00Z", "0", "1066-10-14", "2024-02-30", "tomorrow"] {
        let a = article("a.jsonl", format!("{{\"text\":\"The bridge is open.\",\"date\":\"{date}\"}}").as_bytes());
        assert!(a.published.is_none() && a.warnings.len() == 1, "{date}: {:?}", a.warnings);
    }
}

#[test]
fn files_that_vanish_or_are_no_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let settings = ExtractSettings::default();
    let (_, problems) = read_file(&folder.path().join("gone.txt"), "gone.txt", &settings);
    assert!(problems[0].reason.contains("vanished"), "{problems:?}");
    let (_, problems) = read_file(folder.path(), "folder", &settings);
    assert!(problems[0].reason.contains("not a regular file"), "{problems:?}");
    #[cfg(unix)]
    {
        let (_, problems) = read_file(Path::new("/dev/zero"), "zero", &settings);
        assert!(problems[0].reason.contains("not a regular file"), "{problems:?}");
    }
}

/// A regular file that this process may not read, even where it is root's.
#[cfg(unix)]
fn locked_file(folder: &Path) -> Option<std::path::PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let own = folder.join("locked.txt");
    std::fs::write(&own, "Text.").unwrap();
    std::fs::set_permissions(&own, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything of the disk, but not the kernel's settings that can only be written.
    let candidates = [own, "/proc/sys/vm/compact_memory".into()];
    candidates
        .into_iter()
        .find(|f| std::fs::File::open(f).is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied))
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = locked_file(folder.path()) else {
        eprintln!("skipped: this process may read everything");
        return;
    };
    let (articles, problems) = read_file(&file, "locked.txt", &ExtractSettings::default());
    assert!(articles.is_empty());
    assert_eq!(problems[0].reason, "cannot be opened: permission denied");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    std::fs::write(&file, "{\"text\":\"One.\"}\n".repeat(100_000)).unwrap();
    let mut changed = false;
    let mut problems = Vec::new();
    articles_of(&file, "a.jsonl", &ExtractSettings::default(), &mut |found| {
        if !changed {
            changed = true;
            let mut more = std::fs::OpenOptions::new().append(true).open(&file).unwrap();
            more.write_all(b"{\"text\":\"Two.\"}\n").unwrap();
            more.set_modified(std::time::SystemTime::now() + Duration::from_secs(5)).unwrap();
        }
        if let Extracted::Problem(p) = found {
            problems.push(p);
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(problems.iter().any(|p| p.reason.contains("changed while it was being read")), "{problems:?}");
}

#[test]
fn broken_mail_feeds_and_crawls_are_named() {
    let warc = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 500\r\n\r\nHTTP/1.1 200 OK\r\n";
    assert!(problem("a.warc", warc).reason.contains("truncated WARC"));
    assert!(problem("a.warc", b"WARC/1.0\r\nno length\r\n\r\n").reason.contains("damaged WARC"));
    assert_eq!(problem("a.xml", b"<rss><channel><title>x</title></channel></rss>").kind, ProblemKind::Skip);
}

/// Whatever stands in a file, reading it ends with articles or reasons.
#[test]
fn no_bytes_make_reading_panic() {
    let seeds: [&[u8]; 10] = [
        b"{\"text\":\"a\",\"date\":\"2024\"}\n{\"id\":1}",
        b"---\ntitle: x\n---\ntext",
        b"<html><time datetime=x><p>text</p>",
        b"title,text\n\"a,b\n",
        b"%PDF-1.4\n1 0 obj",
        b"PK\x03\x04",
        b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc",
        b"From a\nSubject: x\n\nbody",
        b"<rss><item><title>x</title></item></rss>",
        b"\xff\xfea\0b\0",
    ];
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for round in 0..400 {
        let mut bytes = seeds[round % seeds.len()].repeat(1 + (next() % 3) as usize);
        for _ in 0..(next() % 6) {
            let at = (next() as usize) % bytes.len();
            match next() % 3 {
                0 => bytes[at] = next() as u8,
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, next() as u8),
            }
        }
        let names = ["a", "a.csv", "a.html", "a.json", "a.xml", "a.eml", "a.pdf", "a.zip", "a.md"];
        let (articles, problems) = read(names[round % names.len()], &bytes);
        assert!(!problems.iter().any(|p| p.reason.contains("broke down")), "{bytes:?}: {problems:?}");
        for a in articles {
            assert!(a.pages.iter().all(|(at, _)| a.text.is_char_boundary(*at)));
        }
    }
}
