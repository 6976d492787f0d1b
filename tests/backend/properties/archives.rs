//! Random archives: short reports in six languages, with places, days, sources and copies.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use serde_json::json;

use super::questions::PLACES;
use crate::support::archive::Archive;

/// The words of one language, of which reports are made and questions asked. The first few are frequent.
pub struct Vocabulary {
    pub code: &'static str,
    pub words: &'static [&'static str],
    /// What parts words.
    pub space: &'static str,
    pub full_stop: &'static str,
}

const fn spaced(code: &'static str, words: &'static [&'static str]) -> Vocabulary {
    Vocabulary { code, words, space: " ", full_stop: ". " }
}

impl Vocabulary {
    /// The word of a number below 1000.
    pub fn word(&self, at: usize) -> &'static str {
        self.words[at * self.words.len() / 1000]
    }
}

/// Languages with stems, without; with elided articles; without spaces; from right to left. Inflected forms, stop words,
/// compounds, numbers and acronyms stand among the words.
pub const VOCABULARIES: [Vocabulary; 6] = [
    spaced(
        "en",
        &[
            "army",
            "talks",
            "the",
            "of",
            "convoy",
            "took",
            "armies",
            "evacuated",
            "evacuation",
            "in",
            "truce",
            "shelled",
            "shelling",
            "villages",
            "village",
            "US",
            "T-72",
            "cease-fire",
            "ceasefire",
            "3,323",
            "officers",
            "Kiev",
            "police's",
            "U.N.",
            "not",
            "and",
            "harbour",
            "harbors",
            "Iran-Iraq",
            "fires",
            "firing",
            "nationality",
        ],
    ),
    spaced(
        "fr",
        &[
            "armée",
            "la",
            "trêve",
            "l'hôpital",
            "de",
            "d'urgence",
            "évacuation",
            "évacués",
            "les",
            "convoi",
            "village",
            "villages",
            "pourparlers",
            "et",
            "obus",
            "cessez-le-feu",
        ],
    ),
    spaced(
        "de",
        &[
            "Armee",
            "die",
            "Angriffe",
            "Angriff",
            "Häuser",
            "Haus",
            "und",
            "Waffenruhe",
            "Straßen",
            "Dorf",
            "Dörfer",
            "der",
            "Konvoi",
            "US-Armee",
        ],
    ),
    spaced(
        "uk",
        &[
            "військо",
            "війська",
            "обстріляли",
            "місто",
            "і",
            "вночі",
            "села",
            "село",
            "перемир'я",
            "колона",
            "не",
            "Київ",
        ],
    ),
    spaced(
        "ar",
        &["القوات", "قوات", "المسلحة", "المدينة", "في", "هدنة", "الهدنة", "قصفت", "القصف", "من", "الجرحى", "مستشفى"],
    ),
    Vocabulary {
        code: "zh",
        words: &["停火", "协议", "军队", "谈判", "持续", "双方", "同意", "村庄", "炮击", "三天", "车队"],
        space: "",
        full_stop: "。",
    },
];

const SOURCES: [&str; 4] = ["Alpha News", "ALPHA NEWS", "Beta Wire", "Агентство Гамма"];

/// Days as texts speak of them: a day, without a year, relative, coarse, a range.
const DAYS: [&str; 16] = [
    "on 2 March 2024",
    "on 5 March 2024",
    "on Monday",
    "yesterday",
    "in March 2024",
    "in 2023",
    "from 28 February to 3 March 2024",
    "in the summer of 2023",
    "on 17 November",
    "in the 1990s",
    "since 2005",
    "after March 2024",
    "until 2023",
    "from February 2024 on",
    "hours later",
    "at 3 p.m.",
];
/// Headings that stand over passages: with days, without, and below one with days.
const HEADINGS: [&str; 6] =
    ["# 4 March 2024", "## Bridges", "# Roads", "# 1 to 3 March 2024", "## Fords", "# Autumn 2023"];
const PUBLISHED: [&str; 7] = ["2024-03-02", "2024-03-03", "2024-03-09", "2024-03", "2023", "2023-12-31", "2022-07-15"];

/// A sentence: words by their number in the vocabulary, a place, days.
type Sentence = (Vec<usize>, Option<usize>, Option<usize>);

/// An article in the making.
#[derive(Debug, Clone)]
pub struct Report {
    number: usize,
    language: usize,
    /// Whether the file says which language it is.
    tells_language: bool,
    title: Option<Sentence>,
    source: Option<usize>,
    published: Option<usize>,
    sentences: Vec<Sentence>,
    /// The earlier report whose text it has, and whether it has its headline and day as well.
    copies: Option<(usize, bool)>,
    /// Whether its text is said three times over, which makes most texts long.
    is_long: bool,
    /// Whether it is a record of a file of many, and whether it has an id there.
    record: Option<bool>,
    folder: usize,
}

/// A number below 1000, squared so that the first words of a vocabulary are frequent.
pub fn frequent() -> impl Strategy<Value = usize> {
    (0.0..1.0_f64).prop_map(|at| (at * at * 1000.0) as usize)
}

fn sentence() -> impl Strategy<Value = Sentence> {
    (vec(frequent(), 2..9), weighted(0.35, 0..PLACES.len()), weighted(0.2, 0..DAYS.len()))
}

