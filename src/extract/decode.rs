//! From bytes to text: byte order mark, then valid UTF-8, then the declared encoding, then detection.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and what was odd about its bytes.
#[derive(Debug)]
pub(crate) struct DecodedText {
    /// The text without a byte order mark; line ends as they were.
    pub text: String,
    /// What a user should know: a wrong declaration, a guess, bytes that were replaced.
    pub warning: Option<String>,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// A NUL stands at this byte.
    Nul(usize),
    /// Control characters stand throughout.
    Controls,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotText::Nul(at) => write!(f, "binary content (a NUL at byte {at}), not text"),
            NotText::Controls => f.write_str("binary content (control characters throughout), not text"),
        }
    }
}

/// How much of a document is looked at when its encoding is guessed. Bytes.
const DETECTION_BYTES: usize = 256 << 10;

/// The text in `bytes`; `declared` is the label that the document or its container gives.
///
/// # Errors
/// [`NotText`] for binary content.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<DecodedText, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 || std::str::from_utf8(bytes.get(mark..).unwrap_or(&[])).is_err() {
            let (text, replaced) = encoding.decode_with_bom_removal(&bytes);
            let warning = replaced.then(|| format!("bytes that are no {} were replaced by \u{fffd}", encoding.name()));
            return checked(DecodedText { text: text.into_owned(), warning });
        }
        let mut bytes = bytes;
        bytes.drain(..mark);
        return checked(DecodedText { text: String::from_utf8(bytes).unwrap_or_default(), warning: None });
    }
    let has_nul = memchr::memchr(0, bytes.get(..DETECTION_BYTES).unwrap_or(&bytes)).is_some();
    if has_nul && let Some(encoding) = utf16_without_mark(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let warning = Some(format!("{} without a byte order mark", encoding.name()));
        return checked(DecodedText { text: text.into_owned(), warning });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return checked(DecodedText { text, warning: None }),
        Err(e) => e.into_bytes(),
    };
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(NotText::Nul(at));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && !e.is_single_byte())
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return checked(DecodedText { text: text.into_owned(), warning: None });
    }
    if mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let warning = Some("a few bytes are no UTF-8 and were replaced by \u{fffd}".into());
        return checked(DecodedText { text, warning });
    }
    // A single-byte encoding has a character for nearly every byte, so that a declaration proves little by succeeding;
    // it is believed unless it names Western Europe while the bytes speak clearly for another script.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..DETECTION_BYTES).unwrap_or(&bytes), true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let chosen = match declared {
        Some(e) if e.is_single_byte() && e != WINDOWS_1252 => e,
        Some(e) if e == WINDOWS_1252 && guessed.is_single_byte() && !has_other_script(&bytes, guessed) => e,
        _ => guessed,
    };
    let (text, replaced) = chosen.decode_without_bom_handling(&bytes);
    let mut warning = match declared {
        Some(e) if e != chosen => Some(format!("declared as {}, read as {}", e.name(), chosen.name())),
        Some(_) => None,
        None => Some(format!("no UTF-8; read as {}", chosen.name())),
    };
    if replaced {
        warning = Some(format!("read as {}; some bytes were replaced by \u{fffd}", chosen.name()));
    }
    checked(DecodedText { text: text.into_owned(), warning })
}

/// Whether the bytes read as `encoding` are mostly letters outside the Latin script.
fn has_other_script(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(..4096).unwrap_or(bytes));
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let other = text.chars().filter(|c| c.is_alphabetic() && *c > '\u{24f}').count();
    other * 2 > letters
}

/// Refuses what decodes but is no text: NULs, or many control characters.
fn checked(decoded: DecodedText) -> Result<DecodedText, NotText> {
    if let Some(at) = memchr::memchr(0, decoded.text.as_bytes()) {
        return Err(NotText::Nul(at));
    }
    let head = decoded.text.as_bytes().get(..DETECTION_BYTES).unwrap_or(decoded.text.as_bytes());
    let controls =
        head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    // One in a hundred: wire copy has a few (STX, EOT) around each message, binary content one in ten.
    if controls * 100 > head.len() && controls > 2 {
        return Err(NotText::Controls);
    }
    Ok(decoded)
}

