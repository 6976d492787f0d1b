//! A file for a part of a layer that is written before its turn, and a writer that counts.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Takes bytes now and gives them back in order later; its file goes when it does.
pub(crate) struct Spool {
    path: PathBuf,
    writer: BufWriter<File>,
    len: u64,
}

impl Spool {
    pub(crate) fn new(folder: &Path, label: &str) -> io::Result<Spool> {
        let path = folder.join(format!("{label}-{}.spool", std::process::id()));
        let file = File::options().read(true).write(true).create_new(true).open(&path)?;
        Ok(Spool { path, writer: BufWriter::with_capacity(1 << 18, file), len: 0 })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.len += bytes.len() as u64;
        self.writer.write_all(bytes)
    }

    /// How many bytes were taken.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(crate) fn copy_to(mut self, out: &mut impl Write) -> io::Result<u64> {
        self.writer.flush()?;
        let file = self.writer.get_mut();
        file.seek(SeekFrom::Start(0))?;
        io::copy(&mut file.take(self.len), out)
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // As for the sorter's chunks: what will not go stays in the caller's scratch folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Counts what passes.
pub(crate) struct Counted<W> {
    pub(crate) inner: W,
    pub(crate) count: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
