//! Blocks of headers as WARC and HTTP write them: a first line, then names and values up to an empty line.

/// The names and values of a block.
#[derive(Debug, Default)]
pub(crate) struct HeaderBlock(Vec<(String, String)>);

impl HeaderBlock {
    /// Reads a block up to its empty line: the first line, the headers, and the byte after the block.
    pub fn read(bytes: &[u8]) -> Option<(String, HeaderBlock, usize)> {
        let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| (at, 4));
        let lf = memchr::memmem::find(bytes.get(..crlf.map_or(bytes.len(), |c| c.0))?, b"\n\n").map(|at| (at, 2));
        let (end, gap) = lf.or(crlf)?;
        let block = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
        let mut lines = block.lines();
        let first = lines.next()?.trim().to_owned();
        let headers =
            lines.filter_map(|l| l.split_once(':')).map(|(k, v)| (k.trim().to_lowercase(), v.trim().to_owned()));
        Some((first, HeaderBlock(headers.collect()), end + gap))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// Whether a record of this kind may hold an article.
    pub fn is_wanted(&self) -> bool {
        matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"))
    }

    /// The length of what follows the block. Bytes.
    pub fn content_length(&self) -> Option<u64> {
        self.get("content-length")?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_block_ends_at_its_empty_line() {
        let (first, headers, at) =
            HeaderBlock::read(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello").unwrap();
        assert_eq!((first.as_str(), headers.content_length(), at), ("WARC/1.0", Some(5), 52));
        assert!(headers.is_wanted());
    }
}
