//! Which passages words, phrases, beginnings, spellings and their combinations find, and what is refused.

use std::sync::LazyLock;

use dateline::Error;
use dateline::model::question::Matching;

use super::Engines;
use crate::support::archive::{totals, typed};

static ARCHIVE: LazyLock<Engines> = LazyLock::new(|| {
    Engines::of(&[
        (
            "1.txt",
            "---\ntitle: Truce in the north\n---\nThe army shelled villages near the old harbour, and residents fled.\n",
        ),
        (
            "2.txt",
            "---\ntitle: Harbour\n---\nTalks on a new truce failed. Armies of the state of emergency stayed put.\n",
        ),
        ("3.txt", "---\nlanguage: fr\n---\nL’évacuation de l'hôpital s'est poursuivie d'urgence dans le port.\n"),
        ("4.txt", "---\nlanguage: ar\n---\nقصفت القوات المسلحة المدينة ليلا، ونقل الجرحى إلى المستشفى الكبير.\n"),
        ("5.txt", "---\nlanguage: zh\n---\n双方同意停火协议。谈判持续了三天。\n"),
        ("6.txt", "---\nlanguage: uk\n---\nВійська обстріляли місто вночі. Рятувальники вивезли людей.\n"),
        (
            "7.txt",
            "---\ntitle: Drones over al-Hasakah\n---\nFighters drove T-72s past al Hasakah; a food-drug deal was off.\n",
        ),
    ])
});

#[test]
fn words_find_the_passages_that_hold_them() {
    for (query, files) in [
        ("army", "1 2"),
        ("harbour", "1 2"),
        ("army harbour", "1 2"),
        ("army fled", "1"),
        ("army OR hospital", "1 2"),
        ("hopital", "3"),
        ("army -talks", "1"),
        ("-army", "3 4 5 6 7"),
        ("-(army OR evacuation)", "4 5 6 7"),
        ("(truce fled) OR (deal -army)", "1 7"),
        ("\"new truce\"", "2"),
        ("\"truce new\"", ""),
        ("\"talks truce\"~3", "2"),
        ("\"talks truce\"~1", ""),
        ("\"state of emergency\"", "2"),
        ("\"old harbour\"", "1"),
        ("truc*", "1 2"),
        ("evacuat*", "3"),
        ("armie*", "2"),
        ("harbor~1", "1 2"),
        ("harbor~2", "1 2"),
        ("trcue~1", "1 2"),
        ("title:truce", "1"),
        ("title:harbour", "2"),
        ("title:(north OR harbour)", "1 2"),
        ("title:\"truce north\"~2", "1"),
        ("-title:truce army", "2"),
        ("قوات", "4"),
        ("\"القوات المسلحة\"", "4"),
        ("القو*", "4"),
        ("停火", "5"),
        ("\"停火协议\"", "5"),
        ("停火协*", "5"),
        ("обстріля*", "6"),
        ("військ~1", "6"),
        ("T72", "7"),
        ("al-Has*", "7"),
        ("food/drug", "7"),
        ("food-drug", "7"),
        ("nothing", ""),
    ] {
        let wanted: Vec<String> = files.split_whitespace().map(|n| format!("{n}.txt")).collect();
        assert_eq!(ARCHIVE.typed(query), wanted, "{query}");
    }
}

#[test]
fn words_of_the_title_count_for_the_first_passage_and_title_alone_for_all() {
    let text = crate::support::archive::long_text(8, "convoy");
    let engines = Engines::of(&[("a.txt", &format!("---\ntitle: Ferries sank\n---\n{text}"))]);
    engines.each(|backend| {
        let all = totals(backend, &typed("")).passages;
        assert!(all > 2, "{all}");
        assert_eq!(totals(backend, &typed("ferries")).passages, 1);
        assert_eq!(totals(backend, &typed("title:ferries")).passages, all);
        assert_eq!(totals(backend, &typed("-ferries")).passages, all - 1);
        assert_eq!(totals(backend, &typed("-title:ferries")).passages, 0);
    });
}

