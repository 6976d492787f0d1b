//! PDF: by `pdftotext` where it is installed, else by the crate pdf-extract. Pages are kept.

use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::extract::article::{article_of, complete};
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::{ExtractSettings, Limits};

/// The stack of the reading thread: the crate follows objects by recursion. Bytes.
const STACK_BYTES: usize = 64 << 20;

/// The pages of a document, in order.
struct Pages {
    texts: Vec<String>,
    /// What a user should know of how they were read.
    warning: Option<String>,
}

/// Why a reader gave no pages.
enum PdfFault {
    /// It wants a password.
    Password,
    /// It took longer than [`Limits::pdf_time`].
    TooSlow(Duration),
    /// It broke down.
    BrokeDown,
    /// It says what is wrong.
    Told(String),
}

impl fmt::Display for PdfFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfFault::Password => f.write_str("it wants a password"),
            PdfFault::TooSlow(time) => write!(f, "it took more than {} seconds", time.as_secs()),
            PdfFault::BrokeDown => f.write_str("its reader broke down on it"),
            PdfFault::Told(words) => f.write_str(words),
        }
    }
}

pub(crate) fn read(record: &RawRecord, bytes: Vec<u8>, settings: &ExtractSettings, out: &mut Outcomes) {
    const ENCRYPTED: &str = "an encrypted PDF; save it without its password first";
    let mut failed = |reason: &str| out.push_problem(Problem::failure(&record.path, reason));
    let is_encrypted = memchr::memmem::find(&bytes, b"/Encrypt").is_some();
    let bytes = Arc::new(bytes);
    let by_program = settings.pdftotext.as_ref().map(|program| by_program(program, &bytes, &settings.limits));
    let is_sure = matches!(by_program, Some(Ok(_)));
    let pages = match by_program {
        Some(Ok(pages)) => Ok(pages),
        Some(Err(PdfFault::Password)) => Err(PdfFault::Password),
        Some(Err(fault)) => by_crate(bytes, &settings.limits).map(|mut pages| {
            pages.warning = Some(format!("pdftotext: {fault}; read by other means"));
            pages
        }),
        None => by_crate(bytes, &settings.limits),
    };
    let pages = match pages {
        Ok(pages) => pages,
        Err(PdfFault::Password) => return failed(ENCRYPTED),
        Err(_) if is_encrypted => return failed(ENCRYPTED),
        Err(fault) => return failed(&format!("a PDF that cannot be read: {fault}")),
    };
    let mut article = article_of(record);
    article.warnings.extend(pages.warning);
    for (number, page) in (1..).zip(&pages.texts) {
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
        // The crate gives an empty page where it cannot decrypt one; `pdftotext` says so.
        return match is_encrypted && !is_sure {
            true => failed(ENCRYPTED),
            false => failed(&format!("a PDF of {} pages without text: it needs OCR first", pages.texts.len())),
        };
    }
    complete(&mut article, record, settings);
    out.push_article(article);
}

/// The pages by `pdftotext`, through pipes: no shell, and no file whose name could be taken for an option.
fn by_program(program: &Path, bytes: &Arc<Vec<u8>>, limits: &Limits) -> Result<Pages, PdfFault> {
    let other = |e: std::io::Error| PdfFault::Told(e.to_string());
    let mut child = Command::new(program)
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(other)?;
    let said = told(&mut child, bytes, limits);
    // Whatever it was doing, nothing more is wanted of it.
    let _ = child.kill();
    let status = child.wait().map_err(other)?;
    let (text, errors) = said?;
    let is_cut = text.len() as u64 >= limits.pdf_text_bytes;
    if !status.success() && !is_cut {
        let errors = String::from_utf8_lossy(&errors);
        // Poppler's exit status is 1 for every fault of the file; only its words tell of a password.
        return Err(match errors.contains("ncorrect password") {
            true => PdfFault::Password,
            false => PdfFault::Told(first_line(&errors).unwrap_or_else(|| "it failed".to_owned())),
        });
    }
    let text = String::from_utf8_lossy(&text);
    let mut texts: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    if texts.last().is_some_and(|p| p.trim().is_empty()) {
        texts.pop();
    }
    let warning = is_cut.then(|| format!("only the first {} MB of its text were taken", limits.pdf_text_bytes >> 20));
    Ok(Pages { texts, warning })
}

/// What a program says of its input: the head of its standard output and of its standard error.
///
/// The threads are left behind where it takes too long, since what it may have started itself can hold its pipes open.
fn told(child: &mut Child, bytes: &Arc<Vec<u8>>, limits: &Limits) -> Result<(Vec<u8>, Vec<u8>), PdfFault> {
    const MAX_ERROR_BYTES: u64 = 64 << 10;
    let deadline = Instant::now() + limits.pdf_time;
    if let Some(mut stdin) = child.stdin.take() {
        let bytes = Arc::clone(bytes);
        // A program that stops reading early says why by its exit status.
        std::thread::spawn(move || stdin.write_all(&bytes));
    }
    let text = head_of_stream(child.stdout.take(), limits.pdf_text_bytes);
    let errors = head_of_stream(child.stderr.take(), MAX_ERROR_BYTES);
    let left = || deadline.saturating_duration_since(Instant::now());
    let text = text.recv_timeout(left()).map_err(|_| PdfFault::TooSlow(limits.pdf_time))?;
    if text.len() as u64 >= limits.pdf_text_bytes {
        return Ok((text, Vec::new()));
    }
    // The end of its standard error is the end of the program, which may not be killed before.
    let errors = errors.recv_timeout(left()).map_err(|_| PdfFault::TooSlow(limits.pdf_time))?;
    Ok((text, errors))
}

/// The first bytes of a stream, read by a thread, once there are as many or the stream has ended.
fn head_of_stream(stream: Option<impl Read + Send + 'static>, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut head = Vec::new();
        if let Some(stream) = stream {
            // A fault ends the stream; the program's exit status tells whether that matters.
            let _ = stream.take(most).read_to_end(&mut head);
        }
        sender.send(head)
    });
    receiver
}

fn first_line(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(200).collect())
}

/// The pages by the crate, on a thread of its own, which is left behind where it takes too long.
fn by_crate(bytes: Arc<Vec<u8>>, limits: &Limits) -> Result<Pages, PdfFault> {
    let (sender, receiver) = mpsc::channel();
    let reading = std::thread::Builder::new().name("pdf".into()).stack_size(STACK_BYTES).spawn(move || {
        let pages = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(&bytes));
        let _ = sender.send(pages.map(|pages| pages.map_err(|e| crate::extract::fields::one_line(&e.to_string()))));
    });
    reading.map_err(|e| PdfFault::Told(e.to_string()))?;
    match receiver.recv_timeout(limits.pdf_time) {
        Ok(Ok(Ok(texts))) => Ok(Pages { texts, warning: None }),
        Ok(Ok(Err(reason))) => Err(PdfFault::Told(reason)),
        Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(PdfFault::BrokeDown),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(PdfFault::TooSlow(limits.pdf_time)),
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
