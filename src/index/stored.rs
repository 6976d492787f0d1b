//! What the engine stores of a document, taken from the bytes where they lie.
//!
//! The engine's own way makes room for as many bytes as a document claims to hold, and ends the process where a damaged
//! one claims more than there is memory. A document of this index has one stored value, its record.

use tantivy::schema::Field;

/// The engine's code for a value of bytes.
const BYTES: u8 = 4;

/// The record in a stored document; `None` where the bytes are not those of one.
pub fn record_in(document: &[u8], field: Field) -> Option<&[u8]> {
    let (1, rest) = number(document)? else { return None };
    let (id, rest) = rest.split_first_chunk::<4>()?;
    let (&code, rest) = rest.split_first()?;
    if u32::from_le_bytes(*id) != field.field_id() || code != BYTES {
        return None;
    }
    let (length, rest) = number(rest)?;
    rest.get(..usize::try_from(length).ok()?)
}

/// A number as the engine writes it, seven bits a byte and the last one marked, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (n, byte) in bytes.iter().enumerate().take(9) {
        value |= u64::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 != 0 {
            return Some((value, &bytes[n + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_and_one_that_claims_too_much_is_none() {
        let field = Field::from_field_id(7);
        let document = [0x81, 7, 0, 0, 0, 4, 0x83, b'a', b'b', b'c'];
        assert_eq!(record_in(&document, field), Some(&b"abc"[..]));
        assert_eq!(record_in(&document, Field::from_field_id(8)), None);
        for end in 0..document.len() {
            assert_eq!(record_in(&document[..end], field), None, "{end}");
        }
        let claims = [0x81, 7, 0, 0, 0, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0xff, b'a'];
        assert_eq!(record_in(&claims, field), None);
        assert_eq!(number(&[0x00, 0x81]), Some((128, &[][..])));
    }
}
