use crate::words::letters::{fold, name_fold};
use proptest::prelude::*;

use crate::words::*;

fn terms(text: &str, language: &str) -> Vec<String> {
    let terms = Analyser::new().terms(text, Profile::of(Some(language)));
    terms.into_iter().filter(|(token, _)| !token.stop).map(|(_, term)| term).collect()
}

/// Terms with `_` for each stop word.
fn en(text: &str) -> String {
    let mut out = Vec::new();
    Analyser::new().analyse(text, Profile::ENGLISH, |token, term| {
        out.push(if token.stop { "_".to_owned() } else { term.to_owned() });
    });
    out.join(" ")
}

#[test]
fn words_are_small_folded_and_stemmed() {
    assert_eq!(en("Strikes near Pathankot"), "strike near pathankot");
    assert_eq!(en("ERDOĞAN visited Bogotá, Łódź and Sainte-Mère"), "erdogan visit bogota lodz _ saint mere");
    assert_eq!(en("the ﬁrst oﬃcial"), "_ first offici");
    assert_eq!(en("co\u{ad}operation"), en("cooperation"));
}

#[test]
fn apostrophes_of_every_kind_vanish_and_possessives_go() {
    for text in ["Sana'a", "Sana’a", "Sanaʻa", "Sanaa"] {
        assert_eq!(en(text), "sanaa");
    }
    for text in ["Pakistan's", "Pakistan’s", "PAKISTAN'S", "Pakistan"] {
        assert_eq!(en(text), "pakistan");
    }
    assert_eq!(en("the militaries' talks"), "_ militari talk");
    assert_eq!(en("‘critical step’"), "critic step");
}

#[test]
fn a_possessive_is_outside_the_span() {
    let text = "India’s army";
    let (token, _) = Analyser::new().terms(text, Profile::ENGLISH).remove(0);
    assert_eq!(token.span.of(text), "India");
}

#[test]
fn acronyms_do_not_meet_the_words_they_look_like() {
    assert_eq!(en("The U.S. told us that US troops left the U.N.’s base"), "_ us told _ _ us troop left _ un base");
    assert_eq!(en("The WHO asked who it was"), "_ who ask _ _ _");
    assert_eq!(en("MEN WHO FLED IT"), "men _ fled _");
    assert_eq!(en("Washington, D.C., at 5 p.m. IST"), "washington dc _ 5 pm ist");
    assert_eq!(en("THE U.S . OFFER"), "_ us offer");
    assert_eq!(en("U.S.-led, J.F. Hill, St.Petersburg, e.g.x"), "us led jf hill st petersburg egx");
}

#[test]
fn hyphens_and_digits_part_words() {
    for text in ["T-72", "T72", "T 72"] {
        assert_eq!(en(text), "t 72");
    }
    assert_eq!(en("F-16s and COVID-19 on the 10th, in the 1990s"), "f 16 _ covid 19 _ _ 10 _ _ 1990");
    assert_eq!(en("al-Shabaab"), "al shabaab");
    assert_eq!(en("an A-10 and An-26s in a 26 day siege"), "_ a 10 _ an 26 _ _ 26 day sieg");
}

#[test]
fn numbers_lose_their_thousands_by_the_habits_of_the_language() {
    assert_eq!(
        en("3,323 km, 1,234,567.5 and 3.125, 12,34 at 22:30 on 10.5.2025"),
        "3323 km 1234567.5 _ 3.125 12 34 _ 22 30 _ 10 5 2025"
    );
    assert_eq!(terms("3.323 und 3,5", "de"), ["3323", "3.5"]);
    assert_eq!(en("عام ٢٠٢٥"), "عام 2025");
}

#[test]
fn very_common_words_have_positions_and_marked_terms() {
    let terms = Analyser::new().terms("the state of emergency", Profile::ENGLISH);
    let seen: Vec<(u32, &str)> = terms.iter().map(|(t, term)| (t.position, term.as_str())).collect();
    assert_eq!(seen, [(0, "\u{1}the"), (1, "state"), (2, "\u{1}of"), (3, "emergenc")]);
    assert!(terms.iter().all(|(t, term)| t.stop == is_stop_term(term)));
}

