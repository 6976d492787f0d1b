//! Our own strings for every rule, and properties that hold for any text.

use proptest::prelude::*;

use super::{passages_of, sentences_of};
use crate::model::article::ByteSpan;

fn cut<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    sentences_of(text, Some(language)).into_iter().map(|s| s.of(text)).collect()
}

/// Asserts that the text, with `|` at each boundary, is cut there and nowhere else.
fn check(language: &str, marked: &str) {
    let text = marked.replace(" ¦ ", " ").replace('¦', "");
    let expected: Vec<&str> = marked.split('¦').map(str::trim).collect();
    assert_eq!(cut(&text, language), expected);
}

#[test]
fn ranks_and_initials_do_not_end_a_sentence() {
    check("en", "Lt. Gen. Asim Rao met Sgt. M. K. Nair of the U.S. Army. ¦ Maj. Gen. J. F. R. Hill left.");
    check("en", "The Rev. John F. Marsh Jr. said so. ¦ Dr. A. Idris vs. Col. B. Diop was next.");
}

#[test]
fn numbers_after_an_abbreviation_belong_to_it() {
    check("en", "They hit No. 2 Squadron and Art. 5 of the pact. ¦ See pp. 3 and 4. ¦ He said no. ¦ Nobody answered.");
    check(
        "en",
        "Prices rose 3.5 percent to $1.25 a litre. ¦ In 2019. ¦ The war began on Aug. 2 and ended in Dec. ¦ It rained.",
    );
}

#[test]
fn an_acronym_ends_a_sentence_only_before_a_word_that_begins_one() {
    check("en", "He flew to the U.S. on Monday. ¦ Troops left the U.S. ¦ The war went on.");
    check("en", "The U.S. Senate met the U.N. Security Council in Washington, D.C. ¦ But it failed.");
}

#[test]
fn hours_go_on_with_zones_days_and_bars() {
    check(
        "en",
        "Updated at 5 p.m. | IST | by staff. ¦ Shells fell at 10 a.m. Monday and at 9 p.m. GMT. ¦ It ended at 6 p.m. ¦ Police came.",
    );
}

#[test]
fn a_closing_quotation_mark_stays_with_its_sentence() {
    check("en", "‘We have done so.’ ¦ The escalation began in April. ¦ “It is over.” ¦ Nobody replied.");
    check(
        "en",
        "“We will answer,” he said. ¦ “What now?” he asked. ¦ “What now?” Amina Khan asked. ¦ He said: \"We lost.\" ¦ It was late.",
    );
    check("en", "(They left.) ¦ The town slept.[3] ¦ It woke.");
}

#[test]
fn a_dateline_stands_with_its_sentence() {
    check("en", "SRINAGAR, India, May 11 (Agency) — Shells fell on the town. ¦ It was quiet later.");
    check("en", "KABUL, Nov. 5 - Two convoys met.");
}

#[test]
fn an_ellipsis_ends_a_sentence_only_before_a_capital() {
    check("en", "She waited... and left. ¦ He looked up . . . then ran. ¦ So it went… ¦ Then it rained.");
}

#[test]
fn teletype_capitals_with_spaced_stops_are_cut_at_the_stops() {
    check(
        "en",
        "IN MAY THE U.S . FIRST ASKED THE ALLIES FOR SHIPS . ¦ BUT ROME MADE NO PLAN . ¦ IT WAS NOT THE U.S . OFFER (LIFE, DEC . 28) . ¦ \" WE KNOW . \" ¦ THEY SAILED .",
    );
}

#[test]
fn other_scripts_end_sentences_with_their_own_marks() {
    check("zh", "停火于周六生效。¦双方表示同意！¦“会谈将继续。”¦边境平静。");
    check("hi", "युद्धविराम लागू हुआ। ¦ लोग घर लौटे।");
    check("ar", "هل انتهت الحرب؟ ¦ عاد الناس إلى بيوتهم.");
    check("ur", "جنگ بندی ہو گئی۔ ¦ لوگ واپس آئے۔");
}

#[test]
fn each_language_has_its_own_abbreviations() {
    check("de", "Am 10. Mai traf Hr. Weber u. a. den Bürgermeister. ¦ Danach fuhr er ab.");
    check("ru", "В 2022 г. Иванов приехал на ул. Мира. ¦ Он остался.");
    check("fr", "M. Dupont a rencontré le gal. Petit. ¦ Il est parti.");
}

#[test]
fn names_with_an_arabic_article_may_begin_a_sentence() {
    check("en", "The road was cut. ¦ al-Qaim fell next. ¦ It rose 2.5 pct. of all.");
}

#[test]
fn lines_wrapped_by_hand_are_one_paragraph() {
    let text = "The convoy left the town before dawn and took the long road. Lt.\nGen. Sato waited for it on the other side of the river with two\ntrucks. It came back at night, and nobody who had seen it leave\nwas there to meet it.";
    assert_eq!(cut(text, "en").len(), 3);
}

