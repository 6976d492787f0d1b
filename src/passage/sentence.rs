//! From a block of text to its sentences: one pass over the bytes that stops only at marks which may end a sentence.

use super::abbreviation::{self, Abbreviation};
use crate::lang::abbreviations::{ENGLISH_LETTERS, ENGLISH_PRONOUN, HALVES_OF_DAY};
use crate::lang::sentences::ARABIC_ARTICLES;

/// What a byte means to the scan.
const PLAIN: u8 = 0;
/// `.`, `!` or `?`.
const STOP: u8 = 1;
/// `"`, whose opening and closing forms look alike.
const QUOTE: u8 = 2;
/// The first byte of a character that may be a full stop of another script.
const LEAD: u8 = 3;

const CLASS: [u8; 256] = {
    let mut class = [PLAIN; 256];
    class[b'.' as usize] = STOP;
    class[b'!' as usize] = STOP;
    class[b'?' as usize] = STOP;
    class[b'"' as usize] = QUOTE;
    let leads = [0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF];
    let mut n = 0;
    while n < leads.len() {
        class[leads[n]] = LEAD;
        n += 1;
    }
    class
};

/// How much of the white space before a mark is looked through for the word that it belongs to ("U.S ." in teletype
/// text).
const SPACES_BEFORE_MARK: usize = 2;

/// How the full stop is used in the text at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    language: &'a str,
    english: bool,
    dotted_ordinals: bool,
    /// Whether a small letter may begin a sentence.
    small_letters_begin: bool,
}

impl<'a> Rules<'a> {
    /// The rules for a language given by its ISO 639-1 code; those of English where it is not known.
    pub fn of(language: Option<&'a str>) -> Self {
        let language = language.unwrap_or("en");
        Rules {
            language,
            english: language == "en",
            dotted_ordinals: abbreviation::has_dotted_ordinals(language),
            small_letters_begin: false,
        }
    }

    /// The same rules for text without capitals: a full stop ends a sentence whatever letter follows.
    pub fn for_small_letters(self) -> Self {
        Rules { small_letters_begin: true, ..self }
    }
}

/// Calls `found` with start and end of each sentence of `text[from..to]`, in order, without white space at the ends;
/// `from..to` must begin and end with something else than white space.
pub(super) fn sentences(text: &str, from: usize, to: usize, rules: &Rules<'_>, mut found: impl FnMut(usize, usize)) {
    let Some(block) = text.get(..to) else { return };
    let bytes = block.as_bytes();
    let mut start = from;
    let mut at = from;
    let mut quoted = false;
    while at < to {
        match CLASS[bytes[at] as usize] {
            PLAIN => {
                at += 1;
                continue;
            }
            QUOTE => {
                quoted = !quoted;
                at += 1;
                continue;
            }
            LEAD => {
                let Some(mark) = block.get(at..).and_then(|rest| rest.chars().next()) else { break };
                match foreign_mark(mark) {
                    Foreign::None => {
                        at += mark.len_utf8();
                        continue;
                    }
                    Foreign::Ellipsis => {}
                    Foreign::Stop => {
                        let end = after_closers(block, after_marks(block, at), &mut quoted, true);
                        let next = after_space(block, end);
                        found(start, end);
                        start = next;
                        at = next;
                        continue;
                    }
                }
            }
            _ => {}
        }
        let marks_end = after_marks(block, at);
        let end = after_closers(block, marks_end, &mut quoted, false);
        let next = after_space(block, end);
        if next > end && next < to && ends_sentence(block, Mark { start, at, marks_end, end, next }, rules) {
            found(start, end);
            start = next;
            at = next;
        } else {
            at = end;
        }
    }
    if start < to {
        found(start, to);
    }
}

enum Foreign {
    None,
    /// `…`, which often stands within a sentence.
    Ellipsis,
    /// A mark that always ends a sentence, with or without a space after it.
    Stop,
}

fn foreign_mark(c: char) -> Foreign {
    match c {
        '…' => Foreign::Ellipsis,
        '。' | '！' | '？' | '｡' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '။' | '។' | '⁇' | '⁈' | '⁉' | '‼' => {
            Foreign::Stop
        }
        _ => Foreign::None,
    }
}

/// The end of a run of marks that begins at `at`: "?!", "...", ". . .", "!!!".
fn after_marks(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b'.' | b'!' | b'?') => end += 1,
            Some(b) if *b >= 0x80 => match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) if !matches!(foreign_mark(c), Foreign::None) => end += c.len_utf8(),
                _ => return end,
            },
            // ". . .": a dot apart from the word and apart from what follows.
            Some(b' ')
                if end > at
                    && bytes.get(end + 1) == Some(&b'.')
                    && matches!(bytes.get(end + 2), None | Some(b' ' | b'.' | b'\n' | b'\r' | b'"' | b'\'')) =>
            {
                end += 2;
            }
            _ => return end,
        }
    }
}

