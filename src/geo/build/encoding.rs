//! How numbers and bytes are written in a layer; [`layer`](crate::geo::gazetteer::layer) reads them.

use crate::geo::gazetteer::layer::{UNITS_PER_DEGREE, take_varint};

/// Degrees in the units of a record.
pub(crate) fn to_units(degrees: f64) -> i32 {
    (degrees * UNITS_PER_DEGREE).round() as i32
}

/// Appends a LEB128 number.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        out.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends bytes after their number.
pub(crate) fn put_counted(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

/// The counted bytes that start here, count included.
pub(crate) fn counted_at(bytes: &[u8], at: usize) -> &[u8] {
    let mut rest = bytes.get(at..).unwrap_or_default();
    let before = rest.len();
    let len = take_varint(&mut rest).unwrap_or(0) as usize;
    bytes.get(at..at + (before - rest.len()) + len).unwrap_or_default()
}