#[test]
fn each_language_has_its_stems_and_elisions() {
    assert_eq!(terms("l'attaque de l’aéroport d'Orly", "fr"), ["attaqu", "aeroport", "orly"]);
    assert_eq!(terms("Die Angriffe auf die Städte", "de"), ["angriff", "stadt"]);
    assert_eq!(terms("Киев и города", "ru"), terms("киев городами", "ru"));
    assert_eq!(terms("dell'esercito", "it"), ["eserc"]);
}

#[test]
fn accents_may_be_composed_or_not() {
    assert_eq!(terms("me\u{301}decin", "fr"), terms("médecin", "fr"));
    assert_eq!(en("cafe\u{301}"), en("café"));
}

#[test]
fn arabic_and_persian_spellings_meet() {
    assert_eq!(terms("مُحَمَّد", "fa"), terms("محمد", "fa"));
    assert_eq!(terms("علی", "xx"), terms("علي", "xx"));
}

#[test]
fn vowel_signs_of_indian_scripts_stay_in_their_words() {
    let text = "युद्धविराम लागू";
    let spans: Vec<&str> =
        Analyser::new().terms(text, Profile::of(Some("hi"))).iter().map(|(t, _)| t.span.of(text)).collect();
    assert_eq!(spans, ["युद्धविराम", "लागू"]);
}

#[test]
fn scripts_without_spaces_become_overlapping_pairs() {
    assert_eq!(terms("停火协议生效", "zh"), ["停火", "火协", "协议", "议生", "生效"]);
    assert_eq!(terms("在 Gaza 停火", "zh"), ["在", "gaza", "停火"]);
    assert_eq!(terms("ﾃｽﾄ", "ja"), terms("テスト", "ja"));
    assert_eq!(terms("서울에서", "ko"), ["서울", "울에", "에서"]);
    let thai = "กรุงเทพ";
    for (token, _) in Analyser::new().terms(thai, Profile::of(Some("th"))) {
        assert!(token.span.of(thai).chars().count() >= 2);
    }
}

#[test]
fn what_is_no_word_gets_no_term_but_a_position() {
    let long = "x".repeat(200);
    assert_eq!(en(&format!("{long} word")), "word");
    let tokens = Analyser::new().terms(&format!("{long} word"), Profile::ENGLISH);
    assert_eq!(tokens[0].0.position, 1);
}

#[test]
fn a_remembered_stem_is_the_computed_one() {
    let mut analyser = Analyser::new();
    let text = "connections connected connecting US us connections Connections connections’ générale";
    for language in ["en", "fr", "de", "en"] {
        let profile = Profile::of(Some(language));
        assert_eq!(analyser.terms(text, profile), Analyser::new().terms(text, profile));
    }
}

#[test]
fn a_tag_tells_the_language_and_vanishes() {
    assert_eq!(untagged(&tagged("Hallo", Some("de"))), (Profile::of(Some("de")), "Hallo"));
    assert_eq!(untagged(&tagged("Hello", Some("en"))), (Profile::ENGLISH, "Hello"));
    assert_eq!(untagged(&tagged("\u{1}de", None)), (Profile::ENGLISH, "\u{1}de"));
    assert_eq!(untagged(&tagged("x", Some("Deutsch"))), (Profile::ENGLISH, "x"));
}

fn any_profile() -> impl Strategy<Value = Profile> {
    prop::sample::select(vec![
        "en", "xx", "ar", "de", "fr", "it", "ru", "hi", "fa", "tr", "ta", "el", "hu", "fi", "pl", "cs", "id", "ne",
        "yi", "sr", "hy", "ro", "ga", "lt", "et", "eu", "ca", "zh", "th", "nl", "sv", "es", "pt", "da", "no",
    ])
    .prop_map(|code| Profile::of(Some(code)))
}

