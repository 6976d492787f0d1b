//! An article made ready to be shown, whether it comes from an index or from a file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::answer::{ArticleInfo, PassageInfo, StoredArticle};
use crate::model::article::{ByteSpan, Origin};
use crate::model::days::DayRange;
use crate::model::mention::{CountryMentions, DateMention, PlaceMention};

/// Where the values of an article came from: field name and origin.
pub type Provenance = Vec<(&'static str, Origin)>;

/// An article to print, from an index or from a file.
pub struct ArticleView<'a> {
    /// What is known of it.
    pub info: ArticleInfo,
    /// Its text.
    pub text: Cow<'a, str>,
    /// Its passages.
    pub passages: Vec<PassageInfo>,
    /// Toponyms with spans into the text.
    pub toponyms: Vec<PlaceMention>,
    /// Toponyms with spans into the title.
    pub title_toponyms: Vec<PlaceMention>,
    /// Dates with spans into the text.
    pub dates: Vec<DateMention>,
    /// The rule behind each date, where known.
    pub rules: Vec<&'static str>,
    /// Days that several dates denote together, with their positions in `dates`.
    pub ranges: Vec<(DayRange, Vec<usize>)>,
    /// The days that passages carry which name none, by their numbers; known of a file that is inspected.
    pub carried: Vec<(u32, Vec<DayRange>)>,
    /// Countries, heaviest first.
    pub countries: Vec<CountryMentions>,
    /// What was odd while reading.
    pub warnings: Vec<String>,
    /// Where values came from.
    pub origins: Provenance,
    /// The passage that was asked for.
    pub shown: Option<u32>,
    /// What a query matched; `None` without a query.
    pub matches: Option<Matches>,
}

/// What a query matched in an article.
#[derive(Debug, Default)]
pub struct Matches {
    /// Numbers of the passages.
    pub passages: BTreeSet<u32>,
    /// Spans into the text.
    pub spans: Vec<ByteSpan>,
}

impl ArticleView<'_> {
    /// Whether a passage is printed: one near to that which was asked for; else, with a query, one near to a match.
    pub fn is_printed(&self, passage: &PassageInfo, around: Option<usize>) -> bool {
        let near = |to: u32| passage.number.abs_diff(to) as usize <= around.unwrap_or(0);
        match (self.shown, &self.matches) {
            (Some(shown), _) => around.is_none() || near(shown),
            (None, Some(matches)) => matches.passages.iter().any(|number| near(*number)),
            (None, None) => true,
        }
    }

    /// Where the value of a field came from, where that is known.
    pub fn origin(&self, field: &str) -> Option<Origin> {
        self.origins.iter().find(|(name, _)| *name == field).map(|(_, origin)| *origin)
    }
}

impl<'a> ArticleView<'a> {
    /// An article of an index; `shown` is the passage that was asked for.
    pub fn of_stored(article: &'a StoredArticle, shown: Option<u32>, matches: Option<Matches>) -> Self {
        let at = |origin: usize, span: ByteSpan| ByteSpan::new(origin + span.start, origin + span.end);
        let mut toponyms: Vec<PlaceMention> = Vec::new();
        let mut dates: Vec<DateMention> = Vec::new();
        for passage in &article.passages {
            let origin = passage.span.start;
            toponyms.extend(passage.places.iter().map(|m| PlaceMention { span: at(origin, m.span), ..m.clone() }));
            dates.extend(passage.dates.iter().map(|d| DateMention { span: at(origin, d.span), ..d.clone() }));
        }
        ArticleView {
            info: article.info.clone(),
            text: Cow::Borrowed(&article.text),
            passages: article.passages.clone(),
            toponyms,
            title_toponyms: article.title_places.clone(),
            dates,
            rules: Vec::new(),
            ranges: Vec::new(),
            carried: Vec::new(),
            countries: article.countries.clone(),
            warnings: article.warnings.clone(),
            origins: Vec::new(),
            shown,
            matches,
        }
    }
}