#[test]
fn a_headline_above_a_paragraph_is_a_sentence_of_its_own() {
    let text = "Talks resume in the capital\nOfficials met again on Monday after a week of silence and agreed on a first step. Both sides called it useful.";
    assert_eq!(cut(text, "en")[0], "Talks resume in the capital");
}

fn sentence_of(words: usize, n: usize) -> String {
    let mut s = format!("Report {n}");
    for w in 2..words {
        s.push_str(if w % 3 == 0 { " tells" } else { " more" });
    }
    s + " again."
}

#[test]
fn passages_hold_three_to_six_sentences_and_end_with_paragraphs() {
    let paragraphs: Vec<String> =
        (0..6).map(|p| (0..4).map(|n| sentence_of(25, p * 4 + n)).collect::<Vec<_>>().join(" ")).collect();
    let text = paragraphs.join("\n\n");
    let passages: Vec<&str> = passages_of(&text, Some("en")).into_iter().map(|p| p.of(&text)).collect();
    assert_eq!(passages, paragraphs);
}

#[test]
fn paragraphs_of_one_sentence_are_joined() {
    let text = (0..20).map(|n| sentence_of(22, n)).collect::<Vec<_>>().join("\n\n");
    for p in passages_of(&text, Some("en")) {
        let words = p.of(&text).split_whitespace().count();
        assert!((60..=150).contains(&words), "{words}");
    }
}

#[test]
fn headings_begin_a_passage_and_are_never_left_behind() {
    let body = (0..3).map(|n| sentence_of(20, n)).collect::<Vec<_>>().join(" ");
    for heading in ["# The siege", "The siege\n=========", "THE SIEGE OF THE TOWN", "The siege of the town\n"] {
        let text = format!("{body}\n\n{heading}\n{body}\n\n{heading}\n\n{body}");
        let starts: Vec<&str> =
            passages_of(&text, Some("en")).iter().map(|p| p.of(&text).split('\n').next().unwrap_or("")).collect();
        let line = heading.split('\n').next().unwrap_or("");
        assert_eq!(starts, [body.as_str(), line, line], "{heading}");
    }
}

#[test]
fn text_without_full_stops_is_bounded() {
    for unit in ["word ", "x", "слово", "a,b;c ", "戦", "\" ", "“ a. ", "no. ", "( ", ". ", "A\n"] {
        let text = unit.repeat(200_000 / unit.len());
        for p in passages_of(&text, None) {
            assert!(p.len() <= 20_000, "{unit:?}: {} bytes", p.len());
        }
        assert_covers(&text, &passages_of(&text, None));
    }
}

#[test]
fn empty_text_has_no_passage() {
    assert!(passages_of("", None).is_empty());
    assert!(passages_of(" \n\r\n\t\u{3000}", None).is_empty());
}

/// Spans ascend, lie on character boundaries, begin and end with ink, and leave only white space between them.
fn assert_covers(text: &str, spans: &[ByteSpan]) {
    let mut at = 0;
    for s in spans {
        assert!(at <= s.start && s.start < s.end, "{s:?} after {at}");
        let gap = text.get(at..s.start).expect("spans lie on character boundaries");
        assert!(gap.trim().is_empty(), "left out: {gap:?}");
        let inside = text.get(s.start..s.end).expect("spans lie on character boundaries");
        assert_eq!(inside, inside.trim());
        at = s.end;
    }
    assert!(text.get(at..).expect("spans lie on character boundaries").trim().is_empty());
}

/// Text made of the pieces that the rules look for, and of any characters.
fn awkward_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[A-Za-z]{1,9}",
        4 => Just(" ".to_owned()),
        2 => prop::sample::select(vec![
            ". ", ".", "? ", "!", "…", " . . . ", "\n", "\n\n", "\r\n", "\"", " \" ", "“", "”", "’", "'", "(", ")", "[3]", "# ", "* ",
            "U.S.", "Lt. ", "No. ", "p.m. ", "10. ", "===\n", "---\n", "。", "؟ ", "। ", "é", "\u{a0}", "\u{3000}", "😀", "戦争", "İ", "г. ",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn passages_and_sentences_cover_any_text(text in awkward_text(), language in prop::sample::select(vec!["en", "de", "ru", "zh", "xx"])) {
        let passages = passages_of(&text, Some(language));
        assert_covers(&text, &passages);
        let sentences = sentences_of(&text, Some(language));
        assert_covers(&text, &sentences);
        for s in sentences {
            prop_assert!(passages.iter().any(|p| p.contains(s)), "{s:?} is split");
        }
    }

    #[test]
    fn no_string_makes_the_cutter_panic(text in any::<String>()) {
        assert_covers(&text, &passages_of(&text, None));
    }
}
