//! The language that an article is written in, from its text.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use crate::lang::detection;
use crate::lang::languages::LANGUAGES;
use crate::lang::table::WordTable;
use crate::words::bytes::count;

/// How much of a text is looked at, in bytes. On 16,000 articles two kilobytes gave the same answers for all but two.
const SAMPLE_BYTES: usize = 1_024;

/// How much is looked at for plain English, in bytes.
const ENGLISH_SAMPLE_BYTES: usize = 512;

/// So many words and letters of other languages are not those of a name in English text.
const FOREIGN: usize = 2;

/// The fewest letters from which anything is concluded.
const FEWEST_LETTERS: usize = 24;

/// Languages in which no news is written and for which short texts are mistaken.
static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::with_denylist(vec![Lang::Epo, Lang::Lat, Lang::Aka]));

/// The ISO 639-1 code of the language of `text`; `None` where the text is too short or too mixed to tell.
///
/// The first kilobyte is looked at. Text whose function words are plainly those of English is taken for English at once,
/// which saves nearly all the time in an English archive; the rest is told by whatlang, whose doubtful answers are not used.
/// Pashto and Sorani Kurdish, which whatlang does not know, are told from Persian, Arabic and Urdu by letters of their own.
///
/// whichlang (0.1.1) was tried in place of the two and not taken. On 82 articles of six languages it names all of Arabic,
/// English, French, Russian and Spanish (this function all but one of 68) and takes the 14 Ukrainian ones for Russian: it
/// knows 16 languages, no Ukrainian, Persian, Hebrew or Polish, and never says that it does not know. It takes 6 to 18 µs an
/// article, this function 11 µs for English and 50 to 170 µs for the rest.
pub fn language_of(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    if is_plainly_english(head(text, ENGLISH_SAMPLE_BYTES)) {
        return Some("en");
    }
    let sample = head(text, SAMPLE_BYTES);
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return None;
    }
    if let Some(code) = by_letters(sample) {
        return Some(code);
    }
    let info = DETECTOR.detect(sample)?;
    if info.is_reliable() { code_of(info.lang()) } else { None }
}

/// The languages of ISO 639-1 by code, with their English names.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES.iter().map(|(code, name, _)| (*code, *name))
}

/// The first `bytes` bytes, or a little less so that no character is cut.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Whether function words of English show that a text is English.
///
/// In English news one word in three is one of them, and one in eight is one that hardly any other language has. Other
/// languages share some forms (Dutch and Afrikaans "is", "was", "of") and lack the rest; a name in English brings one or two
/// ("The Who"). So the fewer the words, the more of them have to be English, and of different forms. What holds words of
/// another language too (a French report with an English footer) is left to whatlang.
fn is_plainly_english(sample: &str) -> bool {
    // Curly quotation marks and dashes are all that English news has beyond ASCII.
    if count(sample.as_bytes(), |b| b >= 0x80) * 12 > sample.len() {
        return false;
    }
    // Letters that English words have not; one may be a part of a name ("São Paulo").
    let mut foreign = count(sample.as_bytes(), |b| (0xC3..=0xDF).contains(&b));
    let (mut words, mut function_words, mut telling_words, mut seen) = (0, 0, 0, 0_u32);
    for word in sample.as_bytes().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
        words += 1;
        let Some(telling) = function_word(word) else {
            // One may be a part of a name ("La Paz").
            foreign += usize::from(FOREIGN_WORDS.get(word).is_some());
            continue;
        };
        function_words += 1;
        telling_words += usize::from(telling != 0);
        seen |= telling;
    }
    let different = seen.count_ones();
    foreign < FOREIGN
        && ((words >= 20 && function_words * 7 >= words && telling_words >= 3)
            || (words >= 8 && function_words * 4 >= words && different >= 2))
}

static FOREIGN_WORDS: LazyLock<WordTable<()>> =
    LazyLock::new(|| WordTable::new(detection::FOREIGN.iter().map(|(_, words)| ((), *words))));

/// A bit of its own for each function word that hardly any language but English has, 0 for the others.
static ENGLISH_WORDS: LazyLock<WordTable<u32>> = LazyLock::new(|| {
    let telling = detection::ENGLISH_TELLING.iter().enumerate().map(|(n, word)| (1 << n, *word));
    WordTable::new(telling.chain([(0, detection::ENGLISH_COMMON)]))
});

