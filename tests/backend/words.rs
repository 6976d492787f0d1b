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
fn very_common_words_are_sought_where_nothing_else_is_and_left_out_beside_others() {
    let engines =
        Engines::of(&[("a.txt", "The army of the north held the road.\n"), ("b.txt", "Army trucks went north.\n")]);
    engines.find(&[
        ("the", "a.txt"),
        ("of the", "a.txt"),
        ("\"of the\"", "a.txt"),
        ("-the", "b.txt"),
        ("title:of", ""),
        ("road OR the", "a.txt"),
        ("=of", "a.txt"),
        ("the army of north", "a.txt b.txt"),
        ("\"army of the north\"", "a.txt"),
        ("army -\"army of\"", "b.txt"),
    ]);
    engines.each(|backend| {
        let refused = |query: &str| match backend.count(&typed(query).question) {
            Err(Error::Query(e)) => e.reason,
            other => panic!("{query}: {other:?}"),
        };
        assert!(refused("the~1").contains("\"the\""), "{}", refused("the~1"));
        assert!(refused("al-Shabab~1").contains("single words"));
        assert!(refused("\"a b c d e f g h i\"~5").contains("~>5"));
        let long = "x".repeat(90);
        for query in [long.clone(), format!("\"army {long}\""), format!("={long}"), format!("{long}*")] {
            assert!(refused(&query).contains("64 bytes"), "{query}: {}", refused(&query));
        }
    });
}

/// Reports that say one thing and its opposite, in English and in languages whose common words are English ones of meaning.
fn denials() -> Engines {
    Engines::of(&[
        ("none.txt", "There were no casualties in the attack on the depot, the ministry said.\n"),
        ("heavy.txt", "The attack on the depot caused heavy casualties, the hospital said.\n"),
        ("denied.txt", "The army said that no attack took place and that it had shelled no village.\n"),
        ("without.txt", "The convoy arrived without casualties before the attack began.\n"),
        (
            "pt.txt",
            "---\nlanguage: pt\n---\nO exército disse que no ataque ao depósito não houve casualties nem feridos.\n",
        ),
        ("nl.txt", "---\nlanguage: nl\n---\nNo casualties, zei het leger over de aanval op het depot niet.\n"),
        ("de.txt", "---\nlanguage: de\n---\nBei dem Angriff gab es keine Verletzten, und nicht nur dort.\n"),
    ])
}

#[test]
fn a_denial_is_never_answered_by_its_opposite_whatever_languages_the_archive_mixes() {
    let engines = denials();
    engines.find(&[
        ("\"no casualties\"", "nl.txt none.txt"),
        ("\"heavy casualties\"", "heavy.txt"),
        ("\"without casualties\"", "without.txt"),
        ("attack -\"no attack\"", "heavy.txt none.txt without.txt"),
        ("\"before the attack\"", "without.txt"),
        ("casualties -no", "heavy.txt without.txt"),
        ("\"no ataque\"", "pt.txt"),
        ("\"keine Verletzten\"", "de.txt"),
        ("\"casualties nem\"", "pt.txt"),
    ]);
}

#[test]
fn a_phrase_wants_just_its_words_and_a_gap_only_where_it_is_asked_for() {
    let engines = Engines::of(&[
        ("govern.txt", "New rules govern engagement with the press near Mariupol under siege beyond Mariupol.\n"),
        ("rules.txt", "The rules of engagement were changed during the siege of Mariupol.\n"),
        ("people.txt", "They claimed the will of the people, and the people left.\n"),
        ("engage.txt", "Engagement rules: fire when fired upon.\n"),
    ]);
    engines.find(&[
        ("\"rules of engagement\"", "rules.txt"),
        ("\"siege of Mariupol\"", "rules.txt"),
        ("\"will of the people\"", "people.txt"),
        ("\"rules engagement\"", ""),
        ("\"rules engagement\"~1", "engage.txt govern.txt rules.txt"),
        ("\"engagement rules\"~1", "engage.txt govern.txt rules.txt"),
        ("\"rules engagement\"~>1", "govern.txt rules.txt"),
        ("\"engagement rules\"~>1", "engage.txt"),
        ("\"people people\"~3", "people.txt"),
        ("\"siege siege\"~9", ""),
    ]);
}

