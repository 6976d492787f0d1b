//! PDF: by `pdftotext` where it is installed, else by the crate pdf-extract. Pages are kept.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::fields::complete;
use super::{ExtractSettings, Extracted, Out, Problem, RawRecord, article_of, push_article};

/// How long one document may take.
const MAX_TIME: Duration = Duration::from_secs(60);

/// The most text that is taken from one document. Bytes.
const MAX_TEXT_BYTES: u64 = 64 << 20;

/// The stack of the reading thread: the crate follows objects by recursion. Bytes.
const STACK_BYTES: usize = 64 << 20;

pub(super) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Out) {
    let failed = |reason: &str| Extracted::Problem(Problem::failure(&record.path, reason));
    let is_encrypted = memchr::memmem::find(&bytes, b"/Encrypt").is_some();
    let mut warning = None;
    let pages = match installed("pdftotext") {
        Some(program) => match by_program(&program, &bytes) {
            Ok(pages) => Ok(pages),
            Err(reason) => {
                warning = Some(format!("pdftotext: {reason}; read by other means"));
                by_crate(bytes)
            }
        },
        None => by_crate(bytes),
    };
    let pages = match pages {
        Ok(pages) => pages,
        Err(_) if is_encrypted => {
            return out.push(failed("an encrypted PDF; save it without its password first"));
        }
        Err(reason) => return out.push(failed(&format!("a PDF that cannot be read: {reason}"))),
    };
    let mut article = article_of(record);
    article.warnings.extend(warning);
    for (number, page) in (1..).zip(&pages) {
        let page = tidied(page);
        if page.is_empty() {
            continue;
        }
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        article.pages.push((article.text.len(), number));
        article.text.push_str(&page);
    }
    if article.text.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        let reason = match is_encrypted {
            true => "an encrypted PDF; save it without its password first".to_owned(),
            false => format!("a PDF of {} pages without text: it needs OCR first", pages.len()),
        };
        return out.push(failed(&reason));
    }
    complete(&mut article, record, settings);
    push_article(out, article);
}

/// Where a program is, by the `PATH`.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|p| p.is_file())
}

/// The pages by a program that reads standard input; no shell, no file, and no longer than [`MAX_TIME`].
fn by_program(program: &PathBuf, bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut child = Command::new(program)
        .args(["-q", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let read = stdout.map(|s| s.take(MAX_TEXT_BYTES).read_to_end(&mut text));
        let _ = sender.send(read.is_some_and(|r| r.is_ok()).then_some(text));
    });
    let start = Instant::now();
    let found = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that stops reading early says why by its exit status.
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(bytes);
            }
        });
        let found = receiver.recv_timeout(MAX_TIME);
        if found.is_err() {
            let _ = child.kill();
        }
        found
    });
    let status = child.wait().map_err(|e| e.to_string())?;
    match found {
        Ok(Some(text)) if status.success() => {
            let text = String::from_utf8_lossy(&text);
            let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
            if pages.last().is_some_and(|p| p.trim().is_empty()) {
                pages.pop();
            }
            Ok(pages)
        }
        Err(_) if start.elapsed() >= MAX_TIME => Err(format!("took more than {} seconds", MAX_TIME.as_secs())),
        _ => Err("it failed".to_owned()),
    }
}

/// The pages by the crate, on a thread of its own, which is left behind where it takes too long.
fn by_crate(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let (sender, receiver) = mpsc::channel();
    let reading = std::thread::Builder::new().name("pdf".into()).stack_size(STACK_BYTES).spawn(move || {
        let pages = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(&bytes));
        let _ = sender.send(match pages {
            Ok(Ok(pages)) => Ok(pages),
            Ok(Err(e)) => Err(super::fields::one_line(&e.to_string())),
            Err(_) => Err("its reader broke down on it".to_owned()),
        });
    });
    reading.map_err(|e| e.to_string())?;
    match receiver.recv_timeout(MAX_TIME) {
        Ok(pages) => pages,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(format!("it took more than {} seconds", MAX_TIME.as_secs())),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("its reader broke down on it".to_owned()),
    }
}

/// A page's text with the space around lines gone, lines of a paragraph kept, and empty lines made one.
fn tidied(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut gap = false;
    for line in page.lines() {
        let line = line.trim();
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_lines_and_paragraphs() {
        assert_eq!(tidied("\n  One \n two\n\n\n three\n"), "One\ntwo\n\nthree");
    }
}
