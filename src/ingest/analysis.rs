//! What is found in an article: its passages, places and dates.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::geo::resolve::geography_by;
use crate::geo::{Gazetteer, GeoInput, Geography, Names};
use crate::model::article::{Article, ByteSpan};
use crate::model::mention::TimexType;
use crate::model::place::CountryCode;
use crate::passage::passages_of;
use crate::time::{Dates, dates_of};
use crate::words::language::language_of;

/// An article with all that was found in it.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The article.
    pub article: Article,
    /// Its passages.
    pub passages: Vec<ByteSpan>,
    /// Its toponyms, places and countries.
    pub geography: Geography,
    /// Its dates.
    pub dates: Dates,
}

impl Analysis {
    /// Finds passages, places and dates in an article; with `explain` also the candidates of each toponym.
    pub fn of(article: Article, gazetteer: &Gazetteer, explain: bool) -> Self {
        Analysis::by(article, &mut Names::new(gazetteer), explain)
    }

    /// The same by names that are remembered from article to article.
    pub fn by(mut article: Article, names: &mut Names<'_>, explain: bool) -> Self {
        let passages = passages_in(&mut article);
        let geography = geography_in(names, &article, explain);
        let dates = dates_in(&article);
        Analysis { article, passages, geography, dates }
    }

    /// The article's focus countries, at most three.
    pub fn focus(&self) -> impl Iterator<Item = CountryCode> + '_ {
        self.geography.countries.iter().filter(|c| c.focus).map(|c| c.code)
    }

    /// How many date expressions have no known days for want of a year or an anchor: durations and sets have none by
    /// their nature and are not meant.
    pub fn open_dates(&self) -> u64 {
        let open = self.dates.timexes.iter().filter(|t| {
            matches!(t.kind, TimexType::Date | TimexType::Time) && t.days.is_none() && t.value.starts_with("XXXX")
        });
        open.count() as u64
    }

    /// Whether any toponym of text or title resolves to a place.
    pub fn is_placed(&self) -> bool {
        let toponyms = self.geography.toponyms.iter().chain(&self.geography.title_toponyms);
        self.article.given.as_ref().is_some_and(|g| g.country.is_some())
            || toponyms.into_iter().any(|t| t.place.is_some())
    }
}

/// The passages of an article; also gives the article its language where it does not say it.
pub fn passages_in(article: &mut Article) -> Vec<ByteSpan> {
    if article.language.is_none() {
        article.language = language_of(&article.text).map(str::to_owned);
    }
    passages_of(&article.text, article.language.as_deref())
}

/// The toponyms, places and countries of an article; with `explain` also the candidates of each toponym.
pub fn geography_in(names: &mut Names<'_>, article: &Article, explain: bool) -> Geography {
    let input = GeoInput {
        title: &article.title,
        text: &article.text,
        dateline: article.dateline.as_deref(),
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        language: article.language.as_deref(),
        explain,
    };
    geography_by(names, &input)
}

/// The dates of an article, read against its publication date.
pub fn dates_in(article: &Article) -> Dates {
    dates_of(&article.text, article.published.map(|p| p.range))
}

/// What [`Analysis::of`] finds in each of several articles, stage by stage; `None` for an article on which a stage panicked,
/// so that it is lost alone.
pub fn analyses_of(articles: Vec<Article>, names: &mut Names<'_>) -> Vec<Option<Analysis>> {
    let mut articles = articles;
    let passages: Vec<_> = articles.iter_mut().map(|article| caught(|| passages_in(article))).collect();
    let geographies: Vec<_> = articles.iter().map(|article| caught(|| geography_in(names, article, false))).collect();
    let dates: Vec<_> = articles.iter().map(|article| caught(|| dates_in(article))).collect();
    let stages = passages.into_iter().zip(geographies).zip(dates);
    let whole = |(article, ((passages, geography), dates))| {
        Some(Analysis { article, passages: passages?, geography: geography?, dates: dates? })
    };
    articles.into_iter().zip(stages).map(whole).collect()
}

/// What `stage` gives; `None` where it panicked. What it had borrowed holds nothing half made: memories of look-ups take
/// whole entries only.
pub(super) fn caught<T>(stage: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(stage)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_gives_what_each_article_gives_alone_whatever_is_remembered() {
        let texts = [
            "Police in Springfield, Illinois, said on Tuesday that the road to Chicago was closed.",
            "Springfield was quiet. The mayor of Springfield, Massachusetts, spoke in BOSTON on 3 May 2021.",
            "SPRINGFIELD (AP) - Kenya's army met diplomats in Nairobi. Queen Anne's County had no word of it.",
            "",
        ];
        let articles: Vec<Article> =
            texts.iter().map(|text| Article { text: (*text).to_owned(), ..Article::default() }).collect();
        let mut names = Names::new(Gazetteer::embedded());
        for _ in 0..2 {
            for (article, in_batch) in articles.iter().zip(analyses_of(articles.clone(), &mut names)) {
                let alone = Analysis::of(article.clone(), Gazetteer::embedded(), false);
                assert_eq!(format!("{in_batch:?}"), format!("{:?}", Some(alone)));
            }
        }
    }

    #[test]
    fn a_panic_loses_its_own_article_only() {
        assert_eq!(caught(|| 7), Some(7));
        assert_eq!(caught(|| -> u32 { panic!("on purpose") }), None);
    }
}
