//! What an article mentions: toponyms with the places they stand for, and expressions of time.

use serde::{Deserialize, Serialize};

use crate::model::article::ByteSpan;
use crate::model::days::DayRange;
use crate::model::place::{CountryCode, PlaceId};

/// A toponym in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// What it stands for.
    pub kind: ToponymKind,
    /// 0 to 1.
    pub confidence: f32,
    /// The place, where resolved.
    pub place: Option<PlaceId>,
    /// The candidates with reasons, where asked for.
    pub candidates: Vec<CandidateReport>,
}

/// A date in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct DateMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value.
    pub value: String,
    /// Its own days, where known.
    pub days: Option<DayRange>,
}

/// What a toponym in the text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ToponymKind {
    /// A name of a place.
    Place,
    /// A word for the people or things of a place ("Indian"). It resolves to the place but is none.
    Demonym,
    /// A base, an airport, a dam, a reactor.
    Facility,
}

/// One candidate of a toponym, as `inspect --explain` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateReport {
    /// The candidate's id.
    pub id: String,
    /// Name with its hierarchy, the smallest first.
    pub label: String,
    /// The ranker's score; comparable only among the candidates of one toponym.
    pub score: f32,
    /// The features that made the score: name and contribution.
    pub reasons: Vec<(String, f32)>,
}

/// How much an article speaks of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CountryMentions {
    /// The country.
    pub code: CountryCode,
    /// How many toponyms of text and title resolve to it or into it.
    pub mentions: u32,
    /// Whether it is one of the article's focus countries (three at most).
    pub focus: bool,
}

/// The TIMEX3 type of an expression (TimeML 1.2.1, section 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A calendar expression of a day or coarser.
    Date,
    /// A time of day, with its day where that is known.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}
