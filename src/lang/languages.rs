//! Languages by their codes and names.

/// Languages of ISO 639-1: the code, the name in English, and other names by which people and metadata call it, in small
/// letters and parted by `|`: the codes of ISO 639-2, the language's own name where much news is written in it.
pub(crate) const LANGUAGES: &[(&str, &str, &str)] = &[
    ("aa", "Afar", "aar"),
    ("ab", "Abkhaz", "abk|abkhazian"),
    ("ae", "Avestan", "ave"),
    ("af", "Afrikaans", "afr"),
    ("ak", "Akan", "aka"),
    ("am", "Amharic", "amh|አማርኛ"),
    ("an", "Aragonese", "arg"),
    ("ar", "Arabic", "ara|العربية"),
    ("as", "Assamese", "asm"),
    ("av", "Avaric", "ava"),
    ("ay", "Aymara", "aym"),
    ("az", "Azerbaijani", "aze"),
    ("ba", "Bashkir", "bak"),
    ("be", "Belarusian", "bel"),
    ("bg", "Bulgarian", "bul"),
    ("bi", "Bislama", "bis"),
    ("bm", "Bambara", "bam"),
    ("bn", "Bengali", "ben|bangla|বাংলা"),
    ("bo", "Tibetan", "bod|tib"),
    ("br", "Breton", "bre"),
    ("bs", "Bosnian", "bos"),
    ("ca", "Catalan", "cat"),
    ("ce", "Chechen", "che"),
    ("ch", "Chamorro", "cha"),
    ("co", "Corsican", "cos"),
    ("cr", "Cree", "cre"),
    ("cs", "Czech", "ces|cze"),
    ("cu", "Church Slavic", "chu"),
    ("cv", "Chuvash", "chv"),
    ("cy", "Welsh", "cym|wel"),
    ("da", "Danish", "dan"),
    ("de", "German", "deu|ger|deutsch"),
    ("dv", "Dhivehi", "div|divehi|maldivian"),
    ("dz", "Dzongkha", "dzo"),
    ("ee", "Ewe", "ewe"),
    ("el", "Greek", "ell|gre|ελληνικά"),
    ("en", "English", "eng"),
    ("eo", "Esperanto", "epo"),
    ("es", "Spanish", "spa|español|castilian"),
    ("et", "Estonian", "est"),
    ("eu", "Basque", "eus|baq"),
    ("fa", "Persian", "fas|per|farsi|فارسی"),
    ("ff", "Fulah", "ful"),
    ("fi", "Finnish", "fin"),
    ("fj", "Fijian", "fij"),
    ("fo", "Faroese", "fao"),
    ("fr", "French", "fra|fre|français"),
    ("fy", "Western Frisian", "fry"),
    ("ga", "Irish", "gle"),
    ("gd", "Gaelic", "gla|scottish gaelic"),
    ("gl", "Galician", "glg"),
    ("gn", "Guarani", "grn"),
    ("gu", "Gujarati", "guj"),
    ("gv", "Manx", "glv"),
    ("ha", "Hausa", "hau"),
    ("he", "Hebrew", "heb|iw|עברית"),
    ("hi", "Hindi", "hin|हिन्दी"),
    ("ho", "Hiri Motu", "hmo"),
    ("hr", "Croatian", "hrv"),
    ("ht", "Haitian Creole", "hat|haitian"),
    ("hu", "Hungarian", "hun"),
    ("hy", "Armenian", "hye|arm"),
    ("hz", "Herero", "her"),
    ("ia", "Interlingua", "ina"),
    ("id", "Indonesian", "ind|bahasa indonesia"),
    ("ie", "Interlingue", "ile"),
    ("ig", "Igbo", "ibo"),
    ("ii", "Sichuan Yi", "iii|nuosu"),
    ("ik", "Inupiaq", "ipk"),
    ("io", "Ido", "ido"),
    ("is", "Icelandic", "isl|ice"),
    ("it", "Italian", "ita|italiano"),
    ("iu", "Inuktitut", "iku"),
    ("ja", "Japanese", "jpn|日本語"),
    ("jv", "Javanese", "jav"),
    ("ka", "Georgian", "kat|geo"),
    ("kg", "Kongo", "kon"),
    ("ki", "Kikuyu", "kik"),
    ("kj", "Kuanyama", "kua"),
    ("kk", "Kazakh", "kaz"),
    ("kl", "Greenlandic", "kal"),
    ("km", "Khmer", "khm|central khmer"),
    ("kn", "Kannada", "kan"),
    ("ko", "Korean", "kor|한국어"),
    ("kr", "Kanuri", "kau"),
    ("ks", "Kashmiri", "kas"),
    ("ku", "Kurdish", "kur|kurmanji|sorani"),
    ("kv", "Komi", "kom"),
    ("kw", "Cornish", "cor"),
    ("ky", "Kyrgyz", "kir|kirghiz"),
    ("la", "Latin", "lat"),
    ("lb", "Luxembourgish", "ltz"),
    ("lg", "Ganda", "lug"),
    ("li", "Limburgish", "lim"),
    ("ln", "Lingala", "lin"),
    ("lo", "Lao", "lao"),
    ("lt", "Lithuanian", "lit"),
    ("lu", "Luba-Katanga", "lub"),
    ("lv", "Latvian", "lav"),
    ("mg", "Malagasy", "mlg"),
    ("mh", "Marshallese", "mah"),
    ("mi", "Maori", "mri|mao"),
    ("mk", "Macedonian", "mkd|mac"),
    ("ml", "Malayalam", "mal"),
    ("mn", "Mongolian", "mon"),
    ("mr", "Marathi", "mar"),
    ("ms", "Malay", "msa|may"),
    ("mt", "Maltese", "mlt"),
    ("my", "Burmese", "mya|bur|myanmar"),
    ("na", "Nauru", "nau"),
    ("nb", "Norwegian Bokmål", "nob"),
    ("nd", "North Ndebele", "nde"),
    ("ne", "Nepali", "nep"),
    ("ng", "Ndonga", "ndo"),
    ("nl", "Dutch", "nld|dut|nederlands|flemish"),
    ("nn", "Norwegian Nynorsk", "nno"),
    ("no", "Norwegian", "nor"),
    ("nr", "South Ndebele", "nbl"),
    ("nv", "Navajo", "nav"),
    ("ny", "Chichewa", "nya|nyanja|chewa"),
    ("oc", "Occitan", "oci"),
    ("oj", "Ojibwa", "oji"),
    ("om", "Oromo", "orm"),
    ("or", "Odia", "ori|oriya"),
    ("os", "Ossetian", "oss"),
    ("pa", "Punjabi", "pan|panjabi"),
    ("pi", "Pali", "pli"),
    ("pl", "Polish", "pol|polski"),
    ("ps", "Pashto", "pus|پښتو|pushto"),
    ("pt", "Portuguese", "por|português"),
    ("qu", "Quechua", "que"),
    ("rm", "Romansh", "roh"),
    ("rn", "Rundi", "run"),
    ("ro", "Romanian", "ron|rum|moldovan|moldavian"),
    ("ru", "Russian", "rus|русский"),
    ("rw", "Kinyarwanda", "kin"),
    ("sa", "Sanskrit", "san"),
    ("sc", "Sardinian", "srd"),
    ("sd", "Sindhi", "snd"),
    ("se", "Northern Sami", "sme"),
    ("sg", "Sango", "sag"),
    ("si", "Sinhala", "sin|sinhalese"),
    ("sk", "Slovak", "slk|slo"),
    ("sl", "Slovenian", "slv"),
    ("sm", "Samoan", "smo"),
    ("sn", "Shona", "sna"),
    ("so", "Somali", "som"),
    ("sq", "Albanian", "sqi|alb"),
    ("sr", "Serbian", "srp|srpski|српски"),
    ("ss", "Swati", "ssw|swazi"),
    ("st", "Sotho", "sot"),
    ("su", "Sundanese", "sun"),
    ("sv", "Swedish", "swe|svenska"),
    ("sw", "Swahili", "swa|kiswahili"),
    ("ta", "Tamil", "tam"),
    ("te", "Telugu", "tel"),
    ("tg", "Tajik", "tgk"),
    ("th", "Thai", "tha"),
    ("ti", "Tigrinya", "tir"),
    ("tk", "Turkmen", "tuk"),
    ("tl", "Tagalog", "tgl|filipino"),
    ("tn", "Tswana", "tsn"),
    ("to", "Tonga", "ton"),
    ("tr", "Turkish", "tur|türkçe"),
    ("ts", "Tsonga", "tso"),
    ("tt", "Tatar", "tat"),
    ("tw", "Twi", "twi"),
    ("ty", "Tahitian", "tah"),
    ("ug", "Uyghur", "uig|uighur"),
    ("uk", "Ukrainian", "ukr|українська"),
    ("ur", "Urdu", "urd|اردو"),
    ("uz", "Uzbek", "uzb"),
    ("ve", "Venda", "ven"),
    ("vi", "Vietnamese", "vie"),
    ("vo", "Volapük", "vol"),
    ("wa", "Walloon", "wln"),
    ("wo", "Wolof", "wol"),
    ("xh", "Xhosa", "xho"),
    ("yi", "Yiddish", "yid"),
    ("yo", "Yoruba", "yor"),
    ("za", "Zhuang", "zha"),
    ("zh", "Chinese", "zho|chi|中文"),
    ("zu", "Zulu", "zul"),
];

