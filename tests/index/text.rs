//! The index gives an article's text back to the byte, and every span lies within its passage.

use dateline::index::Backend;
use dateline::model::answer::{Hit, PassageInfo};
use dateline::model::article::ByteSpan;
use dateline::model::question::Matching;
use proptest::prelude::*;
use serde_json::json;

use crate::support::archive::{Archive, hits, sample, typed};

fn text_at(archive: &Archive, path: &str) -> String {
    let reader = archive.reader();
    let (found, _) = hits(&reader, &typed(&format!("path:{path}")));
    reader.article(found[0].article.id).unwrap().text
}

#[test]
fn plain_text_comes_back_to_the_byte() {
    let texts = [
        "One line without an end",
        "  Leading space, and trailing too.  \n\n\n",
        "Windows lines end so.\r\n\r\nThe second paragraph does, too.\r\n\tA tab begins this one.\r\n",
        "Луганськ і Донецьк — міста на сході. Зранку було тихо.\n\nУвечері теж.\n",
        "قال شهود إن الطريق مغلق. وقال آخرون إنه مفتوح.\n",
        "Tea 🍵 was served at the caf\u{e9}; the cafe\u{301} was half em\u{ad}pty.\u{a0}\u{2028}A line separator.\n",
        "日本語の文です。もう一つの文です。\n",
        &crate::support::archive::long_text(9, "convoy"),
        &crate::support::archive::long_text(9, "convoy").replace('\n', "\r\n"),
    ];
    let archive = Archive::new();
    for (n, text) in texts.iter().enumerate() {
        archive.write(&format!("{n}.txt"), text);
    }
    archive.index();
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(text_at(&archive, &format!("{n}.txt")), *text, "{n}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_of_a_record_comes_back_to_the_byte(
        texts in prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec![
                    "The convoy left Kyiv on 7 May 2025. ", "Mr. Smith said so. ", "\n", "\n\n", "\r\n", "\t", " ", "«Да», said he. ",
                    "é", "e\u{301}", "🍵", "\u{ad}", "\u{a0}", "\u{200b}", "…", "“No.” ", "## A heading\n", "- a list\n", "دمشق ", "東京。",
                    "the U.S. and the U.N. ", "\u{feff}", "a", "x-y ", "\u{0}", "\u{85}",
                ]),
                0..60,
            ),
            25,
        ),
    ) {
        // A text of white space alone is none.
        let texts: Vec<String> = texts.into_iter().map(|t| t.concat() + ".").collect();
        let lines: Vec<String> = texts.iter().enumerate().map(|(n, text)| {
            json!({"id": format!("r{n}"), "title": format!("Number {n}"), "text": text}).to_string()
        }).collect();
        let archive = Archive::new();
        archive.write("all.jsonl", lines.join("\n"));
        archive.index();
        let reader = archive.reader();
        for (n, text) in texts.iter().enumerate() {
            let key = dateline::model::article::RecordKey::Own(format!("r{n}"));
            let stored = reader.article(dateline::model::article::ArticleId::of("all.jsonl", &key)).unwrap();
            prop_assert_eq!(&stored.text, text);
            for passage in &stored.passages {
                prop_assert_eq!(passage.span.of(text), &passage.text);
                prop_assert!(within(passage).is_ok(), "{:?}", within(passage));
            }
            let spans: Vec<_> = stored.passages.iter().map(|p| p.span).collect();
            prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{:?}", spans);
        }
    }
}

/// Whether all spans of a passage lie in its text, on boundaries of characters.
fn within(passage: &PassageInfo) -> Result<(), String> {
    let text = &passage.text;
    let whole = |span: ByteSpan| {
        span.start < span.end
            && span.end <= text.len()
            && text.is_char_boundary(span.start)
            && text.is_char_boundary(span.end)
    };
    let spans = passage.highlights.iter().chain(passage.places.iter().map(|p| &p.span));
    let spans = spans.chain(passage.dates.iter().map(|d| &d.span));
    for span in spans {
        if !whole(*span) {
            return Err(format!("{span:?} in {text:?}"));
        }
    }
    if passage.highlights.windows(2).any(|w| w[0].end > w[1].start) {
        return Err(format!("highlights meet: {:?}", passage.highlights));
    }
    Ok(())
}

