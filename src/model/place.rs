//! How places are named across versions of the gazetteer: countries by code, all places by id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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

    /// Two ASCII letters in either case; whether a country has the code is for the gazetteer to say.
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