/// The end of the closing marks at `at`: quotation marks, brackets, references as in "said.[3]"; also a `"` that stands
/// apart where one is open. The marks that close in some languages and open in others (“ ‘ «) count as closing, but not
/// in text that is `unspaced`, where the next sentence follows at once.
fn after_closers(text: &str, at: usize, quoted: &mut bool, unspaced: bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b'"') => {
                *quoted = false;
                end += 1;
            }
            Some(b'\'' | b')' | b']' | b'}') => end += 1,
            Some(b'[') => {
                let digits = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                if !(1..=3).contains(&digits) || bytes.get(end + 1 + digits) != Some(&b']') {
                    return end;
                }
                end += digits + 2;
            }
            Some(b' ') if end > at || *quoted || bytes.get(end + 1) == Some(&b'\'') => {
                let (mark, width) = match (bytes.get(end + 1), bytes.get(end + 2)) {
                    (Some(b'"'), _) if *quoted => (true, 2),
                    (Some(b'\''), Some(b'\'')) => (true, 3),
                    _ => (false, 0),
                };
                if !mark || !bytes.get(end + width).is_none_or(u8::is_ascii_whitespace) {
                    return end;
                }
                *quoted = false;
                end += width;
            }
            Some(b) if *b >= 0x80 => match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c @ ('”' | '’' | '»' | '›' | '」' | '』' | '）' | '】' | '》' | '〉' | '］')) => {
                    end += c.len_utf8()
                }
                Some(c @ ('“' | '‘' | '«')) if !unspaced => end += c.len_utf8(),
                _ => return end,
            },
            _ => return end,
        }
    }
}

