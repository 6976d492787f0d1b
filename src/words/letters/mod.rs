//! What letters and signs are: plain spellings, marks that are left out, signs that are not seen.
//!
//! Text and names are folded by this one table. Where the two differ, `fold` and `name_fold` say so and
//! why. Both forms are kept on disk, terms in every index and names in every gazetteer layer.

pub(crate) mod fold;
pub mod name_fold;

/// The customary plain spelling of a small letter that Unicode does not take apart into a plain letter and its marks.
pub(crate) fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' | 'ɔ' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ł' | 'ƚ' => "l",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' | 'ɛ' => "e",
        'ɓ' => "b",
        'ƙ' => "k",
        'ƴ' => "y",
        'ʉ' => "u",
        'ς' => "σ",
        'ґ' => "г",
        // Persian, Urdu and Kurdish letters typed on Arabic keyboards, and the other way round.
        'ی' | 'ى' | 'ې' => "ي",
        'ک' | 'ڪ' => "ك",
        'ة' | 'ە' | 'ہ' | 'ھ' => "ه",
        'ٱ' => "ا",
        _ => return None,
    })
}

/// The ASCII digit of the same value, for the decimal digits of the scripts that newspapers use.
pub(crate) fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 15] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040,
        0x17E0,
    ];
    let c = u32::from(c);
    ZEROS.iter().find_map(|zero| c.checked_sub(*zero).filter(|d| *d < 10).and_then(|d| char::from_digit(d, 10)))
}

/// Marks that readers and writers leave out: accents of Latin, Greek and Cyrillic, vowel points of Arabic and Hebrew. The
/// vowel signs of India's scripts are letters in all but name and stay.
pub(crate) fn is_dropped_mark(c: char) -> bool {
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

/// Whether the character belongs to a script that is written without spaces between words (or, as Korean, with particles
/// joined to them) and is a letter of it.
pub fn is_unspaced(c: char) -> bool {
    let code = c as u32;
    if code < 0x0E00 {
        return false;
    }
    matches!(code,
        0x0E01..=0x0E30 | 0x0E32..=0x0E33 | 0x0E40..=0x0E46 | 0x0E81..=0x0EB0 | 0x0EB2..=0x0EB3 | 0x0EBD..=0x0EC6 | 0x0EDC..=0x0EDF
        | 0x1000..=0x102A | 0x103F | 0x1050..=0x1055 | 0x1780..=0x17B3 | 0x17D7
        | 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA
        | 0x30FC..=0x30FF | 0x3105..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3134F)
}
