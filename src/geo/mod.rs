//! Places: the gazetteer, recognition of toponyms, their resolution, regions and facets.

pub mod build;
pub(crate) mod evidence;
pub mod fit;
pub mod gazetteer;
pub(crate) mod recognise;
pub mod resolve;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use crate::geo::recognise::names::Names;
use crate::model::article::ByteSpan;
pub use gazetteer::{Gazetteer, Place};

/// An ISO 3166-1 alpha-2 code in capitals, with GeoNames' `XK` for Kosovo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl FromStr for CountryCode {
    type Err = ();

    /// Two ASCII letters in either case; whether a country has the code is for [`Gazetteer::country`] to say.
    fn from_str(s: &str) -> Result<Self, ()> {
        match s.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(CountryCode([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(()),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(|()| serde::de::Error::custom("not a two-letter country code"))
    }
}

/// How a place is known across gazetteer versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceId {
    /// A GeoNames id, written `gn:1254047`.
    GeoNames(u32),
    /// A division without a GeoNames id in our sources, written `adm:IN.12` (GeoNames' division code).
    Division(String),
    /// An entry of our own overlay, written `dl:line-of-control`; a user's layer writes `my:…`.
    Own(String),
    /// An entry of the user's own layer, written `my:…`.
    User(String),
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlaceId::GeoNames(n) => write!(f, "gn:{n}"),
            PlaceId::Division(code) => write!(f, "adm:{code}"),
            PlaceId::Own(slug) => write!(f, "dl:{slug}"),
            PlaceId::User(slug) => write!(f, "my:{slug}"),
        }
    }
}

impl FromStr for PlaceId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let (kind, rest) = s.split_once(':').ok_or(())?;
        if rest.is_empty() || rest.contains('/') {
            return Err(());
        }
        match kind {
            "gn" => rest.parse().map(PlaceId::GeoNames).map_err(|_| ()),
            "adm" => Ok(PlaceId::Division(rest.to_owned())),
            "dl" => Ok(PlaceId::Own(rest.to_owned())),
            "my" => Ok(PlaceId::User(rest.to_owned())),
            _ => Err(()),
        }
    }
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
