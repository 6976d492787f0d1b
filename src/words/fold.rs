//! Small letters without accents: the form in which words meet.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Writes `word` in small letters, marks kept, without ignorable characters and apostrophes.
pub(crate) fn lower_into(word: &str, out: &mut String) {
    let keep = |c: &char| !is_ignorable(*c) && !is_apostrophe(*c);
    if word.chars().any(is_combining_mark) {
        // Stemmers know letters with their accents as one character.
        out.extend(word.nfc().filter(keep).flat_map(char::to_lowercase));
    } else {
        out.extend(word.chars().filter(keep).flat_map(char::to_lowercase));
    }
}

/// Appends `word` in small letters without accents, ligatures and the like.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            if c != '\'' {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        for lower in c.to_lowercase() {
            fold_char(lower, out);
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    if is_ignorable(c) || is_apostrophe(c) {
        return;
    }
    match c {
        // Hangul and kana would fall apart into parts that mean nothing by themselves.
        '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => out.push(c),
        _ => decompose_compatible(c, |part| match part {
            part if is_dropped_mark(part) => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' | 'ɖ' => out.push('d'),
            'ł' | 'ƚ' => out.push('l'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ŋ' => out.push('n'),
            'ŧ' => out.push('t'),
            'ə' => out.push('e'),
            'ς' => out.push('σ'),
            'ґ' => out.push('г'),
            // Persian and Urdu letters typed on Arabic keyboards, and the other way round.
            'ی' | 'ى' | 'ې' => out.push('ي'),
            'ک' | 'ڪ' => out.push('ك'),
            'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' => out.push('ه'),
            'ٱ' => out.push('ا'),
            part => out.push(digit(part).unwrap_or(part)),
        }),
    }
}

/// A character of a script without spaces; half-width forms become full, all else stays.
pub(crate) fn fold_unspaced(cluster: &str, out: &mut String) {
    for c in cluster.chars() {
        match c {
            '\u{FF66}'..='\u{FF9F}' => decompose_compatible(c, |part| out.push(part)),
            '\u{F900}'..='\u{FAFF}' | '\u{2F00}'..='\u{2FDF}' => decompose_compatible(c, |part| out.push(part)),
            c if is_ignorable(c) => {}
            c => out.push(c),
        }
    }
}

/// The ASCII digit of the same value, for the decimal digits of the scripts that newspapers use.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 15] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040,
        0x17E0,
    ];
    let c = u32::from(c);
    ZEROS.iter().find_map(|zero| c.checked_sub(*zero).filter(|d| *d < 10).and_then(|d| char::from_digit(d, 10)))
}

/// Marks that readers and writers leave out: accents of Latin, Greek and Cyrillic, vowel points of Arabic and Hebrew. The
/// vowel signs of India's scripts are letters in all but name and stay.
fn is_dropped_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}'
        | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Characters that are not seen: soft hyphen, joiners, direction marks, the Arabic stretching stroke, variation selectors.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{640}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{34F}')
}

/// What is written for an apostrophe, for the glottal stops of transliteration and for the hamza and ayn of scholars.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′' | '＇' | 'ʹ' | '‛')
}
