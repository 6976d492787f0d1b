//! Runs and numbers of bytes, many looked at at a time.

/// How many bytes `is` holds for. It should answer without branching, so that many are looked at at once.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.chunks(MOST_IN_A_BYTE).map(|some| usize::from(some.iter().map(|b| u8::from(is(*b))).sum::<u8>())).sum()
}

/// How many neighbours `are` holds for, each with the byte before it. See [`count`].
pub(crate) fn count_pairs(bytes: &[u8], are: impl Fn(u8, u8) -> bool) -> usize {
    let later = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.chunks(MOST_IN_A_BYTE).zip(later.chunks(MOST_IN_A_BYTE));
    pairs.map(|(a, b)| usize::from(a.iter().zip(b).map(|(a, b)| u8::from(are(*a, *b))).sum::<u8>())).sum()
}

/// So many are counted in one byte each, which leaves room for the most to be counted side by side.
const MOST_IN_A_BYTE: usize = 255;

/// How many of eight bytes, the first being the lowest, are small ASCII letters before the first that is none.
pub(crate) fn small_letters(bytes: u64) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = 0x80 * EACH;
    // The addition sets a byte's high bit from `a` on, and from `{` on.
    let low = bytes & !HIGH;
    let from_a = low + (0x80 - b'a' as u64) * EACH;
    let beyond_z = low + (0x80 - b'{' as u64) * EACH;
    let small = from_a & !beyond_z & !bytes & HIGH;
    (small ^ HIGH).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_counted_to_the_first_other_byte() {
        for b in 0..=255_u8 {
            for n in 0..8 {
                let mut bytes = *b"abqxyzaz";
                bytes[n] = b;
                let expected = if b.is_ascii_lowercase() { 8 } else { n };
                assert_eq!(small_letters(u64::from_le_bytes(bytes)), expected, "{b} at {n}");
            }
        }
    }

    #[test]
    fn long_runs_are_counted_like_short_ones() {
        for len in [0_usize, 1, 2, 254, 255, 256, 257, 509, 510, 511, 512, 2000] {
            let bytes: Vec<u8> = (0..len).map(|n| if n % 3 == 0 { b' ' } else { b'a' }).collect();
            assert_eq!(count(&bytes, |b| b == b' '), len.div_ceil(3), "{len}");
            let begun = (1..len).filter(|n| n % 3 == 1).count();
            assert_eq!(count_pairs(&bytes, |a, b| (a == b' ') & (b != b' ')), begun, "{len}");
            assert_eq!(count(&vec![b' '; len], |b| b == b' '), len);
        }
    }
}
