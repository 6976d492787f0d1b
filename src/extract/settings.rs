//! What reading is told: the archive file, the limits, the day that is today.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::archive::archive_file::ArchiveFile;
use crate::model::days::Day;

/// What reading is told.
#[derive(Debug, Clone)]
pub struct ExtractSettings {
    /// The archive's `dateline.toml`.
    pub archive: Arc<ArchiveFile>,
    /// How much is read and unpacked at most.
    pub limits: Limits,
    /// The last day that is believed as a publication date.
    pub today: Day,
    /// poppler's `pdftotext`, which is given PDFs on its standard input; `None` has them read by the crate pdf-extract.
    pub pdftotext: Option<PathBuf>,
}

impl Default for ExtractSettings {
    /// No archive file, the usual limits, the clock's day, and `pdftotext` where the `PATH` has it.
    fn default() -> Self {
        ExtractSettings {
            archive: Arc::default(),
            limits: Limits::default(),
            today: Day::latest_today(),
            pdftotext: installed("pdftotext"),
        }
    }
}

/// How much is read and unpacked at most. What goes past a limit is a [`Problem`](super::record::Problem) that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest document that is held in memory whole: a page, a line of JSON Lines, a member of a zip. Bytes.
    pub document_bytes: u64,
    /// The most that one file may unpack to. Bytes.
    pub unpacked_bytes: u64,
    /// The most bytes that one packed byte may unpack to, once [`Limits::RATIO_FROM_BYTES`] are unpacked. Text seldom goes
    /// past 20, and no deflate stream past 1,032.
    pub ratio: u64,
    /// How deep containers may lie in each other; a compressed tar counts once.
    pub depth: u32,
    /// The most entries that are read of one container.
    pub entries: u64,
    /// How long one PDF may take: its readers cannot be trusted to come to an end.
    pub pdf_time: Duration,
    /// The most text that is taken from one PDF. Bytes.
    pub pdf_text_bytes: u64,
}

impl Limits {
    /// What a small file may unpack to, whatever the ratio.
    pub const RATIO_FROM_BYTES: u64 = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            document_bytes: 256 << 20,
            unpacked_bytes: 256 << 30,
            ratio: 100,
            depth: 2,
            entries: 10_000_000,
            pdf_time: Duration::from_secs(60),
            pdf_text_bytes: 64 << 20,
        }
    }
}

/// Where a program is, by the `PATH`.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|p| p.is_file())
}