#[test]
fn compounds_meet_in_one_word_with_a_hyphen_and_in_two() {
    let engines = Engines::of(&[
        ("one.txt", "The ceasefire held, and an airstrike was denied. Reelection came.\n"),
        ("hyphen.txt", "The cease-fire held, and an air-strike was denied. Re-election came.\n"),
        ("two.txt", "The cease fire held, and air strikes were denied. Re election came.\n"),
        ("apart.txt", "They cease to fire. The fire will cease; strikes from the air. Not able to inform.\n"),
    ]);
    for query in [
        "ceasefire",
        "cease-fire",
        "\"cease fire\"",
        "\"cease fire held\"",
        "\"ceasefire held\"",
        "\"the cease-fire held\"",
        "airstrike",
        "air-strikes",
        "\"air strike\"",
        "reelection",
        "re-election",
        "\"held ceasefire\"~1",
    ] {
        assert_eq!(engines.typed(query).join(" "), "hyphen.txt one.txt two.txt", "{query}");
    }
    assert_eq!(engines.typed("cease fire"), ["apart.txt", "hyphen.txt", "one.txt", "two.txt"]);
    assert_eq!(engines.typed("notable"), [""; 0]);
    assert_eq!(engines.typed("=ceasefire"), ["one.txt"]);
}

#[test]
fn two_words_are_one_only_where_that_is_their_compound() {
    let engines = Engines::of(&[
        ("european.txt", "European leaders met. The weekend was calm, and the former minister formed a party.\n"),
        ("allies.txt", "European allies met. The week ended; a former ally left. It is now here a camp.\n"),
        ("pt.txt", "---\nlanguage: pt\n---\nO ministro chegou antes da reunião e falou sobre a cidade.\n"),
    ]);
    engines.find(&[
        ("\"European allies\"", "allies.txt"),
        ("european -\"European allies\"", "european.txt"),
        ("european allies", "allies.txt"),
        ("\"former ally\"", "allies.txt"),
        ("\"week ended\"", "allies.txt"),
        ("weekend", "european.txt"),
        ("nowhere", ""),
        ("\"antes até\"", ""),
        ("title:\"european allies\"", ""),
    ]);
}

#[test]
fn an_equals_sign_wants_the_form_as_it_is_written() {
    let engines = Engines::of(&[
        ("attack.txt", "An Attack on the bridge; evacuations. The U.S. told us.\n"),
        ("attacked.txt", "The bridge was attacked and évacuated by army trucks.\n"),
        ("attacks.txt", "Attacks on bridges went on; armies met.\n"),
    ]);
    engines.find(&[
        ("attack", "attack.txt attacked.txt attacks.txt"),
        ("=attack", "attack.txt"),
        ("=ATTACKED", "attacked.txt"),
        ("bridge -=bridges", "attack.txt attacked.txt"),
        ("=\"attacks on\"", "attacks.txt"),
        ("\"attack on\"", "attack.txt attacks.txt"),
        ("=\"attack bridge\"~2", "attack.txt"),
        ("=evacuated", "attacked.txt"),
        ("=army", "attacked.txt"),
        ("=us", "attack.txt"),
        ("title:=attack", ""),
        ("=attack OR =armies", "attack.txt attacks.txt"),
    ]);
}

#[test]
fn a_score_is_a_number_even_where_no_word_is_known() {
    Engines::sample().each(|backend| {
        let (found, _) = crate::support::archive::hits(backend, &typed("zork blubb quux frob OR country:IN"));
        assert!(!found.is_empty() && found.iter().all(|hit| hit.score.is_finite()));
    });
}

#[test]
fn an_exact_word_ranks_above_a_fuzzy_one() {
    let engines = Engines::of(&[
        ("serbia.txt", "Serbia voted on Monday, and Serbia waits for Serbia.\n"),
        ("syria.txt", "Syria voted on Monday.\n"),
    ]);
    let [embedded, _] = engines.all();
    let (found, _) = crate::support::archive::hits(embedded, &typed("Syria~2 voted"));
    let paths: Vec<&str> = found.iter().map(|hit| hit.article.path.as_str()).collect();
    assert_eq!(paths, ["syria.txt", "serbia.txt"]);
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
