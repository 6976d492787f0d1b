//! What the values of a facet are to lie within, by name.

use crate::geo::gazetteer::region;
use crate::model::answer::{FacetField, FacetScope};
use crate::model::error::QueryError;
use crate::model::field::Field;
use crate::model::place::CountryCode;
use crate::model::question::Filter;
use crate::query::atlas::Atlas;
use crate::query::days::days_from_filter;
use crate::query::parse::parse_filter;

/// What a name means: days for dates, else a country, region or place. `notes` gains how an ambiguous name was read.
///
/// # Errors
/// [`QueryError`] about `text`.
pub fn scope(
    text: &str,
    field: FacetField,
    atlas: Atlas<'_>,
    notes: &mut Vec<String>,
) -> Result<FacetScope, QueryError> {
    let gazetteer = atlas.gazetteer;
    let refused = |reason: String| QueryError { query: text.to_owned(), at: 0, reason };
    match field {
        FacetField::Date | FacetField::Published => {
            return days_from_filter(text).map(FacetScope::Days).map_err(refused);
        }
        FacetField::Country | FacetField::Place => {}
        FacetField::Region | FacetField::Source | FacetField::Language => {
            return Err(refused("only countries, places and dates lie within something".to_owned()));
        }
    }
    // Regions first: "Middle East" is nothing else, and a country's name never is a region's.
    if let Some(found) = region::region_named(text) {
        return Ok(FacetScope::Region(found.code.to_string()));
    }
    let code = text.parse::<CountryCode>().ok().filter(|c| gazetteer.country(*c).is_some());
    if (code.is_some() || gazetteer.country_named(text).is_some())
        && let Filter::Country(code) = parse_filter(Field::Country, text, atlas, notes)?
    {
        return Ok(FacetScope::Country(code));
    }
    match parse_filter(Field::Place, text, atlas, notes)? {
        Filter::Place(id) => Ok(FacetScope::Place(id)),
        _ => Err(refused(format!("`{text}` is no region, country or place"))),
    }
}