/// The longest function word of English that is looked for, in bytes.
const LONGEST_FUNCTION_WORD: usize = 7;

/// Whether a word is a function word of English, whatever marks stand around it: its bit among [`ENGLISH_WORDS`]; `None`
/// for all other words.
fn function_word(word: &[u8]) -> Option<u32> {
    let word = word.strip_prefix(b"\"").unwrap_or(word);
    let letters = word.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (word, rest) = word.split_at(letters);
    if !rest.iter().all(|b| matches!(b, b',' | b'.' | b';' | b':' | b'!' | b'?' | b'"' | b'\'' | b')')) {
        return None;
    }
    let mut lower = [0_u8; LONGEST_FUNCTION_WORD];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    ENGLISH_WORDS.get(lower)
}

/// The language whose own Arabic letters the sample holds, where there are several of them: at least one letter in fifty,
/// and three. A borrowed name brings fewer.
fn by_letters(sample: &str) -> Option<&'static str> {
    let mut letters = 0;
    let mut seen = [0_usize; detection::ARABIC_LETTERS.len()];
    for c in sample.chars().filter(|c| matches!(c, '\u{600}'..='\u{6FF}')) {
        letters += 1;
        for (seen, (_, own)) in seen.iter_mut().zip(detection::ARABIC_LETTERS) {
            *seen += usize::from(own.contains(&c));
        }
    }
    let told = seen.iter().position(|seen| seen * 50 > letters && *seen >= 3)?;
    detection::ARABIC_LETTERS.get(told).map(|(code, _)| *code)
}