#[test]
fn any_of_the_words_will_do_where_that_is_asked_and_parts_of_words_with_them() {
    let any = |query: &str| ARCHIVE.paths(&typed(query).matching(Matching::Any));
    assert_eq!(any("fled emergency"), ["1.txt", "2.txt"]);
    assert_eq!(any("fled emergency -truce"), [""; 0]);
    assert_eq!(any("truce-deal nothing"), ["1.txt", "2.txt", "7.txt"], "each part of a word is one of the words");
    assert_eq!(ARCHIVE.typed("truce-deal"), [""; 0]);
}

#[test]
fn nothing_that_the_index_does_not_keep_is_left_out_in_silence() {
    let engines = Engines::of(&[("a.txt", "The army of the north held the road.\n")]);
    engines.each(|backend| {
        let refused = |query: &str| match backend.count(&typed(query).question) {
            Err(Error::Query(e)) => e.reason,
            other => panic!("{query}: {other:?}"),
        };
        for query in ["the", "\"of the\"", "army OR the", "-the", "title:of", "the path:a.txt", "the~1"] {
            assert!(refused(query).contains("too common"), "{query}: {}", refused(query));
        }
        assert!(refused("al-Shabab~1").contains("single words"));
        assert_eq!(totals(backend, &typed("the army of north")).passages, 1, "beside others they say nothing");
        assert_eq!(totals(backend, &typed("\"army of the north\"")).passages, 1);
    });
}

#[test]
fn a_prefix_that_stands_for_too_many_words_is_refused_with_the_number() {
    let words: Vec<String> =
        (0..5_000).map(|n| format!("qa{}{}{}", letter(n / 400), letter(n / 20), letter(n))).collect();
    Engines::of(&[("a.txt", &(words.join(" ") + ".\n"))]).each(|backend| {
        let refusal = backend.count(&typed("qa*").question);
        assert!(matches!(&refusal, Err(Error::Usage(reason)) if reason.contains("4096")), "{refusal:?}");
        assert!(backend.count(&typed("qaa*").question).is_ok());
    });
}

#[test]
fn a_word_in_no_passage_is_answered_with_those_that_are_spelt_nearly_so() {
    let engines = Engines::of(&[(
        "a.txt",
        "The hospital was evacuated, and the evacuation of Pahalgam ended. Al-Shabaab denied it. Military men left.\n",
    )]);
    engines.each(|backend| {
        for (typed, meant) in [
            ("hosptial", "hospital"),
            ("evacuatoin", "evacuation"),
            ("Pahlgm", "pahalgam"),
            ("al-Shabab", "al-shabaab"),
            ("milatary", "military"),
        ] {
            assert_eq!(backend.suggestions(typed, 3).unwrap().first().map(String::as_str), Some(meant), "{typed}");
        }
        assert!(backend.suggestions("hospitals", 3).unwrap().is_empty(), "what is in the index needs none");
        assert!(backend.suggestions("zzzzq", 3).unwrap().is_empty());
    });
}

#[test]
fn a_spelling_is_sought_only_where_the_index_uses_it_as_a_name() {
    // One of Turkey's names elsewhere has the stem of "took"; Kyiv is named in both of its spellings.
    let engines = Engines::of(&[
        ("a.txt", "Talks in Turkey\n\nThe two delegations met in Ankara, Turkey, on Monday."),
        ("b.txt", "A village\n\nThe army took the village on Monday and took prisoners."),
        ("c.txt", "Kiev\n\nA drone was shot down over Kiev in Ukraine on Monday."),
        ("d.txt", "Kyiv\n\nPower failed in Kyiv, the capital of Ukraine, on Tuesday."),
    ]);
    assert_eq!(engines.typed("Turkey"), ["a.txt"]);
    assert_eq!(engines.typed("Kyiv"), ["c.txt", "d.txt"]);
}
/// No vowels, so that no stemmer takes an ending off.
fn letter(n: usize) -> char {
    char::from(b"bcdfghjklmnpqrstvwxz"[n % 20])
}