fn awkward_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[A-Za-z]{1,7}",
        2 => "[0-9]{1,4}",
        3 => prop::sample::select(vec![" ", ".", ",", "'", "’", "-", "s", "S", "th", "\u{ad}", "\u{301}", "é", "ß", "İ", "ﬁ", "停", "火", "テ", "ﾃ", "ก",
            "ำ", "한", "க", "्", "क", "ع", "ُ", "ی", "ы", "й", "σ", "ς", "ո", "א", "ְ", "😀", "²", "½", "Ⅷ", "٣", "\u{200d}", "\u{1}"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn tokens_of_any_text_lie_on_characters_and_ascend(text in awkward_text(), profile in any_profile()) {
        let mut analyser = Analyser::new();
        let mut before: Option<Token> = None;
        let mut failed = None;
        analyser.analyse(&text, profile, |token, term| {
            let fits = text.get(token.span.start..token.span.end).is_some_and(|s| !s.is_empty());
            let ascends = before.is_none_or(|b| b.span.start < token.span.start && b.position < token.position);
            if !fits || !ascends || term.is_empty() || term.len() > LONGEST_TERM_BYTES {
                failed = Some((token, term.to_owned()));
            }
            before = Some(token);
        });
        prop_assert!(failed.is_none(), "{failed:?}");
        prop_assert_eq!(analyser.terms(&text, profile), Analyser::new().terms(&text, profile));
    }

    #[test]
    fn a_letter_or_digit_is_always_in_some_token_or_no_word(text in "[a-zA-Z0-9 .,'-]{0,40}") {
        // Every alphanumeric byte but possessives and ordinal endings lies in a token's span.
        let mut covered = vec![false; text.len()];
        Analyser::new().analyse(&text, Profile::of(Some("xx")), |token, _| {
            covered[token.span.start..token.span.end].fill(true);
        });
        for (n, b) in text.bytes().enumerate() {
            if b.is_ascii_uppercase() || b.is_ascii_digit() {
                prop_assert!(covered[n] || b.is_ascii_uppercase(), "{text:?} at {n}");
            }
        }
    }
}

/// The characters of the basic plane whose blocks are complete: Unicode has added no letter to them for years, so that the
/// checksums below are the same with every version of the standard library.
const SETTLED: &[(u32, u32)] = &[
    (0x0000, 0x052F),
    (0x0531, 0x077F),
    (0x0900, 0x0BFF),
    (0x0D00, 0x11FF),
    (0x1780, 0x17FF),
    (0x1D00, 0x209F),
    (0x20D0, 0x218F),
    (0x2460, 0x24FF),
    (0x2C60, 0x2DFF),
    (0x2E80, 0x31BF),
    (0x31F0, 0x9FFF),
    (0xA640, 0xA69F),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFBC1),
    (0xFBD3, 0xFD8F),
    (0xFDF0, 0xFFEF),
];

/// What `write` makes of each of those characters, in one number.
fn checksum_of(write: impl Fn(char, &mut String)) -> u64 {
    let mut all = String::new();
    for c in SETTLED.iter().flat_map(|(first, last)| (*first..=*last).filter_map(char::from_u32)) {
        write(c, &mut all);
        all.push('\n');
    }
    xxhash_rust::xxh3::xxh3_64(all.as_bytes())
}

/// Text, its small letters, characters of scripts without spaces, names, and what each character is to a name: as the
/// first release folded them.
const FOLDED_ON_DISK: [u64; 5] =
    [0xc50b570d5a97e9b1, 0xce9d9c94b1f2b05, 0xf70c09bbf710c4fd, 0x8344fa6608a74a4c, 0xa59b203845b7ff22];

#[test]
fn terms_and_names_are_folded_like_those_on_disk() {
    // Terms lie folded in every index, names in every gazetteer layer: who changes a number here has to raise the format of
    // the one or the other.
    let text = checksum_of(|c, out| fold::fold_into(c.encode_utf8(&mut [0; 4]), out));
    let lower = checksum_of(|c, out| fold::lower_into(c.encode_utf8(&mut [0; 4]), out));
    let unspaced = checksum_of(|c, out| fold::fold_unspaced(c.encode_utf8(&mut [0; 4]), out));
    let name = checksum_of(|c, out| out.push_str(&name_fold::fold(&format!("a{c}b"))));
    let role = checksum_of(|c, out| out.push_str(&format!("{:?}", name_fold::role_of(c))));
    assert_eq!(
        [text, lower, unspaced, name, role],
        FOLDED_ON_DISK,
        "{text:#x}, {lower:#x}, {unspaced:#x}, {name:#x}, {role:#x}"
    );
}