fn code_of(language: Lang) -> Option<&'static str> {
    let name = language.code();
    detection::CODES.iter().find(|(three, _)| *three == name).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_english_line_beside_another_language_does_not_make_a_text_english() {
        for (code, text) in [
            (
                "fr",
                "Le ministre a appelé les deux camps à déposer les armes et a promis une commission de vérité dans toute la région. Plus de cent mille personnes se trouvent encore au nord du fleuve.\n\nMore from the archive. About these pages. This is for the dateline project.",
            ),
            (
                "es",
                "El gobierno y los rebeldes reanudaron las conversaciones en la capital, y las tropas se retirarán de la frontera en dos semanas según el comunicado que se publicó el lunes por la tarde. This is a story from the archive of the agency, with thanks to those who were there.",
            ),
        ] {
            assert!(!is_plainly_english(text), "{code}: {text}");
            assert_eq!(language_of(text), Some(code), "{text}");
        }
        assert!(is_plainly_english(
            "Talks in La Paz and in São Paulo ended on Monday, and the ministers said that they would meet again after the vote."
        ));
    }

    #[test]
    fn languages_of_news_are_told_apart() {
        for (code, text) in [
            (
                "en",
                "The two militaries said on Monday that their talks by telephone would go on after the ceasefire, which has held since the weekend.",
            ),
            (
                "en",
                "THE ARMY SAID ON MONDAY THAT THE TALKS WOULD GO ON AFTER THE CEASEFIRE, WHICH HAS HELD SINCE THE END OF THE WEEK.",
            ),
            (
                "fr",
                "Les deux armées ont annoncé lundi que leurs pourparlers se poursuivraient après le cessez-le-feu conclu ce week-end.",
            ),
            (
                "de",
                "Die beiden Armeen teilten am Montag mit, dass ihre Gespräche nach der am Wochenende vereinbarten Waffenruhe weitergehen.",
            ),
            (
                "es",
                "Los dos ejércitos anunciaron el lunes que sus conversaciones continuarán después del alto el fuego acordado este fin de semana.",
            ),
            (
                "ru",
                "Военные двух стран сообщили в понедельник, что переговоры продолжатся после перемирия, о котором договорились в выходные.",
            ),
            (
                "uk",
                "Військові двох країн повідомили в понеділок, що переговори триватимуть після перемир’я, про яке домовилися у вихідні.",
            ),
            (
                "ar",
                "أعلن الجيشان يوم الاثنين أن المحادثات ستستمر بعد وقف إطلاق النار الذي تم الاتفاق عليه في نهاية الأسبوع.",
            ),
            (
                "fa",
                "ارتش دو کشور روز دوشنبه اعلام کردند که گفت‌وگوها پس از آتش‌بسی که در پایان هفته توافق شد ادامه خواهد یافت.",
            ),
            ("hi", "दोनों सेनाओं ने सोमवार को कहा कि सप्ताहांत में हुए युद्धविराम के बाद बातचीत जारी रहेगी।"),
            ("zh", "两国军方周一表示，在周末达成停火协议之后，双方的会谈将继续进行，边境地区目前保持平静。"),
            ("ja", "両国の軍は月曜日、週末に合意された停戦の後も協議を続けると発表した。国境地帯は平穏だという。"),
            (
                "ps",
                "د دواړو هېوادونو پوځونو د دوشنبې په ورځ وویل چې خبرې به د اوربند وروسته هم روانې وي او ښاریان به خپلو کورونو ته ستانه شي.",
            ),
            (
                "tr",
                "İki ülkenin orduları pazartesi günü, hafta sonu varılan ateşkesin ardından görüşmelerin süreceğini açıkladı.",
            ),
        ] {
            assert_eq!(language_of(text), Some(code), "{text}");
        }
    }

    #[test]
    fn a_sentence_of_english_is_known_by_its_function_words() {
        for text in [
            "The two men were led away after the verdict by the guards.",
            "Oper shr 38 cts vs 1.84 dlrs. They said that the results exclude a gain from the sale.",
            "\"This is a step that could take years,\" he said, and left.",
            "WASHINGTON (Reuters) - Leaders of both houses plan to meet on Monday with their advisers, the White House said.",
        ] {
            assert!(is_plainly_english(text), "{text}");
        }
    }

    #[test]
    fn other_languages_are_not_taken_for_english_whatever_they_share_with_it_or_quote() {
        for text in [
            // Dutch, Afrikaans, West Frisian: "is", "was", "of", "in", "had".
            "De leden van The Who was in Den Haag niet bekend of het concert in de zaal is of buiten.",
            "Hij had of heeft in het huis niet over de zaak van die dag willen praten, en dat is wat hij ook nu zegt.",
            "Die man is in die hospitaal en sy vrou was in die kamer toe die polisie in die straat was.",
            "Hy is in de stêd en sy is by har mem, mar it is net wier dat se it dien ha.",
            // German, Danish, Norwegian, Swedish: "will", "was", "and", "for", "at", "have".
            "Was er in der Stadt will, war an jenem Tag so unklar; er hat es her und hin gesagt und will es so.",
            "Han gik for at have en and i haven, og der var en and for hver af dem at have.",
            "En and er for lille for den familie, men de har to for at have nok.",
            // French, Spanish, Italian, Portuguese: "on", "as", "or", "he", "a", "has".
            "On a dit que tu as de l'or, or on a tort : il a son but et on a le sien, a dit la ministre.",
            "Said no ha dicho a los periodistas lo que piensa, he dicho; has de creer a la gente que lo vio.",
            // Polish, Hungarian, Finnish, Turkish: "to", "on", "by", "is", "he", "at", "an".
            "On to by to on by to na, a to by on to, by on to by by to on to na to by to.",
            "Ez is az is, ha a hely is az, a nap is az, de az a nagy is az a kis is az.",
            "He on to on he on se on he on ja he on he on siis on he on niin.",
            // Swahili, Indonesian, Tagalog, Somali, Hausa.
            "Polisi walisema Jumatatu kwamba watu wanne walikufa katika ajali ya barabara karibu na mji wa Moshi.",
            "Polisi mengatakan pada hari Senin bahwa empat orang tewas dalam kecelakaan di jalan dekat kota itu.",
            "Sinabi ng pulisya noong Lunes na apat na tao ang namatay sa aksidente at ang iba ay nasa ospital na.",
            "Booliska ayaa sheegay Isniintii in afar qof ay ku dhinteen shil ka dhacay waddada u dhow magaalada.",
            // Names and headings in English within other text.
            "Le quotidien The Guardian et le magazine The Week ont publié lundi les noms des deux suspects de cette affaire.",
        ] {
            assert!(!is_plainly_english(text), "{text}");
        }
    }

    #[test]
    fn text_too_short_to_tell_has_no_language() {
        for text in ["", "OK", "Kabul", "12 34 56", "Kabul, Gaza"] {
            assert_eq!(language_of(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_detection_fail(text in any::<String>()) {
            let _ = language_of(&text);
        }
    }
}