fn report() -> impl Strategy<Value = Report> {
    let head = (0..VOCABULARIES.len(), any::<bool>(), weighted(0.6, sentence()), of(0..SOURCES.len()));
    let body = (
        weighted(0.8, 0..PUBLISHED.len()),
        vec(sentence(), 1..14),
        weighted(0.3, (any::<prop::sample::Index>(), any::<bool>())),
    );
    let shape = (weighted(0.4, any::<bool>()), 0..3_usize, prop::bool::weighted(0.2));
    (head, body, shape).prop_map(|(head, body, (record, folder, is_long))| {
        let (language, tells_language, title, source) = head;
        let (published, sentences, copies) = body;
        // One in two is English, where most rules are.
        let language = if folder == 0 { 0 } else { language };
        let copies = copies.map(|(index, same_head)| (index.index(30), same_head));
        let number = 0;
        Report {
            number,
            language,
            tells_language,
            title,
            source,
            published,
            sentences,
            copies,
            is_long,
            record,
            folder,
        }
    })
}

impl Report {
    /// Whether a passage is of this report.
    pub fn holds(&self, passage: &str) -> bool {
        self.text().contains(passage)
    }

    /// Reports that lie in one archive, each with a file, a number and a text of its own: an article that has copies is shown
    /// by one of them.
    pub fn apart<const N: usize>(groups: [Vec<Report>; N]) -> [Vec<Report>; N] {
        let mut number = 0;
        groups.map(|mut group| {
            for report in &mut group {
                report.number = number;
                report.copies = None;
                report.record = None;
                report.sentences.push((vec![number * 37 % 1000; number % 7 + 3], None, None));
                number += 1;
            }
            group
        })
    }
}

/// The reports of an archive.
pub fn reports() -> impl Strategy<Value = Vec<Report>> {
    vec(report(), 8..30).prop_map(|mut reports| {
        for n in 0..reports.len() {
            reports[n].number = n;
            if let Some((other, same_head)) = reports[n].copies.filter(|(other, _)| *other < n) {
                reports[n].sentences = reports[other].sentences.clone();
                (reports[n].language, reports[n].is_long) = (reports[other].language, reports[other].is_long);
                if same_head {
                    (reports[n].title, reports[n].published) = (reports[other].title.clone(), reports[other].published);
                }
            }
        }
        reports
    })
}

impl Report {
    fn sentence(&self, sentence: &Sentence) -> String {
        let vocabulary = &VOCABULARIES[self.language];
        let (words, place, days) = sentence;
        let words: Vec<&str> = words.iter().map(|at| vocabulary.word(*at)).collect();
        let mut text = words.join(vocabulary.space);
        if let Some(place) = place {
            text += &format!(" in {}", PLACES[*place]);
        }
        if let Some(days) = days {
            text += &format!(" {}", DAYS[*days]);
        }
        text
    }

    fn title(&self) -> String {
        self.title.as_ref().map(|title| self.sentence(title)).unwrap_or_default()
    }

    /// Its text: each sentence is repeated in part, so that there are passages enough.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let times = if self.is_long { 3 } else { 1 };
        let sentences = std::iter::repeat_n(&self.sentences, times).flatten();
        for (n, sentence) in sentences.enumerate() {
            text += &self.sentence(sentence);
            text += VOCABULARIES[self.language].full_stop;
            // A heading begins a passage of its own.
            if n % 4 == 3 {
                text += &format!("\n\n{}\n\n", HEADINGS[(self.number + n / 4) % HEADINGS.len()]);
            }
        }
        text
    }

    pub fn path(&self) -> String {
        let folder = ["north", "south/deep", "."][self.folder];
        let name = if self.record.is_some() { "wire.jsonl".to_owned() } else { format!("report-{}.md", self.number) };
        format!("{folder}/{name}").trim_start_matches("./").to_owned()
    }

    fn file(&self) -> String {
        let mut head = String::new();
        let title = self.title();
        if !title.is_empty() {
            head += &format!("title: {}\n", json!(title));
        }
        for (field, value) in self.fields() {
            head += &format!("{field}: {}\n", json!(value));
        }
        format!("---\n{head}---\n{}", self.text())
    }

    fn line(&self, has_id: bool) -> String {
        let mut record = json!({"title": self.title(), "text": self.text()});
        if has_id {
            record["id"] = json!(format!("r{}", self.number));
        }
        for (field, value) in self.fields() {
            record[field] = json!(value);
        }
        format!("{record}\n")
    }

    fn fields(&self) -> Vec<(&'static str, &'static str)> {
        let source = self.source.map(|n| ("source", SOURCES[n]));
        let published = self.published.map(|n| ("date", PUBLISHED[n]));
        let language = self.tells_language.then(|| ("language", VOCABULARIES[self.language].code));
        [source, published, language].into_iter().flatten().collect()
    }
}

/// The archive of these reports, indexed.
pub fn archive(reports: &[Report]) -> Archive {
    let archive = Archive::new();
    let mut files: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for report in reports {
        let content = match report.record {
            Some(has_id) => report.line(has_id),
            None => report.file(),
        };
        files.entry(report.path()).or_default().push_str(&content);
    }
    files.iter().for_each(|(path, content)| archive.write(path, content));
    archive.index();
    archive
}

/// A word of any vocabulary, most often of English.
pub fn word() -> impl Strategy<Value = String> {
    let language = prop_oneof![Just(0), 1..VOCABULARIES.len()];
    (language, frequent()).prop_map(|(n, at)| VOCABULARIES[n].word(at).to_owned())
}

pub const SOURCE_NAMES: [&str; 4] = SOURCES;