#[test]
fn every_span_of_the_sample_lies_in_its_passage_and_every_passage_in_its_article() {
    let (archive, reader) = sample();
    let mut highlights = 0;
    let mut seen = 0;
    for query in
        ["", "ceasefire OR truce OR army", "evacuat* OR \"peace agreement\"", "київ OR guerre OR militärs", "Kiev"]
    {
        let query = typed(query).matching(Matching::Any).context(1);
        for hit in hits(reader, &query).0 {
            let stored = reader.article(hit.article.id).unwrap();
            let all = std::iter::once(&hit.passage).chain(&hit.before).chain(&hit.after);
            for passage in all {
                within(passage).unwrap_or_else(|e| panic!("{}: {e}", hit.article.path));
                assert_eq!(passage.span.of(&stored.text), passage.text, "{}", hit.article.path);
                highlights += passage.highlights.len();
            }
            assert_eq!(stored.passage_at(hit.passage.span.start), Some(hit.passage.number as usize));
            seen += 1;
        }
    }
    assert!(seen > 300 && highlights > 100, "{seen} {highlights}");
    // Plain text without front matter or with it: the file ends with the article's text.
    let ends_so = |hit: &Hit| {
        let text = reader.article(hit.article.id).unwrap().text;
        std::fs::read_to_string(archive.root().join(&hit.article.path)).unwrap().ends_with(&text)
    };
    let mut files = 0;
    for hit in hits(reader, &typed("path:**/*.txt").per_article(Some(1))).0 {
        assert!(ends_so(&hit), "{}", hit.article.path);
        files += 1;
    }
    assert!(files >= 20, "{files}");
}

#[test]
fn highlights_are_the_words_that_matched() {
    let archive = Archive::of(&[(
        "a.txt",
        "---\nlanguage: en\n---\nThe “evacuation” of Pahlgám’s villagers began; evacuees’ buses left.\n",
    )]);
    let reader = archive.reader();
    let (found, _) = hits(&reader, &typed("evacuations villager bus*"));
    let passage = &found[0].passage;
    let words: Vec<&str> = passage.highlights.iter().map(|s| s.of(&passage.text)).collect();
    assert!(words.contains(&"evacuation") && words.contains(&"villagers") && words.contains(&"buses"), "{words:?}");
    assert!(!words.contains(&"began"));
}

#[test]
fn a_record_with_only_a_title_is_found_by_it() {
    let archive = Archive::of(&[("a.jsonl", "{\"id\":7,\"title\":\"Ceasefire declared\"}\n")]);
    let (found, totals) = hits(&archive.reader(), &typed("ceasefire"));
    assert_eq!((totals.passages, totals.articles), (1, 1));
    assert_eq!(found[0].passage.text, "");
    assert_eq!(found[0].article.record.as_deref(), Some("7"));
    assert_eq!(archive.paths("title:declared"), ["a.jsonl"]);
}

#[test]
fn what_a_record_says_of_itself_comes_back() {
    let record = json!({"id": "k-1", "title": "A day", "text": "All was quiet in Oslo, Norway.", "date": "2024-05", "source": "The Daily",
        "url": "https://example.org/1", "language": "en", "byline": "A. Writer"});
    let archive = Archive::of(&[("a.jsonl", &record.to_string())]);
    let info = hits(&archive.reader(), &typed("quiet")).0.remove(0).article;
    assert_eq!((info.record.as_deref(), info.title.as_str(), info.path.as_str()), (Some("k-1"), "A day", "a.jsonl"));
    assert_eq!((info.source.as_deref(), info.byline.as_deref()), (Some("The Daily"), Some("A. Writer")));
    assert_eq!((info.url.as_deref(), info.language.as_deref()), (Some("https://example.org/1"), Some("en")));
    assert_eq!(info.published.map(|(days, _)| days.to_string()).as_deref(), Some("2024-05"));
}