/// Whether almost all multi-byte sequences are valid UTF-8, so that the rest are damage and not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// UTF-16 told by its code units: valid, hardly any control characters, and nearly all from two blocks of 256, since a text
/// is in one script besides spaces and punctuation.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const UNITS: usize = 4096;
    if bytes.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let mut best: Option<(usize, &'static Encoding)> = None;
    for (encoding, read) in
        [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes as fn([u8; 2]) -> u16)]
    {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().take(UNITS).map(|pair| read(*pair)).collect();
        let mut blocks = [0usize; 256];
        let mut spaces = 0;
        let mut broken = 0;
        for result in char::decode_utf16(units.iter().copied()) {
            match result {
                Ok(c) if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => broken += 1,
                Ok(c) => {
                    spaces += usize::from(matches!(c, ' ' | '\n'));
                    if let Some(n) = blocks.get_mut((c as usize >> 8) & 0xff) {
                        *n += 1;
                    }
                }
                Err(_) => broken += 1,
            }
        }
        blocks.sort_unstable_by(|a, b| b.cmp(a));
        let main = blocks[0] + blocks[1];
        if broken <= 1 && spaces * 50 > units.len() && main * 10 > units.len() * 9 && best.is_none_or(|(m, _)| main > m)
        {
            best = Some((main, encoding));
        }
    }
    best.map(|(_, encoding)| encoding)
}

/// The encoding that a page declares in its first kilobytes, in `<meta charset>`, `http-equiv` or an XML declaration.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let label = head.match_indices("charset").chain(head.match_indices("encoding")).find_map(|(at, name)| {
        let rest = head.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let label: String = rest
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
            .collect();
        (!label.is_empty()).then_some(label)
    });
    label.filter(|label| Encoding::for_label(label.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    const ENGLISH: &str = "Shelling was reported near the river on Tuesday.\r\nNobody was hurt.\r\n";
    const RUSSIAN: &str = "Во вторник у реки сообщали об обстреле.\nНикто не пострадал, сообщили местные власти.\n";
    const ARABIC: &str = "أفادت تقارير بوقوع قصف قرب النهر يوم الثلاثاء.\nولم يصب أحد بأذى.\n";

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        for text in [ENGLISH, RUSSIAN, ARABIC] {
            for big in [false, true] {
                assert_eq!(decode(utf16(text, big), None).unwrap().text, text);
                assert_eq!(decode(utf16(&format!("\u{feff}{text}"), big), None).unwrap().text, text);
            }
        }
    }

    #[test]
    fn a_mark_is_removed_and_line_ends_are_kept() {
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend_from_slice(ENGLISH.as_bytes());
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.warning), (ENGLISH, None));
    }

    #[test]
    fn windows_1252_is_read_whatever_it_is_declared_as() {
        let text = "The café on the quay – “the last one open” – closed on Tuesday, its owner said.";
        let (bytes, ..) = WINDOWS_1252.encode(text);
        for declared in
            [None, Some("utf-8"), Some("windows-1252"), Some("iso-8859-1"), Some("utf-16"), Some("shift_jis")]
        {
            assert_eq!(decode(bytes.to_vec(), declared).unwrap().text, text, "{declared:?}");
        }
    }

    #[test]
    fn cyrillic_declared_as_western_is_read_as_cyrillic() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
        for declared in [None, Some("iso-8859-1"), Some("windows-1251"), Some("utf-8")] {
            assert_eq!(decode(bytes.to_vec(), declared).unwrap().text, RUSSIAN, "{declared:?}");
        }
    }

    #[test]
    fn utf8_with_a_wrong_declaration_stays_utf8() {
        assert_eq!(decode(RUSSIAN.as_bytes().to_vec(), Some("windows-1252")).unwrap().text, RUSSIAN);
    }

    #[test]
    fn a_damaged_byte_in_utf8_is_replaced_and_said() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 3);
        let decoded = decode(bytes, None).unwrap();
        assert!(decoded.text.starts_with("Во вторник") && decoded.warning.is_some());
    }

    #[test]
    fn binary_content_is_refused() {
        assert!(decode(b"text\0text".to_vec(), None).is_err());
        assert!(decode((0..=255u8).cycle().take(4096).collect(), None).is_err());
        assert!(decode((1..=31u8).cycle().take(4096).collect(), None).is_err());
    }

    #[test]
    fn a_declared_encoding_is_found_where_it_is_known() {
        assert_eq!(declared_encoding(b"<meta charset=\"Windows-1251\">").as_deref(), Some("windows-1251"));
        let http = b"<meta http-equiv=content-type content='text/html; charset=koi8-r'>";
        assert_eq!(declared_encoding(http).as_deref(), Some("koi8-r"));
        assert_eq!(declared_encoding(b"<meta charset=klingon>"), None);
    }
}
