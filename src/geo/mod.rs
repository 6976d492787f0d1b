//! Places: from the text of an article to the toponyms in it, the places that they mean and the countries that it is about.
//!
//! Uses `model`, `lang` and `words`. Filters, facets and printing use the [`Gazetteer`]; indexing uses
//! [`resolve::geography_by`], which takes a [`GeoInput`] and gives a [`Geography`]; `dateline gazetteer` uses [`build`].

pub mod build;
pub(crate) mod evidence;
pub mod gazetteer;
pub mod geography;
pub(crate) mod recognise;
pub mod resolve;

pub use crate::geo::gazetteer::{Gazetteer, Place};
pub use crate::geo::geography::{GeoInput, Geography, Toponym};
pub use crate::geo::recognise::names::Names;
