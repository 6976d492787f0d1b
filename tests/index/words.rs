//! What words, phrases, beginnings and spellings find, and that just this is marked.

use std::collections::BTreeSet;

use dateline::engine::Reader;
use dateline::model::answer::Hit;
use dateline::model::article::ByteSpan;
use dateline::model::question::Matching;

use crate::support::archive::{Archive, hits, sample, totals, typed};

/// All passages that answer completely.
fn all(reader: &Reader, query: &str) -> Vec<Hit> {
    hits(reader, &typed(query).limit(None).per_article(None)).0
}

fn marked(hit: &Hit) -> Vec<&str> {
    hit.passage.highlights.iter().map(|s| s.of(&hit.passage.text)).collect()
}

fn marked_in_title(hit: &Hit) -> Vec<&str> {
    hit.title_highlights.iter().map(|s| s.of(&hit.article.title)).collect()
}

/// The marks of the one hit.
fn only_marks(archive: &Archive, query: &str) -> Vec<String> {
    let found = all(&archive.reader(), query);
    assert_eq!(found.len(), 1, "{query}");
    marked(&found[0]).into_iter().map(str::to_owned).collect()
}

/// Words of English text, for checking without the analyser.
fn plain_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

#[test]
fn a_prefix_finds_the_passages_with_a_word_that_is_written_so_and_no_others() {
    let (_, reader) = sample();
    let passages = all(reader, "lang:en");
    let mut found_somewhere = 0;
    for prefix in [
        "evacuat",
        "evacuation",
        "army",
        "armie",
        "countr",
        "country",
        "fir",
        "fire",
        "organis",
        "univers",
        "bomb",
        "bombard",
        "nationali",
        "general",
        "generals",
        "united",
        "militar",
        "military",
        "agency",
        "hostil",
        "possibl",
        "presiden",
        "ceasefir",
        "negotiat",
        "shellin",
        "polici",
        "police",
        "hop",
        "hope",
        "dying",
        "seiz",
        "territor",
    ] {
        let begins = |text: &str| plain_words(text).any(|word| word.starts_with(prefix));
        let wanted: BTreeSet<String> = passages
            .iter()
            .filter(|hit| begins(&hit.passage.text) || hit.passage.number == 0 && begins(&hit.article.title))
            .map(|hit| hit.passage.text.clone())
            .collect();
        let found = all(reader, &format!("{prefix}* lang:en"));
        for word in found.iter().flat_map(|hit| marked(hit).into_iter().chain(marked_in_title(hit))) {
            assert!(plain_words(word).all(|w| w.starts_with(prefix)), "{prefix}* marks {word:?}");
        }
        let found: BTreeSet<String> = found.into_iter().map(|hit| hit.passage.text).collect();
        assert_eq!(found, wanted, "{prefix}*");
        found_somewhere += usize::from(!found.is_empty());
    }
    assert!(found_somewhere > 20, "{found_somewhere}");
}

#[test]
fn bug_a_prefix_as_long_as_a_word_found_nothing_where_its_stem_is_spelt_otherwise() {
    // The stem of "army" is "armi", and no term of the index begins with "army".
    let archive = Archive::of(&[("a.txt", "An army came, and armies followed; evacuees were evacuated.\n")]);
    assert_eq!(only_marks(&archive, "army*"), ["army"]);
    assert_eq!(only_marks(&archive, "evacuat*"), ["evacuated"]);
    assert_eq!(totals(&archive.reader(), &typed("evacuation*")).passages, 0);
}

#[test]
fn of_a_beginning_in_several_words_the_last_is_open() {
    let archive = Archive::of(&[("a.txt", "Fighters of al-Shabaab drove T-72s past al Hasakah.\n")]);
    assert_eq!(only_marks(&archive, "al-Shab*"), ["al-Shabaab"]);
    assert_eq!(only_marks(&archive, "T-7*"), ["T-72"]);
    assert_eq!(only_marks(&archive, "al-Ha*"), ["al Hasakah"]);
    assert!(all(&archive.reader(), "al-driv*").is_empty());
}

#[test]
fn words_of_other_scripts_are_found_by_word_phrase_and_beginning_and_marked_to_the_character() {
    let archive = Archive::of(&[
        ("ar.txt", "---\nlanguage: ar\n---\nقصفت القوات المسلحة المدينة ليلا، ونقل الجرحى إلى المستشفى الكبير.\n"),
        ("uk.txt", "---\nlanguage: uk\n---\nВійська обстріляли місто вночі. Рятувальники вивезли людей.\n"),
        ("ru.txt", "---\nlanguage: ru\n---\nЭвакуация жителей продолжалась до утра.\n"),
        ("zh.txt", "---\nlanguage: zh\n---\n双方同意停火协议。谈判持续了三天。\n"),
        ("th.txt", "---\nlanguage: th\n---\nกองทัพตกลงหยุดยิงเมื่อคืนนี้\n"),
        ("ko.txt", "---\nlanguage: ko\n---\n양측은 휴전에 합의했다. 주민들이 대피했다.\n"),
        ("hi.txt", "---\nlanguage: hi\n---\nदोनों सेनाओं ने युद्धविराम पर सहमति जताई।\n"),
        ("fr.txt", "---\nlanguage: fr\n---\nL’évacuation de l'hôpital s'est poursuivie d'urgence.\n"),
        ("de.txt", "---\nlanguage: de\n---\nDie Häuser an den Straßen blieben leer.\n"),
    ]);
    for (query, marks) in [
        ("قوات", "القوات"),
        ("القو*", "القوات"),
        ("\"القوات المسلحة\"", "القوات المسلحة"),
        ("обстріля*", "обстріляли"),
        ("эвакуации", "Эвакуация"),
        ("эвакуац*", "Эвакуация"),
        ("停火", "停火"),
        ("\"停火协议\"", "停火协议"),
        ("停火协*", "停火协"),
        ("หยุดยิง", "หยุดยิง"),
        ("휴전", "휴전"),
        ("युद्धविराम", "युद्धविराम"),
        ("evacuation", "évacuation"),
        ("evacua*", "évacuation"),
        ("hopital", "hôpital"),
        ("urgenc*", "urgence"),
        ("strasse", "Straßen"),
    ] {
        assert_eq!(only_marks(&archive, query), [marks], "{query}");
    }
    assert!(all(&archive.reader(), "urgent*").is_empty(), "the stem of urgence is urgent");
}