/// The first byte from `at` on that is no white space.
fn after_space(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(b) = bytes.get(end) {
        if b.is_ascii_whitespace() || *b == 0x0B {
            end += 1;
        } else if *b >= 0x80 {
            match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_whitespace() => end += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}

/// A mark and its surroundings, as byte offsets.
#[derive(Clone, Copy)]
struct Mark {
    /// Where the sentence began.
    start: usize,
    /// The mark.
    at: usize,
    /// After the run of marks.
    marks_end: usize,
    /// After closing quotation marks and brackets.
    end: usize,
    /// Where the next text begins.
    next: usize,
}

/// Whether the mark ends its sentence.
fn ends_sentence(text: &str, mark: Mark, rules: &Rules<'_>) -> bool {
    let bytes = text.as_bytes();
    // What comes next: past opening marks, the letter or digit that the next sentence would begin with.
    let Some(rest) = text.get(mark.next..) else { return false };
    let bullet = ["* ", "• ", "▪ ", "‣ "].iter().any(|b| rest.starts_with(b));
    let opened = rest
        .trim_start_matches(['"', '\'', '“', '‘', '«', '»', '„', '‹', '(', '[', '{', '`', '*', '_', '¿', '¡', '<'])
        .trim_start();
    if bullet {
        return true;
    }
    let Some(first) = opened.chars().next() else { return true };
    let quote_opens = opened.len() < rest.len();
    if first.is_lowercase() {
        // "al-Shabaab fighters" may begin a sentence; other words in small letters do so only where all are small.
        let article = ARABIC_ARTICLES.iter().any(|article| {
            opened.strip_prefix(article).is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        });
        if !article && !rules.small_letters_begin {
            return false;
        }
    } else if !first.is_alphanumeric()
        && !matches!(first, '•' | '‣' | '▪' | '$' | '£' | '€' | '#' | '@' | '+' | '<' | '.' | '…')
    {
        return false;
    }
    let mark_byte = bytes[mark.at];
    let next_word = word_at(opened);
    if mark_byte != b'.' {
        // “What now?” Khan asked.
        return mark.end == mark.marks_end || !speaker_follows(opened);
    }
    let run = mark.marks_end - mark.at;
    if run > 1 && bytes.get(mark.at..mark.marks_end).is_some_and(|m| m.iter().filter(|b| **b == b'.').count() > 1) {
        return true;
    }
    // A closing quotation mark or bracket shows that the mark belongs to what it closes.
    let closed = mark.end > mark.marks_end;
    let (word, word_start) = word_before(text, mark.start, mark.at);
    if word.is_empty() {
        return true;
    }
    let all_capitals = next_word.len() >= 2 && !next_word.iter().any(u8::is_ascii_lowercase);
    let mut lower = [0_u8; 24];
    let opens_sentence = |strict: bool| {
        let followed = opened.as_bytes().get(next_word.len());
        let whole = matches!(followed, None | Some(b' ' | b',' | b'\n' | b'\r' | b'\t' | b'\''));
        let mut small = [0_u8; 24];
        whole && rules.english && abbreviation::begins_sentence(lowered(next_word, &mut small), strict || all_capitals)
    };
    let mut chars = word.chars();
    if let (Some(initial), None) = (chars.next(), chars.next()) {
        // "M. K. Rao", "Plan B. The"; but "the year's" in capitals.
        let possessive = text.get(..word_start).is_some_and(|before| before.ends_with(['\'', '’']));
        if initial.is_uppercase() && possessive {
            return true;
        }
        if initial.is_uppercase() && initial != ENGLISH_PRONOUN {
            return (quote_opens && closed) || opens_sentence(true);
        }
        if initial == ENGLISH_PRONOUN && !opens_sentence(false) {
            return false;
        }
        if initial.is_lowercase() && rules.english {
            return !ENGLISH_LETTERS.contains(initial) || first.is_alphabetic() && opens_sentence(true);
        }
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        // "1. Item" at the head of a list, "10. Mai" in German.
        return !(word_start == mark.start && word.len() <= 2 || rules.dotted_ordinals && word.len() <= 2);
    }
    let lower = if word.is_ascii() { lowered(word.as_bytes(), &mut lower) } else { b"" };
    if word.contains('.') {
        if closed {
            return true;
        }
        if HALVES_OF_DAY.contains(&lower) {
            let mut small = [0_u8; 24];
            return first.is_alphabetic() && !abbreviation::follows_hour(lowered(next_word, &mut small));
        }
        if word.starts_with(char::is_lowercase) {
            // "e.g.", "i.e.", "z.B."; an address as "www.example.org" ends as other words do.
            return word.split('.').any(|part| part.chars().count() > 2);
        }
        if word.split('.').all(|part| part.chars().count() <= 2) {
            return quote_opens || opens_sentence(false);
        }
        return true;
    }
    if closed {
        return true;
    }
    let capital = word.starts_with(char::is_uppercase);
    match abbreviation::english(lower, capital) {
        Some(Abbreviation::Title) => return false,
        Some(Abbreviation::Numbered) => return !first.is_numeric(),
        Some(Abbreviation::Either) if rules.english => return quote_opens || opens_sentence(false),
        Some(Abbreviation::Either) => return false,
        None => {}
    }
    rules.english
        || word.len() > 2 * abbreviation::LONGEST_ABBREVIATION_BYTES
        || !abbreviation::in_other_language(rules.language, &word.to_lowercase())
}

/// The ASCII word at the head of `text`: letters only.
fn word_at(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    let len = bytes.iter().take(24).take_while(|b| b.is_ascii_alphabetic()).count();
    &bytes[..len]
}

/// `word` in lower case; empty where it is longer than the buffer, as no listed word is.
fn lowered<'b>(word: &[u8], buffer: &'b mut [u8; 24]) -> &'b [u8] {
    let Some(target) = buffer.get_mut(..word.len()) else { return b"" };
    target.copy_from_slice(word);
    target.make_ascii_lowercase();
    target
}

/// The word before the mark at `at`, with its inner full stops, and where it starts; not before `start`.
fn word_before(text: &str, start: usize, at: usize) -> (&str, usize) {
    let bytes = text.as_bytes();
    let mut end = at;
    while end > start && at - end < SPACES_BEFORE_MARK && bytes[end - 1] == b' ' {
        end -= 1;
    }
    let mut begin = end;
    while begin > start && end - begin < 32 {
        let b = bytes[begin - 1];
        if b.is_ascii_alphanumeric() || (b == b'.' && begin < end) {
            begin -= 1;
        } else if b >= 0x80 {
            // Back to the first byte of the character; general punctuation (E2 80) and Latin-1 marks (C2) end the word.
            let mut lead = begin - 1;
            while lead > start && bytes[lead] & 0xC0 == 0x80 {
                lead -= 1;
            }
            if matches!(bytes[lead], 0xE2 | 0xC2 | 0xE3) {
                break;
            }
            begin = lead;
        } else {
            break;
        }
    }
    while begin < end && bytes[begin] == b'.' {
        begin += 1;
    }
    (text.get(begin..end).unwrap_or(""), begin)
}

/// Whether `text` begins with up to three capitalised words and a verb of speaking.
fn speaker_follows(text: &str) -> bool {
    text.split_ascii_whitespace()
        .take(4)
        .enumerate()
        .any(|(n, word)| n > 0 && abbreviation::reports_speech(word.trim_end_matches([',', '.', ':']).as_bytes()))
        && text.split_ascii_whitespace().take_while(|w| w.starts_with(char::is_uppercase)).count() <= 3
}
