//! Words that tell where a sentence ends: those that begin one, follow an hour, or report speech. English, in lower case.

/// How surely a word begins a sentence after an abbreviation that could have ended one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opener {
    /// Hardly ever within a sentence after "the U.S.", so that it counts in text that is all capitals too.
    Sure,
    /// Only by its capital in running text.
    Likely,
}

/// Words that begin sentences.
pub(crate) const OPENERS: &[(Opener, &str)] = &[
    (Opener::Sure, "the he she it they we but this there these those"),
    (
        Opener::Likely,
        "a an i you and in on at as if when while after before that his her their its our my some many most both \
         several officials no not for from with however meanwhile what who why how where although though since by to \
         according last earlier later yesterday today nor so then yet or also another one two three all each even \
         despite because once until during between among other others more such neither nobody nothing now here your \
         residents witnesses",
    ),
];

/// Words that go on after "10 p.m.": weekdays, months, and names of time zones or their first words.
pub(crate) const AFTER_HOUR: &str = "\
     monday tuesday wednesday thursday friday saturday sunday \
     january february march april may june july august september october november december \
     mon tue wed thu fri sat sun jan feb mar apr jun jul aug sept sep oct nov dec \
     gmt utc ist pkt est edt et pt pst pdt cst cdt cet cest bst eet eest msk jst moscow kyiv local eastern central \
     pacific greenwich indian beijing jerusalem pakistan israel london paris eat cat wat";

/// Verbs after a quoted question: "“What now?” Khan asked."
pub(crate) const SPEECH_VERBS: &str =
    "said says asked asks added adds told wrote cried shouted wondered yelled recalled replied exclaimed";

/// The Arabic article as it is transliterated: a name that begins with it in small letters may begin a sentence.
pub(crate) const ARABIC_ARTICLES: &[&str] = &["al-", "an-", "ar-", "as-", "ash-", "at-", "ad-", "az-", "el-"];
