//! What is asked of an article's places, and the answer.

use crate::model::article::ByteSpan;
use crate::model::mention::{CandidateReport, CountryMentions, ToponymKind};
use crate::model::place::PlaceId;

/// A name found in a text, with the place that it resolves to.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Where it stands in the text that was read.
    pub span: ByteSpan,
    /// What it stands for.
    pub kind: ToponymKind,
    /// The place, or `None` where no candidate was sure enough.
    pub place: Option<PlaceId>,
    /// How likely the resolution is right, 0 to 1; 0 where there is none.
    pub confidence: f32,
    /// The candidates with the reasons, best first; filled only on request.
    pub candidates: Vec<CandidateReport>,
}

/// What recognition may use besides the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct GeoInput<'a> {
    /// The headline; empty where there is none.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// The dateline, where it was given apart from the text.
    pub dateline: Option<&'a str>,
    /// Who published it, for local papers.
    pub source: Option<&'a str>,
    /// Its address, for local papers.
    pub url: Option<&'a str>,
    /// Its language, where known (ISO 639-1).
    pub language: Option<&'a str>,
    /// Whether to fill [`Toponym::candidates`].
    pub explain: bool,
}

/// The places of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Geography {
    /// Toponyms of the text in order, not overlapping.
    pub toponyms: Vec<Toponym>,
    /// Toponyms of the title; spans point into the title.
    pub title_toponyms: Vec<Toponym>,
    /// Countries by weight, heaviest first.
    pub countries: Vec<CountryMentions>,
}