/// The code of the language of this code or name, in any case.
pub(crate) fn code_named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let is_so = |(code, english, others): &&(&'static str, &str, &str)| {
        *code == name || english.to_lowercase() == name || others.split('|').any(|other| other == name)
    };
    LANGUAGES.iter().find(is_so).map(|(code, ..)| *code)
}

/// The English name of the language of this code.
pub(crate) fn name_of(code: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(known, ..)| *known == code).map(|(_, name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_codes_and_names() {
        for (name, code) in [
            ("uk", "uk"),
            ("Ukrainian", "uk"),
            ("UKR", "uk"),
            ("українська", "uk"),
            ("farsi", "fa"),
            ("per", "fa"),
            ("greek", "el"),
        ] {
            assert_eq!(code_named(name), Some(code), "{name}");
        }
        assert_eq!((code_named("klingon"), code_named("")), (None, None));
        assert_eq!(name_of("uk"), Some("Ukrainian"));
    }

    #[test]
    fn no_name_stands_for_two_languages() {
        let mut seen = std::collections::HashMap::new();
        for (code, english, others) in LANGUAGES {
            let lower = english.to_lowercase();
            for name in std::iter::once(*code).chain(others.split('|')).chain([lower.as_str()]) {
                if let Some(other) = seen.insert(name.to_owned(), *code) {
                    assert_eq!(other, *code, "{name}");
                }
            }
        }
    }
}