#[test]
fn a_phrase_is_found_and_marked_in_order_only() {
    let archive = Archive::of(&[("a.txt", "The truce talks failed. Talks on a new truce began.\n")]);
    assert_eq!(only_marks(&archive, "\"talks truce\"~>3"), ["Talks on a new truce"]);
    assert_eq!(only_marks(&archive, "\"truce talks\""), ["truce talks"]);
    assert!(all(&archive.reader(), "\"talks truce\"~>1").is_empty());
    assert!(all(&archive.reader(), "\"failed truce\"~9").len() == 1);
}

#[test]
fn marks_hold_ligatures_soft_hyphens_and_marks_of_letters_whole() {
    let text = "The of\u{fb01}cial co\u{ad}opera\u{ad}tion with Sana\u{2019}a and the Cafe\u{301} Noir; O\u{2019}Neill\u{2019}s air\u{2011}base.\n";
    let archive = Archive::of(&[("a.txt", text)]);
    for (query, marks) in [
        ("official", "of\u{fb01}cial"),
        ("cooperat*", "co\u{ad}opera\u{ad}tion"),
        ("sanaa", "Sana\u{2019}a"),
        ("cafe", "Cafe\u{301}"),
        ("O'Neill", "O\u{2019}Neill"),
        ("\"air base\"", "air\u{2011}base"),
        ("Cafe~1", "Cafe\u{301}"),
    ] {
        assert_eq!(only_marks(&archive, query), [marks], "{query}");
    }
}

#[test]
fn every_complete_match_shows_what_matched() {
    let (_, reader) = sample();
    let mut seen = 0;
    for query in [
        "ceasefire",
        "\"prime minister\"",
        "\"army said\"~4",
        "negotiat*",
        "Pahlgm~2",
        "title:truce",
        "Kiev",
        "Burma",
        "\"Ivory Coast\"",
        "Gaza Strip",
        "guerre",
        "країни~1",
        "وقف",
        "(truce OR ceasefire) -talks",
    ] {
        for hit in all(reader, query) {
            assert!(
                !hit.passage.highlights.is_empty() || !hit.title_highlights.is_empty(),
                "{query}: {}",
                hit.passage.text
            );
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn what_matched_in_a_title_is_marked_there() {
    let archive = Archive::of(&[(
        "a.jsonl",
        r#"{"title":"Truce holds in the north","text":"All was quiet, and the truce held."}"#,
    )]);
    let reader = archive.reader();
    let hit = &all(&reader, "title:truce")[0];
    assert_eq!((marked(hit), marked_in_title(hit)), (vec![], vec!["Truce"]), "only titles were asked for");
    let hit = &all(&reader, "truce north")[0];
    assert_eq!((marked(hit), marked_in_title(hit)), (vec!["truce"], vec!["Truce", "north"]));
    let spans: Vec<ByteSpan> = hit.title_highlights.clone();
    assert!(spans.windows(2).all(|w| w[0].end < w[1].start));
}

#[test]
fn a_name_is_found_under_its_other_spellings_without_drowning_the_other_words() {
    let archive = Archive::of(&[
        ("burma.txt", "Soldiers in Myanmar closed the bridge at noon.\n"),
        ("ivory.txt", "Observers in Côte d'Ivoire counted the votes.\n"),
        ("ivoire.txt", "---\nlanguage: fr\n---\nDes combats ont repris en Côte d'Ivoire, selon l'armée.\n"),
        ("kyiv.txt", "Trams ran again in Kyiv after a week without power.\n"),
        ("bridge.txt", "The bridge, the old bridge, was closed; the bridge at Ghent is new.\n"),
    ]);
    let reader = archive.reader();
    for (query, path, mark) in [
        ("Burma bridge", "burma.txt", "Myanmar"),
        ("Ivory Coast votes", "ivory.txt", "Côte d'Ivoire"),
        ("Kiev trams", "kyiv.txt", "Kyiv"),
        ("Ivory Coast combats", "ivoire.txt", "Côte d'Ivoire"),
    ] {
        let (found, _) = hits(&reader, &typed(query).matching(Matching::AllFirst));
        assert_eq!(found[0].article.path, path, "{query}");
        assert!(found[0].missing.is_empty() && marked(&found[0]).contains(&mark), "{query}: {:?}", marked(&found[0]));
        assert!(found[0].matched.place_variant, "{query}");
    }
    let exact = typed("Burma bridge").exact(true).matching(Matching::All);
    assert!(hits(&reader, &exact).0.is_empty());
    // The name is one word of three: a passage with the other two and not the name stands above one with the name alone.
    let asked = typed("Kiev bridge closed").matching(Matching::AllFirst).limit(Some(10));
    let (found, _) = hits(&reader, &asked);
    let places: Vec<&str> = found.iter().map(|hit| hit.article.path.as_str()).collect();
    assert!(
        places.iter().position(|p| *p == "bridge.txt") < places.iter().position(|p| *p == "kyiv.txt"),
        "{places:?}"
    );
}
